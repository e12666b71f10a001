"""Chinese parallel 平行志愿: acceptance is deferred inside a band of choices and final at its end."""

from __future__ import annotations

from simulator.mechanisms.asked import require_support
from simulator.mechanisms.proposals import play_bands
from simulator.model import Applications, Assignment, Draw, Seats


def parallel(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants band by band (Chen and Kesten 2017).

    1. Deferred acceptance among the first ``applications.bands[0]`` choices of every list.
    2. Those held are seated for good. The others go on with the next band of their lists and the seats left;
       the last size in ``bands`` repeats until the lists end.

    Bands of one are immediate acceptance; one band, or no bands at all, is deferred acceptance. Neither
    stable nor free of strategy in between; the larger the bands the harder it is to gain by a false list.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: an arc to a node that is no leaf, an unknown ``last_seat``, or an empty band.
        UnsupportedFeature: see ``MECHANISM_FEATURES``.
    """
    require_support("parallel", applications, seats)
    return play_bands(applications, seats, draw, applications.bands, last_seat=last_seat)
