"""How far a round reaches: the schools each entrant may be considered for, preferred first.

Reaches that depend on the address alone are laid out once per block and then taken by each child; the rest
depend on the child (school attended, elder sibling, listed wishes). What comes out are pairs of child and
school, one row each, no child x school matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator import travel as travelling
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Ownership,
    Ragged,
    Round,
    Scenario,
    SchoolKind,
    Stage,
    Students,
    Travel,
    Wishes,
)
from simulator.model.arrays import Booleans, Integers

UNLISTED = np.int64(2) ** 20
"""Place of a school the child did not list among its wishes: behind every wish."""


@dataclass(frozen=True)
class Pairs:
    """Child and school pairs of one round, sorted by child, then by preference.

    Attributes:
        student, school: int32 (pairs,). metres: int32 (pairs,), ``NO_METRES`` if not available.
        order: int32 (pairs,), place of the school in the child's list, 0 first.
    """

    student: Integers
    school: Integers
    metres: Integers
    order: Integers


@dataclass(frozen=True)
class Field:
    """What every reach may look at.

    Attributes:
        entrants: int64, rows of the children, all of one stage. open_schools: bool (schools,), schools the
            round admits to at this stage. school_now: int32 (students,), where each child has a place so far,
            ``UNPLACED`` for none.
    """

    scenario: Scenario
    students: Students
    travel: Travel
    wishes: Wishes
    entry: Round
    round_row: int
    stage: Stage
    entrants: Integers
    open_schools: Booleans
    school_now: Integers


Found = tuple[Integers, Integers]
"""Rows of the children, rows of the schools."""


def admitting_schools(entry: Round, scenario: Scenario, stage: Stage) -> Booleans:
    """bool (schools,): schools whose ownership and kind the round names and that have the stage.

    Special schools take part only where the round names their kind.
    """
    schools = scenario.schools
    ownership = [int(Ownership[name.upper()]) for name in entry.ownership]
    kinds = [int(SchoolKind[name.upper()]) for name in entry.kinds]
    of_kind = np.isin(schools.kind, kinds) if kinds else schools.kind != SchoolKind.SPECIAL
    return schools.serves(stage) & np.isin(schools.ownership, ownership) & of_kind


def find_pairs(field: Field) -> Pairs:
    """All pairs of one round and stage.

    1. Each reach of the round gives pairs; a pair found by an earlier reach stays with that one.
    2. Pairs with a school the round does not admit to are dropped; so are teaching points outside the
       child's own zone, and private schools whose approving authority's area does not hold the child's
       block (R29), and private schools where the child confirms no private place; a seat bought by
       government is none. Where the round gives the seats of ``no_shows`` to the next, such a child takes
       part.
    3. A child's schools are ordered by reach, then its own wishes for this round, then distance (the zone
       table's order where distances are not available).
    4. Only the first ``choices`` are kept, if the round says so.
    """
    students, schools, entry = field.students, field.scenario.schools, field.entry
    found = [REACHES[name](field) for name in entry.reach]
    student = np.concatenate([f[0] for f in found]).astype(np.int64)
    school = np.concatenate([f[1] for f in found]).astype(np.int64)
    reach = np.repeat(np.arange(len(found)), [len(f[0]) for f in found])
    listing = np.concatenate([np.arange(len(f[0])) for f in found]) if found else np.zeros(0, dtype=np.int64)

    keep = field.open_schools[school]
    own_zone = np.array([name in ("zone", "household_zone") for name in entry.reach], dtype=np.bool_)[reach]
    keep &= own_zone | ~schools.teaching_point[school]
    block = students.block[student]
    area = schools.approval_county[school]
    county = np.where(block == UNPLACED, UNPLACED, field.scenario.blocks.county[block])
    keep &= schools.public[school] | (area == UNPLACED) | (area == county)
    bought = all(pool == "purchased" for pool in entry.pools)  # a public place, without fee (R26)
    drawn_too = "private_declined" in entry.no_shows
    keep &= schools.public[school] | ~students.yes("private_declined")[student] | bought | drawn_too
    student, school, reach, listing = student[keep], school[keep], reach[keep], listing[keep]

    key = student * np.int64(len(schools)) + school
    first = np.sort(np.unique(key, return_index=True)[1])
    student, school, reach, listing, key = (
        student[first],
        school[first],
        reach[first],
        listing[first],
        key[first],
    )

    metres = pair_metres(students, field.travel, field.stage, student, school)
    if entry.within_metres:
        near = (metres != NO_METRES) & (metres <= entry.within_metres)
        student, school, reach, listing, key, metres = (
            column[near] for column in (student, school, reach, listing, key, metres)
        )
    distance = np.where(metres == NO_METRES, np.iinfo(np.int32).max, metres)
    table_order = np.where(metres == NO_METRES, listing, 0)
    sorting = np.lexsort((school, table_order, distance, _wish_place(field, key), reach, student))
    student, school, metres = student[sorting], school[sorting], metres[sorting]
    starts = (
        np.flatnonzero(np.r_[True, student[1:] != student[:-1]]) if len(student) else np.zeros(0, np.int64)
    )
    lengths = np.diff(np.r_[starts, len(student)])
    order = np.arange(len(student)) - np.repeat(starts, lengths)
    if entry.choices:
        kept = order < entry.choices
        student, school, metres, order = student[kept], school[kept], metres[kept], order[kept]
    return Pairs(
        student=student.astype(np.int32),
        school=school.astype(np.int32),
        metres=metres.astype(np.int32),
        order=order.astype(np.int32),
    )


def pair_metres(
    students: Students, travel: Travel, stage: Stage, student: Integers, school: Integers
) -> Integers:
    """Metres of each pair of child and school, int32 (pairs,); every (block, school) is measured once."""
    block = students.block[student].astype(np.int64)
    metres = np.full(len(student), NO_METRES, dtype=np.int32)
    known = block != UNPLACED
    schools = np.int64(school.max(initial=0) + 1)
    pair, back = np.unique(block[known] * schools + school[known], return_inverse=True)
    metres[known] = travelling.metres(travel, stage, pair // schools, pair % schools)[back]
    return metres


def _wish_place(field: Field, key: Integers) -> Integers:
    """Place of each pair among the child's wishes for this round, int64 (pairs,), else ``UNLISTED``."""
    wishes = field.wishes
    own = wishes.round == field.round_row
    wished = wishes.student[own].astype(np.int64) * len(field.scenario.schools) + wishes.school[own]
    place = np.full(len(key), UNLISTED, dtype=np.int64)
    if len(wished):
        sorting = np.argsort(wished, kind="stable")
        at = np.minimum(np.searchsorted(wished[sorting], key), len(wished) - 1)
        listed = wished[sorting][at] == key
        place[listed] = wishes.position[own][sorting][at][listed]
    return place


