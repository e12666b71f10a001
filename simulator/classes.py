"""Balanced random classes 随机均衡编班 (R32): every class of a school alike, by chance and by no score."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from simulator.model import (
    UNPLACED,
    Admission,
    Classes,
    Placement,
    Scenario,
    SchoolKind,
    SeatKind,
    Stage,
    Status,
    Students,
)
from simulator.model.arrays import Booleans, Integers, Texts

GRAY_RANK = np.array([0, 7, 3, 4, 1, 6, 2, 5], dtype=np.int64)
"""Place of stratum ``4 x left_behind + 2 x migrant + disability`` in the order in which strata are dealt."""


def make_classes(scenario: Scenario, students: Students, admission: Admission) -> Classes:
    """Put every child seated in an ordinary class into one, at random and evenly (R32, R33).

    1. Children seated (placed or private) form one group per school and stage. Children in special classes
       and special schools, whose classes follow each child's needs, and children taught at home are in none.
    2. A group of n children gets the planned classes, or ceil(n / class size) where the plan names none;
       more if a class would exceed the hard ceiling; never more than n, so that no class is empty.
    3. Within a group the children stand in strata (mainstream disability, migrant, left-behind), strata in
       Gray code order, and within a stratum in the order of a keyed hash of their ids.
    4. They are dealt to the classes like cards, one each in turn, from a class the school's own keyed hash
       names, so that the first class is nobody's favourite.

    What this guarantees, within a group: sizes differ by at most 1; the children of any one stratum differ
    by at most 1 from class to class; so do children with a disability and migrant children (each stands in
    one unbroken run); left-behind children differ by at most 2 (two runs). The result depends on the seed and
    the ids alone, not on the order of the rows, but for two equal 64-bit hashes. No score, points or date
    is looked at. Twins are neither kept together nor apart.

    Returns:
        Classes, ordered by school, stage and number.
    """
    schools = scenario.schools
    rows = np.flatnonzero(_in_ordinary_class(scenario, admission))
    group = admission.school[rows].astype(np.int64) * len(Stage) + students.stage[rows]
    groups, start_of, group_of, entrants = np.unique(
        group, return_index=True, return_inverse=True, return_counts=True
    )
    del start_of
    school, stage = groups // len(Stage), groups % len(Stage)
    classes = _class_counts(scenario, school, stage, entrants)

    stratum = GRAY_RANK[_stratum(students)[rows]]
    key = keyed_hashes(scenario.policy.seed, "classes", students.id[rows])
    order = np.lexsort((key, stratum, group_of))
    place = np.arange(len(rows)) - np.repeat(np.cumsum(entrants) - entrants, entrants)
    names = np.array(
        [f"{schools.id[s]}:{t}" for s, t in zip(school.tolist(), stage.tolist(), strict=True)], object
    )
    start = (keyed_hashes(scenario.policy.seed, "first_class", names) % classes.astype(np.uint64)).astype(
        np.int64
    )
    number = (np.repeat(start, entrants) + place) % np.repeat(classes, entrants)

    first_row = np.cumsum(classes) - classes
    student_class = np.full(len(students), UNPLACED, dtype=np.int32)
    student_class[rows[order]] = np.repeat(first_row, entrants) + number
    total = int(classes.sum())
    return Classes(
        school=np.repeat(school, classes).astype(np.int32),
        stage=np.repeat(stage, classes).astype(np.int8),
        number=(np.arange(total) - np.repeat(first_row, classes) + 1).astype(np.int32),
        size=np.bincount(student_class[rows], minlength=total).astype(np.int32),
        student_class=student_class,
    )


def keyed_hashes(seed: int, purpose: str, ids: Texts) -> Integers:
    """uint64 (ids,): the first 8 bytes, big-endian, of BLAKE2b over ``seed:purpose:id`` in UTF-8.

    A function of each id by itself, so that a child's number does not depend on who else is on the roster.
    """
    prefix = blake2b(f"{seed}:{purpose}:".encode(), digest_size=8)

    def digest(name: str) -> bytes:
        hashed = prefix.copy()
        hashed.update(name.encode())
        return hashed.digest()

    return np.frombuffer(b"".join(digest(name) for name in ids), dtype=">u8").astype(np.uint64)


def _in_ordinary_class(scenario: Scenario, admission: Admission) -> Booleans:
    """bool (students,): children who sit in an ordinary class."""
    seated = np.isin(admission.status, (Status.PLACED, Status.PRIVATE)) & (admission.school != UNPLACED)
    special = scenario.schools.kind[admission.school] == SchoolKind.SPECIAL
    return np.asarray(seated & (admission.kind != SeatKind.SPECIAL_CLASS) & ~special)


def _class_counts(scenario: Scenario, school: Integers, stage: Integers, entrants: Integers) -> Integers:
    """int64 (groups,): classes of each group, step 2."""
    size = scenario.policy.class_size
    own = scenario.schools.class_size[stage, school].astype(np.int64)
    standard = np.where(stage == Stage.PRIMARY, size.primary, size.junior)
    offered = np.where(own > 0, own, standard)
    planned = scenario.schools.classes[stage, school].astype(np.int64)
    wanted = np.where(planned > 0, planned, -(-entrants // offered))
    return np.minimum(np.maximum(wanted, -(-entrants // size.ceiling)), entrants)


def _stratum(students: Students) -> Integers:
    """int64 (students,): 4 x left-behind + 2 x migrant + disability."""
    disability = (students.placement != Placement.NONE).astype(np.int64)
    return 4 * students.yes("left_behind") + 2 * students.yes("migrant") + disability
