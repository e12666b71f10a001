"""A round as a plain market: every applicant alone, every school with seats that nobody else shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.mechanisms.choosing import Tree
from simulator.model import UNPLACED, Applications, Draw, Seats
from simulator.model.arrays import Booleans, Integers, freeze_columns

LARGE = 50_000
"""Arcs from which a compiled pass is worth its start. There numpy or plain Python take 10 to 40 ms, compiled
code less than one; loading it takes some 50 ms where a compiler is loaded anyway, and compiling it, once on a
machine, three seconds, which a small scenario shall not wait for."""

KEY_BITS = 62
"""Bits of a packed key (priority, place in the draw)."""


@dataclass(frozen=True)
class Market:
    """Applicants by their place in the draw, with their lists as they stand in the applications.

    A key ``((priority - lowest) << bits) | place`` orders all who apply to one pool, smaller first.

    Attributes:
        turn: int32 (applicants,), applicants in the order of the draw; a place is a row of it.
        offsets, pool, priority: as in ``Applications``; priorities are ranks where they would not fit a key.
        lowest: the least priority. bits: bits of a place.
        seats: int64 (nodes,), how many may sit at a leaf, no more than there are applicants.
        school: int32 (nodes,), the school of a node: pools of one school in a row are one choice.
    """

    turn: Integers
    offsets: Integers
    pool: Integers
    priority: Integers
    lowest: int
    bits: int
    seats: Integers
    school: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)

    @classmethod
    def of(cls, applications: Applications, seats: Seats, draw: Draw) -> Market | None:
        """The round as a plain market, ``None`` where it is none: twins, or room shared that may bind."""
        if has_linked(applications):
            return None
        room = np.minimum(seats.seats, len(applications))
        if np.any(seats.parent != UNPLACED) or int(room.sum()) > 2 * len(applications):
            demand = np.bincount(applications.pool, minlength=len(seats))
            if np.any(may_bind(seats, demand)):
                return None
            room = np.minimum(room, demand)
        priority, bits = applications.priority, max(1, len(applications).bit_length())
        lowest = int(priority.min(initial=0))
        if (int(priority.max(initial=0)) - lowest).bit_length() + bits > KEY_BITS:
            _, priority = np.unique(priority, return_inverse=True)
            priority, lowest = priority.reshape(-1).astype(np.int64), 0
        return cls(
            turn=in_turn(applications, draw),
            offsets=applications.offsets.astype(np.int64, copy=False),
            pool=applications.pool.astype(np.int32, copy=False),
            priority=priority.astype(np.int64, copy=False),
            lowest=lowest,
            bits=bits,
            seats=room,
            school=seats.school.astype(np.int32, copy=False),
        )


def has_linked(applications: Applications) -> bool:
    """Whether two applicants at least are one (twins)."""
    units = applications.unit[applications.unit != UNPLACED]
    return len(np.unique(units)) < len(units)


def in_turn(applications: Applications, draw: Draw) -> Integers:
    """int32 (applicants,): applicants in the order of the draw.

    Twins who are one share a place. They stand side by side, ordered by what they apply with (``_content``)
    and never by their rows; twins of equal content cannot be told apart and need not be.

    Raises:
        ValueError: two applicants who are not one share a place, so that only their rows could decide.
    """
    if len(applications.pool) >= LARGE:
        from simulator.mechanisms.picking import turn_of

        turn = turn_of(applications, draw)
        if turn is not None:
            return turn
    place = draw.order[applications.student]
    if len(place) and place.min() >= 0 and place.max() < 2 * len(place):
        at = np.full(int(place.max()) + 1, UNPLACED, dtype=np.int32)
        at[place] = np.arange(len(place), dtype=np.int32)
        turn = at[at != UNPLACED]
        if len(turn) == len(place):  # no place is shared
            return turn
    turn = np.argsort(place, kind="stable").astype(np.int32)
    shared = np.flatnonzero(place[turn[1:]] == place[turn[:-1]])
    unit = applications.unit[turn]
    if np.any((unit[shared] != unit[shared + 1]) | (unit[shared] == UNPLACED)):
        raise ValueError("Draw: two applicants who are not one share a place")
    for begin, end in _runs(shared):
        twins = turn[begin:end].tolist()
        turn[begin:end] = sorted(twins, key=lambda row: _content(applications, row))
    return turn


def _runs(shared: Integers) -> list[tuple[int, int]]:
    """Begin and end of every run of rows of which each shares its place with the next.

    Args:
        shared: int64, rising, rows that share a place with the one after them.
    """
    if not len(shared):
        return []
    last = np.flatnonzero(np.append(np.diff(shared) > 1, True))
    first = np.append(0, last[:-1] + 1)
    return list(zip(shared[first].tolist(), (shared[last] + 2).tolist(), strict=True))


def _content(applications: Applications, row: int) -> tuple[object, ...]:
    """All that one applicant brings, comparable: its tier, whose reserves and shares it is in, its list."""
    arcs = slice(int(applications.offsets[row]), int(applications.offsets[row + 1]))
    ruled = tuple(bool(demand.ruled[row]) for demand in applications.shares)
    columns = (applications.pool, applications.priority, applications.cost)
    lists = tuple(tuple(column[arcs].tolist()) for column in columns)
    return int(applications.tier[row]), bool(applications.favoured[row]), ruled, lists


def may_bind(seats: Seats, demand: Integers) -> Booleans:
    """bool (nodes,): inner nodes that may turn somebody away although every leaf below takes no more than
    its own seats.

    Args:
        demand: int64 (nodes,), applicants who list each leaf.
    """
    tree = Tree.of(seats)
    load = np.where(tree.leaf, np.minimum(seats.seats, demand), 0)
    for level in range(len(tree.ancestor) - 1, 0, -1):
        node = np.flatnonzero(seats.depth == level)
        # What passes a node is no more than its own seats.
        np.add.at(load, seats.parent[node], np.minimum(load[node], seats.seats[node]))
    return np.asarray(~tree.leaf & (load > seats.seats))
