"""Tables of schools, of the rounds they took part in, and of their classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import NO_DATE, UNPLACED, Ownership, SchoolKind, SeatKind, Stage
from simulator.model.arrays import Booleans, Integers
from simulator.model.policy import LEAST_COST
from simulator.report.columns import Column, Table, coded, dates, hundredths, listed, named, place
from simulator.report.last_year import cutoff_points, last_year
from simulator.report.privacy import is_protected, tells_category
from simulator.report.view import LARGE_CLASS, VERY_LARGE_CLASS, View

CLASS_FLAGS = ("size_ordinary", "size_large", "size_very_large")


def school_rows(view: View) -> tuple[Integers, Integers]:
    """School and stage of each row of the table: every stage a school serves or has children or seats in."""
    facts, table = view.facts, view.run.scenario.schools
    serves = np.stack([table.serves(stage) for stage in Stage])
    used = serves | (facts.stage_seats > 0) | (facts.stage_load > 0)
    school, stage = np.nonzero(used.T)
    return school, stage


def schools(view: View) -> Table:
    """One row per school and stage: seats, load, classes, caps, and for staff seat prices."""
    table, facts, price = view.run.scenario.schools, view.facts, view.price
    school, stage = school_rows(view)
    cell = (stage, school)
    made, largest = view.classes
    seats, load = facts.stage_seats[cell], facts.stage_load[cell]
    after, cap = view.pupils_after[school], view.caps[school]
    flag = (largest[cell] >= LARGE_CLASS).astype(np.int64) + (largest[cell] >= VERY_LARGE_CLASS)
    priced = price.known[cell]
    bent = np.full(len(school), price.in_units)
    return Table(
        "schools",
        (
            Column("school", "text", table.id[school]),
            Column("school_name", "text", view.school_names[school]),
            named("county", view.county_names, table.county[school]),
            coded("stage", Stage, "stage", stage),
            coded("kind", SchoolKind, "kind", table.kind[school]),
            coded("ownership", Ownership, "ownership", table.ownership[school]),
            Column("seats", "count", seats),
            Column("load", "count", load),
            _percent("fill", load, seats),
            Column("classes_planned", "count", table.classes[cell]),
            Column("classes_made", "count", made[cell]),
            Column("largest_class", "count", largest[cell], known=largest[cell] > 0),
            Column("class_flag", "choice", flag, codes=CLASS_FLAGS),
            Column("pupils_after", "count", after),
            Column("cap", "count", cap),
            Column("oversized", "yes_no", after > cap),
            *_prices(price.children[cell], price.journeys[cell], price.metres[cell], priced, bent),
        ),
    )


def rounds(view: View) -> Table:
    """One row per round played: who entered, who applied, who was admitted."""
    records = view.run.admission.rounds
    entries = [view.entry(record) for record in records]
    return Table(
        "rounds",
        (
            listed("round", "text", entries, view.words.round_title, readers="people"),
            listed("round_name", "text", entries, lambda entry: entry.name, readers="programs"),
            listed("mechanism", "message", entries, lambda entry: f"mechanism_{entry.mechanism}"),
            listed("entered", "count", records, lambda record: record.entered),
            listed("applied", "count", records, lambda record: record.applied),
            listed("admitted", "count", records, lambda record: record.admitted),
            listed("pools", "count", records, lambda record: len(record.school)),
            listed("pools_contested", "count", records, lambda record: int(record.lottery.sum())),
        ),
    )


def cutoffs(view: View) -> Table:
    """One row per round and seat pool: seats, applicants, the last child admitted, and for staff seat prices.

    Rounds for protected children alone are left out: one child in one school is soon found.
    """
    protected = view.protected_columns
    records = [r for r in view.run.admission.rounds if not is_protected(view.entry(r), protected)]
    table = view.run.scenario.schools

    def joined(name: str) -> Any:
        columns = [getattr(record, name) for record in records]
        return np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)

    count = [len(record.school) for record in records]
    row = np.repeat(np.array([record.round for record in records], dtype=np.int64), count)
    entries = [view.entry(record) for record in records]
    priced = np.repeat(np.array([entry.mechanism in LEAST_COST for entry in entries], dtype=np.bool_), count)
    bent = np.repeat(np.array([view.in_units(record) for record in records], dtype=np.bool_), count)
    school, taken, applicants = joined("school"), joined("taken"), joined("applicants")
    tiers = joined("cutoff_tier")
    rounds = view.run.scenario.policy.rounds
    cells = sorted(set(zip(row.tolist(), tiers.tolist(), strict=True)))
    telling = {cell for cell in cells if tells_category(rounds[cell[0]], cell[1], protected)}
    hidden = np.array(
        [cell in telling for cell in zip(row.tolist(), tiers.tolist(), strict=True)], dtype=np.bool_
    )
    names = np.array([entry.name for entry in view.run.scenario.policy.rounds], dtype=object)
    before = last_year(view, row, school, joined("stage"))
    telling_points = [
        cutoff_points(view.entry(record), record, view.run.students, protected) for record in records
    ]
    points = np.concatenate(telling_points) if records else np.zeros(0, dtype=np.int64)
    return Table(
        "cutoffs",
        (
            Column("round", "text", np.array(view.words.round_titles(), dtype=object)[row], readers="people"),
            Column("round_name", "text", names[row], readers="programs"),
            Column("school", "text", table.id[school]),
            Column("school_name", "text", view.school_names[school]),
            coded("stage", Stage, "stage", joined("stage")),
            coded("seat_kind", SeatKind, "seats", joined("kind")),
            Column("seats", "count", joined("seats")),
            Column("first_choice", "count", joined("first_choice")),
            Column("applicants", "count", applicants),
            Column("taken", "count", taken),
            Column("contested", "yes_no", joined("lottery").astype(np.bool_)),
            place("cutoff_tier", tiers),
            dates("cutoff_date", np.where(hidden, NO_DATE, joined("cutoff_date"))),
            place("cutoff_draw", np.where(hidden, UNPLACED, joined("cutoff_draw"))),
            hundredths("cutoff_points", points),
            place("last_year_tier", before.tier),
            dates("last_year_date", before.date),
            hundredths("last_year_points", before.points),
            *_prices(
                joined("price_children"), joined("price_journeys"), joined("price_metres"), priced, bent
            ),
        ),
    )


def classes(view: View) -> Table:
    """One row per class of the entry year."""
    made, table = view.run.classes, view.run.scenario.schools
    return Table(
        "classes",
        (
            Column("school", "text", table.id[made.school]),
            Column("school_name", "text", view.school_names[made.school]),
            coded("stage", Stage, "stage", made.stage),
            Column("class_number", "count", made.number),
            Column("class_size", "count", made.size),
        ),
    )


def _prices(
    children: Integers, journeys: Integers, metres: Integers, priced: Booleans, bent: Booleans
) -> tuple[Column, ...]:
    """Columns of a seat price in its parts: for staff alone. Programs find them in ``seat_prices``.

    Args:
        priced: bool (rows,), seated by least cost. bent: bool (rows,), in units of cost, not in metres.
    """
    return (
        Column("price_children", "count", children, known=priced, readers="staff"),
        Column("price_journeys", "count", journeys, known=priced, readers="staff"),
        Column("price_metres", "metres", metres, known=priced & ~bent, readers="staff"),
        Column("price_units", "count", metres, known=priced & bent, readers="staff"),
    )


def _percent(name: str, part: Integers, whole: Integers) -> Column:
    """A column of percentages, part of whole; unknown where the whole is 0."""
    known = np.asarray(whole) > 0
    values = np.zeros(len(whole), dtype=np.float64)
    values[known] = 100 * part[known] / whole[known]
    return Column(name, "percent", values, known=known, unavailable=~known & (part > 0))
