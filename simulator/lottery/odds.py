"""Exact odds of admission of every position on a roster, under each procedure and way to draw the start.

Nothing is simulated: all drawn values are enumerated and weighed by whole-number fractions. Every applicant
is one child; positions count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from simulator.lottery.procedures import VALUES, interval_order, stride_of, stride_order
from simulator.model.arrays import Integers, Texts

BALLS = ("whole", "ones_first", "highest_first", "modulo")
"""How the start is drawn from balls 0 to 9, one urn per digit:

``whole``: all digits at once; a number that is nobody's is drawn again as a whole.
``ones_first``: the ones first, then the tens and so on; before each digit, balls with which no number on the
roster can come about any more are taken out (as published in Fuzhou).
``highest_first``: likewise, the highest digit first.
``modulo``: all digits at once; the remainder by the number of applicants counts (no remainder: the last one).
"""


@dataclass(frozen=True)
class Odds:
    """The odds of one procedure.

    Attributes:
        method, balls: as asked for. applicants, seats: of the draw. stride: of method ``stride``, else 0.
        numerators: object (int) (applicants,); the odds of position i + 1, over ``denominator``.
        denominator: common to all.
        outcomes: how many different sets of children can get in at most; ``None`` where every one can.
        neighbours: the chance that two next to each other on the roster are both in, on average over the
            pairs around the circle; ``independent`` is the same where every set is equally likely.
    """

    method: str
    balls: str
    applicants: int
    seats: int
    stride: int
    numerators: Texts
    denominator: int
    outcomes: int | None
    neighbours: Fraction

    @property
    def even(self) -> Fraction:
        """Seats for applicants: the odds of everybody in a draw without bias."""
        return Fraction(self.seats, self.applicants)

    @property
    def independent(self) -> Fraction:
        """The chance of two given children where every set of children is equally likely."""
        n, m = self.applicants, self.seats
        return Fraction(m * (m - 1), n * (n - 1)) if n > 1 else Fraction(0)

    def of(self, position: int) -> Fraction:
        """The odds of one position, from 1."""
        return Fraction(int(self.numerators[position - 1]), self.denominator)

    def ranges(self) -> Iterator[tuple[int, int, Fraction]]:
        """Runs of positions with equal odds: first, last, odds."""
        first = 1
        for position in range(2, self.applicants + 2):
            ended = position > self.applicants
            if ended or self.numerators[position - 1] != self.numerators[first - 1]:
                yield first, position - 1, self.of(first)
                first = position


def odds(method: str, applicants: int, seats: int, *, balls: str = "whole") -> Odds:
    """The odds of every position on a roster of ``applicants`` for ``seats``.

    1. Where applicants draw their own numbers (``keyed``, ``descending``, ``direction``, ``circle``), every
       order is equally likely whatever the start: everybody has seats / applicants.
    2. ``interval`` and ``stride`` turn with the circle: the position d behind the start is in or not,
       whatever the start. Count over all intervals how often it is (``turned``), each equally likely.
    3. The odds of position p are the sum over starts s of the odds of s (``start_odds``) times that of the
       position ``p - s`` (around the circle) behind the start. All in whole numbers over one denominator.

    Raises:
        ValueError: no such method or balls, nobody to draw, or seats below 0.
    """
    if method not in VALUES or balls not in BALLS or applicants < 1 or seats < 0:
        raise ValueError(f"odds: cannot draw {applicants} for {seats} by {method}, {balls}")
    n, m = applicants, min(seats, applicants)
    if method not in ("interval", "stride"):
        numerators = np.full(n, m, dtype=object)
        pair = Fraction(m * (m - 1), n * (n - 1)) if n > 1 else Fraction(0)
        return Odds(method, balls, n, m, 0, numerators, n, None, pair)
    single, double, cases = turned(method, n, m)
    starts = start_odds(n, balls)
    common = lcm(*(share.denominator for share in starts))
    weight = np.array([share.numerator * (common // share.denominator) for share in starts], dtype=object)
    numerators = _around(weight, single)
    return Odds(
        method,
        balls,
        n,
        m,
        stride_of(n, m) if method == "stride" else 0,
        numerators,
        common * cases,
        n * cases if 0 < m < n else 1,
        Fraction(int(double.sum()), n * cases),
    )


def turned(method: str, applicants: int, seats: int) -> tuple[Integers, Integers, int]:
    """Whether the position d behind the start is in, counted over all intervals, int64 (applicants,).

    Returns:
        How many of the cases let it in; how many let it and the next position both in; the number of cases.
    """
    single, double = (np.zeros(applicants, dtype=np.int64) for _ in range(2))
    cases = range(1, applicants + 1) if method == "interval" else [stride_of(applicants, seats)]
    for step in cases:
        if method == "interval":
            drawn = interval_order(applicants, 1, step, seats)
        else:
            drawn = stride_order(applicants, 1, step)[:seats]
        admitted = np.zeros(applicants, dtype=np.bool_)
        admitted[drawn] = True
        single += admitted
        double += admitted & np.roll(admitted, -1) if applicants > 1 else 0
    return single, double, len(cases)


def start_odds(applicants: int, balls: str) -> Sequence[Fraction]:
    """The odds of every start 1 to ``applicants``, for one way of ``BALLS``; they add up to one."""
    n, digits = applicants, len(str(applicants))
    if balls == "whole":
        return [Fraction(1, n)] * n
    if balls == "modulo":
        shares, rest = divmod(10**digits, n)
        # Of the remainders those below ``rest`` come once more; 0 is nobody's number and counts for the last.
        return [Fraction(shares + (start % n < rest), 10**digits) for start in range(1, n + 1)]
    drawn = [tuple(map(int, f"{start:0{digits}d}")) for start in range(1, n + 1)]
    if balls == "ones_first":
        drawn = [number[::-1] for number in drawn]
    share: dict[tuple[int, ...], Fraction] = {(): Fraction(1)}
    for place in range(1, digits + 1):
        balls_left: dict[tuple[int, ...], int] = {}
        for known in {number[:place] for number in drawn}:
            balls_left[known[:-1]] = balls_left.get(known[:-1], 0) + 1
        share |= {
            known: share[known[:-1]] / balls_left[known[:-1]]
            for known in {number[:place] for number in drawn}
        }
    return [share[number] for number in drawn]


def _around(weight: Texts, single: Integers) -> Texts:
    """object (int): for every position the sum of ``weight[s] * single[(p - s) mod n]`` over starts s.

    The start's weights take few values (a digit has few possible numbers of balls), so starts of one weight
    are counted together in 64 bits, and only the sums are weighed in unbounded integers.
    """
    n = len(single)
    total = np.zeros(n, dtype=object)
    for value in sorted(set(weight.tolist())):
        starts = np.flatnonzero(weight == value)
        counted = np.zeros(n, dtype=np.int64)
        for start in starts.tolist():
            counted[start:] += single[: n - start]
            counted[:start] += single[n - start :]
        total += counted.astype(object) * value
    return total
