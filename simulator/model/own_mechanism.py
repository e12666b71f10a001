"""A mechanism of one's own in place of a round's: any function of applications, seats and draw."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulator.model.applications import Applications, Assignment, Draw
from simulator.model.arrays import UNPLACED
from simulator.model.seats import Seats

Seating = Callable[[Applications, Seats, Draw], Assignment]
"""What a researcher writes: who applies where, seats still free, the luck -> the arc each applicant gets."""

OWN = "own"
"""What ``Round.mechanism`` says of a round that is played by one; no scenario file may say it."""


class OwnMechanism:
    """A function of a researcher's as a mechanism: called as all are, its answer checked before it counts.

    Two are equal only if they are the same one. To travel to other processes the function must be found there
    by its name, so it may be no lambda and stand in a module that they can import.

    Attributes:
        name: what it is called in reports and manifests. function: the function.
    """

    def __init__(self, name: str, function: Seating) -> None:
        self.name, self.function = name, function

    def __repr__(self) -> str:
        where = getattr(self.function, "__module__", ""), getattr(self.function, "__qualname__", "")
        return f"OwnMechanism({self.name!r}, {'.'.join(where)})"

    def __call__(
        self, applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
    ) -> Assignment:
        """Play it. Twins are applicants like others, for the function to bring together (or not).

        Raises:
            TypeError: the answer is no ``Assignment``.
            ValueError: an arc that is not the applicant's, or more children in a node than it has seats
                (twins listed in ``over`` aside); every fault is told.
        """
        answer = self.function(applications, seats, draw)
        if not isinstance(answer, Assignment):
            raise TypeError(f"{self.name}: an Assignment is wanted, not {type(answer).__name__}")
        faults = faults_of(answer, applications, seats)
        if faults:
            raise ValueError(f"{self.name}: " + "; ".join(faults))
        return answer


def faults_of(answer: Assignment, applications: Applications, seats: Seats) -> list[str]:
    """What is wrong with an answer, in words; nothing if it is one."""
    arc = answer.arc
    if arc.shape != (len(applications),) or arc.dtype.kind not in "iu":
        wanted = f"({len(applications)},)"
        return [f"arc must be whole numbers of shape {wanted}, not {arc.dtype} {arc.shape}"]
    got = np.flatnonzero(arc != UNPLACED)
    first, end = applications.offsets[got], applications.offsets[got + 1]
    foreign = got[(arc[got] < first) | (arc[got] >= end)]
    if len(foreign):
        return [f"{len(foreign)} applicants got an arc that is not theirs, first applicant {foreign[0]}"]
    single = answer.over[applications.unit[answer.over] == UNPLACED]
    faults = (
        [f"{len(single)} applicants beyond the seats are no twins, first {single[0]}"] if len(single) else []
    )
    within = np.setdiff1d(got, answer.over)
    load = seats.rolled_up(np.bincount(applications.pool[arc[within]], minlength=len(seats)))
    for node in np.flatnonzero(load > seats.seats).tolist():
        faults.append(f"{load[node]} children in node {node}, which has {seats.seats[node]} seats")
    return faults
