"""Whole blocks to open sites within their seats: place what is left, move and exchange while it saves."""

from __future__ import annotations

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled


@compiled
def improve(
    cost: Integers, unplaced_cost: Integers, load: Integers, room: Integers, at: Integers, order: Integers
) -> None:
    """Change ``at`` int64 (blocks,) and ``room`` int64 (slots,) in place until nothing here saves any more.

    Every change lowers the cost, which is a whole number, so it ends.

    1. Blocks of ``order`` take the cheapest slot with room, if one is cheaper than none.
    2. A block moves to a cheaper slot with room.
    3. Two blocks exchange slots (one of them may be unplaced: then the other one is afterwards).
    4. A block takes a slot from which another block moves on to a third; where that takes long, only blocks
       without a slot do.

    Args:
        cost: int64 (blocks, slots), -1 where the slot is no candidate.
    """
    blocks, slots = cost.shape
    for b in order:
        _move(cost, unplaced_cost, load, room, at, b)
    changed = True
    while changed:
        changed = False
        for b in range(blocks):
            if _move(cost, unplaced_cost, load, room, at, b):
                changed = True
        for b in range(blocks):
            for c in range(b + 1, blocks):
                if at[b] != at[c] and _exchange(cost, unplaced_cost, load, room, at, b, c):
                    changed = True
        for b in range(blocks):
            few = at[b] < 0 or blocks * blocks * slots <= 50_000_000
            if not changed and few and _push(cost, unplaced_cost, load, room, at, b):
                changed = True


@compiled
def _paid(cost: Integers, unplaced_cost: Integers, b: int, s: int) -> int:
    """Cost of block ``b`` in slot ``s``, or unplaced (-1)."""
    return cost[b, s] if s >= 0 else unplaced_cost[b]


@compiled
def _put(load: Integers, room: Integers, at: Integers, b: int, s: int) -> None:
    """Block ``b`` to slot ``s``, which has room."""
    if at[b] >= 0:
        room[at[b]] += load[b]
    if s >= 0:
        room[s] -= load[b]
    at[b] = s


@compiled
def _move(
    cost: Integers, unplaced_cost: Integers, load: Integers, room: Integers, at: Integers, b: int
) -> bool:
    """Move ``b`` to the cheapest slot with room, if that saves."""
    best, to = _paid(cost, unplaced_cost, b, at[b]), -2
    if unplaced_cost[b] < best:
        best, to = unplaced_cost[b], -1
    for s in range(cost.shape[1]):
        if s != at[b] and cost[b, s] >= 0 and cost[b, s] < best and room[s] >= load[b]:
            best, to = cost[b, s], s
    if to == -2:
        return False
    _put(load, room, at, b, to)
    return True


@compiled
def _exchange(
    cost: Integers, unplaced_cost: Integers, load: Integers, room: Integers, at: Integers, b: int, c: int
) -> bool:
    """Exchange the slots of ``b`` and ``c``, if that is possible and saves."""
    s, t = at[b], at[c]
    if (t >= 0 and cost[b, t] < 0) or (s >= 0 and cost[c, s] < 0):
        return False
    before = _paid(cost, unplaced_cost, b, s) + _paid(cost, unplaced_cost, c, t)
    if _paid(cost, unplaced_cost, b, t) + _paid(cost, unplaced_cost, c, s) >= before:
        return False
    if s >= 0 and room[s] + load[b] < load[c]:
        return False
    if t >= 0 and room[t] + load[c] < load[b]:
        return False
    _put(load, room, at, b, -1)
    _put(load, room, at, c, s)
    _put(load, room, at, b, t)
    return True


@compiled
def _push(
    cost: Integers, unplaced_cost: Integers, load: Integers, room: Integers, at: Integers, b: int
) -> bool:
    """Put ``b`` into a full slot by moving another block of it on to a third, if that saves."""
    here = _paid(cost, unplaced_cost, b, at[b])
    for s in range(cost.shape[1]):
        if s == at[b] or cost[b, s] < 0 or cost[b, s] >= here or room[s] >= load[b]:
            continue
        for c in range(cost.shape[0]):
            if at[c] != s or room[s] + load[c] < load[b]:
                continue
            for t in range(cost.shape[1]):
                back = load[b] if t == at[b] else 0
                if t == s or cost[c, t] < 0 or room[t] + back < load[c]:
                    continue
                if cost[b, s] + cost[c, t] < here + cost[c, s]:
                    _put(load, room, at, b, -1)
                    _put(load, room, at, c, t)
                    _put(load, room, at, b, s)
                    return True
    return False
