"""Least greatest distance first: nobody is sent farther than must be, then the fewest metres in all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Integers, freeze_columns
from simulator.transport import DEFAULT_ENGINE, solve
from simulator.transport.flow import Certificate, Flow
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem
from simulator.transport.tiers import placing_outweighs


@dataclass(frozen=True)
class LeastGreatest:
    """The flow over the arcs within the least possible greatest cost, and what proves it.

    Attributes:
        greatest: the least D such that arcs of cost <= D place children as well as all arcs; 0 where nobody
            can be placed.
        everywhere: the least-cost flow of the problem, over all arcs.
        within: int64, rows of the arcs the flow may use: those of cost <= D.
        best: the least-cost flow over ``within``; its prices are those at this greatest cost.
        below: the least-cost flow over the arcs of cost < D: it leaves more, or better tiers, unplaced. None
            where D is 0 because nobody can be placed.
    """

    greatest: int
    everywhere: Flow
    within: Integers
    best: Flow
    below: Flow | None

    def __post_init__(self) -> None:
        freeze_columns(self)

    @property
    def flow(self) -> Integers:
        """int64 (arcs,): children over each arc of the problem."""
        flow = np.zeros(len(self.everywhere.flow), dtype=np.int64)
        flow[self.within] = self.best.flow
        return flow

    @property
    def unplaced(self) -> Integers:
        """int64 (groups,): children without a seat."""
        return self.best.unplaced

    def certify(self) -> tuple[Certificate, ...]:
        """Prove the best flow, that it leaves nobody unplaced for the limit, and that D - 1 is not enough.

        1. Staying unplaced outweighs any arcs, so each optimum has the least cost of it over its arcs.
        2. ``everywhere``, ``best`` and ``below`` are optimal over all arcs, those of cost <= D and < D. Costs
           are whole, so the last are those <= D - 1.
        3. The cost of staying unplaced is the same in the first two and greater in the third.

        Returns:
            Certificates of ``best``, ``everywhere`` and ``below``.

        Raises:
            CertificateError: a step fails, or answers another question.
        """
        problem = self.everywhere.problem
        if not placing_outweighs(problem):
            raise CertificateError("staying unplaced does not outweigh the arcs")
        reached = self.greatest if self.below is not None else -1
        if not np.array_equal(self.within, np.flatnonzero(problem.cost <= reached)):
            raise CertificateError("the arcs used are not those within the greatest cost")
        _require_question(self.best, problem, self.within)
        proofs = [self.best.certify(), self.everywhere.certify()]
        if _cost_of_unplaced(self.best) != _cost_of_unplaced(self.everywhere):
            raise CertificateError("a child stays unplaced for the greatest cost alone")
        if self.below is not None:
            _require_question(self.below, problem, np.flatnonzero(problem.cost < self.greatest))
            proofs.append(self.below.certify())
            if _cost_of_unplaced(self.below) <= _cost_of_unplaced(self.everywhere):
                raise CertificateError("a smaller greatest cost is enough")
        return tuple(proofs)


def least_greatest(problem: Problem, engine: str = DEFAULT_ENGINE) -> LeastGreatest:
    """Place children as well as can be, over arcs of the least possible greatest cost, then at least cost.

    "As well as can be" is the least cost of staying unplaced: with ``unplaced_costs`` most children, higher
    tiers first. Every least-cost flow has the least of it over its arcs (``placing_outweighs``), and more
    arcs never raise it, so the least D is found by bisection over the costs that occur; each trial is the
    problem with the arcs of cost <= D alone.

    1. Solve with all arcs. No D above the dearest arc used is needed.
    2. Try the middle cost. If it is enough, no D above the dearest arc that trial used is needed.
    3. If not, its prices tell more: as long as no arc with cost + price below what its group pays is added,
       they stay optimal and the trial's answer with them. So D is at least the least cost of such an arc.
    4. The last trial that was enough is the answer, the arcs of cost < D prove that less is not.

    Args:
        problem: with a cost of staying unplaced that outweighs any arcs (``unplaced_costs``).
        engine: as ``solve``.

    Raises:
        ValueError: staying unplaced does not outweigh the arcs. CertificateError: the engine's flow is not
            optimal.
    """
    if not placing_outweighs(problem):
        raise ValueError("least_greatest: staying unplaced must outweigh any arcs")
    everywhere = solve(problem, engine)
    least, cost = _cost_of_unplaced(everywhere), problem.cost
    levels = np.unique(cost)
    # Places among the levels, -1 for no arcs at all: ``high`` is enough, nothing below ``low`` is.
    low, high = -1, _dearest(levels, cost, everywhere.flow)
    best, below = None, None
    while low < high:
        middle = (low + high) // 2
        within = _up_to(cost, levels, middle)
        near = everywhere.prices if best is None else best.prices
        trial = solve(_part(problem, within), engine, warm_start=near)
        if _cost_of_unplaced(trial) == least:
            high, best = _dearest(levels, cost[within], trial.flow), trial
        else:
            better = cost + trial.total_prices[problem.pool] < trial.paid_per_child()[problem.group]
            better[within] = False
            low, below = int(np.searchsorted(levels, cost[better].min())), trial
    within, nearer = _up_to(cost, levels, high), _up_to(cost, levels, high - 1)
    near = everywhere.prices if best is None else best.prices
    if best is None or len(best.problem.pool) != len(within):
        best = solve(_part(problem, within), engine, warm_start=near)
    if high < 0:
        return LeastGreatest(0, everywhere, within, best, None)
    if below is None or len(below.problem.pool) != len(nearer):
        below = solve(_part(problem, nearer), engine, warm_start=near)
    return LeastGreatest(int(levels[high]), everywhere, within, best, below)


def _dearest(levels: Integers, cost: Integers, flow: Integers) -> int:
    """Place among the levels of the dearest arc used, -1 for none."""
    return int(np.searchsorted(levels, cost[flow > 0].max(initial=-1), "right")) - 1


def _up_to(cost: Integers, levels: Integers, place: int) -> Integers:
    """int64: rows of the arcs up to a level, none for a place below 0."""
    return np.flatnonzero(cost <= levels[place]) if place >= 0 else np.zeros(0, dtype=np.int64)


def _cost_of_unplaced(answer: Flow) -> int:
    return int((answer.unplaced * answer.problem.unplaced_cost).sum())


def _part(problem: Problem, arcs: Integers) -> Problem:
    """The problem with some of its arcs only (rising rows)."""
    degree = np.bincount(problem.group[arcs], minlength=problem.groups)
    return Problem(
        problem.supply,
        np.concatenate(([0], np.cumsum(degree))),
        problem.pool[arcs],
        problem.cost[arcs],
        problem.unplaced_cost,
        problem.seats,
        problem.parent,
    )


def _require_question(answer: Flow, problem: Problem, arcs: Integers) -> None:
    asked, given = _part(problem, arcs), answer.problem
    names = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")
    if not all(np.array_equal(getattr(asked, name), getattr(given, name)) for name in names):
        raise CertificateError("a step answers another problem")
