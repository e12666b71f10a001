"""The end of the year: a status for every child, what a planner must be told, and the sums asserted."""

from __future__ import annotations

import numpy as np

from simulator.admission.ledger import Ledger
from simulator.admission.records import record_round
from simulator.admission.seats import SeatPlan, released_seats
from simulator.admission.statuses import closing_reasons
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Admission,
    Means,
    Notice,
    Placement,
    SchoolKind,
    SeatKind,
    Seats,
    Stage,
    Status,
)
from simulator.model.arrays import Booleans, Integers

RESOURCE_ROOM_FROM = 5
"""Children with disabilities from which a school owes a resource room and teacher (R21)."""


class AccountingError(Exception):
    """The totals of a run do not add up: a fault of the program, never of the input."""


def close(
    ledger: Ledger, opened: Seats, plan: SeatPlan, travel_nearest: Integers, *, notices: bool = True
) -> Admission:
    """Freeze the ledger into an ``Admission``.

    Args:
        opened: the seat tree as the rounds opened. plan: the seats it was laid out from.
        travel_nearest: int32 (students,), metres to the nearest public day school, ``NO_METRES`` if unknown.
        notices: whether to write the notices of the close.

    Raises:
        AccountingError: a child or a seat was lost.
    """
    waiting = ledger.active & ~ledger.placed
    status, reason = closing_reasons(
        ledger.students, ledger.scenario.zones, waiting, ledger.entered, ledger.applied
    )
    ledger.status[waiting] = status[waiting]
    ledger.reason[waiting] = reason[waiting]
    known = ledger.placed & (ledger.metres != NO_METRES) & (travel_nearest != NO_METRES)
    kind = np.full(len(ledger.students), UNPLACED, dtype=np.int8)
    seated = ledger.node != UNPLACED
    kind[seated] = ledger.seats.kind[ledger.node[seated]]
    load = opened.rolled_up(ledger.sitters)
    if notices:
        ledger.notices += _closing_notices(ledger, opened, load)
    admission = Admission(
        status=ledger.status,
        reason=ledger.reason,
        school=ledger.school,
        round=ledger.round,
        kind=kind,
        metres=ledger.metres,
        tier=ledger.tier,
        draw=ledger.draw,
        means=ledger.means,
        in_zone=_in_zone(ledger),
        nearest=known & (ledger.metres <= travel_nearest),
        over=ledger.over,
        seats=opened,
        load=load,
        rounds=tuple(record_round(ledger, played) for played in ledger.played),
        notices=tuple(ledger.notices),
        draws=ledger.draws,
        school_draws=ledger.school_draws,
    )
    assert_totals(admission, ledger, plan)
    return admission


def _in_zone(ledger: Ledger) -> Booleans:
    """Placed in a school of the block's zone."""
    students, schools = ledger.students, np.int64(len(ledger.scenario.schools))
    inside = np.zeros(len(students), dtype=np.bool_)
    for stage in Stage:
        rows = np.flatnonzero((students.stage == stage) & ledger.placed & (students.block != UNPLACED))
        zone = ledger.scenario.zones.schools[stage]
        zoned = np.append(np.unique(zone.owners * schools + zone.values), np.iinfo(np.int64).max)
        place = students.block[rows] * schools + ledger.school[rows]
        inside[rows] = zoned[np.searchsorted(zoned, place)] == place
    return inside


def _closing_notices(ledger: Ledger, opened: Seats, load: Integers) -> list[Notice]:
    students = ledger.students
    notices: list[Notice] = []
    over = np.flatnonzero(ledger.over & (ledger.node != UNPLACED))
    school, count = np.unique(ledger.school[over], return_counts=True)
    notices += [
        Notice("notice_twins_over", school=int(s), details={"over": int(n)})
        for s, n in zip(school, count, strict=True)
    ]
    stage_node = np.flatnonzero((opened.kind == SeatKind.STAGE) & (ledger.seats.seats > opened.seats))
    notices += [
        Notice(
            "notice_seats_moved",
            school=int(opened.school[node]),
            details={"stage": int(opened.stage[node]), "seats": int(load[node] - opened.seats[node])},
        )
        for node in stage_node[load[stage_node] > opened.seats[stage_node]]
    ]
    notices += _twins_apart(ledger)
    notices += _resource_rooms(ledger)
    far = np.flatnonzero(ledger.means == Means.EXCEPTION)
    far = far[np.lexsort((ledger.id_rank[far], -ledger.metres[far]))]
    codes = {int(stage): f"notice_far_{stage.name.lower()}" for stage in Stage}
    columns = (far, students.stage[far], ledger.school[far], ledger.metres[far])
    notices += [
        Notice(codes[stage], student=row, school=at, details={"metres": metres})
        for row, stage, at, metres in zip(*(column.tolist() for column in columns), strict=True)
    ]
    return notices


