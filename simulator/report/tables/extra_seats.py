"""Tables of what more seats would do: prices of single seats, and one more class tried school by school."""

from __future__ import annotations

import numpy as np

from simulator.model import RoundRecord, SeatKind, Stage
from simulator.model.arrays import Integers, texts
from simulator.model.policy import LEAST_COST
from simulator.report.columns import Column, Table, coded, named
from simulator.report.view import View


def priced_records(view: View) -> list[RoundRecord]:
    """The rounds that have seat prices, in the order they were played."""
    return [record for record in view.run.admission.rounds if view.entry(record).mechanism in LEAST_COST]


def seat_prices(view: View) -> Table:
    """One row per least-cost round and seat pool in which one more seat is worth anything.

    Sorted by round, stage and worth: children placed, then far journeys spared, then metres saved.
    """
    records, schools = priced_records(view), view.run.scenario.schools
    place = np.repeat(np.arange(len(records)), [len(record.school) for record in records])

    def joined(name: str) -> Integers:
        columns = [getattr(record, name) for record in records]
        return np.asarray(np.concatenate(columns)) if columns else np.zeros(0, dtype=np.int64)

    children, journeys, metres = (
        joined(f"price_{name}").astype(np.int64) for name in ("children", "journeys", "metres")
    )
    worth = np.flatnonzero((children != 0) | (journeys != 0) | (metres != 0))
    school, stage = joined("school"), joined("stage")
    ids = schools.id[school[worth]].astype(str)
    worth = worth[
        np.lexsort(
            (ids, -metres[worth], -journeys[worth], -children[worth], stage[worth], place[worth])
        )
    ]  # fmt: skip
    titles = texts([view.words.round_title(view.entry(record)) for record in records])
    names = texts([view.entry(record).name for record in records])
    bent = np.array([view.in_units(record) for record in records], dtype=np.bool_)
    school, round_of = school[worth], place[worth]
    in_units = bent[round_of]
    return Table(
        "seat_prices",
        (
            Column("round", "text", titles[round_of], readers="people"),
            Column("round_name", "text", names[round_of], readers="programs"),
            coded("stage", Stage, "stage", stage[worth]),
            Column("school", "text", schools.id[school]),
            Column("school_name", "text", view.school_names[school]),
            named("county", view.county_names, schools.county[school]),
            coded("seat_kind", SeatKind, "seats", joined("kind")[worth]),
            Column("seats", "count", joined("seats")[worth]),
            Column("applicants", "count", joined("applicants")[worth]),
            Column("price_children", "count", children[worth]),
            Column("price_journeys", "count", journeys[worth]),
            Column("price_metres", "metres", metres[worth], known=~in_units),
            Column("price_units", "count", metres[worth], known=in_units),
        ),
    )


def more_classes(view: View) -> Table:
    """One row per school and stage tried with one more class, best first: the promise and what came of it."""
    made, schools = view.run.more_classes, view.run.scenario.schools
    measured = np.full(len(made), view.has_metres)
    return Table(
        "more_classes",
        (
            Column("school", "text", schools.id[made.school]),
            Column("school_name", "text", view.school_names[made.school]),
            named("county", view.county_names, schools.county[made.school]),
            coded("stage", Stage, "stage", made.stage),
            Column("seats_added", "count", made.seats),
            Column("listed", "yes_no", made.listed),
            Column("promised_children", "count", made.promised_children),
            Column("promised_journeys", "count", made.promised_journeys),
            Column("promised_metres", "metres", made.promised_metres, known=measured),
            Column("zone_short", "count", made.zone_short),
            Column("really_placed", "count", made.placed),
            Column("really_own_zone", "count", made.own_zone),
            Column("really_beyond_limit", "count", made.beyond_limit, known=measured),
            Column("really_metres", "metres", made.metres, known=measured),
            Column("gain", "count", made.gain),
            Column("lose", "count", made.lose),
        ),
    )
