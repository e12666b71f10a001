"""The map of old and new zones as plain data; the page's script draws it, and writes every text as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from simulator.model import UNPLACED, StageZones, ZoningProblem
from simulator.model.arrays import Integers
from simulator.report.maps import PER_DEGREE, polygons, simplified
from simulator.report.rezoning.groups import group_name, groups_of
from simulator.report.rezoning.view import Side, ZonesView

COLOURS = 8
"""Colours of zones; neighbours have different ones as long as these suffice."""

WORDS = (
    "zones_map_old", "zones_map_new", "zones_map_moved", "zones_map_none", "map_children", "map_seats",
    "zones_map_groups", "zones_map_excess", "zones_map_mean", "zones_map_price", "zones_map_from",
    "zones_map_to", "map_zoom_in", "map_zoom_out",
)  # fmt: skip


def map_data(view: ZonesView) -> dict[str, Any] | None:
    """Everything the script draws, None where nothing has a place."""
    if np.all(shapely.is_empty(view.ground.cells)):
        return None
    stages = [_stage(view, stage) for stage in view.rezoning.stages]
    labels, found = view.ground.joined(view.rezoning.scenario.blocks.county)
    counties = (*view.rezoning.scenario.counties, "")
    shapes = simplified([found])[0] if view.ground.outlined else found
    inside = shapely.point_on_surface(shapes)
    return {
        "per": PER_DEGREE,
        "stages": stages,
        "counties": [
            [counties[county], *_rounded(inside[row]), polygons(shapes[row])]
            for row, county in enumerate(labels)
            if county != UNPLACED and not shapely.is_empty(shapes[row])
        ],
        "words": {code: view.words.text(code) for code in WORDS},
    }


def _stage(view: ZonesView, stage: StageZones) -> dict[str, Any]:
    """Zones of both sides, the blocks that move, and the schools."""
    today, proposed = view.sides[stage.stage]
    colour = colours(stage.problem, [stage.today.assigned, stage.proposed.assigned])
    moved = np.flatnonzero(stage.moved & ~shapely.is_empty(view.ground.cells))
    cells = view.ground.cells[moved]
    if view.ground.edge is not None:
        cells = shapely.intersection(cells, view.ground.edge)
    sides = [view.ground.joined(side.zones.assigned) for side in (today, proposed)]
    shapes = [found for _, found in sides]
    if view.ground.outlined:
        *shapes, cells = simplified([*shapes, cells]) if len(cells) else [*simplified(shapes), cells]
    zones = [
        [
            [
                int(colour[school]) if school >= 0 else -1,
                *_zone_words(view, stage, side, school),
                polygons(shape),
            ]
            for school, shape in zip(labels, found, strict=True)
        ]
        for (labels, _), found, side in zip(sides, shapes, (today, proposed), strict=True)
    ]
    return {
        "name": view.stage_name(stage.stage),
        "old": zones[0],
        "new": zones[1],
        "groups": _groups(view, stage),
        "moved": [
            [
                str(view.block_names[block]),
                str(view.school_names[today.zones.assigned[block]]),
                _name(view, int(proposed.zones.assigned[block])),
                view.words.number(int(stage.problem.load[block])),
                polygons(cells[row]),
            ]
            for row, block in enumerate(moved.tolist())
        ],
        "schools": _schools(view, stage),
    }


def _groups(view: ZonesView, stage: StageZones) -> list[list[Any]]:
    """The groups as zones of a drawing of their own; nothing where there are none."""
    groups = {group.leader: group for group in groups_of(view, stage)}
    if not groups:
        return []
    colour = colours(stage.problem, [stage.led_by])
    labels, found = view.ground.joined(stage.led_by)
    shapes = simplified([found])[0] if view.ground.outlined else found
    words = view.words
    said: list[list[Any]] = []
    for leader, shape in zip(labels, shapes, strict=True):
        if leader == UNPLACED:
            children = words.number(int(stage.problem.load[stage.led_by == UNPLACED].sum()))
            said.append([-1, words.text("zones_map_none"), children, "", "", "", polygons(shape)])
            continue
        group = groups[leader]
        said.append(
            [
                int(colour[leader]),
                group_name(view, group),
                words.number(group.children),
                words.number(group.seats),
                words.number(group.excess) if group.excess else "",
                words.metres(group.mean_metres),
                polygons(shape),
            ]
        )
    return said


def _zone_words(view: ZonesView, stage: StageZones, side: Side, school: int) -> list[str]:
    """Name, children, seats, children beyond them, mean way; of blocks without a zone only the name."""
    words, load = view.words, stage.problem.load
    mine = side.zones.assigned == school
    if school == UNPLACED:
        return [words.text("zones_map_none"), words.number(int(load[mine].sum())), "", "", ""]
    known = mine & (side.metres >= 0)
    children = int(load[known].sum())
    metres = int((load * side.metres)[known].sum())
    excess = int(side.zones.excess[school])
    return [
        str(view.school_names[school]),
        words.number(int(side.loads[school])),
        words.number(int(stage.problem.seats[school])),
        words.number(excess) if excess else "",
        words.metres((2 * metres + children) // (2 * children)) if children else "",
    ]


def _schools(view: ZonesView, stage: StageZones) -> list[list[Any]]:
    """Per school of either side: x, y, name, seats, loads, price in words and as a number, excess of both."""
    today, proposed = view.sides[stage.stage]
    schools, words = view.rezoning.scenario.schools, view.words
    rows = np.flatnonzero(
        ((today.blocks > 0) | (proposed.blocks > 0))
        & np.isfinite(schools.longitude)
        & np.isfinite(schools.latitude)
    )
    return [
        [
            round(float(schools.longitude[row]) * PER_DEGREE),
            round(float(schools.latitude[row]) * PER_DEGREE),
            str(view.school_names[row]),
            words.number(int(stage.problem.seats[row])),
            words.number(int(today.loads[row])),
            words.number(int(proposed.loads[row])),
            price_words(view, proposed, row),
            weight(proposed, row),
            int(today.zones.excess[row]),
            int(proposed.zones.excess[row]),
        ]
        for row in rows.tolist()
    ]


def price_words(view: ZonesView, side: Side, school: int) -> str:
    """What one more seat saves: a child within the seats, metres, or both; "" for nothing."""
    children, metres = int(side.price_children[school]), int(side.price_metres[school])
    if children:
        return view.words.text("zones_price_child", n=children)
    return view.words.metres(metres) if metres else ""


def weight(side: Side, school: int) -> int:
    """How large a school's mark is drawn: its metres, or, where it spares an overload, the most there are."""
    most = int(np.where(side.price_children == 0, side.price_metres, 1).max(initial=1))
    return most if side.price_children[school] else int(side.price_metres[school])


