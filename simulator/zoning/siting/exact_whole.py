"""Whole blocks within the seats of given open sites, proved: a generalised assignment problem by CP-SAT."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.proving import one_worker, seconds_of, whole_bound
from simulator.zoning.siting.serving import arcs_open
from simulator.zoning.siting.task import Task

WORK_PER_SECOND = 100_000_000
"""Arcs of counted work that one unit of the solver's deterministic time stands for."""


@dataclass(frozen=True)
class Proved:
    """What the solver found.

    Attributes:
        assigned: int64 (blocks,) of a cost below the target, or None where it found none.
        bound: proven lower bound on the cost from these sites; the target where nothing is below it.
        work: counted work it took, in arcs.
    """

    assigned: Integers | None
    bound: int
    work: int


def better_than(
    task: Task, is_open: Booleans, target: int, hint: Integers, arcs: Integers, work: int
) -> Proved:
    """Look for an assignment from the open sites that costs less than ``target``, or prove that none does.

    Args:
        arcs: int64, those arcs to open sites that may be used by an assignment below the target.
        hint: int (blocks,), an assignment to start from. work: limit, in arcs.
    """
    model = cp_model.CpModel()
    used = [model.new_bool_var("") for _ in range(len(arcs))]
    none = [model.new_bool_var("") for _ in range(task.blocks)]
    block, site = task.block[arcs].tolist(), task.site[arcs].tolist()
    of_block: list[list[int]] = [[] for _ in range(task.blocks)]
    of_site: dict[int, list[int]] = {}
    for a, (b, s) in enumerate(zip(block, site, strict=True)):
        of_block[b].append(a)
        of_site.setdefault(s, []).append(a)
        model.add_hint(used[a], int(hint[b]) == s)
    for b, some in enumerate(of_block):
        model.add_exactly_one([used[a] for a in some] + [none[b]])
        model.add_hint(none[b], int(hint[b]) == UNPLACED)
    load = task.load.tolist()
    for s, some in sorted(of_site.items()):
        model.add(sum(load[block[a]] * used[a] for a in some) <= int(task.seats[s]))
    fixed = task.opening(is_open)
    total = sum(int(c) * x for c, x in zip(task.cost[arcs].tolist(), used, strict=True)) + sum(
        int(c) * x for c, x in zip(task.unplaced_cost.tolist(), none, strict=True)
    )
    model.add(total <= target - 1 - fixed)
    model.minimize(total)
    solver = one_worker(work / WORK_PER_SECOND)
    status = solver.solve(model)
    spent = int(seconds_of(solver) * WORK_PER_SECOND) + len(arcs)
    if status == cp_model.INFEASIBLE:
        return Proved(None, target, spent)
    if status == cp_model.UNKNOWN:
        return Proved(None, 0, spent)
    assigned = np.full(task.blocks, UNPLACED, dtype=np.int64)
    for a, x in enumerate(used):
        if solver.boolean_value(x):
            assigned[block[a]] = site[a]
    return Proved(assigned, min(whole_bound(solver) + fixed, target), spent)


def usable_arcs(task: Task, is_open: Booleans) -> Integers:
    """int64: the arcs to open sites that cost no more than staying without a site."""
    arcs = arcs_open(task, is_open)
    return arcs[task.cost[arcs] <= task.unplaced_cost[task.block[arcs]]]
