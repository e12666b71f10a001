"""What each round did, pool by pool: seats, applicants, the last one in, seat prices."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator import transport
from simulator.admission.ledger import Ledger, Played
from simulator.admission.ranking import ranking_date
from simulator.model import NO_DATE, NO_METRES, UNPLACED, RoundRecord
from simulator.model.arrays import Integers
from simulator.model.features import has_cut_offs

MOVED = -2
"""In place of an arc: admitted by this round, and gone since to a private school, or never come."""


def final_arcs(ledger: Ledger, played: Played) -> Integers:
    """The arc by which each applicant holds a place of this round at the end of the year.

    Children who got a freed seat later are in; who left a seat for another round's, or was admitted and did
    not come, is ``MOVED``; who got nothing, or nothing by this round, is ``UNPLACED``. int64 (applicants,).
    """
    applications = played.entry.applications
    student, applicant = applications.student, applications.applicant
    here = ledger.round[student] == played.row
    offered = (played.assignment.arc != UNPLACED) | (played.unclaimed != UNPLACED)
    arc = np.where(offered & ~here, MOVED, UNPLACED)
    held = np.flatnonzero(here[applicant] & (applications.pool == ledger.node[student][applicant]))
    arc[applicant[held]] = held
    return arc


def record_round(ledger: Ledger, played: Played) -> RoundRecord:
    """Cut-offs and counts of one round over the pools somebody applied to, as they stand at the end.

    A pool turned somebody away when an applicant who listed it got a later choice or nothing, whether or not
    it came, and wherever it has gone since. Its cut-off is
    the last child admitted by (rank, place in the draw), freed seats included. Least-cost rounds have seat
    prices instead; where every school drew for itself the place in its own draw is not told here.
    """
    entry, entries = ledger.scenario.policy.rounds[played.row], played.entry
    assignment, free, draw, students = played.assignment, played.free, played.draw, ledger.students
    arc = final_arcs(ledger, played)
    applications = entries.applications
    applicant = applications.applicant
    listed = np.bincount(applications.pool, minlength=len(free))
    pool = np.flatnonzero(listed)
    place_of = np.full(len(free), UNPLACED, dtype=np.int64)
    place_of[pool] = np.arange(len(pool))
    where = place_of[applications.pool]
    arcs = np.arange(len(applications.pool))
    got = arc[applicant]
    admitted = arcs == got
    offered = np.where(played.unclaimed != UNPLACED, played.unclaimed, assignment.arc)
    best = np.where(arc == MOVED, offered, arc)[applicant]
    turned_away = ((best == UNPLACED) | (arcs < best)) & ~admitted
    first = applications.offsets[:-1][np.diff(applications.offsets) > 0]

    taken = np.bincount(where[admitted], minlength=len(pool))
    contested = np.bincount(where[turned_away], minlength=len(pool)) > 0
    ranked = has_cut_offs(entry)
    drawn = draw.order if entry.tie_break == "common" else np.full(len(students), UNPLACED)
    shows = contested & (taken > 0) & ranked
    last_arc = np.zeros(len(pool), dtype=np.int64)
    telling = np.flatnonzero(admitted & shows[where])
    place = draw.order[applications.student[applicant[telling]]]
    telling = telling[np.lexsort((place, applications.priority[telling], where[telling]))]
    last_arc[where[telling]] = telling  # the last one written is the last one in
    last_applicant = applicant[last_arc]
    last_student = applications.student[last_applicant]
    date = ranking_date(entry)
    dates: Integers = getattr(students, date)[last_student] if date else np.full(len(pool), NO_DATE)

    prices = assignment.prices[pool] if len(assignment.prices) else np.zeros(len(pool), dtype=np.int64)
    children, rest = transport.split_price(prices, int(assignment.certificate.get("unplaced_base", 1)))
    journeys, metres = split_journeys(rest, entries.daily_cost)
    measured = bool(np.all(entries.metres != NO_METRES))
    room = free.room(np.zeros(len(free), dtype=np.int64))
    return RoundRecord(
        round=played.row,
        entered=played.entered,
        applied=len(applications),
        admitted=int(np.sum(arc >= 0)),
        school=free.school[pool],
        stage=free.stage[pool],
        kind=free.kind[pool],
        seats=room[pool],
        first_choice=np.bincount(where[first], minlength=len(pool)),
        applicants=listed[pool],
        taken=taken,
        lottery=contested,
        cutoff_student=np.where(shows, last_student, UNPLACED).astype(np.int32),
        cutoff_tier=np.where(shows, entries.tier[last_applicant], UNPLACED).astype(np.int32),
        cutoff_draw=np.where(shows, drawn[last_student], UNPLACED),
        cutoff_date=np.where(shows, dates, NO_DATE).astype(np.int32),
        price_children=children,
        price_journeys=journeys,
        price_metres=metres,
        metres=int(entries.metres[arc[arc >= 0]].sum(dtype=np.int64)) if measured else NO_METRES,
        certificate=_told(assignment.certificate, entries.daily_cost),
        refills=tuple(played.refills),
    )


def _told(certificate: Mapping[str, int | str | bool], daily_cost: int) -> Mapping[str, int | str | bool]:
    """The facts of a proof, with what a far daily journey counts in its costs where one may be made."""
    return {**certificate, "far_journey_cost": daily_cost} if certificate and daily_cost else certificate


def split_journeys(rest: Integers, daily_cost: int) -> tuple[Integers, Integers]:
    """Part what is left of a price into daily journeys beyond the walking limit spared, and metres.

    ``daily_cost`` is more than twice what any chain of moves adds in metres, so the nearest whole multiple is
    the number of journeys; int64 each.
    """
    if daily_cost == 0:
        return np.zeros_like(rest), rest
    journeys = (2 * rest + daily_cost) // (2 * daily_cost)
    return journeys, rest - journeys * daily_cost
