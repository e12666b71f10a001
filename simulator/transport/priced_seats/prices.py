"""What follows from a flow: who stays unplaced, the objective, and the minimal total prices, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import compiled, in_place, inlined
from simulator.transport.prices import CertificateError, minimal_total_prices
from simulator.transport.problem import Problem

FAR = 2**62
OPTIMAL, CHEAPER, CIRCLE = 0, 1, 2
MOST_LEAVES = 4000
"""Up to so many leaves the cheapest moves stand in a square table; beyond, in the lists of the numpy pass."""


class Settled(NamedTuple):
    """int64 columns ``unplaced`` (groups,) and ``total_price`` (nodes,), and the total cost."""

    unplaced: Integers
    total_price: Integers
    objective: int


def settle(problem: Problem, flow: Integers) -> Settled:
    """All that a least-cost flow determines, whichever engine found it.

    The mathematics of the prices stand at ``minimal_total_prices``, which gives the same numbers: least
    potentials of the residual network, one shortest-path pass from the sink.

    Raises:
        CertificateError: the flow is not optimal.
    """
    place, leaves = _leaves(problem)
    in_a_table = len(leaves) <= MOST_LEAVES
    width = len(leaves) + 1 if in_a_table else 1
    best = np.full((width, width), FAR, dtype=np.int64)
    load = np.zeros(problem.nodes, dtype=np.int64)
    unplaced, objective = _walk(
        problem.supply,
        problem.offsets,
        problem.pool,
        problem.cost,
        problem.unplaced_cost,
        flow,
        load,
        place,
        best,
        in_a_table,
    )
    if not in_a_table:
        return Settled(unplaced, minimal_total_prices(problem, flow, unplaced), int(objective))
    _gather(problem.parent, load)
    distance, outcome = _shortest(best, leaves, place, problem.parent, problem.seats, load)
    if outcome == CHEAPER:
        raise CertificateError("the flow is not optimal: a cheaper way to use the seats exists")
    if outcome == CIRCLE:
        raise CertificateError("the flow is not optimal: children could move in a circle and save")
    return Settled(unplaced, -distance[:-1], int(objective))


def _leaves(problem: Problem) -> tuple[Integers, Integers]:
    """Place of each node among the leaves, int32 (nodes,), ``UNPLACED`` for others; leaves, int32, rising."""
    leaf = np.ones(problem.nodes, dtype=np.bool_)
    leaf[problem.parent[problem.parent != UNPLACED]] = False
    leaves = np.flatnonzero(leaf).astype(np.int32)
    place = np.full(problem.nodes, UNPLACED, dtype=np.int32)
    place[leaves] = np.arange(len(leaves), dtype=np.int32)
    return place, leaves


@compiled
def _walk(
    supply: Integers,
    offsets: Integers,
    pool: Integers,
    cost: Integers,
    unplaced_cost: Integers,
    flow: Integers,
    load: Integers,
    place: Integers,
    best: Integers,
    with_moves: bool,
) -> tuple[Integers, int]:
    """One pass over the arcs: children unplaced, total cost, loads of the leaves, cheapest moves.

    ``best`` holds, for any two leaves, the least cost of moving a child of the one to the other; its last
    row and column stand for staying unplaced. Groups are passed through, never stood on.
    """
    unplaced = np.empty(len(supply), dtype=np.int64)
    objective = np.int64(0)
    sink = len(best) - 1
    for g in range(len(supply)):
        low, high = offsets[g], offsets[g + 1]
        left = supply[g]
        for held in range(low, high):
            children = flow[held]
            if children != 0:
                left -= children
                objective += children * cost[held]
                load[pool[held]] += children
                if with_moves:
                    row = best[place[pool[held]]]
                    _offer(pool, cost, place, low, high, cost[held], row)
                    row[sink] = min(row[sink], unplaced_cost[g] - cost[held])
        unplaced[g] = left
        objective += left * unplaced_cost[g]
        if left > 0 and with_moves:
            _offer(pool, cost, place, low, high, unplaced_cost[g], best[sink])
    return unplaced, int(objective)


@inlined
def _offer(
    pool: Integers, cost: Integers, place: Integers, low: int, high: int, held: int, row: Integers
) -> None:
    """Compare what a child that now costs ``held`` would cost elsewhere with the cheapest moves so far."""
    for a in range(low, high):
        change = cost[a] - held
        to = place[pool[a]]
        if change < row[to]:
            row[to] = change


@in_place
def _gather(parent: Integers, load: Integers) -> None:
    """Add the load of every node to its parent's, in place."""
    for v in range(len(load) - 1, -1, -1):
        if parent[v] != UNPLACED:
            load[parent[v]] += load[v]


@compiled
def _shortest(
    best: Integers, leaves: Integers, place: Integers, parent: Integers, seats: Integers, load: Integers
) -> tuple[Integers, int]:
    """Shortest distances from the sink, which is the last, over moves and tree.

    Bellman-Ford: distances only fall, and a node is looked at again only after its own fell. Without a circle
    of negative cost a shortest path has at most as many arcs as there are nodes, and every round settles
    one more; no rest after that, or a sink below zero, proves that the flow is not optimal.
    """
    nodes = len(parent)
    distance = np.zeros(nodes + 1, dtype=np.int64)
    changed = np.ones(nodes + 1, dtype=np.bool_)
    for _ in range(nodes + 3):
        at_rest = True
        for v in range(nodes, -1, -1):
            if changed[v]:
                at_rest = False
                changed[v] = False
                if v == nodes:
                    _relax(best[len(leaves)], leaves, distance, changed, v)
                elif place[v] != UNPLACED:
                    _relax(best[place[v]], leaves, distance, changed, v)
                if v < nodes and load[v] < seats[v]:
                    _fall(distance, changed, nodes if parent[v] == UNPLACED else parent[v], distance[v])
        for v in range(nodes):
            _fall(distance, changed, v, distance[nodes if parent[v] == UNPLACED else parent[v]])
        if distance[nodes] < 0:
            return distance, CHEAPER
        if at_rest:
            return distance, OPTIMAL
    return distance, CIRCLE


@in_place
def _relax(row: Integers, leaves: Integers, distance: Integers, changed: Booleans, v: int) -> None:
    sink = len(leaves)
    for t in range(sink):
        if row[t] != FAR:
            _fall(distance, changed, leaves[t], distance[v] + row[t])
    if row[sink] != FAR:
        _fall(distance, changed, len(distance) - 1, distance[v] + row[sink])


@inlined
def _fall(distance: Integers, changed: Booleans, v: int, way: int) -> None:
    if way < distance[v]:
        distance[v] = way
        changed[v] = True
