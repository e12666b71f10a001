"""Metres of higher tiers first: equal to brute force, proved step by step, prices by playing again."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import city, leaves, problem, trees, with_one_more_seat

from simulator.model import UNPLACED
from simulator.transport import CertificateError, Problem, solve, split_price, unplaced_base, unplaced_costs
from simulator.transport.tier_by_tier import step_problem, tier_by_tier


@st.composite
def worlds(draw, largest=9):
    """A problem of few small groups in up to three tiers, staying unplaced dearer than any metres."""
    seats, parent = draw(trees(most=6))
    seats = [min(s, 3) for s in seats]
    count = draw(st.integers(1, 5))
    pools = st.sampled_from(leaves(parent))
    arcs = [draw(st.dictionaries(pools, st.integers(0, largest), max_size=3)) for _ in range(count)]
    tier = np.array([draw(st.integers(0, 2)) for _ in range(count)])
    supply = [draw(st.integers(0, 2)) for _ in range(count)]
    schools = len({pool for group in arcs for pool in group})
    most = max((cost for group in arcs for cost in group.values()), default=0)
    return problem(supply, arcs, unplaced_costs(tier, 3, most, schools), seats, parent), tier


def best_by_hand(p, tier):
    """(children, of tier 0, of tier 1, metres of tier 0, 1, 2) over all ways to seat the children."""
    options = []
    for group in range(p.groups):
        own = [UNPLACED, *range(p.offsets[group], p.offsets[group + 1])]
        options += [own] * int(p.supply[group])
    groups = np.repeat(np.arange(p.groups), p.supply)
    best = None
    for choice in itertools.product(*options):
        flow = np.bincount([arc for arc in choice if arc != UNPLACED], minlength=len(p.pool))
        if np.all(p.loads(flow) <= p.seats):
            placed, metres = [0, 0, 0], [0, 0, 0]
            for group, arc in zip(groups, choice, strict=True):
                if arc != UNPLACED:
                    placed[tier[group]] += 1
                    metres[tier[group]] += int(p.cost[arc])
            value = (-sum(placed), -placed[0], -placed[1], *metres)
            best = value if best is None else min(best, value)
    return best


def value_of(p, tier, answer):
    placed = np.bincount(tier, p.supply - answer.unplaced, minlength=3).astype(int).tolist()
    metres = np.bincount(tier[p.group], answer.flow * p.cost, minlength=3).astype(int).tolist()
    return (-sum(placed), -placed[0], -placed[1], *metres)


@settings(max_examples=150, deadline=None)
@given(world=worlds())
def test_as_good_as_the_best_of_all_ways(world):
    p, tier = world
    answer = tier_by_tier(p, tier)
    assert len(answer.certify()) == tier.max() + 1
    assert value_of(p, tier, answer) == best_by_hand(p, tier)
    assert answer.cost_of_tiers().tolist() == list(value_of(p, tier, answer)[3:])[: tier.max() + 1]


@settings(max_examples=60, deadline=None)
@given(world=worlds())
def test_savings_are_those_of_one_more_seat_all_the_way_up(world):
    p, tier = world
    answer = tier_by_tier(p, tier)
    base = unplaced_base(int(p.cost.max(initial=0)), len(np.unique(p.pool)))
    savings = answer.savings()
    placed, first = split_price(savings[0], base)
    summed = split_price(savings.sum(axis=0), base)
    for node in range(p.nodes):
        better = tier_by_tier(with_one_more_seat(p, node), tier)
        saved = answer.cost_of_tiers() - better.cost_of_tiers()
        assert placed[node] == summed[0][node] == answer.unplaced.sum() - better.unplaced.sum()
        assert [first[node], *savings[1:, node]] == saved.tolist()
        assert summed[1][node] == saved.sum()


@settings(max_examples=60, deadline=None)
@given(world=worlds())
def test_both_engines_agree_on_every_tier(world):
    p, tier = world
    one, other = tier_by_tier(p, tier), tier_by_tier(p, tier, "priced_seats")
    assert np.array_equal(one.cost_of_tiers(), other.cost_of_tiers())
    assert np.array_equal(one.savings(), other.savings())


def test_the_first_tier_walks_less_though_all_walk_farther():
    # One near seat. In sum the second tier should have it; the first tier has the first word.
    p = problem([1, 1], [{0: 10, 1: 11}, {0: 10, 1: 90}], [10_000, 5_000], [1, 1])
    tier = np.array([0, 1])
    assert solve(p).flow.tolist() == [0, 1, 1, 0]
    assert tier_by_tier(p, tier).flow.tolist() == [1, 0, 0, 1]
    assert tier_by_tier(p, np.array([0, 0])).flow.tolist() == [0, 1, 1, 0]


def test_a_higher_tier_walks_far_before_a_lower_one_stays_unplaced():
    p = problem([1, 1], [{0: 1, 1: 99}, {0: 1}], [10_000, 5_000], [1, 1])
    assert tier_by_tier(p, np.array([0, 1])).flow.tolist() == [0, 1, 1]


def test_a_city_in_many_tiers_stays_within_the_guard():
    p = city(children=2_000, schools=20, seed=3)
    tier = np.arange(p.groups) % 12
    costs = unplaced_costs(tier, 12, int(p.cost.max()), 20)
    p = Problem(p.supply, p.offsets, p.pool, p.cost, costs, p.seats, p.parent)
    answer = tier_by_tier(p, tier)
    assert len(answer.certify()) == 12
    alone = Problem(p.supply * (tier == 0), p.offsets, p.pool, p.cost, costs, p.seats, p.parent)
    assert answer.cost_of_tiers()[0] >= (solve(alone).flow * p.cost).sum()
    assert answer.cost_of_tiers().sum() >= (solve(p).flow * p.cost).sum()


def test_a_step_that_forgets_the_one_before_is_refused():
    p = problem([1, 1], [{0: 10, 1: 11}, {0: 10, 1: 90}], [10_000, 5_000], [1, 1])
    tier = np.array([0, 1])
    answer = tier_by_tier(p, tier)
    forgetful = solve(step_problem(p, tier, 1, None))
    forgetful.certify()
    for steps in ((answer.steps[0], forgetful), answer.steps[:1]):
        with pytest.raises(CertificateError):
            dataclasses.replace(answer, steps=steps).certify()


def test_no_groups_and_what_cannot_be():
    assert tier_by_tier(problem([], [], [], [3]), np.zeros(0, dtype=np.int64)).flow.tolist() == []
    with pytest.raises(ValueError, match="one tier"):
        tier_by_tier(problem([1], [{0: 1}], [9], [3]), np.array([-1]))
    far = problem([1, 1], [{0: 2**45}, {0: 2**45, 1: 2**45}], [2**48, 2**48], [1, 1])
    assert len(tier_by_tier(far, np.array([0, 1])).certify()) == 2
    farther = problem([40, 40], [{0: 2**54}, {0: 2**54, 1: 2**54}], [2**55 + 1] * 2, [40, 40])
    with pytest.raises(OverflowError):
        tier_by_tier(farther, np.array([0, 1]))
