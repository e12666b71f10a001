"""The transportation problem: groups of students, candidate pools with costs, a tree of seats."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers, freeze_columns, require_lengths

LARGEST = 2**62
"""Every sum the core forms stays below this, so that no int64 ever wraps."""


@dataclass(frozen=True)
class Problem:
    """Who needs a seat, where they may sit and at which cost; checked once, here.

    Group ``g`` has the candidate arcs ``offsets[g]:offsets[g + 1]``. Whole children flow: over an arc to a
    leaf of the seat tree, which they load together with all its ancestors, or to staying unplaced.

    Attributes:
        supply: int64 (groups,), children of the group, >= 0.
        offsets: int64 (groups + 1,).
        pool: int32 (arcs,), leaf of the seat tree; a pool stands once in a group at most.
        cost: int64 (arcs,), cost of one child, >= 0 (metres and what a round adds).
        unplaced_cost: int64 (groups,), cost of one child without a seat, >= 0.
        seats: int64 (nodes,), children who may sit at or below the node, >= 0.
        parent: int32 (nodes,), parents before their children, ``UNPLACED`` at a root.
        depth: int32 (nodes,), 0 at a root (derived).
        group: int32 (arcs,), the group of each arc (derived).

    Raises:
        ValueError: columns that do not fit together, a pool that is no leaf or is named twice, anything
            negative.
        OverflowError: largest cost x (supply + 2 x (groups + nodes) + 4) reaches 2**62. Below it the
            objective (at most supply x cost), every distance in the residual network (a path passes each
            node once at most) and the dual value (at most supply x cost) fit an int64.
    """

    supply: Integers
    offsets: Integers
    pool: Integers
    cost: Integers
    unplaced_cost: Integers
    seats: Integers
    parent: Integers
    depth: Integers = field(init=False, repr=False)
    group: Integers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("supply", "offsets", "cost", "unplaced_cost", "seats"):
            object.__setattr__(self, name, _integers(name, getattr(self, name), np.int64))
        for name in ("pool", "parent"):
            object.__setattr__(self, name, _integers(name, getattr(self, name), np.int32))
        self._check_shapes()
        self._check_tree()
        self._check_numbers()
        object.__setattr__(self, "depth", _depth(self.parent))
        group = np.repeat(np.arange(len(self.supply), dtype=np.int32), np.diff(self.offsets))
        object.__setattr__(self, "group", group)
        self._check_repeated_pools()
        freeze_columns(self)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.supply)

    @property
    def nodes(self) -> int:
        """Number of nodes of the seat tree."""
        return len(self.seats)

    def with_costs(self, cost: Integers, unplaced_cost: Integers) -> Problem:
        """The same children, candidates and seats at other costs; only the costs are checked again.

        Raises:
            ValueError, OverflowError: as of the problem itself.
        """
        other = copy(self)
        object.__setattr__(other, "cost", _integers("cost", cost, np.int64))
        object.__setattr__(other, "unplaced_cost", _integers("unplaced_cost", unplaced_cost, np.int64))
        require_lengths("Problem", len(self.supply), unplaced_cost=other.unplaced_cost)
        require_lengths("Problem", len(self.pool), cost=other.cost)
        other._check_numbers()
        freeze_columns(other)
        return other

    def loads(self, flow: Integers) -> Integers:
        """int64 (nodes,): children at or below every node, from the flow (arcs,)."""
        load = np.zeros(self.nodes, dtype=np.int64)
        used = np.flatnonzero(flow)
        np.add.at(load, self.pool[used], flow[used])
        for depth in range(int(self.depth.max(initial=0)), 0, -1):
            rows = np.flatnonzero(self.depth == depth)
            np.add.at(load, self.parent[rows], load[rows])
        return load

    def down_the_tree(self, own: Integers) -> Integers:
        """int64 (nodes,): the sum of ``own`` (nodes,) over each node and its ancestors."""
        total = np.array(own, dtype=np.int64)
        for depth in range(1, int(self.depth.max(initial=0)) + 1):
            rows = np.flatnonzero(self.depth == depth)
            total[rows] += total[self.parent[rows]]
        return total

    def _check_shapes(self) -> None:
        require_lengths("Problem", len(self.supply), unplaced_cost=self.unplaced_cost)
        require_lengths("Problem", len(self.pool), cost=self.cost)
        require_lengths("Problem", len(self.seats), parent=self.parent)
        fits = len(self.offsets) == len(self.supply) + 1 and self.offsets[0] == 0
        if not fits or np.any(np.diff(self.offsets) < 0) or self.offsets[-1] != len(self.pool):
            raise ValueError("Problem: offsets do not fit the arcs")

    def _check_tree(self) -> None:
        if np.any(self.parent >= np.arange(self.nodes)) or np.any(self.parent < UNPLACED):
            raise ValueError("Problem: a parent must stand before its children")
        if np.any(self.pool < 0) or np.any(self.pool >= self.nodes):
            raise ValueError("Problem: a pool outside the seat tree")
        inner = np.zeros(self.nodes, dtype=np.bool_)
        inner[self.parent[self.parent != UNPLACED]] = True
        if np.any(inner[self.pool]):
            raise ValueError("Problem: a pool must be a leaf of the seat tree")

    def _check_numbers(self) -> None:
        for name in ("supply", "cost", "unplaced_cost", "seats"):
            if np.any(getattr(self, name) < 0):
                raise ValueError(f"Problem: negative {name}")
        children = exact_dot(self.supply, np.ones_like(self.supply))
        largest = int(max(self.cost.max(initial=0), self.unplaced_cost.max(initial=0)))
        if children >= LARGEST or largest * (children + 2 * (self.groups + self.nodes) + 4) >= LARGEST:
            raise OverflowError(
                f"Problem: costs up to {largest} with {children} children, {self.groups} groups and "
                f"{self.nodes} nodes could pass 2**62"
            )

    def _check_repeated_pools(self) -> None:
        from simulator.transport.arc_order import names_twice  # compiled: not on import

        if names_twice(self.offsets, self.pool, self.nodes):
            raise ValueError("Problem: a group names a pool twice")


def exact_dot(left: Integers, right: Integers) -> int:
    """Sum of products of two int64 columns, however large: in Python's integers where int64 might wrap."""
    if not len(left):
        return 0
    greatest = max(abs(int(left.max())), abs(int(left.min())))
    if greatest * max(abs(int(right.max())), abs(int(right.min()))) * len(left) < LARGEST:
        return int(np.dot(left, right))
    return sum(a * b for a, b in zip(left.tolist(), right.tolist(), strict=True))


def _integers(name: str, values: Integers, dtype: type[np.int32] | type[np.int64]) -> Integers:
    """``values`` in ``dtype``, refusing fractions and what does not fit."""
    given = np.asarray(values)
    if given.size == 0:
        return given.astype(dtype)
    if given.dtype.kind not in "iu":
        raise ValueError(f"Problem: {name} must be integers, got {given.dtype}")
    bounds = np.iinfo(dtype)
    if given.max() > bounds.max or given.min() < bounds.min:
        raise OverflowError(f"Problem: {name} does not fit {np.dtype(dtype).name}")
    return given.astype(dtype, copy=False)


def _depth(parent: Integers) -> Integers:
    """int32 (nodes,): 0 at a root."""
    depth = np.zeros(len(parent), dtype=np.int32)
    node = parent.copy()
    inside = np.flatnonzero(node != UNPLACED)
    while len(inside):
        depth[inside] += 1
        node[inside] = parent[node[inside]]
        inside = inside[node[inside] != UNPLACED]
    return depth
