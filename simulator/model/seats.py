"""Seats: a tree of pools. A child sits in a leaf; a node's seats bound all that sit below it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import UNPLACED, Integers, Tabular, freeze_columns, require_lengths


@dataclass(frozen=True)
class Seats(Tabular):
    """The seat tree, parents before their children.

    Attributes:
        school: int32, row in ``Schools``. stage: int8, a ``Stage``; ``UNPLACED`` at a school's root.
        kind: int8, a ``SeatKind``. parent: int32, row of the parent node; ``UNPLACED`` at a root.
        seats: int64, how many children may sit at or below the node.
        reserves: int64, of the seats of a leaf, how many go to favoured applicants first and to others only
            if these leave them (minority reserves); 0 if not given.
        floors: int64, how many children a leaf must at least get; 0 if not given.
    """

    school: Integers
    stage: Integers
    kind: Integers
    parent: Integers
    seats: Integers
    reserves: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    floors: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        for name in ("reserves", "floors"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(len(self.school), dtype=np.int64))
        require_lengths("Seats", len(self.school), **vars(self))
        if np.any(self.parent >= np.arange(len(self.parent))):
            raise ValueError("Seats: a parent must stand before its children")
        if np.any(self.seats < 0) or np.any(self.reserves < 0) or np.any(self.floors < 0):
            raise ValueError("Seats: negative seats, reserves or floors")
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.school)

    def rolled_up(self, leaf_load: Integers) -> Integers:
        """Load of every node, int64 (nodes,), from the load of each node's own sitters."""
        load, at = np.asarray(leaf_load, dtype=np.int64).copy(), self.depth
        for depth in range(at.max(initial=0), 0, -1):
            rows = np.flatnonzero(at == depth)
            np.add.at(load, self.parent[rows], load[rows])
        return load

    def room(self, load: Integers) -> Integers:
        """Seats free at each node counting its ancestors, int64 (nodes,), from ``rolled_up`` loads."""
        free, at = self.seats - load, self.depth
        for depth in range(1, at.max(initial=0) + 1):
            rows = np.flatnonzero(at == depth)
            free[rows] = np.minimum(free[rows], free[self.parent[rows]])
        return np.maximum(free, 0)

    @property
    def depth(self) -> Integers:
        """int32 (nodes,): 0 at a root."""
        depth = np.zeros(len(self), dtype=np.int32)
        node = self.parent.copy()
        while np.any(node != UNPLACED):
            inside = node != UNPLACED
            depth[inside] += 1
            node[inside] = self.parent[node[inside]]
        return depth
