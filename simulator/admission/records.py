"""What each round did, pool by pool: seats, applicants, the last one in, seat prices."""

from __future__ import annotations

import numpy as np

from simulator import transport
from simulator.admission.applying import Entry
from simulator.admission.ranking import ranking_date
from simulator.model import (
    NO_DATE,
    NO_METRES,
    UNPLACED,
    Assignment,
    Draw,
    Round,
    RoundRecord,
    Seats,
    Students,
)
from simulator.model.arrays import Integers


def record_round(
    row: int,
    entry: Round,
    entered: int,
    entries: Entry,
    assignment: Assignment,
    free: Seats,
    draw: Draw,
    students: Students,
) -> RoundRecord:
    """Cut-offs and counts of one round over the pools somebody applied to.

    A pool turned somebody away when an applicant who listed it got a later choice or nothing. Its cut-off is
    the last child admitted by (rank, place in the draw). Least-cost rounds have seat prices instead.
    """
    applications = entries.applications
    applicant = applications.applicant
    pool, where = np.unique(applications.pool, return_inverse=True)
    where = where.reshape(-1)
    arcs = np.arange(len(applications.pool))
    got = assignment.arc[applicant]
    admitted = arcs == got
    turned_away = ((got == UNPLACED) | (arcs < got)) & ~admitted
    first = arcs == applications.offsets[applicant]
    place = draw.order[applications.student[applicant]]

    by_order = np.lexsort((place, applications.priority, ~admitted, where))
    sorted_pool = where[by_order]
    taken = np.bincount(where[admitted], minlength=len(pool))
    last_row = np.searchsorted(sorted_pool, np.arange(len(pool))) + taken - 1
    contested = np.bincount(where[turned_away], minlength=len(pool)) > 0
    ranked = entry.mechanism in ("priority", "lottery")
    shows = contested & (taken > 0) & ranked
    last_arc = by_order[np.maximum(last_row, 0)] if len(pool) else np.zeros(0, dtype=np.int64)
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
        round=row,
        entered=entered,
        applied=len(applications),
        admitted=int(np.sum(assignment.arc != UNPLACED)),
        school=free.school[pool],
        stage=free.stage[pool],
        kind=free.kind[pool],
        seats=room[pool],
        first_choice=np.bincount(where[first], minlength=len(pool)),
        applicants=np.bincount(where, minlength=len(pool)),
        taken=taken,
        lottery=contested,
        cutoff_student=np.where(shows, last_student, UNPLACED).astype(np.int32),
        cutoff_tier=np.where(shows, entries.tier[last_applicant], UNPLACED).astype(np.int32),
        cutoff_draw=np.where(shows, draw.order[last_student], UNPLACED),
        cutoff_date=np.where(shows, dates, NO_DATE).astype(np.int32),
        price_children=children,
        price_journeys=journeys,
        price_metres=metres if measured else np.zeros_like(metres),
        metres=int(entries.metres[assignment.arc[assignment.arc != UNPLACED]].sum(dtype=np.int64))
        if measured
        else NO_METRES,
        certificate=assignment.certificate,
    )


def split_journeys(rest: Integers, daily_cost: int) -> tuple[Integers, Integers]:
    """Part what is left of a price into daily journeys beyond the walking limit spared, and metres.

    ``daily_cost`` is more than twice what any chain of moves adds in metres, so the nearest whole multiple is
    the number of journeys; int64 each.
    """
    if daily_cost == 0:
        return np.zeros_like(rest), rest
    journeys = (2 * rest + daily_cost) // (2 * daily_cost)
    return journeys, rest - journeys * daily_cost
