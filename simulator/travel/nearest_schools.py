"""The k nearest schools of every node that is asked for, all schools searched from at once.

A node keeps at most k labels, the least by (metres, school). A label is one number, metres and school
packed, so that comparing numbers compares exactly that. What is not among the k of a node is not among the
k of any node before it on a way through it, for the k better schools are better there too: labels beyond k
are never passed on, and no dense matrix of nodes and schools is ever there.

1. Up: schools hand their labels to the nodes that outlive them, in the order in which nodes were taken out.
2. In the core: labels settle from the nearest on, a node k times at most (Dijkstra with k labels per node).
3. Down: nodes read theirs off the neighbours they had, in the opposite order.
"""

from __future__ import annotations

import numpy as np

from simulator.model import Hierarchy
from simulator.model.arrays import Booleans, Integers
from simulator.model.roads import NO_WAY
from simulator.travel.compiled import compiled, inlined
from simulator.travel.heap import more_room, pop, push

SCHOOL_BITS = 32
SCHOOL = (1 << SCHOOL_BITS) - 1
NO_LABEL = np.int64(2**63 - 1)


def nearest_schools(
    hierarchy: Hierarchy, school_node: Integers, extra: Integers, block_node: Integers, nearest: int
) -> tuple[Integers, Integers, Integers]:
    """The ``nearest`` schools of each block, as sparse arcs.

    Args:
        school_node: int (schools,), rows of nodes; several schools may share one. extra: int (schools,),
            metres from each school's node to the school. block_node: int (blocks,), rows of nodes.

    Returns:
        block: int64 (arcs,), rising. school: int64 (arcs,). metres: int64 (arcs,), from the block's node to
        the school, ``extra`` included. Of each block the least by (metres, school), in that order; fewer
        where fewer can be reached.
    """
    if not len(school_node) or not len(block_node):
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    schools = hierarchy.rank[school_node].astype(np.int64)
    blocks = hierarchy.rank[block_node].astype(np.int64)
    wanted = outliving(hierarchy.offsets, hierarchy.neighbour, hierarchy.taken, blocks)
    reached = outliving(hierarchy.offsets, hierarchy.neighbour, hierarchy.taken, schools)
    wanted_or_reached = wanted | reached
    row = np.cumsum(wanted_or_reached, dtype=np.int32) - np.int32(1)
    row[~wanted_or_reached] = -1
    keep = min(nearest, len(school_node))
    labels = np.full((int(wanted_or_reached.sum()), keep), NO_LABEL, dtype=np.int64)
    count = np.zeros(len(labels), dtype=np.int32)
    first = extra.astype(np.int64) << SCHOOL_BITS | np.arange(len(schools))
    links = (hierarchy.offsets, hierarchy.neighbour)
    _begin(labels, count, row[schools], first)
    _up(*links, hierarchy.back, hierarchy.taken, row, labels, count)
    _settle_core(*links, hierarchy.back, hierarchy.taken, row, labels, count)
    _down(*links, hierarchy.there, hierarchy.taken, row, wanted, labels, count, len(schools))
    rows = row[blocks]
    found = labels[rows]
    kept = found < NO_LABEL
    block = np.repeat(np.arange(len(blocks)), kept.sum(axis=1))
    return block, found[kept] & SCHOOL, found[kept] >> SCHOOL_BITS


@compiled
def outliving(offsets: Integers, neighbour: Integers, taken: int, ranks: Integers) -> Booleans:
    """bool (nodes,), by rank: the nodes named, those that they were linked to, and so on; and the core."""
    nodes = len(offsets) - 1
    marked = np.zeros(nodes, dtype=np.bool_)
    marked[taken:] = True
    for rank in ranks:
        marked[rank] = True
    for node in range(taken):
        if marked[node]:
            for link in range(offsets[node], offsets[node + 1]):
                marked[neighbour[link]] = True
    return marked


@inlined
def _insert(labels: Integers, count: Integers, row: int, label: int) -> int:
    """Put a label into the rising list of a node; its place, or -1 where it is not among the best.

    A school stands in a list once, with its least metres.
    """
    keep, size = labels.shape[1], count[row]
    if size == keep and label >= labels[row, keep - 1]:
        return -1
    school = label & SCHOOL
    place = size
    for at in range(size):
        if labels[row, at] & SCHOOL == school:
            if labels[row, at] <= label:
                return -1
            place = at
            break
    if place == size:
        if size < keep:
            count[row] = size + 1
        else:
            place = keep - 1
    while place > 0 and labels[row, place - 1] > label:
        labels[row, place] = labels[row, place - 1]
        place -= 1
    labels[row, place] = label
    return place


@compiled
def _begin(labels: Integers, count: Integers, rows: Integers, first: Integers) -> None:
    """Every school's own label at its node."""
    for school in range(len(rows)):
        _insert(labels, count, rows[school], first[school])


