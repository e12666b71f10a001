"""What a round asks of its mechanism, read from the data, and refused where it cannot be given."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.market import has_linked, may_bind
from simulator.model import Applications, Seats, UnsupportedFeature
from simulator.model.features import unsupported


def features_asked(applications: Applications, seats: Seats) -> tuple[str, ...]:
    """The features a round makes use of, in the order of the table.

    Draws of every school's own are not among them: they are part of the priorities by now.
    """
    asked = {
        "twins": has_linked(applications),
        "reserves": bool(np.any(seats.reserves > 0)),
        "floors": bool(np.any(seats.floors > 0)),
    }
    if asked["floors"]:  # nothing else minds shared room
        demand = np.bincount(applications.pool, minlength=len(seats))
        asked["shared_room"] = bool(np.any(may_bind(seats, demand)))
    return tuple(name for name in ("twins", "shared_room", "reserves", "floors") if asked.get(name))


def require_support(mechanism: str, applications: Applications, seats: Seats) -> None:
    """Refuse what the table of features does not hold.

    Raises:
        UnsupportedFeature: the first feature, or pair of features, that is refused.
    """
    refused = unsupported(mechanism, features_asked(applications, seats))
    if refused:
        raise UnsupportedFeature(mechanism, refused[0])
