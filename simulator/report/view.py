"""The run as a reader sees it: names instead of row numbers, and per-school figures computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulator.indicators.facts import Facts
from simulator.model import NO_METRES, UNPLACED, Round, RoundRecord, Run, SeatKind, Stage
from simulator.model.arrays import Booleans, Integers, Texts, texts
from simulator.model.limits import school_caps
from simulator.model.policy import LEAST_COST
from simulator.report.maps import Shapes, shapes
from simulator.report.naming import unique_names
from simulator.report.privacy import Published, is_protected, protected_columns, published
from simulator.report.words import Words

LARGE_CLASS, VERY_LARGE_CLASS = 56, 66
"""A large class 大班额 has 56 to 65 pupils, a very large one 超大班额 66 or more (R2)."""


@dataclass(frozen=True)
class SeatPrice:
    """Seat prices of the least-cost round with the most applicants, per stage and school.

    Attributes:
        children, journeys, metres: int64 (2, schools), the parts of what one more general seat would save;
            the last in units of cost where ``in_units``.
        known: bool (2, schools), the round priced a pool of the school and stage.
        round: place of the round in ``Policy.rounds``, ``UNPLACED`` if no round was least cost.
        measured: the distances of the round are known. in_units: its costs are not metres.
    """

    children: Integers
    journeys: Integers
    metres: Integers
    known: Booleans
    round: int
    measured: bool = True
    in_units: bool = False


SAID_ON_LUCK = (
    ("stamp_simulation", "stamp_simulation_official"),
    ("seed_is_simulation", "seed_is_simulation_official"),
    ("made_seed_detail", "made_seed_detail_official"),
)


@dataclass(frozen=True)
class View:
    """One run in one language.

    Attributes:
        run: what is reported. words: its language. with_names: whether children's names may be shown.
    """

    run: Run
    words: Words
    with_names: bool = False

    @property
    def luck(self) -> dict[str, str]:
        """The codes of what is said on luck: others where some round uses the result of an official draw."""
        official = self.run.scenario.has_official_draws
        return {plain: other if official else plain for plain, other in SAID_ON_LUCK}

    @cached_property
    def facts(self) -> Facts:
        """Loads, seats and masks, by the definitions of the indicators."""
        run = self.run
        return Facts(run.scenario, run.students, run.travel, run.admission, run.warnings)

    @cached_property
    def published(self) -> Published:
        """The result of every child, fit for a list."""
        return published(self.run)

    @cached_property
    def school_names(self) -> Texts:
        """object (schools,): each school's name, told apart where two schools share one."""
        schools = self.run.scenario.schools
        return unique_names(self.words, schools.name, schools.id, schools.town, self.run.scenario.towns)

    @cached_property
    def block_names(self) -> Texts:
        """object (blocks,): each block's name, told apart where two blocks share one."""
        blocks = self.run.scenario.blocks
        return unique_names(self.words, blocks.name, blocks.id, blocks.town, self.run.scenario.towns)

    @cached_property
    def county_names(self) -> Texts:
        """object (counties + 1,): names of the counties; the last, reached as -1, is empty."""
        return texts((*self.run.scenario.counties, ""))

    @cached_property
    def student_labels(self) -> Texts:
        """object (students,): the id, and the name behind it only where names were asked for."""
        if self.student_names is None:
            return self.run.students.id
        pairs = zip(self.run.students.id.tolist(), self.student_names.tolist(), strict=True)
        return texts([f"{student} {name}".rstrip() for student, name in pairs])

    @cached_property
    def student_names(self) -> Texts | None:
        """object (students,): names of the children, ``None`` unless they were asked for and are known."""
        scenario = self.run.scenario
        if not self.with_names or scenario.student_names is None or scenario.students is None:
            return None
        if scenario.students is self.run.students:
            return scenario.student_names
        name_of = dict(zip(scenario.students.id.tolist(), scenario.student_names.tolist(), strict=True))
        return texts([name_of.get(student, "") for student in self.run.students.id.tolist()])

    @cached_property
    def caps(self) -> Integers:
        """int64 (schools,): greatest number of compulsory-stage pupils of each school (R1)."""
        return school_caps(self.run.scenario.policy, self.run.scenario.schools)

    @cached_property
    def pupils_after(self) -> Integers:
        """int64 (schools,): pupils on roll after entry, both stages: those who stay, and the entrants."""
        schools = self.run.scenario.schools
        stay = (schools.pupils - schools.leavers).sum(axis=0, dtype=np.int64)
        return np.asarray(stay + self.facts.entrants.sum(axis=0))

    @cached_property
    def classes(self) -> tuple[Integers, Integers]:
        """Entry classes and the size of the largest, int64 (2, schools) each."""
        made, schools = self.run.classes, len(self.run.scenario.schools)
        counts = np.zeros((len(Stage), schools), dtype=np.int64)
        largest = np.zeros((len(Stage), schools), dtype=np.int64)
        np.add.at(counts, (made.stage, made.school), 1)
        np.maximum.at(largest, (made.stage, made.school), made.size)
        return counts, largest

    @cached_property
    def price(self) -> SeatPrice:
        """Prices of general seats in the least-cost round with the most applicants."""
        shape = (len(Stage), len(self.run.scenario.schools))
        children, journeys, metres = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        known = np.zeros(shape, dtype=np.bool_)
        played = [r for r in self.run.admission.rounds if self.entry(r).mechanism in LEAST_COST]
        if not played:
            return SeatPrice(children, journeys, metres, known, UNPLACED)
        record = max(played, key=lambda r: (r.applied, r.round))
        rows = np.flatnonzero(record.kind == SeatKind.GENERAL)
        cell = (record.stage[rows], record.school[rows])
        children[cell] = record.price_children[rows]
        journeys[cell] = record.price_journeys[rows]
        metres[cell] = record.price_metres[rows]
        known[cell] = True
        in_units = self.in_units(record)
        return SeatPrice(children, journeys, metres, known, record.round, record.measured, in_units)

    @cached_property
    def shapes(self) -> Shapes | None:
        """Outlines of zones and counties, ``None`` where there are no coordinates."""
        return shapes(self.run)

    @cached_property
    def has_metres(self) -> bool:
        """Whether the distance of any child to its school is known."""
        return bool(np.any(self.run.admission.metres != NO_METRES))

    @cached_property
    def distance_source(self) -> str:
        """Where the metres come from, in words; printed beside every distance."""
        travel = self.run.travel
        return self.words.text(f"source_{travel.source}", detour=f"{travel.detour_percent / 100:.2f}")

    def entry(self, record: RoundRecord) -> Round:
        """The settings of the round that ``record`` tells about."""
        return self.run.scenario.policy.rounds[record.round]

    def in_units(self, record: RoundRecord) -> bool:
        """Whether the round's prices are in units of its cost: metres are bent, or not all are known."""
        return self.entry(record).bends_metres or not record.measured

    @cached_property
    def protected_columns(self) -> frozenset[str]:
        """Columns of the roster that no list may betray."""
        return protected_columns(self.run.scenario.policy)

    @cached_property
    def protected_rounds(self) -> frozenset[str]:
        """Rounds whose roster would by itself tell a protected category; their draws stay unpublished."""
        rounds = self.run.scenario.policy.rounds
        return frozenset(entry.name for entry in rounds if is_protected(entry, self.protected_columns))

    @cached_property
    def zone_schools(self) -> list[list[int]]:
        """Rows of the schools of each early-warning zone, in row order."""
        zones: list[list[int]] = [[] for _ in range(len(self.run.warnings.stage))]
        for stage in Stage:
            for school, zone in enumerate(self.run.warnings.school_zone[stage].tolist()):
                if zone != UNPLACED:
                    zones[zone].append(school)
        return zones

    @cached_property
    def zone_names(self) -> Texts:
        """object (zones,): each zone by the schools it has, else by its first block."""
        first_block: dict[int, int] = {}
        for stage in Stage:
            for block, zone in enumerate(self.run.warnings.block_zone[stage].tolist()):
                if zone != UNPLACED:
                    first_block.setdefault(zone, block)
        names = []
        for zone, schools in enumerate(self.zone_schools):
            if schools:
                names.append(self.words.joined([str(self.school_names[school]) for school in schools]))
            else:
                names.append(
                    str(self.block_names[first_block[zone]]) if zone in first_block else str(zone + 1)
                )
        return texts(names)

    @cached_property
    def zone_county(self) -> Integers:
        """int32 (zones,): county of each zone's first school, else of its first block, else ``UNPLACED``."""
        scenario, warnings = self.run.scenario, self.run.warnings
        county = np.full(len(warnings.stage), UNPLACED, dtype=np.int32)
        for rows, of_row in (
            (warnings.block_zone, scenario.blocks.county),
            (warnings.school_zone, scenario.schools.county),
        ):
            for stage in Stage:
                zoned = np.flatnonzero(rows[stage] != UNPLACED)[
                    ::-1
                ]  # backwards, so that the first writes last
                county[rows[stage][zoned]] = of_row[zoned]
        return county

    @cached_property
    def zone_short(self) -> Integers:
        """int64 (zones,): seats missing, 0 where there are enough."""
        return np.maximum(self.run.warnings.children - self.run.warnings.seats, 0)

    def indicator(self, code: str, county: int = UNPLACED, stage: int = UNPLACED) -> dict[str, Any] | None:
        """One row of the indicators as plain values, ``None`` if there is no such row."""
        row = self._indicator_rows.get((code, county, stage))
        if row is None:
            return None
        table = self.run.indicators
        value, target = float(table.value[row]), float(table.target[row])
        return {
            "numerator": int(table.numerator[row]),
            "denominator": int(table.denominator[row]),
            "value": None if np.isnan(value) else value,
            "target": None if np.isnan(target) else target,
            "met": int(table.met[row]),
            "unit": str(table.unit[row]),
        }

    @cached_property
    def _indicator_rows(self) -> dict[tuple[str, int, int], int]:
        table = self.run.indicators
        keys = zip(table.code.tolist(), table.county.tolist(), table.stage.tolist(), strict=True)
        return {key: row for row, key in enumerate(keys)}
