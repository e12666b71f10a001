"""The compiled engine: prices near the optimum by Newton's method, then exact repair in integers."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Floats, Integers
from simulator.transport.priced_seats.cooling import near_optimal_prices
from simulator.transport.priced_seats.forest import plant, totals
from simulator.transport.priced_seats.layout import lay_out
from simulator.transport.priced_seats.lots import choose_cheapest, flow_of, room_for_lots
from simulator.transport.priced_seats.moves import room_for_moves
from simulator.transport.priced_seats.repair import balance_of, lift_unplaced, repair
from simulator.transport.problem import Problem


def solve(problem: Problem, warm_start: Integers | None = None) -> Integers:
    """A least-cost flow over the arcs, int64 (arcs,); ``warm_start``: own prices (nodes,) to begin with.

    Floating-point numbers only propose the prices to begin with, rounded to integers >= 0. All that follows
    is exact whatever they are: good ones make the repair short.
    """
    layout, classes = lay_out(problem, modestly=warm_start is None)
    if layout.rows == 0:
        return np.zeros(len(problem.pool), dtype=np.int64)
    forest = plant(problem, classes)
    start = None if warm_start is None else within_range(problem, warm_start)
    own_price = near_optimal_prices(layout, forest, problem.nodes, start)
    total_price = totals(forest.parent, own_price)

    lots = room_for_lots(layout, len(forest.seats))
    moves = room_for_moves(len(forest.seats))
    load = choose_cheapest(layout, forest, problem.nodes, total_price, lots)
    balance = balance_of(forest, total_price, load)
    lots, moves = repair(layout, forest, lots, moves, balance)
    if np.any(classes.lifts > 0):
        lift_unplaced(balance, problem.nodes, classes.lifts)
        lots, moves = repair(layout, forest, lots, moves, balance)
    return flow_of(layout, lots, len(problem.pool))


def within_range(problem: Problem, prices: Integers) -> Floats:
    """float64 (nodes,): ``prices``, which may be anything, as own prices >= 0 and at most the largest cost.

    Of such prices no sum over a node and its ancestors passes the guard of ``Problem``.
    """
    dearest = max(problem.unplaced_cost.max(initial=0), problem.cost.max(initial=0))
    return np.clip(prices, 0, int(dearest)).astype(np.float64)
