"""The answer of a siting: counted from the problem, whatever the search believes."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, SitingProblem, SitingProposal
from simulator.model.arrays import Booleans, Integers
from simulator.transport import solve
from simulator.zoning.siting.search import Found
from simulator.zoning.siting.serving import arcs_open, serve, transportation
from simulator.zoning.siting.task import Serving, Task


def proposal(problem: SitingProblem, aim: str, task: Task, found: Found) -> SitingProposal:
    """``found`` as a proposal.

    Raises:
        RuntimeError: the cost counted here is not that of the search, or a site holds more than its seats.
    """
    is_open = found.served.is_open
    prices: Integers = np.zeros(problem.sites, dtype=np.int64)
    children: Integers = np.zeros(len(problem.site), dtype=np.int64)
    unplaced: Integers
    if task.serving == Serving.SPLIT:
        # Again, with ties settled in the order of the blocks: the search left them as the engine did.
        served = serve(task, is_open, settle_ties=True)
        assert served.flow is not None
        served.flow.certify()
        children[arcs_open(task, is_open)] = served.flow.flow
        unplaced, prices = served.flow.unplaced, served.flow.total_prices
        assigned = served.assigned
        metres = _dot(children, problem.metres)
    else:
        assigned = found.served.assigned
        if task.serving == Serving.NEAREST:
            assigned = nearest_by_way(problem, is_open)
        children, metres = _whole(problem, assigned)
        unplaced = np.where(assigned == UNPLACED, problem.load, 0)
        if task.serving == Serving.WHOLE:
            prices = solve(transportation(task, is_open)).total_prices // task.scale
    load = np.zeros(problem.sites, dtype=np.int64)
    np.add.at(load, problem.site, children)
    if task.serving != Serving.NEAREST and np.any(load > np.where(is_open, problem.seats, 0)):
        raise RuntimeError("siting: a site holds more than its seats")
    opened = is_open & ~problem.kept
    within = (problem.metres <= problem.limit_metres) | (problem.limit_metres == 0)
    fixed = sum(problem.fixed_metres[opened].tolist())
    covered = int(children[within].sum())
    if aim == "coverage":
        cost = int(problem.load.sum()) - covered
    elif task.serving == Serving.SPLIT:
        cost = metres + fixed + problem.unplaced_metres * int(unplaced.sum())
    else:
        without = np.maximum(problem.load, problem.weights)[assigned == UNPLACED]
        cost = metres + fixed + problem.unplaced_metres * int(without.sum())
    if cost != found.served.cost:
        raise RuntimeError(f"siting: the search counted {found.served.cost}, the problem {cost}")
    return SitingProposal(
        aim=aim,
        opened=opened,
        assigned=assigned.astype(np.int32),
        children=children,
        unplaced=unplaced,
        prices=prices,
        metres=metres,
        fixed_metres=fixed,
        covered=covered,
        cost=cost,
        cost_before=found.before.cost,
        bound=found.bound,
        steps=dict(found.work.steps),
    )


def nearest_by_way(problem: SitingProblem, is_open: Booleans) -> Integers:
    """int64 (blocks,): the open site with the shortest way, ties by its row; ``UNPLACED`` for none.

    The search of ``coverage`` looks at no metres, so every site within the limit is as good to it.
    """
    arcs = np.flatnonzero(is_open[problem.site])
    order = arcs[np.lexsort((problem.site[arcs], problem.metres[arcs], problem.block[arcs]))]
    blocks, first = np.unique(problem.block[order], return_index=True)
    assigned = np.full(problem.blocks, UNPLACED, dtype=np.int64)
    assigned[blocks] = problem.site[order[first]]
    return assigned


def _whole(problem: SitingProblem, assigned: Integers) -> tuple[Integers, int]:
    """int64 (arcs,): children of whole blocks; and the metres, each block's as often as it weighs."""
    used = np.flatnonzero(problem.site == np.repeat(assigned, np.diff(problem.offsets)))
    children = np.zeros(len(problem.site), dtype=np.int64)
    children[used] = problem.load[problem.block[used]]
    return children, _dot(problem.weights[problem.block[used]], problem.metres[used])


def _dot(left: Integers, right: Integers) -> int:
    """Sum of products, in Python's integers."""
    return sum(a * b for a, b in zip(left.tolist(), right.tolist(), strict=True) if a and b)
