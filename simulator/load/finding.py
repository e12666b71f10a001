"""Which file holds a table, and reading it: the table's own file, or that of a base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator.load.files import File, Sources, inside, relative_name
from simulator.load.graphml import GRAPH_TYPE, read_graphml
from simulator.load.headings import headings_of, match_headings, normal
from simulator.load.ledger import Ledger
from simulator.load.readers import Sheet, Unreadable, read_csv, read_geography, read_parquet, read_xlsx
from simulator.load.settings import Level
from simulator.load.suggest import nearest_word
from simulator.load.table import Table
from simulator.model import Policy
from simulator.model.dictionary import TABLES, Column

TABLE_TYPES = (".csv", ".xlsx", ".xlsm", ".parquet")
UNREADABLE_TYPES = (".xls", ".xlt", ".xlsb", ".et", ".ett", ".ods", ".numbers", ".dbf")
"""Sheets of old Excel, WPS and other programs: never taken by themselves, a fault under a table's name."""
GEOGRAPHIC_TYPES = (".geojson", ".gpkg")
GEOGRAPHIC_TABLES = ("blocks", "schools")
ROAD_TABLES = ("road_nodes", "road_edges")
ROAD_FILE = f"roads{GRAPH_TYPE}"
"""A graph file in the folder under this name holds both tables of roads."""
SHEET_NAMES = {
    "schools": ("schools", "学校", "学校表"),
    "blocks": ("blocks", "小区", "小区表", "村居", "小区村居"),
    "zones": ("zones", "学区", "学区表", "划片", "地段"),
    "feeders": ("feeders", "对口", "对口表", "对口直升"),
    "travel": ("travel", "距离", "距离表"),
    "barriers": ("barriers", "阻隔", "阻隔表"),
    "sites": ("sites", "地块", "地块表", "预留用地"),
    "students": ("students", "学生", "学生表", "学生名册"),
    "applications": ("applications", "志愿", "志愿表"),
    "settled": ("settled", "已定", "已定表", "已定学位"),
    "demand": ("demand", "需求", "需求表"),
    "drawn": ("drawn", "摇号结果", "摇号"),
    "used_homes": ("used_homes", "已用学位", "已用房屋"),
    "last_cutoffs": ("last_cutoffs", "去年末位", "末位"),
    "road_nodes": ("road_nodes", "路口", "路口表", "道路节点"),
    "road_edges": ("road_edges", "路段", "路段表", "道路"),
}


@dataclass(frozen=True)
class Reader:
    """What reading a table needs beside its name."""

    levels: Sequence[Level]
    policy: Policy
    sources: Sources
    ledger: Ledger
    drop_forbidden: bool

    def table(self, name: str) -> Table | None:
        """The table ``name``, or ``None`` where the scenario has none or it cannot be read (a fault)."""
        file = find_table(name, self.levels, self.sources, self.ledger)
        if file is None:
            return None
        columns = columns_of(name, self.policy)
        sheet = self.sheet(name, file, columns)
        if sheet is None:
            return None
        for row, cells in sheet.torn:
            self.ledger.add("torn_row", file.name, row, value=cells, expected=len(sheet.headings))
        places = match_headings(
            name,
            file.name,
            sheet.headings,
            columns,
            self.ledger,
            row=sheet.heading_row,
            drop_forbidden=self.drop_forbidden,
        )
        if len(sheet.rows) == 0 and not sheet.torn:
            self.ledger.add("empty_table", file.name, table=name)
        return Table(name, file.name, sheet, places, {column.name: column for column in columns}, self.ledger)

    def warn_unread(self) -> None:
        """Warn of files in the scenario's own folder that may be tables and that nothing reads."""
        folder = self.levels[0].folder
        named = {Path(file).name for level in self.levels for file in level.tables.values()}
        for path in sorted(folder.iterdir()):
            read = relative_name(path, self.sources.folder) in self.sources.hashes
            hidden = path.name.startswith((".", "~"))
            kind = path.suffix.lower()
            if kind not in TABLE_TYPES + UNREADABLE_TYPES or read or hidden or path.name in named:
                continue
            if path.stem.lower() in TABLES or not path.is_file():
                continue  # left out by the settings, one of two files or of a form not read: told elsewhere
            suggestion = nearest_word(path.stem.lower(), TABLES)
            self.ledger.add("unread_file", path.name, suggestion=suggestion, warning=True)

    def has(self, name: str) -> bool:
        """Whether the scenario has the table, readable or not."""
        scratch = Ledger()
        return find_table(name, self.levels, self.sources, scratch) is not None or bool(scratch.faults)

    def stand_in(self, name: str) -> Table:
        """One blank row in the place of a table that is missing or empty.

        So the tables that refer to it can still be checked; its own faults go nowhere.
        """
        columns = {column.name: column for column in columns_of(name, self.policy)}
        blank = Sheet([], [], np.zeros(1, dtype=np.int64))
        return Table(name, name, blank, {}, columns, Ledger())

    def sheet(self, name: str, file: File, columns: Sequence[Column]) -> Sheet | None:
        """The cells of a file as text, or ``None`` where it cannot be read (a fault)."""
        accepted = headings_of(columns)

        def known(heading: str) -> bool:
            return normal(heading) in accepted

        try:
            try:
                data = self.sources.read(file)
            except OSError as error:
                raise Unreadable("cannot_open", value=error.strerror or str(error)) from None
            if not data:
                raise Unreadable("empty_file")
            match file.path.suffix.lower():
                case ".csv" | ".txt" | ".tsv":
                    return read_csv(data, known)
                case ".xlsx" | ".xlsm" | ".xls":
                    return read_xlsx(data, SHEET_NAMES[name], known)
                case ".parquet":
                    return read_parquet(data)
                case ".geojson" | ".gpkg" | ".json" if name in GEOGRAPHIC_TABLES:
                    return read_geography(file.path)
                case ".graphml" if name in ROAD_TABLES:
                    return read_graphml(data, "road_nodes" if name == ROAD_TABLES[0] else "road_edges")
            kind = file.path.suffix
            raise Unreadable(
                "sheet_type_unread" if kind.lower() in UNREADABLE_TYPES else "unknown_file_type", value=kind
            )
        except Unreadable as fault:
            self.ledger.add(fault.code, file.name, fault.row, value=fault.value, table=name)
            return None


