"""The draw procedures: published examples, their steps, and exact fairness by enumeration."""

from __future__ import annotations

import hashlib
from collections import Counter
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from bundles import METHODS, group, receipts
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.lottery import METHODS as KNOWN
from simulator.lottery import draw, verify
from simulator.lottery.procedures import (
    DOWN,
    UP,
    circle_order,
    interval_order,
    pick,
    stride_of,
    stride_order,
)
from simulator.model.arrays import texts


def test_the_published_example_of_start_plus_interval():
    """Nanchang, private primary schools 2023: 20 applicants, 15 seats, start 6, interval 3."""
    drawn = (interval_order(20, 6, 3, 15) + 1).tolist()
    assert drawn == [6, 9, 12, 15, 18, 1, 4, 8, 13, 17, 2, 7, 14, 20, 10]


def test_the_published_example_of_start_plus_stride():
    """Fuzhou, junior schools 2020: first drawn 2538, stride 5, so 2543, 2548, 2553, 2558 follow."""
    assert (stride_order(2600, 2538, 5)[:5] + 1).tolist() == [2538, 2543, 2548, 2553, 2558]
    assert stride_of(666, 90) == 8  # the example of the rule of 2019: 666 / 90 = 7.4, so 8


def by_steps(numbers, start, stride):
    """Step by step as the rule says: on by the stride, from a drawn number to the next that is not."""
    order = [start]
    while len(order) < numbers:
        at = (order[-1] - 1 + stride) % numbers + 1
        while at in order:
            at = at % numbers + 1
        order.append(at)
    return order


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 40), st.data())
def test_the_stride_is_what_its_steps_say(numbers, data):
    start, stride = data.draw(st.integers(1, numbers)), data.draw(st.integers(1, 50))
    assert (stride_order(numbers, start, stride) + 1).tolist() == by_steps(numbers, start, stride)


def by_counting(numbers, start, interval):
    """Children in a ring: the one drawn leaves, and one counts on over those who still stand."""
    ring = list(range(1, numbers + 1))
    ring = ring[start - 1 :] + ring[: start - 1]
    order = [ring.pop(0)]
    while ring:
        for _ in range(interval - 1):
            ring.append(ring.pop(0))
        order.append(ring.pop(0))
    return order


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 30), st.data())
def test_the_interval_is_what_counting_gives(numbers, data):
    start, interval = data.draw(st.integers(1, numbers)), data.draw(st.integers(1, numbers))
    assert (interval_order(numbers, start, interval) + 1).tolist() == by_counting(numbers, start, interval)


def test_the_circle_goes_both_ways():
    assert (circle_order(5, 4, UP) + 1).tolist() == [4, 5, 1, 2, 3]
    assert (circle_order(5, 4, DOWN) + 1).tolist() == [4, 3, 2, 1, 5]


# Fairness, exactly: over all values that may be drawn, each equally likely ------------------------------


def shares(orders, numbers, seats):
    """How often each number is in, over all orders, as exact fractions."""
    counted, total = Counter(), 0
    for order in orders:
        counted.update(int(at) for at in order[:seats])
        total += 1
    return [Fraction(counted[at], total) for at in range(numbers)]


def sorted_by_number(numbers):
    """Everybody draws a number, no two alike, sorted upwards or downwards as drawn."""
    for drawn in permutations(range(numbers)):
        upwards = sorted(range(numbers), key=drawn.__getitem__)
        yield from (upwards, upwards[::-1])


def drawn_numbers(numbers):
    """Non-repeating drawn numbers, then a direction and a start."""
    for drawn in permutations(range(numbers)):
        upwards = np.argsort(drawn)
        for start, direction in product(range(1, numbers + 1), (UP, DOWN)):
            yield upwards[circle_order(numbers, start, direction)]


def intervals(numbers):
    for start, interval in product(range(1, numbers + 1), repeat=2):
        yield interval_order(numbers, start, interval)


@pytest.mark.parametrize("seats", range(6))
@pytest.mark.parametrize("procedure", [sorted_by_number, drawn_numbers, intervals])
def test_everybody_has_exactly_the_same_odds(procedure, seats):
    assert shares(procedure(5), 5, seats) == [Fraction(seats, 5)] * 5


@pytest.mark.parametrize("numbers", [1, 2, 6, 7, 12])
def test_the_stride_gives_everybody_exactly_the_same_odds(numbers):
    for seats in range(1, numbers + 1):
        stride = stride_of(numbers, seats)
        orders = [stride_order(numbers, start, stride) for start in range(1, numbers + 1)]
        assert shares(orders, numbers, seats) == [Fraction(seats, numbers)] * numbers


