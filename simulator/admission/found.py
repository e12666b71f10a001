"""Schools found for the children of a round, kept child by child: a later play looks up only others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.admission.reach import Pairs
from simulator.model.arrays import Booleans, Integers

COLUMNS = ("school", "metres", "order")
"""What is kept of every pair of child and school, int32 each."""


class FoundSchools:
    """The schools in reach of the children of a round, in the order in which they were looked up.

    Reading takes time for the children read alone, adding for those added: thousands of plays, each with a
    few children whom no earlier one saw, cost no more than their own.

    Attributes:
        entered: bool (students,), children whose schools were looked up.
    """

    def __init__(self, id_rank: Integers) -> None:
        """Args: id_rank: int64 (students,), place of each child's id among all ids."""
        self.entered: Booleans = np.zeros(len(id_rank), dtype=np.bool_)
        self._by_id = np.argsort(id_rank)
        self._start = np.zeros(len(id_rank), dtype=np.int64)
        self._count = np.zeros(len(id_rank), dtype=np.int64)
        self._pairs = 0
        self._kept = {name: np.zeros(0, dtype=np.int32) for name in COLUMNS}

    def add(self, entrants: Booleans, found: Sequence[Pairs]) -> None:
        """Add the schools of ``entrants``, bool (students,), none of whom is here yet.

        Args:
            found: of which no child is in two; each with the pairs of a child side by side.
        """
        self.entered = self.entered | entrants
        for pairs in found:
            end = self._pairs + len(pairs.student)
            for name, kept in self._kept.items():
                if end > len(kept):
                    kept = self._kept[name] = np.concatenate((kept, np.zeros(end, dtype=np.int32)))
                kept[self._pairs : end] = getattr(pairs, name)
            count = np.bincount(pairs.student, minlength=len(self._count))
            first = np.flatnonzero(np.diff(pairs.student, prepend=-1))
            self._start[pairs.student[first]] = self._pairs + first
            self._count += count
            self._pairs = end

    def of(self, entrants: Booleans) -> Pairs:
        """The pairs of ``entrants``, bool (students,), by the child's id: no row of the roster decides."""
        student = self._by_id[entrants[self._by_id]]
        count = self._count[student]
        before = np.cumsum(count) - count
        places = np.repeat(self._start[student] - before, count) + np.arange(count.sum())
        return Pairs(
            np.repeat(student, count).astype(np.int32),
            **{name: kept[places] for name, kept in self._kept.items()},
        )
