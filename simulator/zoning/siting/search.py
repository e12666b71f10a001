"""Branch and bound over the sites: open, closed or free, the part of the lowest bound first."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.zoning.siting.exact_whole import better_than, usable_arcs
from simulator.zoning.siting.exchange import exchange_sites
from simulator.zoning.siting.relaxation import CLOSED, FREE, OPEN, Bounded, Climbed, Relaxation, Work, climb
from simulator.zoning.siting.serving import Served, amounts_paid, cost_of, serve, split_cost
from simulator.zoning.siting.task import Serving, Task

ROOT_ROUNDS = 400
"""Rounds of each of the two climbs at the root, before and after sites are exchanged."""

ROUNDS = 40
"""Rounds of the climb elsewhere, which begins where the one above ended."""

ARCS_OF_A_SERVING = {Serving.NEAREST: 1, Serving.SPLIT: 20, Serving.WHOLE: 400}
"""How many times over all arcs a serving counts: about how long it takes beside a bound."""


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
class Part:
    """A part of all choices: its proved bound, scaled, and its number, which settles ties.

    Attributes:
        state: int8 (sites,), which sites are held. pays: int64 (blocks,), amounts to begin with.
    """

    bound: int
    number: int
    state: Integers = field(compare=False)
    pays: Integers = field(compare=False)


class Search:
    """One search: the task, its relaxation, the best choice so far, the parts that wait, the work done."""

    def __init__(self, task: Task, limit: int) -> None:
        self.task = task
        self.relaxation = Relaxation(task)
        self.work = Work(limit)
        self.arcs_of_a_serving = len(task.site) * ARCS_OF_A_SERVING[task.serving]
        self.before = serve(task, task.kept)
        self.best = self.before
        self.seen: set[bytes] = set()
        self.waiting: list[Part] = []
        self.given_up: list[int] = []  # bounds of parts that were settled without a proof
        self.parts = 0

    @property
    def target(self) -> int:
        """Scaled bound from which on a part holds nothing better than the best."""
        return (self.best.cost - 1) * self.task.scale + 1

    def try_sites(self, is_open: Booleans) -> None:
        """Serve from these sites, unless they were met before, and keep the best."""
        key = np.packbits(is_open).tobytes()
        if key not in self.seen:
            self.seen.add(key)
            if self.task.serving == Serving.WHOLE:
                self.work.count("flows", len(self.task.site) * ARCS_OF_A_SERVING[Serving.SPLIT])
                if split_cost(self.task, is_open) >= self.best.cost:
                    return
            self.work.count("servings", self.arcs_of_a_serving)
            served = serve(self.task, is_open)
            if served.cost < self.best.cost:
                self.best = served

    def run(self) -> Found:
        """Climb at the root, exchange sites, climb on; branch until nothing is left or the work is done."""
        task = self.task
        state = np.where(task.kept, OPEN, FREE).astype(np.int8)
        starts = (self.relaxation.start(), amounts_paid(task, np.ones_like(task.kept)))
        first = self._climb(state, self._best_start(state, *starts), ROOT_ROUNDS)
        exchange_sites(self, state)
        paid = amounts_paid(task, self.best.is_open)
        root = self._climb(state, self._best_start(state, first.best.pays, paid), ROOT_ROUNDS)
        self._split(root, state, root.best.bound)
        while self.waiting and not self.work.over:
            part = heapq.heappop(self.waiting)
            if part.bound >= self.target:
                break
            self.work.count("parts", 0)
            climbed = self._climb(part.state, part.pays, ROUNDS)
            self._split(climbed, part.state, max(climbed.best.bound, part.bound))
        self._close_idle()
        bounds = [self.best.cost * task.scale, *self.given_up, *(part.bound for part in self.waiting)]
        return Found(self.best, self.before, -(-min(bounds) // task.scale), self.work)

    def _best_start(self, state: Integers, *pays: Integers) -> Integers:
        """int64 (blocks,): of several amounts those of the highest bound, the first of equals."""
        bounds = [self.relaxation.evaluate(state, some).bound for some in pays]
        self.work.count("bounds", len(pays) * self.relaxation.arcs)
        return pays[bounds.index(max(bounds))]

    def _close_idle(self) -> None:
        """Close every candidate without which the best costs no more, in the order of their rows."""
        task = self.task
        for site in np.flatnonzero(self.best.is_open & ~task.kept).tolist():
            others = self.best.is_open.copy()
            others[site] = False
            if task.serving == Serving.WHOLE:
                # Serving it anew might miss what is proved: the site is idle if no block goes there.
                assigned = self.best.assigned
                if not np.any(assigned == site):
                    self.best = Served(others, cost_of(task, others, assigned), assigned, None)
                continue
            served = serve(task, others)
            if served.cost <= self.best.cost:
                self.best = served

    def _climb(self, state: Integers, pays: Integers, rounds: int) -> Climbed:
        """Climb with these sites held, trying the choices on the way."""
        return climb(
            self.relaxation,
            state,
            pays,
            rounds,
            lambda: self.target,
            lambda at: self.try_sites(self._with_enough_seats(at)),
            self.work,
        )

    def _split(self, climbed: Climbed, state: Integers, bound: int) -> None:
        """Let the two halves of a part wait, or settle it where no site is free."""
        if bound >= self.target:
            return
        state = self.relaxation.forced(state, climbed.best, self.target)
        free = np.flatnonzero(state == FREE)
        if len(free) == 0:
            self._settle(state == OPEN, bound)
            return
        # The site on which the rounds were least of one mind.
        rounds = max(int(climbed.often.max(initial=0)), 1)
        site = free[np.argmin(np.abs(2 * climbed.often[free] - rounds))]
        for way in (OPEN, CLOSED):
            half = state.copy()
            half[site] = way
            self.parts += 1
            heapq.heappush(self.waiting, Part(bound, self.parts, half, climbed.best.pays))

    def _settle(self, is_open: Booleans, bound: int) -> None:
        """A part whose sites are all held: serve from them, and prove it where serving is not exact."""
        task, work = self.task, self.work
        self.try_sites(is_open)
        if task.serving != Serving.WHOLE or bound >= self.target:
            return
        work.count("proofs", 0)
        hint = serve(task, is_open).assigned
        arcs = usable_arcs(task, is_open)
        proved = better_than(task, is_open, self.best.cost, hint, arcs, work.limit - work.done)
        work.done += proved.work
        if proved.assigned is not None:
            cost = cost_of(task, is_open, proved.assigned)
            self.best = Served(is_open, cost, proved.assigned, None)
        self.given_up.append(max(proved.bound * task.scale, bound))

    def _with_enough_seats(self, at: Bounded) -> Booleans:
        """bool (sites,): the choice, with the worthiest others while seats are short and more may open.

        Where seats do not matter, others open as long as that costs nothing.
        """
        task = self.task
        is_open = at.is_open.copy()
        left = task.most_opened - int(np.count_nonzero(is_open & ~task.kept))
        others = np.flatnonzero(~is_open)
        others = others[np.argsort(at.worth[others], kind="stable")]
        short = int(task.load.sum()) - int(task.seats[is_open].sum())
        for site in others[:left].tolist():
            enough = task.fixed[site] > 0 if task.serving == Serving.NEAREST else short <= 0
            if enough:
                break
            is_open[site] = True
            short -= int(task.seats[site])
        return is_open
