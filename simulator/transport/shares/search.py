"""The search for multipliers: at which surcharge do the rules hold, and how good can any answer be?"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, isqrt, lcm
from typing import Any

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport import Flow, solve
from simulator.transport.shares.master import Known, Mixture, cheapest_mixture
from simulator.transport.shares.mixing import FINE, Candidate, Target, best_between, cost_of_the_last
from simulator.transport.shares.rule import Relaxed, RuledProblem, Surcharges, relax

SOLVES_PER_RULE = 40
"""Solves after which the search for multipliers stops with the gap it has; far more than ever needed."""

STARTS_OF_MIXING = 6
"""Flows nearest to the bound from which mixing begins."""

ROUNDS_OF_MIXING = 3
"""Times the best answer is mixed with every flow met."""

NEAR = 12
"""Children from the needed number, or units of cost between two multipliers, that are near."""

LARGEST_SCALE = 10_000
"""Multipliers are not refined beyond this fraction of a unit of cost."""


@dataclass(frozen=True)
class Bound:
    """A lower bound on the cost of every flow that meets the rules, and what proves it.

    Attributes:
        surcharges: the multipliers. relaxed: the problem they give. flow: its optimum. weight: the least
            weight of children unplaced. candidate: the flow as the rules see it.
    """

    surcharges: Surcharges
    relaxed: Relaxed
    flow: Flow
    weight: int
    candidate: Candidate

    def value(self, needed: tuple[int, ...]) -> Fraction:
        """(optimum + shift + sum_r s_r needed_r - base x least weight unplaced) / scale.

        See ``Relaxed``; it holds for flows that leave no more unplaced than must be.
        """
        asked = sum(s * n for s, n in zip(self.surcharges.children, needed, strict=True))
        total = self.flow.objective + self.relaxed.shift + asked - self.relaxed.base * self.weight
        return Fraction(total, self.surcharges.scale)


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
        chosen: dict[str, Any] = {"engine": self.engine} if self.engine else {}
        flow = solve(relaxed.problem, **chosen, warm_start=self._near(surcharges, relaxed.base))
        self.solves += 1
        if self.weight is None:
            self.weight = self.given.unplaced_weight(flow.unplaced)
        bound = Bound(surcharges, relaxed, flow, self.weight, self._seen(flow))
        self.candidates.append(bound.candidate)
        self.bounds[surcharges] = bound
        return bound

    def _near(self, surcharges: Surcharges, base: int) -> Integers | None:
        """Prices to begin with, int64 (nodes,): those at the nearest multipliers so far, in the new units."""
        if not self.bounds:
            return None

        def away(bound: Bound) -> Fraction:
            rules = range(len(surcharges.children))
            return sum((abs(bound.surcharges.of(r) - surcharges.of(r)) for r in rules), Fraction(0))

        near = min(self.bounds.values(), key=away)
        prices = near.flow.prices
        placed = (prices + near.relaxed.base // 2) // near.relaxed.base
        rest = (prices - placed * near.relaxed.base) * surcharges.scale // near.surcharges.scale
        return np.maximum(placed * base + rest, 0)

    def _seen(self, flow: Flow) -> Candidate:
        """The flow as the rules see it; without costs all seats cost nothing."""
        found = Candidate.of(self.given, flow.flow)
        return found if self.costs else Candidate(found.flow, 0, found.reached)

    def best(self, needed: tuple[int, ...]) -> Candidate:
        """The candidate that is least short, then cheapest; the earliest of equals."""
        target = Target(needed, Surcharges(1, (0,) * len(needed)))
        return min(self.candidates, key=target.rank)

    def best_bound(self, needed: tuple[int, ...]) -> Bound:
        """The highest bound met; the earliest of equals."""
        return max(self.bounds.values(), key=lambda bound: bound.value(needed))

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
        3. At the exact multipliers a flow no cheaper than the mixture proves that no flow is: the bound is
           the best there is. A flow that meets the rules at the cost of the bound ends the search at once.

        Args:
            penalty: of a child short, where the rules cannot all be reached.
        """
        turn = 0
        while self.solves < SOLVES_PER_RULE * len(needed) and not self.closed(needed):
            known = [Known(c.cost, c.reached) for c in self.candidates]
            first = self.candidates.index(self.best(needed))
            mixture = cheapest_mixture(known, needed, first, penalty)
            surcharges = self._between(needed, turn) or self._rounded(mixture)
            if surcharges in self.bounds:
                return
            turn += 1
            try:
                bound = self.solve(surcharges)
            except OverflowError:
                return
            self._mix_neighbours(needed)
            exact = all(
                Fraction(s, surcharges.scale) == m
                for s, m in zip(surcharges.children, mixture.multipliers, strict=True)
            )
            if exact and bound.value(needed) >= mixture.cost:
                return

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
        a parabola that is level at the upper neighbour, the dearest children being few; then by the secant.
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
        elif turn == 0:
            left = Fraction(many - needed[0], many - few)
            between = low + (high - low) * (1 - Fraction(isqrt(int(left * FINE * FINE)), FINE))
        else:
            between = self._secant(needed[0])
            between = between if low < between < high else (low + high) / 2
        if not near or between.denominator > LARGEST_SCALE:
            between = Fraction(round(between))
        found = Surcharges(between.denominator, (between.numerator,))
        return found if low <= between <= high and found not in self.bounds else None

    def _secant(self, needed: int) -> Fraction:
        """The multiplier on the line through the two flows nearest to the needed number; -1 if level."""
        near = sorted(self.bounds.values(), key=lambda bound: abs(bound.candidate.reached[0] - needed))[:2]
        one, other = (bound.surcharges.of(0) for bound in near)
        got, gets = (bound.candidate.reached[0] for bound in near)
        return one + (other - one) * (needed - got) / (gets - got) if gets != got else Fraction(-1)

    def _mix_neighbours(self, needed: tuple[int, ...]) -> None:
        """Walk from a neighbour that is near the needed number towards the other: that may be the answer."""
        neighbours = self._neighbours(needed)
        if neighbours is None:
            return
        nearer, other = sorted(neighbours, key=lambda bound: abs(bound.candidate.reached[0] - needed[0]))
        if abs(nearer.candidate.reached[0] - needed[0]) <= NEAR:
            target = Target(needed, nearer.surcharges)
            self._mix_from(nearer.candidate, [other.candidate], target, nearer)

    def mix(self, needed: tuple[int, ...]) -> None:
        """Better answers between the flows met: see ``best_between``.

        Begins at the flows nearest to the bound (those optimal at its surcharges, and a few more) and walks
        from each towards the others, nearest first; then from the best answer so far, until that is no
        better.
        """
        bound = self.best_bound(needed)
        target = Target(needed, bound.surcharges)
        met = sorted(self.candidates, key=lambda c: target.relaxed_cost(c.cost, c.reached))
        for here in met[:STARTS_OF_MIXING]:
            self._mix_from(here, met, target, bound)
        for _ in range(ROUNDS_OF_MIXING):
            before = target.rank(self.best(needed))
            self._mix_from(self.best(needed), met, target, bound)
            if target.rank(self.best(needed)) == before:
                return

    def _mix_from(self, here: Candidate, others: list[Candidate], target: Target, bound: Bound) -> None:
        for other in others:
            if self.closed(target.needed):
                return
            best = self.best(target.needed)
            budget = bound.surcharges.scale * best.cost if target.short(best.reached) == 0 else None
            if np.array_equal(here.flow, other.flow):
                continue
            mixed = best_between(self.given, target, here, other, budget)
            if target.rank(mixed) < target.rank(best):
                self.candidates.append(mixed)
