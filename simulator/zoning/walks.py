"""Walks inside one zone: what hangs together, and what comes loose when a block leaves. Compiled."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import in_place
from simulator.zoning.ground import Drawing, Ground


def begin(ground: Ground, assigned: Integers, fixed: Booleans, units: Integers) -> Drawing:
    """A drawing from ``assigned`` int (blocks,); ``units`` int64 (blocks,) of change are in it."""
    blocks, schools = len(ground.load), len(ground.seats)
    some = np.flatnonzero(assigned != UNPLACED)
    load, mixed = np.zeros(schools, dtype=np.int64), np.zeros(schools, dtype=np.int64)
    np.add.at(load, assigned[some], ground.load[some])
    np.add.at(mixed, assigned[some], ground.mixed[some])
    drawing = Drawing(
        assigned=np.array(assigned, dtype=np.int64),
        attached=np.zeros(blocks, dtype=np.bool_),
        fixed=np.array(fixed, dtype=np.bool_),
        load=load,
        mixed=mixed,
        changed=np.array([units.sum()], dtype=np.int64),
        stamp=np.zeros(blocks, dtype=np.int64),
        seen=np.zeros(1, dtype=np.int64),
        queue=np.zeros(max(blocks, 1), dtype=np.int64),
    )
    attach_all(ground, drawing)
    return drawing


@in_place
def attach_all(ground: Ground, drawing: Drawing) -> None:
    """Mark the blocks of all zones that hang together with their school."""
    for block in range(len(drawing.attached)):
        drawing.attached[block] = False
    for school in range(len(ground.seats)):
        attach(ground, drawing, school)


@in_place
def attach(ground: Ground, drawing: Drawing, school: int) -> None:
    """Mark the blocks that hang together with ``school``; none of its blocks may be marked before."""
    home = ground.home[school]
    if home == UNPLACED:
        return
    queue = drawing.queue
    head, tail = 0, 0
    if drawing.assigned[home] == school:
        drawing.attached[home] = True
        queue[0] = home
        tail = 1
    else:
        for k in range(ground.near_offsets[home], ground.near_offsets[home + 1]):
            other = ground.near[k]
            if drawing.assigned[other] == school:
                drawing.attached[other] = True
                queue[tail] = other
                tail += 1
    while head < tail:
        block = queue[head]
        head += 1
        for k in range(ground.near_offsets[block], ground.near_offsets[block + 1]):
            other = ground.near[k]
            if drawing.assigned[other] == school and not drawing.attached[other]:
                drawing.attached[other] = True
                queue[tail] = other
                tail += 1


@in_place
def hang_together(ground: Ground, drawing: Drawing, school: int) -> int:
    """How many blocks of a zone a walk from its school reaches; marks nothing but stamps."""
    home = ground.home[school]
    if home == UNPLACED:
        return 0
    drawing.seen[0] += 1
    seen = drawing.seen[0]
    queue = drawing.queue
    queue[0] = home
    drawing.stamp[home] = seen
    head, tail = 0, 1
    while head < tail:
        block = queue[head]
        head += 1
        for k in range(ground.near_offsets[block], ground.near_offsets[block + 1]):
            other = ground.near[k]
            if drawing.assigned[other] == school and drawing.stamp[other] != seen:
                drawing.stamp[other] = seen
                queue[tail] = other
                tail += 1
    return tail if drawing.assigned[home] == school else tail - 1


@in_place
def come_loose(ground: Ground, drawing: Drawing, block: int, loose: Integers) -> int:
    """How many blocks lose their way to the school when ``block`` leaves its zone; they are put in ``loose``.

    The block of the school belongs to the walk whoever has it (``contiguity.detached``).

    1. With one neighbour in the zone, none does.
    2. If a walk from one of the neighbours comes to all the others, none does. It mostly does soon.
    3. Else what the walk from the school misses and one from the block's neighbours reaches.
    """
    school = drawing.assigned[block]
    home = ground.home[school]
    if not drawing.attached[block] or block == home:
        return 0
    drawing.seen[0] += 1
    wanted = drawing.seen[0]
    first, others = -1, 0
    for k in range(ground.near_offsets[block], ground.near_offsets[block + 1]):
        other = ground.near[k]
        if drawing.assigned[other] == school or other == home:
            if first < 0:
                first = other
            else:
                drawing.stamp[other] = wanted
                others += 1
    if others == 0 or _comes_to(ground, drawing, block, first, wanted, others):
        return 0
    drawing.seen[0] += 1
    safe = drawing.seen[0]
    drawing.stamp[home] = safe
    drawing.queue[0] = home
    _spread(ground, drawing, block, 0, 1, safe)
    count = 0
    for k in range(ground.near_offsets[block], ground.near_offsets[block + 1]):
        other = ground.near[k]
        if drawing.assigned[other] == school and drawing.stamp[other] != safe:
            drawing.stamp[other] = safe
            drawing.queue[0] = other
            tail = _spread(ground, drawing, block, 0, 1, safe)
            for at in range(tail):
                loose[count + at] = drawing.queue[at]
            count += tail
    return count


@in_place
def _comes_to(ground: Ground, drawing: Drawing, block: int, first: int, wanted: int, others: int) -> bool:
    """Whether a walk from ``first`` around ``block`` comes to all ``others`` blocks stamped ``wanted``."""
    school = drawing.assigned[block]
    home = ground.home[school]
    drawing.seen[0] += 1
    seen = drawing.seen[0]
    drawing.stamp[first] = seen
    drawing.queue[0] = first
    head, tail = 0, 1
    while head < tail:
        here = drawing.queue[head]
        head += 1
        for k in range(ground.near_offsets[here], ground.near_offsets[here + 1]):
            other = ground.near[k]
            mark = drawing.stamp[other]
            if mark == seen or other == block or (drawing.assigned[other] != school and other != home):
                continue
            if mark == wanted:
                others -= 1
                if others == 0:
                    return True
            drawing.stamp[other] = seen
            drawing.queue[tail] = other
            tail += 1
    return False


@in_place
def _spread(ground: Ground, drawing: Drawing, block: int, head: int, tail: int, stamp: int) -> int:
    """Walk on from the queue inside the zone of ``block``, avoiding it; the end of the queue."""
    school = drawing.assigned[block]
    home = ground.home[school]
    while head < tail:
        here = drawing.queue[head]
        head += 1
        for k in range(ground.near_offsets[here], ground.near_offsets[here + 1]):
            other = ground.near[k]
            if drawing.stamp[other] == stamp or other == block:
                continue
            if drawing.assigned[other] == school or other == home:
                drawing.stamp[other] = stamp
                drawing.queue[tail] = other
                tail += 1
    return tail
