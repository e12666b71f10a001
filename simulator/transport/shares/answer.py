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
        target: what the answer was held to: ``needed``, or the most that can be reached.
        reached: children in seats that count.
        surcharge: what the last of the needed children costs, as the bound sees it: >= 0, in units of cost.
        method: ``not_binding``: met without asking, ``pool_cap``: as a cap on seats, exactly, ``multiplier``:
            by a surcharge, ``unreachable``: proved not to be reached (together with the other rules) without
            leaving more children unplaced, ``not_found``: short without such a proof (several rules only).
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
        reach: the best flow that counts nothing but the rules, with its multipliers, which proves what cannot
            be reached; ``None`` where every rule is met.
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
        3. Every rule reaches its target, and a target below what the rule asks is proved: the best flow that
           counts nothing but the rules is certified, and by weak duality no flow is short by less.
        4. The bound: the problem with the surcharges is built anew, its flow certified, and the bound
           computed from its dual value. The cost is not below it.

        Raises:
            CertificateError: naming the first condition that fails.
        """
        given = RuledProblem.of(self.problem, self.rules)
        zero = Surcharges(1, (0,) * len(self.rules))
        self._require_feasible()
        weight = _certified(given, zero, self.plain, costs=True).weight
        _require(given.unplaced_weight(self.unplaced) == weight, "the rules leave more children unplaced")
        targets = tuple(outcome.target for outcome in self.outcomes)
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

    def _require_feasible(self) -> None:
        problem = self.problem
        _require(self.flow.shape == problem.pool.shape and np.all(self.flow >= 0), "a negative flow")
        seated = np.zeros(problem.groups, dtype=np.int64)
        np.add.at(seated, problem.group, self.flow)
        _require(np.all(self.unplaced >= 0), "a negative flow")
        _require(np.array_equal(seated + self.unplaced, problem.supply), "children are lost or doubled")
        _require(np.all(problem.loads(self.flow) <= problem.seats), "more children than seats")

    def _require_targets(self, given: RuledProblem, weight: int) -> None:
        """A target is what the rule asks, unless it is proved that not all rules can be met."""
        short = sum(outcome.needed - outcome.target for outcome in self.outcomes)
        _require(all(o.target <= o.needed for o in self.outcomes), "a target beyond what the rule asks")
        if short == 0:
            return
        _require(self.reach is not None, "a rule is short without a proof")
        assert self.reach is not None
        surcharges, flow = self.reach
        _require(max(surcharges.children) <= surcharges.scale, "a multiplier above one child per child")
        least = ceil(_certified(given, surcharges, flow, costs=False).value(given.needed, weight))
        proved = least > 0 or any(outcome.method == "not_found" for outcome in self.outcomes)
        _require(proved and least <= short, "a rule is short that can be met")


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
    """Build the relaxed problem anew and certify ``flow`` on it."""
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
