"""The map's shapes: zones from block outlines or, where there are none, from the blocks' points.

Without outlines a block stands for what is nearest to its point (its Voronoi cell, within the settled area);
cells of a zone are joined. This draws who belongs together; it is no survey of the boundary, and the report
says so. Coordinates are WGS84 degrees in whole hundred-thousandths (about a metre), each written as the
difference to the one before, which keeps the file small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from simulator.model import UNPLACED, Blocks, Run, Schools, Stage
from simulator.model.arrays import Floats, Integers

PER_DEGREE = 100_000
MOST_POINTS = 60_000
"""Points of all shapes together above which outlines are simplified further."""

Rings = list[list[int]]
"""One polygon: rings as flat lists x0, y0, dx1, dy1, ... in hundred-thousandths of a degree."""


@dataclass(frozen=True)
class Shapes:
    """Shapes of one run.

    Attributes:
        zones: row of ``ZoneWarnings`` to its polygons. unzoned: polygons outside any zone, per stage.
        counties: row of ``Scenario.counties`` to its polygons. labels: the same to a point inside (x, y).
        outlined: True where the bureau's outlines were used, False for cells around points.
    """

    zones: dict[int, list[Rings]]
    unzoned: tuple[list[Rings], list[Rings]]
    counties: dict[int, list[Rings]]
    labels: dict[int, tuple[int, int]]
    outlined: bool


def shapes(run: Run) -> Shapes | None:
    """The shapes of zones and counties, ``None`` where there are no coordinates and no outlines.

    1. Cells: the outline of each block, or its Voronoi cell within the buffered concave hull of all points.
    2. Join cells by zone (per stage) and by county.
    3. Simplify outlines, twice as coarse each time, until all points number at most ``MOST_POINTS``.
    """
    blocks = run.scenario.blocks
    under = ground(blocks, run.scenario.schools)
    if np.all(shapely.is_empty(under.cells)):
        return None
    labels: list[tuple[str, int]] = []
    layers: list[Any] = []
    for stage in Stage:
        zones, found = under.joined(run.warnings.block_zone[stage])
        labels += [("unzoned", int(stage)) if zone == UNPLACED else ("zone", zone) for zone in zones]
        layers.append(found)
    counties, found = under.joined(blocks.county)
    labels += [
        ("unzoned_county", county) if county == UNPLACED else ("county", county) for county in counties
    ]
    layers.append(found)
    if under.outlined:
        layers = simplified(layers)
    return _packed(labels, np.concatenate(layers), under.outlined)


def ground(blocks: Blocks, schools: Schools) -> Ground:
    """What each block stands on: its outline where the bureau gave any, else the cell around its point."""
    outlined = blocks.outline is not None and any(outline for outline in blocks.outline)
    return _outlines(blocks) if outlined else _cells(blocks, schools)


@dataclass(frozen=True)
class Ground:
    """What each block stands on.

    Attributes:
        cells: object (blocks,), a polygon per block, empty where there is none.
        site: int (blocks,), blocks of one site have the same cell.
        edge: the settled area that joined cells are cut to, None where cells are outlines.
        outlined: the cells are the bureau's outlines.
    """

    cells: Any
    site: Integers
    edge: Any
    outlined: bool = False

    def joined(self, label: Integers) -> tuple[list[int], Any]:
        """The labels that have a cell, in order, and the cells of each as one shape."""
        rows = np.flatnonzero(~shapely.is_empty(self.cells))
        if not len(rows):
            return [], np.zeros(0, dtype=object)
        rows = rows[np.unique(np.stack([label[rows], self.site[rows]]), axis=1, return_index=True)[1]]
        labels, first = np.unique(label[rows], return_index=True)
        shapes = np.array([self._union(part) for part in np.split(rows, first[1:])], dtype=object)
        return labels.tolist(), shapes if self.edge is None else shapely.intersection(shapes, self.edge)

    def _union(self, rows: Integers) -> Any:
        if self.edge is None:
            return shapely.union_all(self.cells[rows])
        try:
            return shapely.coverage_union_all(self.cells[rows])
        except shapely.GEOSException:  # cells a hair apart: slower, and never in doubt
            return shapely.union_all(self.cells[rows])


def _outlines(blocks: Blocks) -> Ground:
    """The bureau's outlines, empty where a block has none."""
    assert blocks.outline is not None
    shapes = shapely.from_wkb([outline or None for outline in blocks.outline])
    empty = shapely.Polygon()
    cells = np.array([empty if shape is None else shape for shape in shapes], dtype=object)
    return Ground(shapely.make_valid(cells), np.arange(len(blocks)), None, outlined=True)


def _cells(blocks: Blocks, schools: Schools) -> Ground:
    """Voronoi cell of each block's point, and the settled area they are cut to."""
    return _cells_of_points(
        blocks.longitude, blocks.latitude, np.stack([schools.longitude, schools.latitude], axis=1)
    )


