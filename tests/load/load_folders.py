"""Scenario folders made for one test: the sound county with some of its tables replaced."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
BROKEN = REPOSITORY / "tests" / "broken"
SOUND = BROKEN / "_sound"

Rows = list[list[str]]


def rows_of(table: str) -> Rows:
    """The cells of a table of the sound county, heading first."""
    return list(csv.reader(io.StringIO((SOUND / f"{table}.csv").read_text(encoding="utf-8"))))


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def sound_copy(folder: Path, settings: str = "", **tables: Rows | None) -> Path:
    """The sound county in ``folder``, with tables replaced (None takes one away) and settings added."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (SOUND / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(text + "\n" + settings, encoding="utf-8")
    for path in SOUND.glob("*.csv"):
        replacement = tables.get(path.stem, [])
        if replacement is None:
            continue
        content = csv_text(replacement) if replacement else path.read_text(encoding="utf-8")
        (folder / path.name).write_text(content, encoding="utf-8", newline="")
    for name, rows in tables.items():
        if rows and not (SOUND / f"{name}.csv").exists():
            (folder / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    return folder


def changed(table: str, row: int, heading: str, value: str) -> Rows:
    """The sound table with one cell changed; ``row`` as a spreadsheet counts."""
    rows = rows_of(table)
    rows[row - 1][rows[0].index(heading)] = value
    return rows
