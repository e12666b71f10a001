"""How placed children cover the way (R17): on foot, boarding, by bus, or a named exception.

Primary entrants never board. Juniors beyond the walking limit take the free beds of their school, the
farthest first; then the school bus; who is left is listed by name of the exception, never turned away.
"""

from __future__ import annotations

import numpy as np

from simulator.admission.ledger import Ledger
from simulator.model import NO_METRES, UNPLACED, Means, SeatKind, Stage, Status


def settle_journeys(ledger: Ledger) -> None:
    """Give every newly seated child its means of travel and take the beds used.

    1. Juniors in a boarding pool board, however far they live.
    2. Within the limit: near. Distance not available: unknown.
    3. Juniors beyond the limit elsewhere take the beds left at their school, by falling distance, equal
       distances by student id.
    4. The rest beyond the limit: the bus if the school has one; the family's own way to a private place;
       else an exception.
    """
    policy, schools = ledger.scenario.policy.travel, ledger.scenario.schools
    rows = np.flatnonzero((ledger.node != UNPLACED) & (ledger.means == Means.UNKNOWN))
    boards = ledger.seats.kind[ledger.node[rows]] == SeatKind.BOARDING
    in_boarding = rows[boards]
    np.subtract.at(ledger.beds, ledger.school[in_boarding], 1)
    ledger.means[in_boarding] = Means.BOARDING
    rows = rows[~boards & (ledger.metres[rows] != NO_METRES)]

    limit = np.array([policy.primary_limit_metres, policy.junior_limit_metres])[ledger.students.stage[rows]]
    school = ledger.school[rows]
    means = np.where(schools.bus[school], Means.BUS, Means.EXCEPTION)
    private = ledger.status[rows] == Status.PRIVATE
    means = np.where(private & ~schools.bus[school], Means.OWN_WAY, means)
    far_junior = np.flatnonzero((ledger.metres[rows] > limit) & (ledger.students.stage[rows] == Stage.JUNIOR))
    sorting = np.lexsort(
        (ledger.id_rank[rows[far_junior]], -ledger.metres[rows[far_junior]], school[far_junior])
    )
    far_junior = far_junior[sorting]
    of_school = school[far_junior]
    place = np.arange(len(far_junior)) - np.searchsorted(of_school, of_school)
    in_bed = far_junior[place < ledger.beds[of_school]]
    means[in_bed] = Means.BOARDING
    np.subtract.at(ledger.beds, school[in_bed], 1)
    ledger.means[rows] = np.where(ledger.metres[rows] <= limit, Means.NEAR, means)