def test_where_numbers_are_drawn_every_set_of_children_is_equally_likely_and_elsewhere_it_is_not():
    def sets(orders):
        return Counter(frozenset(int(at) for at in order[:2]) for order in orders)

    for procedure in (sorted_by_number, drawn_numbers):
        assert len(set(sets(procedure(4)).values())) == 1 and len(sets(procedure(4))) == 6
    stride = sets(stride_order(4, start, stride_of(4, 2)) for start in range(1, 5))
    assert stride == {frozenset((0, 2)): 2, frozenset((1, 3)): 2}, "neighbours never get in together"
    assert len(set(sets(intervals(4)).values())) > 1


# Drawing a roster ---------------------------------------------------------------------------------------


def test_the_methods_of_the_tests_are_all_there_are():
    assert set(METHODS) == set(KNOWN)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**40), count=st.integers(0, 14), plan=st.integers(0, 6), data=st.data())
def test_places_are_a_ranking_twins_share_and_rows_do_not_matter(method, seed, count, plan, data):
    ids = receipts(count)
    pairs = [(0, 1), (2, 3, 4)] if count > 5 and data.draw(st.booleans()) else []
    drawn = draw("zone", seed, texts(ids), group(count, pairs), method=method, plan=plan)
    taken = np.zeros(count, dtype=np.int64)
    for place in set(drawn.order.tolist()):
        here = np.flatnonzero(drawn.order == place)
        assert len(set(drawn.number[here].tolist())) == 1
        taken[place : place + len(here)] += 1
    assert (taken == 1).all(), "every place belongs to one number"
    for pair in pairs:
        assert len(set(drawn.order[list(pair)].tolist())) == len(set(drawn.number[list(pair)].tolist())) == 1
    rows = np.array(data.draw(st.permutations(range(count))), dtype=np.int64)
    again = draw("zone", seed, texts(ids)[rows], group(count, pairs)[rows], method=method, plan=plan)
    assert again.order.tolist() == drawn.order[rows].tolist()
    assert again.number.tolist() == drawn.number[rows].tolist()
    assert again.values == drawn.values and set(drawn.values) == (set(KNOWN[method]) if count else set())


def test_the_order_follows_from_the_drawn_values_by_hand():
    ids = receipts(7)
    listed = sorted(ids)

    def drawn(method, **more):
        found = draw("zone", 5, texts(ids), group(7), method=method, **more)
        return found, [ids[row] for row in np.argsort(found.order)]

    keyed, upwards = drawn("keyed")
    assert drawn("descending")[1] == upwards[::-1]
    found, order = drawn("direction")
    assert order == (upwards if found.values["direction"] == UP else upwards[::-1])
    found, order = drawn("circle")
    assert order[0] == upwards[found.values["start"] - 1]
    assert found.number.tolist() == [upwards.index(id) + 1 for id in ids]
    found, order = drawn("interval")
    assert order == [listed[at - 1] for at in by_counting(7, found.values["start"], found.values["interval"])]
    found, order = drawn("stride", plan=3)
    assert order == [listed[at - 1] for at in by_steps(7, found.values["start"], 3)]
    assert (keyed.method, keyed.plan, keyed.values) == ("keyed", 0, {}) and found.plan == 3


def test_a_drawn_value_is_even_and_never_changes():
    counted = Counter(pick(seed, "zone", "start", 3) for seed in range(3_000))
    assert set(counted) == {1, 2, 3} and all(880 < count < 1_120 for count in counted.values())
    assert [pick(7, "zone", what, 1_000) for what in ("start", "interval", "direction")] == FIXED


FIXED = [191, 166, 733]


def test_a_hash_beyond_the_last_whole_multiple_is_refused():
    """With more than half of all hashes as values, about half of them lie beyond and the next one counts."""
    count = 2**255 + 1
    refused = 0
    for seed in range(40):
        hashes = (f"xuewei-pick-1\n{seed}\nzone\nstart\n{k}".encode() for k in range(100))
        values = [int.from_bytes(hashlib.sha256(one).digest(), "big") for one in hashes]
        refused += values[0] >= count
        expected = next(value for value in values if value < count) + 1
        assert pick(seed, "zone", "start", count) == verify.pick(seed, "zone", "start", count) == expected
    assert 5 < refused < 35


@pytest.mark.parametrize("method", METHODS)
def test_numbers_drawn_before_are_taken_over_by_the_methods_that_may(method):
    ids, twins = texts(receipts(9)), group(9, [(1, 4), (2, 8)])
    first = draw("zone", 7, ids, twins, method=method, plan=3)
    some = np.array([8, 0, 3, 1, 6])
    fresh = draw("zone", 7, ids[some], twins[some], method=method, plan=3)
    again = draw("zone", 7, ids[some], twins[some], method=method, plan=3, known=first.number[some])
    assert again.number.tolist() == fresh.number.tolist() and again.order.tolist() == fresh.order.tolist()


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="no method 'dice'"):
        draw("zone", 1, texts(["S1"]), group(1), method="dice")
