"""Zoned priority: the queue of a school zone (R27), by the round's rank, then the draw."""

from __future__ import annotations

from simulator.mechanisms.deferred_acceptance import deferred_acceptance
from simulator.model import Applications, Assignment, Draw, Seats


def zoned_priority(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants of zones by deferred acceptance.

    1. With one school listed it is the plain queue of a single-school zone: the best by (priority, draw).
    2. In a multi-school zone children list schools; a place given up in one queue for a better one goes to
       the next there, which is deferred acceptance, step for step.

    Args, raises: see ``deferred_acceptance``.
    """
    return deferred_acceptance(applications, seats, draw, last_seat=last_seat)
