"""Blocks, old and new zones and schools as layers of a map: GeoJSON and GeoPackage, the same bytes each time.

Coordinates are WGS84. A block without an outline stands for the cell around its point (``maps``), which the
column ``shape`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from simulator.model import NO_METRES, UNPLACED, StageZones
from simulator.model.arrays import Floats, Integers
from simulator.report.rezoning.groups import groups_of
from simulator.report.rezoning.view import Side, ZonesView

CRS = "EPSG:4326"
GEOJSON_DIGITS = 7
"""About a centimetre."""

WRITTEN_ON = "2000-01-01T00:00:00.000Z"
"""A GeoPackage notes when it was last changed; a real time would make two equal drawings differ."""


def write_layers(view: ZonesView, folder: Path) -> None:
    """Write ``zones.geojson`` (old and new zones, groups) and ``zones.gpkg`` (those, blocks and schools)."""
    import geopandas  # a second to import, and only this command needs it
    import pandas

    blocks = blocks_layer(view)
    old, new = (zones_layer(view, drawing) for drawing in ("old", "new"))
    groups = groups_layer(view)
    layers = [old, new] if groups is None else [old, new, groups]
    both = geopandas.GeoDataFrame(pandas.concat(layers, ignore_index=True), crs=CRS)
    _write(
        both, folder / "zones.geojson", driver="GeoJSON", RFC7946="YES", COORDINATE_PRECISION=GEOJSON_DIGITS
    )
    package = folder / "zones.gpkg"
    with dated():
        for name, rows, kind in (
            ("blocks", blocks, "MultiPolygon"),
            ("zones_new", new, "MultiPolygon"),
            ("zones_old", old, "MultiPolygon"),
            *([] if groups is None else [("zones_groups", groups, "MultiPolygon")]),
            ("schools", schools_layer(view), "Point"),
        ):
            _write(rows, package, driver="GPKG", layer=name, geometry_type=kind)


def _write(rows: Any, path: Path, **options: Any) -> None:
    import pyogrio

    pyogrio.write_dataframe(rows, path, **options)


@contextmanager
def dated() -> Iterator[None]:
    """The time a GeoPackage notes is ``WRITTEN_ON`` while the block runs."""
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN_ON})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def blocks_layer(view: ZonesView) -> Any:
    """Every block once, with the columns of each stage under ``primary_`` and ``junior_``."""
    import geopandas

    scenario = view.rezoning.scenario
    blocks = scenario.blocks
    towns, counties = (*scenario.towns, ""), (*scenario.counties, "")
    drawn = ~shapely.is_empty(view.ground.cells)
    shape = "outline" if view.ground.outlined else "cell"
    columns: dict[str, Any] = {
        "block": blocks.id.astype(str),
        "name": view.block_names.astype(str),
        "county": [counties[at] for at in blocks.county.tolist()],
        "town": [towns[at] for at in blocks.town.tolist()],
        "shape": np.where(drawn, shape, ""),
    }
    for stage in view.rezoning.stages:
        today, proposed = view.sides[stage.stage]
        head = stage.stage.name.lower()
        columns |= {
            f"{head}_children": stage.problem.load,
            f"{head}_old": _ids(view, today.zones.assigned),
            f"{head}_old_name": _names(view, today.zones.assigned),
            f"{head}_new": _ids(view, proposed.zones.assigned),
            f"{head}_new_name": _names(view, proposed.zones.assigned),
            f"{head}_old_metres": _known(today.metres),
            f"{head}_new_metres": _known(proposed.metres),
            f"{head}_moved": stage.moved,
            f"{head}_island": proposed.zones.island,
            f"{head}_detached": proposed.zones.detached & ~proposed.zones.island,
            f"{head}_beyond_limit": proposed.beyond,
        }
    shapes = multipolygons(view.ground.cells)
    if view.ground.edge is not None:
        shapes = multipolygons(shapely.intersection(view.ground.cells, view.ground.edge))
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def zones_layer(view: ZonesView, drawing: str) -> Any:
    """One row per stage and zone of ``old`` or ``new``."""
    import geopandas

    rows: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for stage in view.rezoning.stages:
        side = view.sides[stage.stage][0 if drawing == "old" else 1]
        labels, found = view.ground.joined(side.zones.assigned)
        shape_of = dict(zip(labels, found.tolist(), strict=True))
        for school in np.flatnonzero(side.blocks > 0).tolist():
            rows.append(zone_values(view, stage, side, school) | {"drawing": drawing})
            shapes.append(shape_of.get(school))
    names = list(rows[0]) if rows else ["drawing"]
    columns = {name: [row[name] for row in rows] for name in names}
    return geopandas.GeoDataFrame(columns, geometry=multipolygons(np.array(shapes, dtype=object)), crs=CRS)


def groups_layer(view: ZonesView) -> Any:
    """One row per stage and group of schools, with the columns of a zone; None where there are none."""
    import geopandas

    rows: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for stage in view.rezoning.stages:
        labels, found = view.ground.joined(stage.led_by)
        shape_of = dict(zip(labels, found.tolist(), strict=True))
        for group in groups_of(view, stage):
            rows.append(
                {
                    "stage": stage.stage.name.lower(),
                    "school": str(view.rezoning.scenario.schools.id[group.leader]),
                    "name": ", ".join(str(view.school_names[row]) for row in group.schools),
                    "blocks": group.blocks,
                    "children": group.children,
                    "seats": group.seats,
                    "excess": group.excess,
                    "mean_metres": group.mean_metres,
                    "seat_price_children": 0,
                    "seat_price_metres": 0,
                    "drawing": "groups",
                }
            )
            shapes.append(shape_of.get(group.leader))
    if not rows:
        return None
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return geopandas.GeoDataFrame(columns, geometry=multipolygons(np.array(shapes, dtype=object)), crs=CRS)


def zone_values(view: ZonesView, stage: StageZones, side: Side, school: int) -> dict[str, Any]:
    """What the attributes of a zone say."""
    load, seats = int(side.loads[school]), int(stage.problem.seats[school])
    mine = (side.zones.assigned == school) & (side.metres != NO_METRES)
    metres = int((stage.problem.load * side.metres)[mine].sum())
    children = int(stage.problem.load[mine].sum())
    return {
        "stage": stage.stage.name.lower(),
        "school": str(view.rezoning.scenario.schools.id[school]),
        "name": str(view.school_names[school]),
        "blocks": int(side.blocks[school]),
        "children": load,
        "seats": seats,
        "excess": int(side.zones.excess[school]),
        "mean_metres": (2 * metres + children) // (2 * children) if children else 0,
        "seat_price_children": int(side.price_children[school]),
        "seat_price_metres": int(side.price_metres[school]),
    }


def schools_layer(view: ZonesView) -> Any:
    """Every school once, with seats, old and new load and seat price of each stage."""
    import geopandas

    schools = view.rezoning.scenario.schools
    columns: dict[str, Any] = {"school": schools.id.astype(str), "name": view.school_names.astype(str)}
    for stage in view.rezoning.stages:
        today, proposed = view.sides[stage.stage]
        head = stage.stage.name.lower()
        columns |= {
            f"{head}_seats": stage.problem.seats,
            f"{head}_old_children": today.loads,
            f"{head}_new_children": proposed.loads,
            f"{head}_seat_price_children": proposed.price_children,
            f"{head}_seat_price_metres": proposed.price_metres,
        }
    return geopandas.GeoDataFrame(columns, geometry=points(schools.longitude, schools.latitude), crs=CRS)


def points(longitude: Floats, latitude: Floats) -> Any:
    """object (rows,): points, None where a place is not known."""
    known = np.isfinite(longitude) & np.isfinite(latitude)
    made = np.full(len(longitude), None, dtype=object)
    made[known] = shapely.points(longitude[known], latitude[known])
    return made


def multipolygons(shapes: Any) -> Any:
    """Polygons as multipolygons, so that a layer is of one kind; lines left over by cutting are dropped."""
    made = np.full(len(shapes), None, dtype=object)
    for row, shape in enumerate(shapes):
        if shape is None or shape.is_empty:
            continue
        parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2]
        flat = [piece for part in parts for piece in shapely.get_parts(part)]
        if flat:
            made[row] = shapely.multipolygons(flat)
    return made


def _ids(view: ZonesView, rows: Integers) -> list[str]:
    ids = view.rezoning.scenario.schools.id
    return [str(ids[row]) if row != UNPLACED else "" for row in rows.tolist()]


def _names(view: ZonesView, rows: Integers) -> list[str]:
    return [str(view.school_names[row]) if row != UNPLACED else "" for row in rows.tolist()]


def _known(metres: Integers) -> Any:
    """Metres with gaps where they are not known."""
    import pandas

    return pandas.arrays.IntegerArray(np.where(metres == NO_METRES, 0, metres), metres == NO_METRES)
