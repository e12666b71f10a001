"""Section 8: where one more seat is worth most, by the seat prices of a least-cost round."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import UNPLACED, Stage
from simulator.model.arrays import Booleans, Integers
from simulator.report.point_map import PointMap, point_map
from simulator.report.sections.schools import price_notes
from simulator.report.tables.extra_seats import priced_records
from simulator.report.view import View

SHOWN = 10
MARKS = ("worth_children", "worth_journeys", "worth_metres", "worth_nothing")
"""What one more seat at a school does first: the legend of the map, and the classes of its marks."""


def context(view: View) -> dict[str, Any]:
    """One map and one list per stage that has prices; ``round`` is "" where no round has any."""
    price = view.price
    if price.round == UNPLACED:
        return {"round": "", "stages": []}
    entry = view.run.scenario.policy.rounds[price.round]
    return {
        "round": view.words.round_title(entry),
        "notes": price_notes(view, entry),
        "last_column": "column_price_units" if price.in_units else "short_metres",
        "stages": [stage_values(view, stage) for stage in Stage if price.known[stage].any()],
        "shown": SHOWN,
        "others": len(priced_records(view)) - 1,
    }


def stage_values(view: View, stage: Stage) -> dict[str, Any]:
    """The schools of a stage at which one more seat is worth anything, the most first, and their map."""
    price, words, schools = view.price, view.words, view.run.scenario.schools
    children, journeys, metres = price.children[stage], price.journeys[stage], price.metres[stage]
    known = price.known[stage]
    mark = marks(children, journeys, metres)
    worth = np.flatnonzero(known & (mark < len(MARKS) - 1))
    ids = schools.id[worth].astype(str)
    worth = worth[np.lexsort((ids, -metres[worth], -journeys[worth], -children[worth]))]
    present = set(view.county_names[schools.county[worth]].tolist())
    units = {"worth_metres": "worth_units"} if price.in_units else {}
    counts = [int(np.sum(known & (mark == place))) for place in range(len(MARKS))]
    return {
        "name": words.text(f"stage_{stage.name.lower()}"),
        "counts": [
            (code, words.text(f"{units.get(code, code)}_count", n=count))
            for code, count in zip(MARKS, counts, strict=True)
            if count
        ],
        "rows": [row(view, stage, school) for school in worth.tolist()],
        "map": mark_map(view, known, mark, metres, stage),
        "counties": [name for name in view.run.scenario.counties if name in present],
    }


def marks(children: Integers, journeys: Integers, metres: Integers) -> Integers:
    """Place in ``MARKS`` of each school, int64 (schools,), by the first part of its price above zero."""
    return np.select([children > 0, journeys > 0, metres > 0], [0, 1, 2], 3)


def row(view: View, stage: Stage, school: int) -> dict[str, str]:
    """One school, printed."""
    price, words = view.price, view.words
    seats, load = int(view.facts.stage_seats[stage, school]), int(view.facts.stage_load[stage, school])
    return {
        "name": str(view.school_names[school]),
        "county": str(view.county_names[view.run.scenario.schools.county[school]]),
        "fill": words.percent(load, seats) if seats else "",
        "children": words.number(int(price.children[stage, school])),
        "journeys": words.number(int(price.journeys[stage, school])),
        "metres": words.number(int(price.metres[stage, school]))
        if view.has_metres or price.in_units
        else words.not_available,
    }


def mark_map(
    view: View, known: Booleans, mark: Integers, metres: Integers, stage: Stage
) -> dict[str, Any] | None:
    """Schools with a price as marks, those worth most on top; None where nothing has coordinates."""
    schools = view.run.scenario.schools
    drawn = np.flatnonzero(known & np.isfinite(schools.longitude) & np.isfinite(schools.latitude))
    drawn = drawn[np.lexsort((drawn, metres[drawn], -mark[drawn]))]
    found = view.shapes
    polygons = [polygon for county in found.counties.values() for polygon in county] if found else []
    names = [(*found.labels[c], str(view.county_names[c])) for c in found.counties] if found else []
    laid: PointMap | None = point_map(schools.longitude[drawn], schools.latitude[drawn], polygons, names)
    if laid is None:
        return None
    most = max(int(metres[drawn].max(initial=0)), 1)
    by_metres = 2 + 4 * np.sqrt(np.maximum(metres[drawn], 0) / most)
    radius = np.select([mark[drawn] < 2, mark[drawn] == 2], [np.full(len(drawn), 4.5), by_metres], 1.5)
    points = zip(laid.x.tolist(), laid.y.tolist(), np.round(radius, 1).tolist(), drawn.tolist(), strict=True)
    return {
        "width": laid.width,
        "height": laid.height,
        "outlines": laid.outlines,
        "labels": laid.labels,
        "points": [(x, y, r, MARKS[mark[s]], tip(view, stage, s)) for x, y, r, s in points],
    }


def tip(view: View, stage: Stage, school: int) -> str:
    """What a mark says when pointed at."""
    values = row(view, stage, school)
    return view.words.text(
        "price_tip_units" if view.price.in_units else "price_tip",
        school=values["name"],
        children=values["children"],
        journeys=values["journeys"],
        metres=values["metres"],
    )