def _twins_apart(ledger: Ledger) -> list[Notice]:
    """Twins of one stage placed in different schools."""
    students = ledger.students
    twins = np.flatnonzero((students.twin_group != UNPLACED) & ledger.placed)
    twins = twins[np.lexsort((ledger.id_rank[twins], students.twin_group[twins]))]
    same_group = np.diff(students.twin_group[twins]) == 0
    parted = twins[1:][same_group & (np.diff(ledger.school[twins]) != 0)]
    of_group, groups = students.twin_group[twins], np.unique(students.twin_group[parted])
    ends = np.searchsorted(of_group, groups, side="right")
    starts = np.searchsorted(of_group, groups).tolist()
    apart = [twins[start:end] for start, end in zip(starts, ends.tolist(), strict=True)]
    apart.sort(key=lambda group: int(ledger.id_rank[group[0]]))
    return [
        Notice(
            "notice_twins_apart",
            student=int(group[0]),
            details={"students": ", ".join(str(students.id[row]) for row in group)},
        )
        for group in apart
    ]


def _resource_rooms(ledger: Ledger) -> list[Notice]:
    """Ordinary schools that have five or more children with disabilities, on roll and entering (R21)."""
    schools = ledger.scenario.schools
    entering = np.flatnonzero((ledger.students.placement != Placement.NONE) & ledger.placed)
    children = schools.disabled_pupils + np.bincount(ledger.school[entering], minlength=len(schools))
    due = (children >= RESOURCE_ROOM_FROM) & ~schools.resource_room & (schools.kind != SchoolKind.SPECIAL)
    return [
        Notice("notice_resource_room", school=int(row), details={"children": int(children[row])})
        for row in np.flatnonzero(due)
    ]


def assert_totals(admission: Admission, ledger: Ledger, plan: SeatPlan) -> None:
    """Nobody and nothing is lost; checked on every run.

    1. Every child has exactly one status, and a school exactly when the status says so.
    2. The children seated in each leaf are the ones the ledger counted.
    3. No node holds more than its seats, as last released, but for children settled beforehand and twins
       kept together, who are listed.

    Raises:
        AccountingError: naming the sum that does not hold.
    """
    seated = np.isin(admission.status, (Status.PLACED, Status.PRIVATE))
    with_school = seated | (admission.status == Status.TAUGHT_AT_HOME)
    counts = np.bincount(admission.status, minlength=len(Status))
    if counts.sum() != len(ledger.students):
        raise AccountingError("statuses do not add up to the roster")
    if np.any(with_school != (admission.school != UNPLACED)):
        raise AccountingError("a child's status and school disagree")
    if np.any(seated != (ledger.node != UNPLACED)):
        raise AccountingError("a seated child without a seat, or a seat without its child")
    seats = ledger.seats
    sitters = np.bincount(ledger.node[seated], minlength=len(seats))
    if np.any(sitters != ledger.sitters):
        raise AccountingError("the seats taken are not the children seated")
    listed = seated & (ledger.over | (ledger.round == UNPLACED))
    beyond = np.bincount(ledger.node[listed], minlength=len(seats))
    last = released_seats(admission.seats, ledger.scenario.schools, plan)
    limit = np.maximum(last.seats, admission.seats.seats) + seats.rolled_up(beyond)
    if np.any(admission.load > limit):
        node = int(np.argmax(admission.load - limit))
        raise AccountingError(f"seats of school row {seats.school[node]} exceeded")