def _by_block(field: Field, block: Integers, lists: Ragged) -> Found:
    """Give each entrant the list of its block."""
    own = lists.take(block[field.entrants])
    return np.repeat(field.entrants, own.lengths), own.values


def _zone(field: Field) -> Found:
    return _by_block(field, field.students.block, field.scenario.zones.schools[field.stage])


def _household_zone(field: Field) -> Found:
    return _by_block(field, field.students.household_block, field.scenario.zones.schools[field.stage])


def _same_label(field: Field, of_block: Integers, of_school: Integers) -> Found:
    """Schools whose label (county, learning district) is the block's; no label meets nobody."""
    rows = np.flatnonzero(field.open_schools & (of_school != UNPLACED))
    labels = int(of_school.max(initial=-1)) + 1
    by_label = Ragged.from_pairs(labels, of_school[rows], rows)
    label = np.where(of_block < labels, of_block, UNPLACED)
    return _by_block(field, field.students.block, by_label.take(label))


def _county(field: Field) -> Found:
    return _same_label(field, field.scenario.blocks.county, field.scenario.schools.county)


def _learning_district(field: Field) -> Found:
    return _same_label(field, field.scenario.blocks.district, field.scenario.schools.district)


def _education_group(field: Field) -> Found:
    """Schools of the same education group as a school of the block's zone."""
    group = field.scenario.schools.group
    zone = field.scenario.zones.schools[field.stage]
    rows = np.flatnonzero(field.open_schools & (group != UNPLACED))
    by_group = Ragged.from_pairs(int(group.max(initial=-1)) + 1, group[rows], rows)
    groups = np.unique(np.stack([zone.owners, group[zone.values]]), axis=1)
    groups = groups[:, groups[1] != UNPLACED]
    members = by_group.take(groups[1])
    lists = Ragged.from_pairs(
        len(field.scenario.blocks), np.repeat(groups[0], members.lengths), members.values
    )
    return _by_block(field, field.students.block, lists)


