"""Candidates on demand: the answer over all schools, proved over all schools, whatever came in when."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import city, problem, problems

from simulator.model import UNPLACED
from simulator.transport import CertificateError, Problem, solve
from simulator.transport.lazy import LazyFlow, ListedCandidates, solve_lazily


def listed(p):
    return ListedCandidates(p.offsets, p.pool, p.cost)


def lazily(p, **settings):
    return solve_lazily(p.supply, p.unplaced_cost, p.seats, p.parent, listed(p), **settings)


@settings(max_examples=150, deadline=None)
@given(p=problems(largest=30), first=st.integers(1, 3), batch=st.integers(1, 3))
def test_objective_and_prices_of_the_problem_with_all_candidates(p, first, batch):
    full, lazy = solve(p), lazily(p, first=first, batch=batch)
    lazy.certify()
    assert lazy.flow.objective == full.objective
    assert np.array_equal(lazy.flow.total_prices, full.total_prices)


@settings(max_examples=100, deadline=None)
@given(p=problems(largest=6))
def test_every_candidate_that_may_be_used_is_in_the_last_problem(p):
    """Hence whoever settles ties between least-cost flows has the same ones to choose from."""
    full, last = solve(p), lazily(p, first=1, batch=1).flow.problem
    paid = full.paid_per_child()
    tight = (p.cost + full.total_prices[p.pool] == paid[p.group]) & (p.supply[p.group] > 0)
    entered = set(zip(last.group.tolist(), last.pool.tolist(), strict=True))
    assert set(zip(p.group[tight].tolist(), p.pool[tight].tolist(), strict=True)) <= entered


@pytest.mark.parametrize("engine", ["ortools", "priced_seats"])
@pytest.mark.parametrize("slack", [0.9, 1.0, 1.1])
@pytest.mark.parametrize("round_to", [1, 200])
def test_a_city_of_which_little_is_solved(engine, slack, round_to):
    p = city(children=3_000, schools=60, nearest=60, slack=slack, seed=11, round_to=round_to)
    full, lazy = solve(p), lazily(p, first=3, batch=4, engine=engine)
    proof = lazy.certify()
    assert (proof.objective, proof.engine) == (full.objective, engine)
    assert np.array_equal(lazy.flow.total_prices, full.total_prices)
    assert len(lazy.flow.problem.pool) < len(p.pool) / 2
    assert proof.candidates == f"lazy: {lazy.rounds} rounds, {len(lazy.flow.problem.pool)} of " + (
        f"{proof.arcs_checked} compared"
    )
    assert solve(p).certify().candidates == "all"


class PlaneOfSchools:
    """Groups and schools on a plane: candidates reckoned when asked for, and never laid out."""

    def __init__(self, groups, schools):
        self.groups, self.schools, self.asked = groups, schools, 0

    def __call__(self, group, rank):
        self.asked += len(group)
        pool = np.full(len(group), UNPLACED)
        cost = np.zeros(len(group), dtype=np.int64)
        some = rank < len(self.schools)
        metres = np.abs(self.groups[group[some], None, :] - self.schools[None]).sum(axis=2)
        near = np.argsort(metres, axis=1, kind="stable")
        pool[some] = near[np.arange(some.sum()), rank[some]]
        cost[some] = np.take_along_axis(metres, near, axis=1)[np.arange(some.sum()), rank[some]]
        return pool, cost


def test_a_provider_that_reckons_on_demand():
    rng = np.random.default_rng(4)
    plane = PlaneOfSchools(rng.integers(0, 9_000, (120, 2)), rng.integers(0, 9_000, (50, 2)))
    supply, seats = rng.integers(0, 6, 120), rng.integers(0, 14, 50)
    group, rank = np.repeat(np.arange(120), 50), np.tile(np.arange(50), 120)
    pool, cost = plane(group, rank)
    unplaced = np.full(120, 101 * 18_000 + 1)
    none = np.full(50, UNPLACED)
    full = solve(Problem(supply, np.arange(121) * 50, pool, cost, unplaced, seats, none))
    plane.asked = 0
    lazy = solve_lazily(supply, unplaced, seats, none, plane, first=2, batch=3)
    assert plane.asked < 120 * 50
    assert lazy.certify().objective == full.objective
    assert np.array_equal(lazy.flow.total_prices, full.total_prices)


def too_few(p, arcs):
    """A flow that is optimal over some of the arcs, said to be so over all."""
    keep = np.zeros(len(p.pool), dtype=bool)
    keep[arcs] = True
    degree = np.bincount(p.group[keep], minlength=p.groups)
    part = Problem(
        p.supply,
        np.concatenate(([0], np.cumsum(degree))),
        p.pool[keep],
        p.cost[keep],
        p.unplaced_cost,
        p.seats,
        p.parent,
    )
    return LazyFlow(solve(part), listed(p), 1, len(arcs))


def test_a_candidate_left_out_is_found_out():
    p = problem([2, 1], [{0: 5, 1: 7, 2: 9}, {0: 1, 2: 2}], [99, 99], [1, 1, 1])
    too_few(p, range(5)).certify()
    for arcs in ([0, 1, 3], [0, 2, 3, 4]):
        with pytest.raises(CertificateError, match="did not enter"):
            too_few(p, arcs).certify()


def test_a_provider_is_held_to_its_order_and_its_costs():
    p = problem([1], [{0: 5, 1: 7, 2: 9}], [99], [1, 1, 1])
    lazy = lazily(p)

    def backwards(group, rank):
        return listed(p)(group, np.where(rank < 3, 2 - rank, rank))

    def dearer(group, rank):
        pool, cost = listed(p)(group, rank)
        return pool, cost + (pool == 0)

    def elsewhere(group, rank):
        pool, cost = listed(p)(group, rank)
        return np.where(pool == 0, 2, np.where(pool == 2, 0, pool)), cost

    with pytest.raises(CertificateError, match="order"):
        dataclasses.replace(lazy, candidates=backwards).certify()
    for other in (dearer, elsewhere):
        with pytest.raises(CertificateError, match=r"no candidate|did not enter"):
            dataclasses.replace(lazy, candidates=other).certify()


def test_nobody_nothing_and_what_cannot_be():
    assert lazily(problem([], [], [], [3])).certify().placed == 0
    assert lazily(problem([0, 2], [{0: 1}, {}], [9, 9], [3])).certify().unplaced == 2
    with pytest.raises(ValueError, match="at least 1"):
        lazily(problem([1], [{0: 1}], [9], [3]), first=0)


@settings(max_examples=60, deadline=None)
@given(p=problems(largest=30))
def test_the_flow_over_all_arcs_of_the_problem(p):
    lazy = lazily(p, first=1, batch=1)
    flow = lazy.over(p)
    load = np.bincount(p.group, flow, minlength=p.groups) + lazy.flow.unplaced
    assert load.tolist() == p.supply.tolist()
    assert (flow * p.cost).sum() + (lazy.flow.unplaced * p.unplaced_cost).sum() == lazy.flow.objective
    if flow.any():
        dearer = Problem(p.supply, p.offsets, p.pool, p.cost + 1, p.unplaced_cost, p.seats, p.parent)
        with pytest.raises(ValueError, match="no arc"):
            lazy.over(dearer)
