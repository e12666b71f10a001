"""One projected Newton step on the smoothed dual: conjugate gradients on the nodes that have a price."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Booleans, Floats, Integers
from simulator.transport.compiled import compiled, in_place
from simulator.transport.priced_seats.dual import Softened
from simulator.transport.priced_seats.forest import gather_up, totals

SOFTEST, FIRMEST, FIRMER = 1e-4, 0.1, 10.0
"""Ridges, in children per temperature, and how many times as firm the next one tried is."""

FEW = 0.02
"""A step that moves more than this share of the nodes by more than ``clip`` is tried with a firmer ridge."""

MOST_BOUNDS = 5
"""Times a step is solved again because a node of a tree would fall below zero."""

STABLE = 1e-6
LOWER = 2**32 - 1


class Curvature(NamedTuple):
    """The derivative of demand by total price, negated, as rows of neighbours.

    Attributes:
        offsets: int64 (nodes + 1,). other: int32 (entries,). pull: float64 (entries,).
        bend: float64 (nodes,).
    """

    offsets: Integers
    other: Integers
    pull: Floats
    bend: Floats


@compiled
def curvature_of(soft: Softened) -> Curvature:
    """Both halves of the symmetric matrix, from the pairs of ``soft``."""
    nodes = len(soft.bend)
    offsets = np.zeros(nodes + 1, dtype=np.int64)
    _count_pairs(soft, offsets)
    curvature = Curvature(
        offsets, np.empty(offsets[nodes], dtype=np.int32), np.empty(offsets[nodes]), soft.bend
    )
    _both_halves(soft, curvature, offsets[:nodes].copy())
    return curvature


@in_place
def _count_pairs(soft: Softened, offsets: Integers) -> None:
    for key in soft.pair:
        if key >= 0:
            offsets[(key >> 32) + 1] += 1
            offsets[(key & LOWER) + 1] += 1
    for v in range(len(offsets) - 1):
        offsets[v + 1] += offsets[v]


@in_place
def _both_halves(soft: Softened, curvature: Curvature, to: Integers) -> None:
    for at in range(len(soft.pair)):
        if soft.pair[at] >= 0:
            i, j = soft.pair[at] >> 32, soft.pair[at] & LOWER
            curvature.other[to[i]] = j
            curvature.pull[to[i]] = soft.pull[at]
            to[i] += 1
            curvature.other[to[j]] = i
            curvature.pull[to[j]] = soft.pull[at]
            to[j] += 1


@compiled
def slope_of(soft: Softened, parent: Integers, seats: Floats) -> Floats:
    """Children at or below each node less its seats: the dual's gradient."""
    nodes = len(soft.bend)
    slope = np.empty(nodes)
    for v in range(nodes):
        slope[v] = soft.demand[v]
    gather_up(parent[:nodes], slope)
    for v in range(nodes):
        slope[v] -= seats[v]
    return slope


@in_place
def imbalance_of(own: Floats, slope: Floats) -> float:
    """Children too many, and too few where a seat has a price."""
    total = 0.0
    for v in range(len(own)):
        if slope[v] > 0 or own[v] > 0:
            total += abs(slope[v])
    return total


@compiled
def newton_step(
    curvature: Curvature,
    parent: Integers,
    own: Floats,
    slope: Floats,
    temperature: float,
    clip: float,
    ridge: float,
    accuracy: float,
    rounds: int,
) -> tuple[Floats, float]:
    """The own prices after one step, none below zero and none moved by more than ``clip``; the ridge used.

    1. Nodes without a price and with seats left stay out. On the others the step d solves
       (curvature + ridge) d = slope by conjugate gradients, roughly: the next step corrects it.
    2. Where whole regions are short of seats, nobody leaves them if all prices in them rise together: the
       curvature is next to nothing along that way, the step long. Cut node by node it would raise all of them
       alike and lose what it had to say of the differences between them. A firmer ridge (Levenberg and
       Marquardt) shortens the long way alone, so it is tried first.
    3. A node of a tree that the step takes below zero stops at zero, and the rest is solved again: its prices
       and those above it add up, so cutting them one by one would throw all below it off.
    4. What is still too long is cut.
    """
    nodes = len(own)
    free = np.empty(nodes, dtype=np.bool_)
    stopped = np.zeros(nodes)
    for v in range(nodes):
        free[v] = own[v] > 0 or slope[v] > 0
    for _ in range(MOST_BOUNDS):
        step, ridge = _long_step(
            curvature, parent, own, free, stopped, slope, temperature, clip, ridge, accuracy, rounds
        )
        if not _stop_at_zero(parent, own, step, free, stopped):
            break
    after = np.empty(nodes)
    for v in range(nodes):
        after[v] = max(0.0, own[v] + min(clip, max(-clip, step[v])))
    return after, ridge


