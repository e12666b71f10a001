"""From a flow that splits blocks to whole ones: the largest first, the others solved anew around them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport import Problem, solve

HELD_PER_ROUND = 0.4
"""Share of the blocks that a flow left whole, the largest first, that are held at once."""

UNDECIDED = -2


def rounded(problem: Problem) -> Integers:
    """int64 (groups,): a pool for every whole group within the seats, ``UNPLACED`` where none had room.

    1. Solve. If no group is split, all is done.
    2. Split groups, the largest first, go whole to the pool that took most of them and has room.
    3. Of the groups that were not split the largest are held where they are, as far as there is room; the
       small ones stay free, to fill what the others leave.
    4. Again with the groups and seats that are left. Every round decides one group at least.
    """
    chosen = np.full(problem.groups, UNDECIDED, dtype=np.int64)
    chosen[problem.supply == 0] = UNPLACED
    room = np.array(problem.seats)
    while np.any(chosen == UNDECIDED):
        free = chosen == UNDECIDED
        flow = solve(
            replace(problem, supply=np.where(free, problem.supply, 0), seats=room), settle_ties=False
        ).flow
        whole = (flow > 0) & (flow == problem.supply[problem.group])
        at = np.full(problem.groups, UNPLACED, dtype=np.int64)
        at[problem.group[whole]] = problem.pool[whole]
        split = np.unique(problem.group[(flow > 0) & ~whole])
        entire = np.flatnonzero(at != UNPLACED)
        if len(split) == 0:
            chosen[free] = at[free]
            break
        for group in _largest_first(problem, split):
            first, last = problem.offsets[group], problem.offsets[group + 1]
            parts = first + np.flatnonzero(flow[first:last])
            parts = parts[np.argsort(-flow[parts], kind="stable")]
            fits = parts[room[problem.pool[parts]] >= problem.supply[group]]
            chosen[group] = problem.pool[fits[0]] if len(fits) else UNPLACED
            if len(fits):
                room[chosen[group]] -= problem.supply[group]
        for group in _largest_first(problem, entire)[: int(len(entire) * HELD_PER_ROUND)]:
            if room[at[group]] >= problem.supply[group]:
                chosen[group] = at[group]
                room[at[group]] -= problem.supply[group]
    return chosen


def _largest_first(problem: Problem, groups: Integers) -> list[int]:
    """Rows of groups, most children first, the first row of equals."""
    return groups[np.argsort(-problem.supply[groups], kind="stable")].tolist()
