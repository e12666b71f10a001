"""Top trading cycles for school choice: children trade the seats their priorities give them."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.choosing import Tree, require_rule
from simulator.mechanisms.market import KEY_BITS, LARGE, in_turn, may_bind
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats
from simulator.model.arrays import Integers


def top_trading_cycles(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants by trading cycles (Abdulkadiroglu and Sonmez 2003), seats as counters.

    1. Every child still there points to the first school of its list with a seat left; every school with a
       seat left points to the child still there with the best (priority, draw) of those who list it.
    2. Children and schools being finite there is a cycle. Every child on it gets a seat of the school it
       points to and leaves; the school's counter falls by one.
    3. A child whose list is at its end leaves without a seat. Repeat until no child is left. Cycles do not
       meet, so it is of no matter which is taken first; a path is followed until it meets itself, and is kept
       as far as the cycle left it, so every arc is looked at a bounded number of times.

    Leaves under a node that may bind trade as one school, so that no cycle takes two seats from one counter.

    Nobody can be served better without another served worse, and no list but the true one serves a child
    better, if lists are full: a child trades only where it has listed, so a school it would not take may be
    worth listing for the priority there. A child may lose a seat to one who ranks behind it there.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``; there are no twins here.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("top_trading_cycles", applications, seats)
    require_rule(last_seat)
    tree = Tree.of(seats)
    tree.require_leaves(applications.pool)
    turn = in_turn(applications, draw)
    trader = _traders(tree, seats, applications.pool)
    if len(applications.pool) < LARGE:
        queue, begin = sorted_queues(applications, turn, trader)
        lists = (applications.offsets, applications.pool, trader, queue, begin)
        return Assignment(trade_in_cycles(*lists, seats.seats.copy(), seats.parent.astype(np.int64)))
    return Assignment(_trade_compiled(applications, seats, turn, trader))


def _trade_compiled(applications: Applications, seats: Seats, turn: Integers, trader: Integers) -> Integers:
    """The arc of every applicant, int64 (applicants,), in a large round."""
    from simulator.mechanisms.lists_in_turn import in_rows, lists_in_turn
    from simulator.mechanisms.trading import counted_queues, few_priorities, trade_among_schools

    few = few_priorities(applications.priority, trader)
    lowest, highest = few or (0, 0)
    given = (applications.offsets, applications.pool, applications.priority)
    lists = lists_in_turn(turn, *given, lowest, highest)
    if few:
        queue, begin = counted_queues(lists, trader, highest - lowest)
    else:
        place = np.empty(len(turn), dtype=np.int32)
        place[turn] = np.arange(len(turn), dtype=np.int32)
        rows, begin = sorted_queues(applications, turn, trader)
        queue = place[rows]
    had = trade_among_schools(lists, seats, trader, queue, begin)
    return in_rows(turn, applications.offsets, lists.begin, had)


def _traders(tree: Tree, seats: Seats, pool: Integers) -> Integers:
    """int64 (nodes,): who trades the seats of a leaf, the topmost node above it that may bind, or itself."""
    trader = np.arange(len(seats))
    if len(tree.ancestor) == 1:  # no room is shared
        return trader
    binds = may_bind(seats, np.bincount(pool, minlength=len(seats)))
    for level in tree.ancestor[::-1]:
        inside = np.flatnonzero(level != UNPLACED)
        above = level[inside]
        trader[inside] = np.where(binds[above], above, trader[inside])
    return trader


def sorted_queues(applications: Applications, turn: Integers, trader: Integers) -> tuple[Integers, Integers]:
    """Applicants of every trader, best (priority, draw) first: int32 (arcs,), int64 (nodes + 1,)."""
    nodes = len(trader)
    owner, priority = applications.applicant, applications.priority
    at = trader[applications.pool]
    begin = np.concatenate(([0], np.cumsum(np.bincount(at, minlength=nodes))))
    place = np.empty(len(turn), dtype=np.int64)
    place[turn] = np.arange(len(turn))
    places = max(1, len(turn).bit_length())
    lowest = int(priority.min(initial=0))
    span = (int(priority.max(initial=0)) - lowest).bit_length()
    if nodes.bit_length() + span + places <= KEY_BITS:  # one sort of whole numbers
        key = (((at << span) | (priority - lowest)) << places) | place[owner]
        key.sort()
        return turn[key & ((1 << places) - 1)], begin
    return owner[np.lexsort((place[owner], priority, at))].astype(np.int32), begin


def trade_in_cycles(
    offsets: Integers,
    pool: Integers,
    trader: Integers,
    queue: Integers,
    begin: Integers,
    room: Integers,
    parent: Integers,
) -> Integers:
    """The arc of every applicant, int64 (applicants,).

    Plain Python, for rounds that are over before a compiler is loaded.

    Args:
        offsets, pool: lists. trader: int64 (nodes,). queue, begin: applicants of every trader, best first.
        room: int64 (nodes,), seats free at each node itself; falls in place. parent: int64 (nodes,).
    """
    applicants = len(offsets) - 1
    arc = np.full(applicants, -1, dtype=np.int64)
    at = offsets[:-1].copy()
    first = begin[:-1].copy()
    gone = np.zeros(applicants, dtype=np.bool_)
    step = np.full(applicants, -1, dtype=np.int64)  # where on the path an applicant stands
    path = np.empty(applicants, dtype=np.int32)
    for start in range(applicants):
        length = 0
        if not gone[start]:
            path[0] = start
            step[start] = 0
            length = 1
        while length > 0:
            child = path[length - 1]
            wish = at[child]
            while wish < offsets[child + 1]:
                node = np.int64(pool[wish])
                while node >= 0 and room[node] > 0:
                    node = parent[node]
                if node < 0:
                    break
                wish += 1
            at[child] = wish
            if wish == offsets[child + 1]:
                gone[child] = True
                length -= 1
                continue
            school = trader[pool[wish]]
            while gone[queue[first[school]]]:
                first[school] += 1
            best = queue[first[school]]
            if step[best] < 0:
                step[best] = length
                path[length] = best
                length += 1
                continue
            for on_cycle in range(step[best], length):
                child = path[on_cycle]
                arc[child] = at[child]
                gone[child] = True
                node = np.int64(pool[at[child]])
                while node >= 0:
                    room[node] -= 1
                    node = parent[node]
            length = step[best]
    return arc