@compiled
def _long_step(
    curvature: Curvature,
    parent: Integers,
    own: Floats,
    free: Booleans,
    stopped: Floats,
    slope: Floats,
    temperature: float,
    clip: float,
    ridge: float,
    accuracy: float,
    rounds: int,
) -> tuple[Floats, float]:
    """The step of the ``free`` nodes while the others move by ``stopped``; the ridge keeps most short."""
    nodes = len(own)
    rest = slope
    if np.any(stopped):
        rest = slope - _times(curvature, parent[:nodes], free, stopped, 0.0)
    while True:
        step = _solve(curvature, parent[:nodes], free, rest, ridge / temperature, accuracy, rounds)
        far = 0
        for v in range(nodes):
            far += abs(step[v]) > clip
        if far <= FEW * nodes or ridge >= FIRMEST:
            break
        ridge *= FIRMER
    for v in range(nodes):
        if not free[v]:
            step[v] = stopped[v]
    return step, ridge


@in_place
def _stop_at_zero(parent: Integers, own: Floats, step: Floats, free: Booleans, stopped: Floats) -> bool:
    """Free nodes of a tree that the step takes below zero stop there instead; True if there were any."""
    nodes = len(own)
    any_stopped = False
    for v in range(nodes):
        in_a_tree = parent[v] < nodes
        if in_a_tree and free[v] and own[v] + step[v] < 0:
            free[v] = False
            stopped[v] = -own[v]
            any_stopped = True
    return any_stopped


@compiled
def _solve(
    curvature: Curvature,
    parent: Integers,
    active: Booleans,
    slope: Floats,
    ridge: float,
    accuracy: float,
    rounds: int,
) -> Floats:
    """Conjugate gradients, the diagonal as preconditioner."""
    nodes = len(slope)
    diagonal, step, left = np.empty(nodes), np.empty(nodes), np.empty(nodes)
    scaled, way = np.empty(nodes), np.empty(nodes)
    for v in range(nodes):
        diagonal[v] = curvature.bend[v] * (1.0 + STABLE)
    gather_up(parent, diagonal)
    for v in range(nodes):
        diagonal[v] += ridge
        step[v] = 0.0
        left[v] = slope[v] if active[v] else 0.0
        scaled[v] = left[v] / diagonal[v]
        way[v] = scaled[v]
    size = _inner(left, scaled)
    enough = accuracy * accuracy * size
    for _ in range(rounds):
        if size <= enough:
            break
        image = _times(curvature, parent, active, way, ridge)
        bend = _inner(way, image)
        if bend <= 0:
            break
        length = size / bend
        for v in range(nodes):
            step[v] += length * way[v]
            left[v] -= length * image[v]
            scaled[v] = left[v] / diagonal[v]
        before = size
        size = _inner(left, scaled)
        turn = size / before
        for v in range(nodes):
            way[v] = scaled[v] + turn * way[v]
    return step


@compiled
def _times(curvature: Curvature, parent: Integers, active: Booleans, way: Floats, ridge: float) -> Floats:
    """Curvature by own prices times ``way``: prices summed down the tree, demand summed up again."""
    nodes = len(way)
    total = totals(parent, way)
    image = np.empty(nodes)
    _spread(curvature, total, image)
    gather_up(parent, image)
    for v in range(nodes):
        image[v] = image[v] + ridge * way[v] if active[v] else 0.0
    return image


@in_place
def _spread(curvature: Curvature, total: Floats, image: Floats) -> None:
    for v in range(len(image)):
        change = (1.0 + STABLE) * curvature.bend[v] * total[v]
        for k in range(curvature.offsets[v], curvature.offsets[v + 1]):
            change -= curvature.pull[k] * total[curvature.other[k]]
        image[v] = change


@in_place
def _inner(left: Floats, right: Floats) -> float:
    total = 0.0
    for v in range(len(left)):
        total += left[v] * right[v]
    return total
