"""Coordination at least greatest distance: nobody goes farther than must be, then fewest metres in all."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.least_cost import facts_of, pose
from simulator.model import Applications, Assignment, Draw, Seats
from simulator.transport.least_greatest import least_greatest as solve_least_greatest


def least_greatest(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat as many as ``least_total`` does, of the same tiers, over arcs of the least possible greatest cost.

    1. Pose the round (``pose``).
    2. The core finds the least greatest cost, proves that one less would place fewer, or fewer of a better
       tier, and then walks the fewest metres within it (``transport.least_greatest``).
    3. Each group deals its seats to its members, and twins are brought together (``Posed.assign``); a twin
       may have to go beyond the greatest cost for that.

    ``prices`` are those within this greatest cost: what one more seat would save if it stayed the greatest.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: as ``pose`` says. CertificateError: an answer of the core is not optimal.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("least_greatest", applications, seats)
    posed = pose(applications, seats, draw, last_seat=last_seat)
    answer = solve_least_greatest(posed.problem)
    proofs = answer.certify()
    facts = facts_of(proofs[0]) | {
        "arcs_checked": sum(proof.arcs_checked for proof in proofs),
        "steps_proved": len(proofs),
        "optimal": all(proof.optimal for proof in proofs),
        "greatest_cost": answer.greatest,
    }
    facts["cost_at_least_total"] = int(np.sum(answer.everywhere.flow * posed.problem.cost))
    if answer.below is not None:
        facts["unplaced_with_less"] = int(answer.below.unplaced.sum())
    return posed.assign(answer.flow, answer.best.total_prices, facts)
