"""Where blocks tie between schools: shared out by a second core, with steps from the zones for metres.

On a tree-like road everything behind a junction ties between the schools that tie there; the split optimum
shares its children out and leaves open which block goes where. Steps decide: how many blocks a way from the
zone takes through blocks that tie for its school. Cells of steps + price hang together along such ways, as
cells of metres + price do along roads. Steps tie in turn, so it is done again with the zones grown so far.
"""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport import Problem, solve, unplaced_base
from simulator.transport.compiled import compiled
from simulator.zoning.ground import Drawing, Ground

BEYOND = -1
"""Steps of an arc whose block no way reaches."""


def share_out(ground: Ground, drawing: Drawing, tight: Booleans) -> Integers:
    """Arcs of the ground that blocks without a school should take: each alone at least steps + price.

    Args:
        tight: bool (arcs of the ground,), arcs a block may take.
    """
    blocks = len(ground.load)
    block = np.repeat(np.arange(blocks), np.diff(ground.offsets))
    steps = steps_from_zones(ground, drawing, tight)
    may = np.flatnonzero(steps != BEYOND)
    length = np.bincount(block[may], minlength=blocks)
    offsets = np.concatenate(([0], np.cumsum(length)))
    flow = solve(
        Problem(
            supply=np.where(length > 0, ground.load, 0),
            offsets=offsets,
            pool=ground.school[may],
            cost=steps[may],
            unplaced_cost=np.full(blocks, unplaced_base(int(steps.max(initial=0)), len(ground.seats))),
            seats=np.maximum(ground.seats - drawing.load, 0),
            parent=np.full(len(ground.seats), UNPLACED),
        )
    )
    priced = steps[may] + flow.total_prices[ground.school[may]]
    some = np.flatnonzero(length)
    least = np.zeros(blocks, dtype=np.int64)
    least[some] = np.minimum.reduceat(priced, offsets[some]) if len(some) else 0
    kept = may[priced == least[block[may]]]
    ways = np.bincount(block[kept], minlength=blocks)
    return kept[ways[block[kept]] == 1]


@compiled
def steps_from_zones(ground: Ground, drawing: Drawing, tight: Booleans) -> Integers:
    """int64 (arcs,): blocks on the least way from a school's zone to the arc's block, over ``tight`` arcs.

    Only for blocks without a school, the way leads through such blocks alone; ``BEYOND`` for all others.
    """
    blocks, schools = len(ground.load), len(ground.seats)
    steps = np.full(len(ground.school), BEYOND, dtype=np.int64)
    at = np.full(blocks, -1, dtype=np.int64)
    queue = np.empty(2 * blocks + 1, dtype=np.int64)
    arcs = np.argsort(ground.school, kind="mergesort")
    block_of = np.empty(len(ground.school), dtype=np.int64)
    for block in range(blocks):
        for arc in range(ground.offsets[block], ground.offsets[block + 1]):
            block_of[arc] = block
    zones = np.argsort(drawing.assigned, kind="mergesort")
    end, zone = 0, 0
    while zone < blocks and drawing.assigned[zones[zone]] == UNPLACED:
        zone += 1
    for school in range(schools):
        begin = end
        while end < len(arcs) and ground.school[arcs[end]] == school:
            block = block_of[arcs[end]]
            if tight[arcs[end]] and drawing.assigned[block] == UNPLACED:
                at[block] = arcs[end]
            end += 1
        tail = 0
        while zone < blocks and drawing.assigned[zones[zone]] == school:
            if drawing.attached[zones[zone]]:
                queue[tail] = zones[zone]
                tail += 1
            zone += 1
        home = ground.home[school]
        if home != UNPLACED and drawing.assigned[home] != school:
            queue[tail] = home
            tail += 1
            if at[home] >= 0:
                steps[at[home]] = 0
        head = 0
        while head < tail:
            here = queue[head]
            far = steps[at[here]] if at[here] >= 0 else 0
            head += 1
            for k in range(ground.near_offsets[here], ground.near_offsets[here + 1]):
                other = ground.near[k]
                if at[other] >= 0 and steps[at[other]] == BEYOND:
                    steps[at[other]] = far + 1
                    queue[tail] = other
                    tail += 1
        for k in range(begin, end):
            at[block_of[arcs[k]]] = -1
    return steps
