"""The drawing as an integer program for CP-SAT: a yes or no per block and school, cuts as they are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from simulator.model import UNPLACED, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.joining import Cut
from simulator.zoning.proving import one_worker, seconds_of, whole_bound


@dataclass(frozen=True)
class Solved:
    """One run of the solver.

    Attributes:
        assigned: int64 (blocks,), the best drawing it found, or None.
        bound: no drawing that keeps the rules so far costs less.
        closed: whether the drawing is proved best under these rules.
        impossible: whether it proved that no drawing keeps these rules.
        seconds: its deterministic time, which counts work and is no clock.
    """

    assigned: Integers | None
    bound: int
    closed: bool
    impossible: bool
    seconds: float


class DrawingModel:
    """The program: least metres, change, unevenness and excess over the arcs that are left."""

    def __init__(self, problem: ZoningProblem, cost: Integers, arcs: Booleans, *, limited: bool) -> None:
        """``cost`` int64 (arcs,) of the whole block; ``arcs`` bool (arcs,), those that may be used.

        ``limited``: whether ``most_changed`` holds.
        """
        self.problem = problem
        self.arcs = np.flatnonzero(arcs)
        self.model = cp_model.CpModel()
        self.uses = {int(a): self.model.new_bool_var("") for a in self.arcs}
        self.of = {
            (b, s): self.uses[a]
            for a, b, s in zip(
                self.arcs.tolist(),
                problem.block[self.arcs].tolist(),
                problem.school[self.arcs].tolist(),
                strict=True,
            )
        }
        by_block: dict[int, list[cp_model.IntVar]] = {}
        for (b, _), use in self.of.items():
            by_block.setdefault(b, []).append(use)
        for uses in by_block.values():
            self.model.add_exactly_one(uses)
        excess = self._excess()
        terms = [int(cost[a]) * use for a, use in self.uses.items()]
        terms += [problem.excess_metres * beyond for beyond in excess]
        if problem.balance_metres:
            terms.append(problem.balance_metres * self._unevenness())
        if limited:
            self._limit_changes()
        self.total = sum(terms)
        self.model.minimize(self.total)

    def _excess(self) -> list[cp_model.IntVar]:
        """Children beyond the seats, per school with candidates."""
        problem = self.problem
        excess = []
        for s, weights in self._per_school(problem.load).items():
            most = sum(weight for weight, _ in weights) - int(problem.seats[s])
            if most > 0:
                beyond = self.model.new_int_var(0, most, "")
                self.model.add(sum(w * use for w, use in weights) <= int(problem.seats[s]) + beyond)
                excess.append(beyond)
        return excess

    def _unevenness(self) -> cp_model.IntVar:
        """``ZoningProblem.unevenness``: the least whole number U with 2 whole U + 2 whole - 1 >= the sum."""
        problem = self.problem
        whole, group = max(int(problem.load.sum()), 1), int(problem.mixed.sum())
        sizes = []
        for weights in self._per_school(problem.mixed * whole - problem.load * group).values():
            off = sum(w * use for w, use in weights)
            size = self.model.new_int_var(0, sum(abs(w) for w, _ in weights), "")
            self.model.add(size >= off)
            self.model.add(size >= -off)
            sizes.append(size)
        children = self.model.new_int_var(0, max(group, 1), "")
        self.model.add(2 * whole * children + 2 * whole - 1 >= sum(sizes))
        return children

    def _limit_changes(self) -> None:
        """No more units of change than the limit."""
        problem = self.problem
        block, school = problem.block, problem.school
        leaving = [
            int(problem.change_count[block[a]]) * use
            for a, use in self.uses.items()
            if problem.today[block[a]] != UNPLACED and school[a] != problem.today[block[a]]
        ]
        self.model.add(sum(leaving) <= problem.most_changed)

    def _per_school(self, weight: Integers) -> dict[int, list[tuple[int, cp_model.IntVar]]]:
        """Weights (blocks,) with the uses, by school."""
        found: dict[int, list[tuple[int, cp_model.IntVar]]] = {}
        for (b, s), use in self.of.items():
            if weight[b]:
                found.setdefault(s, []).append((int(weight[b]), use))
        return found

    def add_cut(self, cut: Cut) -> None:
        """Blocks of the piece belong to the school only if one of those between does."""
        between = [self.of[b, cut.school] for b in cut.between.tolist() if (b, cut.school) in self.of]
        for b in cut.piece.tolist():
            if (b, cut.school) in self.of:
                self.model.add_bool_or([*between, self.of[b, cut.school].negated()])

    def keep_only(self, arcs: Booleans) -> int:
        """Leave all arcs but ``arcs`` bool (arcs,) out, for good; returns how many are left."""
        for a in self.arcs[~arcs[self.arcs]].tolist():
            self.model.add(self.uses[a] == 0)
        self.arcs = self.arcs[arcs[self.arcs]]
        return len(self.arcs)

    def solve(self, hint: Integers | None, seconds: float, look: Callable[[Integers], None]) -> Solved:
        """Solve within so many deterministic seconds; ``look`` sees every drawing on the way."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        if hint is not None:
            for (b, s), use in self.of.items():
                self.model.add_hint(use, int(hint[b]) == s)
        solver = one_worker(seconds)
        status = solver.solve(self.model, _Looking(self, look))
        some = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Solved(
            assigned=self.drawing(solver.boolean_value) if some else None,
            bound=0 if status == cp_model.INFEASIBLE else whole_bound(solver),
            closed=status == cp_model.OPTIMAL,
            impossible=status == cp_model.INFEASIBLE,
            seconds=seconds_of(solver),
        )

    def drawing(self, value: Callable[[cp_model.IntVar], bool]) -> Integers:
        """int64 (blocks,): the school each block uses."""
        assigned = np.full(self.problem.blocks, UNPLACED, dtype=np.int64)
        for (b, s), use in self.of.items():
            if value(use):
                assigned[b] = s
        return assigned


class _Looking(cp_model.CpSolverSolutionCallback):
    """Hands every drawing over as it is found."""

    def __init__(self, drawn: DrawingModel, look: Callable[[Integers], None]) -> None:
        super().__init__()
        self._drawn, self._look = drawn, look

    def on_solution_callback(self) -> None:
        """Called by the solver."""
        self._look(self._drawn.drawing(self.boolean_value))
