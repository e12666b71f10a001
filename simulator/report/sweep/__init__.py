"""Ensemble -> the folder of a sweep: tables, manifest, and a page in one language.

Read in this order: ``parts`` (finished batches, kept at once), ``lock`` (one sweep at a time), ``tables``
(what is written of every county), ``summary`` (sums over counties), ``sections``, ``drawing`` and
``printing`` (the page).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from simulator import __version__
from simulator.messages import Language
from simulator.model import Draws, Failure, Policy
from simulator.model.paths import PathName
from simulator.report.files import sha256, write_json, write_text
from simulator.report.folder import whole_folder
from simulator.report.parquet import OPTIONS, arrow_table
from simulator.report.sweep.lock import FolderBusy, lock_file, sole_writer
from simulator.report.sweep.page import sweep_page
from simulator.report.sweep.parts import begin_parts, drop_parts, keep_part, parts_folder, write_plan
from simulator.report.sweep.summary import Summary
from simulator.report.sweep.tables import SWEEP_TABLES
from simulator.report.words import Words

__all__ = [
    "SWEEP_FORMAT",
    "SWEEP_MANIFEST",
    "FolderBusy",
    "Summary",
    "begin_parts",
    "drop_parts",
    "keep_part",
    "lock_file",
    "parts_folder",
    "sole_writer",
    "sweep_page",
    "sweep_words",
    "write_comparison",
    "write_plan",
    "write_sweep",
]

SWEEP_MANIFEST = "manifest.json"
SWEEP_FORMAT = "xuewei-sweep-1"


class _NothingPlayed(Exception):
    """No county could be played: the folder is not to be."""


def sweep_words(language: Language) -> Words:
    """Words of a page about any number of scenarios."""
    return Words(language, Policy(name="sweep", year=2000))


def write_sweep(
    counties: Iterable[Draws | Failure],
    folder: PathName,
    *,
    expected: int,
    language: Language,
    replace: bool = False,
) -> Summary:
    """Write the whole folder of a sweep: beside its name first, renamed when it is whole.

    Same draws, same options: the same bytes in every file, whoever played them and in whatever order. One
    county at a time is in memory. Where none could be played there is no folder, and the summary is empty.

    Args:
        counties: in the order of the study. expected: how many there are.
        language: of the page. replace: take the place of an earlier sweep of that name.

    Raises:
        FolderExists: ``folder`` is there and ``replace`` is not asked for, or it is no folder of ours.
    """
    words, summary = sweep_words(language), Summary()
    with suppress(_NothingPlayed), whole_folder(folder, replace=replace, mark=SWEEP_MANIFEST) as new:
        writers: dict[str, pq.ParquetWriter] = {}
        try:
            for county in counties:
                if isinstance(county, Failure):
                    summary.failures.append(county)
                    continue
                summary.add(county, alone=expected == 1)
                for name, make in SWEEP_TABLES.items():
                    table = arrow_table(make(county), words)
                    if name not in writers:
                        writers[name] = pq.ParquetWriter(new / f"{name}.parquet", table.schema, **OPTIONS)
                    writers[name].write_table(table, row_group_size=max(1, len(table)))
        finally:
            for writer in writers.values():
                writer.close()
        if summary.first is None:
            raise _NothingPlayed
        write_text(new / "report.html", sweep_page(summary, words))
        write_json(new / SWEEP_MANIFEST, manifest(summary, new, language))
    return summary


def write_comparison(
    summary: Summary, folder: PathName, *, language: Language, replace: bool = False
) -> Path:
    """Write the page of a comparison into a folder of its own.

    Raises:
        FolderExists: as ``write_sweep``.
    """
    folder = Path(folder)
    with whole_folder(folder, replace=replace, mark=SWEEP_MANIFEST) as new:
        write_text(new / "report.html", sweep_page(summary, sweep_words(language)))
        write_json(new / SWEEP_MANIFEST, {**manifest(summary, new, language), "format": "xuewei-compare-1"})
    return folder


def manifest(summary: Summary, folder: Path, language: Language) -> Mapping[str, Any]:
    """What was played, and the hashes of the files; no clock, no path, no number of workers."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    layout = summary.first
    told: dict[str, Any] = {
        "format": SWEEP_FORMAT,
        "xuewei": __version__,
        "language": language,
        "counties": summary.counties,
        "children": summary.children,
        "failures": [
            {"county": failure.county, "error": failure.error, "faults": [f.code for f in failure.faults]}
            for failure in summary.failures
        ],
        "files_sha256": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
    }
    if layout is not None:
        told |= {
            "scenario": layout.county if summary.counties == 1 else "",
            "seed": layout.seed,
            "year": layout.year,
            "vary": layout.vary,
            "variants": list(layout.variants),
            "draws": len(summary.draws),
            "versions": dict(layout.versions),
        }
    return told
