"""Balanced random classes: nobody lost, sizes and strata even, luck keyed by child (R32, R33)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from year_world import make_admission, make_scenario, make_schools, make_seats, make_students, permuted

from simulator.classes import GRAY_RANK, keyed_hashes, make_classes
from simulator.model import UNPLACED, Placement, SchoolKind, SeatKind, Status
from simulator.model.policy import ClassSize

NINE = SchoolKind.NINE_YEAR


@st.composite
def years(draw):
    """Up to three nine-year schools, up to 160 children anywhere in them or unplaced."""
    rows = draw(st.integers(1, 160))
    schools = draw(st.integers(1, 3))
    bits = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    planned = draw(st.lists(st.integers(0, 6), min_size=2 * schools, max_size=2 * schools))
    flags = {name: bits.random(rows) < draw(st.floats(0, 1)) for name in ("migrant", "left_behind")}
    students = make_students(
        rows,
        stage=bits.integers(0, 2, rows),
        placement=np.where(bits.random(rows) < 0.2, Placement.MAINSTREAM, Placement.NONE),
        flags=flags,
    )
    table = make_schools(schools, kind=NINE, classes=np.reshape(planned, (2, schools)), class_size=20)
    scenario = make_scenario(
        table, class_size=ClassSize(primary=20, junior=20, ceiling=25), seed=draw(st.integers(0, 9))
    )
    school = bits.integers(-1, schools, rows)
    seats = make_seats(table, np.full((2, schools), 500))
    return scenario, students, make_admission(students, seats, school)


@settings(max_examples=60, deadline=None)
@given(years())
def test_sizes_and_strata_are_even_and_nobody_is_lost(year):
    scenario, students, admission = year
    classes = make_classes(scenario, students, admission)
    placed = admission.school != UNPLACED
    assert np.array_equal(classes.student_class != UNPLACED, placed)
    rows = np.flatnonzero(placed)
    of_child = classes.student_class[rows]
    assert np.array_equal(classes.school[of_child], admission.school[rows])
    assert np.array_equal(classes.stage[of_child], students.stage[rows])
    assert np.array_equal(np.bincount(of_child, minlength=len(classes.size)), classes.size)
    assert np.all(classes.size >= 1)
    assert np.all(classes.size <= scenario.policy.class_size.ceiling)

    disability = students.placement != Placement.NONE
    migrant, left_behind = students.yes("migrant"), students.yes("left_behind")
    stratum = 4 * left_behind + 2 * migrant + disability
    for school, stage in set(zip(classes.school.tolist(), classes.stage.tolist(), strict=True)):
        own = np.flatnonzero((classes.school == school) & (classes.stage == stage))
        assert classes.number[own].tolist() == list(range(1, len(own) + 1))
        group = placed & (admission.school == school) & (students.stage == stage)
        planned = int(scenario.schools.classes[stage, school])
        needed = -(-int(group.sum()) // 25)
        assert len(own) == min(max(planned or -(-int(group.sum()) // 20), needed), int(group.sum()))

        def spread(mask, own=own, group=group):
            counts = [int(np.sum(mask & group & (classes.student_class == row))) for row in own]
            return max(counts) - min(counts)

        assert spread(np.ones(len(students), dtype=bool)) <= 1
        assert all(spread(stratum == value) <= 1 for value in range(8))
        assert spread(disability) <= 1
        assert spread(migrant) <= 1
        assert spread(left_behind) <= 2


@settings(max_examples=30, deadline=None)
@given(years(), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(year, random):
    scenario, students, admission = year
    order = list(range(len(students)))
    random.shuffle(order)
    first = make_classes(scenario, students, admission)
    other = make_classes(scenario, *permuted(students, admission, order))
    assert np.array_equal(other.student_class, first.student_class[order])
    assert np.array_equal(other.size, first.size)


def sixty(**columns):
    students = make_students(60, **columns)
    table = make_schools(1, classes=3)
    seats = make_seats(table, [[60], [0]])
    return make_scenario(table), students, make_admission(students, seats, 0)


def test_same_seed_same_classes_another_seed_others():
    scenario, students, admission = sixty()
    again = [make_classes(scenario, students, admission).student_class for _ in range(2)]
    assert np.array_equal(*again)
    other = replace(scenario, policy=replace(scenario.policy, seed=2))
    assert not np.array_equal(make_classes(other, students, admission).student_class, again[0])


def test_no_points_or_dates_are_looked_at():
    scenario, students, admission = sixty()
    plain = make_classes(scenario, students, admission).student_class
    _, marked, _ = sixty(points=np.arange(60) * 100, birth_date=np.arange(60), settled_on=np.arange(60))
    assert np.array_equal(make_classes(scenario, marked, admission).student_class, plain)


def test_first_class_is_not_always_the_one_with_the_odd_child():
    table = make_schools(40, classes=3)
    students = make_students(40)
    admission = make_admission(students, make_seats(table, np.ones((2, 40))), np.arange(40))
    scenario = make_scenario(make_schools(40, classes=3))
    assert set(make_classes(scenario, students, admission).number.tolist()) == {1}  # one child, one class
    students = make_students(160)
    admission = make_admission(students, make_seats(table, np.full((2, 40), 9)), np.arange(160) % 40)
    classes = make_classes(scenario, students, admission)
    larger = classes.number[classes.size == 2]
    assert set(larger.tolist()) == {1, 2, 3}


def test_more_classes_than_planned_rather_than_above_the_ceiling():
    students = make_students(56)
    table = make_schools(1, classes=1)
    admission = make_admission(students, make_seats(table, [[56], [0]]), 0)
    assert make_classes(make_scenario(table), students, admission).size.tolist() == [28, 28]
    students = make_students(55)
    admission = make_admission(students, make_seats(table, [[55], [0]]), 0)
    assert make_classes(make_scenario(table), students, admission).size.tolist() == [55]


def test_who_is_in_no_ordinary_class():
    kinds = [SchoolKind.PRIMARY, SchoolKind.SPECIAL]
    table = make_schools(2, kind=kinds)
    students = make_students(4, placement=[Placement.NONE, Placement.SPECIAL_CLASS, 3, 4])
    seats = make_seats(table, [[9, 9], [0, 0]], pools=[(0, 0, SeatKind.SPECIAL_CLASS, 2)])
    admission = make_admission(
        students,
        seats,
        [0, 0, 1, 0],
        status=[Status.PLACED, Status.PLACED, Status.PLACED, Status.TAUGHT_AT_HOME],
        kind=[SeatKind.GENERAL, SeatKind.SPECIAL_CLASS, SeatKind.GENERAL, -1],
    )
    classes = make_classes(make_scenario(table), students, admission)
    assert classes.student_class.tolist() == [0, UNPLACED, UNPLACED, UNPLACED]
    assert classes.size.tolist() == [1]


def test_nobody_placed_no_class():
    table = make_schools(1)
    students = make_students(3)
    admission = make_admission(students, make_seats(table, [[0], [0]]), UNPLACED)
    classes = make_classes(make_scenario(table), students, admission)
    assert len(classes.school) == 0
    assert classes.student_class.tolist() == [UNPLACED] * 3


def test_gray_order_changes_one_characteristic_at_a_time():
    order = np.argsort(GRAY_RANK)
    assert all(bin(int(a) ^ int(b)).count("1") == 1 for a, b in zip(order, np.roll(order, -1), strict=True))


def test_hash_is_the_published_one():
    from hashlib import blake2b

    expected = int.from_bytes(blake2b("7:classes:学生1".encode(), digest_size=8).digest(), "big")
    assert int(keyed_hashes(7, "classes", np.array(["学生1"], dtype=object))[0]) == expected
