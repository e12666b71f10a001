"""Draw procedures as used in practice: how drawn values become an order of everybody on the roster.

Every function takes what was drawn (a direction, a start, an interval) and gives the whole order, the waiting
list included, so that a no-show is refilled from the same draw. On a circle stand the numbers 1 to n; the
functions count places on it from 0. ``pick`` derives a drawn value from the public seed; ``odds`` enumerates
the same functions over all drawn values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np

from simulator.model.arrays import Integers

VALUES: Mapping[str, tuple[str, ...]] = {
    "keyed": (),
    "descending": (),
    "direction": ("direction",),
    "circle": ("direction", "start"),
    "interval": ("start", "interval"),
    "stride": ("start",),
}
"""What is drawn beside the applicants' own numbers, by name of the procedure."""

UP, DOWN = 1, 2
"""Drawn directions: smallest number first, or greatest first."""


def pick(seed: int, name: str, what: str, count: int) -> int:
    """Draw one value from 1 to ``count``, every one equally likely.

    1. For k = 0, 1, 2 ...: hash ``"xuewei-pick-1\\n" + seed + "\\n" + name + "\\n" + what + "\\n" + k`` by
       SHA-256 (UTF-8, numbers in decimal) and read all 32 bytes as one big-endian integer.
    2. Refuse an integer at or above the greatest multiple of ``count`` below 2**256 (a chance of at most
       ``count / 2**256``), so that none of the values is favoured; else take its remainder by ``count``,
       plus 1.
    """
    limit = 2**256 // count * count
    k = 0
    while True:
        message = f"xuewei-pick-1\n{seed}\n{name}\n{what}\n{k}"
        value = int.from_bytes(hashlib.sha256(message.encode()).digest(), "big")
        if value < limit:
            return value % count + 1
        k += 1


def drawn_values(method: str, seed: int, name: str, numbers: int) -> dict[str, int]:
    """The values a procedure draws over ``numbers`` numbers, each by its own ``pick``."""
    if not numbers:
        return {}
    return {what: pick(seed, name, what, 2 if what == "direction" else numbers) for what in VALUES[method]}


def stride_of(applicants: int, plan: int) -> int:
    """The stride 等差数: applicants / planned seats, rounded up; a plan below one seat counts as one."""
    return max(1, -(-applicants // max(plan, 1)))


def circle_order(numbers: int, start: int, direction: int) -> Integers:
    """From ``start`` (1 ..) on in one direction around the circle.

    Fairness: where the numbers themselves were drawn, every subset of applicants is equally likely to be in,
    whatever start and direction. Where numbers are fixed beforehand, a start with equal odds gives each
    number the odds seats / n, but only neighbours on the circle get in together.
    """
    steps = np.arange(numbers, dtype=np.int64)
    return (start - 1 + (steps if direction == UP else -steps)) % max(numbers, 1)


def interval_order(numbers: int, start: int, interval: int, count: int | None = None) -> Integers:
    """Start plus interval, drawn numbers removed from the circle (as published in Nanchang).

    1. The number ``start`` is the first drawn; it leaves the circle.
    2. From the one drawn last, count ``interval`` numbers on, over those still on the circle: the next one
       drawn. Repeat until all (or ``count``) are drawn.

    Fairness: turning the circle turns the outcome, so a start with equal odds gives every number the odds
    seats / n exactly, whatever the interval and however that was drawn. Only n x n outcomes are possible.

    Note:
        Quadratic in principle, for a number is deleted from a list; 0.6 s for 100,000.
    """
    left = list(range(numbers))
    at, order = start - 1, []
    for _ in range(numbers if count is None else min(count, numbers)):
        at %= len(left)
        order.append(left.pop(at))
        at += interval - 1
    return np.array(order, dtype=np.int64)


def stride_order(numbers: int, start: int, stride: int) -> Integers:
    """Start plus stride around the circle, the drawn passed over (as published in Fuzhou).

    1. The number ``start`` is the first drawn. All numbers stay on the circle.
    2. From the one drawn last go ``stride`` numbers on; if that one was drawn already, go to the next that
       was not. Repeat until all are drawn; the first as many as there are seats are in.

    With g the greatest common divisor of n and stride, step 2 comes back to a drawn number after every n / g
    draws, and then to the very one this turn began with. So turn c (from 0) holds ``start + c + k stride``
    for k = 0 .. n/g - 1, which is what is computed.

    Fairness: turning the circle turns the outcome, so a start with equal odds gives every number the odds
    seats / n exactly. Only n outcomes are possible: who is in decides who else is.
    """
    turns = np.gcd(max(numbers, 1), stride)
    turn = np.arange(turns, dtype=np.int64)[:, None]
    step = np.arange(numbers // turns, dtype=np.int64)[None, :]
    order: Integers = ((start - 1 + turn + step * stride) % max(numbers, 1)).ravel()
    return order
