"""Weighted Voronoi cells: every block to the least metres + price; ties and detached pieces grown from zones.

Where two schools cost the same with their prices, whole regions may tie: on a tree-like road everything
behind the junction at which they tie. The split optimum says how many children each school should get of
them; where the cut runs is decided by letting the zones grow.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.ground import Drawing, Ground
from simulator.zoning.tied import share_out
from simulator.zoning.walks import attach_all, begin


class Cells(NamedTuple):
    """Cells that hang together where they can.

    Attributes:
        drawing: the drawing, its own schools' blocks fixed.
        tied: blocks whose least cost two schools or more share. shared, grown: blocks that sharing out and
            then growing decided (tied ones, and others that had no way to their cheapest school).
        reattached: blocks that went to another school than the cheapest, for the way. lost: blocks that no
            growing reached, islands left out.
    """

    drawing: Drawing
    tied: int
    shared: int
    grown: int
    reattached: int
    lost: int


def cells(ground: Ground, cost: Integers, wanted: Integers, units: Integers) -> Cells:
    """The cells of ``cost``.

    1. A block with a school goes to it (the cheapest of them that may have it and has seats), for good.
    2. A block with one cheapest candidate goes there; those without a way to it are taken back.
    3. Blocks that tie are shared out (``tied.share_out``), again and again from the zones so far.
    4. Of those that still tie the school that lacks most of ``wanted`` takes the cheapest beside its zone,
       again and again. So a tied branch is cut where its children are shared out, and all is attached.
    5. Zones grow over the rest, the least extra cost first. Every block that has an attached block beside it
       whose school it may go to is reached at last.
    6. Islands, and blocks beyond reach, go to their cheapest candidate.

    Args:
        cost: int64 (arcs of the ground,), of one child, with the price; two arcs of a block may tie.
        wanted: int64 (schools,), children that each school should get.
        units: int64 (arcs of the ground,), units of change.
    """
    fixed, assigned = hold_own_schools(ground, cost)
    some = np.flatnonzero(np.diff(ground.offsets))
    least = np.zeros(len(ground.load), dtype=np.int64)
    least[some] = np.minimum.reduceat(cost, ground.offsets[some]) if len(some) else 0
    block = np.repeat(np.arange(len(ground.load)), np.diff(ground.offsets))
    tight = cost == least[block]
    ways = np.bincount(block[tight], minlength=len(ground.load))
    alone = np.flatnonzero(tight & (ways[block] == 1) & ~fixed[block])
    assigned[block[alone]] = ground.school[alone]
    drawing = begin(ground, assigned, fixed, np.zeros(0, dtype=np.int64))
    let_go(ground, drawing)
    left = int(np.count_nonzero(drawing.assigned == UNPLACED))
    shared = _share_out_ties(ground, drawing, block, tight)
    by_need(ground, drawing, tight, cost, wanted)
    grown = left - shared - int(np.count_nonzero(drawing.assigned == UNPLACED))
    spread(ground, drawing, cost, least)
    rest = np.flatnonzero((drawing.assigned == UNPLACED) & (np.diff(ground.offsets) > 0))
    cheapest = _first_of_each(block, tight)
    put(ground, drawing, rest, ground.school[cheapest[rest]])
    arcs = arcs_of(ground, drawing.assigned)
    attach_all(ground, drawing)
    drawing.changed[0] = units[arcs[arcs >= 0]].sum()
    return Cells(
        drawing=drawing,
        tied=int(np.count_nonzero(ways > 1)),
        shared=shared,
        grown=grown,
        reattached=int(np.count_nonzero(~tight[arcs[arcs >= 0]])),
        lost=int(np.count_nonzero(~drawing.attached & ~ground.island & (drawing.assigned != UNPLACED))),
    )


def hold_own_schools(ground: Ground, cost: Integers) -> tuple[Booleans, Integers]:
    """Blocks that hold a school which they may go to and which has seats, and to which of them they go.

    Returns:
        fixed bool (blocks,); assigned int64 (blocks,), ``UNPLACED`` where not fixed.
    """
    assigned = np.full(len(ground.load), UNPLACED, dtype=np.int64)
    best = np.zeros(len(ground.load), dtype=np.int64)
    for school in np.flatnonzero((ground.home != UNPLACED) & (ground.seats > 0)).tolist():
        block = int(ground.home[school])
        arc = ground.own(block, school)
        if arc >= 0 and (assigned[block] == UNPLACED or cost[arc] < best[block]):
            assigned[block], best[block] = school, cost[arc]
    return assigned != UNPLACED, assigned


def _share_out_ties(ground: Ground, drawing: Drawing, block: Integers, tight: Booleans) -> int:
    """Share tied blocks out until that decides no more; how many it did."""
    before = int(np.count_nonzero(drawing.assigned == UNPLACED))
    left = before
    while left:
        take = share_out(ground, drawing, tight)
        put(ground, drawing, block[take], ground.school[take])
        attach_all(ground, drawing)
        let_go(ground, drawing)
        now = int(np.count_nonzero(drawing.assigned == UNPLACED))
        if now == left:
            break
        left = now
    return before - left


def put(ground: Ground, drawing: Drawing, block: Integers, school: Integers) -> None:
    """Give blocks without a school to schools."""
    drawing.assigned[block] = school
    np.add.at(drawing.load, school, ground.load[block])
    np.add.at(drawing.mixed, school, ground.mixed[block])


def let_go(ground: Ground, drawing: Drawing) -> None:
    """Take back the school of every block that has no way to it."""
    loose = np.flatnonzero(~drawing.attached & (drawing.assigned != UNPLACED))
    np.subtract.at(drawing.load, drawing.assigned[loose], ground.load[loose])
    np.subtract.at(drawing.mixed, drawing.assigned[loose], ground.mixed[loose])
    drawing.assigned[loose] = UNPLACED


def by_need(ground: Ground, drawing: Drawing, may: Booleans, cost: Integers, wanted: Integers) -> None:
    """Zones grow over the arcs that ``may``: the school that lacks most takes its cheapest one."""
    waiting: list[list[tuple[int, int]]] = [[] for _ in range(len(ground.seats))]
    open_blocks = np.flatnonzero(drawing.assigned == UNPLACED)
    if len(open_blocks) == 0:
        return
    need = (wanted - drawing.load).astype(np.int64)
    nothing = np.iinfo(np.int64).min
    rank = np.full(len(need), nothing, dtype=np.int64)

    def offer(block: int, school: int) -> None:
        arc = ground.own(block, school)
        if arc >= 0 and may[arc]:
            heappush(waiting[school], (int(cost[arc]), block))
            rank[school] = need[school]

    for block in open_blocks.tolist():
        for school in _zones_beside(ground, drawing, block):
            offer(block, school)
    while True:
        school = int(rank.argmax())
        if rank[school] == nothing:
            return
        _, block = heappop(waiting[school])
        if drawing.assigned[block] == UNPLACED:
            _join(ground, drawing, block, school)
            need[school] -= ground.load[block]
            for beside in ground.near[ground.near_offsets[block] : ground.near_offsets[block + 1]].tolist():
                if drawing.assigned[beside] == UNPLACED:
                    offer(beside, school)
        rank[school] = need[school] if waiting[school] else nothing


def spread(ground: Ground, drawing: Drawing, cost: Integers, least: Integers) -> None:
    """Zones grow over all that is left, the least extra cost of a child first, then the cheapest arc."""
    waiting: list[tuple[int, int, int, int]] = []

    def offer(block: int, school: int) -> None:
        arc = ground.own(block, school)
        if arc >= 0:
            heappush(waiting, (int(cost[arc] - least[block]), int(cost[arc]), block, school))

    for block in np.flatnonzero(drawing.assigned == UNPLACED).tolist():
        for school in _zones_beside(ground, drawing, block):
            offer(block, school)
    while waiting:
        _, _, block, school = heappop(waiting)
        if drawing.assigned[block] != UNPLACED:
            continue
        _join(ground, drawing, block, school)
        for beside in ground.near[ground.near_offsets[block] : ground.near_offsets[block + 1]].tolist():
            if drawing.assigned[beside] == UNPLACED:
                offer(beside, school)


def arcs_of(ground: Ground, assigned: Integers) -> Integers:
    """int64 (blocks,): the arc of the ground of each block, ``UNPLACED`` where it has none."""
    block = np.repeat(np.arange(len(ground.load)), np.diff(ground.offsets))
    hits = np.flatnonzero(ground.school == assigned[block])
    found = np.full(len(ground.load), UNPLACED, dtype=np.int64)
    found[block[hits]] = hits
    return found


def _zones_beside(ground: Ground, drawing: Drawing, block: int) -> list[int]:
    """Schools whose zone ``block`` could join, each once, in the order of the neighbours."""
    found: dict[int, None] = {}
    near = ground.near[ground.near_offsets[block] : ground.near_offsets[block + 1]].tolist()
    for beside in [block, *near]:
        if drawing.attached[beside] and drawing.assigned[beside] != UNPLACED:
            found[int(drawing.assigned[beside])] = None
        for school in ground.standing[
            ground.standing_offsets[beside] : ground.standing_offsets[beside + 1]
        ].tolist():
            found[school] = None
    return list(found)


def _join(ground: Ground, drawing: Drawing, block: int, school: int) -> None:
    """Give ``block`` to ``school``, beside whose zone it lies."""
    drawing.assigned[block] = school
    drawing.attached[block] = True
    drawing.load[school] += ground.load[block]
    drawing.mixed[school] += ground.mixed[block]


def _first_of_each(block: Integers, may: Booleans) -> Integers:
    """int64 (blocks,): the first arc of each block that ``may``; a block without one is left at 0."""
    found = np.zeros(int(block.max(initial=-1)) + 1, dtype=np.int64)
    arcs = np.flatnonzero(may)[::-1]
    found[block[arcs]] = arcs
    return found
