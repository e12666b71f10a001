"""The lottery of private schools (R30): a complete draw among all applicants of a choice when over plan."""

from __future__ import annotations

from simulator.mechanisms.immediate_acceptance import immediate_acceptance
from simulator.model import Applications, Assignment, Draw, Seats


def lottery(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants choice by choice, by immediate acceptance.

    1. All first choices at once: who fits is in; where there are too many the draw decides. Priorities are
       equal unless the round names some: a complete lottery.
    2. Losers go to their second choice, among the seats left after all first choices; and so on.
    3. Twins draw as one.

    Args, raises: see ``immediate_acceptance``.
    """
    return immediate_acceptance(applications, seats, draw, last_seat=last_seat)