def _name(view: ZonesView, school: int) -> str:
    return str(view.school_names[school]) if school != UNPLACED else view.words.text("zones_map_none")


def _rounded(point: Any) -> list[int]:
    return [round(shapely.get_x(point) * PER_DEGREE), round(shapely.get_y(point) * PER_DEGREE)]


def colours(problem: ZoningProblem, drawings: Sequence[Integers]) -> Integers:
    """A colour for each school, int64 (schools,), so that zones side by side differ, in each of the drawings.

    Greedy over the schools by row: the colour fewest neighbours have, the least of equals.
    """
    one, other = problem.neighbours.owners, problem.neighbours.values
    beside: list[set[int]] = [set() for _ in range(problem.schools)]
    for assigned in drawings:
        a, b = assigned[one], assigned[other]
        apart = (a != b) & (a != UNPLACED) & (b != UNPLACED)
        for low, high in np.unique(np.stack([a[apart], b[apart]]), axis=1).T.tolist():
            beside[low].add(high)
    colour = np.full(problem.schools, -1, dtype=np.int64)
    for school in range(problem.schools):
        taken = [int(colour[near]) for near in beside[school] if colour[near] >= 0]
        counts = np.bincount(np.array(taken, dtype=np.int64), minlength=COLOURS)
        # Schools without neighbours take turns, so that the map is not of one colour.
        turn = np.roll(np.arange(COLOURS), -(school % COLOURS))
        colour[school] = turn[np.argmin(counts[turn])]
    return colour
