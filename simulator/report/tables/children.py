"""Tables of single children; made from ``Published`` alone, so that no protected category is in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import UNPLACED, Means, Reason, SeatKind, Stage, Status
from simulator.model.arrays import Integers
from simulator.report.columns import Column, Table, coded, metres, named
from simulator.report.view import View


def students(view: View) -> Table:
    """Every child of the roster, one row each, in roster order."""
    run, shown = view.run, view.published
    rows = np.arange(len(run.students))
    seated = shown.school != UNPLACED
    school_name = named("school_name", view.school_names, shown.school).values
    school_name[shown.withheld] = view.words.text("told_to_family")
    titles = np.array(view.words.round_titles(), dtype=object)
    names = np.array([entry.name for entry in run.scenario.policy.rounds], dtype=object)
    over = run.admission.over & ~shown.protected
    row_of_class = run.classes.student_class
    number = np.full(len(rows), UNPLACED, dtype=np.int64)
    in_class = (row_of_class != UNPLACED) & ~shown.withheld
    number[in_class] = run.classes.number[row_of_class[in_class]]
    return Table(
        "students",
        (
            *_who(view, rows),
            coded("status", Status, "status", shown.status),
            *_for_both(coded("reason", Reason, "reason", shown.reason), usual=Reason.ADMITTED),
            named("school", run.scenario.schools.id, shown.school),
            Column("school_name", "text", school_name, readers="people"),
            replace(named("round", titles, shown.round), readers="people"),
            replace(named("round_name", names, shown.round), readers="programs"),
            *_for_both(coded("seat_kind", SeatKind, "seats", shown.kind), usual=SeatKind.GENERAL),
            Column("class_number", "count", number, known=number != UNPLACED),
            metres("metres", shown.metres, among=seated),
            coded("means", Means, "means", np.where(shown.means == Means.UNKNOWN, UNPLACED, shown.means)),
            Column("in_zone", "yes_no", shown.in_zone, known=seated),
            Column("nearest", "yes_no", shown.nearest, known=seated & (shown.metres >= 0)),
            Column("beyond_seats", "yes_no", over, known=seated, readers="programs"),
        ),
    )


def _for_both(column: Column, usual: int) -> tuple[Column, Column]:
    """A column as it is for programs; for people without the usual value, so that the others stand out."""
    seldom = (column.values != usual) if column.known is None else column.known & (column.values != usual)
    return replace(column, readers="programs"), replace(column, known=seldom, readers="people")


def unplaced(view: View) -> Table:
    """The children without a place and those to be verified (R3, R23), by status, reason and id."""
    shown, students = view.published, view.run.students
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
