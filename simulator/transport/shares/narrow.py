"""The core over the arcs that matter: those nearly the cheapest of their group at prices known beforehand.

At the prices of a similar problem most arcs of a group cost far more, with the price of the seat, than what
the group pays. They are left out; afterwards every arc is looked at with the prices found. An arc left out
that costs as little as what its group pays comes in, and the core solves again.

**Why the answer is that of all arcs, byte for byte.** Where no arc left out costs as little, the prices found
are optimal for all arcs, and so is the flow. They are also the least ones: prices that are optimal for all
arcs are so for some of them, so the least over some are not above the least over all, and here they are
themselves optimal for all. And the equally good flows follow from the prices and from the arcs that are as
cheap as what their group pays (``ties.py``); all of these came in, in the order they have.
"""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import in_place
from simulator.transport.shares.rule import Relaxed

MUCH = 2**31 - 1
"""The greatest slack told."""


def slacks(relaxed: Relaxed, total_prices: Integers) -> Integers:
    """int32 (arcs,): how much cost + price is above what the group pays; at most ``MUCH``.

    Args:
        total_prices: int64 (nodes,).
    """
    problem = relaxed.given.problem
    slack = np.empty(len(problem.pool), dtype=np.int32)
    _slacks(
        problem.offsets,
        problem.pool,
        problem.cost,
        relaxed.factor,
        relaxed.given.disfavoured,
        np.array(relaxed.surcharges.children, dtype=np.int64),
        relaxed.unplaced_cost,
        total_prices,
        np.empty(int(np.diff(problem.offsets).max(initial=0)), dtype=np.int64),
        slack,
    )
    return slack


@in_place
def _slacks(
    offsets: Integers,
    pool: Integers,
    cost: Integers,
    factor: int,
    disfavoured: Booleans,
    surcharge: Integers,
    unplaced_cost: Integers,
    total_price: Integers,
    dear: Integers,
    slack: Integers,
) -> None:
    """``dear``: room for the arcs of one group. Without branches, for there is nothing to foresee."""
    for group in range(len(unplaced_cost)):
        first, last = offsets[group], offsets[group + 1]
        paid = unplaced_cost[group]
        for arc in range(first, last):
            total = factor * cost[arc] + total_price[pool[arc]]
            for rule in range(len(surcharge)):
                total += disfavoured[rule, arc] * surcharge[rule]
            dear[arc - first] = total
            paid = min(paid, total)
        for arc in range(first, last):
            slack[arc] = min(dear[arc - first] - paid, MUCH)
