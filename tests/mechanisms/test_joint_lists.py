"""Twins whose lists differ: one list out of all of theirs, whoever stands in whatever row."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import common_lists, joint_list, pools, world, worlds

from simulator.mechanisms import MECHANISMS
from simulator.mechanisms.parties import gather, in_joint_order
from simulator.model import MECHANISM_FEATURES, UNPLACED


def listed_together(*lists, seats=(9,) * 6, parent=None, cost=None):
    """The joint list of twins, by pools."""
    count = len(lists)
    w = world(list(lists), list(seats), parent, order=[0] * count, unit=[7] * count, cost=cost)
    return gather(w.applications, w.draw, w.seats.school).pool.tolist()


def test_one_list_of_both_is_kept():
    assert listed_together([3, 0, 2], [3, 0, 2]) == [3, 0, 2]


def test_the_sum_of_the_places_comes_before_the_worst_of_them():
    assert listed_together([0, 1, 2], [0, 1, 2], [2, 1, 0]) == [0, 1, 2]  # sums 5, 6, 7; worst 3, 2, 3


def test_a_school_that_one_of_them_does_not_list_is_left_out_and_counts_for_no_place():
    near = [[9, 1, 1, 1], [1, 9]]  # counted in full, 0 had the sum 3 and 1 the sum 5
    assert listed_together([0, 4, 5, 1], [1, 0], cost=near) == [1, 0]
    assert listed_together([0, 1], [2]) == []


def test_the_sum_of_the_places_decides():
    assert listed_together([0, 1, 2], [1, 2, 0]) == [1, 0, 2]  # 1: 2 + 1, 0: 1 + 3, 2: 3 + 2
    assert listed_together([0, 1, 2], [0, 2, 1], [2, 0, 1]) == [0, 2, 1]  # 4, 6, 8


def test_of_equal_sums_the_one_that_is_nobodys_last_then_the_nearer_then_the_lower_number():
    assert listed_together([0, 1, 2], [2, 1, 0]) == [1, 0, 2]
    assert listed_together([0, 1], [1, 0], cost=[[5, 1], [1, 6]]) == [1, 0]  # 0 is 11 metres, 1 is 2
    assert listed_together([0, 1], [1, 0], cost=[[5, 5], [5, 5]]) == [0, 1]


def test_pools_of_one_school_are_one_place_and_stay_together():
    """School 0 has the leaves 1 and 2. Were its pools two places, school 3 would come between or before."""
    tree = {"seats": (9, 9, 9, 9), "parent": [UNPLACED, 0, 0, UNPLACED]}
    assert listed_together([1, 2, 3], [3, 1, 2], **tree) == [1, 2, 3]
    assert listed_together([3, 1, 2], [1, 2, 3], **tree) == [1, 2, 3]
    assert listed_together([2, 1, 3], [2, 1, 3], **tree) == [2, 1, 3]


@settings(max_examples=200, deadline=None)
@given(w=worlds())
def test_equals_its_definition(w):
    parties = gather(w.applications, w.draw, w.seats.school)
    found = [parties.pool[a:b].tolist() for a, b in zip(parties.offsets, parties.offsets[1:], strict=False)]
    assert found == [[int(w.applications.pool[a]) for a in arcs] for _, arcs in common_lists(w)]


@settings(max_examples=200, deadline=None)
@given(w=worlds())
def test_put_into_the_joint_order_lists_are_as_they_are_applied_with(w):
    """Twins then list what they share alike; what only one lists stays in its place; nobody else changes."""
    order = in_joint_order(w.applications, w.seats.school)
    assert sorted(order) == list(range(len(w.applications.pool)))
    before, after = w.applications.pool, w.applications.pool[order]
    own = {m: joint_list(w, members) for members in w.units() for m in members}
    for a in range(len(w.applications)):
        arcs = list(w.arcs(a))
        assert sorted(order[arcs]) == arcs
        common = [int(before[arc]) for arc in own.get(a, [])]
        assert [p for p in after[arcs].tolist() if p in common] == common
        assert all(x == y for x, y in zip(before[arcs], after[arcs], strict=True) if x not in common)


@pytest.mark.parametrize("name", MECHANISMS)
def test_two_who_are_not_one_may_not_share_a_place(name):
    """Only their rows could decide between them."""
    w = world([[0], [0]], [1], order=[3, 3])
    with pytest.raises(ValueError, match="share a place"):
        w.play(MECHANISMS[name])


@pytest.mark.parametrize("name", [m for m in MECHANISMS if "twins" in MECHANISM_FEATURES[m]])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_which_of_the_twins_stands_first_is_of_no_matter(name, data):
    """Two rows exchanged, their lists, costs, ranks and tiers with them: the same seats for all."""
    lists = data.draw(st.lists(st.permutations(range(3)).map(list), min_size=5, max_size=5))
    cost, priority = (
        data.draw(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=5, max_size=5))
        for _ in range(2)
    )
    seats = data.draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))
    place = data.draw(st.permutations(range(4)))
    columns = {"cost": cost, "priority": priority, "tier": [0, 1, 0, 0, 0]}
    exchanged = {key: [row[1], row[0], *row[2:]] for key, row in columns.items()}
    given_round = {"order": [place[0], *place], "unit": [7, 7, *[UNPLACED] * 3]}
    one = world(lists, seats, **columns, **given_round)
    other = world([lists[1], lists[0], *lists[2:]], seats, **exchanged, **given_round)
    first, second = one.play(MECHANISMS[name]), other.play(MECHANISMS[name])
    assert pools(one, first) == pools(other, second)
    assert len(first.over) == len(second.over)


def test_the_test_of_the_place_looks_at_units():
    w = world([[0], [0]], [2], order=[3, 3], unit=[1, 2])
    with pytest.raises(ValueError, match="share a place"):
        w.play(MECHANISMS["priority"])
    joined = replace(w.applications, unit=np.array([1, 1], dtype=np.int32))
    assert MECHANISMS["priority"](joined, w.seats, w.draw).arc.tolist() == [0, 1]
