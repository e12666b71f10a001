"""Nodes nobody lists are left out of a solve; the answer is that of the whole tree."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import problem, problems

from simulator.model import UNPLACED
from simulator.transport import Problem, solve
from simulator.transport.compact import Compact
from simulator.transport.prices import minimal_total_prices


def in_a_county(p, seed):
    """The same problem inside a tree with many more nodes: new leaves under old inner nodes and new roots."""
    rng = np.random.default_rng(seed)
    leaf = np.ones(p.nodes, dtype=bool)
    leaf[p.parent[p.parent != UNPLACED]] = False
    above = [UNPLACED, *np.flatnonzero(~leaf).tolist()]
    parent, seats = p.parent.tolist(), p.seats.tolist()
    for _ in range(3 * p.nodes):
        parent.append(int(rng.choice(above)))
        seats.append(int(rng.integers(0, 5)))
        if rng.random() < 0.3:
            above.append(len(parent) - 1)
    return Problem(p.supply, p.offsets, p.pool, p.cost, p.unplaced_cost, np.array(seats), np.array(parent))


@settings(max_examples=150, deadline=None)
@given(p=problems(), seed=st.integers(0, 10**6))
def test_the_answer_is_that_of_the_whole_tree(p, seed):
    county = in_a_county(p, seed)
    answer, alone = solve(county), solve(p)
    answer.certify()
    assert np.array_equal(answer.flow, alone.flow)
    assert np.array_equal(answer.total_prices[: p.nodes], alone.total_prices)
    assert np.array_equal(answer.total_prices, minimal_total_prices(county, answer.flow, answer.unplaced))
    again = solve(county, warm_start=answer.prices)
    assert np.array_equal(again.flow, answer.flow)
    assert np.array_equal(again.prices, answer.prices)


@settings(max_examples=300, deadline=None)
@given(p=problems(), seed=st.integers(0, 10**6))
def test_a_chain_is_one_node_with_the_least_of_its_seats(p, seed):
    rng = np.random.default_rng(seed)
    parent, seats = p.parent.tolist(), p.seats.tolist()
    pool = p.pool.copy()
    for leaf in np.unique(p.pool).tolist():  # hang up to three nodes below every leaf, some as full as it is
        at = leaf
        for _ in range(int(rng.integers(0, 4))):
            parent.append(at)
            seats.append(max(0, seats[leaf] + int(rng.integers(-1, 2))))
            at = len(parent) - 1
        pool[p.pool == leaf] = at
    tall = Problem(p.supply, p.offsets, pool, p.cost, p.unplaced_cost, np.array(seats), np.array(parent))
    compact = Compact.of(tall)
    assert len(compact.kept) <= len(Compact.of(p).kept)
    answer = solve(tall)
    answer.certify()
    assert np.array_equal(answer.total_prices, minimal_total_prices(tall, answer.flow, answer.unplaced))
    assert np.array_equal(solve(tall, "ortools").total_prices, answer.total_prices)
    assert np.array_equal(solve(tall, warm_start=answer.prices).flow, answer.flow)


def test_only_listed_nodes_and_those_above_them_are_kept():
    # 0 is the roof of 1, 2 and 5; 3 the roof of 4; only 2 and 5 are listed, and both are full.
    p = problem([2], [{2: 5, 5: 6}], [100], [3, 9, 1, 9, 9, 1], [UNPLACED, 0, 0, UNPLACED, 3, 0])
    compact = Compact.of(p)
    assert compact.kept.tolist() == [0, 2, 5]
    small = compact.small()
    assert small.parent.tolist() == [UNPLACED, 0, 0]
    assert (small.seats.tolist(), small.pool.tolist()) == ([3, 1, 1], [1, 2])
    assert compact.total_prices(np.array([7, 95, 94])).tolist() == [7, 7, 95, 0, 0, 94]


def test_nodes_above_the_lowest_full_one_of_a_chain_have_the_price_of_what_lies_above():
    # A chain of five below a root with a price: seats 8 4 6 4 5, so the fourth is the lowest full one.
    p = problem([9], [{5: 5}], [100], [9, 8, 4, 6, 4, 5, 9], [UNPLACED, 0, 1, 2, 3, 4, 0])
    p = Problem(
        np.array([9, 1]),
        np.array([0, 1, 2]),
        np.array([5, 6]),
        np.array([5, 5]),
        np.array([100, 100]),
        p.seats,
        p.parent,
    )
    compact = Compact.of(p)
    assert compact.kept.tolist() == [0, 5, 6]
    assert compact.small().seats.tolist() == [9, 4, 9]
    assert compact.total_prices(np.array([2, 95, 2])).tolist() == [2, 2, 2, 2, 95, 95, 2]
