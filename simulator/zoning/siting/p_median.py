"""p-median: metres and fixed costs alone, everyone to the nearest open site, whatever its seats."""

from __future__ import annotations

import numpy as np

from simulator.model import SitingProblem
from simulator.zoning.siting.task import Serving, Task


def task(problem: SitingProblem) -> Task:
    """The costs of this aim."""
    weight = problem.weights
    unplaced = problem.unplaced_metres * np.maximum(weight, problem.load)
    cost = weight[problem.block] * problem.metres
    return Task.of(problem, Serving.NEAREST, cost, unplaced, problem.fixed_metres)
