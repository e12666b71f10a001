"""Least greatest distance first: nobody is sent farther than must be, then the fewest metres in all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Integers, freeze_columns
from simulator.transport import solve
from simulator.transport.flow import Certificate, Flow
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem


@dataclass(frozen=True)
class LeastGreatest:
    """The flow over the arcs within the least possible greatest cost, and what proves it.

    Attributes:
        problem: the problem it answers.
        greatest: the least D such that arcs of cost <= D place children as well as all arcs; 0 where nobody
            can be placed.
        within: int64, rows of the arcs the flow may use: those of cost <= D.
        best: least cost over ``within``; its prices are those at this greatest cost.
        everywhere: who must stay unplaced with all arcs, at no cost for the arcs.
        below: the same with the arcs of cost < D alone: it leaves more, or better tiers, unplaced. None where
            D is 0 because nobody can be placed.
    """

    problem: Problem
    greatest: int
    within: Integers
    best: Flow
    everywhere: Flow
    below: Flow | None

    def __post_init__(self) -> None:
        freeze_columns(self)

    @property
    def flow(self) -> Integers:
        """int64 (arcs,): children over each arc of the problem."""
        flow = np.zeros(len(self.problem.pool), dtype=np.int64)
        flow[self.within] = self.best.flow
        return flow

    @property
    def unplaced(self) -> Integers:
        """int64 (groups,): children without a seat."""
        return self.best.unplaced

    def certify(self) -> tuple[Certificate, ...]:
        """Prove the best flow, that it leaves nobody unplaced for the limit, and that D - 1 is not enough.

        1. The optimum of ``everywhere`` is the least cost of staying unplaced there is.
        2. ``best`` is optimal within D and its cost of staying unplaced is that least one.
        3. The optimum of ``below`` is greater. Costs are whole, so arcs of cost < D are those <= D - 1.

        Returns:
            Certificates of ``best``, ``everywhere`` and ``below``.

        Raises:
            CertificateError: a step fails, or answers another question.
        """
        problem = self.problem
        everything = np.arange(len(problem.pool))
        within = np.flatnonzero(problem.cost <= self.greatest) if self.below is not None else everything[:0]
        if not np.array_equal(self.within, within):
            raise CertificateError("the arcs used are not those within the greatest cost")
        _require_question(self.best, problem, within, problem.cost[within])
        _require_question(self.everywhere, problem, everything, 0 * problem.cost)
        proofs = [self.best.certify(), self.everywhere.certify()]
        left = int((self.unplaced * problem.unplaced_cost).sum())
        if left != self.everywhere.objective:
            raise CertificateError("a child stays unplaced for the greatest cost alone")
        if self.below is not None:
            nearer = np.flatnonzero(problem.cost < self.greatest)
            _require_question(self.below, problem, nearer, 0 * nearer)
            proofs.append(self.below.certify())
            if self.below.objective <= self.everywhere.objective:
                raise CertificateError("a smaller greatest cost is enough")
        return tuple(proofs)


def least_greatest(problem: Problem, engine: str = "ortools") -> LeastGreatest:
    """Place children as well as can be, over arcs of the least possible greatest cost, then at least cost.

    "As well as can be" is the least cost of staying unplaced: with ``unplaced_costs`` most children, higher
    tiers first. That cost falls as arcs are added, so the least D is found by bisection over the costs that
    occur; each trial solves the problem with the arcs of cost <= D, all at cost 0.

    1. Solve with all arcs. No D above the dearest arc used is needed.
    2. Try the middle cost. If it is enough, no D above the dearest arc that trial used is needed.
    3. If not, its prices tell more: as long as no arc with price below what its group pays is added, they
       stay optimal and the trial's answer with them. So D is at least the least cost of such an arc.
    4. When one cost is left, solve with the true costs over the arcs within it.

    Args:
        problem: with a cost of staying unplaced that outweighs any arcs (``unplaced_costs``).
        engine: as ``solve``.

    Raises:
        OverflowError: ``Problem``. CertificateError: the engine's flow is not optimal.
    """
    cost = problem.cost
    everywhere = solve(_part(problem, np.arange(len(cost)), 0 * cost), engine)
    levels = np.unique(cost)
    # Place among the levels: -1 for no arcs at all. ``high`` is enough, ``low`` and above is still possible.
    low, high = -1, int(np.searchsorted(levels, cost[everywhere.flow > 0].max(initial=-1), "right")) - 1
    below = None
    while low < high:
        middle = (low + high) // 2
        within = np.flatnonzero(cost <= levels[middle]) if middle >= 0 else np.zeros(0, dtype=np.int64)
        trial = solve(_part(problem, within, 0 * within), engine)
        if trial.objective == everywhere.objective:
            dearest = cost[within][trial.flow > 0].max(initial=-1)
            high = int(np.searchsorted(levels, dearest, "right")) - 1
        else:
            better = trial.total_prices[problem.pool] < trial.paid_per_child()[problem.group]
            low, below = int(np.searchsorted(levels, cost[better].min())), trial
    greatest = int(levels[high]) if high >= 0 else 0
    if high >= 0:
        nearer = np.flatnonzero(cost < greatest)
        if below is None or len(below.problem.pool) != len(nearer):
            below = solve(_part(problem, nearer, 0 * nearer), engine)
    within = np.flatnonzero(cost <= greatest) if high >= 0 else np.zeros(0, dtype=np.int64)
    best = solve(_part(problem, within, cost[within]), engine)
    return LeastGreatest(problem, greatest, within, best, everywhere, below)


def _part(problem: Problem, arcs: Integers, cost: Integers) -> Problem:
    """The problem with some of its arcs only (rising rows) at other costs."""
    degree = np.bincount(problem.group[arcs], minlength=problem.groups)
    return Problem(
        problem.supply,
        np.concatenate(([0], np.cumsum(degree))),
        problem.pool[arcs],
        cost,
        problem.unplaced_cost,
        problem.seats,
        problem.parent,
    )


def _require_question(answer: Flow, problem: Problem, arcs: Integers, cost: Integers) -> None:
    asked, given = _part(problem, arcs, cost), answer.problem
    names = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")
    if not all(np.array_equal(getattr(asked, name), getattr(given, name)) for name in names):
        raise CertificateError("a step answers another problem")
