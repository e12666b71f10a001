"""The parts of the search: circles of which any may be walked, mixtures as linear programming has them."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from seat_problems import problems

from simulator.transport import Problem, solve
from simulator.transport.shares.circles import circles
from simulator.transport.shares.master import Known, cheapest_mixture


def another_flow(p, seed):
    rng = np.random.default_rng(seed)
    return solve(p.with_costs(rng.integers(0, 10, len(p.pool)), rng.integers(0, 30, p.groups))).flow


@settings(max_examples=150, deadline=None)
@given(p=problems(), seed=st.integers(0, 10**6))
def test_any_part_of_the_way_between_two_flows_is_a_flow(p, seed):
    here, there = another_flow(p, seed), another_flow(p, seed + 1)
    rng = np.random.default_rng(seed)
    whole, part = here.copy(), here.copy()
    for circle in circles(p, here, there):
        times = int(rng.integers(0, circle.times + 1))
        for flow, walked in ((whole, circle.times), (part, times)):
            flow[list(circle.gained)] += walked
            flow[list(circle.left)] -= walked
        assert len(set(circle.gained)) == len(circle.gained)
    assert np.array_equal(whole, there)
    assert np.all(part >= 0)
    assert np.all(np.bincount(p.group, part, p.groups) <= p.supply)
    assert np.all(p.loads(part) <= p.seats)


@settings(max_examples=100, deadline=None)
@given(
    known=st.lists(
        st.tuples(st.integers(0, 50), st.tuples(st.integers(0, 9), st.integers(0, 9))), min_size=1, max_size=7
    ),
    needed=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    penalty=st.integers(1, 20),
)
def test_the_cheapest_mixture_is_that_of_linear_programming(known, needed, penalty):
    flows = [Known(cost, reached) for cost, reached in known]
    mixture = cheapest_mixture(flows, needed, 0, penalty)
    reached = np.array([flow.reached for flow in flows]).T
    found = linprog(
        [flow.cost for flow in flows] + [penalty] * 2,
        A_ub=-np.hstack((reached, np.eye(2))),
        b_ub=[-need for need in needed],
        A_eq=[[1] * len(flows) + [0] * 2],
        b_eq=[1],
    )
    assert abs(float(mixture.cost) - found.fun) < 1e-7
    assert sum(mixture.share) == 1
    # The multipliers prove it: no flow is cheaper at them than the mixture.
    lower = min(
        flow.cost
        + sum(m * (n - got) for m, n, got in zip(mixture.multipliers, needed, flow.reached, strict=True))
        for flow in flows
    )
    assert lower == mixture.cost
    assert all(0 <= m <= penalty for m in mixture.multipliers)


@given(p=problems(), factor=st.integers(1, 9))
def test_other_costs_on_the_same_problem(p, factor):
    other = p.with_costs(p.cost * factor, p.unplaced_cost + 1)
    again = Problem(p.supply, p.offsets, p.pool, p.cost * factor, p.unplaced_cost + 1, p.seats, p.parent)
    for name, column in vars(again).items():
        assert np.array_equal(getattr(other, name), column)
    assert replace(other).groups == p.groups
