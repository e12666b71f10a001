"""Coordination tier by tier: the first tier walks the fewest metres, then the second, and so on."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.least_cost import facts_of, pose
from simulator.model import Applications, Assignment, Draw, Seats
from simulator.transport.tier_by_tier import tier_by_tier


def least_total_by_tier(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat as many as ``least_total`` does, of the same tiers, but with the metres of higher tiers first.

    1. Pose the round (``pose``).
    2. The core solves once per tier (``tier_by_tier``); every step is certified, always.
    3. Each group deals its seats to its members, and twins are brought together (``Posed.assign``).

    ``prices`` add up what one more seat would save in all tiers together under this aim; the metres of one
    tier may be saved at the cost of a lower one, so the sum can be below zero.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: as ``pose`` says. CertificateError: an answer of the core is not optimal.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("least_total_by_tier", applications, seats)
    posed = pose(applications, seats, draw, last_seat=last_seat)
    answer = tier_by_tier(posed.problem, posed.tier)
    proofs = answer.certify()
    by_tier = answer.cost_of_tiers()
    facts = facts_of(proofs[-1]) | {
        "objective": int(by_tier.sum() + np.sum(answer.unplaced * posed.problem.unplaced_cost)),
        "arcs_checked": sum(proof.arcs_checked for proof in proofs),
        "steps_proved": len(proofs),
        "optimal": all(proof.optimal for proof in proofs),
        "cost_by_tier": ", ".join(map(str, by_tier.tolist())),
    }
    return posed.assign(answer.flow, answer.savings().sum(axis=0), facts)
