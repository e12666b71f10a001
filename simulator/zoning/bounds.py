"""What no drawing can be better than: children beyond the seats, and the way of those that leave as many.

Children beyond the seats weigh so much that a gap in the whole cost tells of them alone. So the two are
bounded apart: no drawing that keeps the rules has fewer of them, and none with as few has less way.
"""

from __future__ import annotations

from dataclasses import replace
from math import isqrt
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simulator.model import ZoneProposal, ZoningProblem
from simulator.model.arrays import Integers
from simulator.transport import unplaced_base
from simulator.zoning.drawing_model import DrawingModel
from simulator.zoning.joining import first_cuts, keeps_together, ways_of
from simulator.zoning.part import only, part_of
from simulator.zoning.split import split_flow, split_optimum

EXCESS_SECONDS = 1.0
"""Limit of deterministic seconds for the bound with whole blocks; they count work, and are no clock."""

MOST_ARCS = 20_000
"""A part with more arcs than this keeps the core's bound: its program would take too long to write down."""

FINE = 6
"""The price of a child beyond the seats is sought to one part in two to this power."""


class Bounds(NamedTuple):
    """No drawing has fewer than ``excess`` children beyond the seats; none with as few weighs less."""

    excess: int
    weighed: int


def bounds_beside(
    problem: ZoningProblem, drawn: ZoneProposal, toll: int = 0, *, seconds: float = EXCESS_SECONDS
) -> Bounds:
    """Bounds on every drawing that keeps the rules ``drawn`` keeps.

    If its zones hang together and hold their schools only arcs count that such a drawing may use; if it is
    within ``most_changed`` only drawings within it.

    Args:
        toll: metres to weigh a unit of change with where there is a limit on changes: any number gives a
            bound, the one of the best drawing a good one. seconds: see ``EXCESS_SECONDS``.
    """
    limited = problem.most_changed >= 0 and drawn.changed <= problem.most_changed
    ways = ways_of(problem)
    together = keeps_together(ways, drawn.assigned)
    narrow = only(problem, ways.usable) if together else problem
    most = problem.most_changed if limited else 0
    excess = int(drawn.excess.sum())
    weighed = max(weighed_bound(narrow, excess, price, most) for price in {0, toll if limited else 0})
    fewest = fewest_beyond(narrow, drawn.excess, together=together, limited=limited, seconds=seconds)
    return Bounds(min(fewest, excess), min(weighed, drawn.weighed))


def weighed_bound(problem: ZoningProblem, excess: int, toll: int, most: int) -> int:
    """A bound on the cost, children beyond the seats left out, of drawings with ``excess`` of them at most.

    At any price of a child beyond the seats the split optimum bounds the cost with that price; less what
    ``excess`` children are worth it bounds the rest. The price sought is the one at which the split optimum
    leaves just as many. The same goes for ``toll``, the price of a unit of change, and ``most`` units.
    """
    best, low, high = 0, 0, problem.excess_metres
    price = high
    while True:
        split = split_optimum(problem, toll, excess_metres=price)
        best = max(best, split.of_every_drawing(most) - price * excess)
        if split.unplaced > excess:
            low = price
        else:
            high = price
        if low >= high - max(1, high >> FINE) or price == low == problem.excess_metres:
            return best
        price = max(isqrt(max(low, 1) * high), low + 1)


def fewest_beyond(
    narrow: ZoningProblem, excess: Integers, *, together: bool, limited: bool, seconds: float
) -> int:
    """Children beyond the seats of every drawing over the arcs of ``narrow``.

    1. The core with blocks split: children that find no seat at all, part by part (what shares no school).
    2. Where there are more in a part: whole blocks, each with a neighbour of its zone unless it lies beside
       the school (if zones hang ``together``), by an integer program within what is left of the work.

    Args:
        excess: int64 (schools,), children beyond the seats of a drawing that is known.
    """
    blocks = narrow.blocks
    of = np.concatenate((np.arange(blocks), blocks + np.arange(narrow.schools)))
    graph = csr_array(
        (np.ones(len(narrow.school), dtype=np.int8), (narrow.block, blocks + narrow.school)),
        shape=(len(of), len(of)),
    )
    label = connected_components(graph, directed=False)[1]
    beyond = split_flow(
        narrow,
        np.zeros(len(narrow.school), dtype=np.int64),
        np.full(blocks, unplaced_base(0, narrow.schools)),
        settle_ties=False,
    ).unplaced
    parts = int(label.max(initial=-1)) + 1
    found = np.zeros(parts, dtype=np.int64)
    np.add.at(found, label[:blocks], beyond)
    had = np.zeros(parts, dtype=np.int64)
    np.add.at(had, label[blocks:], excess)
    left = seconds
    for part in np.flatnonzero(had > found).tolist():
        rows = np.flatnonzero(label[:blocks] == part)
        schools = np.flatnonzero(label[blocks:] == part)
        arcs = np.isin(narrow.block, rows)
        if left <= 0 or int(arcs.sum()) > MOST_ARCS:
            continue
        inside = part_of(narrow, arcs, rows, schools, 0).problem
        inside = inside if limited else replace(inside, most_changed=-1)
        everything = np.ones(len(inside.school), dtype=np.bool_)
        nothing = np.zeros(len(inside.school), dtype=np.int64)
        model = DrawingModel(inside, nothing, everything, limited=limited)
        if together:
            for cut in first_cuts(ways_of(inside), everything):
                model.add_cut(cut)
        solved = model.solve(None, left, lambda _: None)
        left -= max(solved.seconds, 0.001)
        found[part] = max(int(found[part]), -(-solved.bound // inside.excess_metres))
    return int(found.sum())
