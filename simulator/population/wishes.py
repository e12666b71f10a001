"""Preferences to Wishes: a seeded choice model beside the wishes that were given.

Utility of school s for child i: quality(s) x quality_weight - kilometres(i, s) x metres_weight
+ noise x e(i, s), with quality keyed by school and e by child and school, both nearly normal: the random
utility model of discrete choice (Train, "Discrete choice methods with simulation", 2009, chapter 2) with
normal errors.
"""

from __future__ import annotations

import numpy as np

from simulator.model import (
    NO_METRES,
    UNPLACED,
    Arcs,
    Ownership,
    Ragged,
    Round,
    Scenario,
    SchoolKind,
    Schools,
    Stage,
    Students,
    Travel,
    Wishes,
)
from simulator.model.arrays import Booleans, Integers
from simulator.model.roster_settings import Preferences
from simulator.population.keyed import Keys, bell, text_keys, uniform

ONLY_WHERE_NAMED = (SchoolKind.SPECIAL, SchoolKind.TEACHING_POINT)  # listed only where a round names them


def make_wishes(scenario: Scenario, students: Students, travel: Travel) -> Wishes:
    """The given wishes, and those of each ``[[preferences]]`` for children without any in its round.

    1. Candidates of a block: the schools in ``travel`` that the round admits (ownership, kind, stage, seats
       planned), within the radius, and for private ones whose approving authority's area holds the block.
    2. Those who apply: the wished share of the children the round lets in, keyed by child.
    3. Each lists its best ``choices`` candidates by utility. Twins list the same.

    Luck and taste belong to the child, not to the round: who is eager to apply is so in every round, and a
    procedure that moves a round is compared on the same applicants. A distance that is not available
    neither counts nor excludes.
    """
    given = scenario.wishes
    rounds = scenario.policy.round_index()
    parts = [_empty() if given is None else given]
    if scenario.policy.preferences:
        family = _family_keys(students)
        quality_keys = text_keys(scenario.schools.id)
        for preferences in scenario.policy.preferences:
            index = rounds[preferences.round]
            busy = np.zeros(len(students), dtype=np.bool_)
            for part in parts:
                busy[part.student[part.round == index]] = True
            entry = scenario.policy.rounds[index]
            allowed = may_enter(students, entry) & ~busy
            for stage in Stage:
                if stage.name.lower() in entry.stages:
                    rows = np.flatnonzero(allowed & (students.stage == stage))
                    parts.append(
                        _wishes(
                            scenario, students, travel, preferences, index, stage, rows, family, quality_keys
                        )
                    )
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS]
    order = np.lexsort((columns[2], columns[1], columns[0]))
    return Wishes(
        *(column[order].astype(kind) for column, kind in zip(columns, _COLUMNS.values(), strict=True))
    )


_COLUMNS = {"student": np.int32, "round": np.int16, "position": np.int16, "school": np.int32}


def _empty() -> Wishes:
    return Wishes(*(np.zeros(0, dtype=kind) for kind in _COLUMNS.values()))


def may_enter(students: Students, entry: Round) -> Booleans:
    """bool (students,): children whose yes/no columns let them into the round."""
    allowed = np.ones(len(students), dtype=np.bool_)
    if entry.who:
        allowed &= np.any([students.yes(name) for name in entry.who], axis=0)
    for name in entry.needs:
        allowed &= students.yes(name)
    for name in entry.exclude:
        allowed &= ~students.yes(name)
    return allowed


def _family_keys(students: Students) -> Keys:
    """uint64 (students,): the key of each id; twins take that of the twin whose id sorts first."""
    keys = text_keys(students.id)
    twins = np.flatnonzero(students.twin_group != UNPLACED)
    order = twins[np.lexsort((students.id[twins].astype(str), students.twin_group[twins]))]
    if len(order):
        group = students.twin_group[order]
        first = np.searchsorted(group, group)
        keys[order] = keys[order[first]]
    return keys


def _admitted(schools: Schools, entry: Round, stage: Stage) -> Booleans:
    """bool (schools,): schools a child may list in this round for this stage."""
    ownership = [Ownership[name.upper()] for name in entry.ownership]
    named = [SchoolKind[name.upper()] for name in entry.kinds]
    kinds = named or [kind for kind in SchoolKind if kind not in ONLY_WHERE_NAMED]
    planned = np.where(
        schools.planned_seats[stage] >= 0, schools.planned_seats[stage], schools.classes[stage]
    )
    return np.asarray(
        np.isin(schools.ownership, ownership)
        & np.isin(schools.kind, kinds)
        & schools.serves(stage)
        & (planned > 0)
    )


def _candidates(
    scenario: Scenario, arcs: Arcs, entry: Round, stage: Stage, radius: int
) -> tuple[Ragged, Integers]:
    """Step 1: the candidate schools of each block, and the metres beside them."""
    schools = scenario.schools
    block = np.repeat(np.arange(len(scenario.blocks)), np.diff(arcs.offsets))
    area = schools.approval_county[arcs.school]
    kept = _admitted(schools, entry, stage)[arcs.school]
    kept &= schools.public[arcs.school] | (area == UNPLACED) | (area == scenario.blocks.county[block])
    kept &= (arcs.metres == NO_METRES) | (arcs.metres <= radius)
    # Arcs are sorted by block, so grouping keeps them in step with their metres.
    return Ragged.from_pairs(len(scenario.blocks), block[kept], arcs.school[kept]), arcs.metres[kept]


def _wishes(
    scenario: Scenario,
    students: Students,
    travel: Travel,
    preferences: Preferences,
    index: int,
    stage: Stage,
    rows: Integers,
    family: Keys,
    quality_keys: Keys,
) -> Wishes:
    """Steps 2 and 3 for the children ``rows`` of one stage."""
    seed, entry = scenario.policy.seed, scenario.policy.rounds[index]
    luck = uniform(seed, "apply", family[rows])
    rows = rows[(luck < preferences.apply_percent / 100) & (students.block[rows] != UNPLACED)]
    lists, metres = _candidates(scenario, travel.arcs[stage], entry, stage, preferences.radius_metres)
    offered = lists.take(students.block[rows])
    distance = Ragged(lists.offsets, metres).take(students.block[rows]).values
    owner, school = offered.owners, offered.values
    utility = preferences.quality_weight * bell(seed, "quality", quality_keys)[school]
    utility = utility - preferences.metres_weight * (np.maximum(distance, 0) / 1000)
    if preferences.noise:
        error = bell(seed, "noise", family[rows][owner], quality_keys[school])
        utility = utility + preferences.noise * error
    order = np.lexsort((school, -utility, owner))
    owner, school = owner[order], school[order]
    position = np.arange(len(owner)) - offered.offsets[owner] + 1
    listed = position <= preferences.choices
    return Wishes(
        student=rows[owner[listed]].astype(np.int32),
        round=np.full(int(listed.sum()), index, dtype=np.int16),
        position=position[listed].astype(np.int16),
        school=school[listed].astype(np.int32),
    )
