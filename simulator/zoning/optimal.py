"""The best drawing there is, or how far from it at most: an integer program with contiguity by cuts."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.transport import Problem, solve
from simulator.zoning.accounting import proposal
from simulator.zoning.drawing_model import DrawingModel
from simulator.zoning.growing import grown, whole_costs
from simulator.zoning.joining import Cut, Ways, cuts_for, keeps_together, ways_of
from simulator.zoning.nearest import nearest

DEFAULT_SECONDS = 60
"""Limit of the solver's deterministic seconds: they count its work, and are no clock."""

LEAST_SECONDS = 0.05
"""Less than this is not begun."""

SHARE_OF_A_RUN = 0.25
"""Share of the work that one run takes at most, as long as there was something to cut before it."""

MOST_MET = 8
"""Of the drawings met in a run, as many of the last are looked at for pieces to cut."""


def draw(
    problem: ZoningProblem, hint: ZoneProposal | None = None, *, seconds: float = DEFAULT_SECONDS
) -> ZoneProposal:
    """The drawing of least cost that keeps the rules, with a proven bound on all of them.

    The rules: every block to one of its candidates; zones hang together, but for blocks that no drawing can
    join; a block in which schools with seats stand holds one of them; no more change than ``most_changed``.

    1. The core's seat prices, in whole numbers, bound every drawing from below: blocks at their least cost +
       price, less what the seats are worth. A drawing to begin with (``hint``, today's, the nearest, or one
       grown from the schools: the best of those that keep the rules) bounds the least cost from above.
    2. An arc that alone would lift the first bound above the second is in no better drawing: it is left out.
    3. Solve without contiguity; for every detached piece of every drawing met add the cut that parts it from
       its school (``joining.cuts_for``); solve again. Each run's bound holds for all drawings that keep the
       rules, for it knows fewer of them. The first best drawing that hangs together is the best of all.

    Where no drawing keeps the rules, contiguity is given up, then the limit on change; ``steps`` says so
    (``contiguity_given_up``, ``limit_given_up``), and the proposal lists what it breaks. Where the work is
    done before one that keeps them is found, ``hint`` or one that is grown comes back (``rules_not_met``).

    Args:
        hint: any drawing of the same problem. seconds: limit of work (see ``DEFAULT_SECONDS``).
    """
    ways = ways_of(problem)
    given: dict[str, int] = {}
    for contiguous, limited in ((True, True), (False, True), (False, False)):
        search = _Search(ways, hint, contiguous, limited)
        if search.run(seconds):
            break
        given["contiguity_given_up" if contiguous else "limit_given_up"] = 1
    best = search.best
    if best is None:
        given["rules_not_met"] = 1
        best = grown(ways, search.prices) if hint is None else hint.assigned
    drawn = proposal(problem, "optimal", best)
    return proposal(
        problem,
        "optimal",
        best,
        prices=search.prices,
        bound=min(search.bound, drawn.cost),
        bound_of="search",
        steps=search.steps | given,
    )


class _Search:
    """One search: what is best so far, what is proved so far."""

    def __init__(self, ways: Ways, hint: ZoneProposal | None, contiguous: bool, limited: bool) -> None:
        self.ways, self.problem = ways, ways.problem
        self.contiguous = contiguous
        self.limited = limited and self.problem.most_changed >= 0
        self.cost = whole_costs(ways)
        self.prices = np.minimum(_seat_prices(ways, self.cost), self.problem.excess_metres)
        self.reduced, self.priced_bound = self._priced_out()
        self.bound = max(self.priced_bound, 0)
        self.best: Integers | None = None
        self.best_cost = 0
        first = [grown(ways, self.prices), nearest(self.problem), self.problem.today]
        for assigned in [*([hint.assigned] if hint is not None else []), *first]:
            self.offer(np.asarray(assigned, dtype=np.int64))
        self.steps = {"rounds": 0, "cuts": 0, "arcs_left_out": 0}

    def offer(self, assigned: Integers) -> None:
        """Keep a drawing if it keeps the rules and is the best so far."""
        problem = self.problem
        arc = problem.arc(assigned)
        some = np.diff(problem.offsets) > 0
        if np.any(arc[some] == UNPLACED) or not np.all(self.ways.usable[arc[some]]):
            return
        if self.contiguous and not keeps_together(self.ways, assigned):
            return
        drawn = proposal(problem, "optimal", np.where(some, assigned, UNPLACED))
        if self.limited and drawn.changed > problem.most_changed:
            return
        if self.best is None or drawn.cost < self.best_cost:
            self.best, self.best_cost = drawn.assigned.astype(np.int64), drawn.cost

    def run(self, seconds: float) -> bool:
        """Solve and cut until the best is proved or the work is done; False if no drawing keeps the rules."""
        problem = self.problem
        arcs = self._left()
        self.steps["arcs_left_out"] = int(self.ways.usable.sum() - arcs.sum())
        if self.best is not None and self.bound >= self.best_cost:
            return True
        model = DrawingModel(problem, self.cost, arcs, limited=self.limited)
        if self.contiguous:
            self._first_cuts(model, arcs)
        left, loose = float(seconds), 1
        while left > LEAST_SECONDS:
            met: list[Integers] = []
            # While pieces are cut off a run takes a share of the work at most; after that all that is left.
            share = min(left, seconds * SHARE_OF_A_RUN) if loose else left
            solved = model.solve(self.best, share, met.append)
            left -= solved.seconds
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
            proved = self.best is not None and self.bound >= self.best_cost
            if proved or (solved.closed and not loose) or not before:
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

    def _first_cuts(self, model: DrawingModel, arcs: Booleans) -> None:
        """A block that is not beside a school's belongs to it only if one of those around it does."""
        problem, near = self.problem, self.problem.neighbours
        beside = [
            set() if home == UNPLACED else {home, *near[home].tolist()} for home in problem.home.tolist()
        ]
        for b, s in zip(problem.block[arcs].tolist(), problem.school[arcs].tolist(), strict=True):
            if not self.ways.free[b] and b not in beside[s]:
                model.add_cut(Cut(s, np.array([b]), near[b]))


def _seat_prices(ways: Ways, cost: Integers) -> Integers:
    """int64 (schools,): the core's minimal seat prices when blocks may be split."""
    problem = ways.problem
    arcs = np.flatnonzero(ways.usable)
    block = problem.block[arcs]
    load = np.maximum(problem.load, 1)
    counts = np.bincount(block, minlength=problem.blocks)
    each = cost[arcs] // load[block]
    least = np.zeros(problem.blocks, dtype=np.int64)
    some = np.flatnonzero(counts)
    offsets = np.concatenate(([0], np.cumsum(counts)))
    if len(some):
        least[some] = np.minimum.reduceat(each, offsets[some])
    flow = solve(
        Problem(
            supply=np.where(counts > 0, problem.load, 0),
            offsets=offsets,
            pool=problem.school[arcs],
            cost=each,
            unplaced_cost=least + problem.excess_metres,
            seats=problem.seats,
            parent=np.full(problem.schools, UNPLACED),
        )
    )
    return flow.total_prices
