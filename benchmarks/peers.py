"""The general solvers on the core's problem: each takes a ``Problem`` and returns the call to be timed.

What a solver needs in its own form is built before the clock starts: it is measured on its solving alone.
Where a solver knows no forbidden pairs, one costs as much as staying unplaced, which leaves the optimum what
it is. All of them read flat problems only: seats without a tree above them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulator.transport import Problem

Solve = Callable[[], int]
"""Solves and returns the least total cost."""


def priced_seats(problem: Problem) -> Solve:
    """Our engine and the price pass."""
    from benchmarks.clock import solve_and_price

    return lambda: solve_and_price(problem, "priced_seats")[0].objective


def ortools(problem: Problem) -> Solve:
    """OR-tools' ``SimpleMinCostFlow``, with its bulk arrays and the price pass, as in the ratios."""
    from benchmarks.clock import solve_and_price

    return lambda: solve_and_price(problem, "ortools")[0].objective


def pot_sparse(problem: Problem) -> Solve:
    """POT's network simplex ``ot.emd`` on a sparse matrix of costs.

    One more column stands for staying unplaced, one more row for seats that stay free: both sides balance.
    """
    import ot
    from scipy.sparse import coo_array

    groups, schools = problem.groups, problem.nodes
    row = np.concatenate((problem.group, np.arange(groups), np.full(schools + 1, groups)))
    column = np.concatenate((problem.pool, np.full(groups, schools), np.arange(schools + 1)))
    cost = np.concatenate((problem.cost, problem.unplaced_cost, np.zeros(schools + 1)))
    matrix = coo_array((cost.astype(np.float64), (row, column)), shape=(groups + 1, schools + 1))
    left, right = _balanced(problem)
    return lambda: _whole(ot.emd(left, right, matrix, numItermax=MANY, log=True)[1])


def pot_dense(problem: Problem) -> Solve:
    """POT's network simplex ``ot.emd`` on the whole matrix."""
    import ot

    matrix = np.empty((problem.groups + 1, problem.nodes + 1))
    matrix[:-1] = problem.unplaced_cost[:, None]
    matrix[problem.group, problem.pool] = problem.cost
    matrix[-1] = 0
    left, right = _balanced(problem)
    return lambda: _whole(ot.emd(left, right, matrix, numItermax=MANY, log=True)[1])


MANY = 10**9
"""Iterations allowed, so that none stops early."""


def _balanced(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    children, seats = problem.supply.sum(), problem.seats.sum()
    return np.append(problem.supply, seats).astype(float), np.append(problem.seats, children).astype(float)


def _whole(log: dict[str, float]) -> int:
    if log["warning"] is not None:
        raise RuntimeError(f"POT: {log['warning']}")
    return round(log["cost"])


def highs_simplex(problem: Problem) -> Solve:
    """HiGHS' dual simplex, as scipy calls it."""
    return _linear_program(problem, "highs-ds")


def highs_interior_point(problem: Problem) -> Solve:
    """HiGHS' interior point with crossover, as scipy calls it."""
    return _linear_program(problem, "highs-ipm")


def _linear_program(problem: Problem, method: str) -> Solve:
    from scipy.optimize import linprog
    from scipy.sparse import coo_array

    groups, arcs = problem.groups, len(problem.pool)
    arc, stay = np.arange(arcs), arcs + np.arange(groups)
    one_place = coo_array(
        (np.ones(arcs + groups), (np.append(problem.group, np.arange(groups)), np.append(arc, stay)))
    )
    seated = coo_array((np.ones(arcs), (problem.pool, arc)), shape=(problem.nodes, arcs + groups))
    cost = np.concatenate((problem.cost, problem.unplaced_cost)).astype(np.float64)
    equal, most = one_place.tocsr(), seated.tocsr()

    def solve() -> int:
        found = linprog(cost, A_ub=most, b_ub=problem.seats, A_eq=equal, b_eq=problem.supply, method=method)
        if found.status != 0:
            raise RuntimeError(f"HiGHS: {found.message}")
        return round(found.fun)

    return solve


def linear_sum_assignment(problem: Problem) -> Solve:
    """scipy's ``linear_sum_assignment``: a row for each child, a column for each seat."""
    from scipy.optimize import linear_sum_assignment as assign

    child = np.repeat(np.arange(problem.groups), problem.supply)
    whole = np.repeat(problem.unplaced_cost[:, None], problem.nodes, axis=1)
    whole[problem.group, problem.pool] = problem.cost
    missing = max(0, len(child) - int(problem.seats.sum()))
    seat = np.repeat(np.arange(problem.nodes), problem.seats)
    matrix = np.hstack(
        (whole[child][:, seat], np.repeat(problem.unplaced_cost[child, None], missing, axis=1))
    )
    matrix = matrix.astype(np.float64)

    def solve() -> int:
        rows, columns = assign(matrix)
        return round(matrix[rows, columns].sum())

    return solve


def networkx(problem: Problem) -> Solve:
    """networkx' ``network_simplex``, in Python."""
    from networkx import DiGraph, network_simplex

    groups, sink = problem.groups, problem.groups + problem.nodes
    graph = DiGraph()
    graph.add_nodes_from((g, {"demand": -n}) for g, n in enumerate(problem.supply.tolist()))
    graph.add_node(sink, demand=int(problem.supply.sum()))
    graph.add_weighted_edges_from(
        zip(problem.group.tolist(), (problem.pool + groups).tolist(), problem.cost.tolist(), strict=True)
    )
    graph.add_weighted_edges_from((g, sink, c) for g, c in enumerate(problem.unplaced_cost.tolist()))
    graph.add_edges_from(
        (groups + s, sink, {"weight": 0, "capacity": n}) for s, n in enumerate(problem.seats.tolist())
    )
    return lambda: int(network_simplex(graph)[0])


PEERS = {
    "priced_seats": ("ours", priced_seats),
    "ortools": ("OR-tools", ortools),
    "pot_sparse": ("POT, sparse", pot_sparse),
    "pot_dense": ("POT, dense", pot_dense),
    "networkx": ("networkx", networkx),
    "highs_simplex": ("HiGHS simplex", highs_simplex),
    "highs_interior_point": ("HiGHS interior point", highs_interior_point),
    "linear_sum_assignment": ("linear_sum_assignment", linear_sum_assignment),
}
"""Heading and function by name."""
