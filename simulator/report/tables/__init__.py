"""The result tables, by name; every file of a run folder that is a table is written from these."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simulator.report.columns import Table
from simulator.report.tables.children import students, unplaced
from simulator.report.tables.extra_seats import more_classes, seat_prices
from simulator.report.tables.findings import indicators, notices
from simulator.report.tables.places import places
from simulator.report.tables.schools import classes, cutoffs, rounds, schools
from simulator.report.tables.zones import fixes, zones
from simulator.report.view import View

TABLES: Mapping[str, Callable[[View], Table]] = {
    "students": students,
    "unplaced": unplaced,
    "schools": schools,
    "rounds": rounds,
    "cutoffs": cutoffs,
    "classes": classes,
    "zones": zones,
    "fixes": fixes,
    "seat_prices": seat_prices,
    "more_classes": more_classes,
    "indicators": indicators,
    "notices": notices,
}
"""Table name to its maker."""

ROAD_TABLES: Mapping[str, Callable[[View], Table]] = {"places": places}
"""Tables of runs whose distances go by road, beside the others."""


def tables_of(view: View) -> dict[str, Table]:
    """Every table of a run, by name."""
    makers = {**TABLES, **ROAD_TABLES} if view.run.travel.roads is not None else TABLES
    return {name: make(view) for name, make in makers.items()}


__all__ = ["ROAD_TABLES", "TABLES", "tables_of"]
