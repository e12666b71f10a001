"""Exchange of sites: one opens, one closes or none, in the order of what prices say they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.model.arrays import Integers
from simulator.zoning.siting.serving import amounts_paid

if TYPE_CHECKING:
    from simulator.zoning.siting.search import Search

NEWCOMERS = 12
"""Closed sites that are tried in a round, the worthiest first."""


def exchange_sites(search: Search, state: Integers) -> None:
    """Exchange from the best choice on, first gain first, until a whole round saves nothing.

    What blocks pay where the best sites are open, seat prices included, says what a closed site would earn
    and what an open one does; ``state`` int8 (sites,) holds kept sites open.
    """
    task = search.task
    saving = True
    while saving and not search.work.over:
        saving = False
        is_open = search.best.is_open
        worth = search.relaxation.evaluate(state, amounts_paid(task, is_open)).worth
        opened = np.flatnonzero(is_open & ~task.kept)
        closed = np.flatnonzero(~is_open & ~task.kept)
        closed = closed[np.argsort(worth[closed], kind="stable")][:NEWCOMERS]
        opened = opened[np.argsort(-worth[opened], kind="stable")]
        may_open = task.most_opened > len(opened)
        pairs = [(new, -1) for new in closed.tolist() if may_open]
        pairs += [(-1, old) for old in opened.tolist()]
        pairs += [(new, old) for new in closed.tolist() for old in opened.tolist()]
        before = search.best.cost
        for new, old in pairs:
            if search.work.over:
                return
            other = is_open.copy()
            if new >= 0:
                other[new] = True
            if old >= 0:
                other[old] = False
            search.try_sites(other)
            if search.best.cost < before:
                saving = True
                break
