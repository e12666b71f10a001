"""Early warning: zones as connected components, eligible children over public seats, whole-number levels."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from year_world import make_scenario, make_schools, make_seats, make_students

from simulator.indicators import early_warning
from simulator.indicators.eligible import eligible_children
from simulator.model import UNPLACED, Ownership, Placement, SchoolKind, SeatKind, Stage
from simulator.model.policy import Age, EarlyWarning


def warn(schools, zones, children_of_block, seats, *, pools=(), junior_zones=(), **policy):
    blocks = len(children_of_block)
    students = make_students(sum(children_of_block), block=np.repeat(np.arange(blocks), children_of_block))
    scenario = make_scenario(schools, blocks, (zones, junior_zones), **policy)
    return early_warning(scenario, students, make_seats(schools, seats, pools=pools))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_zones_are_the_components_of_blocks_and_schools(data):
    blocks, schools = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 8))
    pair = st.tuples(st.integers(0, blocks - 1), st.integers(0, schools - 1))
    zones = data.draw(st.lists(pair, max_size=14, unique=True))
    counts = data.draw(st.lists(st.integers(0, 9), min_size=blocks, max_size=blocks))
    offered = data.draw(st.lists(st.integers(0, 20), min_size=schools, max_size=schools))
    found = warn(make_schools(schools), zones, counts, [offered, [0] * schools])

    graph = nx.Graph([(("b", block), ("s", school)) for block, school in zones])
    components = list(nx.connected_components(graph))
    assert len(found.stage) == len(components)
    seen = set()
    for component in components:
        own_blocks = [row for kind, row in component if kind == "b"]
        own_schools = [row for kind, row in component if kind == "s"]
        labels = set(found.block_zone[0, own_blocks]) | set(found.school_zone[0, own_schools])
        assert len(labels) == 1
        zone = int(labels.pop())
        seen.add(zone)
        children = sum(counts[row] for row in own_blocks)
        seats = sum(offered[row] for row in own_schools)
        assert (found.children[zone], found.seats[zone]) == (children, seats)
        level = 2 if 100 * children >= 100 * seats else 1 if 100 * children >= 90 * seats else 0
        assert found.level[zone] == (level if children else 0)
    assert seen == set(range(len(components)))
    outside = set(range(blocks)) - {block for block, _ in zones}
    assert all(found.block_zone[0, row] == UNPLACED for row in outside)
    assert np.all(found.block_zone[1] == UNPLACED)


@pytest.mark.parametrize(
    ("children", "seats", "level"),
    [
        (89, 100, 0),
        (90, 100, 1),
        (99, 100, 1),
        (100, 100, 2),
        (8, 9, 0),
        (9, 10, 1),
        (1, 0, 2),
        (0, 0, 0),
        (0, 5, 0),
    ],
)
def test_levels_compare_whole_numbers(children, seats, level):
    assert warn(make_schools(1), [(0, 0)], [children], [[seats], [0]]).level.tolist() == [level]


def test_levels_follow_the_scenario():
    found = warn(
        make_schools(1),
        [(0, 0)],
        [80],
        [[100], [0]],
        early_warning=EarlyWarning(yellow_percent=70, red_percent=80),
    )
    assert found.level.tolist() == [2]


def test_seats_are_general_and_reserved_seats_of_public_schools():
    schools = make_schools(
        4,
        kind=[SchoolKind.PRIMARY] * 3 + [SchoolKind.SPECIAL],
        ownership=[Ownership.PUBLIC, Ownership.PRIVATE, Ownership.INCLUSIVE_PRIVATE, Ownership.PUBLIC],
    )
    pools = [(0, 0, SeatKind.RESERVED, 10), (0, 0, SeatKind.SPECIAL_CLASS, 5), (2, 0, SeatKind.PURCHASED, 20)]
    zones = [(0, 0), (0, 1), (0, 2), (0, 3)]
    found = warn(schools, zones, [1], [[50, 40, 30, 20], [0, 0, 0, 0]], pools=pools)
    assert found.seats.tolist() == [45]


def test_boarding_beds_are_no_further_seats():
    schools = make_schools(1, kind=SchoolKind.JUNIOR)
    students = make_students(3, stage=Stage.JUNIOR)
    scenario = make_scenario(schools, 1, ((), [(0, 0)]))
    seats = make_seats(schools, [[0], [50]], pools=[(0, 1, SeatKind.BOARDING, 30)])
    found = early_warning(scenario, students, seats)
    assert (found.stage.tolist(), found.children.tolist(), found.seats.tolist()) == ([1], [3], [50])


def test_stages_have_their_own_zones():
    schools = make_schools(2, kind=SchoolKind.NINE_YEAR)
    scenario = make_scenario(schools, 2, ([(0, 0), (1, 1)], [(0, 0), (1, 0)]))
    students = make_students(5, block=[0, 0, 1, 0, 1], stage=[0, 0, 0, 1, 1])
    found = early_warning(scenario, students, make_seats(schools, [[2, 9], [30, 40]]))
    assert found.stage.tolist() == [0, 0, 1]
    assert found.children.tolist() == [2, 1, 2]
    assert found.seats.tolist() == [2, 9, 30]
    assert found.block_zone.tolist() == [[0, 1], [2, 2]]
    assert found.school_zone.tolist() == [[0, 1], [2, UNPLACED]]


def days(text):
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("column", "value", "counts"),
    [
        ("deferral", True, False),
        ("enrolled_elsewhere", True, False),
        ("declined", True, False),
        ("placement", Placement.MAINSTREAM, True),
        ("placement", Placement.TAUGHT_AT_HOME, False),
        ("placement", Placement.SPECIAL_SCHOOL, False),
        ("placement", Placement.SPECIAL_CLASS, False),
        ("migrant", True, False),
        ("left_behind", True, True),
        ("birth_date", days("2020-08-31"), True),
        ("birth_date", days("2020-09-01"), False),
    ],
)
def test_r24_r44_who_is_eligible(column, value, counts):
    flags = {column: value} if column in ("enrolled_elsewhere", "declined", "migrant", "left_behind") else {}
    columns = {} if flags else {column: value}
    scenario = make_scenario(make_schools(1), 1, ([(0, 0)], ()))
    students = make_students(1, flags=flags, **columns)
    assert eligible_children(scenario, students).tolist() == [counts]
    found = early_warning(scenario, students, make_seats(scenario.schools, [[9], [0]]))
    assert found.children.tolist() == [int(counts)]


def test_migrant_children_with_a_permit_are_eligible():
    scenario = make_scenario(make_schools(1))
    students = make_students(2, flags={"migrant": True, "residence_permit": [True, False]})
    assert eligible_children(scenario, students).tolist() == [True, False]


def test_age_is_checked_of_primary_entrants_only_and_only_if_enforced():
    born = days("2023-01-01")
    students = make_students(2, stage=[0, 1], birth_date=born)
    assert eligible_children(make_scenario(make_schools(1)), students).tolist() == [False, True]
    free = make_scenario(make_schools(1), age=Age(enforce=False))
    assert eligible_children(free, students).tolist() == [True, True]


def test_a_child_without_a_block_is_in_no_zone():
    scenario = make_scenario(make_schools(1), 1, ([(0, 0)], ()))
    found = early_warning(
        scenario, make_students(2, block=[0, UNPLACED]), make_seats(scenario.schools, [[9], [0]])
    )
    assert found.children.tolist() == [1]
