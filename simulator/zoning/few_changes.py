"""How many changes it takes at least until no school is overfull: a bound that holds for every drawing."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, ZoningProblem
from simulator.model.arrays import Integers
from simulator.transport import unplaced_base
from simulator.zoning.split import spared_changes, split_flow

PARTS = 1_000
"""Parts of a unit of change that the core counts in."""


def fewest_changes(problem: ZoningProblem) -> int:
    """Units of change without which no drawing holds all children within the seats; 0 where none can.

    The greater of two bounds, each rounded up:

    - *School by school.* An overfull school has to lose at least its excess, by blocks it has today. Blocks
      that leave anyway (their school is no candidate) are counted apart; of the others as many as the
      cheapest set takes whose children make up the excess (a knapsack, exactly). Schools share no block.
    - *All together.* The core, with blocks split as it likes: a child that leaves costs its share of the
      block's units, in thousandths rounded down. It knows that what leaves must fit elsewhere.
    """
    together = _all_together(problem)
    if together is None:
        return 0
    return max(together, _school_by_school(problem))


def _school_by_school(problem: ZoningProblem) -> int:
    """The first bound."""
    candidate = problem.arc(problem.today) != UNPLACED
    held = problem.today != UNPLACED
    total = int(problem.change_count[held & ~candidate].sum())
    stays = np.where(held & candidate, problem.today, UNPLACED)
    excess = problem.loads(stays) - problem.seats
    for school in np.flatnonzero(excess > 0).tolist():
        rows = np.flatnonzero(stays == school)
        total += lightest_cover(problem.load[rows], problem.change_count[rows], int(excess[school]))
    return total


def lightest_cover(load: Integers, weight: Integers, wanted: int) -> int:
    """The least sum of ``weight`` over a set of rows whose ``load`` adds up to ``wanted`` at least.

    Args:
        load, weight: int64 (rows,), >= 0. wanted: children, at most ``load.sum()``.
    """
    beyond = int(weight.sum()) + 1
    least = np.full(wanted + 1, beyond, dtype=np.int64)  # by children made up so far, at most ``wanted``
    least[0] = 0
    for children, units in zip(load.tolist(), weight.tolist(), strict=True):
        if children == 0:
            continue
        taken = least + units
        shifted = np.full(wanted + 1, beyond, dtype=np.int64)
        if children <= wanted:
            shifted[children:] = taken[: wanted + 1 - children]
        shifted[wanted] = min(int(shifted[wanted]), int(taken[max(wanted - children, 0) :].min()))
        np.minimum(least, shifted, out=least)
    return int(least[wanted])


def _all_together(problem: ZoningProblem) -> int | None:
    """The second bound; None where children stay unplaced whatever happens."""
    units, unspared = spared_changes(problem)
    cost = PARTS * units // np.maximum(problem.load[problem.block], 1)
    beyond = unplaced_base(int(cost.max(initial=0)), problem.schools)
    flow = split_flow(problem, cost, np.full(problem.blocks, beyond), settle_ties=False)
    if np.any(flow.unplaced):
        return None
    return int(unspared.sum()) - (-flow.objective // PARTS)
