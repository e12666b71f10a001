"""Trading cycles in large rounds, compiled: queues by counting, and cycles looked for among schools alone.

Only children at the head of a queue are ever pointed to, so the path is one of schools: from a school to
the child at the head of its queue, and from there to the school the child wants. Every school keeps both at
hand. Children go by their place in the draw: heads of the queues then lie close together in memory, and
what lies elsewhere is asked for ahead of its use, for the time goes by in waiting for memory.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.mechanisms.lists_in_turn import Lists
from simulator.mechanisms.picking import NEXT, unsigned
from simulator.model import UNPLACED, Seats
from simulator.model.arrays import Booleans, Integers, read_only
from simulator.transport.compiled import fetch, in_place


class Schools(NamedTuple):
    """What the trading keeps of every school, int64 (nodes,) each but for ``path``.

    Attributes:
        first: where its queue goes on behind the head. end: where the queue ends.
        head: the child it points to, ``UNPLACED`` before the first. wish: the arc that child points to.
        leaf: the pool of that arc. step: where on the path the school stands, ``UNPLACED`` if it does not.
        path: int64 (nodes + 1,), schools.
    """

    first: Integers
    end: Integers
    head: Integers
    wish: Integers
    leaf: Integers
    step: Integers
    path: Integers


def few_priorities(priority: Integers, trader: Integers) -> tuple[int, int] | None:
    """The least and the greatest priority, ``None`` where they are so far apart that traders and priorities
    between them are more than there are arcs: then counting is no help.

    Args:
        priority: int64 (arcs,). trader: int64 (nodes,), who trades a leaf's seats.
    """
    lowest, highest = (int(priority.min()), int(priority.max())) if len(priority) else (0, 0)
    return (lowest, highest) if (highest - lowest + 1) * len(trader) <= max(len(priority), 1) else None


def counted_queues(lists: Lists, trader: Integers, highest: int) -> tuple[Integers, Integers]:
    """Children of every trader by their places, best (rank, place) first: int32 (arcs,), int64 (nodes + 1,).

    Children are taken in the order of the draw and put behind the last of their trader and rank: nothing is
    compared.

    Args:
        trader: int64 (nodes,). highest: the greatest rank there may be.
    """
    classes = highest + 1
    base = read_only(trader * classes)
    size = np.zeros(len(trader) * classes, dtype=np.int64)
    _count(unsigned(lists.pool), lists.rank, base, size)
    end = np.cumsum(size)
    queue = np.empty(len(lists.pool), dtype=np.int32)
    _put_in_queues(unsigned(lists.begin), unsigned(lists.pool), lists.rank, base, end - size, queue)
    return queue, np.concatenate(([0], end[classes - 1 :: classes]))


@in_place
def _count(pool: Integers, rank: Integers, base: Integers, size: Integers) -> None:
    """Count the arcs of every trader and rank."""
    for at in range(len(pool)):
        size[base[pool[at]] + np.int64(rank[at])] += 1


@in_place
def _put_in_queues(
    begin: Integers, pool: Integers, rank: Integers, base: Integers, next_: Integers, queue: Integers
) -> None:
    """Fill ``queue``; ``next_``, where each trader and rank begins, moves to where it ends."""
    for place in range(len(begin) - 1):
        for at in range(begin[place], begin[place + NEXT]):
            among = base[pool[at]] + np.int64(rank[at])
            queue[next_[among]] = place
            next_[among] += 1


def trade_among_schools(
    lists: Lists, seats: Seats, trader: Integers, queue: Integers, begin: Integers
) -> Integers:
    """The arc of every child, int64 (applicants,), by places and counted in ``lists``; ``UNPLACED`` for none.

    Args:
        trader: int64 (nodes,). queue, begin: places of every trader's children, best first.
    """
    nodes, applicants = len(seats), len(lists.begin) - 1
    blank = np.full(nodes, UNPLACED, dtype=np.int64)
    schools = Schools(
        first=begin[:-1].copy(),
        end=begin[1:].copy(),
        head=blank,
        wish=blank.copy(),
        leaf=blank.copy(),
        step=blank.copy(),
        path=np.zeros(nodes + 1, dtype=np.int64),
    )
    parent = read_only(seats.parent.astype(np.int64))
    at, gone = lists.begin[:-1].copy(), np.zeros(applicants, dtype=np.bool_)
    arc = np.full(applicants, UNPLACED, dtype=np.int64)
    columns = (lists.begin, lists.pool, read_only(trader), read_only(queue))
    _trade(*columns, schools, seats.seats.copy(), parent, at, gone, arc)
    return arc


@in_place
def _trade(
    offsets: Integers,
    pool: Integers,
    trader: Integers,
    queue: Integers,
    schools: Schools,
    room: Integers,
    parent: Integers,
    at: Integers,
    gone: Booleans,
    arc: Integers,
) -> None:
    """Follow a path from every school until it has no seat left or nobody in its queue.

    Args:
        room: int64 (nodes,), seats free at each node itself; falls in place.
        at: int64 (applicants,), the arc everybody points to, or one before it. gone: bool (applicants,).
    """
    first, end, head, wish, leaf, step, path = schools
    for start in range(len(room)):
        path[0] = start
        step[start] = 0
        length = 1
        while length > 0:
            school = path[length - 1]
            if length == 1 and room[school] <= 0:
                step[school] = UNPLACED
                break
            child = head[school]
            if child < 0 or gone[child]:
                place = first[school]
                while place < end[school] and gone[queue[place]]:
                    place += 1
                if place == end[school]:
                    first[school] = place
                    step[school] = UNPLACED
                    length -= 1
                    continue
                child = np.int64(queue[place])
                first[school] = place + 1
                head[school] = child
                wish[school] = at[child]
                leaf[school] = pool[at[child]]
                if place + 2 < end[school]:
                    fetch(at, queue[place + 2])
                if place + 1 < end[school]:
                    fetch(pool, at[queue[place + 1]])
            node = leaf[school]
            while node >= 0 and room[node] > 0:
                node = parent[node]
            if node >= 0:
                next_wish = max(wish[school] + 1, at[child])
                last = offsets[child + 1]
                while next_wish < last:
                    node = np.int64(pool[next_wish])
                    while node >= 0 and room[node] > 0:
                        node = parent[node]
                    if node < 0:
                        break
                    next_wish += 1
                if next_wish == last:
                    gone[child] = True
                    continue
                at[child] = next_wish
                wish[school] = next_wish
                leaf[school] = pool[next_wish]
            wanted = trader[leaf[school]]
            if step[wanted] < 0:
                step[wanted] = length
                path[length] = wanted
                length += 1
                continue
            kept = step[wanted]
            for on_cycle in range(kept, length):
                school = path[on_cycle]
                step[school] = UNPLACED
                child = head[school]
                gone[child] = True
                arc[child] = wish[school]
                node = leaf[school]
                while node >= 0:
                    room[node] -= 1
                    node = parent[node]
            length = kept
            if length == 0:
                step[start] = 0
                length = 1
