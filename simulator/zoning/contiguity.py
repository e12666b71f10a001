"""Which blocks hang together: the zones of a drawing, and what no drawing could connect."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simulator.model import UNPLACED, Ragged, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import compiled


def detached(problem: ZoningProblem, assigned: Integers) -> Booleans:
    """bool (blocks,): blocks with a school to which no way leads inside its zone.

    A way runs over ``neighbours`` through blocks of the same school and ends in the block where the school
    stands. Where that block belongs to another school (two schools in one block), it counts as the end of a
    way all the same.

    1. Keep the pairs of neighbours with the same school, and label what hangs together.
    2. A label is joined to its school if it holds the school's block or a neighbour of it.
    """
    label = parts(problem.neighbours, assigned)
    joined = np.zeros(problem.blocks, dtype=np.bool_)  # by label
    standing = np.flatnonzero(problem.home != UNPLACED)
    homes = problem.home[standing]
    around = problem.neighbours.take(homes)
    block = np.concatenate((homes, around.values)).astype(np.int64)
    school = np.concatenate((standing, standing[around.owners]))
    own = assigned[block] == school
    joined[label[block[own]]] = True
    return np.asarray((assigned != UNPLACED) & ~joined[label])


def parts(neighbours: Ragged, assigned: Integers) -> Integers:
    """int32 (blocks,): a label shared by blocks of the same school that hang together."""
    one, other = neighbours.owners, neighbours.values
    same = assigned[one] == assigned[other]
    blocks = len(neighbours)
    ones = np.ones(int(same.sum()), dtype=np.int8)
    graph = csr_array((ones, (one[same], other[same])), shape=(blocks, blocks))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def islands(problem: ZoningProblem) -> Booleans:
    """bool (blocks,): blocks that no drawing can connect to any of their candidate schools (``joinable``)."""
    found = np.ones(problem.blocks, dtype=np.bool_)
    found[problem.block[joinable(problem)]] = False
    return found


def joinable(problem: ZoningProblem) -> Booleans:
    """bool (arcs,): arcs over which a drawing may connect the block to the school.

    From the block of the school a way leads to the block through blocks that all may go to that school.
    None of them holds another school: a block in which schools with seats stand that it may go to belongs to
    one of those.
    """
    by_school = np.argsort(problem.school, kind="stable")
    ends = np.cumsum(np.bincount(problem.school, minlength=problem.schools))
    return _joinable(
        by_school.astype(np.int64),
        ends.astype(np.int64),
        problem.block.astype(np.int64),
        problem.neighbours.offsets.astype(np.int64),
        problem.neighbours.values.astype(np.int64),
        problem.home.astype(np.int64),
        holders(problem),
    )


def holders(problem: ZoningProblem) -> Booleans:
    """bool (schools,): schools with seats that stand in a block which may go to them, and so hold it."""
    found = np.zeros(problem.schools, dtype=np.bool_)
    own = problem.home[problem.school] == problem.block
    found[problem.school[own]] = True
    return found & (problem.seats > 0)


@compiled
def _joinable(
    by_school: Integers,
    ends: Integers,
    block_of: Integers,
    near_offsets: Integers,
    near: Integers,
    home: Integers,
    holds: Booleans,
) -> Booleans:
    """A walk from every school over the blocks that may go to it."""
    blocks = len(near_offsets) - 1
    found = np.zeros(len(by_school), dtype=np.bool_)
    arc_at = np.full(blocks, -1, dtype=np.int64)
    held = np.zeros(blocks, dtype=np.bool_)
    for school in range(len(home)):
        if holds[school]:
            held[home[school]] = True
    queue = np.empty(blocks + 1, dtype=np.int64)
    seen = np.full(blocks, -1, dtype=np.int64)
    begin = 0
    for school in range(len(home)):
        start = home[school]
        for k in range(begin, ends[school]):
            block = block_of[by_school[k]]
            if not held[block] or (holds[school] and block == start):
                arc_at[block] = by_school[k]
        if start >= 0:
            seen[start] = school
            queue[0] = start
            head, tail = 0, 1
            if arc_at[start] >= 0:
                found[arc_at[start]] = True
            while head < tail:
                here = queue[head]
                head += 1
                for k in range(near_offsets[here], near_offsets[here + 1]):
                    other = near[k]
                    if seen[other] != school and arc_at[other] >= 0:
                        seen[other] = school
                        found[arc_at[other]] = True
                        queue[tail] = other
                        tail += 1
        for k in range(begin, ends[school]):
            arc_at[block_of[by_school[k]]] = -1
        begin = ends[school]
    return found
