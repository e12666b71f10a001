"""One county in a worker: what does not depend on the draw is done once, then draw after draw is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

import numpy as np

from simulator import admission, indicators, population, simulate
from simulator import travel as travelling
from simulator.admission import Memory, Numbers
from simulator.ensemble.observing import Observer
from simulator.ensemble.seeds import Identity, scenario_of_draw, seed_of
from simulator.ensemble.sources import Inputs, fingerprint
from simulator.model import Admission, Indicators, Scenario, Students, Travel, Wishes, ZoneWarnings
from simulator.model.ensemble import Draws, Varying

Noun = TypeVar("Noun")

BATCH_WORK = 240_000
"""Children x variants x draws of one batch, about a second. Counted, not timed: a clock would decide."""

LEAST_WORK = 2_500
"""Children that a draw of a variant counts for besides its own: so much is spent on the least of rounds."""


@dataclass(frozen=True)
class Year:
    """One variant made ready: its children, wishes and distances, and what earlier draws found.

    Attributes:
        warnings: early warning, which no draw of the same children changes; None before the first.
    """

    scenario: Scenario
    students: Students
    wishes: Wishes
    travel: Travel
    memory: Memory


class County:
    """A county ready to be drawn: loading, roster, distances, wishes and candidate schools are behind it.

    Its draws call it ``name``, or what its scenario is called where that is "".

    Attributes:
        identity: whose draws they are. vary: what they draw anew.
        children: of the roster of the first variant.
    """

    def __init__(self, inputs: Inputs, variants: tuple[str, ...], vary: Varying, name: str = "") -> None:
        self.identity: Identity = inputs.identity
        self.vary = vary
        self._scenarios = inputs.scenarios
        self._numbers = Numbers()
        self._travels = _shared([travelling.measure(scenario) for scenario in inputs.scenarios])
        self._years = self._make_years(inputs.scenarios)
        self._warnings: list[ZoneWarnings | None] = [None] * len(variants)
        self.children = len(self._years[0].students)
        students = [year.students for year in self._years]
        self._observer = Observer(
            inputs.identity,
            inputs.scenarios,
            students,
            variants,
            vary,
            fingerprint((inputs, variants, vary)),
            name or inputs.identity.name,
        )

    def _make_years(self, scenarios: Sequence[Scenario]) -> list[Year]:
        students = _shared([population.make_students(scenario) for scenario in scenarios])
        parts = list(zip(scenarios, students, self._travels, strict=True))
        wishes = _shared([population.make_wishes(*part) for part in parts])
        return [
            Year(scenario, roster, wished, travel, Memory(self._numbers))
            for (scenario, roster, travel), wished in zip(parts, wishes, strict=True)
        ]

    def draw(self, number: int, *, notices: bool = True) -> list[tuple[Admission, Indicators]]:
        """Play one draw under every variant: what ``simulate`` would give for ``scenario_of_draw``.

        Args:
            notices: False leaves out the notices of the close, which no table of a sweep has.
        """
        scenarios = [scenario_of_draw(s, self.identity, number, self.vary) for s in self._scenarios]
        years = self._years if self.vary == "lottery" else self._make_years(scenarios)
        answers = []
        for row, (scenario, year) in enumerate(zip(scenarios, years, strict=True)):
            played = admission.play(
                scenario,
                year.students,
                year.wishes,
                year.travel,
                memory=year.memory,
                closing_notices=notices,
            )
            warnings = self._warnings[row]
            if warnings is None or self.vary != "lottery":
                warnings = indicators.early_warning(scenario, year.students, played.seats)
                self._warnings[row] = warnings
            measured = indicators.measure(scenario, year.students, year.travel, played, warnings)
            answers.append((played, measured))
        if self.vary != "lottery":
            self._observer.take_rosters([year.students for year in years])
        return answers

    def play(self, draws: Sequence[int]) -> Draws:
        """Play these draws, each under every variant, and count what they gave.

        Raises:
            AccountingError: a child or a seat was lost; never the fault of the input.
        """
        for number in sorted(draws):
            answers = self.draw(number, notices=False)
            children_seed = self.identity.seed
            if self.vary == "children":
                children_seed = seed_of(self.identity, number, "children")
            seeds = (seed_of(self.identity, number, "lottery"), children_seed)
            self._observer.note(number, seeds, answers)
        return self._observer.gathered(simulate.versions())


def batch_of(children: int, variants: int) -> int:
    """How many draws of a county make a batch."""
    return max(1, BATCH_WORK // ((children + LEAST_WORK) * variants))


def _shared(nouns: list[Noun]) -> list[Noun]:
    """The same nouns, with those that equal an earlier one in every value replaced by it.

    So rival variants hold one roster, one table of distances and one set of lottery numbers.
    """
    kept: list[Noun] = []
    for noun in nouns:
        kept.append(next((earlier for earlier in kept if _equal(earlier, noun)), noun))
    return kept


def _equal(one: object, other: object) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        nan = one.dtype.kind == "f"
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=nan)
    if is_dataclass(one):
        return all(_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(_equal(a, b) for a, b in zip(one, other, strict=True))
    return one == other
