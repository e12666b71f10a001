"""The bound: blocks pay for being served, sites earn, and what blocks pay is moved until the bound is high.

Lagrangian relaxation of "every block is served once" (Cornuejols, Fisher and Nemhauser 1977; for seats and
whole blocks, Pirkul 1987). For any amounts that blocks pay,

    bound = sum of pays + sum over open sites of (fixed - gain)

with the best choice of open sites is never above the least cost. Amounts, gains and bound are whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.zoning.siting.gains import WHOLE_TAKEN, gains_of
from simulator.zoning.siting.task import Serving, Task

FREE, OPEN, CLOSED = np.int8(0), np.int8(1), np.int8(-1)

LARGEST_PACKING = 3_000_000
"""Arcs x seats beyond which whole blocks are bounded as if they might be split."""


@dataclass
class Work:
    """Counted work: a limit, what is done so far, and how often each kind of step was taken."""

    limit: int
    done: int = 0
    steps: dict[str, int] = field(default_factory=dict)

    def count(self, name: str, arcs: int) -> None:
        """One more step called ``name``, over so many arcs."""
        self.done += arcs
        self.steps[name] = self.steps.get(name, 0) + 1

    @property
    def over(self) -> bool:
        """True once the limit is reached."""
        return self.done >= self.limit


@dataclass(frozen=True)
class Bounded:
    """The relaxation at some amounts, with some sites held open or closed.

    Attributes:
        bound: scaled (``Task.scale``). pays: int64 (blocks,), scaled.
        worth: int64 (sites,), fixed cost - gain, scaled: below zero, a site is worth opening.
        is_open: bool (sites,), the best choice. taken: int64 (blocks,), parts of it that are served.
    """

    bound: int
    pays: Integers
    worth: Integers
    is_open: Booleans
    taken: Integers


class Relaxation:
    """The relaxation of one task; holds what every evaluation needs."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.block = task.block[task.order]
        self.cost = task.cost[task.order] * task.scale
        self.fixed = task.fixed * task.scale
        self.ceiling = task.unplaced_cost * task.scale
        packing = int((np.diff(task.starts) * task.seats).sum())
        whole = task.serving == Serving.WHOLE and packing <= LARGEST_PACKING
        self.serving = int(task.serving if whole else min(task.serving, Serving.SPLIT))
        self.arcs = len(task.site) + (packing // 64 if whole else 0)

    def start(self) -> Integers:
        """int64 (blocks,): amounts to begin with: as dear as the second site, or the only one."""
        task = self.task
        order = np.lexsort((task.cost, task.block))
        pays = np.array(self.ceiling)
        degree = np.diff(task.offsets)
        for enough, place in ((1, 0), (2, 1)):
            some = np.flatnonzero(degree >= enough)
            pays[some] = task.cost[order[task.offsets[some] + place]] * task.scale
        return np.minimum(pays, self.ceiling)

    def evaluate(self, state: Integers, pays: Integers) -> Bounded:
        """The bound at ``pays``; ``state`` int8 (sites,) of FREE, OPEN and CLOSED, kept sites OPEN."""
        task = self.task
        gain = np.zeros(task.sites, dtype=np.int64)
        taken = np.zeros(len(task.site), dtype=np.int64)
        gains_of(
            task.starts,
            self.block,
            self.cost,
            task.load,
            task.seats,
            self.serving,
            state == CLOSED,
            pays,
            gain,
            taken,
        )
        worth = self.fixed - gain
        is_open = np.asarray(state == OPEN)
        left = task.most_opened - int(np.count_nonzero(is_open & ~task.kept))
        free = np.flatnonzero((state == FREE) & (worth < 0))
        is_open[free[np.argsort(worth[free], kind="stable")][: max(left, 0)]] = True
        bound = sum(pays.tolist()) + sum(worth[is_open].tolist())
        served = np.zeros(task.blocks, dtype=np.int64)
        used = np.repeat(is_open, np.diff(task.starts))
        np.add.at(served, self.block[used], taken[used])
        return Bounded(bound, pays, worth, is_open, served)

    def forced(self, state: Integers, at: Bounded, target: int) -> Integers:
        """int8 (sites,): ``state`` with free sites held where the other way the bound reaches ``target``."""
        task = self.task
        left = task.most_opened - int(np.count_nonzero((state == OPEN) & ~task.kept))
        free = state == FREE
        chosen = free & at.is_open
        others = np.sort(at.worth[free & ~at.is_open])
        used = int(np.count_nonzero(chosen))
        full = used >= left
        held = np.array(state)
        # Closing a chosen site lets the best of the others in, if that is worth anything.
        instead = min(int(others[0]), 0) if len(others) and full else 0
        held[chosen & (at.bound - at.worth + instead >= target)] = OPEN
        # Opening another one pushes the least of the chosen out where no more may open.
        if left <= 0:
            held[free] = CLOSED
            return held
        pushed = int(at.worth[chosen].max()) if full and used else 0
        held[free & ~at.is_open & (at.bound + at.worth - pushed >= target)] = CLOSED
        return held


@dataclass(frozen=True)
class Climbed:
    """Where a climb ended: the best bound, and how often each site was open, in shares of the rounds."""

    best: Bounded
    often: Integers


def climb(
    relaxation: Relaxation,
    state: Integers,
    pays: Integers,
    rounds: int,
    target: Callable[[], int],
    look: Callable[[Bounded], None],
    work: Work,
) -> Climbed:
    """Move what blocks pay along deflected subgradients, by whole numbers only, keeping the best bound.

    Blocks served too often pay less, blocks that are not served pay more; the step is as long as the distance
    to the target calls for (Polyak) times a factor that is halved when the bound does not rise.

    Args:
        target: the cost, scaled, that the bound is to reach; the climb ends there.
        look: is shown every evaluation that raised the bound.
    """
    best = relaxation.evaluate(state, pays)
    work.count("bounds", relaxation.arcs)
    look(best)
    at, factor, waiting = best, 1.0, 0
    direction: Integers = np.zeros(len(pays), dtype=np.int64)
    often = np.zeros(len(state), dtype=np.int64)
    patience = max(rounds // 20, 5)
    for turn in range(rounds):
        missing = WHOLE_TAKEN - at.taken
        direction = missing if turn == 0 else (7 * missing + 3 * direction) // 10
        # A block at its ceiling pays no more, one that pays nothing no less.
        stuck = ((at.pays >= relaxation.ceiling) & (direction > 0)) | ((at.pays <= 0) & (direction < 0))
        moving = np.where(stuck, 0, direction)
        length = int((moving * moving).sum())
        distance = target() - at.bound
        if length == 0 or best.bound >= target() or work.over or factor < 1e-4:
            break
        # A step of t in units of a served block; direction is in 1/256 of one.
        step = factor * float(distance) * WHOLE_TAKEN / float(length)
        moved = np.rint(np.clip(step * moving, -(2.0**60), 2.0**60)).astype(np.int64)
        at = relaxation.evaluate(state, np.clip(at.pays + moved, 0, relaxation.ceiling))
        work.count("bounds", relaxation.arcs)
        often += at.is_open
        if at.bound > best.bound:
            best, waiting = at, 0
            look(best)
        else:
            waiting += 1
            if waiting >= patience:
                at, factor, waiting = best, factor / 2, 0
                direction = np.zeros(len(pays), dtype=np.int64)
    return Climbed(best, often)
