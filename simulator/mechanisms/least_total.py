"""Coordination at least total cost: the core places as many as can be placed, with the fewest metres."""

from __future__ import annotations

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.least_cost import facts_of, pose
from simulator.mechanisms.sharing import assign_with_shares
from simulator.model import Applications, Assignment, Draw, Seats
from simulator.model.arrays import Integers
from simulator.transport import own_prices, solve


def least_total(
    applications: Applications,
    seats: Seats,
    draw: Draw,
    *,
    last_seat: str = "both_in",
    near: Integers | None = None,
) -> Assignment:
    """Seat the applicants by the least-cost flow, certified.

    1. Pose the round: groups of applicants who are alike, staying unplaced dearer than any metres (``pose``).
    2. The core solves over all candidates at once; its certificate is checked, always. Where the round must
       keep share rules it solves with them (``assign_with_shares``).
    3. Each group deals its seats to its members, and twins are brought together (``Posed.assign``).

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.
        near: as of ``PricedMechanism``. Prices and the optimum are unique, and so is the flow where its ties
            are settled; where they are not the core begins from nothing, as it would have without.

    Raises:
        ValueError: as ``pose`` says. CertificateError: the core's answer is not optimal.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("least_total", applications, seats)
    posed = pose(applications, seats, draw, last_seat=last_seat)
    if applications.shares:
        return assign_with_shares(posed)
    flow = solve(posed.problem, warm_start=None if near is None else own_prices(posed.problem, near))
    if near is not None and flow.ties == "engine":
        flow = solve(posed.problem)
    return posed.assign(flow.flow, flow.total_prices, facts_of(flow.certify()))
