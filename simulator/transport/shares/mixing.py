"""From two flows the best one between them: circles chosen by subset sum so that the rules are just met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.shares.circles import Circle, circles
from simulator.transport.shares.rule import RuledProblem, Surcharges

MOST_SUMS = 100_000
"""Sums looked at on one way between two flows. Where there would be more, only so many are kept at a time as
this allows, those nearest to the bound, and the answer may be less good."""


FINE = 2**20
"""Slopes are compared to this fraction of a unit of cost."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A flow with as few children unplaced as can be, and what the rules see of it.

    Attributes:
        flow: int64 (arcs,). cost: of the seats. reached: by rule.
    """

    flow: Integers
    cost: int
    reached: tuple[int, ...]

    @classmethod
    def of(cls, given: RuledProblem, flow: Integers, *, costs: bool = True) -> Candidate:
        """See it; without ``costs`` all seats cost nothing."""
        used = np.flatnonzero(flow)
        children = flow[used]
        cost = int((children * given.problem.cost[used]).sum()) if costs else 0
        return cls(flow, cost, tuple(int(children[counting[used]].sum()) for counting in given.counting))


@dataclass(frozen=True)
class Target:
    """What is looked for: the rules met, then least cost.

    Attributes:
        needed: children by rule. surcharges: the multipliers; they order flows that are short and bound how
            far from the best a sum may stray.
    """

    needed: tuple[int, ...]
    surcharges: Surcharges

    def short(self, reached: Sequence[int]) -> int:
        """Children missing, over all rules."""
        return sum(max(0, need - got) for need, got in zip(self.needed, reached, strict=True))

    def relaxed_cost(self, cost: int, reached: Sequence[int]) -> int:
        """``scale`` x cost + surcharges x (needed - reached); never below the bound."""
        missing = zip(self.surcharges.children, self.needed, reached, strict=True)
        return self.surcharges.scale * cost + sum(s * (need - got) for s, need, got in missing)

    def rank(self, candidate: Candidate) -> tuple[int, int]:
        """Smaller is better."""
        return self.short(candidate.reached), candidate.cost


def best_between(
    given: RuledProblem, target: Target, here: Candidate, there: Candidate, budget: int | None
) -> Candidate:
    """The best flow made of ``here`` and some of the circles on the way to ``there``.

    1. Both flows leave the least weight of children unplaced, so no circle changes it. Circles of equal
       change in cost and reached children are one kind.
    2. Sums: for every vector of reached children the least relaxed cost, kind by kind, taken 1, 2, 4 ...
       times (binary splitting). Where ``here`` and ``there`` are both optimal at the multipliers, every
       circle changes the relaxed cost by nothing and this is a subset sum.
    3. What strays further than ``budget`` above the relaxed cost of ``here`` is dropped: it cannot beat the
       best answer known.
    4. Of all sums: fewest children short, then least cost.

    Args:
        budget: relaxed cost, in units of ``scale``, that a better answer stays below; ``None`` for no limit.
    """
    kinds: dict[tuple[int, tuple[int, ...]], list[Circle]] = {}
    for circle in circles(given.problem, here.flow, there.flow):
        kinds.setdefault(_change(given, circle), []).append(circle)
    items = _items(target, kinds)
    sums: list[dict[tuple[int, ...], int]] = [{here.reached: 0}]
    limit = None if budget is None else budget - target.relaxed_cost(here.cost, here.reached)
    for item in items:
        grown = dict(sums[-1])
        for reached, strayed in sums[-1].items():
            after = tuple(a + b for a, b in zip(reached, item.reached, strict=True))
            total = strayed + item.relaxed
            if (limit is None or total <= limit) and total < grown.get(after, total + 1):
                grown[after] = total
        sums.append(_kept(target, grown, max(50, MOST_SUMS // len(items))))
    start = target.relaxed_cost(here.cost, here.reached)

    def cost_of(reached: tuple[int, ...], strayed: int) -> int:
        return start + strayed - target.relaxed_cost(0, reached)

    best = min(
        sums[-1], key=lambda reached: (target.short(reached), cost_of(reached, sums[-1][reached]), reached)
    )
    walked = _walked(sums, items, best, here.reached)
    return _walk(given, here, kinds, walked) if walked else here


def cost_of_the_last(given: RuledProblem, here: Candidate, there: Candidate, needed: int) -> Fraction:
    """Of the circles from ``here`` to ``there``, cheapest per child first: cost of the child that is needed.

    One rule; ``here`` is short of ``needed`` and ``there`` is not.
    """
    found = circles(given.problem, here.flow, there.flow)
    changes = [(*_change(given, circle), circle.times) for circle in found]
    reached = here.reached[0] + sum(got * times for _, (got,), times in changes if got < 0)
    rising = [(cost * FINE // got, cost, got, times) for cost, (got,), times in changes if got > 0]
    for _, cost, got, times in sorted(rising):
        reached += got * times
        if reached >= needed:
            return Fraction(cost, got)
    raise ValueError("cost_of_the_last: there is short of what is needed")


@dataclass(frozen=True)
class _Item:
    """So many circles of one kind, taken together or not at all."""

    kind: tuple[int, tuple[int, ...]]
    times: int
    reached: tuple[int, ...]
    relaxed: int


def _change(given: RuledProblem, circle: Circle) -> tuple[int, tuple[int, ...]]:
    """Change in cost and in reached children of walking ``circle`` once."""
    gained, left = np.array(circle.gained, dtype=np.int64), np.array(circle.left, dtype=np.int64)
    cost = int(given.problem.cost[gained].sum() - given.problem.cost[left].sum())
    reached = given.counting[:, gained].sum(axis=1) - given.counting[:, left].sum(axis=1)
    return cost, tuple(reached.tolist())


def _items(target: Target, kinds: dict[tuple[int, tuple[int, ...]], list[Circle]]) -> list[_Item]:
    """Kinds by binary splitting, those that lower the relaxed cost first: sums then only rise."""
    items = []
    for kind, members in kinds.items():
        cost, reached = kind
        surcharge = zip(target.surcharges.children, reached, strict=True)
        relaxed = target.surcharges.scale * cost - sum(s * r for s, r in surcharge)
        if relaxed == 0 and not any(reached):
            continue
        left, times = sum(circle.times for circle in members), 1
        while left:
            times = min(times, left)
            items.append(_Item(kind, times, tuple(times * r for r in reached), times * relaxed))
            left, times = left - times, 2 * times
    return sorted(items, key=lambda item: (item.relaxed, item.kind, item.times))


def _kept(target: Target, sums: dict[tuple[int, ...], int], most: int) -> dict[tuple[int, ...], int]:
    """The ``most`` sums nearest to the bound; a few more stay until it is worth sorting them."""
    if len(sums) <= 2 * most:
        return sums
    best = sorted(sums, key=lambda reached: (sums[reached], target.short(reached), reached))
    return {reached: sums[reached] for reached in best[:most]}


def _walked(
    sums: list[dict[tuple[int, ...], int]],
    items: list[_Item],
    best: tuple[int, ...],
    start: tuple[int, ...],
) -> dict[tuple[int, tuple[int, ...]], int]:
    """How often each kind is walked to reach ``best``, traced back through the sums."""
    times: dict[tuple[int, tuple[int, ...]], int] = {}
    at = best
    for place in range(len(items), 0, -1):
        value = sums[place][at]
        if sums[place - 1].get(at) == value:
            continue
        item = items[place - 1]
        times[item.kind] = times.get(item.kind, 0) + item.times
        at = tuple(a - b for a, b in zip(at, item.reached, strict=True))
    assert at == start
    return times


def _walk(
    given: RuledProblem,
    here: Candidate,
    kinds: dict[tuple[int, tuple[int, ...]], list[Circle]],
    walked: dict[tuple[int, tuple[int, ...]], int],
) -> Candidate:
    """The flow after walking so many circles of each kind from ``here``."""
    flow = here.flow.copy()
    cost, reached = here.cost, here.reached
    for kind, wanted in walked.items():
        cost += wanted * kind[0]
        reached = tuple(got + wanted * more for got, more in zip(reached, kind[1], strict=True))
        left = wanted
        for circle in kinds[kind]:
            times = min(left, circle.times)
            left -= times
            flow[list(circle.gained)] += times
            flow[list(circle.left)] -= times
    return Candidate(flow, cost, reached)
