"""Choosing under a tree of seats: who of the candidates may sit, best rank first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED, Seats
from simulator.model.arrays import Booleans, Integers, freeze_columns


@dataclass(frozen=True)
class Tree:
    """Ancestors of every node, level by level.

    Attributes:
        root: int64 (nodes,). leaf: bool (nodes,).
        ancestor: int64 (levels, nodes), the ancestor (or the node itself) at that depth, ``UNPLACED`` for
            nodes higher up.
    """

    root: Integers
    leaf: Booleans
    ancestor: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)

    @classmethod
    def of(cls, seats: Seats) -> Tree:
        """The tree of ``seats``."""
        depth = seats.depth
        ancestor = np.full((int(depth.max(initial=0)) + 1, len(seats)), UNPLACED, dtype=np.int64)
        node = np.arange(len(seats), dtype=np.int64)
        at = depth.astype(np.int64)
        inside = np.flatnonzero(node != UNPLACED)
        while len(inside):
            ancestor[at[inside], inside] = node[inside]
            node[inside], at[inside] = seats.parent[node[inside]], at[inside] - 1
            inside = inside[node[inside] != UNPLACED]
        leaf = np.ones(len(seats), dtype=np.bool_)
        leaf[seats.parent[seats.parent != UNPLACED]] = False
        return cls(ancestor[0], leaf, ancestor)

    def require_leaves(self, pool: Integers) -> None:
        """Refuse arcs to anything but leaves.

        Raises:
            ValueError: an arc names an inner node or a node outside the tree.
        """
        unsigned = pool.view(np.dtype(f"u{pool.dtype.itemsize}"))  # a negative one is beyond all nodes
        inside = int(unsigned.max(initial=0)) < max(1, len(self.leaf))
        if not inside or not (np.all(self.leaf) or np.all(self.leaf[pool])):
            raise ValueError("Applications: an arc must name a leaf of the seat tree")

    def add_up(self, load: Integers, pool: Integers, count: Integers) -> None:
        """Add ``count`` (pairs,) to ``load`` (nodes,) at each ``pool`` and all its ancestors, in place."""
        for level in self.ancestor:
            node = level[pool]
            below = node != UNPLACED
            np.add.at(load, node[below], count[below])


@dataclass(frozen=True)
class Choice:
    """The answer of ``choose``.

    Attributes:
        counted: int64 (candidates,), seats the candidate takes, 0 where refused; twins kept together at the
            last seat take fewer than they are.
        refused_at: int64 (candidates,), the node that was full, ``UNPLACED`` for the accepted.
    """

    counted: Integers
    refused_at: Integers

    @property
    def accepted(self) -> Booleans:
        """bool (candidates,)."""
        return np.asarray(self.refused_at == UNPLACED)


def choose(tree: Tree, room: Integers, pool: Integers, size: Integers, rank: Integers) -> Choice:
    """The candidates who may sit, best rank first, no node over its room but for twins at the last seat.

    Candidate ``x`` is accepted when at its leaf and at every ancestor the seats taken by better ranks are
    fewer than the room. A party that begins on the last seat is seated whole and counted only up to the
    room, there and above, so that the seats beyond are nobody else's. The seats taken ahead of ``x`` never
    fall when candidates are added: hence deferred acceptance may refuse for good, in any order.

    Levels are settled from the deepest up: what passes a node competes at its parent. This is the greedy
    choice by rank, because whoever is refused above is followed there by refused ones only.

    Args:
        room: int64 (nodes,), seats free at the node itself. pool: int (candidates,), leaf.
        size: int64 (candidates,), children. rank: int64 (candidates,), distinct.
    """
    counted = np.array(size, dtype=np.int64)
    refused_at = np.full(len(pool), UNPLACED, dtype=np.int64)
    for level in tree.ancestor[::-1]:
        node = level[pool]
        rows = np.flatnonzero((node != UNPLACED) & (refused_at == UNPLACED))
        load = np.zeros(len(room), dtype=np.int64)
        np.add.at(load, node[rows], counted[rows])
        rows = rows[load[node[rows]] > room[node[rows]]]
        if not len(rows):
            continue
        rows = rows[np.lexsort((rank[rows], node[rows]))]
        at, taken = node[rows], np.cumsum(counted[rows])
        ahead = taken - counted[rows]
        first = np.flatnonzero(np.concatenate(([True], at[1:] != at[:-1])))
        ahead -= np.repeat(ahead[first], np.diff(np.append(first, len(rows))))
        counted[rows] = np.clip(room[at] - ahead, 0, counted[rows])
        full = ahead >= room[at]
        refused_at[rows[full]] = at[full]
    return Choice(counted, refused_at)


def earliest_straddlers(
    tree: Tree, choice: Choice, pool: Integers, size: Integers, rank: Integers
) -> Integers:
    """int64: of the accepted parties with fewer seats than members, the best ranked under each root."""
    rows = np.flatnonzero(choice.accepted & (choice.counted < size))
    rows = rows[np.argsort(rank[rows])]
    _, first = np.unique(tree.root[pool[rows]], return_index=True)
    return rows[first]


def arc_ranks(priority: Integers, party: Integers) -> Integers:
    """int64 (arcs,): place of every arc when sorted by (priority, party): the order of all pools."""
    rank = np.empty(len(priority), dtype=np.int64)
    rank[np.lexsort((party, priority))] = np.arange(len(priority))
    return rank


def require_rule(last_seat: str) -> None:
    """Refuse an unknown rule for twins.

    Raises:
        ValueError: neither ``both_in`` nor ``next``.
    """
    if last_seat not in ("both_in", "next"):
        raise ValueError(f"last_seat must be 'both_in' or 'next', not {last_seat!r}")
