"""The seat tree with the sink as everybody's root, and sweeps up and down over it."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Floats, Integers
from simulator.transport.compiled import compiled, in_place
from simulator.transport.priced_seats.unplaced import Classes
from simulator.transport.problem import Problem

Numbers = TypeVar("Numbers", Integers, Floats)


class Forest(NamedTuple):
    """Nodes of the seat tree, then the classes of unplaced children; the sink is the number after them.

    Attributes:
        parent: int32 (nodes + classes,), parents before children; roots and classes hang under the sink.
        seats: int64 (nodes + classes,), never above the number of children; a class has room for all.
        below_offsets: int64 (nodes + classes + 2,). below: int32 (nodes + classes,), the children of each
            node, of the sink too.
    """

    parent: Integers
    seats: Integers
    below_offsets: Integers
    below: Integers


def plant(problem: Problem, classes: Classes) -> Forest:
    """The forest of ``problem`` with a node for each class of unplaced children."""
    sink = problem.nodes + len(classes.true)
    parent = np.full(sink, sink, dtype=np.int32)
    inside = problem.parent != UNPLACED
    parent[: problem.nodes][inside] = problem.parent[inside]
    everybody = int(problem.supply.sum())
    seats = np.full(sink, everybody, dtype=np.int64)
    seats[: problem.nodes] = np.minimum(problem.seats, everybody)
    below_offsets = np.zeros(sink + 2, dtype=np.int64)
    np.cumsum(np.bincount(parent, minlength=sink + 1), out=below_offsets[1:])
    return Forest(parent, seats, below_offsets, np.argsort(parent, kind="stable").astype(np.int32))


@compiled
def totals(parent: Integers, own: Numbers) -> Numbers:
    """Own prices summed from each node up to its root: what a seat there costs in all. Zero at the sink."""
    total = np.zeros(len(parent) + 1, dtype=own.dtype)
    for v in range(len(own)):
        above = parent[v]
        total[v] = own[v]
        if above < len(own):  # not the sink
            total[v] += total[above]
    return total


@in_place
def gather_up(parent: Integers, at_node: Integers | Floats) -> None:
    """Add to every node what stands at all nodes below it, in place (entries below the sink only)."""
    for v in range(len(at_node) - 1, -1, -1):
        above = parent[v]
        if above < len(at_node):
            at_node[above] += at_node[v]
