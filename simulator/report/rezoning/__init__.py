"""A rezoning -> its folder: map layers, tables, the zone table to run with, the report."""

from __future__ import annotations

from pathlib import Path

from simulator.messages import Language
from simulator.model import Rezoning
from simulator.model.paths import PathName
from simulator.report.files import write_csv, write_json, write_text
from simulator.report.folder import whole_folder
from simulator.report.frames import frame
from simulator.report.rezoning.groups import groups_table
from simulator.report.rezoning.layers import write_layers
from simulator.report.rezoning.layout import layout_table
from simulator.report.rezoning.manifest import manifest
from simulator.report.rezoning.page import page
from simulator.report.rezoning.tables import blocks_table, schools_table, zones_csv
from simulator.report.rezoning.view import ZonesView
from simulator.report.words import Words

__all__ = ["MARK", "write_zones"]

MARK = "zones.gpkg"
"""The file by which an earlier folder is known, so that only such a one is replaced."""


def write_zones(rezoning: Rezoning, folder: PathName, *, language: Language, replace: bool = False) -> Path:
    """Write the whole folder: beside its name first, renamed when it is whole.

    Same rezoning, same language: same bytes in every file but ``timings.json``.

    Args:
        language: of the page and the headings. replace: take the place of an earlier folder of that name.

    Returns:
        ``folder``, as a ``Path``.

    Raises:
        FolderExists: ``folder`` is there and ``replace`` is not asked for, or it is no such folder.
    """
    folder = Path(folder)
    view = ZonesView(rezoning, Words(language, rezoning.scenario.policy))
    with whole_folder(folder, replace=replace, mark=MARK) as new:
        write_layers(view, new)
        write_csv(new / "blocks.csv", frame(blocks_table(view), view.words))
        write_csv(new / "schools.csv", frame(schools_table(view), view.words))
        write_csv(new / "zones.csv", zones_csv(view))
        if any(stage.groups is not None for stage in rezoning.stages):
            write_csv(new / "groups.csv", frame(groups_table(view), view.words))
        if any(stage.concentration is not None for stage in rezoning.stages):
            write_csv(new / "layout.csv", frame(layout_table(view), view.words))
        write_text(new / "report.html", page(view))
        write_json(new / "manifest.json", manifest(view, new))
        seconds = {name: round(value, 3) for name, value in rezoning.seconds.items()}
        write_json(new / "timings.json", {"zones": seconds})
    return folder
