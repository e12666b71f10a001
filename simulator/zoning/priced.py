"""``priced``: weighted Voronoi cells from the core's seat prices, repaired and improved by chains of shifts."""

from __future__ import annotations

import numpy as np

from simulator.model import ZoneProposal, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.accounting import proposal
from simulator.zoning.cells import cells
from simulator.zoning.exchange import improve
from simulator.zoning.ground import aim_at_cost, lay_out, units_of_change
from simulator.zoning.split import split_optimum

LONGEST = 8
ROUNDS = 10_000


def draw(problem: ZoningProblem) -> ZoneProposal:
    """As the module says."""
    import time
    t=[time.perf_counter()]
    ground = lay_out(problem)
    t.append(time.perf_counter())
    split = split_optimum(problem)
    t.append(time.perf_counter())
    units = units_of_change(problem)[ground.arc]
    weight = np.maximum(problem.load[problem.block], 1)
    cost = (problem.metres + split.prices[problem.school])[ground.arc]
    begun = cells(ground, cost, split.load, units)
    t.append(time.perf_counter())
    first = proposal(problem, "priced", begun.drawing.assigned)
    aim = aim_at_cost(problem, ground)
    import os
    lam = int(os.environ.get("LAM", "0"))
    if lam:
        a2 = aim._replace(excess_first=0, excess_second=lam)
        done0 = improve(ground, begun.drawing, a2, LONGEST, ROUNDS)
        mid = proposal(problem, "priced", begun.drawing.assigned)
        print("  mid", mid.metres / split.bound - 1, mid.excess.sum(), done0)
    done = improve(ground, begun.drawing, aim, LONGEST, ROUNDS)
    t.append(time.perf_counter())
    steps = dict(tied=begun.tied, grown=begun.grown, reattached=begun.reattached, lost=begun.lost,
                 first_excess=int(first.excess.sum()), first_metres=first.metres, **done._asdict())
    p= proposal(problem, "priced", begun.drawing.assigned, prices=split.prices, bound=split.bound, bound_of="split", steps=steps)
    t.append(time.perf_counter())
    print("  times", np.round(np.diff(t),3))
    return p
