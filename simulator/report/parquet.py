"""The result tables for programs: Parquet with English names, codes and units, the same bytes each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulator.report.columns import Column, Table
from simulator.report.words import Words

OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "version": "2.6",
    "data_page_version": "1.0",
}


def write_parquet(table: Table, path: Path, words: Words) -> None:
    """Write one table."""
    pq.write_table(arrow_table(table, words), path, **OPTIONS)


def arrow_table(table: Table, words: Words) -> Any:
    """One table for programs; every column carries its unit and its meaning in both languages as metadata.

    Columns for staff are left out: tables of schools may be published, and no family is told a seat price.
    """
    columns = [column for column in table.columns if column.readers in ("programs", "both")]
    arrays = [_array(column) for column in columns]
    both = (Words("zh", words.policy), Words("en", words.policy))
    fields = [
        pa.field(column.name, array.type, metadata=_metadata(column, *both))
        for column, array in zip(columns, arrays, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _metadata(column: Column, zh: Words, en: Words) -> dict[str, str]:
    unit = {"metres": "metres", "percent": "percent"}.get(column.kind, "")
    meaning = {"zh": zh.text(f"column_{column.name}"), "en": en.text(f"column_{column.name}")}
    return meaning | ({"unit": unit} if unit else {})


def _array(column: Column) -> Any:
    """The column as an Arrow array; choices and messages become dictionaries of their codes."""
    missing = None if column.known is None else ~column.known
    values = column.values
    if column.kind == "text":
        return pa.array(values, type=pa.string(), mask=missing)
    if column.kind == "message":
        return pa.array(values, type=pa.string(), mask=missing).dictionary_encode()
    if column.kind == "choice":
        names = [code.partition("_")[2] for code in column.codes]
        rows = np.where(missing, 0, values) if missing is not None else values
        indices = pa.array(np.asarray(rows, dtype=np.int32), mask=missing)
        return pa.DictionaryArray.from_arrays(indices, pa.array(names, type=pa.string()))
    if column.kind == "date":
        days = np.where(missing, 0, values) if missing is not None else values
        return pa.array(np.asarray(days, dtype=np.int32), mask=missing).cast(pa.date32())
    if column.kind == "yes_no":
        return pa.array(np.asarray(values, dtype=np.bool_), mask=missing)
    kind = np.float64 if column.kind in ("percent", "number") else np.int64
    return pa.array(np.asarray(values, dtype=kind), mask=missing)
