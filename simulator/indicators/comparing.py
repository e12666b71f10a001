"""Two variants held against each other draw by draw: means, differences and their intervals.

Both play the same draw, so what one draw is kinder than another cancels out of the difference. The intervals
tell the luck of the draws alone; they say nothing of how good the data are.

- A mean, and a mean difference of pairs: the Student interval, ``mean +- t(n - 1) x s / sqrt(n)`` with the
  sample standard deviation ``s`` of the n values (of the n differences). One draw has no interval.
- How often one is better: the exact interval of a share, after Clopper and Pearson ("The use of confidence or
  fiducial limits", Biometrika 1934), of the draws in which both are not equal.

Sums are exact (whole numbers, or ``math.fsum``), so the order of the draws does not matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Floats, Integers

LEVEL = 0.95
"""Of all intervals."""


@dataclass(frozen=True)
class Mean:
    """A mean over draws with its interval.

    Attributes:
        mean: NaN without a value. low, high: NaN where there is no interval. draws: values that counted.
    """

    mean: float
    low: float
    high: float
    draws: int

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Pairs:
    """One variant less another, in pairs of the same draw.

    Attributes:
        first, other: the means of both, over the draws in which both have a value. difference: other - first.
        greater, less: draws in which the other is greater, and less. share_low, share_high: interval of the
            share of the greater ones among the unequal, NaN where all are equal.
    """

    first: Mean
    other: Mean
    difference: Mean
    greater: int
    less: int
    share_low: float
    share_high: float


def mean_of(values: Floats) -> Mean:
    """The mean of float64 (draws,), NaN left out."""
    known = values[~np.isnan(values)].tolist()
    n = len(known)
    if not n:
        return Mean(math.nan, math.nan, math.nan, 0)
    mean = math.fsum(known) / n
    if n == 1:
        return Mean(mean, math.nan, math.nan, 1)
    variance = math.fsum((value - mean) ** 2 for value in known) / (n - 1)
    half = student(n - 1) * math.sqrt(variance / n)
    return Mean(mean, mean - half, mean + half, n)


def pairs_of(first: Floats, other: Floats) -> Pairs:
    """Two variants over the same draws, float64 (draws,) each; draws without a value of both are left out."""
    known = ~(np.isnan(first) | np.isnan(other))
    first, other = first[known], other[known]
    greater, less = int(np.sum(other > first)), int(np.sum(other < first))
    low, high = share_interval(greater, greater + less)
    return Pairs(mean_of(first), mean_of(other), mean_of(other - first), greater, less, low, high)


def mean_of_sums(total: Integers, square: Integers, draws: int) -> tuple[Floats, Floats]:
    """Means, and half the width of their intervals, from whole sums and sums of squares; float64.

    The half width is NaN with a single draw.
    """
    mean = total / max(draws, 1)
    if draws < 2:
        return mean, np.full(total.shape, np.nan)
    # n x sum of squares less the square of the sum: whole, so exact where it fits 64 bits.
    spread = (draws * square - total * total) / (draws * (draws - 1))
    return mean, student(draws - 1) * np.sqrt(np.maximum(spread, 0) / draws)


def share_interval(hits: int, trials: int) -> tuple[float, float]:
    """The exact interval of a share after Clopper and Pearson; NaN without a trial."""
    if not trials:
        return math.nan, math.nan
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low = 0.0 if hits == 0 else float(betaincinv(hits, trials - hits + 1, tail))
    high = 1.0 if hits == trials else float(betaincinv(hits + 1, trials - hits, 1 - tail))
    return low, high


def student(freedom: int) -> float:
    """The quantile of Student's distribution that an interval of ``LEVEL`` reaches to."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 1 - (1 - LEVEL) / 2))
