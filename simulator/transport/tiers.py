"""The cost of staying unplaced, and the two parts of a price: children placed, and metres."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.problem import LARGEST


def unplaced_base(largest_cost: int, schools: int) -> int:
    """The smallest B above ``(2 x schools + 1) x largest_cost``, at least 1.

    A change of the flow moves children along a path that visits each school once at most, so it changes
    the metres by no more than ``schools x largest_cost`` either way. B is more than twice that: placing a
    child outweighs any metres, and a price is never nearer to the wrong multiple of B.
    """
    return (2 * int(schools) + 1) * int(largest_cost) + 1


def unplaced_costs(tiers: Integers, tier_count: int, largest_cost: int, schools: int) -> Integers:
    """Cost of one child of each tier staying unplaced: ``B + (T - t) G``, t = 1 for the first of T tiers.

    B and G are both ``unplaced_base``. As any B > 0 and G > 0 would do for the sets of children who can be
    placed together (a matroid: the best set is found greedily, tier by tier), the least-cost flow places as
    many children as can be placed, among these as many of tier one, then of tier two ..., and then walks the
    fewest metres.

    Args:
        tiers: int (groups,), 0 for the first tier, below ``tier_count``.
        tier_count: number of tiers, at least 1. largest_cost: largest arc cost. schools: number of pools.

    Returns:
        int64 (groups,).

    Raises:
        ValueError: a tier outside the range. OverflowError: a cost would reach 2**62.
    """
    given = np.asarray(tiers, dtype=np.int64)
    if tier_count < 1 or np.any(given < 0) or np.any(given >= tier_count):
        raise ValueError(f"unplaced_costs: tiers must be 0..{tier_count - 1}")
    base = unplaced_base(largest_cost, schools)
    if base * tier_count >= LARGEST:
        raise OverflowError(f"unplaced_costs: {tier_count} tiers of {base} could pass 2**62")
    return base * (tier_count - given)


def split_price(total_prices: Integers, base: int) -> tuple[Integers, Integers]:
    """Part a total price into children placed and metres: ``price = children x base + metres``.

    Args:
        total_prices: int64 (nodes,). base: ``unplaced_base`` of the problem.

    Returns:
        children: int64 (nodes,), the nearest whole multiple. With one tier it is the number of children
            one more seat would place, 0 or 1; with T tiers it is T - t + 1 for one child of tier t.
        metres: int64 (nodes,), what is left; metres saved, below zero where placing the child costs metres.

    Raises:
        ValueError: base below 1.
    """
    if base < 1:
        raise ValueError(f"split_price: base must be at least 1, got {base}")
    prices = np.asarray(total_prices, dtype=np.int64)
    children = (prices + base // 2) // base
    return children, prices - children * base
