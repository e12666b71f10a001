"""The nouns that come from tables: children, schools, blocks, zones, wishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import (
    UNPLACED,
    Booleans,
    Floats,
    Integers,
    Ragged,
    Tabular,
    Texts,
    freeze_columns,
    read_only,
    require_lengths,
)
from simulator.model.terms import STAGES_OF_KIND, Ownership, Placement, SchoolKind, Stage, StageName, stage_of

FLAGS: tuple[str, ...] = (
    "household",  # 户籍在学区
    "home",  # 自有房产在学区
    "collective_household",  # 集体户
    "renting",  # 租房
    "preference",  # 政策优待
    "migrant",  # 随迁子女
    "residence_permit",  # 持居住证
    "left_behind",  # 留守儿童
    "returning",  # 返户籍地入学
    "late",  # 补录
    "declined",  # 放弃
    "enrolled_elsewhere",  # 已在外地入学
    "private_declined",  # 不确认民办录取
    "home_locked",  # 房屋学位已锁定
)
"""Yes/no columns every roster has (all "no" where the table lacks them)."""

DERIVED_FLAGS: tuple[str, ...] = (
    "local",
    "mainstream",
    "special_class",
    "special_school",
    "taught_at_home",
    "twin",
    "has_sibling",
)
"""Yes/no columns computed from others; a round may name them like any other."""


@dataclass(frozen=True)
class Students(Tabular):
    """The children of one entry year, both stages, one row each.

    Attributes:
        id: object (str), unique, stable from year to year; keys every draw.
        stage: int8, a ``Stage``: which stage the child enters.
        block: int32, row in ``Blocks`` of the address that counts for zoning; ``UNPLACED`` if unknown.
        household_block: int32, row in ``Blocks`` of the household register; ``UNPLACED`` if not given.
        origin_school: int32, row in ``Schools`` of the primary school attended (junior entrants).
        sibling_school: int32, row in ``Schools`` where an elder sibling is still enrolled.
        twin_group: int32, a label shared by twins, ``UNPLACED`` for the rest.
        birth_date, settled_on, permit_on: int32, days since 1970-01-01, ``NO_DATE`` if not given. Birth;
            settlement (落户) date; issue date of the residence permit.
        points: int64, admission points in hundredths (积分), 0 if none.
        placement: int8, a ``Placement``.
        deferral: bool, deferral approved (an approval number was given).
        flags: yes/no columns by name, bool; every name of ``FLAGS`` and those the scenario adds.
        extra: further integer columns the scenario declares (numbers in hundredths, dates in days).
    """

    id: Texts
    stage: Integers
    block: Integers
    household_block: Integers
    origin_school: Integers
    sibling_school: Integers
    twin_group: Integers
    birth_date: Integers
    settled_on: Integers
    permit_on: Integers
    points: Integers
    placement: Integers
    deferral: Booleans
    flags: Mapping[str, Booleans]
    extra: Mapping[str, Integers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = len(self.id)
        columns = {k: v for k, v in vars(self).items() if isinstance(v, np.ndarray)}
        require_lengths("Students", rows, **columns, **self.flags, **self.extra)
        missing = [name for name in FLAGS if name not in self.flags]
        if missing:
            raise ValueError(f"Students: yes/no columns missing: {missing}")
        freeze_columns(self)
        object.__setattr__(self, "flags", {k: read_only(v) for k, v in self.flags.items()})
        object.__setattr__(self, "extra", {k: read_only(v) for k, v in self.extra.items()})

    def __len__(self) -> int:
        return len(self.id)

    def yes(self, name: str) -> Booleans:
        """The yes/no column ``name``, bool, shape (students,).

        Raises:
            KeyError: no such column, given or derived.
        """
        if name in self.flags:
            return self.flags[name]
        derived: dict[str, Callable[[], Booleans]] = {
            "local": lambda: ~self.flags["migrant"],
            "mainstream": lambda: self.placement == Placement.MAINSTREAM,
            "special_class": lambda: self.placement == Placement.SPECIAL_CLASS,
            "special_school": lambda: self.placement == Placement.SPECIAL_SCHOOL,
            "taught_at_home": lambda: self.placement == Placement.TAUGHT_AT_HOME,
            "twin": lambda: self.twin_group != UNPLACED,
            "has_sibling": lambda: self.sibling_school != UNPLACED,
        }
        if name not in derived:
            raise KeyError(name)
        return np.asarray(derived[name](), dtype=np.bool_)


@dataclass(frozen=True)
class Schools(Tabular):
    """The schools, one row each. A column of shape (2, schools) is indexed by ``Stage`` first.

    Attributes:
        id, name: object (str).
        kind: int8, a ``SchoolKind``. ownership: int8, an ``Ownership``.
        county, town: int32, rows of ``Scenario.counties`` and ``Scenario.towns``; ``UNPLACED`` if not given.
        longitude, latitude: float64, degrees WGS84, NaN if not given.
        classes: int32 (2, schools), planned entry classes.
        class_size: int32 (2, schools), pupils a class is offered at; 0 means the scenario's standard.
        planned_seats: int32 (2, schools), planned entrants where the plan names a number; -1 means
            classes x class size.
        pupils, leavers: int32 (2, schools), pupils on roll now, and those in the leaving grade (6, 9). A
            school that gives one total for both stages has it in the first row: the cap is joint.
        cap: int32, greatest number of compulsory-stage pupils; 0 means the scenario's cap for the kind.
        ceiling: int32, this year's ceiling of a school already over its cap; -1 means the scenario's path.
        reserved_seats, purchased_seats, special_class_seats: int32 (2, schools), seats set aside.
        boarding_beds: int32, free beds. bus: bool, a school bus runs.
        group, district: int32, education group and learning district; ``UNPLACED`` for none.
        approval_county: int32, county that bounds a private school's recruiting; ``UNPLACED`` = whole city.
        disabled_pupils: int32, children with disabilities already on roll. resource_room: bool.
        protected: bool, may not be closed (R15).
        quality: int32, score of the assessment of quality and balance (R6), -1 for a school without one; None
            where no school has one.
    """

    id: Texts
    name: Texts
    kind: Integers
    ownership: Integers
    county: Integers
    town: Integers
    longitude: Floats
    latitude: Floats
    classes: Integers
    class_size: Integers
    planned_seats: Integers
    pupils: Integers
    leavers: Integers
    cap: Integers
    ceiling: Integers
    reserved_seats: Integers
    purchased_seats: Integers
    special_class_seats: Integers
    boarding_beds: Integers
    bus: Booleans
    group: Integers
    district: Integers
    approval_county: Integers
    disabled_pupils: Integers
    resource_room: Booleans
    protected: Booleans
    quality: Integers | None = None

    def __post_init__(self) -> None:
        given = {name: column for name, column in vars(self).items() if column is not None}
        require_lengths("Schools", len(self.id), **given)
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.id)

    def serves(self, stage: Stage | StageName) -> Booleans:
        """bool, shape (schools,): schools whose kind has the stage."""
        stage = stage_of(stage)
        kinds = [kind for kind, stages in STAGES_OF_KIND.items() if stage in stages]
        return np.isin(self.kind, kinds)

    @property
    def public(self) -> Booleans:
        """bool, shape (schools,): public schools."""
        return np.asarray(self.ownership == Ownership.PUBLIC)

    @property
    def teaching_point(self) -> Booleans:
        """bool, shape (schools,): teaching points, which take their own villages only."""
        return np.asarray(self.kind == SchoolKind.TEACHING_POINT)


@dataclass(frozen=True)
class Blocks(Tabular):
    """Residential communities and villages, the atoms of zones.

    Attributes:
        id, name: object (str).
        county, town, district: int32, as in ``Schools``.
        longitude, latitude: float64, degrees WGS84, NaN if not given.
        village: bool.
        outline: object array of WKB bytes (WGS84), or None where no outlines were given.
    """

    id: Texts
    name: Texts
    county: Integers
    town: Integers
    district: Integers
    longitude: Floats
    latitude: Floats
    village: Booleans
    outline: Texts | None = None

    def __post_init__(self) -> None:
        columns = {k: v for k, v in vars(self).items() if v is not None}
        require_lengths("Blocks", len(self.id), **columns)
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class Zones:
    """Which schools each block belongs to, per stage, in the order of the zone table.

    Attributes:
        schools: two ``Ragged`` of int32 over blocks, indexed by ``Stage``; one school in a list is
            single-school zoning, several are multi-school zoning.
    """

    schools: tuple[Ragged, Ragged]


@dataclass(frozen=True)
class Barriers(Tabular):
    """Pairs of blocks that no zone may join directly: a river, a railway, a motorway between them.

    Attributes:
        block, other: int32 rows in ``Blocks``, each pair once, the lower row first.
    """

    block: Integers
    other: Integers

    def __post_init__(self) -> None:
        require_lengths("Barriers", len(self.block), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class Sites(Tabular):
    """Land on which a new school could stand.

    Attributes:
        id, name: object (str). county, town, district, longitude, latitude: as in ``Schools``.
        seats: int32, entrants a year, -1 if not given. reserved: bool, reserved for a school (R46).
    """

    id: Texts
    name: Texts
    county: Integers
    town: Integers
    district: Integers
    longitude: Floats
    latitude: Floats
    seats: Integers
    reserved: Booleans

    def __post_init__(self) -> None:
        require_lengths("Sites", len(self.id), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class Feeders:
    """Primary to junior schools: one junior school in a list is straight promotion.

    Attributes:
        juniors: ``Ragged`` of int32 over schools.
        share: float64, shape (juniors.values,), the share of leavers each junior school takes, 0..1.
    """

    juniors: Ragged
    share: Floats

    def __post_init__(self) -> None:
        require_lengths("Feeders", len(self.juniors.values), share=self.share)
        freeze_columns(self)


@dataclass(frozen=True)
class Wishes(Tabular):
    """Listed choices 志愿: sorted by (student, round, position), no duplicates.

    Attributes:
        student: int32, row in ``Students``. round: int16, row of ``Policy.rounds``.
        position: int16, 1 = first choice. school: int32, row in ``Schools``.
    """

    student: Integers
    round: Integers
    position: Integers
    school: Integers

    def __post_init__(self) -> None:
        require_lengths("Wishes", len(self.student), **vars(self))
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.student)


@dataclass(frozen=True)
class Settled(Tabular):
    """Places fixed before round one and never moved: earlier results, policy placements, decisions.

    Attributes:
        student, school: int32 rows. reason: object (str), as the bureau wrote it.
    """

    student: Integers
    school: Integers
    reason: Texts

    def __post_init__(self) -> None:
        require_lengths("Settled", len(self.student), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class Drawn(Tabular):
    """Results of official draws, to be used instead of the run's own seed.

    Attributes:
        draw: object (str), name of the draw. student: int32 rows. place: int64, from 1.
    """

    draw: Texts
    student: Integers
    place: Integers

    def __post_init__(self) -> None:
        require_lengths("Drawn", len(self.student), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class LastCutoffs(Tabular):
    """Last year's last child admitted, to stand beside this year's; nothing is decided by it.

    Attributes:
        round: int16, row of ``Policy.rounds``. school: int32 row. stage: int8.
        tier: int32, from 0, ``UNPLACED`` if not given. date: int32, days, ``NO_DATE`` if not given.
        points: int64, hundredths, ``UNPLACED`` if not given.
    """

    round: Integers
    school: Integers
    stage: Integers
    tier: Integers
    date: Integers
    points: Integers

    def __post_init__(self) -> None:
        require_lengths("LastCutoffs", len(self.round), **vars(self))
        freeze_columns(self)

    def find(self, round_row: Integers | int, school: Integers, stage: Integers) -> Integers:
        """Row of each round, school and stage, int64 (asked,); ``UNPLACED`` where nothing is known.

        Args:
            round_row: one or (asked,). school, stage: int (asked,).
        """
        if not len(self.round) or not len(school):
            return np.full(len(school), UNPLACED, dtype=np.int64)
        span = max(int(self.school.max()), int(school.max())) + 1
        key = (self.round.astype(np.int64) * span + self.school) * 2 + self.stage  # the table is sorted so
        asked = (np.asarray(round_row, dtype=np.int64) * span + school) * 2 + stage
        at = np.minimum(np.searchsorted(key, asked), len(key) - 1)
        return np.where(key[at] == asked, at, UNPLACED)


@dataclass(frozen=True)
class Demand(Tabular):
    """Counts per block, from which ``population`` makes a seeded roster.

    Attributes:
        block: int32 row. stage: int8. count: int32, children.
        category: object (str), a key of ``Policy.population.categories``.
    """

    block: Integers
    stage: Integers
    category: Texts
    count: Integers

    def __post_init__(self) -> None:
        require_lengths("Demand", len(self.block), **vars(self))
        freeze_columns(self)


@dataclass(frozen=True)
class GivenTravel(Tabular):
    """Distances a bureau gives itself.

    Attributes:
        block, school: int32 rows. metres: int32.
    """

    block: Integers
    school: Integers
    metres: Integers

    def __post_init__(self) -> None:
        require_lengths("GivenTravel", len(self.block), **vars(self))
        freeze_columns(self)
