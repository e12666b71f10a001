"""A share rule, and a problem with its rules as integers: what every step of the search reads."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

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
        disfavoured: by rule int64, the other arcs of the rule's groups.
        ruled: bool (rules, groups).
        children: int64 (rules,), children of the ruled groups.
        weight: int64 (groups,), 0, 1, 3, 5 ... in the order of the cost of staying unplaced.
    """

    problem: Problem
    rules: tuple[ShareRule, ...]
    counting: Booleans
    disfavoured: tuple[Integers, ...]
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
            disfavoured=tuple(np.flatnonzero(row) for row in of_arc & ~counts),
            ruled=ruled,
            children=ruled.astype(np.int64) @ problem.supply,
            weight=weights[order.reshape(-1)].astype(np.int64),
        )

    @property
    def needed(self) -> tuple[int, ...]:
        """Children each rule asks for."""
        return tuple(rule.at_least for rule in self.rules)

    def reached(self, flow: Integers) -> tuple[int, ...]:
        """Children in seats that count, by rule, from the flow (arcs,)."""
        used = np.flatnonzero(flow)
        return tuple(int(flow[used[counting[used]]].sum()) for counting in self.counting)

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


@dataclass(frozen=True)
class Relaxed:
    """A problem without rules in which each ruled child pays a surcharge wherever it does not count.

    With multipliers s and scale D, for every flow x: D cost(x) + base W(x) + sum_r s_r (n_r - reached_r(x))
    is ``problem``'s cost of x plus ``sum_r s_r (n_r - children_r)``, because a ruled child either counts, or
    pays s_r on a disfavoured arc or without a seat. So the optimum of ``problem`` bounds all that meet the
    rules from below (weak duality).

    Attributes:
        problem: same groups, arcs and tree. base: what one unit of ``weight`` costs.
        shift: ``-sum_r s_r children_r``.
    """

    problem: Problem
    base: int
    shift: int


def relax(given: RuledProblem, surcharges: Surcharges, *, costs: bool = True) -> Relaxed:
    """Put the surcharges on the arcs and on staying unplaced.

    ``base`` is the smallest cost that outweighs whatever one path of moves changes in cost and surcharges
    together (``unplaced_base``), the surcharge of staying unplaced included: children placed come first.

    Args:
        costs: false leaves the cost of the seats out; then nothing but the rules counts.

    Raises:
        OverflowError: the costs could pass 2**62.
    """
    problem, scale = given.problem, surcharges.scale
    largest = scale * int(problem.cost.max(initial=0)) * costs + sum(surcharges.children)
    base = unplaced_base(largest, int(np.count_nonzero(np.bincount(problem.pool))) + 1)
    if max(largest, base * int(given.weight.max(initial=0)) + largest) >= 2**62:
        raise OverflowError(f"share rules: a surcharge of {surcharges.children} could pass 2**62")
    cost = problem.cost * scale if costs else np.zeros_like(problem.cost)
    unplaced_cost = given.weight * base
    for disfavoured, ruled, surcharge in zip(
        given.disfavoured, given.ruled, surcharges.children, strict=True
    ):
        cost[disfavoured] += surcharge
        unplaced_cost[ruled] += surcharge
    shift = -sum(s * int(n) for s, n in zip(surcharges.children, given.children, strict=True))
    return Relaxed(problem.with_costs(cost, unplaced_cost), base, shift)
