"""Nodes nobody lists are left out of a solve; the answer is that of the whole tree."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import problem, problems

from simulator.model import UNPLACED
from simulator.transport import Problem, solve
from simulator.transport.compact import listed_nodes, over_nodes, total_prices_everywhere
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


def test_only_listed_nodes_and_those_above_them_are_kept():
    # 0 is the roof of 1 and 2; 3 the roof of 4; only 2 is listed, and it is full.
    p = problem([2], [{2: 5}], [100], [3, 9, 1, 9, 9], [UNPLACED, 0, 0, UNPLACED, 3])
    nodes = listed_nodes(p)
    assert nodes.tolist() == [0, 2]
    small = over_nodes(p, nodes)
    assert (small.parent.tolist(), small.seats.tolist(), small.pool.tolist()) == ([UNPLACED, 0], [3, 1], [1])
    assert total_prices_everywhere(p, nodes, np.array([7, 95])).tolist() == [7, 7, 95, 0, 0]
