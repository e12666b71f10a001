"""Prices of an earlier solution, made fit to begin with: whole numbers in range, unplaced costs modest."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Floats, Integers
from simulator.transport.flow import own_prices
from simulator.transport.priced_seats.unplaced import Classes
from simulator.transport.problem import Problem


def prices_to_begin_with(problem: Problem, classes: Classes, earlier: Integers) -> Floats:
    """float64 (nodes,): own prices >= 0 near ``earlier`` ones (nodes,), which may be anything.

    Where seats are short, a total price is the cost of leaving some child unplaced, more or less some metres
    of moves. The search begins with modest costs of staying unplaced (``classes_of``), so each total price
    keeps its metres and changes the cost it is nearest to for the modest one.
    """
    dearest = int(problem.unplaced_cost.max(initial=0))
    # No sum of such prices over a node and its ancestors passes the guard of ``Problem``.
    total = problem.down_the_tree(np.clip(earlier, 0, dearest).astype(np.int64))
    true = np.concatenate(([0], classes.true))
    modest = np.concatenate(([0], classes.modest))
    nearest = np.searchsorted((true[:-1] + true[1:]) // 2, total)
    total += (modest - true)[nearest]
    own = own_prices(problem, np.clip(total, 0, classes.largest))
    return np.maximum(own, 0).astype(np.float64)
