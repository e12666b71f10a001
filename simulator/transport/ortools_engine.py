"""Engine on OR-tools' min-cost flow (cost scaling push-relabel, integers only)."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.problem import Problem


def solve(problem: Problem, warm_start: Integers | None = None) -> Integers:
    """A least-cost flow over the arcs, int64 (arcs,); ``warm_start`` is not used, the solver takes no prices.

    The network: groups, then the nodes of the seat tree, then the sink. Children flow from group to leaf,
    from leaf to parent up to the root, from root to sink; who stays unplaced flows from group to sink.

    Raises:
        RuntimeError: the solver gave up (it never does for a ``Problem``, which is always feasible).
    """
    if problem.groups == 0 or len(problem.pool) == 0:
        return np.zeros(len(problem.pool), dtype=np.int64)
    groups, sink = problem.groups, problem.groups + problem.nodes
    children = int(problem.supply.sum())
    node = np.arange(groups, sink)
    above = np.where(problem.parent == UNPLACED, sink, problem.parent + groups)
    # No capacity above the number of children: sums inside the solver stay small whatever the seats are.
    seats = np.minimum(problem.seats, children)
    room = np.minimum(problem.supply[problem.group], seats[problem.pool])
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate((problem.group, np.arange(groups), node)).astype(np.int32),
        np.concatenate((problem.pool + groups, np.full(groups, sink), above)).astype(np.int32),
        np.concatenate((room, problem.supply, seats)).astype(np.int64),
        np.concatenate((problem.cost, problem.unplaced_cost, np.zeros(problem.nodes))).astype(np.int64),
    )
    solver.set_nodes_supplies(np.arange(groups, dtype=np.int32), problem.supply)
    solver.set_node_supply(sink, -children)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"OR-tools min-cost flow ended with {status}")
    return np.asarray(solver.flows(arcs[: len(problem.pool)]), dtype=np.int64)
