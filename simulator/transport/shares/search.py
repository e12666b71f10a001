"""The search for multipliers: at which surcharge do the rules hold, and how good can any answer be?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from importlib import import_module
from math import ceil, isqrt, lcm
from typing import Any

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.transport import Flow, Problem, solve
from simulator.transport.shares.bound import Bound
from simulator.transport.shares.master import Known, Mixture, cheapest_mixture
from simulator.transport.shares.mixing import FINE, Candidate, Target, best_between, cost_of_the_last
from simulator.transport.shares.rule import Relaxed, RuledProblem, Surcharges, relax

SOLVES_PER_RULE = 40
"""Solves after which the search for multipliers stops with the gap it has; far more than ever needed."""

STARTS_OF_MIXING = 6
"""Flows nearest to the bound from which mixing begins."""

ROUNDS_OF_MIXING = 3
"""Times the best answer is mixed with every flow met."""

LEAST_WORK, WORK_PER_ARC, SCANNED_AT_ONCE = 5_000, 10, 100
"""Work of mixing at most: so many arcs in which flows differ, and one for so many arcs of the problem. A scan
over so many arcs is as much work as one in which they differ."""

TIMES_LOWERED = 4
"""Solves to find a surcharge below one beyond all costs at which the bound is as good."""

NEAR = 12
"""Children from the needed number, or units of cost between two multipliers, that are near."""

LARGEST_SCALE = 10_000
"""Multipliers are not refined beyond this fraction of a unit of cost."""

ROUNDS_OVER_FEW = 3
"""Times the core is tried over some of the arcs before it is asked for all."""

MARGIN = 2
"""Arcs matter whose slack at the prices before is at most so many times what a surcharge changes by."""

MOST_MARKED = 2
"""Where one in so many arcs matters, all are taken."""


@dataclass(frozen=True)
class _Solved:
    """An answer of the core, over some arcs or all; its flow, int64 (arcs,), and slacks over all of them."""

    answer: Flow
    flow: Integers
    slack: Integers | None = None


@dataclass
class Search:
    """One search over the flows of a ruled problem; lives for one call of ``solve_with_shares``.

    Attributes:
        given: the problem and its rules. weight: the least weight of children unplaced.
        costs: false where nothing but the rules counts (the search for what can be reached).
        engine: name, ``""`` for the core's own choice. solves: calls of the core so far.
        candidates: flows met, all with the least weight unplaced. bounds: by surcharges.
    """

    given: RuledProblem
    engine: str = ""
    costs: bool = True
    weight: int | None = None
    solves: int = 0
    candidates: list[Candidate] = field(default_factory=list)
    bounds: dict[Surcharges, Bound] = field(default_factory=dict)

    def solve(self, surcharges: Surcharges) -> Bound:
        """Solve the relaxed problem; note its flow and its bound.

        Raises:
            OverflowError: the surcharges are too large for the core. CertificateError: a fault of the engine.
        """
        relaxed = relax(self.given, surcharges, costs=self.costs)
        near = self._nearest(surcharges)
        found = self._solve_over_few(relaxed, near) if near is not None else self._solve(relaxed, None)
        answer = found.answer
        if self.weight is None:
            self.weight = self.given.unplaced_weight(answer.unplaced)
        bound = Bound(
            relaxed=relaxed,
            engine=answer.engine,
            ties=answer.ties,
            total_prices=answer.total_prices,
            objective=answer.objective,
            weight=self.weight,
            candidate=Candidate.of(self.given, found.flow, costs=self.costs),
            slack=found.slack,
        )
        self.candidates.append(bound.candidate)
        self.bounds[surcharges] = bound
        return bound

    def _solve(
        self, relaxed: Relaxed, warm_start: Integers | None, marked: Booleans | None = None
    ) -> _Solved:
        """The core over the arcs marked, bool (arcs,), or over all."""
        chosen: dict[str, Any] = {"engine": self.engine} if self.engine else {}
        self.solves += 1
        if marked is None:
            answer = solve(relaxed.problem, **chosen, warm_start=warm_start)
            return _Solved(answer, answer.flow)
        problem, arcs = self.given.problem, np.flatnonzero(marked)
        few = Problem(
            supply=problem.supply,
            offsets=np.searchsorted(arcs, problem.offsets),
            pool=problem.pool[arcs],
            cost=relaxed.cost(marked),
            unplaced_cost=relaxed.unplaced_cost,
            seats=problem.seats,
            parent=problem.parent,
        )
        answer = solve(few, **chosen, warm_start=warm_start)
        flow = np.zeros(len(problem.pool), dtype=np.int64)
        flow[arcs] = answer.flow
        return _Solved(answer, flow)

    def _solve_over_few(self, relaxed: Relaxed, near: Bound) -> _Solved:
        """Solve over the arcs that cost little more than what their group pays at the prices of ``near``.

        See ``narrow``: the answer is that over all arcs.
        """
        narrow = import_module("simulator.transport.shares.narrow")
        start = near.prices_for(relaxed)
        away = max(map(abs, near.surcharges.differences(relaxed.surcharges)), default=Fraction(0))
        slack = narrow.slacks(near.relaxed, near.total_prices) if near.slack is None else near.slack
        marked = slack <= int(MARGIN * away * near.surcharges.scale)
        for _ in range(ROUNDS_OVER_FEW):
            if MOST_MARKED * np.count_nonzero(marked) > len(marked):
                break
            found = self._solve(relaxed, start, marked)
            slack = narrow.slacks(relaxed, found.answer.total_prices)
            missing = (slack == 0) > marked
            if not np.any(missing):
                return replace(found, slack=slack)
            marked |= missing
            start = found.answer.prices
        return self._solve(relaxed, start)

    def _nearest(self, surcharges: Surcharges) -> Bound | None:
        """What was found at the nearest multipliers so far."""
        if not self.bounds:
            return None

        def away(bound: Bound) -> Fraction:
            return sum(map(abs, bound.surcharges.differences(surcharges)), Fraction(0))

        return min(self.bounds.values(), key=away)

    def best(self, needed: tuple[int, ...]) -> Candidate:
        """The candidate that is least short, then cheapest; the earliest of equals."""
        target = Target(needed, Surcharges(1, (0,) * len(needed)))
        return min(self.candidates, key=target.rank)

    def best_bound(self, needed: tuple[int, ...]) -> Bound:
        """The highest bound met; of equals the one with the least surcharges, the earliest of these."""

        def rank(bound: Bound) -> tuple[Fraction, Fraction]:
            return bound.value(needed), -sum(map(bound.surcharges.of, range(len(needed))), Fraction(0))

        return max(self.bounds.values(), key=rank)

    def closed(self, needed: tuple[int, ...]) -> bool:
        """Whether the best candidate meets the rules at the cost of the bound."""
        best = self.best(needed)
        met = all(got >= need for got, need in zip(best.reached, needed, strict=True))
        return bool(self.bounds) and met and best.cost <= ceil(self.best_bound(needed).value(needed))

    def search(self, needed: tuple[int, ...], penalty: int | None = None) -> None:
        """Find the best bound: column generation over whole flows (Dantzig and Wolfe, 1960).

        1. The cheapest mixture of the flows met so far that reaches ``needed`` tells multipliers
           (``cheapest_mixture``). For one rule they are read in turn from the circles between the flows just
           short and just beyond (``cost_of_the_last``), which comes near at once.
        2. The core solves at these surcharges, rounded to whole ones as long as that is new. Its flow joins
           the mixture.
        3. A bound that is as high as the cheapest mixture is the best there is: a mixture costs no less than
           any bound. A flow that meets the rules at the cost of the bound ends the search at once.

        Args:
            penalty: of a child short, where the rules cannot all be reached.
        """
        turn = 0
        while self.solves < SOLVES_PER_RULE * len(needed) and not self.closed(needed):
            known = [Known(c.cost, c.reached) for c in self.candidates]
            first = self.candidates.index(self.best(needed))
            mixture = cheapest_mixture(known, needed, first, penalty)
            if self.bounds and self.best_bound(needed).value(needed) >= mixture.cost:
                return
            surcharges = self._between(needed, turn) or self._rounded(mixture)
            if surcharges in self.bounds:
                return
            turn += 1
            try:
                self.solve(surcharges)
            except OverflowError:
                return
            self._mix_neighbours(needed)

    def _rounded(self, mixture: Mixture) -> Surcharges:
        """The multipliers rounded to whole ones, or exact where these were tried."""
        whole = Surcharges(1, tuple(round(m) for m in mixture.multipliers))
        if whole not in self.bounds:
            return whole
        scale = lcm(*(m.denominator for m in mixture.multipliers))
        if scale > LARGEST_SCALE:
            return whole
        return Surcharges(scale, tuple(int(m * scale) for m in mixture.multipliers))

    def _neighbours(self, needed: tuple[int, ...]) -> tuple[Bound, Bound] | None:
        """For one rule: what was found at the multipliers just too low and just high enough."""
        if len(needed) != 1 or not self.costs:
            return None
        tried = sorted(self.bounds.values(), key=lambda bound: bound.surcharges.of(0))
        short = [bound for bound in tried if bound.candidate.reached < needed]
        enough = [bound for bound in tried if bound.candidate.reached >= needed]
        return (short[-1], enough[0]) if short and enough else None

    def _between(self, needed: tuple[int, ...], turn: int) -> Surcharges | None:
        """For one rule, seven turns of eight: a multiplier between the two neighbours.

        Near one of them, what the last needed child costs on the way between them (``cost_of_the_last``),
        which there is often exact. Far from both, from the children reached: at first as if they rose along
        a parabola that is level at the upper neighbour, the dearest children being few; then by ``_fitted``.
        """
        neighbours = self._neighbours(needed)
        if neighbours is None or turn % 8 == 7:
            return None
        here, there = neighbours
        low, high = here.surcharges.of(0), there.surcharges.of(0)
        few, many = here.candidate.reached[0], there.candidate.reached[0]
        near = min(needed[0] - few, many - needed[0]) <= NEAR or high - low <= NEAR
        if near:
            between = cost_of_the_last(self.given, here.candidate, there.candidate, needed[0])
        elif len(self.bounds) == 2:
            left = Fraction(many - needed[0], many - few)
            between = low + (high - low) * (1 - Fraction(isqrt(int(left * FINE * FINE)), FINE))
        else:
            between = self._fitted(needed[0], here, there)
        if not near or between.denominator > LARGEST_SCALE:
            between = Fraction(round(between))
        found = Surcharges(between.denominator, (between.numerator,))
        return found if low <= between <= high and found not in self.bounds else None

    def _fitted(self, needed: int, here: Bound, there: Bound) -> Fraction:
        """The multiplier at which a curve through the two neighbours and the next nearest reaches ``needed``.

        A hyperbola, reached = a + b / (s + c): children reached rise with the multiplier, ever more slowly,
        towards the most there are. Its inverse through three points keeps their cross ratio. Where it has no
        value between the neighbours, the straight line between these.
        """
        points = [(bound.surcharges.of(0), bound.candidate.reached[0]) for bound in (here, there)]
        (low, few), (high, many) = points
        others = [(b.surcharges.of(0), b.candidate.reached[0]) for b in self.bounds.values()]
        others = [(s, got) for s, got in others if (s < low and got < few) or (s > high and got > many)]
        straight = low + (high - low) * Fraction(needed - few, many - few)
        if not others:
            return straight
        away, got = min(others, key=lambda point: abs(point[1] - needed))
        ratio = Fraction((needed - few) * (many - got), (needed - got) * (many - few))
        ratio *= (high - low) / (high - away)
        fitted = (low - ratio * away) / (1 - ratio) if ratio != 1 else straight
        return fitted if low < fitted < high else straight

    def lower(self, needed: tuple[int, ...]) -> None:
        """For one rule: the bound again at what the last needed child costs, not at the dearest surcharge.

        Seat prices hold the surcharge; one beyond all costs would drown them.
        """
        dearest = max(self.bounds, key=lambda surcharges: surcharges.of(0))
        for _ in range(TIMES_LOWERED):
            surcharges = self._between(needed, 0)
            if surcharges is None or self.best_bound(needed).surcharges != dearest:
                return
            self.solve(surcharges)

    def _mix_neighbours(self, needed: tuple[int, ...]) -> None:
        """Walk from a neighbour that is near the needed number towards the other: that may be the answer."""
        neighbours = self._neighbours(needed)
        if neighbours is None:
            return
        nearer, other = sorted(neighbours, key=lambda bound: abs(bound.candidate.reached[0] - needed[0]))
        if abs(nearer.candidate.reached[0] - needed[0]) <= NEAR:
            target = Target(needed, nearer.surcharges)
            self._mix_from(nearer.candidate, other.candidate, target, nearer, self._most_work())

    def mix(self, needed: tuple[int, ...]) -> None:
        """Better answers between the flows met: see ``best_between``.

        Begins at the flows nearest to the bound (those optimal at its surcharges, and a few more) and walks
        from each towards the others, nearest first; then from the best answer so far, until that is no
        better. As long as ``_most_work`` allows: flows far from the bound differ in much and help little.
        """
        bound = self.best_bound(needed)
        target = Target(needed, bound.surcharges)
        met = sorted(self.candidates, key=lambda c: target.relaxed_cost(c.cost, c.reached))
        left = self._most_work()
        for other in met:
            for here in met[:STARTS_OF_MIXING]:
                left -= self._mix_from(here, other, target, bound, left)
        for _ in range(ROUNDS_OF_MIXING):
            before = target.rank(self.best(needed))
            for other in met:
                left -= self._mix_from(self.best(needed), other, target, bound, left)
            if target.rank(self.best(needed)) == before:
                return

    def _most_work(self) -> int:
        """Arcs looked at while mixing, about as long as it takes to solve again."""
        return LEAST_WORK + len(self.given.problem.pool) // WORK_PER_ARC

    def _mix_from(self, here: Candidate, other: Candidate, target: Target, bound: Bound, most: int) -> int:
        """Walk from one flow towards another, if it is no more work than ``most``; the work it was."""
        if most <= 0 or self.closed(target.needed):
            return 0
        # A scan of both flows is quick; an arc in which they differ takes hundreds of times as long.
        differ = int(np.count_nonzero(here.flow != other.flow))
        scanned = len(here.flow) // SCANNED_AT_ONCE
        if differ == 0 or differ > most:
            return scanned
        best = self.best(target.needed)
        budget = bound.surcharges.scale * best.cost if target.short(best.reached) == 0 else None
        mixed = best_between(self.given, target, here, other, budget)
        if target.rank(mixed) < target.rank(best):
            self.candidates.append(mixed)
        return scanned + differ
