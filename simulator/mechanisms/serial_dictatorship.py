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
    Tree.of(seats).require_leaves(applications.pool)
    room, parent = seats.seats.copy(), read_only(seats.parent.astype(np.int64))
    choose = _pick_compiled() if len(applications.pool) >= LARGE else pick_in_turn
    if not has_linked(applications):
        turn = read_only(in_turn(applications, draw))
        one = read_only(np.ones(len(turn), dtype=np.int64))
        offsets, pool = applications.offsets, applications.pool
        arc, _ = choose(turn, one, offsets, pool, room, parent, last_seat == "both_in")
        return Assignment(arc)
    parties = gather(applications, draw)
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
    """The arc everybody picks, and members beyond the seats, int64 (applicants,) each.

    Plain Python, written so that it can be compiled as it stands.

    Args:
        turn: int32, applicants in the order they pick. size: int64 (applicants,). offsets, pool: their lists.
        room: int64 (nodes,), seats free at each node itself; falls in place. parent: int64 (nodes,).
    """
    arc = np.full(len(turn), -1, dtype=np.int64)
    beyond = np.zeros(len(turn), dtype=np.int64)
    for place in range(len(turn)):
        row = turn[place]
        for at in range(offsets[row], offsets[row + 1]):
            leaf = pool[at]
            free = room[leaf]
            node = parent[leaf]
            while node >= 0:
                free = min(free, room[node])
                node = parent[node]
            if free < 1 or (free < size[row] and not both_in):
                continue
            taken = min(free, size[row])
            arc[row] = at
            beyond[row] = size[row] - taken
            room[leaf] -= taken
            node = parent[leaf]
            while node >= 0:
                room[node] -= taken
                node = parent[node]
            break
    return arc, beyond


@cache
def _pick_compiled():  # type: ignore[no-untyped-def]
    from simulator.transport.compiled import compiled

    return compiled(pick_in_turn)
