"""Candidates on demand: exact over all schools, though only the cheapest few of each group are solved.

For candidates that are worked out when asked for, and would not fit in memory all at once. Where they stand
in lists already, ``solve`` over all of them is several times quicker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport import DEFAULT_ENGINE, solve
from simulator.transport.flow import Certificate, Flow
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem

AT_ONCE = 32
"""Candidates of a group that the proof looks at in one go."""


class Candidates(Protocol):
    """All candidates of every group, cheapest first, handed out by rank."""

    def __call__(self, group: Integers, rank: Integers) -> tuple[Integers, Integers]:
        """The candidate of each group that has so many cheaper ones before it.

        Costs never fall with the rank, and a group names a pool once at most.

        Args:
            group, rank: int64 (asked,).

        Returns:
            pool: int (asked,), ``UNPLACED`` where the group has no more. cost: int (asked,), >= 0.
        """


class ListedCandidates:
    """Candidates that are all known: ragged lists in any order.

    Args:
        offsets: int64 (groups + 1,). pool, cost: int (arcs,).
    """

    def __init__(self, offsets: Integers, pool: Integers, cost: Integers) -> None:
        self._offsets = np.asarray(offsets, dtype=np.int64)
        group = np.repeat(np.arange(len(offsets) - 1), np.diff(self._offsets))
        by_cost = np.lexsort((pool, cost, group))
        self._pool, self._cost = np.asarray(pool)[by_cost], np.asarray(cost)[by_cost]

    def __call__(self, group: Integers, rank: Integers) -> tuple[Integers, Integers]:
        """As ``Candidates`` says; equal costs in the order of the pools."""
        pool = np.full(len(group), UNPLACED, dtype=np.int64)
        cost = np.zeros(len(group), dtype=np.int64)
        arc = self._offsets[group] + rank
        some = np.flatnonzero(arc < self._offsets[group + 1])
        pool[some], cost[some] = self._pool[arc[some]], self._cost[arc[some]]
        return pool, cost


@dataclass(frozen=True)
class LazyFlow:
    """A least-cost flow over all candidates of a provider, of which only some entered the problem.

    Attributes:
        flow: optimal over the candidates that entered. candidates: all of them.
        rounds: problems solved. seen: candidates looked at.
    """

    flow: Flow
    candidates: Candidates
    rounds: int
    seen: int

    def over(self, problem: Problem) -> Integers:
        """int64 (arcs,): the flow over the arcs of ``problem``, which lists all candidates.

        Raises:
            ValueError: an arc that is used is not among them.
        """
        flow = np.zeros(len(problem.pool), dtype=np.int64)
        by_pool = np.lexsort((problem.pool, problem.group))
        entered, used = self.flow.problem, np.flatnonzero(self.flow.flow > 0)
        group, pool, cost = entered.group[used], entered.pool[used], entered.cost[used]
        place = _places(problem, by_pool, group, pool, cost)
        if len(place) != len(used):
            raise ValueError("LazyFlow.over: a candidate that is used is no arc of the problem")
        flow[by_pool[place]] = self.flow.flow[used]
        return flow

    def certify(self) -> Certificate:
        """Prove that the flow is optimal over *all* candidates, trusting nothing but their order.

        1. The flow is optimal over those that entered, at its prices (``Flow.certify``).
        2. Every group with children is asked for its candidates again, cheapest first. None has cost + price
           below what the group pays, so the prices are optimal for all candidates, and the flow with them.
        3. A group need not be asked further once a candidate's cost + the least price of any pool is above
           what it pays: no later one is cheaper, and no pool has a lower price.
        4. Every candidate that is used was met on the way, at the cost it was solved with.

        Returns:
            The certificate of the flow, with all candidates compared, those told as ``candidates``.

        Raises:
            CertificateError: naming what fails.
        """
        proof, flow = self.flow.certify(), self.flow
        problem, paid = flow.problem, flow.paid_per_child()
        used = np.flatnonzero(flow.flow > 0)
        used = used[np.lexsort((problem.pool[used], problem.group[used]))]
        met = np.zeros(len(used), dtype=np.bool_)
        least_price = _least_price(flow)
        waiting, rank, compared = np.flatnonzero(problem.supply > 0), 0, 0
        before = np.zeros(problem.groups, dtype=np.int64)
        while len(waiting):
            pool, cost = _next(self.candidates, waiting, np.full(len(waiting), rank), AT_ONCE)
            there = pool != UNPLACED
            cost = np.where(there, cost, np.iinfo(np.int64).max)
            if np.any(np.diff(np.column_stack((before[waiting], cost)), axis=1) < 0):
                raise CertificateError("candidates are not in the order of their cost")
            group = np.broadcast_to(waiting[:, None], pool.shape)[there]
            if np.any(cost[there] < paid[group] - flow.total_prices[pool[there]]):
                raise CertificateError("a candidate that did not enter has lower cost + price")
            compared += len(group)
            met[_places(problem, used, group, pool[there], cost[there])] = True
            before[waiting] = cost[:, -1]
            waiting = waiting[there[:, -1] & (cost[:, -1] <= paid[waiting] - least_price)]
            rank += AT_ONCE
        if not met.all():
            raise CertificateError("a child sits where it is no candidate, or at another cost")
        told = f"lazy: {self.rounds} rounds, {len(problem.pool)} of {compared} compared"
        return replace(proof, arcs_checked=compared, candidates=told)


def solve_lazily(
    supply: Integers,
    unplaced_cost: Integers,
    seats: Integers,
    parent: Integers,
    candidates: Candidates,
    *,
    first: int = 16,
    batch: int = 16,
    engine: str = DEFAULT_ENGINE,
) -> LazyFlow:
    """The least-cost flow over all candidates, solved over as few of them as it takes.

    1. The ``first`` cheapest candidates of each group enter.
    2. Solve. A group pays the least of cost + price over its candidates that entered, or to stay unplaced.
    3. A candidate enters once its cost + price is not above what its group pays. Those looked at before and
       not taken are compared first; where none of a group's enters, further ones are looked at, ``batch`` at
       a time, until the last one's cost + the least price of any pool is above what the group pays: all
       later ones cost as much, and no price is below the least.
    4. When none enters, the prices are optimal for all candidates, hence the flow is; else solve again from
       the prices at hand.

    Prices that are minimal over the candidates that entered are minimal over all: further candidates only
    rule prices out, and rule out none of these. As equal cost + price is enough to enter, every candidate
    that any least-cost flow over all of them uses is in the last problem.

    Groups without children look at nothing. Every round adds a candidate or is the last.

    Args:
        supply, unplaced_cost: int64 (groups,), seats, parent: (nodes,), as in ``Problem``.
        first, batch: at least 1. engine: as ``solve``.

    Raises:
        ValueError: ``first`` or ``batch`` below 1, or ``Problem``. OverflowError: ``Problem``.
        CertificateError: the engine's flow is not optimal.
    """
    if first < 1 or batch < 1:
        raise ValueError("solve_lazily: first and batch must be at least 1")
    seen = _Seen(candidates, np.asarray(supply, dtype=np.int64))
    seen.look(np.flatnonzero(seen.supply > 0), first)
    seen.entered[:] = True
    flow, rounds = None, 0
    while True:
        rounds += 1
        start = None if flow is None else flow.prices
        flow = solve(seen.problem(unplaced_cost, seats, parent), engine, warm_start=start)
        wanted = _wanted(seen, flow, batch)
        if not len(wanted):
            return LazyFlow(flow, candidates, rounds, len(seen.group))
        seen.entered[wanted] = True


class _Seen:
    """The candidates looked at so far.

    Attributes:
        group, pool, cost: int64 (seen,). entered: bool (seen,).
        count: int64 (groups,), candidates looked at. last: int64 (groups,), the greatest cost among them.
        ended: bool (groups,), the group has no more.
    """

    def __init__(self, candidates: Candidates, supply: Integers) -> None:
        self.candidates, self.supply = candidates, supply
        none = np.zeros(0, dtype=np.int64)
        self.group, self.pool, self.cost, self.entered = none, none, none, np.zeros(0, dtype=np.bool_)
        self.count, self.last = np.zeros(len(supply), dtype=np.int64), np.zeros(len(supply), dtype=np.int64)
        self.ended = supply == 0

    def look(self, groups: Integers, count: int) -> Integers:
        """Look at the next ``count`` candidates of each group; returns their rows."""
        pool, cost = _next(self.candidates, groups, self.count[groups], count)
        there = pool != UNPLACED
        rows = np.arange(len(self.group), len(self.group) + int(there.sum()))
        self.group = np.concatenate((self.group, np.broadcast_to(groups[:, None], pool.shape)[there]))
        self.pool = np.concatenate((self.pool, pool[there]))
        self.cost = np.concatenate((self.cost, cost[there]))
        self.entered = np.concatenate((self.entered, np.zeros(len(rows), dtype=np.bool_)))
        self.count[groups] += there.sum(axis=1)
        self.last[groups] = np.maximum(self.last[groups], np.where(there, cost, 0).max(axis=1, initial=0))
        self.ended[groups] = ~there[:, -1]
        return rows

    def problem(self, unplaced_cost: Integers, seats: Integers, parent: Integers) -> Problem:
        """The problem over those that entered, each group's in the order of the pools."""
        rows = np.flatnonzero(self.entered)
        rows = rows[np.lexsort((self.pool[rows], self.group[rows]))]
        degree = np.bincount(self.group[rows], minlength=len(self.supply))
        return Problem(
            self.supply,
            np.concatenate(([0], np.cumsum(degree))),
            self.pool[rows],
            self.cost[rows],
            unplaced_cost,
            seats,
            parent,
        )


