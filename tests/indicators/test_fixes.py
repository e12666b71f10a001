"""Fixes of short zones: classes where the cap leaves room, else the cheapest blocks to a neighbour."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from year_world import make_admission, make_scenario, make_schools, make_seats, make_students, make_travel

from simulator.indicators import early_warning, fixes
from simulator.indicators.fixes import FIXES_PER_ZONE
from simulator.model import NO_METRES, Ownership, SchoolKind, SeatKind

TWO_ZONES = [(0, 0), (1, 0), (2, 0), (3, 1)]
METRES = {
    (0, 0): 100,
    (1, 0): 300,
    (2, 0): 500,
    (0, 1): 900,
    (1, 1): 800,
    (2, 1): 1500,
    (3, 1): 100,
    (3, 0): 1000,
}


def find(children, offered, *, cap=2000, metres=METRES, zones=TWO_ZONES, pools=(), placed=None, **columns):
    """Blocks 0-2 are of school 0, block 3 is of school 1; ``placed``: children at each school."""
    schools = make_schools(len(offered), cap=cap, **columns)
    students = make_students(sum(children), block=np.repeat(np.arange(len(children)), children))
    scenario = make_scenario(schools, len(children), (zones, ()))
    seats = make_seats(schools, [offered, [0] * len(offered)], pools=pools)
    school = np.full(len(students), -1)
    if placed:
        school[: sum(placed)] = np.repeat(np.arange(len(placed)), placed)
    admission = make_admission(students, seats, school)
    travel = make_travel(scenario, (metres, {}))
    warnings = early_warning(scenario, students, seats)
    found = fixes(scenario, students, travel, admission, warnings)
    return scenario, travel, found


def rows(found):
    columns = (
        found.zone,
        found.action,
        found.school,
        found.classes,
        found.blocks,
        found.children,
        found.extra_metres,
    )
    return [
        tuple(c if isinstance(c, str | tuple) else int(c) for c in row) for row in zip(*columns, strict=True)
    ]


def test_no_shortage_no_fix():
    assert rows(find([10, 10, 10, 10], [30, 30])[2]) == []


def test_fewest_classes_that_cover_the_shortage_stand_first():
    _, _, found = find([40, 40, 40, 1], [60, 10])
    assert found.short.tolist()[0] == 60
    assert rows(found)[0] == (0, "fix_class", 0, 2, (), 60, 0)


@pytest.mark.parametrize(("cap", "classes"), [(149, 0), (150, 1), (194, 1), (195, 2), (500, 2)])
def test_r1_the_cap_bounds_the_classes(cap, classes):
    # On roll 70, leavers 25, seats 60: 105 stay; a class is 45.
    _, _, found = find(
        [40, 40, 40, 0], [60, 0], cap=[cap, 1], pupils=[[70, 0], [0, 0]], leavers=[[25, 0], [0, 0]]
    )
    expected = [(0, "fix_class", 0, classes, (), min(60, 45 * classes), 0)] if classes else []
    assert rows(found) == expected


def test_blocks_go_to_the_neighbour_with_seats_left_least_extra_metres_first():
    # 12 short; block 1 walks 500 m more, block 0 800 m, block 2 1,000 m; school 1 has 30 seats left.
    _, _, found = find([20, 12, 30, 0], [50, 30], cap=[1, 1])
    assert rows(found) == [(0, "fix_blocks", 1, 0, (1,), 12, 12 * 500)]


def test_a_block_that_does_not_fit_is_passed_over_and_what_is_not_needed_is_given_back():
    # 25 short, 28 seats left: block 1 (12) goes, block 0 (20) does not fit, block 2 (15) goes: 27.
    _, _, found = find([20, 12, 15, 0], [22, 28], cap=[1, 1])
    assert rows(found)[0] == (0, "fix_blocks", 1, 0, (1, 2), 25, 12 * 500 + 15 * 1000)
    # 20 short, 60 left: 1 (12), then 0 (20) cover it; without 1 it is still covered, so 1 stays put.
    _, _, found = find([20, 12, 15, 0], [27, 60], cap=[1, 1])
    assert rows(found)[0][4] == (0,)


def test_seats_left_are_those_left_at_the_end():
    _, _, found = find([20, 12, 30, 0], [50, 30], cap=[1, 1], placed=(40, 19))
    assert rows(found) == []  # 11 left at school 1, and every block is larger


def test_special_class_seats_are_not_left_for_others():
    _, _, found = find([20, 12, 30, 0], [50, 30], cap=[1, 1], pools=[(1, 0, SeatKind.SPECIAL_CLASS, 19)])
    assert rows(found) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": [SchoolKind.PRIMARY, SchoolKind.TEACHING_POINT]},
        {"kind": [SchoolKind.PRIMARY, SchoolKind.SPECIAL]},
        {"kind": [SchoolKind.PRIMARY, SchoolKind.JUNIOR]},
        {"ownership": [Ownership.PUBLIC, Ownership.PRIVATE]},
    ],
)
def test_r15_teaching_points_special_other_stage_and_private_schools_never_receive(columns):
    zones = TWO_ZONES[:3]
    _, _, found = find([20, 12, 30, 0], [50, 30], cap=[1, 2000], zones=zones, **columns)
    assert rows(found) == []


def test_no_room_in_the_zone_classes_at_a_neighbour_take_blocks():
    _, _, found = find([20, 12, 30, 0], [50, 0], cap=[1, 2000])
    assert rows(found) == [(0, "fix_class_blocks", 1, 1, (1,), 12, 6000)]


def test_covering_all_stands_before_covering_part():
    _, _, found = find([40, 40, 40, 0], [60, 100], cap=[110, 1], pupils=0)
    assert [row[1] for row in rows(found)] == ["fix_blocks", "fix_class"]
    assert [row[5] for row in rows(found)] == [60, 45]


def test_without_distances_only_classes():
    unknown = dict.fromkeys(METRES, NO_METRES)
    assert rows(find([20, 12, 30, 0], [50, 30], cap=[1, 1], metres=unknown)[2]) == []
    assert [row[1] for row in rows(find([20, 12, 30, 0], [50, 30], metres=unknown)[2])] == ["fix_class"]


LIMIT = 2500
"""Metres a primary pupil may walk, as the settings have it if nothing else is said."""


def cost(row, short, children, metres, home):
    """The whole shortage, nobody beyond the walking limit, most children, fewest beyond, classes, metres."""
    _, _, school, classes, moved, covers, extra = row
    newly = sum(children[b] for b in moved if metres[b, school] > LIMIT >= metres[b, home[b]])
    return covers < short, newly > 0, -covers, newly, classes, extra, len(moved), school


def test_a_few_children_more_are_not_worth_a_walk_that_is_too_long():
    """Neither school has seats for all 30: the near one takes 20, the far one 25, all beyond the limit."""
    metres = {(0, 0): 100, (1, 0): 100, (0, 1): 600, (1, 1): 600, (0, 2): 2700, (1, 2): 2700}
    zones = [(0, 0), (1, 0), (2, 1), (3, 2)]
    _, _, found = find([25, 20, 0, 0], [15, 20, 25], cap=[1, 1, 1], metres=metres, zones=zones)
    assert [(row[2], row[5]) for row in rows(found)] == [(1, 20), (2, 25)]
    assert found.beyond.tolist() == [0, 25]


def test_seats_there_are_come_before_new_classes_and_new_classes_before_walks_that_are_too_long():
    # 12 short; a class fits at school 0; school 1 has the seats and block 1 would walk 500 m more ...
    _, _, found = find([20, 12, 30, 0], [50, 30])
    assert [row[1] for row in rows(found)] == ["fix_blocks", "fix_class"]
    assert found.beyond.tolist() == [0, 0]
    # ... or every way there is 2,600 m, beyond the limit: then the class is cheaper than block 2 sent so far.
    far = METRES | {(block, 1): 2600 for block in range(3)}
    _, _, found = find([20, 12, 30, 0], [50, 30], metres=far)
    assert [row[1] for row in rows(found)] == ["fix_class", "fix_blocks"]
    assert found.beyond.tolist() == [0, 30]
    # Who walks too far already is not sent beyond the limit by it.
    _, _, found = find([20, 12, 30, 0], [50, 30], metres=far | {(block, 0): 2550 for block in range(3)})
    assert found.beyond.tolist() == [0, 0] and found.action.tolist()[0] == "fix_blocks"


def test_the_cheapest_of_every_kind_is_told():
    # Five neighbours have the seats; a class in the zone costs more, and is told all the same.
    neighbours = range(1, 6)
    metres = {(0, 0): 100, (1, 0): 300} | {(b, s): 500 + 10 * s for b in (0, 1) for s in neighbours}
    zones = [(0, 0), (1, 0), *((b + 1, b) for b in neighbours)]
    _, _, found = find([20, 12, 0, 0, 0, 0, 0], [20, *[30] * 5], metres=metres, zones=zones)
    actions = found.action.tolist()
    assert len(actions) == FIXES_PER_ZONE and actions == ["fix_blocks"] * 3 + ["fix_class"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_every_fix_promises_holds(data):
    """Against a check of its own: seats, caps and zones respected, children and metres as stated."""
    blocks, schools = data.draw(st.integers(2, 7)), data.draw(st.integers(1, 5))
    children = data.draw(st.lists(st.integers(0, 30), min_size=blocks, max_size=blocks))
    offered = data.draw(st.lists(st.integers(0, 60), min_size=schools, max_size=schools))
    caps = data.draw(st.lists(st.integers(1, 150), min_size=schools, max_size=schools))
    home = data.draw(st.lists(st.integers(0, schools - 1), min_size=blocks, max_size=blocks))
    metres = {(b, s): data.draw(st.integers(0, 3000)) for b in range(blocks) for s in range(schools)}
    zones = list(enumerate(home))
    _, _, found = find(children, offered, cap=caps, metres=metres, zones=zones)
    for zone in set(found.zone.tolist()):
        of_zone = [row for row in rows(found) if row[0] == zone]
        assert len(of_zone) <= FIXES_PER_ZONE
        short = int(found.short[found.zone == zone][0])
        assert of_zone == sorted(of_zone, key=lambda row: cost(row, short, children, metres, home))
    for row, short in zip(rows(found), found.short.tolist(), strict=True):
        _, action, school, classes, moved, covers, extra = row
        count = sum(children[block] for block in moved)
        own = {home[block] for block in range(blocks)} & {school}
        assert offered[school] + 45 * classes <= caps[school] or classes == 0
        if action == "fix_class":
            assert own and not moved and extra == 0 and covers == min(short, 45 * classes)
            continue
        assert (classes > 0) == (action == "fix_class_blocks")
        assert count <= offered[school] + 45 * classes
        assert covers == min(short, count) > 0
        assert all(home[block] != school for block in moved)
        assert extra == sum(children[b] * max(metres[b, school] - metres[b, home[b]], 0) for b in moved)
        # Nothing given back is needed, nothing kept is not.
        if count >= short:
            assert all(count - children[block] < short for block in moved)


def test_greedy_is_not_far_from_the_best_on_a_small_case():
    children, extra = [9, 4, 7, 5], [100, 50, 70, 400]
    metres = {(b, 0): 0 for b in range(4)} | {(b, 1): extra[b] for b in range(4)}
    _, _, found = find(children, [13, 25], cap=[1, 1], metres=metres, zones=[(b, 0) for b in range(4)])
    subsets = [c for k in range(1, 5) for c in combinations(range(4), k)]
    best = min(
        sum(children[b] * extra[b] for b in c) for c in subsets if 12 <= sum(children[b] for b in c) <= 25
    )
    assert best <= rows(found)[0][6] <= 2 * best
