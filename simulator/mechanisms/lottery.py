"""The lottery of private schools (R30): a complete draw among all applicants of a choice when over plan."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.choosing import Tree, arc_ranks, choose, earliest_straddlers
from simulator.mechanisms.parties import gather
from simulator.mechanisms.zoned_priority import require_rule
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats


def lottery(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants choice by choice.

    1. All first choices at once: where the applicants fit, all are in; where they do not, those with the
       best (priority, draw) are. Priorities are equal unless the round names some: a complete lottery.
    2. Losers go to their second choice, among the seats left after all first choices; and so on. A choice
       listed earlier always comes first (immediate acceptance).
    3. Twins draw as one. On the last seat ``both_in`` seats both and lists who sits beyond; ``next`` passes
       them over, those behind may take the seat, and the pair goes on to its next choice.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
    """
    parties, tree = gather(applications, draw), Tree.of(seats)
    tree.require_leaves(applications.pool)
    require_rule(last_seat)
    rank = arc_ranks(parties.priority, parties.party)
    room = seats.seats.copy()
    got = np.full(len(parties), UNPLACED, dtype=np.int64)
    beyond = np.zeros(len(parties), dtype=np.int64)
    lengths = np.diff(parties.offsets)
    for position in range(int(lengths.max(initial=0))):
        party = np.flatnonzero((got == UNPLACED) & (lengths > position))
        while True:
            arc = parties.offsets[party] + position
            pool, size = parties.pool[arc], parties.size[party]
            choice = choose(tree, room, pool, size, rank[arc])
            straddling = earliest_straddlers(tree, choice, pool, size, rank[arc])
            if last_seat == "both_in" or not len(straddling):
                break
            party = np.delete(party, straddling)
        won = np.flatnonzero(choice.accepted)
        got[party[won]] = arc[won]
        beyond[party[won]] = size[won] - choice.counted[won]
        load = np.zeros(len(room), dtype=np.int64)
        tree.add_up(load, pool[won], choice.counted[won])
        room -= load
    return Assignment(parties.applicant_arcs(got), over=parties.last_members(beyond))
