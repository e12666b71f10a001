"""The arcs of every group: cheapest first, and no pool twice."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled, in_place

RUN = 32
"""Arcs that are put in order by insertion: a handful, mostly in order already. Longer lists are merged."""

NO_TIES = np.zeros(0, dtype=np.int32)
"""Ties by position: for ``cheapest_first``."""


@compiled
def cheapest_first(offsets: Integers, cost: Integers, tie: Integers) -> Integers:
    """int64 (arcs,): arcs by (cost, ``tie``, position) within each group, the groups one after the other.

    As ``numpy.lexsort`` over all arcs would order them, in the time of a few passes: a group's arcs are few,
    close in memory and often nearly in order. Runs of ``RUN`` by insertion, then merged by twos.

    Args:
        offsets: int64 (groups + 1,). cost: int (arcs,). tie: int (arcs,), or ``NO_TIES``.
    """
    order = np.arange(len(cost))
    longest = 0
    for g in range(len(offsets) - 1):
        longest = max(longest, offsets[g + 1] - offsets[g])
    spare = np.empty(longest if longest > RUN else 0, dtype=np.int64)
    for g in range(len(offsets) - 1):
        low, high = offsets[g], offsets[g + 1]
        for start in range(low, high, RUN):
            _insert(order, cost, tie, start, min(start + RUN, high))
        width = RUN
        while width < high - low:
            for start in range(low, high - width, 2 * width):
                _merge(order, cost, tie, start, start + width, min(start + 2 * width, high), spare)
            width *= 2
    return order


@in_place
def _after(cost: Integers, tie: Integers, one: int, other: int) -> bool:
    """Whether arc ``one`` stands after arc ``other``, a later one among equals staying later."""
    if cost[one] != cost[other]:
        return cost[one] > cost[other]
    return len(tie) > 0 and tie[one] > tie[other]


@in_place
def _insert(order: Integers, cost: Integers, tie: Integers, low: int, high: int) -> None:
    for at in range(low + 1, high):
        arc = order[at]
        to = at
        while to > low and _after(cost, tie, order[to - 1], arc):
            order[to] = order[to - 1]
            to -= 1
        order[to] = arc


@in_place
def _merge(
    order: Integers, cost: Integers, tie: Integers, low: int, middle: int, high: int, spare: Integers
) -> None:
    """Merge the run before ``middle`` with the one from it on."""
    for k in range(middle - low):
        spare[k] = order[low + k]
    one, other = 0, middle
    for to in range(low, high):
        if one < middle - low and (other == high or not _after(cost, tie, spare[one], order[other])):
            order[to] = spare[one]
            one += 1
        else:
            order[to] = order[other]
            other += 1


@compiled
def names_twice(offsets: Integers, pool: Integers, nodes: int) -> bool:
    """Whether some group has two arcs to one pool; pools are rows of ``nodes``."""
    last_group = np.full(nodes, -1, dtype=np.int64)
    for g in range(len(offsets) - 1):
        for a in range(offsets[g], offsets[g + 1]):
            if last_group[pool[a]] == g:
                return True
            last_group[pool[a]] = g
    return False
