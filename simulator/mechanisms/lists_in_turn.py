"""Lists in the order of the draw, one after another in memory: what large rounds are played on.

Applicants are looked at by their place in the draw, far more often than once. Left where they stand in the
applications, every look waits for memory once a market is larger than a processor's cache; put into the order
of the draw, in one pass that asks for memory ahead of its use, most looks go to what was read just before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.mechanisms.picking import FAR, NEAR, NEXT, unsigned
from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.compiled import fetch, in_place

FEW = 1 << 8
"""Ranks that fit one byte."""

ARCS_IN_A_LINE = np.uint64(8)
"""Priorities that memory hands over at once; of pools it is half as much again."""


class Lists(NamedTuple):
    """The lists of all applicants, in the order of the draw.

    Attributes:
        begin: int64 (applicants + 1,), where the list of the applicant at each place begins.
        pool: int32 (arcs,).
        rank: uint8 or int64 (arcs,), the priority above the least there is; a byte where all fit one.
    """

    begin: Integers
    pool: Integers
    rank: Integers


def lists_in_turn(
    turn: Integers, offsets: Integers, pool: Integers, priority: Integers, lowest: int = 0, highest: int = 0
) -> Lists:
    """Put lists into the order of the draw.

    Args:
        turn: int32 (applicants,), applicants in the order of the draw. offsets: int64. pool: int32 (arcs,).
        priority: int64 (arcs,), from ``lowest`` to ``highest``; not looked at where these are equal.
    """
    lists = Lists(
        np.empty(len(turn) + 1, dtype=np.int64),
        np.empty(len(pool), dtype=np.int32),
        np.zeros(len(pool), dtype=np.uint8 if highest - lowest < FEW else np.int64),
    )
    _put_in_turn(unsigned(turn), unsigned(offsets), pool, priority, lowest, highest > lowest, *lists)
    return lists


@in_place
def _put_in_turn(
    turn: Integers,
    offsets: Integers,
    pool: Integers,
    priority: Integers,
    lowest: int,
    ranked: bool,
    begin: Integers,
    wish: Integers,
    rank: Integers,
) -> None:
    """Copy list after list; ``ranked``: priorities are looked at."""
    to = np.uint64(0)
    for place in range(len(turn)):
        if place + FAR < len(turn):
            fetch(offsets, turn[place + FAR])
            at = offsets[turn[place + NEAR]]
            fetch(pool, at)
            fetch(pool, at + ARCS_IN_A_LINE)
            if ranked:
                fetch(priority, at)
                fetch(priority, at + ARCS_IN_A_LINE)
        row = turn[place]
        begin[place] = to
        for at in range(offsets[row], offsets[row + NEXT]):
            wish[to] = pool[at]
            if ranked:
                rank[to] = priority[at] - lowest
            to += NEXT
    begin[len(turn)] = to


def in_rows(turn: Integers, offsets: Integers, begin: Integers, had: Integers) -> Integers:
    """The arc of every applicant where it stands in the applications, int64 (applicants,).

    Args:
        turn, offsets: as given to ``lists_in_turn``. begin: of its lists. had: int64 (applicants,), by place,
            the arc of these lists that each has, ``UNPLACED`` for none.
    """
    arc = np.empty(len(turn), dtype=np.int64)
    _put_in_rows(unsigned(turn), offsets, begin, had, arc)
    return arc


@in_place
def _put_in_rows(turn: Integers, offsets: Integers, begin: Integers, had: Integers, arc: Integers) -> None:
    """Fill ``arc``."""
    for place in range(len(turn)):
        if place + NEAR < len(turn):
            fetch(offsets, turn[place + NEAR])
            fetch(arc, turn[place + NEAR])
        row = turn[place]
        arc[row] = UNPLACED if had[place] == UNPLACED else offsets[row] + had[place] - begin[place]
