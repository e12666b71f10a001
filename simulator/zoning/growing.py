"""A drawing that hangs together, grown from the schools: something to start an exact search from."""

from __future__ import annotations

import heapq

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.zoning.joining import Ways


def grown(ways: Ways, prices: Integers) -> Integers:
    """int64 (blocks,): zones grown block by block, the cheapest next; blocks without a way go to the nearest.

    A block beside a zone waits at its metres, change and seat prices (int64 (schools,)) above those of its
    best school, and at the excess it would bring to the zone as that is when its turn comes.
    """
    problem = ways.problem
    block = problem.block
    weight = whole_costs(ways) + problem.load[block] * prices[problem.school]
    best = np.full(problem.blocks, np.iinfo(np.int64).max)
    np.minimum.at(best, block[ways.usable], weight[ways.usable])
    arc_of = [
        {int(problem.school[a]): a for a in range(first, last) if ways.usable[a]}
        for first, last in zip(problem.offsets[:-1].tolist(), problem.offsets[1:].tolist(), strict=True)
    ]
    assigned = np.full(problem.blocks, UNPLACED, dtype=np.int64)
    load = np.zeros(problem.schools, dtype=np.int64)
    waiting: list[tuple[int, int, int]] = []

    def key(b: int, s: int) -> int:
        a = arc_of[b][s]
        over = max(int(load[s] + problem.load[b] - problem.seats[s]), 0)
        before = max(int(load[s] - problem.seats[s]), 0)
        return int(weight[a] - best[b]) + problem.excess_metres * (over - before)

    def beside(b: int, s: int) -> None:
        for other in problem.neighbours[b].tolist():
            if assigned[other] == UNPLACED and s in arc_of[other]:
                heapq.heappush(waiting, (key(other, s), other, s))

    def put(b: int, s: int) -> None:
        assigned[b] = s
        load[s] += problem.load[b]
        beside(b, s)

    for home, schools in ways.homes.items():
        put(home, min(schools, key=lambda s: (key(home, s), s)))
    for school in np.flatnonzero(problem.home != UNPLACED).tolist():
        beside(int(problem.home[school]), school)
    while waiting:
        asked, b, s = heapq.heappop(waiting)
        if assigned[b] != UNPLACED:
            continue
        now = key(b, s)
        if now > asked:
            heapq.heappush(waiting, (now, b, s))
        else:
            put(b, s)
    for b in np.flatnonzero(assigned == UNPLACED).tolist():
        if arc_of[b]:
            put(b, min(arc_of[b], key=lambda s: (key(b, s), s)))
    return assigned


def whole_costs(ways: Ways) -> Integers:
    """int64 (arcs,): metres of all children of the block, and the change if it leaves today's school."""
    problem = ways.problem
    block = problem.block
    leaves = (problem.today[block] != UNPLACED) & (problem.school != problem.today[block])
    change = np.where(leaves, problem.change_metres * problem.change_count[block], 0)
    return np.asarray(problem.load[block] * problem.metres + change)
