"""Straight line on the ellipsoid times a detour factor.

The line is the geodesic of WGS84 (Karney, "Algorithms for geodesics", J. Geodesy 87, 2013, as in PROJ).
CGCS2000 has the same ellipsoid to a tenth of a millimetre, so its coordinates are used as they are.
"""

from __future__ import annotations

import numpy as np
from pyproj import Geod
from scipy.spatial import KDTree

from simulator.model import NO_METRES, Scenario, Stage, Travel
from simulator.model.arrays import Floats, Integers
from simulator.travel.arcs import assemble, sectors

GEOD = Geod(ellps="WGS84")
CHORD_SLACK_METRES = 0.001  # far above the rounding error of a chord, far below the whole metre we keep
FIRST_MARGIN = 8  # neighbours asked for beyond k, so that the first look nearly always proves itself


def measure(scenario: Scenario) -> Travel:
    """Travel by straight line: per block and stage the ``nearest`` schools of each sector, and its zone's."""
    blocks, schools = scenario.blocks, scenario.schools
    settings = scenario.policy.travel
    block_degrees = np.stack((blocks.longitude, blocks.latitude))
    school_degrees = np.stack((schools.longitude, schools.latitude))

    def metres_of(block: Integers, school: Integers) -> Integers:
        return line_metres(block_degrees[:, block], school_degrees[:, school], settings.detour_percent)

    def nearest(stage: Stage) -> tuple[Integers, Integers]:
        found_blocks, found_schools = [], []
        for sector in sectors(scenario, stage):
            rows = sector[np.isfinite(school_degrees[:, sector]).all(axis=0)]
            block, found = nearest_pairs(
                block_degrees, school_degrees[:, rows], settings.nearest, settings.detour_percent
            )
            found_blocks.append(block)
            found_schools.append(rows[found])
        return np.concatenate(found_blocks), np.concatenate(found_schools)

    both = tuple(assemble(scenario, stage, *nearest(stage), metres_of) for stage in Stage)
    return Travel((both[0], both[1]), "straight_line", block_degrees, school_degrees, settings.detour_percent)


def metres(travel: Travel, blocks: Integers, schools: Integers) -> Integers:
    """Metres of any pairs, int32; ``NO_METRES`` where a coordinate is missing."""
    return line_metres(
        travel.block_degrees[:, blocks], travel.school_degrees[:, schools], travel.detour_percent
    )


def line_metres(one: Floats, other: Floats, detour_percent: int) -> Integers:
    """Geodesic metres x detour between points (2, pairs), rounded to whole metres, int32."""
    answer = np.full(one.shape[1], NO_METRES, dtype=np.int32)
    known = np.isfinite(one).all(axis=0) & np.isfinite(other).all(axis=0)
    if known.any():
        _, _, line = GEOD.inv(one[0, known], one[1, known], other[0, known], other[1, known])
        answer[known] = np.rint(np.asarray(line) * detour_percent / 100)
    return answer


def nearest_pairs(
    points: Floats, targets: Floats, nearest: int, detour_percent: int
) -> tuple[Integers, Integers]:
    """The ``nearest`` targets of every point that has coordinates, exactly as a full search would find them.

    A chord through the earth is never longer than the line on it, which proves the answer:

    1. Take the k + margin targets of the shortest chord from a KD tree of earth-centred coordinates.
    2. Measure them on the ellipsoid; keep the k least by (whole metres, row).
    3. Every other target is at least as far as the longest chord taken. Where that is not more than the
       k-th distance, double the margin and look again.

    Args:
        points, targets: float64 (2, rows), degrees; targets all finite.

    Returns:
        Rows of points and of targets, int64 (pairs,).
    """
    waiting = np.flatnonzero(np.isfinite(points).all(axis=0))
    total = targets.shape[1]
    found_points, found_targets = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    if total == 0:
        return found_points[0], found_targets[0]
    tree = KDTree(earth_centred(targets))
    keep, margin = min(nearest, total), FIRST_MARGIN
    while len(waiting):
        width = min(keep + margin, total)
        chord, row = tree.query(earth_centred(points[:, waiting]), k=np.arange(1, width + 1))
        repeated = np.repeat(waiting, width)
        line = line_metres(points[:, repeated], targets[:, row.ravel()], detour_percent).reshape(row.shape)
        order = np.lexsort((row, line), axis=1)[:, :keep]
        farthest = np.take_along_axis(line, order[:, -1:], axis=1)[:, 0]
        beyond = np.rint((chord[:, -1] - CHORD_SLACK_METRES) * detour_percent / 100)
        proven = (width == total) | (farthest < beyond)
        found_points.append(np.repeat(waiting[proven], keep))
        found_targets.append(np.take_along_axis(row, order, axis=1)[proven].ravel())
        waiting, margin = waiting[~proven], margin * 2
    return np.concatenate(found_points), np.concatenate(found_targets).astype(np.int64)


def earth_centred(degrees: Floats) -> Floats:
    """Earth-centred metres (rows, 3) on the ellipsoid, from longitude and latitude (2, rows)."""
    longitude, latitude = np.radians(degrees)
    prime_vertical = GEOD.a / np.sqrt(1 - GEOD.es * np.sin(latitude) ** 2)
    return np.stack(
        (
            prime_vertical * np.cos(latitude) * np.cos(longitude),
            prime_vertical * np.cos(latitude) * np.sin(longitude),
            prime_vertical * (1 - GEOD.es) * np.sin(latitude),
        ),
        axis=1,
    )
