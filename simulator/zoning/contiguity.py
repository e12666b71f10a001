"""Which blocks hang together: the zones of a drawing, and what no drawing could connect."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simulator.model import UNPLACED, Ragged, ZoningProblem
from simulator.model.arrays import Booleans, Integers


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
    """bool (blocks,): blocks from which no way leads to the block of any of their candidate schools."""
    label = parts(problem.neighbours, np.zeros(problem.blocks, dtype=np.int32))
    standing = problem.home[problem.school] != UNPLACED
    home = problem.home[problem.school[standing]]
    block = problem.block[standing]
    reached = np.zeros(problem.blocks, dtype=np.bool_)
    reached[block[label[block] == label[home]]] = True
    return ~reached
