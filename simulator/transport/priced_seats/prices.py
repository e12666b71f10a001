"""Compiled pass for the minimal total prices of any optimal flow."""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled

FAR = 2**62
OPTIMAL, CHEAPER, CIRCLE = 0, 1, 2
DENSE = 4096
"""Up to so many nodes the cheapest moves stand in a square table; beyond, arcs are walked in every round."""


@compiled
def settled(
    supply: Integers, offsets: Integers, cost: Integers, unplaced_cost: Integers, flow: Integers
) -> tuple[Integers, int]:
    """Children of each group without a seat, and the total cost, in one pass."""
    unplaced = np.empty(len(supply), dtype=np.int64)
    objective = np.int64(0)
    for g in range(len(supply)):
        left = supply[g]
        for a in range(offsets[g], offsets[g + 1]):
            if flow[a] != 0:
                left -= flow[a]
                objective += flow[a] * cost[a]
        unplaced[g] = left
        objective += left * unplaced_cost[g]
    return unplaced, objective


@compiled
def loads_of(pool: Integers, flow: Integers, parent: Integers) -> Integers:
    """int64 (nodes,): children at or below every node."""
    load = np.zeros(len(parent), dtype=np.int64)
    for a in range(len(pool)):
        if flow[a] != 0:
            load[pool[a]] += flow[a]
    for v in range(len(parent) - 1, -1, -1):
        if parent[v] != UNPLACED:
            load[parent[v]] += load[v]
    return load


@compiled
def cheapest_moves(
    offsets: Integers, pool: Integers, cost: Integers, unplaced_cost: Integers, flow: Integers,
    unplaced: Integers, ceiling: Integers, nodes: int,
) -> Integers:
    """int64 (nodes + 1, nodes + 1): cheapest move of one child between two nodes, the sink last; or FAR.

    Moves that cost as much as the ceiling of where they begin, or more, are left out: total prices are >= 0
    anyway, and the price here less the cost of the move would ask for no more.
    """
    best = np.full((nodes + 1, nodes + 1), np.int64(FAR))
    for g in range(len(unplaced)):
        low, high = offsets[g], offsets[g + 1]
        for held in range(low, high):
            if flow[held] > 0:
                source = pool[held]
                limit = cost[held] + ceiling[source]
                row = best[source]
                for a in range(low, high):
                    if cost[a] < limit and cost[a] - cost[held] < row[pool[a]]:
                        row[pool[a]] = cost[a] - cost[held]
                if unplaced_cost[g] - cost[held] < row[nodes]:
                    row[nodes] = unplaced_cost[g] - cost[held]
        if unplaced[g] > 0:
            row = best[nodes]
            for a in range(low, high):
                if cost[a] - unplaced_cost[g] < row[pool[a]]:
                    row[pool[a]] = cost[a] - unplaced_cost[g]
    return best


@compiled
def shortest(best: Integers, parent: Integers, seats: Integers, load: Integers) -> tuple[Integers, int]:
    """Least total prices: minus the shortest distances from the sink, by rounds over what has changed.

    Bellman-Ford: distances only fall, and a node is looked at again when its own fell. Without a circle of
    negative cost every shortest path has at most ``nodes`` arcs, so ``nodes`` + 2 rounds suffice; the sink
    below zero, or no rest after them, proves that the flow is not optimal.
    """
    nodes = len(parent)
    distance = np.zeros(nodes + 1, dtype=np.int64)
    changed = np.ones(nodes + 1, dtype=np.bool_)
    for _ in range(nodes + 3):
        rest = True
        for v in range(nodes, -1, -1):
            if not changed[v]:
                continue
            rest = False
            changed[v] = False
            here = distance[v]
            row = best[v]
            for t in range(nodes + 1):
                if row[t] != FAR and here + row[t] < distance[t]:
                    distance[t] = here + row[t]
                    changed[t] = True
            if v < nodes:
                above = nodes if parent[v] == UNPLACED else parent[v]
                if load[v] < seats[v] and here < distance[above]:
                    distance[above] = here
                    changed[above] = True
        for v in range(nodes):
            above = nodes if parent[v] == UNPLACED else parent[v]
            if distance[above] < distance[v]:
                distance[v] = distance[above]
                changed[v] = True
        if distance[nodes] < 0:
            return -distance, CHEAPER
        if rest:
            return -distance, OPTIMAL
    return -distance, CIRCLE
