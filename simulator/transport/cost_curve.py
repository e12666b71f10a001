"""From metres to cost where far must count more than its metres: a power, and a penalty beyond the limit."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.problem import LARGEST

KILOMETRE = 1000
"""The distance at which every power costs as many units as metres."""


def cost_of_metres(
    metres: Integers,
    *,
    power: int = 1,
    limit: Integers | int = 0,
    once_beyond: int = 0,
    per_metre_beyond: int = 0,
) -> Integers:
    """Whole cost of each distance; the farther, the dearer, never two distances at one cost.

    ``max(m, m**p // 1000**(p - 1))``, plus ``once_beyond`` and ``per_metre_beyond`` x the metres beyond the
    limit where m is beyond it. A unit is a metre at one kilometre: with power 2 two kilometres cost 4,000
    units and three 9,000, so that one child who walks three costs more than two who walk two.

    Without the penalty once the curve is convex. It rises by at least 1 with every metre, so rounding loses
    no order: up to a kilometre, where shares of a unit would be lost, it is the metres themselves; from
    there on the power rises by more than 1 with every metre, before and after it is rounded down.

    Args:
        metres: int (arcs,), >= 0. power: 1, 2 or 3.
        limit: metres, int (arcs,) or one for all; read only where there is a penalty.
        once_beyond, per_metre_beyond: units, >= 0.

    Returns:
        int64 (arcs,).

    Raises:
        ValueError: another power, a negative number. OverflowError: a cost would reach 2**62.
    """
    given = np.asarray(metres, dtype=np.int64)
    if power not in (1, 2, 3):
        raise ValueError(f"cost_of_metres: power must be 1, 2 or 3, got {power}")
    if np.any(given < 0) or once_beyond < 0 or per_metre_beyond < 0:
        raise ValueError("cost_of_metres: metres and penalties must not be negative")
    farthest = int(given.max(initial=0))
    if farthest**power + once_beyond + per_metre_beyond * farthest >= LARGEST:
        raise OverflowError(f"cost_of_metres: {farthest} metres to the power {power} could pass 2**62")
    cost = given if power == 1 else np.maximum(given, given**power // KILOMETRE ** (power - 1))
    if once_beyond or per_metre_beyond:
        beyond = np.maximum(given - np.asarray(limit, dtype=np.int64), 0)
        cost = cost + once_beyond * (beyond > 0) + per_metre_beyond * beyond
    return np.asarray(cost, dtype=np.int64)
