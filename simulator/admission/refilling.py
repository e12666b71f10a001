"""Seats given on: of children who do not come, and of children who moved, each to the next in the same order.

Never a second draw: the round that gave the seat is played again for its applicants still waiting, over the
freed pools alone, with the ranks and the draw it had; a least-cost round with a proof of its own.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import mechanisms
from simulator.admission.ledger import Ledger, Played
from simulator.admission.ranking import told_apart
from simulator.model import UNPLACED, Applications, Notice, Ragged, Reason, Refill, Round, SeatKind, Students
from simulator.model.arrays import Booleans, Integers


def seat_admitted(ledger: Ledger, played: Played, entry: Round) -> Integers:
    """Seat those whom the mechanism admitted and who come; the seats of the others go to the next (R29, R30).

    1. Whoever is admitted and does not come (``Round.no_shows``) keeps the place it had before, if any.
    2. The seats so left are offered to those of the round whom it gave no place and no offer. Who does not
       come either leaves the seat again, until nobody more stays away.

    Returns:
        The leaves left behind by children who moved, for ``refill_earlier``; ``played.unclaimed`` notes who
        was admitted and did not come.
    """
    assignment, applications = played.assignment, played.entry.applications
    away = stay_away(entry, ledger.students)[applications.student]
    absent = away & (assignment.arc != UNPLACED)
    left = _seat(ledger, played, np.where(absent, UNPLACED, assignment.arc), np.arange(len(applications)))
    ledger.over[applications.student[assignment.over[~absent[assignment.over]]]] = True
    arc, refilled, unclaimed = assignment.arc, 0, played.unclaimed
    while absent.any():
        unclaimed[absent] = arc[absent]
        here = ledger.round[applications.student] == played.row
        waiting = np.flatnonzero(~here & (unclaimed == UNPLACED))
        freed = np.unique(applications.pool[arc[absent]])
        arc, left_too = _play_again(ledger, played, entry, freed, waiting, away)
        left = np.union1d(left, left_too)
        absent = away & (arc != UNPLACED)
        refilled += int(np.sum(arc != UNPLACED) - np.sum(absent))
    count = int(np.sum(unclaimed != UNPLACED))
    if count:
        told = Notice("notice_no_shows", details={"round": entry.name, "count": count, "refilled": refilled})
        ledger.notices.append(told)
    return left


def stay_away(entry: Round, students: Students) -> Booleans:
    """bool (students,): children who, admitted by the round, do not come."""
    away = np.zeros(len(students), dtype=np.bool_)
    for name in entry.no_shows:
        away |= students.yes(name)
    return away


def refill_earlier(ledger: Ledger, left: Integers) -> None:
    """Give on the leaves left by children who moved (a confirmed private place frees the public seat).

    Each earlier round is played again for its applicants still waiting, but for those who do not come.
    """
    if not len(left):
        return
    for played in ledger.played[:-1]:
        entry, student = ledger.scenario.policy.rounds[played.row], played.entry.applications.student
        away = stay_away(entry, ledger.students)[student]
        waiting = np.flatnonzero(~ledger.placed[student] & ledger.active[student] & ~away)
        _play_again(ledger, played, entry, left, waiting, away)


def _play_again(
    ledger: Ledger, played: Played, entry: Round, leaves: Integers, waiting: Integers, away: Booleans
) -> tuple[Integers, Integers]:
    """Play a round again over freed leaves for its applicants ``waiting``, and seat them.

    Args:
        leaves: the freed leaves. waiting: rows of applicants. away: bool (applicants,), not to be seated.

    Returns:
        The arc each applicant of the round was given now, int64 (applicants,), ``UNPLACED`` for none; and the
        leaves left behind by those who moved.
    """
    applications, free = played.entry.applications, ledger.free()
    arc = np.full(len(applications), UNPLACED, dtype=np.int64)
    if not len(waiting):
        return arc, np.zeros(0, dtype=np.int64)
    freed = np.isin(np.arange(len(free)), leaves) | (free.kind < SeatKind.GENERAL)
    favoured = ledger.node[applications.student[applications.favoured]]
    using = np.bincount(favoured[favoured != UNPLACED], minlength=len(free))
    seats = replace(
        free,
        seats=np.where(freed, free.seats, 0),
        reserves=np.maximum(played.free.reserves - using, 0),  # what the favoured still seated left of it
    )
    again = _only(applications, waiting)
    last_seat = ledger.scenario.policy.twins.last_seat
    mechanism = mechanisms.mechanism_of(entry, ledger.scenario.own)
    assignment = mechanism(again, seats, told_apart(played.draw, ledger.id_rank), last_seat=last_seat)
    shift = applications.offsets[waiting] - again.offsets[:-1]
    arc[waiting] = np.where(assignment.arc == UNPLACED, UNPLACED, assignment.arc + shift)
    come = waiting[~away[waiting]]
    left = _seat(ledger, played, arc[come], come)
    over = waiting[assignment.over]
    ledger.over[applications.student[over[~away[over]]]] = True
    admitted = int(np.sum(arc[come] != UNPLACED))
    after = ledger.played[-1].row
    played.refills.append(Refill(after, len(waiting), admitted, assignment.certificate))
    return arc, left


def _seat(ledger: Ledger, played: Played, arc: Integers, applicant: Integers) -> Integers:
    """Seat the applicants that got an arc; returns the leaves left behind by those who moved."""
    applications = played.entry.applications
    got = arc != UNPLACED
    applicant, arc = applicant[got], arc[got]
    student = applications.student[applicant]
    left = ledger.node[student]
    ledger.seat(
        student,
        applications.pool[arc],
        round_row=played.row,
        reason=Reason.ADMITTED,
        metres=played.entry.metres[arc],
        tier=played.entry.tier[applicant],
        draw=played.draw.order[student],
    )
    return np.unique(left[left != UNPLACED])


def _only(applications: Applications, rows: Integers) -> Applications:
    """The applications of ``rows`` alone."""
    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(rows)
    return Applications(
        student=applications.student[rows],
        offsets=arcs.offsets,
        pool=applications.pool[arcs.values],
        priority=applications.priority[arcs.values],
        cost=applications.cost[arcs.values],
        unit=applications.unit[rows],
        tier=applications.tier[rows],
        alike=applications.alike[rows],
        favoured=applications.favoured[rows],
        bands=applications.bands,
    )
