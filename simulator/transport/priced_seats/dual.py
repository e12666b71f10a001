"""The smoothed dual: where children go at given prices when the minimum is soft, and how that bends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Floats, Integers
from simulator.transport.compiled import in_place, inlined
from simulator.transport.priced_seats.layout import Layout

WIDEST = 128
"""Most places kept per pool for the other pools it shares children with (each pair once)."""

MANY = 8
"""Options of a row that enter the curvature, at most."""

PROBES = 24
"""Places tried for a pair; one that finds none is left out, which only makes a step less good."""

REACH = 6.0
"""Options dearer than the best by more temperatures than this are left out (a share below 1/400)."""

SLIGHT = 0.005
"""Shares below this are left out of the curvature."""


class Softened(NamedTuple):
    """The soft demand and its derivative by the prices, filled by ``soften``.

    Attributes:
        demand: float64 (pools,), children at each pool. bend: float64 (nodes,), minus the derivative of a
            pool's demand by its own price. pair: int64 (nodes x width,), the first pool in the upper
            half, -1 where free; the table has ``width`` places for each first pool.
        pull: float64 (nodes x width,), the derivative of one's demand by the other's price.
        value, share: float64, pool: int32 (longest row,), scratch.
    """

    demand: Floats
    bend: Floats
    pair: Integers
    pull: Floats
    value: Floats
    share: Floats
    pool: Integers


def room_to_soften(layout: Layout, pools: int, nodes: int) -> Softened:
    """Empty columns of the right lengths."""
    longest = int(np.diff(layout.offsets).max())
    width = min(WIDEST, 1 << max(2, (nodes - 1).bit_length()))
    return Softened(
        demand=np.zeros(pools),
        bend=np.zeros(nodes),
        pair=np.full(nodes * width, -1, dtype=np.int64),
        pull=np.zeros(nodes * width),
        value=np.zeros(longest),
        share=np.zeros(longest),
        pool=np.zeros(longest, dtype=np.int32),
    )


@in_place
def soften(layout: Layout, price: Floats, temperature: float, every: int, soft: Softened) -> float:
    """Fill ``soft`` at these total prices; the number of rows that waver, each by 1 - sum of squared shares.

    The dual to maximise is D(price) = sum over children of min over options (cost + price) - seats x own
    price. With the minimum softened to -T log sum exp(-(cost + price) / T) it is smooth; its gradient is
    demand - seats, a child going to option i with share w(i) ~ exp(-(cost + price) / T), and the derivative
    of demand i by price j is (w(i) w(j) - [i = j] w(i)) / T. exp(-x) is taken as (1 - x / 256)^256: products
    only, the same bits everywhere. The curvature comes from every ``every``-th row, scaled up.
    """
    nodes = len(soft.bend)
    soft.demand[:] = 0.0
    soft.bend[:] = 0.0
    soft.pair[:] = -1
    value, share, pool, demand = soft.value, soft.share, soft.pool, soft.demand
    reach = REACH * temperature
    scale = 1.0 / (256.0 * temperature)
    wavering = 0.0
    until_next = 1
    for row in range(len(layout.supply)):
        low, high = layout.offsets[row], layout.offsets[row + 1]
        best = np.float64(layout.cost[low]) + price[layout.pool[low]]
        value[0] = best
        pool[0] = layout.pool[low]
        near = 1
        limit = best + reach
        for a in range(low + 1, high):
            cost = np.float64(layout.cost[a])
            if cost > limit:
                break
            option = cost + price[layout.pool[a]]
            if option < limit:
                value[near] = option
                pool[near] = layout.pool[a]
                near += 1
                if option < best:
                    best = option
                    limit = best + reach
        supply = np.float64(layout.supply[row])
        until_next -= 1
        bends = until_next == 0
        if bends:
            until_next = every
        options = 0
        total = 0.0
        for k in range(near):
            if value[k] < limit:
                weight = 1.0 - (value[k] - best) * scale
                weight *= weight
                weight *= weight
                weight *= weight
                weight *= weight
                weight *= weight
                weight *= weight
                weight *= weight
                weight *= weight
                share[options] = weight
                pool[options] = pool[k]
                total += weight
                options += 1
        if options == 1:
            demand[pool[0]] += supply
            continue
        norm = 1.0 / total
        squares = 0.0
        for k in range(options):
            share[k] *= norm
            demand[pool[k]] += supply * share[k]
            squares += share[k] * share[k]
        wavering += 1.0 - squares
        if bends:
            _bend(soft, options, supply * every / temperature, nodes)
    return wavering


@inlined
def _bend(soft: Softened, options: int, weight: float, nodes: int) -> None:
    """Add the curvature of one row, pair by pair.

    A pool's own entry is the sum over its pairs, since shares add up to one. It is formed from the very
    pairs that are kept: whatever is left out, raising all prices of a region together stays as easy as it is.
    Of many options the first ``MANY`` are kept, and staying unplaced; their pairs then stand for all.
    """
    kept = 0
    total = 0.0
    for k in range(options):
        share = soft.share[k]
        if share >= SLIGHT and (kept < MANY or soft.pool[k] >= nodes):
            soft.pool[kept] = soft.pool[k]
            soft.share[kept] = share
            kept += 1
            total += share
    if kept < 2:
        return
    if kept >= MANY:
        weight /= total * total
    for k in range(1, kept):
        pool, share = soft.pool[k], weight * soft.share[k]
        for i in range(k):
            _pull(soft, min(pool, soft.pool[i]), max(pool, soft.pool[i]), share * soft.share[i], nodes)


@inlined
def _pull(soft: Softened, first: int, other: int, amount: float, nodes: int) -> None:
    """Add to the pair's entry, found from the first pool's place onwards, and to what both have in all."""
    if other >= nodes:
        if first < nodes:
            soft.bend[first] += amount
        return
    size = len(soft.pair)
    width = size // nodes
    key = int(first) << 32 | int(other)
    at = int(first) * width + (other * 37 & (width - 1))
    for _ in range(PROBES):
        found = soft.pair[at]
        if found < 0:
            soft.pair[at] = key
            soft.pull[at] = 0.0
        elif found != key:
            at += 1
            if at == size:
                at = 0
            continue
        soft.pull[at] += amount
        soft.bend[first] += amount
        soft.bend[other] += amount
        return
