"""A binary heap of nodes by distance in which a distance may fall; no node stands in it twice."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import inlined


class Heap(NamedTuple):
    """Nodes waiting, nearest first.

    Attributes:
        node: int32 (nodes,), the heap. place: int32 (nodes,), where a node stands in it, -1 if it does not.
        size: int64 (1,).
    """

    node: Integers
    place: Integers
    size: Integers


def empty_heap(nodes: int) -> Heap:
    """A heap with room for ``nodes`` nodes."""
    return Heap(
        np.zeros(nodes, dtype=np.int32), np.full(nodes, -1, dtype=np.int32), np.zeros(1, dtype=np.int64)
    )


@inlined
def push_or_raise(heap: Heap, distance: Integers, v: int) -> None:
    """Put ``v`` in, or move it forward after its distance fell."""
    at = heap.place[v]
    if at < 0:
        at = heap.size[0]
        heap.size[0] += 1
    key = distance[v]
    while at > 0:
        above = (at - 1) >> 1
        other = heap.node[above]
        if distance[other] <= key:
            break
        heap.node[at] = other
        heap.place[other] = at
        at = above
    heap.node[at] = v
    heap.place[v] = at


@inlined
def pop_nearest(heap: Heap, distance: Integers) -> int:
    """Take out the nearest node."""
    nearest = heap.node[0]
    heap.place[nearest] = -1
    heap.size[0] -= 1
    size = heap.size[0]
    if size == 0:
        return nearest
    moved = heap.node[size]
    key = distance[moved]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and distance[heap.node[child + 1]] < distance[heap.node[child]]:
            child += 1
        if distance[heap.node[child]] >= key:
            break
        heap.node[at] = heap.node[child]
        heap.place[heap.node[at]] = at
        at = child
    heap.node[at] = moved
    heap.place[moved] = at
    return nearest
