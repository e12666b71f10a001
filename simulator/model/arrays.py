"""Read-only columns and ragged lists: the two shapes all data inside has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Integers = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Texts = NDArray[Any]  # object dtype, every element a str

UNPLACED = -1
"""The one mark for "no row": no school, no block, no group. Never a mark for anything else."""

NO_DATE = np.iinfo(np.int32).max
"""A missing date. It is the greatest day there is, so that unknown dates rank last."""

ROWS_SHOWN, COLUMNS_SHOWN = 8, 16
"""Of a table that a notebook shows."""

NO_METRES = -1
"""A distance that is not available (no coordinates, and none given)."""


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Return ``array`` as a contiguous read-only array (a view where it can be one)."""
    frozen = np.ascontiguousarray(array).view()
    frozen.flags.writeable = False
    return frozen


def freeze_columns(noun: Any) -> None:
    """Make every numpy field of a frozen dataclass read-only; called from ``__post_init__``."""
    for field in fields(noun):
        value = getattr(noun, field.name)
        if isinstance(value, np.ndarray):
            object.__setattr__(noun, field.name, read_only(value))


def require_lengths(noun: str, rows: int, **columns: NDArray[Any]) -> None:
    """Refuse columns whose last axis is not ``rows`` long.

    Raises:
        ValueError: naming every column of the wrong length.
    """
    wrong = {name: column.shape for name, column in columns.items() if column.shape[-1] != rows}
    if wrong:
        raise ValueError(f"{noun}: expected {rows} rows, got {wrong}")


def texts(values: Any) -> Texts:
    """Return ``values`` as an object array of str."""
    array = np.empty(len(values), dtype=object)
    array[:] = [str(value) for value in values]
    return array


class Tabular:
    """A noun with one row per thing: it has a length and can be looked at as a table."""

    not_rows: ClassVar[frozenset[str]] = frozenset()
    """Fields that are arrays of another length."""

    def __init_subclass__(cls) -> None:
        """A dataclass writes a ``__repr__`` of all columns unless the class itself has one."""
        cls.__repr__ = Tabular.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        columns = [name for name, value in vars(self).items() if isinstance(value, np.ndarray | Mapping)]
        told = ", ".join(name for name in columns if name not in self.not_rows)
        return f"{type(self).__name__}({len(self):,} rows: {told})"

    def _repr_html_(self) -> str:
        """The first rows as a table for Jupyter; pandas escapes what the columns hold."""
        head = self.to_pandas().head(ROWS_SHOWN)
        return f"{head.to_html(max_cols=COLUMNS_SHOWN)}<p>{type(self).__name__}: {len(self):,} rows</p>"

    def __len__(self) -> int:
        return next(len(value) for value in vars(self).values() if isinstance(value, np.ndarray))

    def to_pandas(self) -> pd.DataFrame:
        """The columns as a ``pandas.DataFrame``: codes, row numbers and units as in this noun.

        A column of shape (2, rows) becomes two, ``primary_NAME`` and ``junior_NAME``. For tables with ids,
        names and headings in a language see ``simulator.report.frames``.
        """
        import pandas

        columns: dict[str, NDArray[Any]] = {}
        for name, value in vars(self).items():
            if name in self.not_rows:
                continue
            if isinstance(value, Mapping):
                columns |= {key: part for key, part in value.items() if isinstance(part, np.ndarray)}
            elif isinstance(value, np.ndarray) and value.ndim == 2:
                columns |= {f"primary_{name}": value[0], f"junior_{name}": value[1]}
            elif isinstance(value, np.ndarray):
                columns[name] = value
        return pandas.DataFrame(columns)


@dataclass(frozen=True)
class Ragged:
    """Lists of unequal length: list ``i`` is ``values[offsets[i]:offsets[i + 1]]``.

    Attributes:
        offsets: int64, shape (lists + 1,), first 0, never falling.
        values: any dtype, shape (offsets[-1],).
    """

    offsets: Integers
    values: NDArray[Any]

    def __post_init__(self) -> None:
        offsets = np.asarray(self.offsets, dtype=np.int64)
        if len(offsets) == 0 or offsets[0] != 0 or np.any(np.diff(offsets) < 0):
            raise ValueError("Ragged: offsets must start at 0 and never fall")
        if offsets[-1] != len(self.values):
            raise ValueError(f"Ragged: offsets end at {offsets[-1]}, values have {len(self.values)}")
        object.__setattr__(self, "offsets", offsets)
        freeze_columns(self)

    @classmethod
    def from_pairs(cls, lists: int, owner: Integers, values: NDArray[Any]) -> Ragged:
        """Group ``values`` by ``owner`` (int, 0 <= owner < lists), keeping their order within an owner."""
        order = np.argsort(owner, kind="stable")
        counts = np.bincount(owner, minlength=lists)
        return cls(np.concatenate(([0], np.cumsum(counts))), np.asarray(values)[order])

    @classmethod
    def empty(cls, lists: int) -> Ragged:
        """``lists`` empty lists of int32."""
        return cls(np.zeros(lists + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> NDArray[Any]:
        return self.values[self.offsets[row] : self.offsets[row + 1]]

    @property
    def lengths(self) -> Integers:
        """int64, shape (lists,): the length of each list."""
        return np.diff(self.offsets)

    @property
    def owners(self) -> Integers:
        """int64, shape (values,): the list each value belongs to."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def take(self, rows: Integers) -> Ragged:
        """The lists ``rows``, in that order; a row of ``UNPLACED`` gives an empty list."""
        rows = np.asarray(rows, dtype=np.int64)
        known = rows >= 0
        lengths = np.zeros(len(rows), dtype=np.int64)
        lengths[known] = self.lengths[rows[known]]
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        starts = np.zeros(len(rows), dtype=np.int64)
        starts[known] = self.offsets[rows[known]]
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return Ragged(offsets, self.values[np.repeat(starts, lengths) + within])
