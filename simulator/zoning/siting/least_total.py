"""Least total: metres, fixed costs and children without a seat together, within the seats of the sites.

The capacitated facility location problem where blocks may be split (every choice of sites is served by the
core, exactly); with whole blocks the single-source one, or, without fixed costs, the capacitated p-median.
"""

from __future__ import annotations

import numpy as np

from simulator.model import SitingProblem
from simulator.zoning.siting.task import Serving, Task


def task(problem: SitingProblem) -> Task:
    """The costs of this aim."""
    serving = Serving.WHOLE if problem.whole_blocks else Serving.SPLIT
    weight = problem.weights
    unplaced = problem.unplaced_metres * np.maximum(weight, problem.load)
    cost = weight[problem.block] * problem.metres
    return Task.of(problem, serving, cost, unplaced, problem.fixed_metres)
