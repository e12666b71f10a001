"""The year's answer: what became of every child, what each round did, and the run as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from simulator.model.applications import Draw, SchoolDraw
from simulator.model.arrays import (
    NO_METRES,
    Booleans,
    Integers,
    Tabular,
    Texts,
    freeze_columns,
    require_lengths,
)
from simulator.model.scenario import Scenario, Travel
from simulator.model.seats import Seats
from simulator.model.showing import ShownRun
from simulator.model.tables import Students


@dataclass(frozen=True)
class Refill:
    """Seats set free after a round had given them, given on to those it had left waiting, in its own order.

    Attributes:
        after: place in ``Policy.rounds`` of the round that set them free: a later one, by children who moved,
            or the round itself, by children who did not come.
        waiting: children still waiting. admitted: of them, seated.
        certificate: facts that prove a least-cost round, empty for the others.
    """

    after: int
    waiting: int
    admitted: int
    certificate: Mapping[str, int | str | bool] = field(default_factory=dict)


@dataclass(frozen=True)
class RoundRecord(Tabular):
    """What one round did, one row per seat pool that had applicants or seats in it.

    Attributes:
        round: place in ``Policy.rounds``.
        entered: children who could enter. applied: those with a school in reach. admitted: those seated.
        school: int32, stage: int8, kind: int8 (``SeatKind``): the pool.
        seats: int64, seats open in the pool when the round began.
        first_choice: int64, applicants whose first choice was this pool. applicants: int64, who listed it.
        taken: int64, children seated in it by this round.
        lottery: bool, some applicants were turned away, so the draw (or the order) decided.
        cutoff_student: int32, row of the last child admitted, ``UNPLACED`` where nobody was turned away.
        cutoff_tier: int32, cutoff_draw: int64 (place in the draw): of that child, ``UNPLACED`` if none.
        cutoff_date: int32, the date that child was ranked by, ``NO_DATE`` if none.
        price_children, price_journeys, price_metres: int64, seat price of least-cost rounds in its parts,
            else 0: children one more seat would place, daily journeys beyond the walking limit it would turn
            into boarding, metres it would save (below zero where placing a child costs metres). Where the
            round's costs are not metres (``Round.bends_metres``, or not ``measured``), the last is in units
            of its cost.
        metres: int, metres of all children admitted, ``NO_METRES`` if not available.
        certificate: facts that prove a least-cost round. refills: what it gave on of seats set free later.
    """

    round: int
    entered: int
    applied: int
    admitted: int
    school: Integers
    stage: Integers
    kind: Integers
    seats: Integers
    first_choice: Integers
    applicants: Integers
    taken: Integers
    lottery: Booleans
    cutoff_student: Integers
    cutoff_tier: Integers
    cutoff_draw: Integers
    cutoff_date: Integers
    price_children: Integers
    price_metres: Integers
    price_journeys: Integers
    metres: int = NO_METRES
    certificate: Mapping[str, int | str | bool] = field(default_factory=dict)
    refills: tuple[Refill, ...] = ()

    def __post_init__(self) -> None:
        require_lengths(
            "RoundRecord",
            len(self.school),
            **{k: v for k, v in vars(self).items() if hasattr(v, "shape")},
        )
        freeze_columns(self)

    @property
    def measured(self) -> bool:
        """Whether the distance of every child and school of the round is known."""
        return self.metres != NO_METRES


@dataclass(frozen=True)
class Notice:
    """Something a planner must see: an exception made, a rule that binds. Text is in ``messages``.

    Attributes:
        code: message code. student, school: rows, ``UNPLACED`` if none. details: values for the text.
    """

    code: str
    student: int = -1
    school: int = -1
    details: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Admission(Tabular):
    """What became of every child of the roster, one row each, in roster order.

    Attributes:
        status: int8, a ``Status``. reason: int8, a ``Reason``.
        school: int32, row in ``Schools`` or ``UNPLACED`` (a child taught at home has the school it is on
            the register of).
        round: int16, place in ``Policy.rounds``, ``UNPLACED`` if settled beforehand or not placed.
        kind: int8, the ``SeatKind`` of the pool, ``UNPLACED`` if none.
        metres: int32, from the child's block to the school, ``NO_METRES`` if not available.
        tier: int32, tier in the deciding round, ``UNPLACED`` if none. draw: int64, place in that round's
            draw, ``UNPLACED`` if none.
        means: int8, a ``Means``.
        in_zone: bool, placed in a school of the block's zone. nearest: bool, no public day school of the
            stage is nearer (False where metres are not available).
        over: bool, seated beyond the seats to keep twins together.
        seats: the seat tree the rounds opened with. load: int64 (nodes,), children at or below each node
            at the end.
        rounds: one record per round played. notices: exceptions and binding rules.
        draws: the draws used, by the round's name. school_draws: of a round in which every school draws for
            itself, by its name: one draw per school that somebody lists, in the order of ``Schools``.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(
        ("seats", "load", "rounds", "notices", "draws", "school_draws")
    )

    status: Integers
    reason: Integers
    school: Integers
    round: Integers
    kind: Integers
    metres: Integers
    tier: Integers
    draw: Integers
    means: Integers
    in_zone: Booleans
    nearest: Booleans
    over: Booleans
    seats: Seats
    load: Integers
    rounds: tuple[RoundRecord, ...]
    notices: tuple[Notice, ...]
    draws: Mapping[str, Draw]
    school_draws: Mapping[str, tuple[SchoolDraw, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = {name: column for name, column in vars(self).items() if name not in self.not_rows}
        require_lengths("Admission", len(self.status), **columns)
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.status)


@dataclass(frozen=True)
class Classes(Tabular):
    """Classes of the entry year (R32): one row per class, and the class of every placed child.

    Attributes:
        school: int32, stage: int8, number: int32 (1, 2, ...), size: int32: the classes.
        student_class: int32 (students,), row of the child's class, ``UNPLACED`` if in none.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(("student_class",))

    school: Integers
    stage: Integers
    number: Integers
    size: Integers
    student_class: Integers

    def __post_init__(self) -> None:
        require_lengths("Classes", len(self.school), stage=self.stage, number=self.number, size=self.size)
        freeze_columns(self)


@dataclass(frozen=True)
class Indicators(Tabular):
    """Numbers with their rule, one row each.

    Attributes:
        code: object (str), message code of the indicator's name. rule: object (str), such as "R25".
        county: int32, row of ``Scenario.counties``, ``UNPLACED`` for the whole city.
        stage: int8, a ``Stage``, ``UNPLACED`` for both.
        numerator, denominator: int64; the value is their ratio, or the numerator where the denominator is 0
            and ``unit`` is a count.
        value: float64, in ``unit``; NaN where not available.
        unit: object (str): "children", "seats", "schools", "percent", "metres".
        target: float64, NaN where there is none. met: int8, 1 met, 0 missed, ``UNPLACED`` no target.
    """

    code: Texts
    rule: Texts
    county: Integers
    stage: Integers
    numerator: Integers
    denominator: Integers
    value: Integers
    unit: Texts
    target: Integers
    met: Integers

    def __post_init__(self) -> None:
        require_lengths("Indicators", len(self.code), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class ZoneWarnings(Tabular):
    """Early warning per zone: schools that share blocks, and those blocks, are one zone.

    Attributes:
        stage: int8. children, seats: int64, eligible children and seats of the zone's schools.
        level: int8, 0 green, 1 yellow, 2 red.
        block_zone: int32 (2, blocks), school_zone: int32 (2, schools): the row here, ``UNPLACED`` for none.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(("block_zone", "school_zone"))

    stage: Integers
    children: Integers
    seats: Integers
    level: Integers
    block_zone: Integers
    school_zone: Integers

    def __post_init__(self) -> None:
        require_lengths(
            "ZoneWarnings", len(self.stage), children=self.children, seats=self.seats, level=self.level
        )
        freeze_columns(self)


@dataclass(frozen=True)
class Fixes(Tabular):
    """Cheapest fixes for a zone that is short, in policy terms, cheapest first within a zone.

    Attributes:
        zone: int32, row of ``ZoneWarnings``. short: int64, seats missing in the zone.
        action: object (str), message code: "fix_class" (more classes), "fix_blocks" (move blocks),
            "fix_class_blocks" (more classes at a neighbouring school, and blocks moved there).
        school: int32, the school that gains classes or takes the blocks.
        classes: int32, classes to add (0 if none). blocks: object, tuples of block rows.
        children: int64, seats or children the fix covers. extra_metres: int64, metres it adds in all.
        beyond: int64, children who would walk beyond the limit and have a school within it now.
    """

    zone: Integers
    short: Integers
    action: Texts
    school: Integers
    classes: Integers
    blocks: Texts
    children: Integers
    extra_metres: Integers
    beyond: Integers

    def __post_init__(self) -> None:
        require_lengths("Fixes", len(self.zone), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class MoreClasses(Tabular):
    """One more class, school by school: what it promises and what all rounds played again made of it.

    One row per school and stage tried, best first; each stands alone. The promise is an estimate from seat
    prices; what follows is this run with the class less this run without, on the same luck.

    Attributes:
        school: int32. stage: int8. seats: int64, seats the class adds.
        zone_short: int64, children its zone has beyond its seats, 0 if none.
        promised_children, promised_journeys, promised_metres: int64, seats x seat price, of the least-cost
            round that prices each part highest: children placed (at most those of the county still
            unplaced), daily journeys beyond the walking limit spared, metres saved.
        placed: int64, more children placed. own_zone: int64, more children in a school of their zone.
        beyond_limit: int64, fewer children who are exceptions beyond the walking limit.
        metres: int64, fewer metres of all children placed together (0 where metres are not available).
        gain, lose: int64, children who are better and worse off: placed or not, else nearer or farther, else
            (without metres) in the own zone or not.
        listed: bool, among the best, as ``OneMoreClass`` says.
        possible: schools and stages that may have one more class and where it fits under the cap.
        certificates: per row, (place in ``Policy.rounds``, proof) of every least-cost step of the replay.
    """

    school: Integers
    stage: Integers
    seats: Integers
    zone_short: Integers
    promised_children: Integers
    promised_journeys: Integers
    promised_metres: Integers
    placed: Integers
    own_zone: Integers
    beyond_limit: Integers
    metres: Integers
    gain: Integers
    lose: Integers
    listed: Booleans
    possible: int = 0
    certificates: tuple[tuple[tuple[int, Mapping[str, int | str | bool]], ...], ...] = ()

    def __post_init__(self) -> None:
        rows = len(self.school)
        columns = {name: column for name, column in vars(self).items() if hasattr(column, "shape")}
        require_lengths("MoreClasses", rows, **columns)
        if len(self.certificates) != rows:
            raise ValueError(f"MoreClasses: {len(self.certificates)} certificates for {rows} rows")
        freeze_columns(self)

    @classmethod
    def none(cls, possible: int = 0) -> MoreClasses:
        """Nothing tried."""
        columns = [f.name for f in fields(cls) if f.name not in ("possible", "certificates")]
        nothing: dict[str, Any] = {name: np.zeros(0, dtype=np.int64) for name in columns}
        kinds = {"school": np.int32, "stage": np.int8, "listed": np.bool_}
        return cls(
            **nothing | {name: np.zeros(0, dtype=kind) for name, kind in kinds.items()}, possible=possible
        )


@dataclass(frozen=True, repr=False)
class Run(ShownRun):
    """One scenario, one seed, played to its end: what the report reads, and what a notebook shows.

    Attributes:
        scenario, students, travel, admission, classes, indicators, warnings, fixes, more_classes: the
            stages' results.
        versions: library name to version. seconds: stage name to wall time (goes to ``timings.json`` only).
    """

    scenario: Scenario
    students: Students
    travel: Travel
    admission: Admission
    classes: Classes
    indicators: Indicators
    warnings: ZoneWarnings
    fixes: Fixes
    more_classes: MoreClasses = field(default_factory=MoreClasses.none)
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Recorded(Tabular):
    """What a run folder recorded of every child of its roster, one row each.

    Attributes:
        id: object (str). status: int8, a ``Status``.
        school, round: object (str), the school's id and the round's name, "" for none.
        versions: library name to the version the run was made with.
    """

    not_rows: ClassVar[frozenset[str]] = frozenset(("versions",))

    id: Texts
    status: Integers
    school: Texts
    round: Texts
    versions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_lengths("Recorded", len(self.id), status=self.status, school=self.school, round=self.round)
        freeze_columns(self)
