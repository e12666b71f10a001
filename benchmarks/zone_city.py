"""Seeded cities to draw zones in: blocks on a road-like network, schools, barriers, today's zones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from simulator.model import UNPLACED, Ragged, Stage, ZoningProblem

STREET = 250.0
"""Metres between neighbouring blocks, about."""


def zone_city(
    blocks: int,
    schools: int,
    seed: int,
    *,
    slack: float = 1.05,
    roads: str = "network",
    barriers: float = 0.0,
    nearest: int = 20,
    uneven_seats: float = 0.4,
) -> ZoningProblem:
    """A city of ``blocks`` with 0-40 entrants, drawn in the plane, and the least metres over its roads.

    Two blocks are neighbours if the Delaunay triangulation joins them and they are no farther apart than
    three streets. Every such pair is a road of 1 to 1.5 times the straight line.

    Args:
        slack: seats per child. roads: ``network``, or ``tree``: metres are those over a spanning tree of the
            roads, where everything behind a junction ties. barriers: share of pairs of neighbours that are
            none. nearest: candidates of a block. uneven_seats: how far a school's seats may be from the mean.
    """
    rng = np.random.default_rng(seed)
    side = STREET * np.sqrt(blocks)
    place = rng.uniform(0, side, (blocks, 2))
    load = rng.integers(0, 41, blocks)
    home = np.sort(rng.choice(blocks, schools, replace=False))
    one, other, metres = _roads(place, rng)
    graph = csr_array((metres, (one, other)), shape=(blocks, blocks))
    if roads == "tree":
        graph = csr_array(minimum_spanning_tree(graph))
    away = dijkstra(graph, directed=False, indices=home)
    near = np.sort(np.argsort(away, axis=0, kind="stable")[: min(nearest, schools)].T, axis=1)
    far = np.rint(np.take_along_axis(away.T, near, axis=1)).astype(np.int64)
    kept = rng.random(len(one)) >= barriers
    share = rng.uniform(1 - uneven_seats, 1 + uneven_seats, schools)
    wanted = round(int(load.sum()) * slack)
    seats = np.floor(share / share.sum() * wanted).astype(np.int64)
    seats[: wanted - int(seats.sum())] += 1
    return ZoningProblem(
        stage=Stage.PRIMARY,
        load=load,
        seats=seats,
        offsets=np.arange(blocks + 1) * near.shape[1],
        school=near.astype(np.int32).ravel(),
        metres=far.ravel(),
        neighbours=_beside(blocks, one[kept], other[kept]),
        home=home,
        today=np.full(blocks, UNPLACED),
        change_count=np.ones(blocks, dtype=np.int64),
        mixed=np.zeros(blocks, dtype=np.int64),
    )


def _roads(place: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of places joined by a road, and its metres."""
    corner = Delaunay(place).simplices
    pairs = np.sort(np.concatenate((corner[:, [0, 1]], corner[:, [1, 2]], corner[:, [0, 2]])), axis=1)
    pairs = np.unique(pairs, axis=0)
    straight = np.hypot(*(place[pairs[:, 0]] - place[pairs[:, 1]]).T)
    pairs, straight = pairs[straight <= 3 * STREET], straight[straight <= 3 * STREET]
    metres = np.maximum(np.rint(straight * rng.uniform(1.0, 1.5, len(straight))), 1.0)
    return pairs[:, 0], pairs[:, 1], metres


def _beside(blocks: int, one: np.ndarray, other: np.ndarray) -> Ragged:
    """Both directions of each pair, sorted."""
    key = np.sort(np.concatenate((one * blocks + other, other * blocks + one)).astype(np.int64))
    return Ragged.from_pairs(blocks, key // blocks, (key % blocks).astype(np.int32))


def grown_city(
    blocks: int, schools: int, seed: int, *, slack: float = 1.05, growth: float = 0.5
) -> ZoningProblem:
    """A city whose zones fitted once: since then quarters have grown and shrunk, smoothly over the map.

    Today's zones are ``priced`` ones for other entrants; seats are those of today's children times ``slack``
    in the old proportions.

    Args:
        growth: how far a quarter may have grown, as a share.
    """
    from simulator import zoning

    old = zone_city(blocks, schools, seed, slack=slack)
    today = zoning.draw(old, "priced").assigned
    rng = np.random.default_rng((seed, 1))
    place = np.random.default_rng(seed).uniform(0, 1, (blocks, 2))  # where zone_city puts them
    waves = rng.uniform(0, 2 * np.pi, (4, 3))
    field = sum(np.sin(2 * np.pi * place @ rng.normal(0, 1.5, 2) + phase) for phase in waves[:, 0]) / 2
    load = np.maximum(np.rint(old.load * (1 + growth * np.clip(field, -1, 1))), 0).astype(np.int64)
    seats = np.floor(old.seats * (load.sum() * slack / old.seats.sum())).astype(np.int64)
    seats[: round(load.sum() * slack) - int(seats.sum())] += 1
    return replace(old, load=load, seats=seats, today=today, change_count=np.ones(blocks, dtype=np.int64))
