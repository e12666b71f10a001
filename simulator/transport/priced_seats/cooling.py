"""From prices of zero to prices near the optimum: hot and on a sample first, colder on more rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Floats, Integers
from simulator.transport.compiled import compiled
from simulator.transport.priced_seats.dual import Softened, room_to_soften, soften
from simulator.transport.priced_seats.forest import Forest, totals
from simulator.transport.priced_seats.layout import Layout, stride_of
from simulator.transport.priced_seats.newton import curvature_of, imbalance_of, newton_step, slope_of

HOTTEST, COLDEST = 1 / 32, 2.0
"""First temperature as a share of the largest cost, and the last one in units of cost."""

COOLING = 2.5
"""Each temperature is the one before divided by this."""

FEWEST_ROWS = 4.0
"""Rows per node of the first sample."""

NEAR, WARM = 0.02, 9.0
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
GOOD, STEPS = (0.1, 0.02), (10, 8)
"""Imbalance (share of the children) that ends a temperature, and most steps at it: above ``COLD``, below."""

OVERSHOT, MOST_BACK = 0.5, 3
"""A step is shortened where the slope along it has turned to less than minus so much of it; how often."""

MOST_PASSES = 300
ACCURACY, ROUNDS = 0.003, 400
"""Of conjugate gradients."""


@dataclass
class _Search:
    """Where the search stands: rows looked at, temperature, prices, and the step before."""

    layout: Layout
    sample: Layout
    stride: int
    scale: float
    temperature: float
    own: Floats
    before: Floats
    slope_before: Floats
    steps: int = 0
    shortened: int = 0
    every: int = 1


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
    search = _begin(layout, nodes, pools) if start is None else _begin_warm(layout, pools, start)
    warm = start is not None
    for _ in range(MOST_PASSES):
        total = totals(forest.parent, search.own)
        wavering = soften(search.sample, total, search.temperature, search.every, soft)
        search.every = max(1, int(wavering / (CURVING * nodes)))
        slope = slope_of(soft, forest.parent, seats, search.scale)
        if _shorten(search, slope):
            continue
        imbalance = imbalance_of(search.own[:nodes], slope) / children
        _step(search, soft, forest.parent, slope)
        if warm and imbalance > NEAR:
            warm = False
            search.temperature = max(COLDEST, WARM)
            continue
        last = search.stride == 1 and (search.temperature <= COLDEST or wavering < TOO_FEW * nodes)
        near = int(last or search.temperature <= COLD)
        if imbalance < GOOD[near] or search.steps >= STEPS[near]:
            if last:
                break
            _cool(search, wavering, nodes)
    # No own price above every cost is needed, and none may leave the range of exact sums.
    return np.rint(np.minimum(search.own, float(layout.cost.max()))).astype(np.int64)


def _begin(layout: Layout, nodes: int, pools: int) -> _Search:
    search = _Search(
        layout=layout,
        sample=layout,
        stride=1,
        scale=1.0,
        temperature=max(COLDEST, float(layout.cost.max()) * HOTTEST),
        own=np.zeros(pools),
        before=np.zeros(nodes),
        slope_before=np.zeros(nodes),
    )
    _look_at(search, max(1, int(layout.rows / (FEWEST_ROWS * nodes))))
    return search


def _begin_warm(layout: Layout, pools: int, start: Floats) -> _Search:
    """Prices near the optimum are lost at high temperatures and on samples: begin coldest, on all rows."""
    nodes = len(start)
    search = _begin(layout, nodes, pools)
    search.temperature = COLDEST
    search.own[:nodes] = start
    _look_at(search, 1)
    return search


def _look_at(search: _Search, stride: int) -> None:
    """Take every ``stride``-th row; what they send is scaled up to all children."""
    search.stride = stride
    search.sample = stride_of(search.layout, stride) if stride > 1 else search.layout
    search.scale = float(search.layout.supply.sum()) / float(search.sample.supply.sum())


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
    search.own[:nodes] = newton_step(
        curvature_of(soft),
        parent,
        search.before,
        slope,
        search.scale,
        search.temperature,
        CLIP * search.temperature,
        ACCURACY,
        ROUNDS,
    )
    search.steps += 1
    search.shortened = 0


def _cool(search: _Search, wavering: float, nodes: int) -> None:
    """Lower the temperature; take a larger sample if too few rows would waver."""
    wanted = (WAVERING if search.temperature > COOL else WAVERING_COOL) * nodes
    rows = search.sample.rows
    expected = rows * wavering / (COOLING * (rows - wavering) + wavering)
    search.steps = 0
    search.temperature = max(search.temperature / COOLING, COLDEST)
    if search.stride > 1 and expected < wanted:
        _look_at(search, max(1, int(search.stride * expected / wanted)))