def _wanted(seen: _Seen, flow: Flow, batch: int) -> Integers:
    """Rows of the candidates that must enter; looks further for groups that have none among those seen."""
    paid, least_price = flow.paid_per_child(), _least_price(flow)
    rows = _not_above(seen, flow, paid, np.flatnonzero(~seen.entered))
    found = [rows]
    searching = ~seen.ended
    searching[seen.group[rows]] = False
    while True:
        groups = np.flatnonzero(searching & (seen.last <= paid - least_price))
        if not len(groups):
            return np.concatenate(found)
        rows = _not_above(seen, flow, paid, seen.look(groups, batch))
        found.append(rows)
        searching &= ~seen.ended
        searching[seen.group[rows]] = False


def _not_above(seen: _Seen, flow: Flow, paid: Integers, rows: Integers) -> Integers:
    """Those of ``rows`` whose cost + price is not above what their group pays."""
    price = flow.total_prices[seen.pool[rows]]
    return rows[seen.cost[rows] <= paid[seen.group[rows]] - price]


def _least_price(flow: Flow) -> int:
    """The least total price of any leaf of the seat tree."""
    leaf = np.ones(flow.problem.nodes, dtype=np.bool_)
    leaf[flow.problem.parent[flow.problem.parent != UNPLACED]] = False
    return int(flow.total_prices[leaf].min(initial=np.iinfo(np.int64).max)) if leaf.any() else 0


def _next(candidates: Candidates, groups: Integers, rank: Integers, count: int) -> tuple[Integers, Integers]:
    """Pool and cost of ``count`` candidates of each group from its rank on, int64 (groups, count) each."""
    ranks = rank[:, None] + np.arange(count)
    pool, cost = candidates(np.repeat(groups, count), ranks.ravel())
    shape = (len(groups), count)
    return np.asarray(pool, np.int64).reshape(shape), np.asarray(cost, np.int64).reshape(shape)


def _places(problem: Problem, arcs: Integers, group: Integers, pool: Integers, cost: Integers) -> Integers:
    """Places in ``arcs`` (by group, then pool) of those candidates that stand there at the same cost."""
    key = problem.group[arcs].astype(np.int64) * problem.nodes + problem.pool[arcs]
    asked = group.astype(np.int64) * problem.nodes + pool
    place = np.searchsorted(key, asked)
    inside = np.flatnonzero(place < len(key))
    place, asked, cost = place[inside], asked[inside], cost[inside]
    return place[(key[place] == asked) & (problem.cost[arcs][place] == cost)]
