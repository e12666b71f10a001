"""Where blocks and schools are: coordinates out of columns or shapes, checked and turned to WGS84."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.load.coordinates import to_wgs84
from simulator.load.table import Table
from simulator.model.arrays import Booleans, Floats, Texts

CHINA_LONGITUDES = (73.0, 136.0)
CHINA_LATITUDES = (3.0, 54.0)
FAR_METRES = 200_000
FAR_TIMES = 10
"""A place is far from the rest beyond 200 km and beyond ten times the usual distance from the middle."""

WRITTEN = 1e9
"""Numbers up to this are read as degrees first, to say what is wrong with them."""

METRES_PER_DEGREE = 111_195.0


def read_places(table: Table, system: str) -> tuple[Floats, Floats, Texts | None]:
    """Longitude and latitude in degrees WGS84 (NaN where not given), and outlines as WKB where there are any.

    Faults: half_coordinates, swapped_coordinates, out_of_bounds. Warning: far_away.
    """
    outlines = None
    if table.sheet.geometry is not None:
        longitude, latitude, outlines = _read_shapes(table, system)
        if not (table.has("longitude") and table.has("latitude")):
            return longitude, latitude, outlines
    longitude, latitude = _degrees(table, "longitude"), _degrees(table, "latitude")
    filled = {name: table.filled(name) for name in ("longitude", "latitude")}
    half = filled["longitude"] != filled["latitude"]
    for name in filled:
        if table.has(name):
            table.fault("half_coordinates", name, np.flatnonzero(half & ~filled[name]))
        elif half.any():
            table.ledger.add("missing_column", table.file, 1, table.heading(name), name=name, accepted=name)
    with np.errstate(invalid="ignore"):
        swapped = (np.abs(latitude) > 90) & (np.abs(longitude) <= 90)
        swapped |= _between(latitude, CHINA_LONGITUDES) & _between(longitude, CHINA_LATITUDES)
        outside = ~swapped & ((np.abs(latitude) > 90) | (np.abs(longitude) > 180))
    table.fault("swapped_coordinates", "latitude", np.flatnonzero(swapped))
    for name, low, high in (("longitude", -180, 180), ("latitude", -90, 90)):
        values = longitude if name == "longitude" else latitude
        beyond = outside & ((values < low) | (values > high))
        table.fault("out_of_bounds", name, np.flatnonzero(beyond), low=low, high=high)
    good = ~(swapped | outside | np.isnan(longitude) | np.isnan(latitude))
    longitude, latitude = np.where(good, longitude, np.nan), np.where(good, latitude, np.nan)
    table.fault("far_away", "longitude", np.flatnonzero(_far(longitude, latitude)), warning=True)
    return *to_wgs84(system, longitude, latitude), outlines


def _degrees(table: Table, name: str) -> Floats:
    """Degrees as given, out of bounds or not: what is out of bounds may be swapped."""
    return table.numbers(name, -WRITTEN, WRITTEN)[0]


def _read_shapes(table: Table, system: str) -> tuple[Floats, Floats, Texts | None]:
    """Points as they are; of a polygon a point within it, and its outline."""
    import shapely

    shapes: Any = table.sheet.geometry
    empty = np.array(shapely.is_missing(shapes) | shapely.is_empty(shapes), dtype=np.bool_)
    points = shapely.point_on_surface(np.where(empty, None, shapes))
    longitude, latitude = (
        np.asarray(part, dtype=np.float64) for part in (shapely.get_x(points), shapely.get_y(points))
    )
    code = np.flatnonzero(
        (np.abs(latitude) > 90)
        | (np.abs(longitude) > 180)
        | (_between(latitude, CHINA_LONGITUDES) & _between(longitude, CHINA_LATITUDES))
    )
    for row in code:
        value = f"{longitude[row]:g}, {latitude[row]:g}"
        table.ledger.add("swapped_coordinates", table.file, table.row(row), "geometry", value)
    longitude, latitude = to_wgs84(system, longitude, latitude)
    area = shapely.get_dimensions(shapes) == 2
    if not area.any():
        return longitude, latitude, None

    def shift(degrees: Floats) -> Floats:
        return np.column_stack(to_wgs84(system, degrees[:, 0], degrees[:, 1]))

    outlines = np.full(len(shapes), None, dtype=object)
    outlines[area] = shapely.to_wkb(shapely.transform(shapely.force_2d(shapes[area]), shift))
    return longitude, latitude, outlines


def _between(values: Floats, bounds: tuple[float, float]) -> Booleans:
    with np.errstate(invalid="ignore"):
        return np.asarray((values >= bounds[0]) & (values <= bounds[1]))


def _far(longitude: Floats, latitude: Floats) -> Booleans:
    """Places far from the middle (the median) of all."""
    known = ~np.isnan(longitude)
    far = np.zeros(len(longitude), dtype=np.bool_)
    if known.sum() < 3:
        return far
    middle_longitude, middle_latitude = np.median(longitude[known]), np.median(latitude[known])
    east = (longitude[known] - middle_longitude) * np.cos(np.radians(middle_latitude))
    metres = np.hypot(east, latitude[known] - middle_latitude) * METRES_PER_DEGREE
    far[known] = (metres > FAR_METRES) & (metres > FAR_TIMES * np.median(metres))
    return far
