"""A small map of marks over the outlines of counties, laid out in tenths of a unit for inline SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Floats
from simulator.report.maps import PER_DEGREE, Rings

WIDTH, HEIGHT_LIMIT, MARGIN = 520, 420, 12
COARSE = 1.2
"""Points of an outline nearer than so many units to the one before are left out."""


@dataclass(frozen=True)
class PointMap:
    """A map in SVG units.

    Attributes:
        width, height: of the picture. outlines: one SVG path per polygon. x, y: float64 (points,).
        labels: (x, y, text).
    """

    width: int
    height: int
    outlines: tuple[str, ...]
    x: Floats
    y: Floats
    labels: tuple[tuple[float, float, str], ...]


def point_map(
    longitude: Floats,
    latitude: Floats,
    polygons: Iterable[Rings],
    labels: Iterable[tuple[int, int, str]],
) -> PointMap | None:
    """Lay points and outlines out north up, longitude shrunk by the cosine of the middle latitude.

    Args:
        longitude, latitude: float64 (points,), degrees, finite. polygons, labels: as in ``maps.Shapes``.

    Returns:
        None where there is not a single point.
    """
    if not len(longitude):
        return None
    rings = [unpacked(ring) for polygon in polygons for ring in polygon]
    east = np.concatenate((longitude, *(ring[:, 0] for ring in rings)))
    north = np.concatenate((latitude, *(ring[:, 1] for ring in rings)))
    shrink = math.cos(math.radians(float((north.min() + north.max()) / 2)))
    wide, tall = float(np.ptp(east)) * shrink, float(np.ptp(north))
    scale = min((WIDTH - 2 * MARGIN) / max(wide, 0.01), (HEIGHT_LIMIT - 2 * MARGIN) / max(tall, 0.01))
    left = (WIDTH - wide * scale) / 2

    def across(value: Floats) -> Floats:
        return np.asarray(np.round(left + (value - east.min()) * shrink * scale, 1))

    def down(value: Floats) -> Floats:
        return np.asarray(np.round(MARGIN + (north.max() - value) * scale, 1))

    return PointMap(
        width=WIDTH,
        height=math.ceil(tall * scale + 2 * MARGIN),
        outlines=tuple(_path(across(ring[:, 0]), down(ring[:, 1])) for ring in rings),
        x=across(longitude),
        y=down(latitude),
        labels=tuple(
            (
                float(across(np.array([x / PER_DEGREE]))[0]),
                float(down(np.array([y / PER_DEGREE]))[0]),
                text,
            )
            for x, y, text in labels
        ),
    )


def unpacked(ring: list[int]) -> Floats:
    """Degrees, float64 (points, 2), of a ring of differences."""
    steps = np.array(ring, dtype=np.int64).reshape(-1, 2)
    return np.asarray(np.cumsum(steps, axis=0) / PER_DEGREE)


def _path(x: Floats, y: Floats) -> str:
    """The ring as an SVG path, without points that cannot be told from the one before."""
    kept = [(float(x[0]), float(y[0]))]
    for point in zip(x.tolist(), y.tolist(), strict=True):
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= COARSE:
            kept.append(point)
    return "M" + "L".join(f"{a:g} {b:g}" for a, b in kept) + "Z"
