"""Seats given on: of children who do not come, and of children who moved, each to the next in the same order.

Never a second draw: the round that gave the seat is played again for its applicants still waiting, over the
freed pools alone, with the ranks and the draw it had; a least-cost round with a proof of its own.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import mechanisms
from simulator.admission.ledger import Ledger, Played
from simulator.model import UNPLACED, Applications, Notice, Ragged, Reason, Refill, Round, SeatKind, Students
from simulator.model.arrays import Booleans, Integers


def seat_admitted(ledger: Ledger, played: Played, entry: Round) -> Integers:
    """Seat those whom the mechanism admitted and who come; the seats of the others go to the next (R29, R30).

    1. Whoever does not come (``Round.no_shows``) keeps the place it had, if any.
    2. The pools it was admitted to are offered to applicants of this round who have no place, but for those
       who would not come either: they are passed over, as a bureau passes over their number.

    Returns:
        The leaves left behind by children who moved, for ``refill_earlier``.
    """
    assignment, applications = played.assignment, played.entry.applications
    stays_away = stay_away(entry, ledger.students)[applications.student]
    absent = stays_away & (assignment.arc != UNPLACED)
    left = _seat(ledger, played, np.where(absent, UNPLACED, assignment.arc), np.arange(len(applications)))
    ledger.over[applications.student[assignment.over[~absent[assignment.over]]]] = True
    if not absent.any():
        return left
    freed = np.unique(applications.pool[assignment.arc[absent]])
    waiting = np.flatnonzero(~ledger.placed[applications.student] & ~stays_away)
    admitted = _play_again(ledger, played, entry, freed, waiting) if len(waiting) else 0
    details: dict[str, int | str] = {"round": entry.name, "count": int(absent.sum()), "refilled": admitted}
    ledger.notices.append(Notice("notice_no_shows", details=details))
    return left


def stay_away(entry: Round, students: Students) -> Booleans:
    """bool (students,): children who, admitted by the round, do not come."""
    away = np.zeros(len(students), dtype=np.bool_)
    for name in entry.no_shows:
        away |= students.yes(name)
    return away


def refill_earlier(ledger: Ledger, left: Integers) -> None:
    """Give on the leaves left by children who moved (a confirmed private place frees the public seat).

    Each earlier round is played again for its applicants still waiting.
    """
    if not len(left):
        return
    for played in ledger.played[:-1]:
        entry, student = ledger.scenario.policy.rounds[played.row], played.entry.applications.student
        waits = ~ledger.placed[student] & ledger.active[student] & ~stay_away(entry, ledger.students)[student]
        waiting = np.flatnonzero(waits)
        if len(waiting):
            _play_again(ledger, played, entry, left, waiting)


def _play_again(
    ledger: Ledger, played: Played, entry: Round, freed_leaves: Integers, waiting: Integers
) -> int:
    """Play a round again over freed leaves for its applicants ``waiting``; how many were seated."""
    applications, free = played.entry.applications, ledger.free()
    freed = np.isin(np.arange(len(free)), freed_leaves) | (free.kind < SeatKind.GENERAL)
    favoured = ledger.node[applications.student[applications.favoured]]
    using = np.bincount(favoured[favoured != UNPLACED], minlength=len(free))
    seats = replace(
        free,
        seats=np.where(freed, free.seats, 0),
        reserves=np.maximum(played.free.reserves - using, 0),  # what the favoured still seated left of it
    )
    again = _only(applications, waiting)
    last_seat = ledger.scenario.policy.twins.last_seat
    assignment = mechanisms.MECHANISMS[entry.mechanism](again, seats, played.draw, last_seat=last_seat)
    shift = applications.offsets[waiting] - again.offsets[:-1]
    arc = np.where(assignment.arc == UNPLACED, UNPLACED, assignment.arc + shift)
    _seat(ledger, played, arc, waiting)
    ledger.over[again.student[assignment.over]] = True
    admitted = int(np.sum(arc != UNPLACED))
    after = ledger.played[-1].row
    played.refills.append(Refill(after, len(waiting), admitted, assignment.certificate))
    return admitted


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
