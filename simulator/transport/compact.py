"""A problem without the nodes nobody lists: a round of a few hundred children in a county's tree of seats."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.problem import Problem


def listed_nodes(problem: Problem) -> Integers:
    """int64: rows of the nodes that an arc leads to or through, rising."""
    listed = np.zeros(problem.nodes, dtype=np.bool_)
    listed[problem.pool] = True
    for depth in range(int(problem.depth.max(initial=0)), 0, -1):
        rows = np.flatnonzero(listed & (problem.depth == depth))
        listed[problem.parent[rows]] = True
    return np.flatnonzero(listed)


def over_nodes(problem: Problem, nodes: Integers) -> Problem:
    """The same problem over ``nodes`` (``listed_nodes``) alone; its arcs are the same, row by row."""
    place = np.full(problem.nodes + 1, UNPLACED, dtype=np.int32)  # the last stands for no parent
    place[nodes] = np.arange(len(nodes), dtype=np.int32)
    return Problem(
        problem.supply,
        problem.offsets,
        place[problem.pool],
        problem.cost,
        problem.unplaced_cost,
        problem.seats[nodes],
        place[problem.parent[nodes]],
    )


def total_prices_everywhere(problem: Problem, nodes: Integers, total_prices: Integers) -> Integers:
    """int64 (nodes of ``problem``,): least total prices from those of ``nodes``.

    A node nobody lists holds no child and receives none, so in the residual network of
    ``prices.minimal_total_prices`` only the arc from its parent enters it: it has no price of its own.
    """
    total = np.zeros(problem.nodes, dtype=np.int64)
    total[nodes] = total_prices
    unlisted = np.ones(problem.nodes, dtype=np.bool_)
    unlisted[nodes] = False
    for depth in range(1, int(problem.depth.max(initial=0)) + 1):
        rows = np.flatnonzero(unlisted & (problem.depth == depth))
        total[rows] = total[problem.parent[rows]]
    return total
