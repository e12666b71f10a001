"""Whole blocks to open sites within their seats: place what is left, move and exchange while it saves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled

MOST_PASSES = 40
"""Passes over all blocks at most; nearly always it ends earlier, with nothing left to save."""

MOST_PUSHING = 7_000
"""Blocks beyond which only those without a slot push others on."""


class Places(NamedTuple):
    """Who is where; the searches write into it. The last slot is the one of blocks without a site.

    Attributes:
        cost: int64 (blocks, slots + 1), -1 where the slot is no candidate; the last is the cost of none.
        load: int64 (blocks,). room: int64 (slots + 1,), seats left. at: int64 (blocks,), slot.
        first: int64 (slots + 1,), after, before: int64 (blocks,): the blocks of a slot as a chain, -1 at its
            ends.
    """

    cost: Integers
    load: Integers
    room: Integers
    at: Integers
    first: Integers
    after: Integers
    before: Integers


def places(cost: Integers, load: Integers, room: Integers, at: Integers) -> Places:
    """The chains of ``at``; the other columns are taken as they are, but for ``room``, which is changed."""
    blocks, slots = cost.shape
    found = Places(
        cost=cost,
        load=load,
        room=room,
        at=np.full(blocks, slots - 1, dtype=np.int64),
        first=np.full(slots, -1, dtype=np.int64),
        after=np.full(blocks, -1, dtype=np.int64),
        before=np.full(blocks, -1, dtype=np.int64),
    )
    fill(found, at)
    return found


@compiled
def fill(places: Places, at: Integers) -> None:
    """Put every block where ``at`` int64 (blocks,) says; before, none is in a chain."""
    for b in range(len(at)):
        places.at[b] = -1
        _put(places, b, at[b])


@compiled
def improve(places: Places, order: Integers, passes: int, push_all: bool) -> None:
    """Change ``places`` until nothing here saves any more, or so many passes are done.

    Every change lowers the cost, which is a whole number, so it ends.

    1. Blocks of ``order`` take the cheapest slot with room, if one is cheaper than none.
    2. A block moves to a cheaper slot with room.
    3. A block takes a cheaper slot and sends a block from there to its own (which may be none).
    4. A block takes a cheaper slot from which another block moves on to a third.
    """
    for b in order:
        _move(places, b)
    blocks = len(places.at)
    none = places.cost.shape[1] - 1
    for _ in range(passes):
        changed = False
        for b in range(blocks):
            if _move(places, b) or _exchange(places, b):
                changed = True
        for b in range(blocks):
            if not changed and (push_all or places.at[b] == none) and _push(places, b):
                changed = True
        if not changed:
            return


@compiled
def _put(places: Places, b: int, s: int) -> None:
    """Block ``b`` to slot ``s``, whatever the room; from its slot, if it is in one."""
    t = places.at[b]
    if t >= 0:
        places.room[t] += places.load[b]
        if places.before[b] >= 0:
            places.after[places.before[b]] = places.after[b]
        else:
            places.first[t] = places.after[b]
        if places.after[b] >= 0:
            places.before[places.after[b]] = places.before[b]
    places.room[s] -= places.load[b]
    places.at[b] = s
    places.before[b] = -1
    places.after[b] = places.first[s]
    if places.first[s] >= 0:
        places.before[places.first[s]] = b
    places.first[s] = b


@compiled
def _move(places: Places, b: int) -> bool:
    """Move ``b`` to the cheapest slot with room, if that saves."""
    best, to = places.cost[b, places.at[b]], -1
    for s in range(places.cost.shape[1]):
        cost = places.cost[b, s]
        if 0 <= cost < best and s != places.at[b] and places.room[s] >= places.load[b]:
            best, to = cost, s
    if to >= 0:
        _put(places, b, to)
    return to >= 0


@compiled
def _exchange(places: Places, b: int) -> bool:
    """Exchange ``b`` with a block in a slot that is cheaper for it, the first that saves."""
    cost, load, room = places.cost, places.load, places.room
    s = places.at[b]
    for t in range(cost.shape[1]):
        gain = cost[b, s] - cost[b, t]
        if t == s or cost[b, t] < 0 or gain <= 0:
            continue
        c = places.first[t]
        while c >= 0:
            if 0 <= cost[c, s] < cost[c, t] + gain:
                fits = room[t] + load[c] >= load[b] and room[s] + load[b] >= load[c]
                if fits:
                    _put(places, b, t)
                    _put(places, c, s)
                    return True
            c = places.after[c]
    return False


@compiled
def _push(places: Places, b: int) -> bool:
    """Put ``b`` into a cheaper slot by moving another block of it on to a third, the first that saves."""
    cost, load, room = places.cost, places.load, places.room
    s = places.at[b]
    for t in range(cost.shape[1]):
        gain = cost[b, s] - cost[b, t]
        if t == s or cost[b, t] < 0 or gain <= 0:
            continue
        c = places.first[t]
        while c >= 0:
            if room[t] + load[c] >= load[b]:
                for u in range(cost.shape[1]):
                    back = load[b] if u == s else 0
                    if u != t and 0 <= cost[c, u] < cost[c, t] + gain and room[u] + back >= load[c]:
                        _put(places, b, t)
                        _put(places, c, u)
                        return True
            c = places.after[c]
    return False
