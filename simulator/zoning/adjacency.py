"""Which blocks are neighbours: outlines that share a border, cells that touch by road, points in sight.

A pair of neighbours may lie in one zone side by side. Walls and barriers take pairs away.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from scipy.spatial import Delaunay, KDTree, QhullError

from simulator.model import Barriers, Blocks, Ragged
from simulator.model.arrays import Booleans, Floats, Integers
from simulator.model.zoning_settings import NeighbourSource
from simulator.zoning import walls

METRES_PER_DEGREE = 111_195.0
CORNER = 3
"""Around a common corner two outlines are near each other for two gaps' length."""

TOUCH_METRES = 0.01
"""A centre nearer than this much below the radius is on the circle: rounding must not part neighbours."""


def has_outlines(blocks: Blocks) -> bool:
    """Whether every block has an outline."""
    return blocks.outline is not None and len(blocks) > 0 and all(blocks.outline)


def neighbours(
    blocks: Blocks,
    walled: Integers,
    barriers: Barriers | None,
    *,
    by: NeighbourSource,
    by_road: tuple[Integers, Integers] | None = None,
    gap_metres: int = 0,
    limit_metres: int = 0,
) -> Ragged:
    """Neighbours of each block, int32, rising and symmetric.

    1. Pairs by outlines (``outlines_that_share_a_border``), by road (``by_road``, as ``travel`` finds them)
       or by points (``points_that_see_each_other``).
    2. Take away what a wall keeps apart, and the pairs of the barrier table.

    Args:
        walled: int32 (walls, blocks), as ``walls.columns`` gives it.
        by: where pairs come from. by_road: int64 (pairs,) each, needed for ``roads``.
        gap_metres: of outlines. limit_metres: else, greatest straight line; 0 means no limit.

    Raises:
        ValueError: by roads, and no pairs by road.
    """
    if by == "outlines":
        one, other = outlines_that_share_a_border(blocks, gap_metres)
    elif by == "roads":
        if by_road is None:
            raise ValueError("neighbours: by roads, and no pairs by road are given")
        one, other = by_road
    else:
        one, other = points_that_see_each_other(blocks)
    if by != "outlines" and limit_metres:
        x, y = plane(blocks)
        near = np.hypot(x[one] - x[other], y[one] - y[other]) <= limit_metres
        one, other = one[near], other[near]
    kept = ~walls.apart(walled[:, one], walled[:, other])
    if barriers is not None:
        key = np.minimum(one, other) * len(blocks) + np.maximum(one, other)
        kept &= ~np.isin(key, barriers.block.astype(np.int64) * len(blocks) + barriers.other)
    return both_ways(len(blocks), one[kept], other[kept])


def both_ways(blocks: int, one: Integers, other: Integers) -> Ragged:
    """Pairs, int64 (pairs,) each, as lists of neighbours in both directions."""
    key = np.unique(np.concatenate((one * blocks + other, other * blocks + one)))
    return Ragged.from_pairs(blocks, key // max(blocks, 1), (key % max(blocks, 1)).astype(np.int32))


def outlines_that_share_a_border(blocks: Blocks, gap_metres: int = 0) -> tuple[Integers, Integers]:
    """Pairs of blocks whose outlines run along each other, int64 (pairs,) each.

    Drawn outlines leave slits and overlap, and streets lie between residential communities, so the test is
    how much of one outline lies within ``gap_metres`` of the other block: more than ``CORNER`` times the gap
    (with a gap of 0: anything longer than a point). A common corner is not enough.
    """
    assert blocks.outline is not None
    rows = np.flatnonzero([outline is not None and len(outline) > 0 for outline in blocks.outline])
    shapes = shapely.make_valid(shapely.from_wkb(blocks.outline[rows]))
    bounds = shapely.bounds(shapes)
    shrink = math.cos(math.radians(float(np.median(bounds[:, [1, 3]])))) if len(rows) else 1.0
    scale = np.array([METRES_PER_DEGREE * shrink, METRES_PER_DEGREE])
    flat = shapely.transform(shapes, lambda degrees: degrees * scale)
    wide = shapely.buffer(flat, gap_metres, quad_segs=2) if gap_metres else flat
    one, other = shapely.STRtree(wide).query(flat, predicate="intersects")
    apart = one != other
    one, other = one[apart], other[apart]
    along = shapely.length(shapely.intersection(shapely.boundary(flat[one]), wide[other]))
    shared = along > CORNER * gap_metres
    one, other = rows[one[shared]].astype(np.int64), rows[other[shared]].astype(np.int64)
    return np.minimum(one, other), np.maximum(one, other)


def points_that_see_each_other(blocks: Blocks) -> tuple[Integers, Integers]:
    """Pairs of blocks with no third one inside the circle over their line as diameter, int64 (pairs,) each.

    That is the Gabriel graph (Gabriel and Sokal, "A new statistical approach to geographic variation
    analysis", Systematic Zoology 18, 1969), part of the Delaunay triangulation and always connected. Blocks
    on one point are neighbours one after the other. Blocks without a point have no neighbours.
    """
    x, y = plane(blocks)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    places, site = np.unique(np.stack([x[known], y[known]], axis=1), axis=0, return_inverse=True)
    site = site.reshape(-1)
    order = np.argsort(site, kind="stable")
    same = np.flatnonzero(np.diff(site[order]) == 0)
    first = known[order[np.searchsorted(site[order], np.arange(len(places)))]]
    low, high = _gabriel(places)
    one = np.concatenate((first[low], known[order[same]]))
    other = np.concatenate((first[high], known[order[same + 1]]))
    return one.astype(np.int64), other.astype(np.int64)


def plane(blocks: Blocks) -> tuple[Floats, Floats]:
    """Metres east and north, float64 (blocks,) each; longitude is shrunk by the cosine of the middle."""
    known = np.isfinite(blocks.latitude)
    middle = float(np.median(blocks.latitude[known])) if known.any() else 0.0
    east = blocks.longitude * (METRES_PER_DEGREE * math.cos(math.radians(middle)))
    return np.asarray(east), np.asarray(blocks.latitude * METRES_PER_DEGREE)


def _gabriel(places: Floats) -> tuple[Integers, Integers]:
    """Pairs of distinct places (rows, 2) of the Gabriel graph."""
    low, high = _triangulated(places)
    if not len(low):
        return low, high
    middle = (places[low] + places[high]) / 2
    radius = np.hypot(*(places[high] - places[low]).T) / 2
    nearest, _ = KDTree(places).query(middle)
    seen: Booleans = nearest >= radius - TOUCH_METRES
    return low[seen], high[seen]


def _triangulated(places: Floats) -> tuple[Integers, Integers]:
    """Edges of the Delaunay triangulation; of places on one line, each with the next one."""
    if len(places) < 2:
        none = np.zeros(0, dtype=np.int64)
        return none, none
    try:
        corners = Delaunay(places).simplices
    except (QhullError, ValueError):  # fewer than three places, or all on one line
        order = np.lexsort((places[:, 1], places[:, 0]))
        return order[:-1].astype(np.int64), order[1:].astype(np.int64)
    edges = np.concatenate((corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]])).astype(np.int64)
    low, high = np.unique(np.sort(edges, axis=1), axis=0).T
    return low, high
