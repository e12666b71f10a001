"""One column of a result table: raw values and how they are to be read, before any language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Literal

import numpy as np

from simulator.model import NO_DATE, NO_METRES, UNPLACED
from simulator.model.arrays import Booleans, Integers

Kind = Literal["text", "count", "metres", "percent", "number", "date", "yes_no", "choice", "message"]
"""``choice`` holds the place in ``codes``, ``message`` message codes, ``date`` days since 1970-01-01."""
Readers = Literal["people", "staff", "programs", "both"]
"""``staff`` is for the bureau's own eyes: in its workbook and in frames, in no table for programs."""


@dataclass(frozen=True)
class Column:
    """One column of a result table.

    Attributes:
        name: name in English, as in Parquet; its heading is the message ``column_NAME``.
        kind: what the values are.
        values: shape (rows,): object (str) for texts and messages, bool, integers, or float64.
        known: bool (rows,), False where there is no value; None if there always is one.
        unavailable: bool (rows,), of the missing values those that people read as "not available"; the others
            are blank because there is nothing to say. None: all blank.
        codes: message codes of a choice, by value; the part behind the first "_" is the code in Parquet.
        readers: "people" only (texts in their language), "staff" (likewise, and in nothing that may be
            published), "programs" only, or both.
    """

    name: str
    kind: Kind
    values: Any
    known: Booleans | None = None
    unavailable: Booleans | None = None
    codes: tuple[str, ...] = ()
    readers: Readers = "both"

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class Table:
    """One result table: its name (title: message ``table_NAME``) and its columns, all equally long."""

    name: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        lengths = {column.name: len(column) for column in self.columns}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"Table {self.name}: columns of unequal length: {lengths}")

    def __len__(self) -> int:
        return len(self.columns[0])

    def rows(self, low: int, high: int) -> Table:
        """The rows from ``low`` up to ``high``."""
        return Table(self.name, tuple(_part(column, slice(low, high)) for column in self.columns))


def _part(column: Column, rows: slice) -> Column:
    return replace(
        column,
        values=column.values[rows],
        known=None if column.known is None else column.known[rows],
        unavailable=None if column.unavailable is None else column.unavailable[rows],
    )


def coded(name: str, words: type[IntEnum], prefix: str, values: Integers) -> Column:
    """Choices from the enumeration ``words``, whose messages begin with ``prefix``; -1 is missing."""
    codes = tuple(f"{prefix}_{word.name.lower()}" for word in words)
    values = np.asarray(values, dtype=np.int64)
    return Column(name, "choice", values, known=values != UNPLACED, codes=codes)


def metres(name: str, values: Integers, among: Booleans) -> Column:
    """A column of metres; unknown ones are not available among the rows ``among``, else blank."""
    values = np.asarray(values, dtype=np.int64)
    return Column(name, "metres", values, known=values != NO_METRES, unavailable=among)


def place(name: str, values: Integers) -> Column:
    """A column of places counted from 0 inside, from 1 for readers; -1 is missing."""
    values = np.asarray(values, dtype=np.int64)
    return Column(name, "count", values + 1, known=values != UNPLACED)


def hundredths(name: str, values: Integers) -> Column:
    """A column of numbers in hundredths inside, whole for readers; -1 is missing."""
    values = np.asarray(values, dtype=np.int64)
    return Column(name, "number", values / 100, known=values != UNPLACED)


def dates(name: str, values: Integers) -> Column:
    """A column of days since 1970-01-01."""
    values = np.asarray(values, dtype=np.int64)
    return Column(name, "date", values, known=values != NO_DATE)


def named(name: str, names: Any, rows: Integers) -> Column:
    """A column of the names that ``rows`` point at; row -1 is missing."""
    rows = np.asarray(rows)
    known = rows != UNPLACED
    values = np.full(len(rows), "", dtype=object)
    values[known] = names[rows[known]]
    return Column(name, "text", values, known=known)


def listed(name: str, kind: Kind, rows: Sequence[Any], value: Callable[[Any], Any], **how: Any) -> Column:
    """A column computed row by row, for short tables; ``None`` is missing."""
    values = [value(row) for row in rows]
    known = np.array([item is not None for item in values], dtype=np.bool_)
    empty: Any = "" if kind in ("text", "message") else 0
    filled = [empty if item is None else item for item in values]
    array: Any
    if kind in ("text", "message"):
        array = np.empty(len(filled), dtype=object)
        array[:] = filled
    else:
        array = np.array(filled, dtype=np.float64 if kind in ("percent", "number") else np.int64)
    return Column(name, kind, array, known=known, **how)
