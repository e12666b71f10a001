"""A share rule, and a problem with its rules as integers: what every step of the search reads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from simulator.model.arrays import Booleans, Integers, freeze_columns
from simulator.transport.problem import Problem
from simulator.transport.tiers import unplaced_base


@dataclass(frozen=True)
class ShareRule:
    """At least so many children of some groups must have a seat that counts.

    A ruled child without a seat does not count and stays in the denominator, so the rule speaks of a number
    of children, never of a share of those who were placed.

    Attributes:
        name: name of the rule.
        ruled: bool (groups,), whose children the rule is about.
        counts: bool (arcs,), arcs whose seats fulfil it; those of other groups are of no matter.
        at_least: children of the ruled groups who must have a seat that counts, >= 0.
    """

    name: str
    ruled: Booleans
    counts: Booleans
    at_least: int

    def __post_init__(self) -> None:
        freeze_columns(self)


@dataclass(frozen=True)
class RuledProblem:
    """A problem and its rules, with the three aims kept apart: children placed, rules, cost of the seats.

    Of the cost of staying unplaced only the order is read. The sets of children who can be placed together
    form a matroid, so the best set is found greedily and any costs in the same order give the same children
    placed, tier by tier (``unplaced_costs``). Costs of zero stay zero: nobody insists on those.

    Attributes:
        problem: as given. rules: as given.
        counting: bool (rules, arcs), arcs of the rule's groups that fulfil it.
        disfavoured: bool (rules, arcs), the other arcs of the rule's groups.
        ruled: bool (rules, groups).
        children: int64 (rules,), children of the ruled groups.
        weight: int64 (groups,), 0, 1, 3, 5 ... in the order of the cost of staying unplaced.
    """

    problem: Problem
    rules: tuple[ShareRule, ...]
    counting: Booleans
    disfavoured: Booleans
    ruled: Booleans
    children: Integers
    weight: Integers

    @classmethod
    def of(cls, problem: Problem, rules: tuple[ShareRule, ...]) -> RuledProblem:
        """Check the rules against the problem.

        Raises:
            ValueError: columns that do not fit the problem, a negative number, a name used twice.
        """
        for rule in rules:
            if rule.ruled.shape != (problem.groups,) or rule.ruled.dtype != np.bool_:
                raise ValueError(f"ShareRule {rule.name}: ruled must be bool ({problem.groups},)")
            if rule.counts.shape != problem.pool.shape or rule.counts.dtype != np.bool_:
                raise ValueError(f"ShareRule {rule.name}: counts must be bool ({len(problem.pool)},)")
            if rule.at_least < 0:
                raise ValueError(f"ShareRule {rule.name}: at_least must be 0 or more, got {rule.at_least}")
        names = [rule.name for rule in rules]
        if len(set(names)) != len(names):
            raise ValueError(f"ShareRule: a name is used twice in {', '.join(names)}")
        ruled = np.array([rule.ruled for rule in rules], dtype=np.bool_).reshape(len(rules), problem.groups)
        counts = np.array([rule.counts for rule in rules], dtype=np.bool_).reshape(
            len(rules), len(problem.pool)
        )
        of_arc = ruled[:, problem.group]
        values, order = np.unique(problem.unplaced_cost, return_inverse=True)
        zero = int(len(values) > 0 and values[0] == 0)
        weights = np.maximum(2 * (np.arange(len(values)) - zero) + 1, 0)
        return cls(
            problem=problem,
            rules=rules,
            counting=of_arc & counts,
            disfavoured=of_arc & ~counts,
            ruled=ruled,
            children=ruled.astype(np.int64) @ problem.supply,
            weight=weights[order.reshape(-1)].astype(np.int64),
        )

    @cached_property
    def largest_cost(self) -> int:
        """Of any arc."""
        return int(self.problem.cost.max(initial=0))

    @cached_property
    def schools(self) -> int:
        """Pools that have an arc."""
        return int(np.count_nonzero(np.bincount(self.problem.pool)))

    @property
    def needed(self) -> tuple[int, ...]:
        """Children each rule asks for."""
        return tuple(rule.at_least for rule in self.rules)

    def reached(self, flow: Integers) -> tuple[int, ...]:
        """Children in seats that count, by rule, from the flow (arcs,)."""
        used = np.flatnonzero(flow)
        return tuple(int(flow[used[counting[used]]].sum()) for counting in self.counting)

    def without_counting(self, rule: int) -> int:
        """Children of the ruled groups who have no candidate that counts."""
        offsets = self.problem.offsets
        some = np.flatnonzero(np.diff(offsets) > 0)
        without = np.array(self.ruled[rule])
        if len(some):
            without[some] &= ~np.logical_or.reduceat(self.counting[rule], offsets[some])
        return int(self.problem.supply[without].sum())

    def unplaced(self, flow: Integers) -> Integers:
        """int64 (groups,): children without a seat."""
        seated = np.zeros(self.problem.groups, dtype=np.int64)
        some = np.flatnonzero(np.diff(self.problem.offsets) > 0)
        if len(some):
            seated[some] = np.add.reduceat(flow, self.problem.offsets[some])
        return self.problem.supply - seated

    def unplaced_weight(self, unplaced: Integers) -> int:
        """What the children without a seat weigh; the least possible where most are placed, tier by tier."""
        return int((self.weight * unplaced).sum())


@dataclass(frozen=True)
class Surcharges:
    """Multipliers of the rules as whole numbers: rule r costs ``children[r] / scale`` per child short.

    Attributes:
        scale: every cost is multiplied by it, so that a multiplier may be a fraction. >= 1.
        children: one per rule, >= 0, in units of cost / scale.
    """

    scale: int
    children: tuple[int, ...]

    def of(self, rule: int) -> Fraction:
        """The multiplier of one rule, in units of cost."""
        return Fraction(self.children[rule], self.scale)

    def differences(self, other: Surcharges) -> list[Fraction]:
        """By rule, this multiplier less the other, in units of cost."""
        return [self.of(rule) - other.of(rule) for rule in range(len(self.children))]


@dataclass(frozen=True)
class Relaxed:
    """A problem without rules in which each ruled child pays a surcharge wherever it does not count.

    With multipliers s and scale D, for every flow x: D cost(x) + base W(x) + sum_r s_r (n_r - reached_r(x))
    is the cost of x in ``problem`` plus ``sum_r s_r (n_r - children_r)``, because a ruled child either
    counts, or pays s_r on a disfavoured arc or without a seat. So the optimum of ``problem`` bounds all that
    meet the rules from below (weak duality).

    ``base`` is the smallest cost that outweighs whatever one path of moves changes in cost and surcharges
    together (``unplaced_base``), the surcharge of staying unplaced included: children placed come first.

    Attributes:
        given: the problem and its rules. surcharges: the multipliers.
        costs: false leaves the cost of the seats out; then nothing but the rules counts.
        base: what one unit of ``weight`` costs.
    """

    given: RuledProblem
    surcharges: Surcharges
    costs: bool
    base: int

    @property
    def shift(self) -> int:
        """``-sum_r s_r children_r``."""
        pairs = zip(self.surcharges.children, self.given.children.tolist(), strict=True)
        return -sum(surcharge * children for surcharge, children in pairs)

    @property
    def factor(self) -> int:
        """What the cost of a seat is multiplied by."""
        return self.surcharges.scale if self.costs else 0

    def cost(self, arcs: Booleans | None = None) -> Integers:
        """int64, of the arcs marked, bool (arcs,), or of all."""
        some = slice(None) if arcs is None else np.flatnonzero(arcs)
        cost = self.given.problem.cost[some] * self.factor
        for disfavoured, surcharge in zip(self.given.disfavoured, self.surcharges.children, strict=True):
            cost += disfavoured[some] * np.int64(surcharge)
        return np.asarray(cost)

    @cached_property
    def unplaced_cost(self) -> Integers:
        """int64 (groups,)."""
        cost = self.given.weight * self.base
        for ruled, surcharge in zip(self.given.ruled, self.surcharges.children, strict=True):
            cost[ruled] += surcharge
        return cost

    @cached_property
    def problem(self) -> Problem:
        """The same groups, arcs and tree at these costs."""
        return self.given.problem.with_costs(self.cost(), self.unplaced_cost)


def relax(given: RuledProblem, surcharges: Surcharges, *, costs: bool = True) -> Relaxed:
    """Put the surcharges on the arcs and on staying unplaced.

    Raises:
        OverflowError: the costs could pass 2**62.
    """
    largest = surcharges.scale * given.largest_cost * costs + sum(surcharges.children)
    base = unplaced_base(largest, given.schools + 1)
    if max(largest, base * int(given.weight.max(initial=0)) + largest) >= 2**62:
        raise OverflowError(f"share rules: a surcharge of {surcharges.children} could pass 2**62")
    return Relaxed(given, surcharges, costs, base)
