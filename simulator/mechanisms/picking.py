"""The order of the draw and picking in it, compiled, for large rounds: memory is asked for ahead of its use.

Row numbers come as unsigned columns: a signed index is tested for a count from the end at every use, which
takes a third of the time here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from simulator.model import UNPLACED, Applications, Draw
from simulator.model.arrays import Integers, read_only
from simulator.transport.compiled import fetch, in_place, inlined

FAR, NEAR = 24, 12
"""So many applicants ahead the begin of a list is asked for, and then its first choice."""

NEXT = np.uint64(1)


def unsigned(column: Integers) -> Integers:
    """The same column, read-only, as numbers without a sign; the caller knows that none is negative."""
    return read_only(column.view(np.dtype(f"u{column.dtype.itemsize}")))


def turn_of(applications: Applications, draw: Draw) -> Integers | None:
    """int32 (applicants,): applicants in the order of the draw.

    ``None`` where places are shared or left out, so that putting everybody at its place does not tell it.
    """
    turn = np.full(len(applications), UNPLACED, dtype=np.int32)
    return turn if _put_at_places(applications.student, draw.order, turn) else None


@in_place
def _put_at_places(student: Integers, order: Integers, turn: Integers) -> bool:
    """Put every applicant at its place in ``turn``; whether each has one of its own."""
    for row in range(len(student)):
        place = order[student[row]]
        if place < 0 or place >= len(turn) or turn[place] != UNPLACED:
            return False
        turn[place] = row
    return True


def pick_alone(turn: Integers, offsets: Integers, pool: Integers, seats: Integers) -> Integers:
    """The arc everybody picks, int64 (applicants,), single applicants, no room shared.

    Args:
        turn: int32, applicants in the order they pick. offsets, pool: their lists. seats: int64 (nodes,).
    """
    arc = np.full(len(turn), UNPLACED, dtype=np.int64)
    room = np.minimum(seats, len(turn)).astype(np.int32)
    _pick_alone(unsigned(turn), unsigned(offsets), unsigned(pool), room, arc)
    return arc


@in_place
def _pick_alone(turn: Integers, offsets: Integers, pool: Integers, room: Integers, arc: Integers) -> None:
    """Fill ``arc``; ``room`` falls in place."""
    for place in range(len(turn)):
        if place + FAR < len(turn):
            fetch(offsets, turn[place + FAR])
            fetch(arc, turn[place + FAR])
            fetch(pool, offsets[turn[place + NEAR]])
        row = turn[place]
        at, end = offsets[row], offsets[row + NEXT]
        while at < end:
            leaf = pool[at]
            if room[leaf] > 0:
                room[leaf] -= 1
                arc[row] = at
                break
            at += NEXT


def pick_in_bands(
    turn: Integers, offsets: Integers, pool: Integers, seats: Integers, school: Integers, bands: Integers
) -> Integers:
    """The arc everybody gets band by band where the draw alone ranks, int64 (applicants,).

    Where nobody has priority anywhere, nobody who was seated in the order of the draw is ever pushed out: a
    band of deferred acceptance is one pass in which everybody takes the first of its choices with a seat
    left. Who has none is kept with its place in its list, and the next pass looks at these alone.

    Args:
        turn: int32, applicants in the order of the draw. offsets, pool: their lists. seats: int64 (nodes,).
        school: int (nodes,), pools of one school in a row are one choice.
        bands: int64, choices per band, the last repeated; one at least.
    """
    arc = np.full(len(turn), UNPLACED, dtype=np.int64)
    room = np.minimum(seats, len(turn)).astype(np.int32)
    left = Left(
        np.empty(len(turn), dtype=np.int32),
        np.empty(len(turn), dtype=np.int64),
        np.empty(len(turn), dtype=np.int64),
    )
    columns = (unsigned(pool), read_only(school), bands)
    looking = _first_band(unsigned(turn), unsigned(offsets), *columns, room, arc, left)
    if looking:
        _later_bands(*columns, looking, room, arc, left)
    return arc


class Left(NamedTuple):
    """Applicants without a seat, in the order of the draw, as many as are looked at.

    Attributes:
        row: int32. at, end: int64, the arc to try next and the end of the list.
    """

    row: Integers
    at: Integers
    end: Integers


@in_place
def _first_band(
    turn: Integers,
    offsets: Integers,
    pool: Integers,
    school: Integers,
    bands: Integers,
    room: Integers,
    arc: Integers,
    left: Left,
) -> int:
    """Play the first band; returns how many are left."""
    looking = 0
    for place in range(len(turn)):
        if place + FAR < len(turn):
            fetch(offsets, turn[place + FAR])
            fetch(arc, turn[place + FAR])
            fetch(pool, offsets[turn[place + NEAR]])
        row = turn[place]
        end = np.int64(offsets[row + NEXT])
        at, got = _try_band(pool, school, np.int64(offsets[row]), end, bands[0], room)
        if got:
            arc[row] = at
        elif at < end:
            left.row[looking] = row
            left.at[looking] = at
            left.end[looking] = end
            looking += 1
    return looking


@in_place
def _later_bands(
    pool: Integers,
    school: Integers,
    bands: Integers,
    looking: int,
    room: Integers,
    arc: Integers,
    left: Left,
) -> None:
    """Play all bands but the first; ``looking``: how many it left."""
    band = 1
    while looking > 0:
        size = bands[min(band, len(bands) - 1)]
        still = 0
        for place in range(looking):
            if place + NEAR < looking:
                fetch(pool, left.at[place + NEAR])
                fetch(arc, left.row[place + NEAR])
            end = left.end[place]
            at, got = _try_band(pool, school, left.at[place], end, size, room)
            if got:
                arc[left.row[place]] = at
            elif at < end:
                left.row[still] = left.row[place]
                left.at[still] = at
                left.end[still] = end
                still += 1
        looking = still
        band += 1


@inlined
def _try_band(
    pool: Integers, school: Integers, at: Any, end: Any, choices: int, room: Integers
) -> tuple[int, bool]:
    """Take the first of the next ``choices`` schools with a seat: its arc and true, or where they end.

    Args:
        at, end: int64, where the list goes on and where it ends.
    """
    seen, last = 0, UNPLACED
    while at < end:
        leaf = pool[at]
        if school[leaf] != last:
            if seen == choices:
                return at, False
            seen += 1
            last = school[leaf]
        if room[leaf] > 0:
            room[leaf] -= 1
            return at, True
        at += 1
    return at, False