def columns_of(name: str, policy: Policy) -> tuple[Column, ...]:
    """The dictionary's columns of a table, and those the scenario adds to the roster."""
    columns = TABLES[name]
    if name != "students":
        return columns
    taken = {column.name for column in columns}
    added = (
        Column(key, tuple(extra.headings), extra.kind, key, key, low=-1_000_000_000, high=1_000_000_000)
        for key, extra in policy.columns.items()
        if key not in taken
    )
    return (*columns, *added)


def find_table(name: str, levels: Sequence[Level], sources: Sources, ledger: Ledger) -> File | None:
    """The file of a table: named in ``[tables]``, else lying in the folder under the table's name.

    The scenario's own folder comes first, then its base's. An empty entry in ``[tables]`` leaves out the
    table of the base.
    """
    for place, level in enumerate(levels):
        entry = level.tables.get(name)
        if entry == "":
            return None
        if entry is not None:
            return _named_file(name, entry, levels[place:], sources, ledger)
        types = TABLE_TYPES + (GEOGRAPHIC_TYPES if name in GEOGRAPHIC_TABLES else ())
        found = _files(level.folder, name, types)
        if name in ROAD_TABLES and (level.folder / ROAD_FILE).is_file():
            found.append(level.folder / ROAD_FILE)
        if len(found) > 1:
            names = ", ".join(path.name for path in found)
            ledger.add("two_files", relative_name(found[0], sources.folder), value=names, table=name)
        unread = _files(level.folder, name, UNREADABLE_TYPES)
        for path in unread:
            # Beside a file that is read it is the sheet that one was saved from; alone it is the table.
            shown, kind = relative_name(path, sources.folder), path.suffix
            if found:
                ledger.add("sheet_type_beside", shown, value=kind, read=found[0].name, warning=True)
            else:
                ledger.add("sheet_type_unread", shown, value=kind, table=name)
        if found:
            return _guarded(found[0], level, name, sources, ledger)
        if unread:
            return None
    return None


def _files(folder: Path, name: str, types: Sequence[str]) -> list[Path]:
    """Files called ``name`` with one of the ``types`` behind it, in that order, in any letters."""
    wanted = {f"{name}{type_}": place for place, type_ in enumerate(types)}
    found = [path for path in folder.iterdir() if path.name.lower() in wanted and path.is_file()]
    return sorted(found, key=lambda path: (wanted[path.name.lower()], path.name))


def _named_file(
    name: str, entry: str, levels: Sequence[Level], sources: Sources, ledger: Ledger
) -> File | None:
    """The file an entry of ``[tables]`` names; an override may name a file of the base's folder."""
    if Path(entry).is_absolute() or ".." in Path(entry).parts or ":" in entry or "\\" in entry:
        ledger.add(
            "path_leaves_folder", "scenario.toml", 0, f"tables.{name}", entry, folder=levels[0].folder.name
        )
        return None
    for level in levels:
        if (level.folder / entry).is_file():
            return _guarded(level.folder / entry, level, name, sources, ledger)
    ledger.add("no_table_file", "scenario.toml", 0, f"tables.{name}", entry, table=name)
    return None


def _guarded(path: Path, level: Level, name: str, sources: Sources, ledger: Ledger) -> File | None:
    """The file, unless a link leads out of the folder it lies in."""
    shown = relative_name(path, sources.folder)
    if not inside(path, level.folder):
        ledger.add("path_leaves_folder", shown, value=path.name, folder=level.folder.name, table=name)
        return None
    return File(path, shown)
