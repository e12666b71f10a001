"""What opening a site is worth while blocks pay given amounts: one small packing problem per site."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import compiled

WHOLE_TAKEN = 256
"""What ``taken`` says of a block that is taken as a whole; parts are in proportion, rounded down."""


@compiled
def gains_of(
    starts: Integers,
    block: Integers,
    cost: Integers,
    load: Integers,
    seats: Integers,
    serving: int,
    closed: Booleans,
    pays: Integers,
    gain: Integers,
    taken: Integers,
) -> None:
    """Fill ``gain`` int64 (sites,) and ``taken`` int64 (arcs,), arcs in the order of their sites.

    A site takes, of the blocks that pay more than they cost there, those that leave most: all of them
    (``serving`` 0), as fit its seats when blocks may be split (1), or as fit them as whole blocks (2). The
    gain is never below the true greatest one, so that the bound built on it holds:

    1. With a price q >= 0 per seat no packing leaves more than q x seats + what blocks leave beyond q per
       child. Blocks in falling order of what they leave per child give the best q; it need not be whole,
       so the whole numbers on both sides are tried. The order may err by a rounding: q is only then not the
       best, and what is computed still a bound.
    2. Whole blocks: dynamic programming over the seats, exact.

    Args:
        pays: int64 (blocks,). closed: bool (sites,), sites to leave out (their gain is 0).
    """
    for j in range(len(seats)):
        gain[j] = 0
        taken[starts[j] : starts[j + 1]] = 0
        if closed[j]:
            continue
        some = np.empty(starts[j + 1] - starts[j], dtype=np.int64)
        count = 0
        children = 0
        profits = 0
        for a in range(starts[j], starts[j + 1]):
            profit = pays[block[a]] - cost[a]
            if profit > 0:
                some[count] = a
                count += 1
                children += load[block[a]]
                profits += profit
        some = some[:count]
        if serving == 0 or children <= seats[j]:
            gain[j] = profits
            taken[some] = 256
        elif serving == 1:
            gain[j] = _priced(some, block, cost, load, seats[j], pays, taken)
        else:
            gain[j] = _packed(some, block, cost, load, seats[j], pays, taken)


@compiled
def _priced(
    some: Integers,
    block: Integers,
    cost: Integers,
    load: Integers,
    seats: int,
    pays: Integers,
    taken: Integers,
) -> int:
    """Greatest gain of ``some`` arcs when blocks may be split, by the best price per seat."""
    each = np.empty(len(some), dtype=np.float64)
    for k in range(len(some)):
        b = block[some[k]]
        # Blocks without children need no seat: first of all.
        each[k] = -np.inf if load[b] == 0 else -(pays[b] - cost[some[k]]) / load[b]
    left = seats
    price = np.int64(0)
    for k in np.argsort(each, kind="mergesort"):
        a = some[k]
        children = load[block[a]]
        if children <= left:
            left -= children
            taken[a] = 256
        else:
            taken[a] = 256 * left // children
            price = (pays[block[a]] - cost[a]) // children
            break
    least = np.int64(-1)
    for q in (price, price + 1):
        total = q * seats
        for a in some:
            total += max(pays[block[a]] - cost[a] - q * load[block[a]], 0)
        if least < 0 or total < least:
            least = total
    return int(least)


@compiled
def _packed(
    some: Integers,
    block: Integers,
    cost: Integers,
    load: Integers,
    seats: int,
    pays: Integers,
    taken: Integers,
) -> int:
    """Greatest gain of ``some`` arcs as whole blocks within the seats."""
    best = np.zeros(seats + 1, dtype=np.int64)
    picked = np.zeros((len(some), seats + 1), dtype=np.bool_)
    free = np.int64(0)
    for k in range(len(some)):
        a = some[k]
        need = load[block[a]]
        profit = pays[block[a]] - cost[a]
        if need == 0:
            free += profit
            taken[a] = 256
            continue
        for room in range(seats, need - 1, -1):
            value = best[room - need] + profit
            if value > best[room]:
                best[room] = value
                picked[k, room] = True
    room = seats
    for k in range(len(some) - 1, -1, -1):
        if picked[k, room]:
            taken[some[k]] = 256
            room -= load[block[some[k]]]
    return best[seats] + free
