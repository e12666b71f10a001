"""Section 4: the map as plain data; the page's script draws it, and writes every text as text."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import Ownership, SchoolKind, Stage
from simulator.report.maps import PER_DEGREE, Shapes
from simulator.report.tables.schools import school_rows
from simulator.report.tables.zones import LEVELS
from simulator.report.view import View

LOADS = ("load_light", "load_fair", "load_full", "load_over")
"""Legend of a school's load: below 80 %, below 95 %, up to 100 %, above."""
WORDS = (
    "map_children",
    "map_seats",
    "map_ratio",
    "map_short",
    "map_load",
    "map_no_zone",
    "map_private",
    "map_zoom_in",
    "map_zoom_out",
    *LEVELS,
)


def context(view: View) -> dict[str, Any]:
    """The map's data and legend; ``data`` is None where there are no coordinates."""
    found = view.shapes
    schools = view.run.scenario.schools
    has_points = bool(np.any(np.isfinite(schools.longitude) & np.isfinite(schools.latitude)))
    if found is None and not has_points:
        return {"data": None, "levels": LEVELS, "loads": LOADS, "outlined": False, "stages": []}
    data: dict[str, Any] = {
        "per": PER_DEGREE,
        "zones": _zones(view, found) if found else [],
        "unzoned": list(found.unzoned) if found else [[], []],
        "counties": _counties(view, found) if found else [],
        "schools": _schools(view),
        "words": {code: view.words.text(code) for code in WORDS},
    }
    drawn = {zone[0] for zone in data["zones"]} | {school[0] for school in data["schools"]}
    stages = [(stage, f"stage_{Stage(stage).name.lower()}") for stage in sorted(drawn)]
    outlined = bool(found and found.outlined)
    return {"data": data, "levels": LEVELS, "loads": LOADS, "outlined": outlined, "stages": stages}


def _zones(view: View, found: Shapes) -> list[list[Any]]:
    """Per zone: stage, level, name, children, seats, ratio, seats short, polygons."""
    warnings = view.run.warnings
    return [
        [
            int(warnings.stage[zone]),
            int(warnings.level[zone]),
            str(view.zone_names[zone]),
            view.words.number(int(warnings.children[zone])),
            view.words.number(int(warnings.seats[zone])),
            view.words.percent(int(warnings.children[zone]), int(warnings.seats[zone])),
            view.words.number(int(view.zone_short[zone])) if view.zone_short[zone] else "",
            polygons,
        ]
        for zone, polygons in sorted(found.zones.items())
    ]


def _counties(view: View, found: Shapes) -> list[list[Any]]:
    """Per county: name, x, y of its label, polygons."""
    return [
        [str(view.county_names[county]), *found.labels[county], polygons]
        for county, polygons in sorted(found.counties.items())
    ]


def _schools(view: View) -> list[list[Any]]:
    """Per school and stage: stage, x, y, name, kind, seats (number), seats, load, fill, legend, private."""
    table, facts, words = view.run.scenario.schools, view.facts, view.words
    rows = []
    for school, stage in zip(*(column.tolist() for column in school_rows(view)), strict=True):
        x, y = float(table.longitude[school]), float(table.latitude[school])
        if not (np.isfinite(x) and np.isfinite(y)):
            continue
        seats, load = int(facts.stage_seats[stage, school]), int(facts.stage_load[stage, school])
        kind = words.text(f"kind_{SchoolKind(int(table.kind[school])).name.lower()}")
        owner = Ownership(int(table.ownership[school]))
        if owner != Ownership.PUBLIC:
            kind = f"{words.text(f'ownership_{owner.name.lower()}')} · {kind}"
        rows.append(
            [
                stage,
                round(x * PER_DEGREE),
                round(y * PER_DEGREE),
                str(view.school_names[school]),
                kind,
                seats,
                words.number(seats),
                words.number(load),
                words.percent(load, seats),
                load_class(load, seats),
                int(owner != Ownership.PUBLIC),
            ]
        )
    return rows


def load_class(load: int, seats: int) -> int:
    """Place in ``LOADS``."""
    if load > seats:
        return 3
    return 0 if 100 * load < 80 * seats else 1 if 100 * load < 95 * seats else 2
