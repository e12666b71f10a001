"""Tables of single children: those fit for a list (``privacy``), and the whole result, kept internal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import UNPLACED, Means, Reason, SeatKind, Stage, Status
from simulator.model.arrays import Integers
from simulator.report.columns import Column, Table, coded, metres, named
from simulator.report.view import View


def students(view: View) -> Table:
    """The children who may stand in a list, in roster order; the others are told individually."""
    return _outcomes(view, np.flatnonzero(view.published.listed))


def internal_students(view: View) -> Table:
    """Every child of the roster, one row each, in roster order: not for publication (R23, R45)."""
    return _outcomes(view, np.arange(len(view.run.students)))


def told_individually(view: View) -> Table:
    """The children who stand in no list, for those who notify their families: not for publication."""
    return _outcomes(view, np.flatnonzero(~view.published.listed))


def _outcomes(view: View, rows: Integers) -> Table:
    """What became of the children ``rows``."""
    run, answer = view.run, view.run.admission
    school = answer.school[rows]
    seated = school != UNPLACED
    titles = np.array(view.words.round_titles(), dtype=object)
    names = np.array([entry.name for entry in run.scenario.policy.rounds], dtype=object)
    row_of_class = run.classes.student_class[rows]
    number = np.full(len(rows), UNPLACED, dtype=np.int64)
    in_class = row_of_class != UNPLACED
    number[in_class] = run.classes.number[row_of_class[in_class]]
    means, distance = answer.means[rows], answer.metres[rows]
    return Table(
        "students",
        (
            *_who(view, rows),
            coded("status", Status, "status", answer.status[rows]),
            *_for_both(coded("reason", Reason, "reason", answer.reason[rows]), usual=Reason.ADMITTED),
            named("school", run.scenario.schools.id, school),
            Column("school_name", "text", named("", view.school_names, school).values, readers="people"),
            replace(named("round", titles, answer.round[rows]), readers="people"),
            replace(named("round_name", names, answer.round[rows]), readers="programs"),
            *_for_both(coded("seat_kind", SeatKind, "seats", answer.kind[rows]), usual=SeatKind.GENERAL),
            Column("class_number", "count", number, known=number != UNPLACED),
            metres("metres", distance, among=seated),
            coded("means", Means, "means", np.where(means == Means.UNKNOWN, UNPLACED, means)),
            Column("in_zone", "yes_no", answer.in_zone[rows], known=seated),
            Column("nearest", "yes_no", answer.nearest[rows], known=seated & (distance >= 0)),
            Column("beyond_seats", "yes_no", answer.over[rows], known=seated, readers="programs"),
        ),
    )


def _for_both(column: Column, usual: int) -> tuple[Column, Column]:
    """A column as it is for programs; for people without the usual value, so that the others stand out."""
    seldom = (column.values != usual) if column.known is None else column.known & (column.values != usual)
    return replace(column, readers="programs"), replace(column, known=seldom, readers="people")


def unplaced(view: View) -> Table:
    """The children without a place and those to be verified (R3, R23), by status, reason and id."""
    shown, students = view.run.admission, view.run.students
    rows = np.flatnonzero(np.isin(shown.status, (Status.UNPLACED, Status.TO_BE_VERIFIED)))
    ids = students.id[rows].astype(str) if len(rows) else np.zeros(0, dtype=str)
    rows = rows[np.lexsort((ids, students.stage[rows], shown.reason[rows], -shown.status[rows]))]
    block = students.block[rows]
    return Table(
        "unplaced",
        (
            *_who(view, rows),
            coded("status", Status, "status", shown.status[rows]),
            coded("reason", Reason, "reason", shown.reason[rows]),
            named("county", view.county_names, view.facts.child_county[rows]),
            named("block", view.run.scenario.blocks.id, block),
            Column("block_name", "text", named("", view.block_names, block).values, readers="people"),
        ),
    )


def _who(view: View, rows: Integers) -> tuple[Column, ...]:
    """Id, stage and, only where names were asked for, the name."""
    names = view.student_names
    return (
        Column("student", "text", view.run.students.id[rows]),
        *(() if names is None else (Column("student_name", "text", names[rows]),)),
        coded("stage", Stage, "stage", view.run.students.stage[rows]),
    )
