"""Every block to its nearest school, whatever the seats: what most counties draw first."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.accounting import proposal


def draw(problem: ZoningProblem) -> ZoneProposal:
    """The nearest candidate of each block, ties by the school's row."""
    return proposal(problem, "nearest", nearest(problem))


def nearest(problem: ZoningProblem) -> Integers:
    """int32 (blocks,): the nearest candidate, ``UNPLACED`` where a block has none."""
    block = problem.block
    order = np.lexsort((problem.school, problem.metres, block))
    some = np.flatnonzero(np.diff(problem.offsets))
    assigned = np.full(problem.blocks, UNPLACED, dtype=np.int32)
    assigned[some] = problem.school[order[problem.offsets[some]]]
    return assigned
