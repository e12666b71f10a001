"""CP-SAT as every search here runs it: one worker, a fixed seed, a limit of counted work, whole bounds."""

from __future__ import annotations

from math import ceil

from ortools.sat.python import cp_model

EXACT_IN_FLOAT = 2**53
"""Whole numbers below it are exact as the solver hands its bound over."""


WORK_OF_A_SECOND = 0.4
"""Deterministic seconds that one processor second is worth, about: measured on a city of 900 blocks."""


def one_worker(seconds: float) -> cp_model.CpSolver:
    """A solver that does the same at every run and stops after so many deterministic seconds of work."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = max(seconds, 0.001)
    return solver


def seconds_of(solver: cp_model.CpSolver) -> float:
    """Deterministic seconds of its last run: a count of its work, no clock."""
    return float(solver.response_proto.deterministic_time)


def whole_bound(solver: cp_model.CpSolver) -> int:
    """What is proved of a whole objective, not below zero; rounded down where floats are coarse."""
    bound = float(solver.best_objective_bound)
    if bound <= 0:
        return 0
    return ceil(bound - 1e-6) if bound < EXACT_IN_FLOAT else int(bound * (1 - 2.0**-50))
