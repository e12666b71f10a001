"""Charts of a sweep in whole and tenth units, for inline SVG: differences, gains and losses, and their
map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.indicators.comparing import Pairs
from simulator.report.maps import point_cells
from simulator.report.point_map import PointMap, point_map
from simulator.report.sweep.printing import decimal, signed
from simulator.report.sweep.summary import Spot
from simulator.report.words import Words

WIDTH, LABEL, ROW, TOP = 640, 250, 26, 26
STEPS = (5.0, 15.0)
"""Net gain in 100 children from which a place is coloured stronger."""
MOST_CELLS = 6_000


@dataclass(frozen=True)
class Row:
    """One line of a chart in SVG units: text, height, and what is drawn in it."""

    text: str
    y: float
    low: float
    at: float
    high: float
    tip: str


@dataclass(frozen=True)
class Chart:
    """A chart of rows: zero is where neither is better; ticks are (x, text)."""

    width: int
    height: int
    zero: float
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]


def differences(entries: Sequence[tuple[str, Pairs]], words: Words) -> Chart | None:
    """Mean differences of percentages as dots with their intervals, around zero; None where all are zero."""
    if not any(pairs.greater or pairs.less for _, pairs in entries):
        return None
    ends = [
        abs(number)
        for _, pairs in entries
        for number in (pairs.difference.low, pairs.difference.mean, pairs.difference.high)
        if not math.isnan(number)
    ]
    reach = max([*ends, 0.1]) * 1.1
    middle = LABEL + (WIDTH - LABEL) / 2

    def across(number: float) -> float:
        return round(middle + number / reach * (WIDTH - LABEL) / 2 * 0.96, 1)

    rows = []
    for place, (said, pairs) in enumerate(entries):
        mean = pairs.difference
        if math.isnan(mean.mean):
            continue
        low, high = (mean.mean if math.isnan(end) else end for end in (mean.low, mean.high))
        tip = words.text("sweep_points", n=signed(mean.mean, 2))
        rows.append(Row(said, TOP + ROW * (place + 0.5), across(low), across(mean.mean), across(high), tip))
    step = _round_step(reach)
    numbers = [k * step for k in range(-int(reach / step), int(reach / step) + 1)]
    ticks = tuple((across(number), signed(number, 0 if step >= 1 else 2)) for number in numbers)
    return Chart(WIDTH, TOP + ROW * len(entries) + 22, across(0.0), tuple(rows), ticks)


def bars(entries: Sequence[tuple[str, float, float]], words: Words) -> Chart | None:
    """Children better off to the right, worse off to the left, in 100 of each group; None without any."""
    known = [entry for entry in entries if not any(math.isnan(number) for number in entry[1:])]
    if not any(gain or lose for _, gain, lose in known):
        return None
    reach = max([0.5, *(number for entry in known for number in entry[1:])]) * 1.1
    middle = LABEL + (WIDTH - LABEL) / 2

    def across(number: float) -> float:
        return round(middle + number / reach * (WIDTH - LABEL) / 2 * 0.96, 1)

    rows = [
        Row(
            said,
            TOP + ROW * (place + 0.5),
            across(-lose),
            across(0.0),
            across(gain),
            words.text("sweep_gain_lose", gain=decimal(gain, 2), lose=decimal(lose, 2)),
        )
        for place, (said, gain, lose) in enumerate(known)
    ]
    step = _round_step(reach)
    numbers = [k * step for k in range(-int(reach / step), int(reach / step) + 1)]
    ticks = tuple((across(number), decimal(abs(number), 0 if step >= 1 else 1)) for number in numbers)
    return Chart(WIDTH, TOP + ROW * len(known) + 22, across(0.0), tuple(rows), ticks)


def _round_step(reach: float) -> float:
    """A round step with two to four ticks on each side."""
    exponent = 10.0 ** math.floor(math.log10(reach))
    return next(step for step in (exponent, exponent / 2, exponent / 5) if reach / step >= 2)


@dataclass(frozen=True)
class GainsMap:
    """Places coloured by their net gain: shapes (path, class, tip), marks (x, y, radius, class, tip)."""

    width: int
    height: int
    shapes: tuple[tuple[str, str, str], ...]
    marks: tuple[tuple[float, float, float, str, str], ...]


def gains_map(
    spots: Sequence[Spot], variant: int, words: Words, *, cells: bool, apart: bool = False
) -> GainsMap | None:
    """Every place by its net gain in 100 children; grey where the interval holds 0.

    Args:
        apart: what ``Spot.net`` tells of this variant is the change in the own zone.
        cells: draw the area nearest to each point, else a mark as large as its children.
    """
    if not spots:
        return None
    longitude = np.array([spot.longitude for spot in spots])
    latitude = np.array([spot.latitude for spot in spots])
    found = point_cells(longitude, latitude) if cells and len(spots) <= MOST_CELLS else []
    rings = [(row, [ring]) for row, polygons in enumerate(found) for polygon in polygons for ring in polygon]
    laid: PointMap | None = point_map(longitude, latitude, [ring for _, ring in rings], [])
    assert laid is not None
    kinds = [gain_class(spot, variant) for spot in spots]
    tips = [gain_tip(spot, variant, words, apart) for spot in spots]
    shapes = tuple((path, kinds[row], tips[row]) for (row, _), path in zip(rings, laid.outlines, strict=True))
    if shapes:
        return GainsMap(laid.width, laid.height, shapes, ())
    largest = max(spot.children for spot in spots)
    marks = tuple(
        (float(laid.x[row]), float(laid.y[row]), round(1.5 + 6 * math.sqrt(spots[row].children / largest), 1),
         kinds[row], tips[row])
        for row in range(len(spots))
    )  # fmt: skip
    return GainsMap(laid.width, laid.height, (), marks)


def gain_class(spot: Spot, variant: int) -> str:
    """ "even", or "gain" or "lose" with 1 to 3 behind it."""
    net, half = spot.net[variant]
    if net == 0 or (not math.isnan(half) and abs(net) <= half):
        return "even"
    share = 100 * abs(net) / spot.children
    return f"{'gain' if net > 0 else 'lose'}{1 + sum(share >= step for step in STEPS)}"


def gain_tip(spot: Spot, variant: int, words: Words, apart: bool) -> str:
    """What a place says when it is pointed at."""
    net, half = spot.net[variant]
    width = "" if math.isnan(half) else f" ±{decimal(half, 1)}"
    code = "sweep_spot_apart" if apart else "sweep_spot"
    return words.text(code, name=spot.name, children=decimal(spot.children, 0), net=signed(net, 1) + width)
