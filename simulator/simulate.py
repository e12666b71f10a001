"""One scenario, one seed, played to its end: the table of contents of the house."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from time import perf_counter

from simulator import __version__, admission, classes, indicators, load, population, replay
from simulator import travel as travelling
from simulator.model import Run, Scenario, Seating
from simulator.model.paths import PathName

Progress = Callable[[str], None]
"""Told the name of each stage, and of each round, as it begins."""

RESULT_LIBRARIES = ("numpy", "scipy", "numba", "pyproj", "pandas", "pyarrow")
"""Libraries whose version may matter to a result; named in the manifest."""


def run(
    path: PathName,
    *,
    variant: str = "",
    overrides: Sequence[str] = (),
    seed: int | None = None,
    mechanisms: Mapping[str, Seating] | None = None,
) -> Run:
    """Load a scenario folder and play it: the shortest way from files to a ``Run``.

    Args:
        path: the scenario folder. variant: a name under ``[variants]``.
        overrides: ``key=value`` settings, as ``--set`` takes them. seed: replaces the scenario's.
        mechanisms: name of a round to a function of your own that plays it (``Scenario.with_mechanism``).

    Raises:
        ScenarioError: the folder has faults; all of them are listed. KeyError: no round of that name.
    """
    scenario = load.scenario(path, variant=variant, overrides=overrides)
    for name, mechanism in (mechanisms or {}).items():
        scenario = scenario.with_mechanism(name, mechanism)
    return simulate(scenario if seed is None else with_seed(scenario, seed))


def simulate(scenario: Scenario, *, progress: Progress | None = None) -> Run:
    """Play one entry year from its input to its numbers.

    1. The roster, given or made from counts. 2. Distances. 3. Wishes, given or modelled.
    4. The admission rounds. 5. Classes. 6. Early warning, indicators, and the cheapest fixes. 7. Where one
    more class is worth most: the rounds played again with it.

    Args:
        progress: told the name of each stage and round as it begins.

    Raises:
        AccountingError: a child or a seat was lost; never the fault of the input.
    """
    clock = Clock(progress)
    clock.begin("population")
    students = scenario.students if scenario.students is not None else population.make_students(scenario)
    clock.begin("travel")
    travel = travelling.measure(scenario)
    scenario = replace(scenario, warnings=scenario.warnings + travelling.warnings(scenario, travel))
    clock.begin("wishes")
    wishes = population.make_wishes(scenario, students, travel)
    clock.begin("admission")
    memory = admission.Memory()
    admitted = admission.play(scenario, students, wishes, travel, memory=memory, progress=clock.tell)
    clock.begin("classes")
    formed = classes.make_classes(scenario, students, admitted)
    clock.begin("indicators")
    warnings = indicators.early_warning(scenario, students, admitted.seats)
    measured = indicators.measure(scenario, students, travel, admitted, warnings)
    fixes = indicators.fixes(scenario, students, travel, admitted, warnings)
    clock.begin("replays")
    more = replay.more_classes(scenario, students, wishes, travel, admitted, warnings, memory)
    clock.end()
    return Run(
        scenario=scenario,
        students=students,
        travel=travel,
        admission=admitted,
        classes=formed,
        indicators=measured,
        warnings=warnings,
        fixes=fixes,
        more_classes=more,
        versions=versions(),
        seconds=clock.seconds,
    )


def rounds_seen(run: Run) -> list[admission.Seen]:
    """What each round of a run saw and did: applications with their ranks, the draw, the seats, the answer.

    Plays the rounds again on the same children, choices and luck; the answer is the run's own.
    """
    wishes = population.make_wishes(run.scenario, run.students, run.travel)
    seen: list[admission.Seen] = []
    admission.play(run.scenario, run.students, wishes, run.travel, witness=seen)
    return seen


def with_seed(scenario: Scenario, seed: int) -> Scenario:
    """The same scenario with another seed."""
    return replace(scenario, policy=replace(scenario.policy, seed=seed))


def versions() -> dict[str, str]:
    """Versions that may matter to a result."""
    found = {name: version(name) for name in RESULT_LIBRARIES}
    return {"xuewei": __version__, "python": platform.python_version(), **found}


class Clock:
    """Wall time per stage; nothing but ``timings.json`` ever reads it."""

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self.tell: Progress = progress or (lambda name: None)
        self._stage = ""
        self._since = 0.0

    def begin(self, stage: str) -> None:
        """End the running stage and begin ``stage``."""
        self.end()
        self._stage, self._since = stage, perf_counter()
        self.tell(stage)

    def end(self) -> None:
        """End the running stage."""
        if self._stage:
            self.seconds[self._stage] = perf_counter() - self._since
        self._stage = ""
