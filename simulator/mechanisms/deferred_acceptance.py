"""Deferred acceptance, children proposing (Gale and Shapley 1962), with reserves and floors on top."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.choosing import Tree
from simulator.mechanisms.parted import part_seats
from simulator.mechanisms.proposals import play_bands
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats


def deferred_acceptance(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants by deferred acceptance.

    1. Everybody proposes to the first choice; every pool holds the best by (priority, draw) as far as its
       seats go and refuses the rest.
    2. Whoever was refused proposes to the next choice of its list; a pool compares newcomers with those it
       holds, and may push out one it held.
    3. When nobody is refused any more, those held are seated.

    No child loses a seat it listed higher to one who ranks behind it there, or to nobody (stable), no stable
    seating serves any child better, and no list but the true one serves a child better. Each child placed in
    some stable seating is placed in all, and a school with a seat left has the same children in all (rural
    hospitals, Roth 1986). The order of proposals is of no matter (McVitie and Wilson 1971). Over a tree of
    seats every choice is greedy in a laminar matroid, which keeps all this (Fleiner 2003); twins, reserves
    and floors: see ``proposals``, ``parted`` and docs/mechanisms.md.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("deferred_acceptance", applications, seats)
    Tree.of(seats).require_leaves(applications.pool)
    parted = part_seats(applications, seats)
    if parted is None:
        return play_bands(applications, seats, draw, (), last_seat=last_seat)
    answer = play_bands(parted.applications, parted.seats, draw, (), last_seat=last_seat)
    arc = np.full(len(applications), UNPLACED, dtype=np.int64)
    got = answer.arc != UNPLACED
    arc[got] = parted.origin[answer.arc[got]]
    return Assignment(arc, over=answer.over)
