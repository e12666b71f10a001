"""The cost of staying unplaced, and the two parts of a price: children placed, and metres."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.problem import LARGEST, Problem


def unplaced_base(largest_cost: int, schools: int) -> int:
    """The smallest B above ``(2 x schools + 1) x largest_cost``, at least 1.

    A change of the flow moves children along a path that visits each school once at most, so it changes
    the metres by no more than ``schools x largest_cost`` either way. B is more than twice that: placing a
    child outweighs any metres, and a price is never nearer to the wrong multiple of B.
    """
    return (2 * int(schools) + 1) * int(largest_cost) + 1


def unplaced_costs(tiers: Integers, tier_count: int, largest_cost: int, schools: int) -> Integers:
    """Cost of one child of each tier staying unplaced: ``B + (T - t) G``, t = 1 for the first of T tiers.

    B is ``unplaced_base`` and G is 2 B. Any B > 0 and G > 0 beyond the metres would do: sets of children who
    can be placed together form a matroid, in which the best set is found greedily, tier by tier. So the
    least-cost flow places as many children as can be placed, among these as many of tier one, then of tier
    two ..., and then walks the fewest metres. With G = 2 B every cost is an odd multiple of B, which lets
    ``split_price`` tell one more child placed from nobody.

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
    if base * (2 * tier_count - 1) >= LARGEST:
        raise OverflowError(f"unplaced_costs: {tier_count} tiers over a base of {base} could pass 2**62")
    return base * (2 * (tier_count - 1 - given) + 1)


def placing_outweighs(problem: Problem) -> bool:
    """Whether every least-cost flow has the least cost of staying unplaced, whatever the arcs cost.

    It has if any two different costs of staying unplaced, 0 included, are farther apart than
    ``schools x largest arc cost``. For if another flow left children unplaced at less cost, cycles would lead
    from one flow to the other, one of which lowers that cost. A cycle passes "unplaced" once at most, so it
    lowers it by the difference of two such costs at least; and it enters and leaves each school once at most,
    so it changes the cost of the arcs by no more than ``schools x largest``: it would lower the total.
    """
    groups = problem.supply > 0
    levels = np.unique(np.append(problem.unplaced_cost[groups], 0))
    reach = len(np.unique(problem.pool)) * int(problem.cost.max(initial=0))
    return bool(np.all(np.diff(levels) > reach))


def split_price(total_prices: Integers, base: int) -> tuple[Integers, Integers]:
    """Part a total price into children placed and metres.

    One more seat opens one path of moves, which ends at the new seat and begins either with one unplaced
    child, whose cost is an odd multiple of the base (``unplaced_costs``), or with nobody. The metres of the
    path are below half the base either way, so the nearest multiple is the child's part, the rest metres.

    Args:
        total_prices: int64 (nodes,). base: ``unplaced_base`` of the problem.

    Returns:
        children: int64 (nodes,), children one more seat would place: 1 or 0.
        metres: int64 (nodes,), metres it would save; below zero where placing the child costs metres.

    Raises:
        ValueError: base below 1.
    """
    if base < 1:
        raise ValueError(f"split_price: base must be at least 1, got {base}")
    prices = np.asarray(total_prices, dtype=np.int64)
    multiple = (prices + base // 2) // base
    return multiple % 2, prices - multiple * base
