"""Coordination by order: the nearest seat in turn, and nobody left over who could be placed."""

import numpy as np
import pytest
from hypothesis import given, settings
from round_worlds import common_lists, greatest_flow, loads, pools, room_for, world, worlds

from simulator.mechanisms.by_order import by_order
from simulator.model import UNPLACED


def one_after_the_other(w):
    """Nobody moves: every child in turn takes its nearest choice with a seat (no twins)."""
    load, got = np.zeros(len(w.seats), dtype=int), [UNPLACED] * len(w.applications)
    turns = sorted(range(len(w.applications)), key=lambda a: (w.applications.tier[a], w.order(a)))
    for applicant in turns:
        choices = sorted(
            (int(w.applications.cost[a]), int(w.applications.pool[a])) for a in w.arcs(applicant)
        )
        for _, pool in choices:
            if room_for(w, load, pool) > 0:
                got[applicant] = pool
                for node in w.path(pool):
                    load[node] += 1
                break
    return got


@settings(max_examples=200, deadline=None)
@given(w=worlds(twins=False))
def test_as_many_are_placed_as_can_be(w):
    answer = w.play(by_order)
    assert np.sum(answer.arc != UNPLACED) == greatest_flow(w)


@settings(max_examples=100, deadline=None)
@given(w=worlds(twins=False))
def test_who_gets_a_seat_in_turn_keeps_one_and_moves_only_where_somebody_needs_it(w):
    first, answer = one_after_the_other(w), pools(w, w.play(by_order))
    assert all(now != UNPLACED for before, now in zip(first, answer, strict=True) if before != UNPLACED)
    if answer.count(UNPLACED) == first.count(UNPLACED):
        assert answer == first


@pytest.mark.parametrize("last_seat", ["both_in", "next"])
@settings(max_examples=100, deadline=None)
@given(w=worlds())
def test_nobody_is_left_beside_a_free_seat(last_seat, w):
    answer = w.play(by_order, last_seat=last_seat)
    load = loads(w, answer, without=answer.over.tolist())
    for members, arcs in common_lists(w):
        if answer.arc[members[0]] == UNPLACED:
            needed = len(members) if last_seat == "next" else 1
            assert all(room_for(w, load, w.applications.pool[arc]) < needed for arc in arcs)


def test_the_tier_comes_before_the_draw():
    w = world([[0], [0], [0]], [2], order=[0, 1, 2], tier=[1, 0, 0])
    assert pools(w, w.play(by_order)) == [UNPLACED, 0, 0]


def test_the_nearest_school_then_the_lower_one():
    w = world([[0, 1, 2]], [1, 1, 1], cost=[[900, 300, 300]])
    assert pools(w, w.play(by_order)) == [1]


def test_the_fewest_children_move():
    # Child 3 can have school 0 if child 0 moves to 3 (one move), or school 1 if 1 goes to 2 and 2 to 4.
    lists = [[0, 3], [1, 2], [2, 4], [1, 0]]
    cost = [[1, 9], [1, 2], [1, 2], [1, 2]]
    w = world(lists, [1, 1, 1, 1, 1], cost=cost)
    assert pools(w, w.play(by_order)) == [3, 1, 2, 0]


def test_of_those_who_could_move_the_one_who_loses_the_fewest_metres_then_the_last_in_turn():
    lists, seats = [[0, 1], [0, 1], [0, 1], [0]], [3, 1]
    w = world(lists, seats, cost=[[100, 500], [100, 300], [100, 300], [100]])
    assert pools(w, w.play(by_order)) == [0, 0, 1, 0]


def test_a_child_of_another_stage_makes_way_under_a_joint_roof():
    # Room for two in all; the child in the junior part (2) can go elsewhere (3), the third primary child not.
    w = world([[1], [2, 3], [1]], [2, 2, 2, 1], [UNPLACED, 0, 0, UNPLACED])
    assert pools(w, w.play(by_order)) == [1, 3, 1]


def test_a_long_chain_of_moves_is_found():
    length = 60
    lists = [[school, school + 1] for school in range(length)] + [[0]]
    w = world(lists, [1] * (length + 1))
    assert pools(w, w.play(by_order)) == [*range(1, length + 1), 0]


def test_twins_take_the_nearest_school_with_room_for_both():
    w = world([[0], [0, 1], [0, 1]], [2, 2], order=[0, 1, 1], unit=[UNPLACED, 2, 2])
    assert pools(w, w.play(by_order)) == [0, 1, 1]


def test_others_make_way_for_twins_only_where_both_can_sit():
    # Two children sit in school 0 and could go to school 1, which has one seat or two.
    lists, unit = [[0, 1], [0, 1], [0], [0]], [UNPLACED, UNPLACED, 4, 4]
    one = world(lists, [2, 1], order=[0, 1, 2, 2], unit=unit)
    assert pools(one, one.play(by_order, last_seat="next")) == [0, 0, UNPLACED, UNPLACED]
    both = one.play(by_order, last_seat="both_in")
    assert pools(one, both) == [0, 1, 0, 0]
    assert both.over.tolist() == [3]
    two = world(lists, [2, 2], order=[0, 1, 2, 2], unit=unit)
    assert pools(two, two.play(by_order, last_seat="next")) == [1, 1, 0, 0]


def test_a_try_for_twins_that_fails_leaves_no_trace():
    # The twins try school 0 in vain; the child after them is placed as if they had not.
    lists = [[0, 1], [0, 2], [0], [0], [0]]
    w = world(lists, [2, 1, 0], order=[0, 1, 2, 2, 4], unit=[UNPLACED, UNPLACED, 4, 4, UNPLACED])
    assert pools(w, w.play(by_order, last_seat="next")) == [1, 0, UNPLACED, UNPLACED, 0]


def test_thousands_are_placed_as_well_as_they_can_be():
    rng = np.random.default_rng(8)
    lists = [rng.choice(30, 3, replace=False).tolist() for _ in range(1_500)]
    cost = [rng.integers(100, 5_000, 3).tolist() for _ in lists]
    seats = rng.multinomial(1_480, np.ones(30) / 30).tolist()
    w = world(lists, seats, order=rng.permutation(1_500), cost=cost)
    assert np.sum(w.play(by_order).arc != UNPLACED) == greatest_flow(w)


def test_a_child_who_moved_twice_in_a_try_is_back_where_it_was():
    # Triplets try school 0: child 1 moves to 1, then on to 2 for child 0's sake; child 2 cannot move.
    lists = [[0, 1], [0, 1, 2], [0], [0], [0], [0]]
    unit = [UNPLACED, UNPLACED, UNPLACED, 4, 4, 4]
    w = world(lists, [3, 1, 1], order=[0, 1, 2, 3, 3, 3], unit=unit)
    assert pools(w, w.play(by_order, last_seat="next")) == [0, 0, 0, UNPLACED, UNPLACED, UNPLACED]


def test_twins_take_their_turn_with_the_better_tier_and_number_of_the_two():
    unit = [UNPLACED, 4, 4]
    w = world([[0], [0], [0]], [2], order=[1, 0, 2], unit=unit)
    assert pools(w, w.play(by_order, last_seat="next")) == [UNPLACED, 0, 0]
    w = world([[0], [0], [0]], [2], order=[1, 2, 0], unit=unit)
    assert pools(w, w.play(by_order, last_seat="next")) == [UNPLACED, 0, 0]
    w = world([[0], [0], [0]], [2], order=[0, 1, 1], tier=[1, 2, 0], unit=unit)
    assert pools(w, w.play(by_order, last_seat="next")) == [UNPLACED, 0, 0]
