"""Text files as a run folder holds them: UTF-8, one kind of line end, no cell a spreadsheet would run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""A spreadsheet takes a cell that begins so for a formula (or, the apostrophe, hides it)."""


def csv_safe(value: str) -> str:
    """``value`` for a CSV cell: one apostrophe before a text that a spreadsheet would run as a formula.

    Texts that begin with an apostrophe get one too, so the original is always had back by taking exactly one
    leading apostrophe away.
    """
    return f"'{value}" if value.startswith(_RISKY) else value


def write_text(path: Path, content: str) -> None:
    """Write UTF-8 with line feeds on every machine."""
    path.write_bytes(content.encode("utf-8"))


def write_json(path: Path, content: Any) -> None:
    """Write JSON with sorted keys, so that equal content is equal bytes."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2, default=_plain)
    write_text(path, text + "\n")


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a frame as CSV that opens in Excel (UTF-8 with signature), formulas disarmed."""
    safe = table.copy()
    for heading in safe.columns:
        if pd.api.types.is_object_dtype(safe[heading]) or pd.api.types.is_string_dtype(safe[heading]):
            values = [csv_safe(value) if isinstance(value, str) else value for value in safe[heading]]
            safe[heading] = pd.Series(values, dtype=object)
    path.write_bytes(safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"))


def sha256(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(value: Any) -> Any:
    """Numpy scalars, mappings, dates and paths (their name alone) as JSON knows them."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if hasattr(value, "items"):
        return dict(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.name
    raise TypeError(f"not JSON: {type(value)}")
