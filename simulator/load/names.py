"""Names to rows: counties, towns, groups and districts, in the order they first appear."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from simulator.load.table import Distinct
from simulator.model import UNPLACED
from simulator.model.arrays import Integers


class Names:
    """Names met so far; a name's row is its place in the order of first appearance.

    Towns are told apart by county too: two counties may each have a 城东镇.
    """

    def __init__(self) -> None:
        self._rows: dict[Hashable, int] = {}
        self._names: list[str] = []

    def rows(self, column: Distinct, county: Integers | None = None) -> Integers:
        """int32 row of each cell, ``UNPLACED`` for an empty one; new names are entered."""
        texts = column.texts.to_pylist()
        within = np.zeros(len(column.codes), dtype=np.int64) if county is None else county.astype(np.int64)
        span = int(within.max(initial=0)) + 2
        pairs, first, which = np.unique(
            column.codes.astype(np.int64) * span + within + 1, return_index=True, return_inverse=True
        )
        rows = np.full(len(pairs), UNPLACED, dtype=np.int32)
        for pair in np.argsort(first, kind="stable"):
            text = texts[int(pairs[pair]) // span]
            if text:
                rows[pair] = self._enter((text, int(pairs[pair]) % span if county is not None else 0), text)
        return rows[which]

    def _enter(self, key: Hashable, name: str) -> int:
        if key not in self._rows:
            self._rows[key] = len(self._names)
            self._names.append(name)
        return self._rows[key]

    @property
    def names(self) -> tuple[str, ...]:
        """All names in order of first appearance."""
        return tuple(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names


def used(columns: Sequence[Distinct]) -> bool:
    """Whether any of the columns holds a name at all."""
    return any(any(column.texts.to_pylist()) for column in columns)
