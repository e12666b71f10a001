"""How far a seating is from the share rules of its round, kept up while single children move."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.model import UNPLACED, ShareDemand
from simulator.model.arrays import Integers


@dataclass(frozen=True)
class ShareCounts:
    """Children in seats that count, rule by rule.

    Attributes:
        demands: the share rules of the round. reached: by rule, ruled applicants in seats that count.
    """

    demands: tuple[ShareDemand, ...]
    reached: tuple[int, ...]

    @classmethod
    def of(cls, demands: tuple[ShareDemand, ...], pool: Integers) -> ShareCounts:
        """Count a seating: ``pool`` int64 (applicants,), the leaf of each, ``UNPLACED`` for none."""
        seated = pool != UNPLACED
        return cls(demands, tuple(int(d.counts[pool[seated & d.ruled]].sum()) for d in demands))

    @property
    def short(self) -> int:
        """Children missing, over all rules."""
        pairs = zip(self.demands, self.reached, strict=True)
        return sum(max(0, demand.at_least - got) for demand, got in pairs)

    def after(self, applicant: int, left: int, entered: int) -> ShareCounts:
        """Counted once a child has left a pool for another; either may be ``UNPLACED``."""
        pairs = zip(self.demands, self.reached, strict=True)
        moved = [got + int(d.ruled[applicant]) * _gain(d, left, entered) for d, got in pairs]
        return replace(self, reached=tuple(moved))

    def short_after(self, applicant: Integers, left: int, entered: int) -> Integers:
        """int64 (applicants asked,): ``short`` if this one of them alone moved so."""
        short = np.zeros(len(applicant), dtype=np.int64)
        for demand, got in zip(self.demands, self.reached, strict=True):
            reached = got + demand.ruled[applicant].astype(np.int64) * _gain(demand, left, entered)
            short += np.maximum(0, demand.at_least - reached)
        return short


def _gain(demand: ShareDemand, left: int, entered: int) -> int:
    """What a ruled child who moves so adds to the number that count: -1, 0 or 1."""
    before = left != UNPLACED and bool(demand.counts[left])
    return int(entered != UNPLACED and bool(demand.counts[entered])) - int(before)
