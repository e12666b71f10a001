"""Coordination by order: tier, then draw, the nearest seat; and nobody left over who could be placed."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.choosing import Tree, require_rule
from simulator.mechanisms.parties import gather
from simulator.mechanisms.seating import Seating
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats


def by_order(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants one after the other, then make way for those left over.

    1. In the order of (tier, draw) every party takes its nearest choice with room: least cost, then the
       lower pool. Twins take the nearest choice with room for all of them; where there is none, ``both_in``
       seats them at the nearest with a seat and lists who sits beyond, ``next`` passes them over.
    2. In the same order, whoever is left is seated if children placed before can move to make way: by the
       fewest moves, each child to another school of its own list (an augmenting path on the school graph).
       Twins are seated only where way can be made for all (``both_in``: for one at least), and twins once
       seated do not move.

    Nobody placed in step 1 loses a place. Without twins the number placed is the greatest possible: where no
    augmenting path is left the flow is maximal (Ford and Fulkerson 1956).

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("by_order", applications, seats)
    parties, tree = gather(applications, draw, seats.school), Tree.of(seats)
    tree.require_leaves(applications.pool)
    require_rule(last_seat)
    seating = Seating(parties, tree, seats.seats)
    for party in seating.turns:
        seating.take_nearest(party, beyond=last_seat == "both_in")
    for party in seating.turns:
        if seating.place[party] == UNPLACED:
            seating.make_way(party, beyond=last_seat == "both_in")
    got, beyond = np.array(seating.place, dtype=np.int64), np.array(seating.beyond, dtype=np.int64)
    return Assignment(parties.applicant_arcs(got), over=parties.last_members(beyond))
