"""The answer to a problem with share rules, and the check that trusts nothing of the search."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np

from simulator.model.arrays import Booleans, Integers, freeze_columns
from simulator.transport.flow import Flow
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem
from simulator.transport.shares.rule import RuledProblem, ShareRule, Surcharges, relax

Method = Literal["not_binding", "pool_cap", "multiplier", "unreachable", "not_found"]


@dataclass(frozen=True)
class ShareOutcome:
    """What became of one rule.

    Attributes:
        name: of the rule. children: of the ruled groups. needed: as the rule asks.
        target: what the answer was held to: ``needed``, or the most that was found to be reached.
        reached: children in seats that count.
        surcharge: what the last of the needed children costs, as the bound sees it: >= 0, in units of cost.
        method: ``not_binding``: met without asking, ``pool_cap``: as a cap on seats, exactly, ``multiplier``:
            by a surcharge, ``unreachable``: proved that no flow leaves as few children unplaced, brings every
            other rule as near as this answer does and this one nearer; of a single rule that is plainly the
            most that can be reached. ``not_found``: short without such a proof (several rules only).
        stopped_by: int64, nodes of the seat tree whose seats stop it: one more seat there would bring more
            children of the rules into seats that count; of several rules, nodes in reach of this one's
            children. Empty where the rule is met.
        without_counting: children of the ruled groups who have no candidate that counts.
    """

    name: str
    children: int
    needed: int
    target: int
    reached: int
    surcharge: Fraction
    method: Method
    stopped_by: Integers
    without_counting: int

    def __post_init__(self) -> None:
        freeze_columns(self)


@dataclass(frozen=True)
class ShareProof:
    """What ``ShareAnswer.certify`` proved: facts as in ``Certificate``, and the bound beside the cost."""

    engine: str
    cost: int
    bound: int
    placed: int
    unplaced: int
    arcs_checked: int
    priced_nodes: int


@dataclass(frozen=True)
class ShareAnswer:
    """A flow that meets the rules.

    Attributes:
        problem, rules: as given.
        flow: int64 (arcs,), children over each arc. unplaced: int64 (groups,).
        outcomes: one per rule.
        cost: of the seats taken (nothing for the unplaced). bound: no flow that leaves as few unplaced and
            reaches the targets costs less. gap: cost - bound; 0 means that the answer is the best one.
        surcharges: the multipliers that prove the bound. plain: the best flow without rules, which proves how
            many are placed. relaxed: the best flow at the surcharges, which proves the bound.
        short_at_least: children, over all rules, by which every flow that leaves as few unplaced is short:
            0 where every rule is met, ``short`` where no flow comes nearer to the rules.
        reach: the best flow that counts nothing but the rules, with its multipliers, which proves
            ``short_at_least``; ``None`` where every rule is met.
        prices, total_prices: int64 (nodes,), of ``relaxed``, in units of cost / ``surcharges.scale``: one
            more seat at the node and above saves at most ``total_prices / scale + gap`` of the cost; a
            multiple of ``base`` (times what the group weighs) where it places a child.
        base: of ``prices``. solves: times the core was called.
    """

    problem: Problem
    rules: tuple[ShareRule, ...]
    flow: Integers
    unplaced: Integers
    outcomes: tuple[ShareOutcome, ...]
    cost: int
    bound: int
    short_at_least: int
    surcharges: Surcharges
    base: int
    plain: Flow
    relaxed: Flow
    reach: tuple[Surcharges, Flow] | None
    solves: int

    def __post_init__(self) -> None:
        freeze_columns(self)

    @property
    def gap(self) -> int:
        """The answer costs at most so much more than the best one."""
        return self.cost - self.bound

    @property
    def short(self) -> int:
        """Children by which the answer is short of what the rules ask, over all of them."""
        return sum(outcome.needed - outcome.target for outcome in self.outcomes)

    @property
    def short_gap(self) -> int:
        """Children by which another flow may be less short; 0 means that none is."""
        return self.short - self.short_at_least

    @property
    def prices(self) -> Integers:
        """int64 (nodes,)."""
        return self.relaxed.prices

    @property
    def total_prices(self) -> Integers:
        """int64 (nodes,)."""
        return self.relaxed.total_prices

    def certify(self) -> ShareProof:
        """Prove the answer from the problem and the rules, trusting neither search nor engine.

        1. The flow is feasible: every child is somewhere, no node holds more than its seats.
        2. As few are unplaced as without rules: the flow without rules is certified, and the children without
           a seat weigh the same.
        3. Every rule reaches its target, and targets below what the rules ask are proved
           (``_require_targets``).
        4. The bound: the problem with the surcharges is built anew, its flow certified, and the bound
           computed from its dual value. The cost is not below it.

        Raises:
            CertificateError: naming the first condition that fails.
        """
        given = RuledProblem.of(self.problem, self.rules)
        zero = Surcharges(1, (0,) * len(self.rules))
        self._require_feasible(given)
        weight = _certified(given, zero, self.plain, costs=True).weight
        _require(given.unplaced_weight(self.unplaced) == weight, "the rules leave more children unplaced")
        targets = tuple(outcome.target for outcome in self.outcomes)
        asked = [(rule.name, rule.at_least) for rule in self.rules]
        _require(asked == [(o.name, o.needed) for o in self.outcomes], "the outcomes are not of these rules")
        for outcome, got in zip(self.outcomes, given.reached(self.flow), strict=True):
            _require(outcome.reached == got, f"rule {outcome.name}: {got} children are in seats that count")
            _require(got >= outcome.target, f"rule {outcome.name}: {got} children, not {outcome.target}")
        self._require_targets(given, weight)
        dual = _certified(given, self.surcharges, self.relaxed, costs=True)
        _require(ceil(dual.value(targets, weight)) == self.bound, "the bound is not the dual value")
        cost = sum(
            f * c
            for f, c in zip(
                self.flow[self.flow > 0].tolist(), self.problem.cost[self.flow > 0].tolist(), strict=True
            )
        )
        _require(cost == self.cost >= self.bound, f"the cost is {cost}, the bound {self.bound}")
        return ShareProof(
            engine=self.relaxed.engine,
            cost=cost,
            bound=self.bound,
            placed=int(self.flow.sum()),
            unplaced=int(self.unplaced.sum()),
            arcs_checked=len(self.problem.pool),
            priced_nodes=int(np.count_nonzero(self.prices)),
        )

    def _require_feasible(self, given: RuledProblem) -> None:
        problem = self.problem
        _require(self.flow.shape == problem.pool.shape and np.all(self.flow >= 0), "a negative flow")
        _require(np.all(self.unplaced >= 0), "a negative flow")
        _require(np.array_equal(given.unplaced(self.flow), self.unplaced), "children are lost or doubled")
        _require(np.all(problem.loads(self.flow) <= problem.seats), "more children than seats")

    def _require_targets(self, given: RuledProblem, weight: int) -> None:
        """A target is what its rule asks, or it is proved how near flows can come to the rules.

        A flow x with the least weight unplaced is short by sum_r max(0, n_r - reached_r(x)) children. With
        multipliers s_r from 0 to ``scale`` that is no less than sum_r s_r (n_r - reached_r(x)) / scale, and
        the certified optimum of the problem that costs nothing else bounds this from below for every x
        (``Relaxed``). So all flows are short by ``least``, rounded up, at least.

        For one rule the bound must be the shortage itself. It is within reach: at s = scale, one child per
        child short, the cheapest flow has the least weight first (``unplaced_base``) and then the most
        children of the rule in seats that count. It is a flow of whole children, for supplies and seats are
        whole and the rule is part of the cost, no constraint: the polytope is that of a network. Its dual
        value is what it costs, n - reached, so where no flow reaches more there is no gap.

        Of several rules the sum is bounded, and their multipliers compete: the best of these bounds may be a
        fraction below the least shortage. Where it is not, no flow brings one rule nearer and leaves every
        other as near; that is what ``unreachable`` says.
        """
        _require(all(o.target <= o.needed for o in self.outcomes), "a target beyond what the rule asks")
        if self.short == 0:
            _require(self.short_at_least == 0, "no rule is short")
            return
        _require(self.reach is not None, "a rule is short without a proof")
        assert self.reach is not None
        surcharges, flow = self.reach
        _require(max(surcharges.children) <= surcharges.scale, "a multiplier above one child per child")
        least = max(0, ceil(_certified(given, surcharges, flow, costs=False).value(given.needed, weight)))
        _require(least == self.short_at_least, f"short_at_least is {self.short_at_least}, proved is {least}")
        _require(least <= self.short, "more children are short than the answer says")
        _require(least == self.short or len(self.rules) > 1, "a rule is short that can be met")
        method = "unreachable" if least == self.short else "not_found"
        told = [outcome.method == method for outcome in self.outcomes if outcome.target < outcome.needed]
        _require(all(told), f"what is proved of the rules that are short is: {method}")


@dataclass(frozen=True)
class _Dual:
    """Dual value of a relaxed problem, proved by its certificate."""

    objective: int
    shift: int
    base: int
    weight: int
    surcharges: Surcharges

    def value(self, needed: tuple[int, ...], weight: int) -> Fraction:
        asked = sum(s * n for s, n in zip(self.surcharges.children, needed, strict=True))
        return Fraction(self.objective + self.shift + asked - self.base * weight, self.surcharges.scale)


def _certified(given: RuledProblem, surcharges: Surcharges, flow: Flow, *, costs: bool) -> _Dual:
    """Build the relaxed problem anew and certify ``flow`` on it; multipliers below zero bound nothing."""
    _require(surcharges.scale >= 1 and min(surcharges.children, default=0) >= 0, "a multiplier below zero")
    relaxed = relax(given, surcharges, costs=costs)
    proof = Flow(
        relaxed.problem,
        flow.engine,
        flow.flow,
        flow.unplaced,
        flow.prices,
        flow.total_prices,
        flow.objective,
    ).certify()
    weight = given.unplaced_weight(flow.unplaced)
    return _Dual(proof.objective, relaxed.shift, relaxed.base, weight, surcharges)


def _require(holds: bool | np.bool_ | Booleans, what: str) -> None:
    if not holds:
        raise CertificateError(what)
