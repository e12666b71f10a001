"""Who sits where while parties are placed one by one, and how those placed make way for one more."""

from __future__ import annotations

import numpy as np

from simulator.mechanisms.choosing import Tree
from simulator.mechanisms.parties import Parties
from simulator.model import UNPLACED, Ragged
from simulator.model.arrays import Integers

Move = tuple[int, int]
"""A party and the arc it moves to."""


class Seating:
    """A seating that grows by one party at a time: the working memory of ``by_order``.

    Attributes:
        turns: parties in the order of (tier, draw).
        place: arc of every party, ``UNPLACED`` for none.
        beyond: members of every party who sit beyond the seats.
        room: seats free at every node itself.
    """

    def __init__(self, parties: Parties, tree: Tree, room: Integers) -> None:
        self.parties = parties
        self.turns: list[int] = np.argsort(parties.tier, kind="stable").tolist()
        self.place = [UNPLACED] * len(parties)
        self.beyond = [0] * len(parties)
        self.room: list[int] = room.tolist()
        self._turn = np.empty(len(parties), dtype=np.int64)
        self._turn[self.turns] = np.arange(len(parties))
        self._size: list[int] = parties.size.tolist()
        self._pool: list[int] = parties.pool.tolist()
        self._offsets: list[int] = parties.offsets.tolist()
        self._arcs = Ragged(parties.offsets, np.arange(len(parties.pool)))
        # The arcs of a party, nearest first, stand at its offsets.
        self._nearest: list[int] = np.lexsort((parties.pool, parties.cost, parties.party)).tolist()
        # A node's path: itself, its parent, ..., its root.
        self._path: list[list[int]] = [
            [int(node) for node in column[::-1] if node != UNPLACED] for column in tree.ancestor.T
        ]
        self._children: list[list[int]] = [[] for _ in self._path]
        for node, path in enumerate(self._path):
            if len(path) > 1:
                self._children[path[1]].append(node)
        self._movable: list[set[int]] = [set() for _ in self._path]  # single children at a leaf
        self._movable_below = [0] * len(self._path)
        self._moves: dict[int, list[Move]] = {}
        self._closed = [False] * len(self._path)  # nodes from where no free seat can be reached any more

    def choices(self, party: int) -> list[int]:
        """The arcs of a party, least cost first, then the lower pool."""
        return self._nearest[self._offsets[party] : self._offsets[party + 1]]

    def free(self, leaf: int) -> int:
        """Seats free at a leaf, its ancestors counted."""
        return min(self.room[node] for node in self._path[leaf])

    def take_nearest(self, party: int, *, beyond: bool) -> None:
        """Seat the party at its nearest choice with room for all, else (``beyond``) with any room."""
        some = UNPLACED
        for arc in self.choices(party):
            free = self.free(self._pool[arc])
            if free >= self._size[party]:
                self.sit(party, arc, self._size[party])
                return
            if free > 0 and some == UNPLACED:
                some = arc
        if beyond and some != UNPLACED:
            self.sit(party, some, self.free(self._pool[some]))

    def make_way(self, party: int, *, beyond: bool) -> None:
        """Seat the party by moving others, if that can be done.

        A child goes where the fewest must move. Twins take their nearest choice where way can be made for
        all, else (``beyond``) where it can be made for the most.
        """
        size = self._size[party]
        if size == 1:
            found = self._fewest_moves(self.choices(party), closing=True)
            if found is not None:
                arc, moves = found
                self._move(moves)
                self.sit(party, arc, 1)
            return
        best, most = UNPLACED, 0
        for arc in self.choices(party):
            held = self._hold(arc, size)
            if len(held) == size or (beyond and len(held) > most):
                best, most = arc, len(held)
            self._let_go(arc, held)
            if most == size:
                break
        if most:
            held = self._hold(best, most)
            self._count(self._pool[best], -most)
            self.sit(party, best, most)

    def _hold(self, arc: int, wanted: int) -> list[list[Move]]:
        """Free up to ``wanted`` seats at the arc's leaf and keep them; for each, the moves that undo it."""
        held: list[list[Move]] = []
        while len(held) < wanted:
            found = self._fewest_moves([arc], closing=not held)
            if found is None:
                break
            held.append([(mover, self.place[mover]) for mover, _ in found[1]])
            self._move(found[1])
            self._count(self._pool[arc], 1)
        return held

    def _let_go(self, arc: int, held: list[list[Move]]) -> None:
        """Undo ``_hold``."""
        for moves in reversed(held):
            self._count(self._pool[arc], -1)
            self._move(moves)

    def _fewest_moves(self, arcs: list[int], *, closing: bool) -> tuple[int, list[Move]] | None:
        """One of ``arcs`` and the fewest moves that free a seat there, or None.

        A search by breadth over the tree of seats. A child who arrives at a node passes to the parent if the
        node has a seat left; else somebody below the node leaves. From a leaf a child leaves for another of
        its choices: of several who could go to the same school the one who loses the fewest metres, then the
        one whose turn was last. Passing a root means a seat is found.

        Args:
            closing: whether a search in vain may close the nodes it saw. No later placing opens them again:
                a node behind which there is no free seat is on no path to one.
        """
        seen: dict[int, tuple[int, Move]] = {}
        nodes: list[int] = []
        for arc in arcs:
            leaf = self._pool[arc]
            if leaf not in seen and not self._closed[leaf]:
                seen[leaf] = (UNPLACED, (UNPLACED, arc))
                nodes.append(leaf)
        while nodes:
            for node in nodes:  # grows while it is read: ways up and down the tree move nobody
                path = self._path[node]
                if self.room[node] > 0:
                    if len(path) == 1:
                        return _trace(seen, node)
                    if path[1] not in seen and not self._closed[path[1]]:
                        seen[path[1]] = (node, (UNPLACED, UNPLACED))
                        nodes.append(path[1])
                for child in self._children[node]:
                    if self._movable_below[child] and child not in seen and not self._closed[child]:
                        seen[child] = (node, (UNPLACED, UNPLACED))
                        nodes.append(child)
            reached: list[int] = []
            for node in nodes:
                for move in self._moves_from(node):
                    target = self._pool[move[1]]
                    if target not in seen and not self._closed[target]:
                        seen[target] = (node, move)
                        if self.free(target) > 0:
                            return _trace(seen, target)
                        reached.append(target)
            nodes = reached
        if closing:
            for node in seen:
                self._closed[node] = True
        return None

    def _moves_from(self, leaf: int) -> list[Move]:
        """For each school the children at a leaf could go to, the move that is chosen; least extra first."""
        if leaf not in self._moves:
            self._moves[leaf] = self._find_moves(sorted(self._movable[leaf]))
        return self._moves[leaf]

    def _find_moves(self, sitting: list[int]) -> list[Move]:
        if not sitting:
            return []
        parties = self.parties
        arcs = self._arcs.take(np.array(sitting))
        party, arc = np.array(sitting)[arcs.owners], arcs.values
        here = np.array([self.place[p] for p in sitting])[arcs.owners]
        away = np.flatnonzero(arc != here)
        if not len(away):
            return []
        party, arc, extra = party[away], arc[away], (parties.cost[arc] - parties.cost[here])[away]
        sorting = np.lexsort((-self._turn[party], extra, parties.pool[arc]))
        target = parties.pool[arc[sorting]]
        first = sorting[np.flatnonzero(np.concatenate(([True], target[1:] != target[:-1])))]
        first = first[np.lexsort((parties.pool[arc[first]], extra[first]))]
        return list(zip(party[first].tolist(), arc[first].tolist(), strict=True))

    def _move(self, moves: list[Move]) -> None:
        """Let children change their seats; taken together the moves respect the room."""
        for party, arc in moves:
            left, entered = self._pool[self.place[party]], self._pool[arc]
            self._count(left, -1)
            self._count(entered, 1)
            self._here(party, left, -1)
            self._here(party, entered, 1)
            self.place[party] = arc

    def sit(self, party: int, arc: int, counted: int) -> None:
        """Seat a party; ``counted`` of its members take a seat, the rest sit beyond."""
        self.place[party] = arc
        self.beyond[party] = self._size[party] - counted
        self._count(self._pool[arc], counted)
        if self._size[party] == 1:
            self._here(party, self._pool[arc], 1)

    def _count(self, leaf: int, taken: int) -> None:
        for node in self._path[leaf]:
            self.room[node] -= taken

    def _here(self, party: int, leaf: int, change: int) -> None:
        """Enter or strike a single child in the list of those who may move from a leaf."""
        if change > 0:
            self._movable[leaf].add(party)
        else:
            self._movable[leaf].discard(party)
        self._moves.pop(leaf, None)
        for node in self._path[leaf]:
            self._movable_below[node] += change


def _trace(seen: dict[int, tuple[int, Move]], node: int) -> tuple[int, list[Move]]:
    """Read a path back to its start: the arc it began with, and the moves."""
    moves: list[Move] = []
    while True:
        node, (party, arc) = seen[node]
        if node == UNPLACED:
            return arc, moves
        if party != UNPLACED:
            moves.append((party, arc))
