"""Staying unplaced: as many as can be placed, the better tier first, then metres; prices in two parts."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import leaves, problem, trees, with_one_more_seat

from simulator.model import UNPLACED
from simulator.transport import solve, split_price, unplaced_base, unplaced_costs


@st.composite
def children(draw):
    """Single children of up to three tiers over a tree of seats: (arcs, tier, seats, parent)."""
    seats, parent = draw(trees(most=5))
    seats = [min(s, 3) for s in seats]
    count = draw(st.integers(1, 5))
    pools = st.sampled_from(leaves(parent))
    arcs = [draw(st.dictionaries(pools, st.integers(0, 50), max_size=3)) for _ in range(count)]
    return arcs, [draw(st.integers(0, 2)) for _ in range(count)], seats, parent


def build(arcs, tier, seats, parent):
    largest = max((c for group in arcs for c in group.values()), default=0)
    costs = unplaced_costs(np.array(tier), 3, largest, len(leaves(parent)))
    return problem([1] * len(arcs), arcs, costs, seats, parent), unplaced_base(largest, len(leaves(parent)))


def best_by_hand(arcs, tier, seats, parent):
    """Try every combination: most children, then most of tier 0, of tier 1, then fewest metres."""
    best = None
    for choice in itertools.product(*[[None, *group] for group in arcs]):
        load = [0] * len(seats)
        for node in choice:
            while node is not None and node != UNPLACED:
                load[node] += 1
                node = parent[node]
        if any(used > seat for used, seat in zip(load, seats, strict=True)):
            continue
        placed = [t for t, node in zip(tier, choice, strict=True) if node is not None]
        metres = sum(group[node] for group, node in zip(arcs, choice, strict=True) if node is not None)
        value = (-len(placed), -placed.count(0), -placed.count(1), metres)
        best = value if best is None else min(best, value)
    return best


@settings(max_examples=100, deadline=None)
@given(world=children())
def test_children_then_tiers_then_metres(world):
    arcs, tier, _, _ = world
    p, _ = build(*world)
    answer = solve(p)
    answer.certify()
    placed = [t for t, left in zip(tier, answer.unplaced, strict=True) if left == 0]
    metres = int((answer.flow * p.cost).sum())
    assert (-len(placed), -placed.count(0), -placed.count(1), metres) == best_by_hand(*world)
    assert len(arcs) == p.groups


@settings(max_examples=100, deadline=None)
@given(world=children())
def test_a_price_parts_into_the_child_placed_and_the_metres_saved(world):
    p, base = build(*world)
    answer = solve(p)
    placed, metres = split_price(answer.total_prices, base)
    for node in range(p.nodes):
        better = solve(with_one_more_seat(p, node))
        assert placed[node] == answer.unplaced.sum() - better.unplaced.sum()
        assert metres[node] == (answer.flow * p.cost).sum() - (better.flow * p.cost).sum()


def test_costs_rise_with_the_tier_by_odd_multiples_of_the_base():
    base = unplaced_base(1_000, 4)
    assert base > (2 * 4 + 1) * 1_000
    assert unplaced_costs(np.array([0, 1, 2, 2]), 3, 1_000, 4).tolist() == [5 * base, 3 * base, base, base]
    assert unplaced_costs(np.array([0]), 1, 0, 0).tolist() == [
        1
    ]  # nobody walks: a seat is still worth something


@pytest.mark.parametrize(
    ("price", "parts"),
    [(0, (0, 0)), (1_000, (1, 0)), (1_450, (1, 450)), (600, (1, -400)), (400, (0, 400)), (3_200, (1, 200))],
)
def test_the_nearest_multiple_is_the_child(price, parts):
    split = split_price(np.array([price]), 1_000)
    assert (int(split[0][0]), int(split[1][0])) == parts


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"0\.\.1"):
        unplaced_costs(np.array([2]), 2, 10, 3)
    with pytest.raises(OverflowError, match="2\\*\\*62"):
        unplaced_costs(np.array([0]), 10, 2**50, 1_000)
    with pytest.raises(ValueError, match="at least 1"):
        split_price(np.array([3]), 0)
