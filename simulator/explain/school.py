"""One school: its seats, its load, and the cut-off of each round."""

from __future__ import annotations

import numpy as np

from simulator.explain.facts import Compared, CutOff, Parts, SchoolExplained, StageExplained
from simulator.explain.last_year import last_year
from simulator.explain.ranks import STANDINGS, last_tier, queue_at, secret, values
from simulator.explain.year import Year, beyond_seats
from simulator.model import UNPLACED, RoundRecord, SeatKind, Stage
from simulator.model.features import has_cut_offs
from simulator.model.policy import LEAST_COST
from simulator.model.protected import protected_columns, tells_category


def explain_school(year: Year, school: int, *, staff: bool = False) -> SchoolExplained:
    """Cut-offs of a school, stage by stage and round by round; seat prices for staff alone.

    Args:
        school: row.
    """
    schools, seats = year.scenario.schools, year.admission.seats
    stages = []
    for stage in Stage:
        node = np.flatnonzero(
            (seats.kind == SeatKind.STAGE) & (seats.school == school) & (seats.stage == stage)
        )
        if not len(node):
            continue
        cutoffs = [
            _cutoff(year, record, row, staff)
            for record in year.admission.rounds
            for row in np.flatnonzero((record.school == school) & (record.stage == stage)).tolist()
        ]
        stages.append(
            StageExplained(
                stage=int(stage),
                classes=int(schools.classes[stage, school]),
                seats=int(seats.seats[node[0]]),
                load=int(year.admission.load[node[0]]),
                cutoffs=tuple(cutoffs),
            )
        )
    return SchoolExplained(school, staff, tuple(stages))


def _cutoff(year: Year, record: RoundRecord, row: int, staff: bool) -> CutOff:
    entry = year.scenario.policy.rounds[record.round]
    told: tuple[Compared, ...] = ()
    withheld = False
    if has_cut_offs(entry) and record.lottery[row]:
        told, withheld = _last(year, record, row)
    price = None
    if staff and entry.mechanism in LEAST_COST:
        columns = (record.price_children, record.price_journeys, record.price_metres)
        price = Parts(*(int(column[row]) for column in columns))
    return CutOff(
        round=record.round,
        kind=int(record.kind[row]),
        seats=int(record.seats[row]),
        first_choice=int(record.first_choice[row]),
        applicants=int(record.applicants[row]),
        taken=int(record.taken[row]),
        contested=bool(record.lottery[row]),
        ranked=has_cut_offs(entry),
        last=told,
        withheld=withheld,
        last_year=last_year(year, record.round, int(record.school[row]), int(record.stage[row])),
        price=price,
        measured=record.measured,
        beyond=beyond_seats(year, record, row),
    )


def _last(year: Year, record: RoundRecord, row: int) -> tuple[tuple[Compared, ...], bool]:
    """The values of the last one admitted to a pool, and whether they are withheld."""
    seen = year.seen[record.round]
    assert seen.played is not None
    free = seen.played.free
    here = (free.school == record.school[row]) & (free.stage == record.stage[row])
    pool = int(np.flatnonzero(here & (free.kind == record.kind[row]))[0])
    queue = queue_at(year, seen, pool)
    if queue.last == UNPLACED:
        return (), False
    entry = year.scenario.policy.rounds[record.round]
    protected = protected_columns(year.scenario.policy)
    if tells_category(entry, last_tier(year, seen, queue, queue.last), protected):
        return (), True
    found = values(year, seen, queue, queue.last)
    told = (
        Compared(name, None, None if secret(name, protected) else value)
        for name, value in found.items()
        if name not in STANDINGS or value
    )
    return tuple(told), False
