"""References from one table to the rows of another: by id, or by a name that only one row has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.load import cells
from simulator.load.suggest import nearest_word
from simulator.load.table import Table
from simulator.model import UNPLACED
from simulator.model.arrays import Integers


@dataclass(frozen=True)
class References:
    """The rows of a table by id, and by name where names are unique.

    Attributes:
        ids: arrow text, one per row. names: arrow text or ``None``. table: the table's name.
        sound: False where the table could not be read: then nothing is known to be unknown.
    """

    table: str
    ids: Any
    names: Any = None
    sound: bool = True

    @classmethod
    def of(cls, table: Table | None, id: str, name: str = "") -> References:
        """References to the rows of a table by its ``id`` column and, where named, its ``name`` column."""
        if table is None:
            return cls("", pa.array([], pa.string()), sound=False)
        sound = table.has(id) and not table.sheet.torn and len(table) > 0
        return cls(table.name, table.texts(id), table.texts(name) if name else None, sound)

    def rows(self, texts: Any) -> Integers:
        """int32 row of each text, by id, else by a name only one row has; ``UNPLACED`` if unknown."""
        rows = _find(texts, self.ids)
        if self.names is not None and np.any(rows == UNPLACED):
            counts = pc.value_counts(self.names)
            single = counts.field(0).filter(pc.equal(counts.field(1), 1))
            single = single.filter(pc.not_equal(single, ""))
            named = (rows == UNPLACED) & (_find(texts, single) != UNPLACED)
            rows = np.where(named, _find(texts, self.names), rows)
        return rows.astype(np.int32)

    def nearest(self, text: str) -> str:
        """The id or name most like ``text``."""
        found = nearest_word(text, self.ids.to_pylist())
        if not found and self.names is not None:
            found = nearest_word(text, self.names.to_pylist())
        return found


def _find(texts: Any, among: Any) -> Integers:
    places = pc.fill_null(pc.index_in(texts, value_set=among), UNPLACED)
    return np.asarray(places, dtype=np.int32)


def refer(table: Table, name: str, to: References, *, required: bool) -> tuple[Integers, Integers]:
    """Rows of ``to`` that a column names, and the rows of ``table`` whose text is unknown.

    A required reference that is blank or unknown is a fault; else the caller decides.

    Returns:
        int32 (rows,), ``UNPLACED`` where blank or unknown; int64, rows with an unknown text, rising.
    """
    found = table.distinct(name)
    target = to.rows(found.texts)
    blank = np.array([cells.is_blank(text) for text in found.texts.to_pylist()], dtype=np.bool_)
    blank &= target == UNPLACED
    unknown = np.flatnonzero((target == UNPLACED) & ~blank)
    if not to.sound:
        unknown = unknown[:0]
    if required and table.has(name):
        table.fault("blank_cell", name, found.rows_of(np.flatnonzero(blank)))
        table.fault_strangers("unknown_reference", name, unknown.tolist(), to.nearest, refers=to.table)
    return target[found.codes].astype(np.int32), found.rows_of(unknown)
