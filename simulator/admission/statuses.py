"""Who takes part at all: the statuses fixed before round one, and the reasons left after the last."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, Policy, Reason, Stage, Status, Students, Zones
from simulator.model.arrays import Booleans, Integers
from simulator.model.limits import under_age


def opening_statuses(policy: Policy, students: Students) -> tuple[Integers, Integers]:
    """Status and reason before round one, int8 (students,) each; ``UNPLACED`` means "takes part".

    In rising precedence: under age, deferred with an approval number, enrolled elsewhere, declined.
    """
    status = np.full(len(students), Status.UNPLACED, dtype=np.int8)
    reason = np.full(len(students), Reason.NONE, dtype=np.int8)
    for mask, its_status, its_reason in (
        (under_age(policy, students), Status.NOT_OF_AGE, Reason.UNDER_AGE),
        (students.deferral, Status.DEFERRED, Reason.DEFERRAL_APPROVED),
        (students.yes("enrolled_elsewhere"), Status.ENROLLED_ELSEWHERE, Reason.ELSEWHERE),
        (students.yes("declined"), Status.DECLINED, Reason.GAVE_UP),
    ):
        status[mask] = its_status
        reason[mask] = its_reason
    return status, reason


def closing_reasons(
    students: Students, zones: Zones, waiting: Booleans, entered: Booleans, applied: Booleans
) -> tuple[Integers, Integers]:
    """Status and reason of those no round placed, int8 (students,) each, read only where ``waiting``.

    Args:
        waiting: took part and has no place. entered: some round was open to the child. applied: some round
            had a school in reach.
    """
    unzoned = np.zeros(len(students), dtype=np.bool_)
    for stage in Stage:
        of_stage = np.flatnonzero((students.stage == stage) & (students.block != UNPLACED))
        unzoned[of_stage] = zones.schools[stage].lengths[students.block[of_stage]] == 0
    no_permit = students.yes("migrant") & ~students.yes("residence_permit")

    reason = np.full(len(students), Reason.NO_SEAT_IN_REACH, dtype=np.int8)
    reason[~applied] = Reason.NO_SCHOOL_IN_REACH
    reason[~applied & unzoned] = Reason.NO_ZONE
    reason[~entered] = Reason.NO_ROUND
    reason[~entered & no_permit] = Reason.NO_RESIDENCE_PERMIT
    unknown = students.block == UNPLACED
    reason[unknown & waiting] = Reason.ADDRESS_UNKNOWN
    status = np.where(unknown, Status.TO_BE_VERIFIED, Status.UNPLACED).astype(np.int8)
    return status, reason
