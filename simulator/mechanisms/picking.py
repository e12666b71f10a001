"""The order of the draw and picking in it, compiled, for large rounds: memory is asked for ahead of its use.

Row numbers come as unsigned columns: a signed index is tested for a count from the end at every use, which
takes a third of the time here.
"""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, Applications, Draw
from simulator.model.arrays import Integers, read_only
from simulator.transport.compiled import fetch, in_place

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
