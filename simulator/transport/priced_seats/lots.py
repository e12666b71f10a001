"""Where the children are: lots of interchangeable children of one row in one pool, listed by pool."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled, in_place, inlined
from simulator.transport.priced_seats.forest import Forest
from simulator.transport.priced_seats.layout import Layout


class Lots(NamedTuple):
    """Children by the arc they take; the numbers of lots are never used again.

    Attributes:
        row: int32 (room,). arc: int64 (room,), the arc of the layout. children: int64 (room,), 0 once all
            have moved on. after: int32 (room,), the next lot of the same pool, -1 at the end.
        first: int32 (pools,), the first lot of a pool, -1 without. used: int64 (1,), lots so far.
    """

    row: Integers
    arc: Integers
    children: Integers
    after: Integers
    first: Integers
    used: Integers


def room_for_lots(layout: Layout, pools: int) -> Lots:
    """No lot yet, with room for one per row, some ties and some moves."""
    room = layout.rows + layout.rows // 8 + 16 * pools + 1024
    return Lots(
        row=np.empty(room, dtype=np.int32),
        arc=np.empty(room, dtype=np.int64),
        children=np.zeros(room, dtype=np.int64),
        after=np.full(room, -1, dtype=np.int32),
        first=np.full(pools, -1, dtype=np.int32),
        used=np.zeros(1, dtype=np.int64),
    )


def more_room_for_lots(lots: Lots) -> Lots:
    """The same lots with twice the room."""

    def doubled(column: Integers) -> Integers:
        return np.concatenate((column, np.zeros_like(column)))

    return lots._replace(
        row=doubled(lots.row),
        arc=doubled(lots.arc),
        children=doubled(lots.children),
        after=doubled(lots.after),
    )


@inlined
def add_lot(lots: Lots, row: int, arc: int, pool: int, children: int) -> int:
    """Put ``children`` of ``row`` on ``arc`` into ``pool``; the number of their lot."""
    lot = lots.used[0]
    lots.used[0] += 1
    lots.row[lot] = row
    lots.arc[lot] = arc
    lots.children[lot] = children
    lots.after[lot] = lots.first[pool]
    lots.first[pool] = lot
    return lot


@inlined
def next_lot(lots: Lots, pool: int, before: int) -> int:
    """The next lot with children in the list of ``pool``, -1 at its end; empty ones between are dropped.

    Args:
        before: the lot to go on from, -1 for the beginning.
    """
    lot = lots.first[pool] if before < 0 else lots.after[before]
    while lot >= 0 and lots.children[lot] == 0:
        lot = lots.after[lot]
        if before < 0:
            lots.first[pool] = lot
        else:
            lots.after[before] = lot
    return lot


@compiled
def choose_cheapest(
    layout: Layout, forest: Forest, nodes: int, total_price: Integers, lots: Lots
) -> Integers:
    """Every child where cost + total price is least; int64 (pools,), the children of each pool.

    This is what makes all reduced costs >= 0 at the start. Rows with several least options are kept for a
    second pass, which fills the pool with the most seats left first: any choice among them is as right,
    and this one leaves less to repair.
    """
    rows = len(layout.supply)
    load = np.zeros(len(forest.seats), dtype=np.int64)
    tied = np.empty(rows, dtype=np.int32)
    ties = _choose(layout, total_price, lots, load, tied)
    for t in range(ties):
        _settle_tie(layout, forest, nodes, total_price, lots, load, tied[t], rows - t)
    return load


@in_place
def _choose(layout: Layout, total_price: Integers, lots: Lots, load: Integers, tied: Integers) -> int:
    """Seat the rows with one least option, and write the others into ``tied``; how many these are."""
    ties = 0
    for row in range(len(layout.supply) - 1, -1, -1):
        low, high = layout.offsets[row], layout.offsets[row + 1]
        best = np.int64(layout.cost[low]) + total_price[layout.pool[low]]
        choice = low
        equal = False
        for a in range(low + 1, high):
            cost = np.int64(layout.cost[a])
            if cost > best:
                break
            option = cost + total_price[layout.pool[a]]
            if option < best:
                best = option
                choice = a
                equal = False
            elif option == best:
                equal = True
        if equal:
            tied[ties] = row
            ties += 1
        else:
            pool = layout.pool[choice]
            add_lot(lots, row, choice, pool, layout.supply[row])
            load[pool] += layout.supply[row]
    return ties


@in_place
def _settle_tie(
    layout: Layout,
    forest: Forest,
    nodes: int,
    total_price: Integers,
    lots: Lots,
    load: Integers,
    row: int,
    still_to_come: int,
) -> None:
    """Deal the children of a row out over its least options, most seats left first."""
    low, high = layout.offsets[row], layout.offsets[row + 1]
    best = np.int64(layout.cost[low]) + total_price[layout.pool[low]]
    for a in range(low + 1, high):
        best = min(best, np.int64(layout.cost[a]) + total_price[layout.pool[a]])
    left = layout.supply[row]
    while left > 0:
        choice, most = low, np.int64(-(2**62))
        for a in range(low, high):
            pool = layout.pool[a]
            if np.int64(layout.cost[a]) + total_price[pool] == best:
                free = forest.seats[pool] - load[pool] if pool < nodes else np.int64(0)
                if free > most:
                    choice, most = a, free
        children = left
        if 0 < most < left and lots.used[0] + still_to_come < len(lots.row) - 1:
            children = most
        pool = layout.pool[choice]
        add_lot(lots, row, choice, pool, children)
        load[pool] += children
        left -= children


@compiled
def flow_of(layout: Layout, lots: Lots, arcs: int) -> Integers:
    """int64 (arcs,): children over each arc of the problem."""
    flow = np.zeros(arcs, dtype=np.int64)
    _add_up(layout, lots, flow)
    return flow


@in_place
def _add_up(layout: Layout, lots: Lots, flow: Integers) -> None:
    plain = len(layout.arc) == 0
    for lot in range(lots.used[0]):
        at, row = lots.arc[lot], lots.row[lot]
        if plain:
            if at < layout.offsets[row + 1] - 1:
                flow[layout.start[row] + at - layout.offsets[row]] += lots.children[lot]
        elif layout.arc[at] >= 0:
            flow[layout.arc[at]] += lots.children[lot]
