"""The schools table, and what must hold between its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulator.load.names import Names
from simulator.load.places import read_places
from simulator.load.suggest import nearest_word
from simulator.load.table import Table
from simulator.messages import Bilingual
from simulator.model import Ownership, Policy, SchoolKind, Schools, Stage
from simulator.model.arrays import Booleans, Integers, texts
from simulator.model.terms import STAGES_OF_KIND

STAGES = (Stage.PRIMARY, Stage.JUNIOR)
STAGE_LABELS = (Bilingual("小学", "primary"), Bilingual("初中", "junior"))
"""As faults name a stage: they do not know which language they will be read in."""


@dataclass
class PlaceNames:
    """Names shared by blocks and schools; blocks are read first."""

    counties: Names = field(default_factory=Names)
    towns: Names = field(default_factory=Names)
    groups: Names = field(default_factory=Names)
    districts: Names = field(default_factory=Names)


def read_schools(table: Table, policy: Policy, names: PlaceNames) -> Schools:
    """The schools, one row each, in the order of the table."""
    id = table.ids("school")
    name = table.free_text("name")
    kind, kind_given = table.choices("kind", SchoolKind.PRIMARY)
    table.require("kind", kind_given)
    ownership, _ = table.choices("ownership", Ownership.PUBLIC)
    county = names.counties.rows(table.labels("county"))
    known_counties = set(names.counties.names)
    approval = table.labels("approval_county")
    _check_approval(table, known_counties)
    longitude, latitude, _ = read_places(table, policy.coordinates.system)
    per_stage = {name: _per_stage(table, name, kind, kind_given, blank) for name, blank in PER_STAGE.items()}
    whole = {name: table.integers(name, blank)[0].astype(np.int32) for name, blank in WHOLE.items()}
    schools = Schools(
        id=id,
        name=np.where(name == "", id, name) if table.has("name") else texts(id),
        kind=kind,
        ownership=ownership,
        county=county,
        town=names.towns.rows(table.labels("town"), county),
        longitude=longitude,
        latitude=latitude,
        group=names.groups.rows(table.labels("group")),
        district=names.districts.rows(table.labels("district")),
        approval_county=names.counties.rows(approval),
        bus=table.yes("bus"),
        resource_room=table.yes("resource_room"),
        protected=table.yes("protected"),
        quality=table.integers("quality", -1)[0].astype(np.int32) if table.has("quality") else None,
        **per_stage,
        **whole,
    )
    _check(table, schools, policy)
    return schools


PER_STAGE: Mapping[str, int] = {
    "classes": 0, "class_size": 0, "planned_seats": -1, "pupils": 0, "leavers": 0,
    "reserved_seats": 0, "purchased_seats": 0, "special_class_seats": 0,
}  # fmt: skip
JOINT = ("pupils", "leavers")
"""Columns of which a school of both stages may give one total, for its cap is joint (R1)."""

WHOLE: Mapping[str, int] = {"cap": 0, "ceiling": -1, "boarding_beds": 0, "disabled_pupils": 0}
"""Columns and what a blank cell means."""


def _per_stage(table: Table, name: str, kind: Integers, kind_given: Booleans, blank: int) -> Integers:
    """int32 (2, schools) from the plain column (schools of one stage) and those of the two stages.

    A school of both stages may give a total of ``JOINT`` columns in the plain one: it stands in the first
    row, or, where one stage is given beside it, the other stage has the rest.
    """
    plain, plain_given = table.integers(name, blank)
    staged = [table.integers(f"{stage.name.lower()}_{name}", blank) for stage in STAGES]
    serves = np.array([_serves(kind, stage) for stage in STAGES])
    both = serves.all(axis=0)
    total = both & plain_given & (name in JOINT)
    ambiguous = both & plain_given & (plain != 0) & kind_given & ~total
    first, second = (table.columns[f"{stage.name.lower()}_{name}"] for stage in STAGES)
    table.fault(
        "ambiguous_stage",
        name,
        np.flatnonzero(ambiguous),
        primary=first.headings[0],
        junior=second.headings[0],
    )
    out = np.full((2, len(table)), blank, dtype=np.int32)
    for stage, (values, given) in zip(STAGES, staged, strict=True):
        column = f"{stage.name.lower()}_{name}"
        stray = ~serves[stage] & given & (values != 0) & kind_given
        table.fault("stage_not_served_column", column, np.flatnonzero(stray))
        single = serves[stage] & ~both
        differ = single & given & plain_given & (values != plain)
        table.fault("columns_contradict", column, np.flatnonzero(differ), other=table.heading(name))
        chosen = np.where(given, values, np.where(single & plain_given, plain, blank))
        out[stage] = np.where(serves[stage], chosen, blank)
    _take_total(table, name, out, total, plain)
    return out


def _take_total(table: Table, name: str, out: Integers, total: Booleans, plain: Integers) -> None:
    """Lay the total of both stages over ``out``; stages that contradict it are a fault."""
    given = np.array([table.filled(f"{stage.name.lower()}_{name}") for stage in STAGES])
    rest = np.maximum(plain - out.sum(axis=0), 0)
    staged = out.sum(axis=0)
    wrong = total & np.where(given.all(axis=0), staged != plain, staged > plain)
    others = [table.heading(f"{stage.name.lower()}_{name}") for stage in STAGES]
    table.fault("total_contradicts", name, np.flatnonzero(wrong), primary=others[0], junior=others[1])
    out[0] += np.where(total & ~given[0], rest, 0).astype(np.int32)
    out[1] += np.where(total & given[0] & ~given[1], rest, 0).astype(np.int32)


def _serves(kind: Integers, stage: Stage) -> Booleans:
    return np.isin(kind, [k for k, stages in STAGES_OF_KIND.items() if stage in stages])


def _check_approval(table: Table, known: set[str]) -> None:
    """A private school is approved by a county that has blocks or schools."""
    found = table.distinct("approval_county")
    label = table.labels("approval_county").texts.to_pylist()
    for place, word in enumerate(label):
        if word and known and word not in known:
            rows = found.rows_of([place])
            table.fault(
                "unknown_county", "approval_county", rows, suggestion=nearest_word(word, sorted(known))
            )


def _check(table: Table, schools: Schools, policy: Policy) -> None:
    """What must hold between columns: rolls, caps, ceilings, class sizes, purchased seats."""
    pupils = schools.pupils.sum(axis=0)
    joint = schools.serves(Stage.PRIMARY) & schools.serves(Stage.JUNIOR)
    joint &= table.filled("pupils") | table.filled("leavers")
    many = joint & (schools.leavers.sum(axis=0) > pupils) & (pupils > 0)
    _fault(table, "leavers_exceed_pupils", "leavers", Stage.PRIMARY, many)
    for stage in STAGES:
        many = (schools.leavers[stage] > schools.pupils[stage]) & (schools.pupils[stage] > 0) & ~joint
        _fault(table, "leavers_exceed_pupils", "leavers", stage, many)
        ceiling = policy.class_size.ceiling
        large = schools.class_size[stage] > ceiling
        _fault(table, "class_size_over_ceiling", "class_size", stage, large, ceiling=ceiling)
        bought = (schools.purchased_seats[stage] > 0) & (schools.ownership != Ownership.INCLUSIVE_PRIVATE)
        _fault(table, "purchased_not_inclusive", "purchased_seats", stage, bought)
    if not policy.caps.enforce:
        return
    cap = effective_cap(schools, policy)
    given = schools.ceiling >= 0
    below = given & (schools.ceiling < cap)
    table.fault("ceiling_below_cap", "ceiling", np.flatnonzero(below))
    enlarging = given & ~below & (pupils > 0) & (schools.ceiling > np.maximum(pupils, cap))
    table.fault("ceiling_above_pupils", "ceiling", np.flatnonzero(enlarging))


def _fault(table: Table, code: str, name: str, stage: Stage, wrong: Booleans, **details: Any) -> None:
    """A fault in the cell the value came from: the stage's own column, else the plain one."""
    staged = f"{stage.name.lower()}_{name}"
    own = table.filled(staged)
    table.fault(code, staged, np.flatnonzero(wrong & own), **details)
    table.fault(code, name, np.flatnonzero(wrong & ~own), **details)


def effective_cap(schools: Schools, policy: Policy) -> Integers:
    """int64 (schools,): the school's own cap, else the scenario's for its kind (R1)."""
    caps = policy.caps
    by_kind = {
        SchoolKind.PRIMARY: caps.primary,
        SchoolKind.TEACHING_POINT: caps.primary,
        SchoolKind.JUNIOR: caps.junior,
        SchoolKind.COMPLETE_SECONDARY: caps.junior,
        SchoolKind.NINE_YEAR: caps.nine_year,
        SchoolKind.TWELVE_YEAR: caps.twelve_year,
        SchoolKind.SPECIAL: caps.special,
    }
    of_kind = np.array([by_kind[kind] for kind in SchoolKind], dtype=np.int64)
    return np.where(schools.cap > 0, schools.cap, of_kind[schools.kind])