def _within_metres(field: Field) -> Found:
    """Schools of any county; ``within_metres`` cuts them."""
    block = np.unique(field.students.block[field.entrants])
    block = block[block != UNPLACED]
    rows = np.flatnonzero(field.open_schools)
    pair_block, pair_school = np.repeat(block, len(rows)), np.tile(rows, len(block))
    metres = travelling.metres(field.travel, field.stage, pair_block, pair_school)
    near = (metres != NO_METRES) & (metres <= field.entry.within_metres)
    lists = Ragged.from_pairs(len(field.scenario.blocks), pair_block[near], pair_school[near])
    return _by_block(field, field.students.block, lists)


def _approval_area(field: Field) -> Found:
    """Private schools that may recruit from the block's county, or from the whole city."""
    area = field.scenario.schools.approval_county
    open_rows = field.open_schools & ~field.scenario.schools.public
    counties = len(field.scenario.counties)
    whole_city = np.flatnonzero(open_rows & (area == UNPLACED))
    own = np.flatnonzero(open_rows & (area != UNPLACED))
    owner = np.concatenate([np.repeat(np.arange(counties), len(whole_city)), area[own]])
    by_county = Ragged.from_pairs(counties, owner, np.concatenate([np.tile(whole_city, counties), own]))
    return _by_block(field, field.students.block, by_county.take(field.scenario.blocks.county))


def _feeder(field: Field) -> Found:
    lists = field.scenario.feeders.juniors.take(field.students.origin_school[field.entrants])
    return np.repeat(field.entrants, lists.lengths), lists.values


def _direct(field: Field) -> Found:
    """The junior part of the nine- or twelve-year school the child attends; never for primary entrants."""
    origin = field.students.origin_school[field.entrants]
    both_stages = field.scenario.schools.serves(Stage.PRIMARY) & field.scenario.schools.serves(Stage.JUNIOR)
    stays = (origin != UNPLACED) & both_stages[origin] & (field.stage == Stage.JUNIOR)
    return field.entrants[stays], origin[stays]


def _sibling(field: Field) -> Found:
    school = field.students.sibling_school[field.entrants]
    has = school != UNPLACED
    return field.entrants[has], school[has]


def _twin(field: Field) -> Found:
    """The school a twin got by an earlier round or was settled in, so that the other may follow."""
    group = field.students.twin_group
    placed = np.flatnonzero((group != UNPLACED) & (field.school_now != UNPLACED))
    groups = int(group.max(initial=-1)) + 1
    schools = Ragged.from_pairs(groups, group[placed], field.school_now[placed]).take(group[field.entrants])
    return np.repeat(field.entrants, schools.lengths), schools.values


def _choices(field: Field) -> Found:
    wishes = field.wishes
    mine = np.zeros(len(field.students), dtype=np.bool_)
    mine[field.entrants] = True
    own = (wishes.round == field.round_row) & mine[wishes.student]
    return wishes.student[own], wishes.school[own]


REACHES: dict[str, Callable[[Field], Found]] = {
    "zone": _zone,
    "household_zone": _household_zone,
    "feeder": _feeder,
    "direct": _direct,
    "sibling": _sibling,
    "twin": _twin,
    "learning_district": _learning_district,
    "education_group": _education_group,
    "within_metres": _within_metres,
    "county": _county,
    "choices": _choices,
    "approval_area": _approval_area,
}
"""Reach name to the function that finds its pairs; a new reach is one function and one line."""
