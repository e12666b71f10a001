"""A made-up road network of any size: streets in uneven squares, dead ends, bends, one-way streets."""

from __future__ import annotations

import numpy as np

from simulator.model import Roads
from simulator.model.arrays import texts
from simulator.model.roads import BACKWARD, FORWARD

METRES_PER_DEGREE = 111_195
STREET_METRES = 120
OPEN_PERCENT = 68
"""Of the streets between neighbouring crossings; so that a crossing has 2.7 on average, as in real towns."""

ONE_WAY_PERCENT = 10
BENT_PERCENT = 20
"""Of the streets those with a node half way, as networks have them that keep the course of a road."""


def make_roads(nodes: int, seed: int, *, squares: bool = False) -> Roads:
    """A network of about ``nodes`` nodes: a great part and some islands.

    Args:
        squares: no street is closed and none is bent.
    """
    rng = np.random.default_rng(seed)
    open_percent, bent_percent = (100, 0) if squares else (OPEN_PERCENT, BENT_PERCENT)
    side = round((nodes / (1 + 2 * open_percent * bent_percent / 10_000)) ** 0.5)
    crossing = np.arange(side * side).reshape(side, side)
    place = np.column_stack(np.unravel_index(crossing.ravel(), (side, side))) + 0.35 * rng.normal(
        size=(side * side, 2)
    ).clip(-1, 1)
    pairs = np.concatenate((
        np.column_stack((crossing[:, :-1].ravel(), crossing[:, 1:].ravel())),
        np.column_stack((crossing[:-1].ravel(), crossing[1:].ravel())),
    ))  # fmt: skip
    pairs = pairs[rng.random(len(pairs)) * 100 < open_percent]
    bent = np.flatnonzero(rng.random(len(pairs)) * 100 < bent_percent)
    middle = side * side + np.arange(len(bent))
    place = np.concatenate((place, place[pairs[bent]].mean(axis=1) + 0.2 * rng.random((len(bent), 2))))
    start = np.concatenate((pairs[:, 0], middle))
    end = np.concatenate((pairs[:, 1], pairs[bent, 1]))
    end[bent] = middle
    line = np.hypot(*(place[start] - place[end]).T) * STREET_METRES
    one_way = rng.random(len(start)) * 100 < ONE_WAY_PERCENT
    both = FORWARD | BACKWARD
    return Roads(
        id=texts(range(len(place))),
        longitude=113 + place[:, 1] * STREET_METRES / METRES_PER_DEGREE,
        latitude=23 + place[:, 0] * STREET_METRES / METRES_PER_DEGREE,
        start=start.astype(np.int32),
        end=end.astype(np.int32),
        metres=np.rint(line * (1 + 0.2 * rng.random(len(line)))).astype(np.int32),
        walking=np.full(len(start), both, dtype=np.int8),
        driving=np.where(one_way, FORWARD, both).astype(np.int8),
    )
