"""From prices of zero to prices near the optimum: hot and on a sample first, colder on more rows."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Floats, Integers
from simulator.transport.compiled import compiled
from simulator.transport.priced_seats.dual import room_to_soften, soften
from simulator.transport.priced_seats.forest import Forest, totals
from simulator.transport.priced_seats.layout import Layout, stride_of
from simulator.transport.priced_seats.newton import curvature_of, imbalance_of, newton_step, slope_of

HOTTEST = 1.0 / 8.0
COOLING = 3.0
WAVERING = 2.0
LEAST_ROWS = 4.0
CLIP = 12.0
STEPS = 4
MOST_STEPS = 60
GOOD = 0.1
END = 1.0
LOG: list = []


ACCURACY, ROUNDS, BACK, TOO_FAR = 0.05, 100, 3, 0.5
def near_optimal_prices(layout: Layout, forest: Forest, nodes: int) -> Integers:
    """int64 (nodes + classes,): own prices, whole numbers >= 0."""
    pools = len(forest.seats)
    soft = room_to_soften(layout, pools, nodes)
    own = np.zeros(pools)
    before = np.zeros(nodes)
    slope_before = np.zeros(nodes)
    children = float(layout.supply.sum())
    temperature = float(layout.cost.max()) * HOTTEST
    stride = max(1, int(layout.rows / (LEAST_ROWS * nodes)))
    sample = stride_of(layout, stride) if stride > 1 else layout
    scale = children / float(sample.supply.sum())
    seats = forest.seats.astype(np.float64)
    at_this = 0
    back = 0
    every = 1
    for _ in range(MOST_STEPS):
        price = totals(forest.parent, own)
        wavering = soften(sample, price, temperature, every, soft)
        slope = slope_of(soft, forest.parent, seats, scale)
        imbalance = imbalance_of(own[:nodes], slope) / children
        every = max(1, int(wavering / (BEND * nodes)))
        LOG.append((temperature, sample.rows, imbalance, wavering / nodes))
        if back < BACK:
            t = overshoot(before, own[:nodes], slope_before, slope, TOO_FAR)
            if t < 1:
                back += 1
                own[:nodes] = before + t * (own[:nodes] - before)
                continue
        back = 0
        before = own[:nodes].copy()
        slope_before = slope
        own[:nodes] = newton_step(
            curvature_of(soft), forest.parent, own[:nodes], slope, scale, temperature, CLIP * temperature, ACCURACY, ROUNDS
        )
        at_this += 1
        if imbalance < (GOOD if temperature > LOW else GOOD_LOW) or at_this >= (STEPS if temperature > LOW else STEPS_LOW):
            if temperature <= END and stride == 1:
                break
            at_this = 0
            temperature = max(temperature / COOLING, END)
            if stride > 1 and wavering / COOLING < (WAVERING if temperature > MID else WAVERING_MID) * nodes:
                stride = max(1, int(stride * wavering / COOLING / ((WAVERING if temperature > MID else WAVERING_MID) * nodes)))
                sample = stride_of(layout, stride) if stride > 1 else layout
                scale = children / float(sample.supply.sum())
    return np.rint(own).astype(np.int64)


BEND, LOW, GOOD_LOW, STEPS_LOW, MID, WAVERING_MID = 3., 4., .01, 6, 30., 12.


@compiled
def overshoot(before: Floats, own: Floats, slope_before: Floats, slope: Floats, too_far: float) -> float:
    first = 0.0
    last = 0.0
    for v in range(len(own)):
        first += slope_before[v] * (own[v] - before[v])
        last += slope[v] * (own[v] - before[v])
    if first <= 0 or last >= -too_far * first:
        return 1.0
    return max(0.1, first / (first - last))
