"""Run -> HTML, Excel, Parquet, run folder: the only room that writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from simulator.messages import Language
from simulator.model import Run
from simulator.model.paths import PathName
from simulator.report.audit import write_audit
from simulator.report.columns import Table
from simulator.report.drawing import write_bundle, write_private
from simulator.report.files import write_csv, write_json, write_text
from simulator.report.folder import FolderExists, require_free, whole_folder
from simulator.report.frames import frame, frames
from simulator.report.internal import write_internal
from simulator.report.manifest import manifest, timings
from simulator.report.page import page
from simulator.report.parquet import write_parquet
from simulator.report.rezoning import MARK as ZONES_MARK
from simulator.report.rezoning import write_zones
from simulator.report.siting import MARK as SITES_MARK
from simulator.report.siting import write_sites
from simulator.report.tables import tables_of
from simulator.report.view import View
from simulator.report.words import Words
from simulator.report.workbook import write_workbook

__all__ = [
    "MANIFEST",
    "SITES_MARK",
    "ZONES_MARK",
    "FolderExists",
    "frames",
    "require_free",
    "write",
    "write_bundle",
    "write_private",
    "write_sites",
    "write_zones",
]

MANIFEST = "manifest.json"
Result = TypeVar("Result")


def write(
    run: Run,
    folder: PathName,
    *,
    language: Language,
    names: bool = False,
    student_sheet: bool = False,
    font: PathName = "",
    replace: bool = False,
) -> Path:
    """Write the whole run folder: beside its name first, renamed when it is whole.

    Same run, same options: same bytes in every file but ``timings.json``. Lists of children are by id and
    tell no protected category (``privacy``).

    Args:
        language: of the page, the workbook and the headings of ``indicators.csv``.
        names: also the children's names, where the scenario has them.
        student_sheet: also the sheet of students in ``results.xlsx`` (seconds for a large city).
        font: a font file with Chinese glyphs; if given, ``figures/`` holds the charts as pictures in that
            font. Without it there are none: which font a machine has must not change the bytes of a run.
        replace: take the place of an earlier run folder of that name.

    Returns:
        ``folder``, as a ``Path``.

    Raises:
        FolderExists: ``folder`` is there and ``replace`` is not asked for, or it is no run folder.
        FileNotFoundError, ValueError: ``font`` is no file, or has no Chinese glyphs.
    """
    folder, font = Path(folder), os.fspath(font)
    view = View(run, Words(language, run.scenario.policy), names)
    seconds: dict[str, float] = {}
    with whole_folder(folder, replace=replace, mark=MANIFEST) as new:
        tables = _timed(seconds, "tables", lambda: tables_of(view))
        _timed(seconds, "parquet", lambda: _write_tables(view, tables, new))
        _timed(seconds, "internal", lambda: write_internal(view, new / "internal"))
        sheets = {name: table for name, table in tables.items() if student_sheet or name != "students"}
        _timed(seconds, "workbook", lambda: write_workbook(view, sheets, new / "results.xlsx"))
        _timed(seconds, "page", lambda: write_text(new / "report.html", page(view)))
        _timed(seconds, "audit", lambda: write_audit(view, new / "audit"))
        if font:
            _timed(seconds, "figures", lambda: _write_figures(run, new / "figures", language, font))
        _timed(seconds, "manifest", lambda: write_json(new / MANIFEST, manifest(view, new)))
        write_json(new / "timings.json", timings(view, seconds))
    return folder


def _write_tables(view: View, tables: Mapping[str, Table], folder: Path) -> None:
    """Every table for programs, and the indicators for a spreadsheet."""
    for name, table in tables.items():
        write_parquet(table, folder / f"{name}.parquet", view.words)
    write_csv(folder / "indicators.csv", frame(tables["indicators"], view.words))


def _write_figures(run: Run, folder: Path, language: Language, font: PathName) -> None:
    from simulator.report import plots  # matplotlib takes a second to import, and few runs need it

    folder.mkdir()
    plots.write_figures(run, folder, language=language, font=font)


def _timed(seconds: dict[str, float], name: str, step: Callable[[], Result]) -> Result:
    """Run one step and note its wall time."""
    began = perf_counter()
    result = step()
    seconds[name] = perf_counter() - began
    return result
