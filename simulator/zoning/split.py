"""The split optimum: the core with blocks that may be split; seat prices, and a bound on every drawing."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED, ZoningProblem
from simulator.model.arrays import Integers
from simulator.transport import Flow, Problem, solve
from simulator.zoning.ground import units_of_change


class Split(NamedTuple):
    """Answer of the core.

    Attributes:
        prices: int64 (schools,), minimal, metres per seat; 0 or more.
        load: int64 (schools,), children the split optimum sends there.
        bound: no drawing costs less (with the given price of change added to that of the problem).
        unplaced: children it leaves beyond the seats.
        toll: metres that a unit of change weighs here, beside ``change_metres``.
    """

    prices: Integers
    load: Integers
    bound: int
    unplaced: int
    toll: int

    def of_every_drawing(self, most_changed: int) -> int:
        """The bound on the cost of drawings that keep to ``most_changed`` (its price is taken off again)."""
        return self.bound - self.toll * most_changed


def spared_changes(problem: ZoningProblem) -> tuple[Integers, Integers]:
    """Units of change of each arc beyond those no candidate of its block spares, int64 (arcs,); and those,
    int64 (blocks,)."""
    units = units_of_change(problem)
    some = np.flatnonzero(np.diff(problem.offsets))
    unspared = np.where(problem.today != UNPLACED, problem.change_count, 0)
    if len(some):
        unspared[some] = np.minimum.reduceat(units, problem.offsets[some])
    return units - unspared[problem.block], unspared


def split_flow(
    problem: ZoningProblem, cost: Integers, unplaced_cost: Integers, *, settle_ties: bool | None = None
) -> Flow:
    """The core over blocks that may be split: children of blocks without a candidate are left out.

    Args:
        cost: int64 (arcs,), of one child. unplaced_cost: int64 (blocks,). settle_ties: as ``solve``.
    """
    return solve(
        Problem(
            supply=np.where(np.diff(problem.offsets) > 0, problem.load, 0),
            offsets=problem.offsets,
            pool=problem.school,
            cost=cost,
            unplaced_cost=unplaced_cost,
            seats=problem.seats,
            parent=np.full(problem.schools, UNPLACED),
        ),
        settle_ties=settle_ties,
    )


def split_optimum(problem: ZoningProblem, toll: int = 0, *, excess_metres: int | None = None) -> Split:
    """Solve the transportation problem behind ``problem``, each unit of change at ``toll`` metres more.

    Every drawing is an answer of it that costs no more there than the drawing itself does:

    - A child goes over its block's arc at its metres. What a change weighs is shared among the children of
      the block, rounded down; a block with no child, and the change that no candidate spares, are counted
      apart.
    - Of a school's children beyond the seats as many as are too many stay unplaced, at ``excess_metres`` and
      the least that an arc of their block costs.
    - An uneven mix costs nothing.

    So its least cost is a lower bound. That every child of a block goes the same way is what is given up, and
    that zones hang together.

    Args:
        toll: metres. excess_metres: what a child beyond the seats weighs, instead of the problem's.
    """
    beyond = problem.excess_metres if excess_metres is None else excess_metres
    weight = problem.change_metres + toll
    units, unspared = spared_changes(problem)
    cost = problem.metres + weight * units // np.maximum(problem.load[problem.block], 1)
    least = np.zeros(problem.blocks, dtype=np.int64)
    some = np.flatnonzero(np.diff(problem.offsets))
    if len(some):
        least[some] = np.minimum.reduceat(cost, problem.offsets[some])
    flow = split_flow(problem, cost, least + beyond)
    return Split(
        prices=flow.total_prices,
        load=flow.problem.loads(flow.flow),
        bound=flow.objective + weight * int(unspared.sum()),
        unplaced=int(flow.unplaced.sum()),
        toll=toll,
    )
