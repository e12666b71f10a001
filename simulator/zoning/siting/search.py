"""Branch and bound over the sites: open, closed or free, the node of the lowest bound first."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.zoning.siting.exact_whole import better_than, usable_arcs
from simulator.zoning.siting.exchange import exchange_sites
from simulator.zoning.siting.relaxation import CLOSED, FREE, OPEN, Bounded, Relaxation, Work, climb
from simulator.zoning.siting.serving import Served, cost_of, serve
from simulator.zoning.siting.task import Serving, Task

ROOT_ROUNDS = 600
"""Rounds of the climb at the root; elsewhere, where it begins near the top, ``ROUNDS``."""

ROUNDS = 80


@dataclass(frozen=True)
class Found:
    """The best open sites met, and what is proved.

    Attributes:
        served: the best. before: nothing opened. bound: no choice of sites costs less.
        work: counted work.
    """

    served: Served
    before: Served
    bound: int
    work: Work


@dataclass(order=True)
class Node:
    """A part of the choices: the proved bound of it, scaled, and its number, which settles ties."""

    bound: int
    number: int
    state: Integers = field(compare=False)
    pays: Integers = field(compare=False)


class Search:
    """One search: the task, its relaxation, the best choice so far, the work done."""

    def __init__(self, task: Task, limit: int) -> None:
        self.task = task
        self.relaxation = Relaxation(task)
        self.work = Work(limit)
        self.seen: dict[bytes, Served] = {}
        self.arcs_of_a_serving = len(task.site) * (1 if task.serving == Serving.NEAREST else 20)
        if task.serving == Serving.WHOLE:
            self.arcs_of_a_serving += task.blocks**2 // 4
        self.before = serve(task, task.kept)
        self.best = self.before

    @property
    def target(self) -> int:
        """Scaled bound from which on a node holds nothing better than the best."""
        return (self.best.cost - 1) * self.task.scale + 1

    def try_sites(self, is_open: Booleans) -> Served:
        """Serve from these sites, once, and keep the best."""
        key = is_open.tobytes()
        if key not in self.seen:
            self.work.count("servings", self.arcs_of_a_serving)
            self.seen[key] = serve(self.task, is_open)
            if self.seen[key].cost < self.best.cost:
                self.best = self.seen[key]
        return self.seen[key]

    def look(self, at: Bounded) -> None:
        """Serve from the choice of an evaluation, with enough seats where more sites may open."""
        self.try_sites(self._with_enough_seats(at))

    def run(self) -> Found:
        """Climb at the root, exchange sites, then branch until nothing better is left or the work is done."""
        task = self.task
        state = np.where(task.kept, OPEN, FREE).astype(np.int8)
        root = climb(
            self.relaxation,
            state,
            self.relaxation.start(),
            ROOT_ROUNDS,
            lambda: self.best.cost * task.scale,
            self.look,
            self.work,
        )
        exchange_sites(self, root.best)
        waiting: list[Node] = []
        left: list[int] = []  # bounds of parts that are given up unproved
        number = 0
        self._split(waiting, root.best, root.often, state, number, left)
        while waiting and not self.work.over:
            node = heapq.heappop(waiting)
            if node.bound >= self.target:
                break
            self.work.count("nodes", 0)
            climbed = climb(
                self.relaxation, node.state, node.pays, ROUNDS, lambda: self.target, self.look, self.work
            )
            number += 2
            bound = max(climbed.best.bound, node.bound)
            self._split(waiting, climbed.best, climbed.often, node.state, number, left, bound)
        bounds = [self.best.cost * task.scale, *left, *(node.bound for node in waiting)]
        bound = -(-min(bounds) // task.scale)
        return Found(self.best, self.before, min(bound, self.best.cost), self.work)

    def _split(
        self,
        waiting: list[Node],
        at: Bounded,
        often: Integers,
        state: Integers,
        number: int,
        left: list[int],
        bound: int | None = None,
    ) -> None:
        """Put the two halves of a node into ``waiting``; a node without a free site is settled at once."""
        bound = at.bound if bound is None else bound
        if bound >= self.target:
            return
        state = self.relaxation.forced(state, at, self.target)
        free = np.flatnonzero(state == FREE)
        if len(free) == 0:
            self._settle(state == OPEN, at, bound, left)
            return
        # The site on which the rounds were least of one mind.
        rounds = max(int(often.max(initial=0)), 1)
        site = free[np.argmin(np.abs(2 * often[free] - rounds))]
        for place, way in enumerate((OPEN, CLOSED)):
            half = state.copy()
            half[site] = way
            heapq.heappush(waiting, Node(bound, number + place + 1, half, at.pays))

    def _settle(self, is_open: Booleans, at: Bounded, bound: int, left: list[int]) -> None:
        """A node whose sites are all held: serve from them, and prove it where serving is not exact."""
        served = self.try_sites(is_open)
        if self.task.serving != Serving.WHOLE or bound >= self.target:
            return
        self.work.count("proofs", 0)
        proved = better_than(
            self.task,
            is_open,
            self.best.cost,
            served.assigned,
            usable_arcs(self.task, is_open),
            self.work.limit - self.work.done,
        )
        self.work.done += proved.work
        if proved.assigned is not None:
            cost = cost_of(self.task, is_open, proved.assigned)
            self.best = Served(is_open, cost, proved.assigned, None, proved.bound == cost)
        left.append(max(proved.bound * self.task.scale, bound))

    def _with_enough_seats(self, at: Bounded) -> Booleans:
        """bool (sites,): the choice, with the worthiest others while seats are short and more may open."""
        task = self.task
        is_open = at.is_open.copy()
        left = task.most_opened - int(np.count_nonzero(is_open & ~task.kept))
        others = np.flatnonzero(~is_open)
        others = others[np.argsort(at.worth[others], kind="stable")]
        short = int(task.load.sum()) - int(task.seats[is_open].sum())
        for site in others[:left].tolist():
            if task.serving != Serving.NEAREST and short <= 0:
                break
            if task.serving == Serving.NEAREST and task.fixed[site] > 0:
                break
            is_open[site] = True
            short -= int(task.seats[site])
        return is_open
