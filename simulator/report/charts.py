"""Numbers of the report's charts, laid out in whole units; the templates draw them as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Integers

BIN_WIDTHS = (50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 50_000)
MOST_BINS = 24
BEYOND_LIMIT = 2
"""Walking limits that the axis shows at most."""

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 236, 46, 34, 44


@dataclass(frozen=True)
class Bar:
    """One bar in SVG units, with what it counts: ``low`` <= metres < ``high`` (0 = no upper end)."""

    x: float
    y: float
    width: float
    height: float
    low: int
    high: int
    count: int


@dataclass(frozen=True)
class Line:
    """A line across the chart: ``at`` in SVG units, ``value`` in what the axis counts."""

    at: float
    value: int


@dataclass(frozen=True)
class Histogram:
    """A histogram of metres in SVG units.

    Attributes:
        bars: from the shortest to the longest. ticks: of the axis below. levels: of the axis to the left.
        median, p95, limit: lines across it. children: how many were counted.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Line, ...]
    levels: tuple[Line, ...]
    median: Line
    p95: Line
    limit: Line | None
    children: int


def nearest_rank(values: Integers, percent: int) -> int:
    """The ``percent``-th percentile of sorted ``values``: the value at place ceil(percent x n / 100)."""
    return int(values[(percent * len(values) + 99) // 100 - 1])


def histogram(metres: Integers, limit: int) -> Histogram | None:
    """Histogram of ``metres`` (int, one per child), ``None`` if there is nobody to count.

    1. The last bar gathers the farthest 1 %, and whatever is beyond twice the walking limit, so that neither
       one remote village nor a few wrong coordinates flatten the chart.
    2. Bars are the least round width that needs no more than ``MOST_BINS`` bars.
    """
    if not len(metres):
        return None
    ordered = np.sort(np.asarray(metres, dtype=np.int64))
    reach = max(min(nearest_rank(ordered, 99), BEYOND_LIMIT * limit), 1)
    width = next((w for w in BIN_WIDTHS if reach // w < MOST_BINS), BIN_WIDTHS[-1])
    bins = min(reach // width + 1, MOST_BINS)
    place = np.minimum(ordered // width, bins)
    counts = np.bincount(place, minlength=bins + 1).tolist()
    if counts[-1] == 0:
        counts.pop()
    top = max(counts)
    step = (WIDTH - LEFT) / len(counts)
    scale = (HEIGHT - BOTTOM - TOP) / top
    bars = tuple(
        Bar(
            x=round(LEFT + step * row, 2),
            y=round(HEIGHT - BOTTOM - count * scale, 2),
            width=round(step - 1.5, 2),
            height=round(count * scale, 2),
            low=row * width,
            high=(row + 1) * width if row < bins else 0,
            count=count,
        )
        for row, count in enumerate(counts)
    )

    def across(value: int) -> Line:
        return Line(round(min(LEFT + step * value / width, WIDTH), 2), value)

    every = max(1, len(counts) // 6)
    return Histogram(
        bars=bars,
        ticks=tuple(across(row * width) for row in range(0, len(counts), every)),
        levels=tuple(Line(round(HEIGHT - BOTTOM - value * scale, 2), value) for value in levels(top)),
        median=across(nearest_rank(ordered, 50)),
        p95=across(nearest_rank(ordered, 95)),
        limit=across(limit) if limit < width * len(counts) else None,
        children=len(ordered),
    )


def levels(top: int) -> tuple[int, ...]:
    """Three or four round values from 0 up to ``top``."""
    step = next(s * 10**e for e in range(12) for s in (1, 2, 5) if s * 10**e * 4 >= top)
    return tuple(range(0, top + 1, step))
