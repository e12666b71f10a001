"""The exact search: an integer program over what a better drawing may still use, contiguity by cuts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.model import UNPLACED, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.accounting import counted
from simulator.zoning.drawing_model import DrawingModel
from simulator.zoning.ground import units_of_change
from simulator.zoning.joining import Ways, cuts_for, first_cuts, keeps_together
from simulator.zoning.part import only
from simulator.zoning.split import split_optimum

LEAST_SECONDS = 0.05
"""Less than this is not begun."""

SHARE_OF_A_RUN = 0.25
"""Share of the work that one run takes at most, as long as there was something to cut before it."""

MOST_MET = 8
"""Of the drawings met in a run, as many of the last are looked at for pieces to cut."""


class Search:
    """One search: what is best so far, what is proved so far.

    1. The core's seat prices, in whole numbers, bound every drawing from below: blocks at their least cost +
       price, less what the seats are worth. The best of the drawings to begin with that keeps the rules
       bounds the least cost from above.
    2. An arc that alone would lift the first bound above the second is in no better drawing: it is left out.
    3. Solve without contiguity; for every detached piece of every drawing met add the cut that parts it from
       its school (``joining.cuts_for``); solve again. Each run's bound holds for all drawings that keep the
       rules, for it knows fewer of them. The first best drawing that hangs together is the best of all.

    Attributes:
        best: int64 (blocks,), the best drawing known that keeps the rules, or None. best_cost: its cost.
        bound: no drawing that keeps them costs less. prices: int64 (schools,), the core's.
        seconds: deterministic seconds of work so far. steps: counted work.
    """

    def __init__(
        self, ways: Ways, starts: Sequence[Integers], *, contiguous: bool = True, limited: bool = True
    ) -> None:
        """Rules: ``contiguous`` zones, and (``limited``) no more changes than may be."""
        self.ways, self.problem = ways, ways.problem
        self.contiguous = contiguous
        self.limited = limited and self.problem.most_changed >= 0
        self.cost = whole_costs(self.problem)
        narrow = only(self.problem, ways.usable)
        self.prices = np.minimum(split_optimum(narrow).prices, self.problem.excess_metres)
        self.reduced, self.priced_bound = self._priced_out()
        self.bound = max(self.priced_bound, 0)
        self.best: Integers | None = None
        self.best_cost = 0
        self.seconds = 0.0
        for assigned in starts:
            self.offer(np.asarray(assigned, dtype=np.int64))
        self.steps = {"rounds": 0, "cuts": 0, "arcs_left_out": 0}

    @property
    def proved(self) -> bool:
        """Whether no drawing that keeps the rules is better than the best known."""
        return self.best is not None and self.bound >= self.best_cost

    def offer(self, assigned: Integers) -> None:
        """Keep a drawing if it keeps the rules and is the best so far."""
        problem = self.problem
        arc = problem.arc(assigned)
        some = np.diff(problem.offsets) > 0
        if np.any(arc[some] == UNPLACED) or not np.all(self.ways.usable[arc[some]]):
            return
        if self.contiguous and not keeps_together(self.ways, assigned):
            return
        chosen = np.where(some, assigned, UNPLACED)
        drawn = counted(problem, chosen)
        if self.limited and drawn.changed > problem.most_changed:
            return
        if self.best is None or drawn.cost < self.best_cost:
            self.best, self.best_cost = chosen.astype(np.int64), drawn.cost

    def run(self, seconds: float) -> bool:
        """Solve and cut until the best is proved or the work is done; False if no drawing keeps the rules."""
        arcs = self._left()
        self.steps["arcs_left_out"] = int(self.ways.usable.sum() - arcs.sum())
        if self.proved:
            return True
        if seconds <= LEAST_SECONDS:
            return True
        model = DrawingModel(self.problem, self.cost, arcs, limited=self.limited)
        if self.contiguous:
            for cut in first_cuts(self.ways, arcs):
                model.add_cut(cut)
        left, loose = float(seconds), 1
        while left > LEAST_SECONDS:
            met: list[Integers] = []
            # While pieces are cut off a run takes a share of the work at most; after that all that is left.
            share = min(left, seconds * SHARE_OF_A_RUN) if loose else left
            solved = model.solve(self.best, share, met.append)
            left -= solved.seconds
            self.seconds += solved.seconds
            self.steps["rounds"] += 1
            if solved.impossible:
                return False
            # What was left out is no better than the best known.
            known = solved.bound if self.best is None else min(solved.bound, self.best_cost)
            self.bound = max(self.bound, known)
            before, loose = loose, 0
            last = [] if solved.assigned is None else [solved.assigned]
            for assigned in (*met[-MOST_MET:], *last):
                self.offer(assigned)
                for cut in cuts_for(self.ways, assigned) if self.contiguous else []:
                    model.add_cut(cut)
                    loose += 1
            self.steps["cuts"] += loose
            self.steps["arcs_left_out"] = int(self.ways.usable.sum()) - model.keep_only(self._left())
            if self.proved or (solved.closed and not loose) or not before:
                break
        return True

    def _priced_out(self) -> tuple[Integers, int]:
        """int64 (arcs,): what each arc costs above the block's least with prices; and the bound they give.

        For prices of 0 up to ``excess_metres`` a seat, no drawing costs less than what blocks at least pay,
        prices included, less seats x prices: children beyond the seats cost at least their price.
        """
        problem, block = self.problem, self.problem.block
        paid = self.cost + problem.load[block] * self.prices[problem.school]
        least = np.full(problem.blocks, np.iinfo(np.int64).max)
        np.minimum.at(least, block[self.ways.usable], paid[self.ways.usable])
        some = np.zeros(problem.blocks, dtype=np.bool_)
        some[block[self.ways.usable]] = True
        worth = sum(
            seats * price for seats, price in zip(problem.seats.tolist(), self.prices.tolist(), strict=True)
        )
        bound = sum(least[some].tolist()) - worth
        reduced = np.where(self.ways.usable, paid - least[block], 0)
        return reduced, bound

    def _left(self) -> Booleans:
        """bool (arcs,): arcs that a drawing better than the best so far may use, and the best itself."""
        if self.best is None:
            return self.ways.usable
        return np.asarray(self.ways.usable & (self.reduced <= self.best_cost - self.priced_bound))


def whole_costs(problem: ZoningProblem) -> Integers:
    """int64 (arcs,): metres of all children of the block, and the change if it leaves today's school."""
    return np.asarray(
        problem.load[problem.block] * problem.metres + problem.change_metres * units_of_change(problem)
    )
