"""Exchange of sites: one opens, one closes or none, in the order of what the relaxation says it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.zoning.siting.relaxation import Bounded

if TYPE_CHECKING:
    from simulator.zoning.siting.search import Search

NEWCOMERS = 12
"""Closed sites that are tried in a round, the worthiest first."""


def exchange_sites(search: Search, at: Bounded) -> None:
    """Exchange from the best choice on, first gain first, until a whole round saves nothing."""
    task = search.task
    saving = True
    while saving and not search.work.over:
        saving = False
        is_open = search.best.is_open
        opened = np.flatnonzero(is_open & ~task.kept)
        closed = np.flatnonzero(~is_open & ~task.kept)
        closed = closed[np.argsort(at.worth[closed], kind="stable")][:NEWCOMERS]
        opened = opened[np.argsort(-at.worth[opened], kind="stable")]
        may_open = task.most_opened > len(opened)
        pairs = [(site, -1) for site in closed.tolist() if may_open]
        pairs += [(-1, site) for site in opened.tolist()]
        pairs += [(new, old) for new in closed.tolist() for old in opened.tolist()]
        before = search.best.cost
        for new, old in pairs:
            if search.work.over:
                return
            other = is_open.copy()
            other[[site for site in (new,) if site >= 0]] = True
            other[[site for site in (old,) if site >= 0]] = False
            search.try_sites(other)
            if search.best.cost < before:
                saving = True
                break
