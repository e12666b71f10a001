"""The cheapest move of one child from a pool to every other: the arcs of the pool graph."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import in_place, inlined
from simulator.transport.priced_seats.layout import Layout
from simulator.transport.priced_seats.lots import Lots, next_lot


class Moves(NamedTuple):
    """Moves out of each pool, as lists that are rebuilt when they are needed and no longer good.

    The move from s to t costs ``cost of the arc to t - cost of the arc to s`` for the child that makes it.
    Where the lot of the cheapest has left, the entry stays as a lower bound until a search wants to use it:
    others can only cost more. Then that entry is found afresh (``renew``). Distances over lower bounds keep
    every reduced cost >= 0, and no path is ever taken over such an entry.

    A list goes no further than its horizon: most arcs lead so far that no search comes to them. Who searches
    beyond (``repair._short_lists``) moves the horizon and searches again.

    Attributes:
        start, length, room: int64 (pools,), the list of a pool in the columns below, and how far it may grow.
        stale: bool (pools,), the list must be rebuilt before any use.
        horizon: int64 (pools,), every move out of the pool that costs no more is listed.
        target: int32 (space,). cost: int64 (space,). lot: int32 (space,), whose child moves. arc: int64
            (space,), the arc it moves to.
        slot: int32 (pools,), -1 between uses. used: int64 (1,), space taken.
        new_target, new_cost, new_lot, new_arc: (pools,), where a list is built.
    """

    start: Integers
    length: Integers
    room: Integers
    stale: Booleans
    horizon: Integers
    target: Integers
    cost: Integers
    lot: Integers
    arc: Integers
    slot: Integers
    used: Integers
    new_target: Integers
    new_cost: Integers
    new_lot: Integers
    new_arc: Integers


def room_for_moves(pools: int) -> Moves:
    """No list yet and nothing in sight, with room for some per pool."""
    space = pools * min(pools + 8, 160)
    return Moves(
        start=np.zeros(pools, dtype=np.int64),
        length=np.zeros(pools, dtype=np.int64),
        room=np.zeros(pools, dtype=np.int64),
        stale=np.ones(pools, dtype=np.bool_),
        horizon=np.zeros(pools, dtype=np.int64),
        target=np.empty(space, dtype=np.int32),
        cost=np.empty(space, dtype=np.int64),
        lot=np.empty(space, dtype=np.int32),
        arc=np.empty(space, dtype=np.int64),
        slot=np.full(pools, -1, dtype=np.int32),
        used=np.zeros(1, dtype=np.int64),
        new_target=np.empty(pools, dtype=np.int32),
        new_cost=np.empty(pools, dtype=np.int64),
        new_lot=np.empty(pools, dtype=np.int32),
        new_arc=np.empty(pools, dtype=np.int64),
    )


def more_room_for_moves(moves: Moves) -> Moves:
    """The same lists with twice the room."""

    def doubled(column: Integers) -> Integers:
        return np.concatenate((column, np.empty_like(column)))

    return moves._replace(
        target=doubled(moves.target),
        cost=doubled(moves.cost),
        lot=doubled(moves.lot),
        arc=doubled(moves.arc),
    )


@in_place
def rebuild(layout: Layout, lots: Lots, moves: Moves, pool: int) -> bool:
    """List the moves out of ``pool`` afresh, dropping lots that are empty; False if the space is used up."""
    count = 0
    lot = next_lot(lots, pool, -1)
    while lot >= 0:
        count = _offer_new(layout, lots, moves, pool, lot, count)
        lot = next_lot(lots, pool, lot)
    for k in range(count):
        moves.slot[moves.new_target[k]] = -1
    return _store(moves, pool, count)


@in_place
def renew(layout: Layout, lots: Lots, moves: Moves, pool: int, k: int) -> None:
    """Find the cheapest move to the target of entry ``k`` afresh.

    Where there is none within the horizon the last entry of the list takes its place.
    """
    target = moves.target[k]
    best = moves.horizon[pool] + 1
    cheapest, arc = -1, -1
    lot = next_lot(lots, pool, -1)
    while lot >= 0:
        row = lots.row[lot]
        here = np.int64(layout.cost[lots.arc[lot]])
        for a in range(layout.offsets[row], layout.offsets[row + 1]):
            cost = np.int64(layout.cost[a]) - here
            if cost >= best:
                break
            if layout.pool[a] == target:
                best = cost
                cheapest, arc = lot, a
                break
        lot = next_lot(lots, pool, lot)
    if cheapest >= 0:
        moves.cost[k] = best
        moves.lot[k] = cheapest
        moves.arc[k] = arc
        return
    moves.length[pool] -= 1
    last = moves.start[pool] + moves.length[pool]
    moves.target[k] = moves.target[last]
    moves.cost[k] = moves.cost[last]
    moves.lot[k] = moves.lot[last]
    moves.arc[k] = moves.arc[last]


@inlined
def _offer_new(layout: Layout, lots: Lots, moves: Moves, pool: int, lot: int, count: int) -> int:
    """Compare the moves of one lot, cheapest first, with the cheapest so far; the number of targets found."""
    row = lots.row[lot]
    here = np.int64(layout.cost[lots.arc[lot]])
    for a in range(layout.offsets[row], layout.offsets[row + 1]):
        target = layout.pool[a]
        cost = np.int64(layout.cost[a]) - here
        if cost > moves.horizon[pool]:
            break
        k = moves.slot[target]
        if k < 0:
            if target == pool:
                continue
            k = count
            count += 1
            moves.slot[target] = k
            moves.new_target[k] = target
        elif cost >= moves.new_cost[k]:
            continue
        moves.new_cost[k] = cost
        moves.new_lot[k] = lot
        moves.new_arc[k] = a
    return count


@inlined
def _store(moves: Moves, pool: int, count: int) -> bool:
    """Copy the list just built to its place, to a new and larger one if need be."""
    if count > moves.room[pool]:
        room = min(count + count // 4 + 4, len(moves.slot))
        if moves.used[0] + room > len(moves.target):
            return False
        moves.start[pool] = moves.used[0]
        moves.room[pool] = room
        moves.used[0] += room
    to = moves.start[pool]
    for k in range(count):
        moves.target[to + k] = moves.new_target[k]
        moves.cost[to + k] = moves.new_cost[k]
        moves.lot[to + k] = moves.new_lot[k]
        moves.arc[to + k] = moves.new_arc[k]
    moves.length[pool] = count
    moves.stale[pool] = False
    return True


@in_place
def offer(layout: Layout, lots: Lots, moves: Moves, pool: int, lot: int) -> None:
    """Enter the moves of a lot that has just come to ``pool`` into its list."""
    if moves.stale[pool]:
        return
    start, length = moves.start[pool], moves.length[pool]
    before = length
    for k in range(start, start + length):
        moves.slot[moves.target[k]] = k
    row = lots.row[lot]
    here = np.int64(layout.cost[lots.arc[lot]])
    for a in range(layout.offsets[row], layout.offsets[row + 1]):
        target = layout.pool[a]
        if target == pool:
            continue
        cost = np.int64(layout.cost[a]) - here
        if cost > moves.horizon[pool]:
            break
        k = moves.slot[target]
        if k < 0:
            if length == moves.room[pool]:
                moves.stale[pool] = True
                break
            k = start + length
            length += 1
            moves.target[k] = target
        elif cost > moves.cost[k] or (cost == moves.cost[k] and lots.children[moves.lot[k]] > 0):
            continue
        moves.cost[k] = cost
        moves.lot[k] = lot
        moves.arc[k] = a
    for k in range(start, start + before):
        moves.slot[moves.target[k]] = -1
    moves.length[pool] = length
