"""A plane in kilometres around the city, and the few geometric steps the generator needs.

Only +, -, *, / and sqrt and the raw uniform numbers of the generator are used, so that the same files come
out on every machine.
"""

from __future__ import annotations

import numpy as np

ORIGIN_LONGITUDE, ORIGIN_LATITUDE = 116.1, 24.2
KM_PER_DEGREE_LONGITUDE, KM_PER_DEGREE_LATITUDE = 101.6, 110.8  # at 24.2 degrees north


def to_km(longitude: float, latitude: float) -> np.ndarray:
    """A place in degrees as (x, y) km."""
    return np.array(
        [
            (longitude - ORIGIN_LONGITUDE) * KM_PER_DEGREE_LONGITUDE,
            (latitude - ORIGIN_LATITUDE) * KM_PER_DEGREE_LATITUDE,
        ]
    )


def to_degrees(places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(places, 2) km as longitude and latitude, rounded to five decimals (a metre)."""
    longitude = ORIGIN_LONGITUDE + places[:, 0] / KM_PER_DEGREE_LONGITUDE
    latitude = ORIGIN_LATITUDE + places[:, 1] / KM_PER_DEGREE_LATITUDE
    return np.round(longitude, 5), np.round(latitude, 5)


def bell(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Nearly normal numbers: twelve uniform ones less six."""
    total = np.zeros(shape)
    for _ in range(12):
        total += rng.random(shape)
    return total - 6


def in_disc(rng: np.random.Generator, places: int) -> np.ndarray:
    """Places spread evenly over the unit disc, (places, 2), by rejection."""
    found = np.zeros((0, 2))
    while len(found) < places:
        tried = 2 * rng.random((2 * places, 2)) - 1
        found = np.concatenate((found, tried[(tried**2).sum(axis=1) <= 1]))
    return found[:places]


def distances(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Km between all pairs, (len(one), len(other))."""
    return np.sqrt((one[:, None, 0] - other[None, :, 0]) ** 2 + (one[:, None, 1] - other[None, :, 1]) ** 2)


def clusters(places: np.ndarray, weight: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Weighted k-means from a farthest-point start: label of each place, centres (count, 2).

    Labels of empty clusters are given the place farthest from its centre, so every label is used.
    """
    count = min(count, len(places))
    chosen = [int(np.argmin(distances(places, places.mean(axis=0, keepdims=True))[:, 0]))]
    while len(chosen) < count:
        chosen.append(int(np.argmax(distances(places, places[chosen]).min(axis=1))))
    centres = places[chosen].copy()
    for _ in range(30):
        away = distances(places, centres)
        label = np.argmin(away, axis=1)
        for empty in np.flatnonzero(np.bincount(label, minlength=count) == 0):
            label[int(np.argmax(away[np.arange(len(places)), label]))] = empty
        total = np.bincount(label, weights=weight, minlength=count)
        for axis in (0, 1):
            centres[:, axis] = np.bincount(label, weights=weight * places[:, axis], minlength=count) / total
    return label, centres


def shares(rng: np.random.Generator, weight: np.ndarray, total: int) -> np.ndarray:
    """``total`` split by ``weight`` into whole numbers by largest remainder, ties at random."""
    exact = weight / weight.sum() * total
    whole = np.floor(exact).astype(np.int64)
    order = np.lexsort((rng.random(len(weight)), whole - exact))
    whole[order[: total - int(whole.sum())]] += 1
    return whole
