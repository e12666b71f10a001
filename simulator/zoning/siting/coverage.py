"""Coverage: as few children as can be beyond the walking limit (maximal covering, Church and ReVelle 1974).

Neither seats nor fixed costs count. Among choices that cover as many, distance does not decide.
"""

from __future__ import annotations

import numpy as np

from simulator.model import SitingProblem
from simulator.zoning.siting.task import Serving, Task


def task(problem: SitingProblem) -> Task:
    """The costs of this aim: the children of a block beyond the limit.

    Raises:
        ValueError: the problem has no walking limit.
    """
    if problem.limit_metres <= 0:
        raise ValueError("coverage: the problem has no walking limit")
    far = problem.metres > problem.limit_metres
    cost = np.where(far, problem.load[problem.block], 0)
    return Task.of(problem, Serving.NEAREST, cost, problem.load, np.zeros_like(problem.fixed_metres))
