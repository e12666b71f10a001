"""Immediate acceptance 志愿优先, known as the Boston mechanism: an earlier choice always comes first."""

from __future__ import annotations

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.proposals import play_bands
from simulator.model import Applications, Assignment, Draw, Seats

ONE_BY_ONE = (1,)
"""Bands of one choice."""


def immediate_acceptance(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants choice by choice.

    1. All first choices at once: where the applicants fit, all are in; where they do not, those with the best
       (priority, draw) are, for good.
    2. Losers go to their second choice, among the seats left after all first choices; and so on.
    3. Twins: see ``proposals.play_bands``.

    Nobody can be served better without another served worse, by the lists handed in (Abdulkadiroglu and
    Sonmez 2003). But to list a school one is sure of first may serve better than the truth, and a child may
    lose a seat to one who ranks behind it there.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, or an unknown ``last_seat``.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("immediate_acceptance", applications, seats)
    return play_bands(applications, seats, draw, ONE_BY_ONE, last_seat=last_seat)
