"""Proposals in bands over a plain market, compiled: a heap of the held at every school, worst on top.

What makes it fast: applicants propose in the order of the draw, so that few are pushed out again, and their
lists lie in that order (``lists_in_turn``); a heap is built only once a school is full, all at once; and who
was pushed out is taken in handfuls whose next choices are fetched together, for the time goes by in waiting
for memory.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.mechanisms.lists_in_turn import in_rows, lists_in_turn
from simulator.mechanisms.market import Market
from simulator.mechanisms.picking import pick_in_bands
from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled, fetch

ANYBODY = np.iinfo(np.int64).max
"""Threshold of a pool with seats left."""

AT, END = 0, 1
"""Columns of ``Waiting.list``."""

HANDFUL = 64
"""Applicants whose next choices are fetched together."""


AHEAD = 8
"""So many of those held ahead, the place of one is asked for."""


class Held(NamedTuple):
    """What the pools hold: ``key[start[p]:start[p] + sitting[p]]``, a heap with the worst first once full.

    Attributes:
        start, sitting, seats: int64 (pools + 1,), (pools,), (pools,).
        threshold: int64 (pools,), a proposal must be below it.
        key: int64 (start[-1],).
    """

    start: Integers
    sitting: Integers
    seats: Integers
    threshold: Integers
    key: Integers


class Waiting(NamedTuple):
    """Where every applicant is in its list, by place, and who has to propose again.

    Attributes:
        list: int64 (applicants, 2), the arc of the lists in turn to try next (``AT``) and the end of the band
            that is played (``END``), side by side in memory; ``UNPLACED`` for an end: that arc is had for
            good.
        stack: int32 (applicants,), places.
    """

    list: Integers
    stack: Integers


def hold_in_bands(market: Market, bands: tuple[int, ...]) -> Integers:
    """The arc of each applicant, int64 (applicants,), ``UNPLACED`` for none.

    Args:
        bands: choices per band, the last repeated; none is one band of everything.
    """
    count = len(market.turn)
    highest = int(market.priority.max(initial=market.lowest))
    sizes = np.array(bands, dtype=np.int64)
    if bands and highest == market.lowest:
        lists_of = (market.turn, market.offsets, market.pool)
        return pick_in_bands(*lists_of, market.seats, market.school, sizes)
    lists = lists_in_turn(market.turn, market.offsets, market.pool, market.priority, market.lowest, highest)
    held = Held(
        np.concatenate(([0], np.cumsum(market.seats))),
        np.zeros(len(market.seats), dtype=np.int64),
        market.seats.copy(),
        np.zeros(len(market.seats), dtype=np.int64),
        np.empty(int(market.seats.sum()), dtype=np.int64),
    )
    waiting = Waiting(
        np.empty((count, 2), dtype=np.int64),
        np.empty(count, dtype=np.int32),
    )
    _play_bands(*lists, market.school, sizes, market.bits, held, waiting)
    had = np.where(waiting.list[:, END] == UNPLACED, waiting.list[:, AT], UNPLACED)
    return in_rows(market.turn, market.offsets, lists.begin, had)


@compiled
def _play_bands(
    begin: Integers,
    pool: Integers,
    rank: Integers,
    school: Integers,
    sizes: Integers,
    bits: int,
    held: Held,
    waiting: Waiting,
) -> None:
    """Play band after band; what is held at the end of a band is kept for good."""
    mask = (1 << bits) - 1
    looking = len(begin) - 1
    left = np.empty(looking, dtype=np.int32)  # places of those without a seat, rising
    for place in range(looking):
        left[place] = place
        waiting.list[place, AT] = begin[place]
        waiting.list[place, END] = begin[place]
    band = 0
    while looking > 0:
        asking = 0
        for row in range(looking):
            place = left[row]
            end = begin[place + 1]
            if waiting.list[place, AT] == end:
                continue
            if len(sizes) > 0:
                size = sizes[min(band, len(sizes) - 1)]
                end = _end_of_band(pool, school, waiting.list[place, AT], end, size)
            waiting.list[place, END] = end
            waiting.stack[asking] = place
            left[asking] = place
            asking += 1
        for row in range(len(held.seats)):
            held.sitting[row] = 0
            held.threshold[row] = ANYBODY if held.seats[row] > 0 else -1
        _play(pool, rank, bits, asking, held, waiting)
        for row in range(len(held.seats)):
            last = held.start[row] + held.sitting[row]
            for at in range(held.start[row], last):
                if at + AHEAD < last:
                    fetch(waiting.list, 2 * (held.key[at + AHEAD] & mask))
                waiting.list[held.key[at] & mask, END] = UNPLACED
            held.seats[row] -= held.sitting[row]
        if len(sizes) == 0:
            return
        looking = 0
        for row in range(asking):
            if waiting.list[left[row], END] != UNPLACED:
                left[looking] = left[row]
                looking += 1
        band += 1


@compiled
def _end_of_band(pool: Integers, school: Integers, at: int, end: int, choices: int) -> int:
    """Where the next ``choices`` schools of a list end."""
    seen, last = 0, UNPLACED
    while at < end:
        now = school[pool[at]]
        if seen == 0 or now != last:
            if seen == choices:
                return at
            seen += 1
            last = now
        at += 1
    return end


@compiled
def _play(
    pool: Integers,
    rank: Integers,
    bits: int,
    asking: int,
    held: Held,
    waiting: Waiting,
) -> None:
    """Let all who ask propose, and all who are pushed out propose on, until nobody waits.

    Args:
        asking: the first so many of ``waiting.stack`` ask, in the order of the draw. Who is pushed out is
            put where those who asked already stood.
    """
    mask = (1 << bits) - 1
    who = np.empty(HANDFUL, dtype=np.int64)
    choice = np.empty(HANDFUL, dtype=np.int64)
    wish = np.empty(HANDFUL, dtype=np.int64)
    asked, again = 0, 0
    while again > 0 or asked < asking:
        if again >= HANDFUL or asked == asking:
            taken = min(again, HANDFUL)
            again -= taken
            for row in range(taken):
                who[row] = waiting.stack[again + row]
        else:
            taken = min(asking - asked, HANDFUL)
            for row in range(taken):
                who[row] = waiting.stack[asked + row]
            asked += taken
        for row in range(taken):
            place = who[row]
            at = waiting.list[place, AT]
            choice[row] = UNPLACED
            if at < waiting.list[place, END]:
                choice[row] = pool[at]
                wish[row] = (np.int64(rank[at]) << bits) | place
        for row in range(taken):
            where, key, place = choice[row], wish[row], who[row]
            if where == UNPLACED:
                continue
            if key >= held.threshold[where]:
                at, end = waiting.list[place, AT] + 1, waiting.list[place, END]
                while at < end:
                    where = pool[at]
                    key = (np.int64(rank[at]) << bits) | place
                    if key < held.threshold[where]:
                        break
                    at += 1
                waiting.list[place, AT] = at
                if at == end:
                    continue
            begin, count, seats = held.start[where], held.sitting[where], held.seats[where]
            if count < seats:
                held.key[begin + count] = key
                held.sitting[where] = count + 1
                if count + 1 == seats:
                    for node in range(seats // 2 - 1, -1, -1):
                        _sink(held.key, begin, seats, node, held.key[begin + node])
                    held.threshold[where] = held.key[begin]
            else:
                out = held.key[begin] & mask
                _sink(held.key, begin, seats, 0, key)
                held.threshold[where] = held.key[begin]
                waiting.list[out, AT] += 1
                waiting.stack[again] = out
                again += 1


@compiled
def _sink(heap: Integers, begin: int, size: int, node: int, key: int) -> None:
    """Put ``key`` at ``node`` of the heap ``heap[begin:begin + size]`` and let it sink to its place."""
    while True:
        below = 2 * node + 1
        if below >= size:
            break
        if below + 1 < size and heap[begin + below + 1] > heap[begin + below]:
            below += 1
        if key >= heap[begin + below]:
            break
        heap[begin + node] = heap[begin + below]
        node = below
    heap[begin + node] = key
