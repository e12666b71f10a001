"""Random serial dictatorship: one after the other in the order of the draw, everybody picks."""

from __future__ import annotations

from functools import cache

import numpy as np

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.choosing import Tree, require_rule
from simulator.mechanisms.market import LARGE, has_linked, in_turn
from simulator.mechanisms.parties import gather
from simulator.model import Applications, Assignment, Draw, Seats
from simulator.model.arrays import Integers, read_only

HANDFUL = 64
"""Applicants whose first choices are fetched together."""


def serial_dictatorship(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants one after the other.

    1. In the order of the draw everybody takes the first choice of the list where the pool and all that
       stands above it have a seat left. Priorities are not looked at.
    2. Twins pick as one. Where they begin on the last seat ``both_in`` seats them all and lists who sits
       beyond; ``next`` lets them try their next choice.

    Nobody can be served better without another served worse, and no list but the true one serves a child
    better (Svensson 1999); the lottery over all orders is the core from random endowments (Abdulkadiroglu and
    Sonmez 1998).

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("serial_dictatorship", applications, seats)
    require_rule(last_seat)
    tree = Tree.of(seats)
    tree.require_leaves(applications.pool)
    linked, large = has_linked(applications), len(applications.pool) >= LARGE
    if large and not linked and len(tree.ancestor) == 1:
        from simulator.mechanisms.picking import pick_alone

        turn = in_turn(applications, draw)
        return Assignment(pick_alone(turn, applications.offsets, applications.pool, seats.seats))
    room, parent = seats.seats.copy(), read_only(seats.parent.astype(np.int64))
    choose = _pick_compiled() if large else pick_in_turn
    if not linked:
        turn = read_only(in_turn(applications, draw))
        single = read_only(np.zeros(0, dtype=np.int64))
        offsets, pool = applications.offsets, applications.pool
        arc, _ = choose(turn, single, offsets, pool, room, parent, last_seat == "both_in")
        return Assignment(arc)
    parties = gather(applications, draw, seats.school)
    turn = read_only(np.arange(len(parties), dtype=np.int32))
    lists = (parties.size, parties.offsets, parties.pool)
    got, beyond = choose(turn, *lists, room, parent, last_seat == "both_in")
    return Assignment(parties.applicant_arcs(got), over=parties.last_members(beyond))


def pick_in_turn(
    turn: Integers,
    size: Integers,
    offsets: Integers,
    pool: Integers,
    room: Integers,
    parent: Integers,
    both_in: bool,
) -> tuple[Integers, Integers]:
    """The arc everybody picks, int64 (applicants,), and members beyond the seats, int64 (len(size),).

    Plain Python, written so that it can be compiled as it stands. First choices are fetched for a handful at
    once, for the time goes by in waiting for memory.

    Args:
        turn: int32, applicants in the order they pick. size: int64 (applicants,), or none where all
            are single. offsets, pool: their lists.
        room: int64 (nodes,), seats free at each node itself; falls in place. parent: int64 (nodes,).
    """
    arc = np.full(len(turn), -1, dtype=np.int64)
    beyond = np.zeros(len(size), dtype=np.int64)
    start = np.empty(HANDFUL, dtype=np.int64)
    first = np.empty(HANDFUL, dtype=np.int64)
    for begin in range(0, len(turn), HANDFUL):
        count = min(HANDFUL, len(turn) - begin)
        for place in range(count):
            start[place] = offsets[turn[begin + place]]
            first[place] = pool[start[place]] if start[place] < len(pool) else -1
        for place in range(count):
            row = turn[begin + place]
            at, leaf = start[place], first[place]
            end = offsets[row + 1]
            wanted = size[row] if len(size) else 1
            while at < end:
                free = room[leaf]
                node = parent[leaf] if free > 0 else -1
                while node >= 0:
                    free = min(free, room[node])
                    node = parent[node]
                if free >= wanted or (free > 0 and both_in):
                    taken = min(free, wanted)
                    arc[row] = at
                    if taken < wanted:
                        beyond[row] = wanted - taken
                    node = leaf
                    while node >= 0:
                        room[node] -= taken
                        node = parent[node]
                    break
                at += 1
                if at < end:
                    leaf = pool[at]
    return arc, beyond


@cache
def _pick_compiled():  # type: ignore[no-untyped-def]
    from simulator.transport.compiled import compiled

    return compiled(pick_in_turn)
