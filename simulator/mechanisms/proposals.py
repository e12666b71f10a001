"""Proposals in bands: what deferred acceptance, immediate acceptance and the parallel mechanism share.

A band is so many choices of every list. Inside a band acceptance is deferred, at its end it is final: one
band of everything is deferred acceptance, bands of one choice are immediate acceptance (Boston), anything
between is Chinese parallel (Chen and Kesten 2017). Pools of one school that stand in a row are one choice.

Two ways to the same answer: a compiled one for large plain markets (``heaps``), and one over the whole tree
of seats with twins, for all applicants at once in numpy.
"""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.choosing import Tree, arc_ranks, choose, earliest_straddlers, require_rule
from simulator.mechanisms.market import LARGE, Market
from simulator.mechanisms.parties import Parties, gather
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats
from simulator.model.arrays import Booleans, Integers

NO_CUTOFF = np.iinfo(np.int64).max


def play_bands(
    applications: Applications, seats: Seats, draw: Draw, bands: tuple[int, ...], *, last_seat: str
) -> Assignment:
    """Seat the applicants band by band.

    1. The parties (children, or twins as one) still without a seat propose to the first choice of their
       band; every pool holds the best by (priority, draw) under its own and its ancestors' seats and refuses
       the rest, who try the next choice of the band.
    2. When nobody is refused any more, those held are seated for good and take their seats with them. The
       others go on to the next band.
    3. Twins who begin on the last seat: ``both_in`` seats both and lists who sits beyond. ``next`` strikes
       that pool from their list and plays the band again from its start, so that those behind them may take
       the seat; the best ranked pair of each tree goes first. A struck choice stays struck.

    Args:
        bands: choices per band, the last repeated; none is one band of everything.

    Raises:
        ValueError: an arc to a node that is no leaf, an unknown ``last_seat``, or a band without a choice.
    """
    require_rule(last_seat)
    if any(size < 1 for size in bands):
        raise ValueError(f"bands must hold one choice at least, not {bands}")
    tree = Tree.of(seats)
    tree.require_leaves(applications.pool)
    market = Market.of(applications, seats, draw) if len(applications.pool) >= LARGE else None
    if market is not None:
        from simulator.mechanisms.heaps import hold_in_bands

        return Assignment(hold_in_bands(market, bands))
    parties = gather(applications, draw, seats.school)
    got, beyond = seat_in_bands(parties, tree, seats, bands, last_seat=last_seat)
    return Assignment(parties.applicant_arcs(got), over=parties.last_members(beyond))


def seat_in_bands(
    parties: Parties, tree: Tree, seats: Seats, bands: tuple[int, ...], *, last_seat: str
) -> tuple[Integers, Integers]:
    """The arc of each party and how many of it sit beyond the seats, int64 (parties,) each."""
    rank = arc_ranks(parties.priority, parties.party)
    band = arc_bands(parties, seats.school, bands)
    room = seats.seats.copy()
    got = np.full(len(parties), UNPLACED, dtype=np.int64)
    beyond = np.zeros(len(parties), dtype=np.int64)
    end = parties.offsets[:-1].copy()
    for number in range(int(band.max(initial=-1)) + 1):
        begin = end
        end = begin + np.bincount(parties.party[band == number], minlength=len(parties))
        until = np.where(got == UNPLACED, end, begin)
        struck = np.zeros(len(parties.pool), dtype=np.bool_)
        while True:
            held = deferred_acceptance(parties, tree, room, rank, struck, begin, until)
            party = np.flatnonzero(held != UNPLACED)
            arc = held[party]
            pool, size = parties.pool[arc], parties.size[party]
            choice = choose(tree, room, pool, size, rank[arc])
            straddling = earliest_straddlers(tree, choice, pool, size, rank[arc])
            if last_seat == "both_in" or not len(straddling):
                break
            struck[arc[straddling]] = True
        got[party] = arc
        beyond[party] = size - choice.counted
        load = np.zeros(len(room), dtype=np.int64)
        tree.add_up(load, pool, choice.counted)
        room -= load
    return got, beyond


def arc_bands(parties: Parties, school: Integers, bands: tuple[int, ...]) -> Integers:
    """The band each arc is played in, int64 (arcs,), rising along every list.

    Args:
        school: int (nodes,), the school of every node.
    """
    if not bands:
        return np.zeros(len(parties.pool), dtype=np.int64)
    at = school[parties.pool]
    new = np.ones(len(at), dtype=np.bool_)
    new[1:] = at[1:] != at[:-1]
    first = parties.offsets[:-1][np.diff(parties.offsets) > 0]
    new[first] = True
    number = np.cumsum(new)
    lengths = np.diff(parties.offsets)
    choice: Integers = number - np.repeat(number[first], lengths[lengths > 0])
    ends = np.cumsum(bands)
    band = np.asarray(np.searchsorted(ends, choice, side="right"), dtype=np.int64)
    beyond = choice >= ends[-1]
    band[beyond] = len(bands) + (choice[beyond] - ends[-1]) // bands[-1]
    return band


def deferred_acceptance(
    parties: Parties,
    tree: Tree,
    room: Integers,
    rank: Integers,
    struck: Booleans,
    begin: Integers,
    end: Integers,
) -> Integers:
    """The arc each party holds at the end, int64 (parties,), ``UNPLACED`` for none.

    Rounds of proposals are played for all parties at once. A refusal leaves a cut-off at the node that was
    full; who stands at or behind it need not propose there any more. Only schools with a new proposal
    choose again.

    Args:
        room: int64 (nodes,). rank: int64 (arcs,), distinct. struck: bool (arcs,), choices not to be made.
        begin, end: int64 (parties,), the part of each list that is played.
    """
    current = begin.copy()
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
