"""The compiled engine against OR-tools: equal prices and, ties settled, equal flows, on hard instances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import city, leaves, problem, problems

from simulator.model import UNPLACED
from simulator.transport import CertificateError, Problem, solve, unplaced_costs
from simulator.transport.priced_seats.prices import settle
from simulator.transport.prices import minimal_total_prices


def assert_engines_agree(p):
    answer, reference = solve(p, "priced_seats"), solve(p, "ortools")
    answer.certify()
    assert answer.objective == reference.objective
    assert answer.total_prices.tobytes() == reference.total_prices.tobytes()
    assert answer.ties == reference.ties == "settled"
    assert answer.flow.tobytes() == reference.flow.tobytes()
    assert answer.unplaced.tobytes() == reference.unplaced.tobytes()
    return answer


def random_problem(rng):
    """A few groups and a random forest: ties, closed pools, empty groups, large supplies, many tiers."""
    nodes = int(rng.integers(1, 9))
    parent = [int(rng.integers(-1, v)) if rng.random() < 0.6 else UNPLACED for v in range(nodes)]
    pools, groups = leaves(parent), int(rng.integers(0, 9))
    largest = int(rng.choice([1, 4, 9, 1000, 10**10]))
    arcs = [
        {
            int(pool): int(rng.integers(0, largest + 1))
            for pool in rng.permutation(pools)[: rng.integers(0, len(pools) + 1)]
        }
        for _ in range(groups)
    ]
    supply = rng.integers(0, int(rng.choice([2, 5, 50, 10_000])), groups)
    few = [0, 3, largest, 4 * largest, 100 * largest]
    unplaced = rng.choice(few, groups) if rng.random() < 0.7 else rng.integers(0, 10 * largest + 1, groups)
    seats = rng.integers(0, int(rng.choice([3, 8, 60, 12_000])), nodes)
    return problem(supply.tolist(), arcs, unplaced.tolist(), seats.tolist(), parent)


@settings(max_examples=150, deadline=None)
@given(p=problems())
def test_engines_agree(p):
    assert_engines_agree(p)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_engines_agree_on_wide_ranges(seed):
    assert_engines_agree(random_problem(np.random.default_rng(seed)))


@pytest.mark.slow
def test_ten_thousand_small_problems():
    rng = np.random.default_rng(20_260_701)
    for _ in range(10_000):
        p = random_problem(rng)
        answer = solve(p, "priced_seats")
        assert answer.objective == solve(p, "ortools").objective
        answer.certify()


@pytest.mark.parametrize("slack", [1.2, 1.05, 1.0, 0.97, 0.5])
@pytest.mark.parametrize("round_to", [1, 50, 200])
@pytest.mark.parametrize("group", [1, 20])
def test_cities(slack, round_to, group):
    assert_engines_agree(city(children=4000, schools=30, slack=slack, round_to=round_to, group=group, seed=7))


def changed(p, **columns):
    names = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")
    return Problem(**({name: getattr(p, name) for name in names} | columns))


def test_half_the_seats_in_one_school_and_several_without_any():
    p = city(children=4000, schools=30, group=1, seed=3)
    seats = np.where(np.arange(30) % 5 == 0, 0, p.seats)
    seats[7] = seats.sum()
    assert_engines_agree(changed(p, seats=seats))


def test_a_whole_region_stays_unplaced():
    p = city(children=4000, schools=30, group=1, seed=4)
    seats = np.where(np.arange(30) < 15, p.seats // 20, p.seats)
    answer = assert_engines_agree(changed(p, seats=seats))
    assert answer.unplaced.sum() > 100


def test_schools_nobody_wants_and_supplies_from_none_to_ten_thousand():
    p = city(children=3000, schools=30, group=10, seed=5)
    rng = np.random.default_rng(5)
    supply = rng.choice([0, 1, 7, 10_000], p.groups)
    seats = np.append(p.seats * 500, [90, 0])
    assert_engines_agree(changed(p, supply=supply, seats=seats, parent=np.full(32, UNPLACED)))


def test_tiers_and_a_tree_of_roofs():
    p = city(children=4000, schools=30, group=4, slack=0.9, seed=6)
    # Five roofs over six schools each, one county over all; every roof a little too low.
    roof = np.arange(30) % 5
    low = np.bincount(roof, p.seats).astype(np.int64) * 95 // 100
    seats = np.concatenate(([low.sum() * 98 // 100], low, p.seats))
    parent = np.concatenate(([UNPLACED], np.zeros(5, np.int64), roof + 1))
    tiers = np.random.default_rng(6).integers(0, 4, p.groups)
    unplaced = unplaced_costs(tiers, 4, int(p.cost.max()), 36)
    answer = assert_engines_agree(
        changed(p, seats=seats, parent=parent, pool=p.pool + 6, unplaced_cost=unplaced)
    )
    assert answer.unplaced[tiers == 3].sum() > 0


def test_arcs_in_any_order_and_costs_near_the_guard():
    p = city(children=2000, schools=20, group=5, slack=1.0, seed=8)
    order = np.argsort(p.group + np.random.default_rng(8).random(len(p.pool)), kind="stable")
    scale = 2**61 // (int(p.unplaced_cost.max()) * (int(p.supply.sum()) + 2 * (p.groups + p.nodes) + 4))
    shuffled = changed(p, pool=p.pool[order], cost=p.cost[order])
    answer = assert_engines_agree(shuffled)
    large = changed(shuffled, cost=shuffled.cost * scale, unplaced_cost=p.unplaced_cost * scale)
    assert assert_engines_agree(large).objective == answer.objective * scale


def test_every_group_with_its_own_cost_of_staying_unplaced():
    p = city(children=3000, schools=30, group=1, slack=0.8, seed=9)
    own = np.random.default_rng(9).integers(0, 60_000, p.groups)
    assert_engines_agree(changed(p, unplaced_cost=own))


@settings(max_examples=80, deadline=None)
@given(p=problems(), seed=st.integers(0, 10**6))
def test_the_compiled_pass_agrees_with_the_numpy_one_on_any_flow(p, seed):
    """On flows that are not optimal, too: the same prices or the same refusal."""
    flow = solve(p, "priced_seats").flow.copy()
    rng = np.random.default_rng(seed)
    if len(flow) and rng.random() < 0.5:
        a = rng.integers(len(flow))
        flow[a] = max(0, flow[a] - 1)
    unplaced = p.supply - np.bincount(p.group, flow, p.groups).astype(np.int64)
    try:
        expected = minimal_total_prices(p, flow, unplaced)
    except CertificateError:
        with pytest.raises(CertificateError):
            settle(p, flow)
    else:
        found = settle(p, flow)
        assert np.array_equal(found.total_price, expected)
        assert np.array_equal(found.unplaced, unplaced)


def test_the_same_bytes_twice():
    p = city(children=4000, schools=30, group=1, round_to=50, seed=11)
    assert solve(p, "priced_seats").flow.tobytes() == solve(p, "priced_seats").flow.tobytes()
