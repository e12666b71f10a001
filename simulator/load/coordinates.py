"""Coordinates to WGS84: from CGCS2000, from the shifted GCJ-02 of Chinese maps, and from BD-09.

GCJ-02 displaces every point in China by hundreds of metres; BD-09 displaces GCJ-02 once more. The forward
formulas are the published ones (Krasovsky 1940 ellipsoid); the way back is by iteration: move the guess by
what the forward formula misses, until it misses less than a nanodegree. CGCS2000 and WGS84 differ by
centimetres and count as the same.
"""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Booleans, Floats

AXIS_METRES = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
STEPS = 12
"""Iterations of the way back; each divides the error by a thousand or so."""

DEGREE_DIGITS = 7
"""Degrees are rounded to so many digits (1 cm), so that no machine's sine decides a nearest school."""


def to_wgs84(system: str, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude in degrees WGS84, NaN staying NaN; ``system`` as in ``Coordinates.system``."""
    if system == "bd09":
        longitude, latitude = bd09_to_gcj02(longitude, latitude)
    if system in ("gcj02", "bd09"):
        longitude, latitude = gcj02_to_wgs84(longitude, latitude)
    return np.round(longitude, DEGREE_DIGITS), np.round(latitude, DEGREE_DIGITS)


def in_china(longitude: Floats, latitude: Floats) -> Booleans:
    """bool: within the rectangle where GCJ-02 shifts at all."""
    with np.errstate(invalid="ignore"):
        inside = (longitude > 72.004) & (longitude < 137.8347) & (latitude > 0.8293) & (latitude < 55.8271)
    return np.asarray(inside)


def wgs84_to_gcj02(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """The public forward formula of GCJ-02."""
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    angle = np.radians(latitude)
    magic = 1.0 - ECCENTRICITY_SQUARED * np.sin(angle) ** 2
    meridian = AXIS_METRES * (1.0 - ECCENTRICITY_SQUARED) / (magic * np.sqrt(magic))
    parallel = AXIS_METRES / np.sqrt(magic) * np.cos(angle)
    inside = in_china(longitude, latitude)
    shifted_longitude = longitude + np.where(inside, np.degrees(east / parallel), 0.0)
    shifted_latitude = latitude + np.where(inside, np.degrees(north / meridian), 0.0)
    return shifted_longitude, shifted_latitude


def gcj02_to_wgs84(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """The inverse of ``wgs84_to_gcj02`` by iteration."""
    guess_longitude, guess_latitude = longitude, latitude
    for _ in range(STEPS):
        there_longitude, there_latitude = wgs84_to_gcj02(guess_longitude, guess_latitude)
        guess_longitude = guess_longitude + (longitude - there_longitude)
        guess_latitude = guess_latitude + (latitude - there_latitude)
    return guess_longitude, guess_latitude


def gcj02_to_bd09(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """The public forward formula of BD-09."""
    turn = np.pi * 3000.0 / 180.0
    radius = np.hypot(longitude, latitude) + 0.00002 * np.sin(latitude * turn)
    angle = np.arctan2(latitude, longitude) + 0.000003 * np.cos(longitude * turn)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def bd09_to_gcj02(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """The inverse of ``gcj02_to_bd09`` by iteration."""
    guess_longitude, guess_latitude = longitude - 0.0065, latitude - 0.006
    for _ in range(STEPS):
        there_longitude, there_latitude = gcj02_to_bd09(guess_longitude, guess_latitude)
        guess_longitude = guess_longitude + (longitude - there_longitude)
        guess_latitude = guess_latitude + (latitude - there_latitude)
    return guess_longitude, guess_latitude
