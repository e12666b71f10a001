"""Least greatest distance first: no smaller one places as many, and below it the metres are the fewest."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import city, problem
from test_tier_by_tier import worlds

from simulator.transport import CertificateError, solve
from simulator.transport.least_greatest import least_greatest
from simulator.transport.tier_by_tier import tier_by_tier


def within(p, greatest):
    """The problem without the arcs above a cost."""
    arcs = [
        {
            int(p.pool[a]): int(p.cost[a])
            for a in range(p.offsets[g], p.offsets[g + 1])
            if p.cost[a] <= greatest
        }
        for g in range(p.groups)
    ]
    return problem(p.supply, arcs, p.unplaced_cost, p.seats, p.parent)


def unplaced_worth(p):
    answer = solve(p)
    return int((answer.unplaced * p.unplaced_cost).sum())


@settings(max_examples=150, deadline=None)
@given(world=worlds(largest=30))
def test_the_least_cost_at_which_as_many_of_every_tier_are_placed(world):
    p, _ = world
    answer = least_greatest(p)
    answer.certify()
    least = unplaced_worth(p)
    enough = [d for d in [-1, *range(31)] if unplaced_worth(within(p, d)) == least]
    assert answer.greatest == max(0, enough[0])
    assert (answer.below is None) == (enough[0] == -1)
    used = p.cost[answer.flow > 0]
    assert used.max(initial=0) == answer.greatest
    assert answer.best.objective == solve(within(p, enough[0])).objective


@settings(max_examples=40, deadline=None)
@given(world=worlds(largest=30))
def test_both_engines_agree(world):
    one, other = least_greatest(world[0]), least_greatest(world[0], "priced_seats")
    assert (one.greatest, one.best.objective) == (other.greatest, other.best.objective)
    assert np.array_equal(one.best.total_prices, other.best.total_prices)


@pytest.mark.parametrize("slack", [0.97, 1.0, 1.05])
def test_a_city(slack):
    p = city(children=2_000, schools=20, slack=slack, seed=5)
    answer = least_greatest(p)
    assert len(answer.certify()) == 3
    total = solve(p)
    assert answer.unplaced.sum() == total.unplaced.sum()
    assert answer.greatest <= p.cost[total.flow > 0].max()
    assert (answer.flow * p.cost).sum() >= (total.flow * p.cost).sum()


def test_nobody_is_sent_far_to_spare_the_others_a_little():
    # In sum it is best to send one child 100; sending both 60 keeps the greatest least.
    p = problem([1, 1], [{0: 1, 1: 60}, {0: 60, 2: 100}], [9_999] * 2, [1, 1, 1])
    assert solve(p).flow.tolist() == [1, 0, 0, 1]
    answer = least_greatest(p)
    assert (answer.flow.tolist(), answer.greatest) == ([0, 1, 1, 0], 60)


def test_where_nobody_can_be_placed():
    for p in (problem([2], [{0: 5}], [99], [0]), problem([2], [{}], [99], [4]), problem([], [], [], [1])):
        answer = least_greatest(p)
        assert (answer.greatest, answer.below, answer.flow.sum()) == (0, None, 0)
        assert len(answer.certify()) == 2


def test_staying_unplaced_must_outweigh_the_arcs():
    p = problem([1, 1], [{0: 1, 1: 60}, {0: 60}], [9_999, 90], [1, 1])
    for aim in (least_greatest, lambda p: tier_by_tier(p, np.array([0, 1]))):
        with pytest.raises(ValueError, match="outweigh"):
            aim(p)


@settings(max_examples=20, deadline=None)
@given(change=st.sampled_from(["greatest", "below", "best"]))
def test_another_greatest_cost_is_refused(change):
    p = problem([1, 1], [{0: 1, 1: 60, 2: 61}, {0: 60, 2: 100}], [9_999] * 2, [1, 1, 1])
    answer = least_greatest(p)
    wrong = {
        "greatest": {"greatest": 61, "within": np.flatnonzero(p.cost <= 61), "best": solve(within(p, 61))},
        "below": {"below": solve(p)},
        "best": {"best": solve(p)},
    }
    with pytest.raises(CertificateError):
        dataclasses.replace(answer, **wrong[change]).certify()
