"""Seats parted for reserves and floors, so that deferred acceptance over a tree of pools does the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED, Applications, Seats
from simulator.model.arrays import Integers, freeze_columns


@dataclass(frozen=True)
class Parted:
    """A round whose leaves are parted in two.

    Attributes:
        applications, seats: the round, every arc to a parted leaf twice in a row, first part first.
        origin: int64 (arcs,), the arc of the round as it was.
    """

    applications: Applications
    seats: Seats
    origin: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)


def part_seats(applications: Applications, seats: Seats) -> Parted | None:
    """Part leaves with reserves or floors; ``None`` for a round without either.

    Reserves (Hafalir, Yenmez and Yildirim 2013). A leaf of q seats, r of them reserved, becomes two below it:
    r seats where favoured applicants rank first, and q - r where all rank as before. Everybody tries the
    reserved part first. So the r best favoured are in, whoever is best of the rest takes what is left of
    both parts, and no seat stays empty that somebody wants: their choice function, as slots that are filled
    in turn (Kominers and Sonmez 2016).

    Floors (extended seats, after Fragiadakis et al. 2015). A leaf of q seats and floor p becomes p regular
    seats and q - p extended ones; all extended seats together take no more applicants than the floors leave,
    and go by (priority, draw). If all lists hold all schools, every floor is met. Where lists are shorter a
    floor may be missed: that is a result, read from the answer.
    """
    reserved = np.minimum(seats.reserves, seats.seats)
    floors = np.minimum(seats.floors, seats.seats)
    if np.any(floors > 0):
        spare = max(0, len(applications) - int(floors.sum()))
        leaf = np.ones(len(seats), dtype=np.bool_)
        leaf[seats.parent[seats.parent != UNPLACED]] = False
        return _part(applications, seats, np.flatnonzero(leaf), floors, together=spare)
    if np.any(reserved > 0):
        return _part(applications, seats, np.flatnonzero(reserved > 0), reserved, together=None)
    return None


def _part(
    applications: Applications, seats: Seats, leaves: Integers, first: Integers, *, together: int | None
) -> Parted:
    """Part ``leaves`` into ``first`` (nodes,) seats and the rest; ``together`` bounds all the rests."""
    nodes, added = len(seats), len(leaves)
    head = nodes + (together is not None)
    rest_above = leaves if together is None else np.full(added, nodes)
    common = [] if together is None else [UNPLACED]
    parted = Seats(
        school=np.concatenate((seats.school, common, seats.school[leaves], seats.school[leaves])),
        stage=np.concatenate((seats.stage, common, seats.stage[leaves], seats.stage[leaves])),
        kind=np.concatenate((seats.kind, common, seats.kind[leaves], seats.kind[leaves])),
        parent=np.concatenate((seats.parent, common, leaves, rest_above)).astype(np.int32),
        seats=np.concatenate(
            (
                seats.seats,
                np.array([together] if common else [], dtype=np.int64),
                first[leaves],
                (seats.seats - first)[leaves],
            )
        ).astype(np.int64),
    )
    part = np.full(nodes, UNPLACED, dtype=np.int64)
    part[leaves] = np.arange(added)
    twice = part[applications.pool] != UNPLACED
    origin = np.repeat(np.arange(len(applications.pool)), 1 + twice)
    second = np.zeros(len(origin), dtype=np.bool_)
    second[1:] = origin[1:] == origin[:-1]
    old = applications.pool[origin]
    pool = np.where(twice[origin], head + part[old] + added * second, old)
    priority = applications.priority[origin].astype(np.int64)
    if together is None and len(priority):
        span = int(priority.max()) - int(priority.min()) + 1
        favoured = applications.favoured[applications.applicant][origin] & twice[origin] & ~second
        priority[favoured] -= span
    lengths = np.bincount(applications.applicant, minlength=len(applications))
    lengths = lengths + np.bincount(applications.applicant[twice], minlength=len(applications))
    return Parted(
        Applications(
            student=applications.student,
            offsets=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
            pool=pool.astype(np.int32),
            priority=priority,
            cost=applications.cost[origin],
            unit=applications.unit,
            tier=applications.tier,
            alike=applications.alike,
        ),
        parted,
        origin,
    )
