"""From prices of zero to prices near the optimum: hot and on a sample first, colder on more rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Floats, Integers
from simulator.transport.compiled import compiled
from simulator.transport.priced_seats.dual import Softened, room_to_soften, soften
from simulator.transport.priced_seats.forest import Forest, totals
from simulator.transport.priced_seats.layout import Layout, grain_of, stride_of
from simulator.transport.priced_seats.newton import (
    FIRMER,
    SOFTEST,
    curvature_of,
    imbalance_of,
    newton_step,
    slope_of,
)

HOTTEST, COLDEST = 1 / 32, 2.0
"""First temperature as a share of the largest cost, and the last one in units of cost."""

COARSE = 6.0
"""Where all costs are multiples of a grain, colder than the grain divided by this tells nothing more."""

COOLING = 2.5
"""Each temperature is the one before divided by this."""

FEWEST_ROWS = 4.0
"""Rows per node of the first sample."""

NEAR, WARM = 0.02, 5.0
"""Imbalance (share of the children) up to which prices known before need no more than the last temperature;
and the temperature to begin at where they need more."""

WAVERING, COOL, WAVERING_COOL = 4.0, 30.0, 12.0
"""Wavering rows per node that a sample should keep at the next temperature; more from ``COOL`` down. Fewer
make the smoothed dual of the sample bumpy, and its optimum far from that of all rows."""

TOO_FEW = 1.5
"""With fewer wavering rows per node, of all rows, colder steps see single rows jump: repair is shorter."""

CURVING = 30.0
"""Wavering rows per node that suffice for the curvature."""

CLIP = 20.0
"""No price moves by more than so many temperatures in a step."""

COLD = 4.0
SAMPLED, WHOLE, NEAR_THE_END = (0.1, 10), (0.1, 10), (0.02, 8)
"""Imbalance (share of the children) that ends a temperature, and most steps at it: on a sample, on all rows,
and at the last temperature or below ``COLD``."""

OVERSHOT, MOST_BACK = 0.5, 3
"""A step is shortened where the slope along it has turned to less than minus so much of it; how often."""

MOST_PASSES = 300
ACCURACY, ACCURACY_NEAR_THE_END, ROUNDS = 0.03, 0.003, 400
"""Of conjugate gradients; nearer from ``COLD`` down, where there are few pairs and repair is the alternative,
and everywhere once a ridge had to be firm: where regions are short of seats the long ways decide."""


@dataclass
class _Search:
    """Where the search stands: rows looked at, temperature, prices, and the step before."""

    layout: Layout
    sample: Layout
    stride: int
    temperature: float
    coldest: float
    own: Floats
    before: Floats
    slope_before: Floats
    steps: int = 0
    shortened: int = 0
    every: int = 1
    ridge: float = SOFTEST
    firm: bool = False


def near_optimal_prices(layout: Layout, forest: Forest, nodes: int, start: Floats | None = None) -> Integers:
    """int64 (nodes + classes,): own prices, whole numbers >= 0; ``start`` (nodes,): own prices known before.

    Maximises the smoothed dual (``dual.soften``) over own prices >= 0 at falling temperatures, each time
    from the prices of the one before. Rows that waver between options are what the dual bends by; their
    number falls with the temperature, so the colder, the larger the sample. Stops on counted passes.
    """
    pools = len(forest.seats)
    soft = room_to_soften(layout, pools, nodes)
    children = float(layout.supply.sum())
    seats = forest.seats.astype(np.float64)
    grain = grain_of(layout)
    if start is None:
        search = _begin(layout, nodes, pools, grain)
    else:
        search = _begin_warm(layout, pools, grain, start)
    warm = start is not None
    for _ in range(MOST_PASSES):
        total = totals(forest.parent, search.own)
        wavering = soften(search.sample, total, search.temperature, search.every, soft)
        search.every = max(1, int(wavering / (CURVING * nodes)))
        slope = slope_of(soft, forest.parent, seats)
        if _shorten(search, slope):
            continue
        imbalance = imbalance_of(search.own[:nodes], slope) / children
        _step(search, soft, forest.parent, slope)
        if warm and imbalance > NEAR:
            warm = False
            search.temperature = max(search.coldest, WARM)
            continue
        last = search.stride == 1 and (search.temperature <= search.coldest or wavering < TOO_FEW * nodes)
        good, steps = SAMPLED if search.stride > 1 else WHOLE
        if last or search.temperature <= COLD:
            good, steps = NEAR_THE_END
        if imbalance < good or search.steps >= steps:
            if last:
                break
            _cool(search, wavering, nodes)
    # No own price above every cost is needed, and none may leave the range of exact sums.
    dearest = int(layout.cost.max())
    whole = np.rint(np.clip(search.own, 0.0, float(dearest)) / grain).astype(np.int64) * grain
    return np.clip(whole, 0, dearest)


def _begin(layout: Layout, nodes: int, pools: int, grain: int) -> _Search:
    coldest = max(COLDEST, grain / COARSE)
    search = _Search(
        layout=layout,
        sample=layout,
        stride=1,
        temperature=max(coldest, float(layout.cost.max()) * HOTTEST),
        coldest=coldest,
        own=np.zeros(pools),
        before=np.zeros(nodes),
        slope_before=np.zeros(nodes),
    )
    _look_at(search, max(1, int(layout.rows / (FEWEST_ROWS * nodes))))
    return search


def _begin_warm(layout: Layout, pools: int, grain: int, start: Floats) -> _Search:
    """Prices near the optimum are lost at high temperatures and on samples: begin coldest, on all rows."""
    nodes = len(start)
    search = _begin(layout, nodes, pools, grain)
    search.temperature = search.coldest
    search.own[:nodes] = start
    _look_at(search, 1)
    return search


def _look_at(search: _Search, stride: int) -> None:
    """Take every ``stride``-th row; each stands for all children of the rows around it."""
    search.stride = stride
    search.sample = stride_of(search.layout, stride) if stride > 1 else search.layout


def _shorten(search: _Search, slope: Floats) -> bool:
    """Go back part of the way if the last step went much too far; True if it did."""
    nodes = len(slope)
    if search.shortened >= MOST_BACK:
        return False
    share = _share_to_keep(search.before, search.own[:nodes], search.slope_before, slope)
    if share >= 1.0:
        return False
    search.shortened += 1
    search.own[:nodes] = search.before + share * (search.own[:nodes] - search.before)
    return True


@compiled
def _share_to_keep(before: Floats, own: Floats, slope_before: Floats, slope: Floats) -> float:
    """Where the dual's slope along the step crosses zero, taken as straight; 1 if it has not turned much.

    The dual is concave, so its slope along a line only falls: no value of the dual, and no logarithm, is
    needed to see an overshoot.
    """
    first, last = 0.0, 0.0
    for v in range(len(slope)):
        first += slope_before[v] * (own[v] - before[v])
        last += slope[v] * (own[v] - before[v])
    if first <= 0 or last >= -OVERSHOT * first:
        return 1.0
    return max(0.1, first / (first - last))


def _step(search: _Search, soft: Softened, parent: Integers, slope: Floats) -> None:
    nodes = len(slope)
    search.before = search.own[:nodes].copy()
    search.slope_before = slope
    search.own[:nodes], search.ridge = newton_step(
        curvature_of(soft),
        parent,
        search.before,
        slope,
        search.temperature,
        CLIP * search.temperature,
        max(SOFTEST, search.ridge / FIRMER),
        ACCURACY if search.temperature > COLD and not search.firm else ACCURACY_NEAR_THE_END,
        ROUNDS,
    )
    search.firm |= search.ridge > SOFTEST * FIRMER
    search.steps += 1
    search.shortened = 0


def _cool(search: _Search, wavering: float, nodes: int) -> None:
    """Lower the temperature, with a larger sample if too few rows would waver; at the last, take all rows."""
    search.steps = 0
    if search.temperature <= search.coldest:
        _look_at(search, 1)
        return
    wanted = (WAVERING if search.temperature > COOL else WAVERING_COOL) * nodes
    # The odds that a row wavers fall with the temperature.
    rows = search.sample.rows
    expected = rows * wavering / (COOLING * (rows - wavering) + wavering)
    search.temperature = max(search.temperature / COOLING, search.coldest)
    if search.stride > 1 and expected < wanted:
        _look_at(search, max(1, int(search.stride * expected / wanted)))
