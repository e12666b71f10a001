"""Zoned priority: student-proposing deferred acceptance, pools ranking by priority, then the draw.

Gale and Shapley (1962); with one listed school it is the plain queue of a single-school zone. No child loses
a seat it listed higher to one who ranks behind it there (no justified envy), and no list but the true one
serves a child better. Under a tree of seats a school's choice is greedy in a laminar matroid, which keeps
both (Fleiner 2003), as long as a child has one priority at all pools of a school.
"""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.choosing import Tree, arc_ranks, choose, earliest_straddlers
from simulator.mechanisms.parties import Parties, gather
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats
from simulator.model.arrays import Booleans, Integers

NO_CUTOFF = np.iinfo(np.int64).max


def zoned_priority(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants by deferred acceptance.

    1. Parties (children, or twins as one) propose to their first choice; every pool holds the best by
       (priority, draw) under its own and its ancestors' seats and refuses the rest, who try their next.
    2. Twins who begin on the last seat: ``both_in`` seats both and lists who sits beyond. ``next`` strikes
       that pool from their list and plays again from the start, so that those behind them may take the seat;
       the best ranked pair of each school goes first. A struck choice stays struck.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
    """
    parties, tree = gather(applications, draw), Tree.of(seats)
    tree.require_leaves(applications.pool)
    require_rule(last_seat)
    rank = arc_ranks(parties.priority, parties.party)
    struck = np.zeros(len(parties.pool), dtype=np.bool_)
    while True:
        held = deferred_acceptance(parties, tree, seats.seats, rank, struck)
        party = np.flatnonzero(held != UNPLACED)
        arc = held[party]
        pool, size = parties.pool[arc], parties.size[party]
        choice = choose(tree, seats.seats, pool, size, rank[arc])
        straddling = earliest_straddlers(tree, choice, pool, size, rank[arc])
        if last_seat == "both_in" or not len(straddling):
            break
        struck[arc[straddling]] = True
    beyond = np.zeros(len(parties), dtype=np.int64)
    beyond[party] = size - choice.counted
    return Assignment(parties.applicant_arcs(held), over=parties.last_members(beyond))


def deferred_acceptance(
    parties: Parties, tree: Tree, room: Integers, rank: Integers, struck: Booleans
) -> Integers:
    """The arc each party holds at the end, int64 (parties,), ``UNPLACED`` for none.

    Rounds of proposals are played for all parties at once. A refusal leaves a cut-off at the node that was
    full; who stands at or behind it need not propose there any more. Only schools with a new proposal
    choose again.

    Args:
        room: int64 (nodes,). rank: int64 (arcs,), distinct. struck: bool (arcs,), choices not to be made.
    """
    current, end = parties.offsets[:-1].copy(), parties.offsets[1:]
    cutoff = np.full(len(room), NO_CUTOFF, dtype=np.int64)  # at the node or any ancestor
    root_of_arc = tree.root[parties.pool]
    moving: Integers = np.arange(len(parties))
    while True:
        moving = _next_hope(moving, current, end, parties.pool, rank, cutoff, struck)
        if not len(moving):
            break
        asked = np.zeros(len(room), dtype=np.bool_)
        asked[root_of_arc[current[moving]]] = True
        rows = np.flatnonzero(current < end)
        rows = rows[asked[root_of_arc[current[rows]]]]
        arc = current[rows]
        choice = choose(tree, room, parties.pool[arc], parties.size[rows], rank[arc])
        refused = ~choice.accepted
        moving = rows[refused]
        np.minimum.at(cutoff, choice.refused_at[refused], rank[arc[refused]])
        for level in tree.ancestor:
            inside = np.flatnonzero(level != UNPLACED)
            cutoff[inside] = np.minimum(cutoff[inside], cutoff[level[inside]])
    return np.where(current < end, current, UNPLACED)


def _next_hope(
    moving: Integers,
    current: Integers,
    end: Integers,
    pool: Integers,
    rank: Integers,
    cutoff: Integers,
    struck: Booleans,
) -> Integers:
    """Move the parties ``moving`` on to their next choice that is not lost already, in place.

    Returns those with a choice left.
    """
    waiting = moving
    while len(waiting):
        waiting = waiting[current[waiting] < end[waiting]]
        arc = current[waiting]
        lost = struck[arc] | (rank[arc] >= cutoff[pool[arc]])
        waiting = waiting[lost]
        current[waiting] += 1
    return moving[current[moving] < end[moving]]


def require_rule(last_seat: str) -> None:
    """Refuse an unknown rule for twins.

    Raises:
        ValueError: neither ``both_in`` nor ``next``.
    """
    if last_seat not in ("both_in", "next"):
        raise ValueError(f"last_seat must be 'both_in' or 'next', not {last_seat!r}")