@compiled
def _up(
    offsets: Integers, neighbour: Integers, back: Integers, taken: int, row: Integers, labels: Integers,
    count: Integers,
) -> None:  # fmt: skip
    """Labels to the nodes that outlive their node, rank by rank: a neighbour's way leads through ``back``."""
    keep = labels.shape[1]
    for node in range(taken):
        here = row[node]
        if here < 0 or count[here] == 0:
            continue
        for link in range(offsets[node], offsets[node + 1]):
            if back[link] >= NO_WAY:
                continue
            other = row[neighbour[link]]
            for at in range(count[here]):
                label = labels[here, at] + (np.int64(back[link]) << SCHOOL_BITS)
                if count[other] == keep and label >= labels[other, keep - 1]:
                    break  # and so are the rest of this list
                _insert(labels, count, other, label)


@compiled
def _settle_core(
    offsets: Integers, neighbour: Integers, back: Integers, taken: int, row: Integers, labels: Integers,
    count: Integers,
) -> None:  # fmt: skip
    """The labels of the core, each node's own queue in its list and the least of every queue in one heap.

    The first ``done`` labels of a node are settled. No label can come before a settled one, for ways are not
    negative and the schools' numbers break ties the same way everywhere.
    """
    nodes, keep = len(offsets) - 1, labels.shape[1]
    done = np.zeros(len(labels), dtype=np.int32)
    keys: Integers = np.empty(1024, dtype=np.int64)
    who: Integers = np.empty(1024, dtype=np.int32)
    size = 0
    for node in range(taken, nodes):
        if count[row[node]] > 0:
            keys, who = more_room(keys, who, size)
            size = push(keys, who, size, labels[row[node], 0], node)
    while size:
        label, node = keys[0], who[0]
        size = pop(keys, who, size)
        here = row[node]
        if done[here] >= count[here] or labels[here, done[here]] != label:
            continue  # a better one came, and this one was overtaken
        done[here] += 1
        if done[here] < count[here]:
            keys, who = more_room(keys, who, size)
            size = push(keys, who, size, labels[here, done[here]], node)
        for link in range(offsets[node], offsets[node + 1]):
            if back[link] >= NO_WAY:
                continue
            there = row[neighbour[link]]
            new = label + (np.int64(back[link]) << SCHOOL_BITS)
            if count[there] == keep and new >= labels[there, keep - 1]:
                continue
            if _insert(labels, count, there, new) == done[there]:
                keys, who = more_room(keys, who, size)
                size = push(keys, who, size, new, neighbour[link])


@compiled
def _down(
    offsets: Integers, neighbour: Integers, there: Integers, taken: int, row: Integers, wanted: Booleans,
    labels: Integers, count: Integers, schools: int,
) -> None:  # fmt: skip
    """The labels of the nodes taken out, from the last to the first: the best of what neighbours know.

    A school's least label is gathered at its own place, then those touched are sorted: as many as differ
    between neighbours, few more than k.
    """
    keep = labels.shape[1]
    best = np.full(schools, NO_LABEL, dtype=np.int64)
    touched = np.empty(schools, dtype=np.int64)
    for node in range(taken - 1, -1, -1):
        if not wanted[node]:
            continue
        here = row[node]
        # No label beyond the last one of a neighbour that knows k can be among the best k here.
        bound = NO_LABEL
        if count[here] == keep:
            bound = labels[here, keep - 1]
        for link in range(offsets[node], offsets[node + 1]):
            other = row[neighbour[link]]
            if there[link] < NO_WAY and count[other] == keep:
                bound = min(bound, labels[other, keep - 1] + (np.int64(there[link]) << SCHOOL_BITS))
        size = 0
        for at in range(count[here]):
            label = labels[here, at]
            best[label & SCHOOL] = label
            touched[size] = label & SCHOOL
            size += 1
        for link in range(offsets[node], offsets[node + 1]):
            if there[link] >= NO_WAY:
                continue
            other = row[neighbour[link]]
            further = np.int64(there[link]) << SCHOOL_BITS
            for at in range(count[other]):
                label = labels[other, at] + further
                if label > bound:
                    break
                school = label & SCHOOL
                if best[school] == NO_LABEL:
                    touched[size] = school
                    size += 1
                if label < best[school]:
                    best[school] = label
        # Sorted by insertion: the labels of one neighbour come in order.
        for at in range(size):
            school = touched[at]
            touched[at] = best[school]
            best[school] = NO_LABEL
        for at in range(1, size):
            label, place = touched[at], at
            while place > 0 and touched[place - 1] > label:
                touched[place] = touched[place - 1]
                place -= 1
            touched[place] = label
        count[here] = min(size, keep)
        for at in range(count[here]):
            labels[here, at] = touched[at]