def point_cells(longitude: Floats, latitude: Floats) -> list[list[Rings]]:
    """``spot_cells`` as polygons of delta-coded rings; none for a point without a place."""
    return [polygons(cell) for cell in spot_cells(longitude, latitude)]


def spot_cells(longitude: Floats, latitude: Floats) -> Any:
    """object (points,): the cell of every point within the settled area, empty for a point without a place.

    Args:
        longitude, latitude: float64 (points,), degrees WGS84, NaN if not known.
    """
    ground = _cells_of_points(longitude, latitude, np.zeros((0, 2)))
    return ground.cells if ground.edge is None else shapely.intersection(ground.cells, ground.edge)


def _cells_of_points(longitude: Floats, latitude: Floats, others: Floats) -> Ground:
    """Voronoi cell of each point, and the settled area they are cut to, where also ``others`` (rows, 2) lie.

    Distances are taken in degrees with longitude shrunk by the cosine of the middle latitude, so that a cell
    looks right on the map. Blocks on one point share its cell.
    """
    cells = np.full(len(longitude), shapely.Polygon(), dtype=object)
    known = np.flatnonzero(np.isfinite(longitude) & np.isfinite(latitude))
    site = np.full(len(longitude), UNPLACED, dtype=np.int64)
    if not len(known):
        return Ground(cells, site, None)
    shrink = math.cos(math.radians(float(np.median(latitude[known]))))
    points = np.stack([longitude[known] * shrink, latitude[known]], axis=1)
    distinct, place = np.unique(np.round(points, 7), axis=0, return_inverse=True)
    everyone = shapely.multipoints(distinct)
    at_school = others * np.array([shrink, 1.0])
    peopled = shapely.multipoints(np.concatenate((distinct, at_school[np.isfinite(at_school).all(axis=1)])))
    settled = shapely.concave_hull(peopled, ratio=0.3)
    settled = shapely.buffer(settled, _spacing(distinct), quad_segs=4)
    if len(distinct) == 1:
        found = np.array([settled], dtype=object)
    else:
        area = shapely.voronoi_polygons(everyone, extend_to=shapely.envelope(settled), ordered=True)
        found = shapely.get_parts(area)

    def widened(xy: Any) -> Any:
        return np.stack([xy[:, 0] / shrink, xy[:, 1]], axis=1)

    site[known] = place.reshape(-1)
    cells[known] = shapely.transform(found, widened)[site[known]]
    return Ground(cells, site, shapely.transform(settled, widened))


def _spacing(points: Any) -> float:
    """Typical distance from a point to its nearest neighbour, the width of the edge around the outermost."""
    if len(points) < 2:
        return 0.01
    tree = shapely.STRtree(shapely.points(points))
    _, distance = tree.query_nearest(
        shapely.points(points), exclusive=True, return_distance=True, all_matches=False
    )
    return float(max(np.median(distance), 0.002))


def simplified(layers: list[Any]) -> list[Any]:
    """Outlines with few enough points; neighbours within a layer keep their common border."""
    bounds = shapely.total_bounds(np.concatenate(layers))
    extent = float(max(bounds[2] - bounds[0], bounds[3] - bounds[1]))
    tolerance = extent / 20_000
    while (
        sum(shapely.get_num_coordinates(layer).sum() for layer in layers) > MOST_POINTS and tolerance < extent
    ):
        layers = [shapely.coverage_simplify(layer, tolerance) for layer in layers]
        tolerance *= 2
    return layers


def _packed(labels: list[tuple[str, int]], found: Any, outlined: bool) -> Shapes:
    made = Shapes({}, ([], []), {}, {}, outlined)
    inside = shapely.get_coordinates(shapely.point_on_surface(found))
    has_point = np.cumsum(~shapely.is_empty(found)) - 1
    for row, (kind, of) in enumerate(labels):
        packed = polygons(found[row])
        if not packed:
            continue
        if kind == "zone":
            made.zones[of] = packed
        elif kind == "unzoned":
            made.unzoned[of].extend(packed)
        elif kind == "county":
            made.counties[of] = packed
            x, y = np.rint(inside[has_point[row]] * PER_DEGREE).astype(int).tolist()
            made.labels[of] = (x, y)
    return made


def polygons(shape: Any) -> list[Rings]:
    """A shape as polygons of delta-coded rings; slivers that round to nothing are dropped."""
    packed = []
    for part in shapely.get_parts(shape):
        if shapely.get_type_id(part) != 3:
            continue
        rings = []
        for number, ring in enumerate(shapely.get_rings(part)):
            xy = np.rint(shapely.get_coordinates(ring)[:-1] * PER_DEGREE).astype(np.int64)
            keep = np.any(xy != np.roll(xy, 1, axis=0), axis=1)
            xy = xy[keep]
            if len(xy) < 3:
                if number == 0:
                    break
                continue
            xy[1:] -= xy[:-1].copy()
            rings.append(xy.ravel().tolist())
        if rings:
            packed.append(rings)
    return packed
