"""What the searches must agree with, the plain way: all drawings of a tiny problem, and all single moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.zoning.accounting import proposal
from tests.zoning.worlds import grid_city, grid_neighbours, neighbours_of


def homes_held(problem: ZoningProblem, assigned: np.ndarray) -> bool:
    """Every school with seats has its block, where it may and shares it with no other."""
    for school, home in enumerate(problem.home.tolist()):
        if home == UNPLACED or problem.seats[school] == 0:
            continue
        here = [s for s in np.flatnonzero(problem.home == home) if problem.seats[s] > 0]
        may = problem.school[problem.offsets[home] : problem.offsets[home + 1]]
        if school in may and assigned[home] not in here:
            return False
    return True


def keeps_the_rules(problem: ZoningProblem, drawn: ZoneProposal) -> bool:
    return drawn.contiguous and homes_held(problem, drawn.assigned)


@dataclass(frozen=True)
class Every:
    """Every assignment of the blocks of a tiny problem to candidates: arrays over the assignments.

    ``keeps``: contiguous, and every school with seats has its block.
    """

    assigned: np.ndarray
    cost: np.ndarray
    excess: np.ndarray
    changed: np.ndarray
    metres: np.ndarray
    keeps: np.ndarray


def every_drawing(problem: ZoningProblem) -> Every:
    """All of them, costs by plain sums, contiguity by a walk over each set of blocks."""
    choices = [
        problem.school[problem.offsets[b] : problem.offsets[b + 1]].tolist() for b in range(problem.blocks)
    ]
    assigned = np.array(list(product(*choices)))
    rows = np.arange(len(assigned))
    metres_of = np.zeros((problem.blocks, problem.schools), dtype=np.int64)
    metres_of[problem.block, problem.school] = problem.metres
    metres = (problem.load * metres_of[np.arange(problem.blocks), assigned]).sum(axis=1)
    load = np.zeros((len(rows), problem.schools), dtype=np.int64)
    mixed = np.zeros_like(load)
    for block in range(problem.blocks):
        load[rows, assigned[:, block]] += problem.load[block]
        mixed[rows, assigned[:, block]] += problem.mixed[block]
    excess = np.maximum(load - problem.seats, 0).sum(axis=1)
    changed = ((assigned != problem.today) & (problem.today != UNPLACED)) @ problem.change_count
    whole, group = max(int(problem.load.sum()), 1), int(problem.mixed.sum())
    unevenness = np.abs(mixed * whole - load * group).sum(axis=1) // (2 * whole)
    cost = (
        metres
        + problem.change_metres * changed
        + problem.balance_metres * unevenness
        + problem.excess_metres * excess
    )
    keeps = np.ones(len(rows), dtype=np.bool_)
    for school in range(problem.schools):
        mine = (assigned == school) @ (1 << np.arange(problem.blocks))
        whole_zone = np.array([hangs_together(problem, school, mask) for mask in range(1 << problem.blocks)])
        keeps &= whole_zone[mine]
    return Every(assigned, cost, excess, changed, metres, keeps)


def hangs_together(problem: ZoningProblem, school: int, mask: int) -> bool:
    """Whether the blocks whose bits are set can be a zone: all reached from the school's own block."""
    home = int(problem.home[school])
    if not mask >> home & 1:
        return mask == 0 and problem.seats[school] == 0
    seen, waiting = 1 << home, [home]
    while waiting:
        for block in problem.neighbours[waiting.pop()].tolist():
            if mask >> block & 1 and not seen >> block & 1:
                seen |= 1 << block
                waiting.append(block)
    return seen == mask


def better_single_moves(problem: ZoningProblem, drawn: ZoneProposal) -> list[tuple[int, int]]:
    """Moves of one block that lower (excess, cost), detach nobody and leave every school its block."""
    found = []
    slack = problem.balance_metres  # the unevenness is rounded once at the end
    for block in range(problem.blocks):
        for school in problem.school[problem.offsets[block] : problem.offsets[block + 1]].tolist():
            assigned = drawn.assigned.copy()
            assigned[block] = school
            moved = proposal(problem, "any", assigned)
            newly = moved.detached & ~moved.island & (~drawn.detached | (np.arange(len(assigned)) == block))
            if np.any(newly) or (homes_held(problem, drawn.assigned) and not homes_held(problem, assigned)):
                continue
            if 0 <= problem.most_changed < moved.changed and moved.changed > drawn.changed:
                continue
            before = (int(drawn.excess.sum()), drawn.cost - slack)
            if (int(moved.excess.sum()), moved.cost) < before and moved.cost != drawn.cost:
                found.append((block, school))
    return found


def tree_city(
    rng: np.random.Generator, rows: int, columns: int, schools: int, *, beside: bool, **settings: Any
) -> ZoningProblem:
    """A grid of blocks on a tree of roads: metres along the tree, so that all behind a junction tie.

    Args:
        beside: blocks beside each other on the grid are neighbours; else only those joined by a road.
    """
    problem = grid_city(rng, rows, columns, schools, **settings)
    blocks = rows * columns
    pairs = grid_neighbours(rows, columns)
    joined = np.array([True] + [False] * (blocks - 1))
    roads: list[tuple[int, int]] = []
    edge = [(int(a), int(b)) for a, b in zip(pairs.owners, pairs.values, strict=True)]
    while not joined.all():
        one, other = edge[int(rng.integers(len(edge)))]
        if joined[one] and not joined[other]:
            joined[other] = True
            roads.append((one, other))
    metres = np.full((blocks, blocks), -1)
    for start in range(blocks):
        metres[start, start], waiting = 0, [start]
        while waiting:
            here = waiting.pop()
            for one, other in roads:
                for a, b in ((one, other), (other, one)):
                    if a == here and metres[start, b] < 0:
                        metres[start, b] = metres[start, a] + 100
                        waiting.append(b)
    one, other = np.array(roads).T
    return replace(
        problem,
        metres=metres[:, problem.home].ravel(),
        neighbours=pairs if beside else neighbours_of(blocks, one, other),
    )


def permuted(problem: ZoningProblem, block_order: np.ndarray, school_order: np.ndarray) -> ZoningProblem:
    """The same problem with its rows in another order: new row ``i`` is old row ``order[i]``."""
    block_of = np.argsort(block_order)
    school_of = np.argsort(school_order)
    rows = [np.arange(problem.offsets[b], problem.offsets[b + 1]) for b in block_order]
    arcs = np.concatenate(rows)
    owner = np.repeat(np.arange(problem.blocks), [len(row) for row in rows])
    order = np.lexsort((school_of[problem.school[arcs]], owner))
    arcs = arcs[order]
    one, other = problem.neighbours.owners, problem.neighbours.values.astype(np.int64)

    def renamed(values: np.ndarray, names: np.ndarray) -> np.ndarray:
        return np.where(values == UNPLACED, UNPLACED, names[values])

    return replace(
        problem,
        load=problem.load[block_order],
        mixed=problem.mixed[block_order],
        exempt=problem.exempt[block_order],
        change_count=problem.change_count[block_order],
        today=renamed(problem.today, school_of)[block_order],
        seats=problem.seats[school_order],
        home=renamed(problem.home, block_of)[school_order],
        offsets=np.concatenate(([0], np.cumsum([len(row) for row in rows]))),
        school=school_of[problem.school[arcs]].astype(np.int32),
        metres=problem.metres[arcs],
        neighbours=neighbours_of(problem.blocks, block_of[one], block_of[other]),
    )
