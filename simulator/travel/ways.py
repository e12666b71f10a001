"""Metres of any pairs of block and school by road, a handful of schools at a time.

From each of some schools up through the hierarchy, through the core by Dijkstra's algorithm, and down to the
blocks that are asked for and the nodes they read from. The handful goes through the sweeps together: the
links are read once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulator.model import NO_METRES, Hierarchy
from simulator.model.arrays import Booleans, Integers
from simulator.model.roads import NO_WAY
from simulator.travel.compiled import compiled
from simulator.travel.heap import more_room, pop, push
from simulator.travel.nearest_schools import outliving

TOGETHER = 16
"""Schools that go through the sweeps together: 64 bytes of metres per node, a line of memory."""


def way_metres(hierarchy: Hierarchy, block_node: Integers, school_node: Integers) -> Integers:
    """Metres of the shortest way of each pair of nodes, int64 (pairs,); ``NO_METRES`` where there is none."""
    answer = np.full(len(block_node), NO_METRES, dtype=np.int64)
    if not len(answer):
        return answer
    blocks, row_of_block = np.unique(block_node, return_inverse=True)
    schools, column = np.unique(school_node, return_inverse=True)
    order = np.argsort(column, kind="stable")
    bounds = np.searchsorted(column[order], np.arange(0, len(schools) + TOGETHER, TOGETHER))
    for batch, ways in enumerate(batches(hierarchy, blocks, schools)):
        pairs = order[bounds[batch] : bounds[batch + 1]]
        found = ways[row_of_block[pairs], column[pairs] - batch * TOGETHER]
        answer[pairs] = np.where(found < NO_WAY, found, NO_METRES)
    return answer


def within(
    hierarchy: Hierarchy, block_node: Integers, school_node: Integers, extra: Integers, greatest: Integers
) -> tuple[Integers, Integers, Integers]:
    """Rows of blocks and of schools no farther than the block's ``greatest``, and metres, int64 (pairs,).

    Args:
        extra: int (schools,), metres added at the school. greatest: int (blocks,).
    """
    none = np.zeros(0, dtype=np.int64)
    found = [(none, none, none)]
    for batch, ways in enumerate(batches(hierarchy, block_node, school_node)):
        first = batch * TOGETHER
        far = ways.astype(np.int64) + extra[first : first + TOGETHER]
        block, school = np.nonzero((ways < NO_WAY) & (far <= greatest[:, None]))
        found.append((block, school + first, far[block, school]))
    blocks, schools, metres = (np.concatenate(column) for column in zip(*found, strict=True))
    return blocks, schools, metres


def batches(hierarchy: Hierarchy, block_node: Integers, school_node: Integers) -> Iterator[Integers]:
    """Metres from every block to ``TOGETHER`` schools after the other, int32 (blocks, schools of the batch).

    Never more than one batch is in memory.
    """
    blocks = hierarchy.rank[block_node].astype(np.int64)
    schools = hierarchy.rank[school_node].astype(np.int64)
    links = (hierarchy.offsets, hierarchy.neighbour)
    wanted = outliving(*links, hierarchy.taken, blocks)
    metres = np.empty((len(hierarchy.rank), TOGETHER), dtype=np.int32)
    for first in range(0, len(schools), TOGETHER):
        some = schools[first : first + TOGETHER]
        reached = outliving(*links, hierarchy.taken, some)
        _ways(*links, hierarchy.there, hierarchy.back, hierarchy.taken, some, wanted, reached, metres)
        yield metres[blocks, : len(some)]


@compiled
def _ways(
    offsets: Integers, neighbour: Integers, there: Integers, back: Integers, taken: int, schools: Integers,
    wanted: Booleans, reached: Booleans, metres: Integers,
) -> None:  # fmt: skip
    """Metres from every wanted node to each of the schools, into ``metres`` (nodes, TOGETHER)."""
    nodes, columns = len(offsets) - 1, len(schools)
    for node in range(nodes):
        if wanted[node] or reached[node]:
            for column in range(TOGETHER):
                metres[node, column] = NO_WAY
    for column in range(columns):
        metres[schools[column], column] = 0
    for node in range(taken):
        if not reached[node]:
            continue
        for link in range(offsets[node], offsets[node + 1]):
            if back[link] < NO_WAY:
                other = neighbour[link]
                for column in range(TOGETHER):
                    metres[other, column] = min(metres[other, column], metres[node, column] + back[link])
    keys: Integers = np.empty(1024, dtype=np.int64)
    who: Integers = np.empty(1024, dtype=np.int32)
    for column in range(columns):
        size = 0
        for node in range(taken, nodes):
            if metres[node, column] < NO_WAY:
                keys, who = more_room(keys, who, size)
                size = push(keys, who, size, metres[node, column], node)
        while size:
            far, node = keys[0], who[0]
            size = pop(keys, who, size)
            if far > metres[node, column]:
                continue
            for link in range(offsets[node], offsets[node + 1]):
                if back[link] >= NO_WAY:
                    continue
                new = far + back[link]
                if new < metres[neighbour[link], column]:
                    metres[neighbour[link], column] = new
                    keys, who = more_room(keys, who, size)
                    size = push(keys, who, size, new, neighbour[link])
    for node in range(taken - 1, -1, -1):
        if not wanted[node]:
            continue
        for link in range(offsets[node], offsets[node + 1]):
            if there[link] < NO_WAY:
                other = neighbour[link]
                for column in range(TOGETHER):
                    metres[node, column] = min(metres[node, column], metres[other, column] + there[link])
