"""What it costs to serve every block from given open sites: exact, but for whole blocks within seats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport import Flow, Problem, solve
from simulator.zoning.siting.rounding import rounded
from simulator.zoning.siting.task import Serving, Task
from simulator.zoning.siting.whole import MOST_PASSES, MOST_PUSHING, improve, places


@dataclass(frozen=True)
class Served:
    """Every block served, or left without a site.

    Attributes:
        is_open: bool (sites,). cost: of serving and opening.
        assigned: int64 (blocks,), site of the whole block or of its largest part, else ``UNPLACED``.
        flow: the core's flow with ties settled, where blocks may be split and it was asked for.

    No other way of serving from these sites costs less, but for whole blocks within seats.
    """

    is_open: Booleans
    cost: int
    assigned: Integers
    flow: Flow | None


def serve(task: Task, is_open: Booleans, *, settle_ties: bool = False) -> Served:
    """Serve every block from the open sites ``is_open`` bool (sites,)."""
    if task.serving == Serving.NEAREST:
        assigned = nearest_open(task, is_open)
        return Served(is_open, cost_of(task, is_open, assigned), assigned, None)
    if task.serving == Serving.SPLIT:
        flow = solve(transportation(task, is_open), settle_ties=None if settle_ties else False)
        cost = flow.objective + task.opening(is_open)
        assigned = largest_part(task, arcs_open(task, is_open), flow)
        # A search meets many choices and keeps none of their flows.
        return Served(is_open, cost, assigned, flow if settle_ties else None)
    assigned = whole_blocks(task, is_open)
    return Served(is_open, cost_of(task, is_open, assigned), assigned, None)


def arcs_open(task: Task, is_open: Booleans) -> Integers:
    """int64: the arcs to open sites."""
    return np.flatnonzero(is_open[task.site])


def cost_of(task: Task, is_open: Booleans, assigned: Integers) -> int:
    """Cost of ``assigned`` int (blocks,) with these open sites."""
    hits = np.flatnonzero(task.site == np.repeat(assigned, np.diff(task.offsets)))
    without = assigned == UNPLACED
    return sum(task.cost[hits].tolist()) + sum(task.unplaced_cost[without].tolist()) + task.opening(is_open)


def nearest_open(task: Task, is_open: Booleans) -> Integers:
    """int64 (blocks,): the cheapest open site, the first of equals; ``UNPLACED`` without one or if dearer."""
    arcs = arcs_open(task, is_open)
    block = task.block[arcs]
    order = arcs[np.lexsort((task.site[arcs], task.cost[arcs], block))]
    owner = task.block[order]
    first = np.flatnonzero(np.diff(owner, prepend=-1) != 0)
    found = np.full(task.blocks, UNPLACED, dtype=np.int64)
    cheap = task.cost[order[first]] <= task.unplaced_cost[owner[first]]
    found[owner[first[cheap]]] = task.site[order[first[cheap]]]
    return found


def transportation(task: Task, is_open: Booleans) -> Problem:
    """The core's problem over the open sites, at the cost of one child.

    Where blocks may be split their cost is a multiple of their load. Where they are whole it need not be: it
    is then rounded, in units of a share of a child, and the flow but a hint.
    """
    arcs = arcs_open(task, is_open)
    kept = np.zeros(len(task.site), dtype=np.int64)
    kept[arcs] = 1
    per_block = np.add.reduceat(np.append(kept, 0), task.offsets[:-1]) if task.blocks else kept[:0]
    per_block[np.diff(task.offsets) == 0] = 0
    load = np.maximum(task.load, 1)
    finer = 1 if task.serving == Serving.SPLIT else task.scale
    return Problem(
        supply=task.load,
        offsets=np.concatenate(([0], np.cumsum(per_block))),
        pool=task.site[arcs],
        cost=task.cost[arcs] * finer // load[task.block[arcs]],
        unplaced_cost=task.unplaced_cost * finer // load,
        seats=np.where(is_open, task.seats, 0),
        parent=np.full(task.sites, UNPLACED),
    )


def largest_part(task: Task, arcs: Integers, flow: Flow) -> Integers:
    """int64 (blocks,): the site that most children of a block go to, the first of equals.

    A block without children goes to the nearest open site.
    """
    found = np.full(task.blocks, UNPLACED, dtype=np.int64)
    is_open = np.zeros(task.sites, dtype=np.bool_)
    is_open[task.site[arcs]] = True
    empty = task.load == 0
    found[empty] = nearest_open(task, is_open)[empty]
    used = np.flatnonzero(flow.flow)
    block = task.block[arcs[used]]
    order = used[np.lexsort((task.site[arcs[used]], -flow.flow[used], block))]
    owner = task.block[arcs[order]]
    first = np.flatnonzero(np.diff(owner, prepend=-1) != 0)
    found[owner[first]] = task.site[arcs[order[first]]]
    return found


def whole_blocks(task: Task, is_open: Booleans) -> Integers:
    """int64 (blocks,): whole blocks within the seats.

    1. The core's flow is rounded, and solved anew around what is rounded (``rounding.rounded``).
    2. Blocks without a site, most children first, take the cheapest one with room.
    3. Moves and exchanges of blocks, while one saves anything (``whole.improve``).
    """
    arcs = arcs_open(task, is_open)
    sites = rounded(transportation(task, is_open))
    slots = np.flatnonzero(is_open)
    none = len(slots)
    slot_of = np.full(task.sites + 1, none, dtype=np.int64)  # the last entry is read for UNPLACED
    slot_of[slots] = np.arange(none)
    cost = np.full((task.blocks, none + 1), -1, dtype=np.int64)
    cost[task.block[arcs], slot_of[task.site[arcs]]] = task.cost[arcs]
    cost[:, none] = task.unplaced_cost
    room = np.append(task.seats[slots], 2 * int(task.load.sum()))
    found = places(cost, task.load, room, slot_of[sites])
    rest = np.flatnonzero(sites == UNPLACED)
    order = rest[np.argsort(-task.load[rest], kind="stable")]
    improve(found, order, MOST_PASSES, task.blocks <= MOST_PUSHING)
    return np.append(slots, UNPLACED)[found.at]


def split_cost(task: Task, is_open: Booleans) -> int:
    """The least cost from these sites if blocks may be split: no more than whole blocks cost."""
    finer = 1 if task.serving == Serving.SPLIT else task.scale
    flow = solve(transportation(task, is_open), settle_ties=False)
    return -(-flow.objective // finer) + task.opening(is_open)


def amounts_paid(task: Task, is_open: Booleans) -> Integers:
    """int64 (blocks,): what blocks pay, seat prices included, when they are served from these sites; scaled.

    At the best prices for one choice of sites the relaxation is tight there, and near it elsewhere.
    """
    ceiling = task.unplaced_cost * task.scale
    if task.serving == Serving.NEAREST:
        pays = np.array(task.unplaced_cost)
        arcs = arcs_open(task, is_open)
        np.minimum.at(pays, task.block[arcs], task.cost[arcs])
        return pays * task.scale
    flow = solve(transportation(task, is_open), settle_ties=False)
    finer = task.scale if task.serving == Serving.SPLIT else 1
    return np.minimum(flow.paid_per_child() * task.load * finer, ceiling)
