"""What one solve of a relaxed problem proves: a lower bound on every answer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.flow import Flow, Ties, own_prices
from simulator.transport.shares.mixing import Candidate
from simulator.transport.shares.rule import Relaxed, Surcharges


@dataclass(frozen=True)
class Bound:
    """A lower bound on the cost of every flow that meets the rules, and what proves it.

    Attributes:
        relaxed: the problem the multipliers give. engine: which solved it. ties: as ``Flow.ties``.
        total_prices: int64 (nodes,). objective: of its optimum.
        weight: the least weight of children unplaced. candidate: the optimum as the rules see it.
        slack: int32 (arcs,), of ``narrow.slacks``, where it was asked for.
    """

    relaxed: Relaxed
    engine: str
    ties: Ties
    total_prices: Integers
    objective: int
    weight: int
    candidate: Candidate
    slack: Integers | None = None

    @property
    def surcharges(self) -> Surcharges:
        """The multipliers."""
        return self.relaxed.surcharges

    @property
    def prices(self) -> Integers:
        """int64 (nodes,), each node's own."""
        return own_prices(self.relaxed.given.problem, self.total_prices)

    def value(self, needed: tuple[int, ...]) -> Fraction:
        """(optimum + shift + sum_r s_r needed_r - base x least weight unplaced) / scale.

        See ``Relaxed``; it holds for flows that leave no more unplaced than must be.
        """
        asked = sum(s * n for s, n in zip(self.surcharges.children, needed, strict=True))
        total = self.objective + self.relaxed.shift + asked - self.relaxed.base * self.weight
        return Fraction(total, self.surcharges.scale)

    def flow(self) -> Flow:
        """The optimum over all arcs of the relaxed problem, to be certified."""
        flow = self.candidate.flow
        unplaced = self.relaxed.given.unplaced(flow)
        problem = self.relaxed.problem
        return Flow(
            problem, self.engine, flow, unplaced, self.prices, self.total_prices, self.objective, self.ties
        )

    def prices_for(self, relaxed: Relaxed) -> Integers:
        """Own prices to begin another solve with, int64 (nodes,): these in the units of ``relaxed``."""
        prices, base = self.prices, self.relaxed.base
        placed = (prices + base // 2) // base
        rest = (prices - placed * base) * relaxed.surcharges.scale // self.surcharges.scale
        return np.maximum(placed * relaxed.base + rest, 0)
