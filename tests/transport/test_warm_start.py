"""Prices to begin with change how long the search is, never the answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import city, problem, problems

from simulator.model import UNPLACED
from simulator.transport import ENGINES, Problem, solve, unplaced_costs

LARGEST = np.iinfo(np.int64).max


def assert_same_answer(p, warm_start):
    warm, cold = solve(p, "priced_seats", warm_start=warm_start), solve(p, "priced_seats")
    warm.certify()
    assert warm.objective == cold.objective
    assert warm.total_prices.tobytes() == cold.total_prices.tobytes()
    return warm


@settings(max_examples=120, deadline=None)
@given(p=problems(), data=st.data())
def test_any_prices_lead_to_the_same_answer(p, data):
    price = st.one_of(st.integers(-5, 40), st.integers(-LARGEST - 1, LARGEST))
    prices = data.draw(st.lists(price, min_size=p.nodes, max_size=p.nodes))
    assert_same_answer(p, np.array(prices, dtype=np.int64))


@settings(max_examples=40, deadline=None)
@given(p=problems(), noise=st.integers(0, 10**6))
def test_own_prices_and_prices_nearby_lead_to_the_same_answer(p, noise):
    prices = solve(p, "priced_seats").prices
    assert_same_answer(p, prices)
    assert_same_answer(p, prices + np.random.default_rng(noise).integers(-3, 4, p.nodes))


def with_columns(p, **columns):
    names = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")
    return Problem(**({name: getattr(p, name) for name in names} | columns))


@pytest.mark.parametrize("slack", [1.05, 1.0, 0.9])
@pytest.mark.parametrize("group", [1, 20])
def test_a_city_whose_seats_have_moved(slack, group):
    p = city(children=4000, schools=30, slack=slack, group=group, seed=12)
    seats = p.seats + np.where(np.arange(30) % 2 == 0, 20, -20)
    later = with_columns(p, seats=np.maximum(seats, 0))
    assert_same_answer(later, solve(p, "priced_seats").prices)


def test_tiers_under_roofs_that_changed():
    p = city(children=3000, schools=20, group=3, slack=0.9, seed=13)
    roof = np.arange(20) % 4
    low = np.bincount(roof, p.seats).astype(np.int64) * 95 // 100
    tiers = np.random.default_rng(13).integers(0, 3, p.groups)
    before = with_columns(
        p,
        seats=np.concatenate((low, p.seats)),
        parent=np.concatenate((np.full(4, UNPLACED), roof)),
        pool=p.pool + 4,
        unplaced_cost=unplaced_costs(tiers, 3, int(p.cost.max()), 24),
    )
    later = with_columns(before, seats=np.concatenate((low + np.array([9, -9, 30, 0]), p.seats)))
    assert_same_answer(later, solve(before, "ortools").prices)


def test_every_group_with_its_own_cost_of_staying_unplaced():
    p = city(children=2000, schools=20, group=1, slack=0.8, seed=14)
    own = np.random.default_rng(14).integers(0, 60_000, p.groups)
    p = with_columns(p, unplaced_cost=own)
    assert_same_answer(p, solve(p, "priced_seats").prices)


@pytest.mark.parametrize("engine", ENGINES)
def test_prices_of_another_seat_tree_are_refused(engine):
    p = problem([2], [{0: 3}], [10], [1, 4])
    for wrong in (np.zeros(3, np.int64), np.zeros((2, 1), np.int64), np.zeros(2)):
        with pytest.raises(ValueError, match="warm_start must be integers"):
            solve(p, engine, warm_start=wrong)
    assert solve(p, engine, warm_start=np.zeros(2, np.int32)).objective == 13
    assert solve(p, engine, warm_start=np.array([2**64 - 1, 0], np.uint64)).objective == 13


def test_the_same_bytes_twice():
    p = city(children=3000, schools=30, group=1, round_to=50, seed=15)
    prices = solve(p, "priced_seats").prices
    flows = [solve(p, "priced_seats", warm_start=prices).flow.tobytes() for _ in range(2)]
    assert flows[0] == flows[1]
