"""Minimal seat prices of an optimal flow, from one shortest-path pass over its residual network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport.problem import Problem


class CertificateError(Exception):
    """An answer of the core that is not optimal, or not even feasible: a fault of an engine."""


def minimal_total_prices(problem: Problem, flow: Integers, unplaced: Integers) -> Integers:
    """The least total price of every node: what one more seat there *and at all its ancestors* would save.

    Write y(v) for the total price of node v, y(sink) = 0, and u(g) for what a child of group g pays. A flow
    is optimal exactly when some y and u satisfy one inequality per residual arc (complementary slackness):

    - arc g -> leaf l of cost c:     y(l) >= u(g) - c        (a child of g could move to l)
    - used arc, backwards l -> g:    u(g) >= y(l) + c        (a child of g leaves l)
    - g stays unplaced at cost b:    0 >= u(g) - b; and where children of g are unplaced, u(g) >= b
    - node v with a seat left:       y(parent) >= y(v)       (a price of its own needs a full node)
    - down the tree, parent -> v:    y(v) >= y(parent)       (no own price is below zero)

    with the sink as the parent of every root. Each reads y(b) >= y(a) - cost(a -> b), so the component-wise
    least solution is y(v) = -distance(sink -> v): a path gives a chain of inequalities, hence no solution is
    smaller, and distances are themselves a solution. The distance from the sink to v is the cheapest way to
    use one more seat at v and above it, so y(v) is the saving of that seat, exactly.

    The last line needs care: the residual network holds the arc parent -> v only where v has children to
    give back. Where v is empty, nothing but tree arcs leaves it, so adding the arc closes no cycle of
    negative cost and changes no other distance; and one more seat at v and all above it may then serve a
    sibling instead, which saves y(parent). So the arc belongs to the definition, own prices
    y(v) - y(parent) are >= 0 everywhere, and y >= 0 by the way over the root.

    Steps:

    1. Groups are passed through, never stood on: a child of g leaving a for b is an arc a -> b of cost
       c(g, b) - c(g, a), an unplaced one sink -> b. Of parallel arcs the cheapest stays.
    2. Bellman-Ford on the tree's nodes and the sink, tree arcs by sweeps down and up.
    3. A path that comes back to the sink below zero, or no rest after as many passes as nodes, is a way to
       do better: the flow was not optimal.

    Returns:
        int64 (nodes,).

    Raises:
        CertificateError: the flow is not optimal.
    """
    load = problem.loads(flow)
    moves = _moves(problem, flow, unplaced)
    levels = _levels(problem)
    free = load < problem.seats
    distance = np.zeros(problem.nodes + 1, dtype=np.int64)  # the last is the sink
    for _ in range(problem.nodes + 2):
        before = distance.copy()
        if len(moves.ends):
            reached = np.minimum.reduceat(distance[moves.source] + moves.cost, moves.starts)
            distance[moves.ends] = np.minimum(distance[moves.ends], reached)
        _sweep(problem, distance, levels, free)
        if distance[-1] < 0:
            raise CertificateError("the flow is not optimal: a cheaper way to use the seats exists")
        if np.array_equal(before, distance):
            return -distance[:-1]
    raise CertificateError("the flow is not optimal: children could move in a circle and save")


@dataclass(frozen=True)
class _Moves:
    """Moves between pools, sorted by where they end: those to ``ends[i]`` begin at ``starts[i]``."""

    source: Integers
    cost: Integers
    starts: Integers
    ends: Integers


def _moves(problem: Problem, flow: Integers, unplaced: Integers) -> _Moves:
    """The cheapest move of one child between any two pools that have one, the sink included."""
    sink = problem.nodes
    degree = np.diff(problem.offsets)
    used = np.flatnonzero(flow > 0)
    waiting = np.flatnonzero(unplaced > 0)
    # Whoever sits on a used arc, and whoever is unplaced, may go to any candidate of its group ...
    holder = np.concatenate((problem.group[used], waiting))
    held_at = np.concatenate((problem.pool[used], np.full(len(waiting), sink)))
    held_cost = np.concatenate((problem.cost[used], problem.unplaced_cost[waiting]))
    lengths = degree[holder]
    ends_of_lists = np.cumsum(lengths)
    within = np.arange(int(lengths.sum())) - np.repeat(ends_of_lists - lengths, lengths)
    arc = np.repeat(problem.offsets[holder], lengths) + within
    # ... or, from a used arc, to staying unplaced.
    source = np.concatenate((np.repeat(held_at, lengths), problem.pool[used]))
    target = np.concatenate((problem.pool[arc], np.full(len(used), sink)))
    cost = np.concatenate(
        (
            problem.cost[arc] - np.repeat(held_cost, lengths),
            problem.unplaced_cost[problem.group[used]] - problem.cost[used],
        )
    )
    elsewhere = source != target
    source, target, cost = source[elsewhere], target[elsewhere], cost[elsewhere]
    if not len(cost):
        none = np.zeros(0, dtype=np.int64)
        return _Moves(none, none, none, none)
    pair = target.astype(np.int64) * (sink + 1) + source
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    first = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
    cheapest = np.minimum.reduceat(cost[order], first)
    target, source = pair[first] // (sink + 1), pair[first] % (sink + 1)
    starts = np.flatnonzero(np.concatenate(([True], target[1:] != target[:-1])))
    return _Moves(source, cheapest, starts, target[starts])


def _levels(problem: Problem) -> list[Integers]:
    """Nodes by depth, roots first."""
    return [np.flatnonzero(problem.depth == d) for d in range(int(problem.depth.max(initial=-1)) + 1)]


def _sweep(problem: Problem, distance: Integers, levels: list[Integers], free: Booleans) -> None:
    """Settle the tree's own arcs: up from nodes with a seat left, then down everywhere, in place."""
    sink = problem.nodes
    above = np.where(problem.parent == UNPLACED, sink, problem.parent)
    for rows in reversed(levels):
        rising = rows[free[rows]]
        np.minimum.at(distance, above[rising], distance[rising])
    for rows in levels:
        distance[rows] = np.minimum(distance[rows], distance[above[rows]])
