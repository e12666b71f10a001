"""A problem over fewer nodes: without those nobody lists, and with one node for a chain of them.

In a county's tree of seats a school stands over its stages and these over their pools. A round of a few
hundred children lists some of them only, and most schools then have one stage with one pool: three limits on
the same children, of which the least binds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport.problem import Problem

ENDLESS = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Compact:
    """The nodes of ``problem`` seen as chains: a node with one listed child is one with it.

    Attributes:
        problem: the whole problem.
        bottom: int64 (nodes,), the lowest node of the chain a listed node is in; ``UNPLACED`` if not listed.
        least_below: int64 (nodes,), the least seats in the chain strictly below the node, ``ENDLESS`` if
            there is none.
    """

    problem: Problem
    bottom: Integers
    least_below: Integers

    @classmethod
    def of(cls, problem: Problem) -> Compact:
        """Find what an arc leads to or through, and who has one such child, from the leaves up."""
        nodes = problem.nodes
        bottom = np.full(nodes, UNPLACED, dtype=np.int64)
        bottom[problem.pool] = problem.pool
        least_below = np.full(nodes, ENDLESS, dtype=np.int64)
        children = np.zeros(nodes, dtype=np.int64)
        for depth in range(int(problem.depth.max(initial=0)), 0, -1):
            rows = np.flatnonzero((problem.depth == depth) & (bottom != UNPLACED))
            above = problem.parent[rows]
            np.add.at(children, above, 1)
            bottom[above] = above
            single = children[above] == 1
            rows, above = rows[single], above[single]
            bottom[above] = bottom[rows]
            least_below[above] = np.minimum(problem.seats[rows], least_below[rows])
        return cls(problem, bottom, least_below)

    @property
    def listed(self) -> Booleans:
        """bool (nodes,): nodes an arc leads to or through."""
        return np.asarray(self.bottom != UNPLACED)

    @cached_property
    def kept(self) -> Integers:
        """int64: the lowest node of every chain, rising."""
        return np.flatnonzero(self.bottom == np.arange(self.problem.nodes))

    @property
    def smaller(self) -> bool:
        """True if there is a node less."""
        return len(self.kept) < self.problem.nodes

    @cached_property
    def place(self) -> Integers:
        """int32 (nodes,): row of the node's chain among ``kept``; ``UNPLACED`` if not listed."""
        row = np.full(self.problem.nodes + 1, UNPLACED, dtype=np.int32)  # the last stands for not listed
        row[self.kept] = np.arange(len(self.kept), dtype=np.int32)
        return np.asarray(row[self.bottom])

    @cached_property
    def above(self) -> Integers:
        """int64 (kept,): the node right above each chain, ``UNPLACED`` at a root."""
        problem, listed = self.problem, np.flatnonzero(self.listed)
        parent = problem.parent[listed]
        top = (parent == UNPLACED) | (self.bottom[parent] != self.bottom[listed])
        above = np.full(len(self.kept), UNPLACED, dtype=np.int64)
        above[self.place[listed[top]]] = parent[top]
        return above

    def small(self) -> Problem:
        """The same problem over the chains; its arcs are the same, row by row."""
        problem, listed = self.problem, np.flatnonzero(self.listed)
        seats = np.full(len(self.kept), ENDLESS, dtype=np.int64)
        np.minimum.at(seats, self.place[listed], problem.seats[listed])
        return Problem(
            problem.supply,
            problem.offsets,
            self.place[problem.pool],
            problem.cost,
            problem.unplaced_cost,
            seats,
            np.where(self.above == UNPLACED, UNPLACED, self.place[self.above]),
        )

    def own_prices(self, prices: Integers) -> Integers:
        """int64 (kept,): own prices (nodes,) summed over each chain, below zero where they do not fit."""
        listed = np.flatnonzero(self.listed)
        own = np.zeros(len(self.kept), dtype=np.int64)
        np.add.at(own, self.place[listed], np.asarray(prices, dtype=np.int64)[listed])
        return own

    def total_prices(self, total_prices: Integers) -> Integers:
        """int64 (nodes,): least total prices of all nodes from those of the chains, int64 (kept,).

        In the residual network of ``prices.minimal_total_prices``:

        - All of a chain hold the same children, so those are full that have its least seats. A further seat
          at a node and all above it reaches the children only if no full node lies below: down to the lowest
          full node, nodes have the price of what lies above the chain; from there on, that of the chain.
        - A node nobody lists holds no child and receives none: only the arc from its parent enters it, and it
          has no price of its own.
        """
        problem, listed = self.problem, np.flatnonzero(self.listed)
        place = self.place[listed]
        least = np.full(len(self.kept), ENDLESS, dtype=np.int64)
        np.minimum.at(least, place, problem.seats[listed])
        outside = np.where(self.above == UNPLACED, 0, total_prices[self.place[self.above]])
        reached = self.least_below[listed] > least[place]
        total = np.zeros(problem.nodes, dtype=np.int64)
        total[listed] = np.where(reached, total_prices[place], outside[place])
        for depth in range(1, int(problem.depth.max(initial=0)) + 1):
            rows = np.flatnonzero(~self.listed & (problem.depth == depth))
            total[rows] = total[problem.parent[rows]]
        return total
