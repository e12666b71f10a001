"""Shifts: one block, with what would come loose behind it, from its zone into one beside it. Compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled, in_place, inlined
from simulator.zoning.ground import Aim, Drawing, Ground
from simulator.zoning.walks import come_loose


class Shifts(NamedTuple):
    """All shifts of a drawing that keep the rest of their zone together, and find their new one beside them
    (or bring an exempt block back to today's school).

    Attributes:
        source, target: int64 (shifts,), schools. first, second, units: int64 (shifts,), what the arcs of the
            aim change by. load, mixed: int64 (shifts,), children.
        member_offsets, member: int64 (shifts + 1,) and flat, the blocks that move.
        offsets, out_of: int64 (schools + 1,) and (shifts,), shifts by their source.
    """

    source: Integers
    target: Integers
    first: Integers
    second: Integers
    units: Integers
    load: Integers
    mixed: Integers
    member_offsets: Integers
    member: Integers
    offsets: Integers
    out_of: Integers


@inlined
def arc_of(ground: Ground, block: int, school: int) -> int:
    """The arc of the ground from ``block`` to ``school``, -1 where there is none."""
    low, high = ground.offsets[block], ground.offsets[block + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if ground.school[middle] < school:
            low = middle + 1
        else:
            high = middle
    if low < end and ground.school[low] == school:
        return low
    return -1


@in_place
def schools_beside(ground: Ground, drawing: Drawing, block: int, mark: Integers, found: Integers) -> int:
    """How many zones ``block`` could join, put in ``found``: beside an attached block, or the school itself.

    An island may join any, an exempt block today's. ``mark`` int64 (schools,) is below ``block + 1`` but
    where the block marks it.
    """
    here = drawing.assigned[block]
    count = 0
    if ground.island[block]:
        for arc in range(ground.offsets[block], ground.offsets[block + 1]):
            if ground.school[arc] != here:
                found[count] = ground.school[arc]
                count += 1
        return count
    stays = ground.stays[block]
    if stays != UNPLACED and stays != here:
        mark[stays] = block
        found[count] = stays
        count += 1
    for k in range(ground.near_offsets[block] - 1, ground.near_offsets[block + 1]):
        beside = block if k < ground.near_offsets[block] else ground.near[k]
        school = drawing.assigned[beside]
        if school != UNPLACED and school != here and drawing.attached[beside] and mark[school] != block:
            mark[school] = block
            found[count] = school
            count += 1
        for at in range(ground.standing_offsets[beside], ground.standing_offsets[beside + 1]):
            school = ground.standing[at]
            if school != here and mark[school] != block:
                mark[school] = block
                found[count] = school
                count += 1
    return count


@compiled
def list_shifts(ground: Ground, drawing: Drawing, aim: Aim) -> Shifts:
    """Every shift there is, by the rows of the blocks."""
    blocks, schools = len(ground.load), len(ground.seats)
    mark = np.full(schools, -1, dtype=np.int64)
    found = np.empty(schools, dtype=np.int64)
    loose = np.empty(blocks + 1, dtype=np.int64)
    space, room, count, filled = 4 * blocks + 16, 8 * blocks + 16, 0, 0
    rows = np.empty((7, space), dtype=np.int64)
    member_offsets = np.zeros(space + 1, dtype=np.int64)
    member = np.empty(room, dtype=np.int64)
    for block in range(blocks):
        here = drawing.assigned[block]
        if here == UNPLACED or drawing.fixed[block]:
            continue
        beside = schools_beside(ground, drawing, block, mark, found)
        if beside == 0:
            continue
        moving = come_loose(ground, drawing, block, loose)
        loose[moving] = block
        moving += 1
        for k in range(beside):
            if count == space:
                wider = np.empty((7, 2 * space), dtype=np.int64)
                wider[:, :space] = rows
                longer = np.zeros(2 * space + 1, dtype=np.int64)
                longer[: space + 1] = member_offsets
                rows, member_offsets, space = wider, longer, 2 * space
            while filled + moving > room:
                more = np.empty(2 * room, dtype=np.int64)
                more[:room] = member
                member, room = more, 2 * room
            if _write(ground, drawing, aim, loose, moving, found[k], rows, count):
                rows[0, count] = here
                member[filled : filled + moving] = loose[:moving]
                filled += moving
                count += 1
                member_offsets[count] = filled
    offsets = np.zeros(schools + 1, dtype=np.int64)
    for shift in range(count):
        offsets[rows[0, shift] + 1] += 1
    for school in range(schools):
        offsets[school + 1] += offsets[school]
    place = offsets.copy()
    out_of = np.empty(count, dtype=np.int64)
    for shift in range(count):
        out_of[place[rows[0, shift]]] = shift
        place[rows[0, shift]] += 1
    return Shifts(
        rows[0, :count],
        rows[1, :count],
        rows[2, :count],
        rows[3, :count],
        rows[4, :count],
        rows[5, :count],
        rows[6, :count],
        member_offsets[: count + 1],
        member[:filled],
        offsets,
        out_of,
    )


@in_place
def _write(
    ground: Ground,
    drawing: Drawing,
    aim: Aim,
    moving: Integers,
    count: int,
    school: int,
    rows: Integers,
    at: int,
) -> bool:
    """Write what it takes to move the first ``count`` blocks to ``school``; False where one may not."""
    for row in range(1, 7):
        rows[row, at] = 0
    rows[1, at] = school
    for k in range(count):
        block = moving[k]
        to = arc_of(ground, block, school)
        if to < 0 or drawing.fixed[block]:
            return False
        of = arc_of(ground, block, drawing.assigned[block])
        rows[2, at] += aim.first[to] - aim.first[of]
        rows[3, at] += aim.second[to] - aim.second[of]
        rows[4, at] += aim.units[to] - aim.units[of]
        rows[5, at] += ground.load[block]
        rows[6, at] += ground.mixed[block]
    return True
