"""The siting problem as the search sees it: one cost per block and site, and how open sites are served."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from simulator.model import SitingProblem
from simulator.model.arrays import Booleans, Integers

FINEST = 256
"""Costs are multiplied by up to so much inside, so that what blocks pay, in whole numbers, is fine enough."""

LARGEST = 2**61
"""Every sum the search forms stays below this."""


class Serving(IntEnum):
    """How the children are served once the open sites are known."""

    NEAREST = 0  # everyone at the nearest open site, whatever its seats
    SPLIT = 1  # within the seats, blocks may be split: a transportation problem
    WHOLE = 2  # within the seats, whole blocks: a generalised assignment problem


@dataclass(frozen=True)
class Task:
    """Choose open sites and serve every block, at the least sum of costs.

    Attributes:
        serving: how open sites are served.
        cost: int64 (arcs,), cost of the whole block at that site.
        unplaced_cost: int64 (blocks,), of the whole block without a site.
        fixed: int64 (sites,), of opening a candidate; 0 for what is kept.
        scale: what the three are multiplied by inside the relaxation.
        load, seats, kept, offsets, site: as in ``SitingProblem``.
        most_opened: greatest number of candidates that may open.
        order: int64 (arcs,), arcs in the order of their sites. starts: int64 (sites + 1,), where the arcs
            of a site start in that order.
    """

    serving: Serving
    load: Integers
    seats: Integers
    cost: Integers
    unplaced_cost: Integers
    fixed: Integers
    kept: Booleans
    offsets: Integers
    site: Integers
    most_opened: int
    scale: int
    order: Integers
    starts: Integers

    @classmethod
    def of(
        cls,
        problem: SitingProblem,
        serving: Serving,
        cost: Integers,
        unplaced_cost: Integers,
        fixed: Integers,
    ) -> Task:
        """The task with these costs over the arcs of ``problem``."""
        order = np.argsort(problem.site, kind="stable")
        counts = np.bincount(problem.site, minlength=problem.sites)
        fixed = np.where(problem.kept, 0, fixed)
        greatest = sum(np.maximum(unplaced_cost, _greatest_arc(problem, cost)).tolist()) + sum(fixed.tolist())
        scale = FINEST
        while scale > 1 and greatest * scale >= LARGEST // 4:
            scale //= 2
        return cls(
            serving=serving,
            load=problem.load,
            seats=problem.seats,
            cost=cost,
            unplaced_cost=unplaced_cost,
            fixed=fixed,
            kept=problem.kept,
            offsets=problem.offsets,
            site=problem.site,
            most_opened=problem.room_to_open,
            scale=scale,
            order=order,
            starts=np.concatenate(([0], np.cumsum(counts))),
        )

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.load)

    @property
    def sites(self) -> int:
        """Number of sites."""
        return len(self.seats)

    @property
    def block(self) -> Integers:
        """int64 (arcs,): the block of each arc."""
        return np.repeat(np.arange(self.blocks), np.diff(self.offsets))

    def opening(self, is_open: Booleans) -> int:
        """Fixed cost of the open sites."""
        return sum(self.fixed[is_open].tolist())


def _greatest_arc(problem: SitingProblem, cost: Integers) -> Integers:
    """int64 (blocks,): the dearest arc of each block, 0 without one."""
    greatest = np.zeros(problem.blocks, dtype=np.int64)
    np.maximum.at(greatest, problem.block, cost)
    return greatest
