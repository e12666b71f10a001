"""The problem as the engine walks it: rows of useful arcs, cheapest first, neighbours side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.transport.arc_order import NO_TIES, cheapest_first
from simulator.transport.compiled import compiled, in_place
from simulator.transport.priced_seats.unplaced import Classes, classes_of
from simulator.transport.problem import Problem

NARROW = 2**29
"""Costs below this are kept as int32: half the memory to walk. Sums are always formed in int64."""

LOOKED_AT = 2000
"""Rows that tell how coarse the costs are."""


class Layout(NamedTuple):
    """Groups that have a choice, as rows of arcs.

    A row holds the arcs that may carry children in some least-cost flow, cheapest first, and then the arc of
    staying unplaced, which leads to the node of its class. Rows with the same first and second choice stand
    together, so neighbours in memory are neighbours on the map, and every n-th row is a stratified sample.

    Attributes:
        offsets: int64 (rows + 1,). pool: int32 (arcs,). cost: int32 or int64 (arcs,), with the modest cost
            of staying unplaced. supply: int64 (rows,). group: int32 (rows,), the group of the problem.
        start: int64 (rows,), the first arc of the group in the problem.
        arc: int64 (arcs,), the arc of the problem, -1 for staying unplaced; empty where every row holds the
            first arcs of its group in the order given, as ``start`` then tells.
    """

    offsets: Integers
    pool: Integers
    cost: Integers
    supply: Integers
    group: Integers
    start: Integers
    arc: Integers

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.supply)


def lay_out(problem: Problem, *, modestly: bool = True) -> tuple[Layout, Classes]:
    """The rows of ``problem`` and the classes of its unplaced children, at modest costs to begin with or not.

    Left out, because some least-cost flow does without them:

    - groups without children;
    - arcs to a pool without seats (its own or an ancestor's): no child can take them;
    - arcs that cost as much as staying unplaced or more: any child on one may stay unplaced instead, which
      frees a seat and costs no more;
    - groups that then have no arc: their children stay unplaced.
    """
    open_pools = _open_pools(problem)
    order = _cheapest_first(problem)
    kept, first, second, largest = _survey(
        problem.offsets, problem.pool, problem.cost, order, problem.supply, problem.unplaced_cost, open_pools
    )
    rows = _neighbours_together(kept, first, second, problem.nodes)
    classes = classes_of(problem.unplaced_cost, kept, int(largest), modestly)
    narrow = max(int(classes.largest), int(largest)) < NARROW
    cost_type = np.int32 if narrow else np.int64
    plain = len(order) == 0 and bool(np.all(open_pools))
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(kept[rows] + 1, out=offsets[1:])
    arcs = int(offsets[-1])
    layout = Layout(
        offsets=offsets,
        pool=np.empty(arcs, dtype=np.int32),
        cost=np.empty(arcs, dtype=cost_type),
        supply=problem.supply[rows],
        group=rows,
        start=problem.offsets[rows],
        arc=np.empty(0 if plain else arcs, dtype=np.int64),
    )
    row_of = np.full(problem.groups, -1, dtype=np.int32)
    row_of[rows] = np.arange(len(rows), dtype=np.int32)
    _fill(
        layout,
        row_of,
        problem.pool,
        problem.cost,
        order,
        problem.unplaced_cost,
        open_pools,
        classes.true,
        classes.modest,
        problem.nodes,
    )
    return layout, classes


def _open_pools(problem: Problem) -> Booleans:
    """bool (nodes,): there is a seat at the node and at every ancestor."""
    return problem.down_the_tree((problem.seats == 0).astype(np.int64)) == 0


def _cheapest_first(problem: Problem) -> Integers:
    """The arcs in order of cost within each group, ties as given; empty where they are so already."""
    if _in_order(problem.offsets, problem.cost):
        return np.empty(0, dtype=np.int64)
    return cheapest_first(problem.offsets, problem.cost, NO_TIES)


@in_place
def _in_order(offsets: Integers, cost: Integers) -> bool:
    for g in range(len(offsets) - 1):
        for a in range(offsets[g] + 1, offsets[g + 1]):
            if cost[a] < cost[a - 1]:
                return False
    return True


@compiled
def _survey(
    offsets: Integers,
    pool: Integers,
    cost: Integers,
    order: Integers,
    supply: Integers,
    unplaced_cost: Integers,
    open_pools: Booleans,
) -> tuple[Integers, Integers, Integers, int]:
    """Per group: number of arcs kept, pools of the two cheapest; and the largest cost kept."""
    groups = len(supply)
    kept = np.zeros(groups, dtype=np.int64)
    first = np.zeros(groups, dtype=np.int32)
    second = np.zeros(groups, dtype=np.int32)
    largest = np.int64(0)
    sorted_already = len(order) == 0
    for g in range(groups):
        if supply[g] == 0:
            continue
        count = 0
        for position in range(offsets[g], offsets[g + 1]):
            a = position if sorted_already else order[position]
            if cost[a] >= unplaced_cost[g]:
                break
            if not open_pools[pool[a]]:
                continue
            if count == 0:
                first[g] = pool[a]
            elif count == 1:
                second[g] = pool[a]
            count += 1
            largest = max(largest, cost[a])
        kept[g] = count
    return kept, first, second, int(largest)


@compiled
def _neighbours_together(kept: Integers, first: Integers, second: Integers, nodes: int) -> Integers:
    """Groups with an arc, by first choice, then second, then row: two stable counting sorts."""
    groups = len(kept)
    ends = np.zeros(nodes + 1, dtype=np.int64)
    for g in range(groups):
        if kept[g] > 0:
            ends[second[g] + 1] += 1
    for v in range(nodes):
        ends[v + 1] += ends[v]
    by_second = np.empty(ends[nodes], dtype=np.int32)
    for g in range(groups):
        if kept[g] > 0:
            by_second[ends[second[g]]] = g
            ends[second[g]] += 1
    ends[:] = 0
    for g in by_second:
        ends[first[g] + 1] += 1
    for v in range(nodes):
        ends[v + 1] += ends[v]
    rows = np.empty(len(by_second), dtype=np.int32)
    for g in by_second:
        rows[ends[first[g]]] = g
        ends[first[g]] += 1
    return rows


@in_place
def _fill(
    layout: Layout,
    row_of: Integers,
    pool: Integers,
    cost: Integers,
    order: Integers,
    unplaced_cost: Integers,
    open_pools: Booleans,
    true: Integers,
    modest: Integers,
    nodes: int,
) -> None:
    """Write the kept arcs of every row, and staying unplaced at its end."""
    plain = len(layout.arc) == 0
    # Read in the order of the problem, written here and there: writes need not be waited for.
    for g in range(len(row_of)):
        row = row_of[g]
        if row < 0:
            continue
        low, last = layout.offsets[row], layout.offsets[row + 1] - 1
        start = layout.start[row]
        if plain:
            for k in range(last - low):
                layout.cost[low + k] = cost[start + k]
            for k in range(last - low):
                layout.pool[low + k] = pool[start + k]
        else:
            _pick(layout, pool, cost, order, open_pools, start, low, last)
            layout.arc[last] = -1
        asked = unplaced_cost[g]
        layout.pool[last] = nodes
        layout.cost[last] = asked
        for k in range(len(true)):
            if true[k] == asked:
                layout.pool[last] = nodes + k
                layout.cost[last] = modest[k]
                break


@in_place
def _pick(
    layout: Layout,
    pool: Integers,
    cost: Integers,
    order: Integers,
    open_pools: Booleans,
    start: int,
    low: int,
    last: int,
) -> None:
    """Copy the arcs of a row that lead to open pools, in order of cost."""
    position, to = start, low
    while to < last:
        a = order[position] if len(order) > 0 else position
        position += 1
        if open_pools[pool[a]]:
            layout.pool[to] = pool[a]
            layout.cost[to] = cost[a]
            layout.arc[to] = a
            to += 1


@in_place
def grain_of(layout: Layout) -> int:
    """A number that divides the cost of every arc looked at, in one row of ``LOOKED_AT`` or so; 1 at least.

    Distances may be rounded, and then so are some prices of an optimum. Nothing depends on it but speed.
    """
    rows = len(layout.supply)
    grain = np.int64(0)
    for row in range(0, rows, max(1, rows // LOOKED_AT)):
        for a in range(layout.offsets[row], layout.offsets[row + 1] - 1):
            rest = np.int64(layout.cost[a])
            while rest != 0:
                grain, rest = rest, grain % rest
            if grain == 1:
                return 1
    return max(1, int(grain))


@compiled
def stride_of(layout: Layout, stride: int) -> Layout:
    """Every ``stride``-th row, standing for all children of the rows around it; it lies close in memory."""
    rows = len(layout.supply)
    skip = stride // 2
    count = (rows - skip + stride - 1) // stride
    offsets = np.zeros(count + 1, dtype=np.int64)
    for i in range(count):
        row = skip + i * stride
        offsets[i + 1] = offsets[i] + layout.offsets[row + 1] - layout.offsets[row]
    sample = Layout(
        offsets=offsets,
        pool=np.empty(offsets[count], dtype=layout.pool.dtype),
        cost=np.empty(offsets[count], dtype=layout.cost.dtype),
        supply=np.zeros(count, dtype=layout.supply.dtype),
        group=np.empty(count, dtype=layout.group.dtype),
        start=np.empty(0, dtype=layout.start.dtype),
        arc=np.empty(0, dtype=layout.arc.dtype),
    )
    _take_rows(layout, sample, stride)
    return sample


@in_place
def _take_rows(layout: Layout, sample: Layout, stride: int) -> None:
    rows, count = len(layout.supply), len(sample.supply)
    for i in range(count):
        row = stride // 2 + i * stride
        for other in range(i * stride, rows if i == count - 1 else (i + 1) * stride):
            sample.supply[i] += layout.supply[other]
        sample.group[i] = layout.group[row]
        shift = layout.offsets[row] - sample.offsets[i]
        for a in range(sample.offsets[i], sample.offsets[i + 1]):
            sample.pool[a] = layout.pool[a + shift]
            sample.cost[a] = layout.cost[a + shift]
