"""``internal/``: the whole result, every child in one row, for those who notify families; never published."""

from __future__ import annotations

from pathlib import Path

from simulator.messages import text
from simulator.report.files import write_csv, write_text
from simulator.report.frames import frame
from simulator.report.parquet import write_parquet
from simulator.report.tables.children import internal_students, told_individually
from simulator.report.view import View


def write_internal(view: View, folder: Path) -> None:
    """Write every child's outcome, the children who stand in no list, and what the folder is for."""
    folder.mkdir()
    write_text(folder / "README.txt", text("internal_readme", "zh") + "\n" + text("internal_readme", "en"))
    write_parquet(internal_students(view), folder / "students.parquet", view.words)
    write_csv(folder / "told_individually.csv", frame(told_individually(view), view.words))
