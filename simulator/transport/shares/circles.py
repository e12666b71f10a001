"""The way from one flow to another, cut into circles of moves of which any part may be walked alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.problem import Problem


@dataclass(frozen=True)
class Circle:
    """Moves of one child each that leave every other load as it was.

    Attributes:
        times: how often it may be walked.
        gained, left: arcs that gain a child, and that lose one.
    """

    times: int
    gained: tuple[int, ...]
    left: tuple[int, ...]


def circles(problem: Problem, here: Integers, there: Integers) -> list[Circle]:
    """Cut the way from the flow ``here`` to the flow ``there`` into circles.

    1. The difference of two flows is a circulation over groups, nodes of the seat tree and the sink: a child
       more on an arc flows from its group to the leaf, from there up the tree to the sink, and back to a
       group that has one child less in the sink.
    2. From the first node with anything left to go, follow what is left until a node is met again: a simple
       circle. It is taken out as often as it fits. Each removal uses up an arc, so there are no more circles
       than arcs that differ.

    Every circle moves along the difference only, never against it. So loads stay between those of the two
    flows, and walking any circles any number of times up to ``times`` gives a feasible flow again.

    Args:
        here, there: int64 (arcs,), feasible flows of ``problem``.
    """
    moved = np.flatnonzero(here != there)
    sink = problem.groups + problem.nodes
    tails, heads, amounts, arcs = _edges(problem, moved, there[moved] - here[moved], sink)
    left: dict[int, list[int]] = {}
    for edge, tail in enumerate(tails):
        left.setdefault(tail, []).append(edge)
    found: list[Circle] = []
    for start in sorted(left):
        for times, circle in _follow(start, left, tails, heads, amounts):
            moves = [edge for edge in circle if arcs[edge] != UNPLACED]
            gained = tuple(arcs[edge] for edge in moves if tails[edge] < problem.groups)
            lost = tuple(arcs[edge] for edge in moves if tails[edge] >= problem.groups)
            found.append(Circle(times, gained, lost))
    return found


def _edges(
    problem: Problem, moved: Integers, change: Integers, sink: int
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Tail, head and amount of everything that differs, and its arc; ``UNPLACED`` where it is none.

    Groups are 0 .. groups - 1, nodes of the tree follow, then the sink. On arc ``moved[i]`` (rising) there
    are ``change[i]`` children more.
    """
    waiting, seated = _sums(problem.group[moved], change)
    node, load = _sums(problem.pool[moved], change)
    for depth in range(int(problem.depth.max(initial=0)), 0, -1):
        inside = problem.depth[node] == depth
        above = problem.parent[node[inside]]
        node, load = _sums(np.concatenate((node, above)), np.concatenate((load, load[inside])))
    above = np.where(problem.parent[node] == UNPLACED, sink, problem.parent[node] + problem.groups)
    tail = np.concatenate((problem.group[moved], waiting, node + problem.groups)).astype(np.int64)
    head = np.concatenate((problem.pool[moved] + problem.groups, np.full(len(waiting), sink), above))
    amount = np.concatenate((change, -seated, load))
    arc = np.concatenate((moved, np.full(len(waiting) + len(node), UNPLACED)))
    tail, head = np.where(amount > 0, tail, head), np.where(amount > 0, head, tail)
    return tail.tolist(), head.tolist(), np.abs(amount).tolist(), arc.tolist()


def _sums(row: Integers, amount: Integers) -> tuple[Integers, Integers]:
    """Rows with an amount, rising, and the sum of each, unless it is zero."""
    rows, place = np.unique(row, return_inverse=True)
    total = np.zeros(len(rows), dtype=np.int64)
    np.add.at(total, place.reshape(-1), amount)
    some = np.flatnonzero(total)
    return rows[some].astype(np.int64), total[some]


def _follow(
    start: int, left: dict[int, list[int]], tails: list[int], heads: list[int], amounts: list[int]
) -> Iterator[tuple[int, list[int]]]:
    """Every circle met by following what is left from ``start`` until nothing is, and how often it fits.

    A circle is cut out of the way walked so far, which then goes on from where it began.
    """
    way: list[int] = []
    place = {start: 0}
    node = start
    while True:
        edges = left.get(node, [])
        while edges and amounts[edges[-1]] == 0:
            edges.pop()
        if not edges:
            return  # at the start: elsewhere what flows in flows out
        way.append(edges[-1])
        node = heads[edges[-1]]
        if node not in place:
            place[node] = len(way)
            continue
        circle = way[place[node] :]
        del way[place[node] :]
        times = min(amounts[edge] for edge in circle)
        for edge in circle:
            amounts[edge] -= times
            if tails[edge] != node:
                del place[tails[edge]]
        yield times, circle
