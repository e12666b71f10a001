"""Files to sheets of text: CSV, xlsx, Parquet, GeoJSON and GeoPackage, all cells as text.

Ids survive: nothing is guessed to be a number. A whole number that a workbook holds as 101.0 is "101"; one
too long for a spreadsheet (16 digits and more) keeps its scientific form, so that the check of ids sees it.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from simulator.load.files import utf8
from simulator.model.arrays import Integers

SPACE = (
    " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""Trimmed from both ends of every cell; what Excel and Chinese input methods leave behind."""

HEADING_ROWS = 10
"""The heading is looked for in so many rows: a bureau's sheet may open with a title."""

END = "\x1fend"
"""Set behind a text to see whether an open quote swallows it."""

OPENING = 1 << 20
"""Bytes of a file in which its headings are looked for."""

LONGEST_NUMBER = 10**15
"""A spreadsheet keeps 15 digits; a greater number has lost some."""

Known = Callable[[str], bool]
"""Whether a heading is one of the data dictionary's."""


class Unreadable(Exception):
    """The file cannot be read; ``code`` says why, ``row`` and ``value`` where."""

    def __init__(self, code: str, row: int = 0, value: str = "") -> None:
        self.code, self.row, self.value = code, row, value
        super().__init__(code)


@dataclass(frozen=True)
class Sheet:
    """A table as text.

    Attributes:
        headings: as in the file.
        columns: arrow arrays of text, no nulls, not yet trimmed.
        rows: int64, the row of each line as a spreadsheet counts (1 is the first).
        geometry: shapes of a geographic file, in the scenario's coordinate system.
        heading_row: the row the headings are in.
        torn: rows with more or fewer cells than headings, and their number of cells; they are left out.
    """

    headings: list[str]
    columns: list[Any]
    rows: Integers
    geometry: Any = None
    heading_row: int = 1
    torn: tuple[tuple[int, int], ...] = ()


def read_csv(data: bytes, known: Known) -> Sheet:
    """A CSV file in UTF-8 (with or without signature) or GB18030, with commas, semicolons or tabs.

    Raises:
        Unreadable: wrong_encoding, open_quote (the file ends within a quoted cell), half_written, empty_file.
    """
    body = utf8(data)
    if body is None:
        raise Unreadable("wrong_encoding")
    start = body[:OPENING].decode("utf-8-sig", errors="ignore")
    if not start.strip(SPACE):
        raise Unreadable("empty_file")
    separator = _separator(start)
    headings, heading_row, lines = _find_heading(start, separator, known)
    if body.count(b'"') % 2:
        return _read_csv_slowly(body, separator, headings, heading_row)
    torn: list[bool] = []

    def skip(_: Any) -> str:
        torn.append(True)
        return "skip"

    names = [f"f{place}" for place in range(len(headings))]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(_without_last_lines(body)),
            read_options=pyarrow.csv.ReadOptions(column_names=names, skip_rows=lines, block_size=4 << 20),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=b'"' in body,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        # No line below the heading, or a quirk the fast parser refuses: the careful one decides.
        return _read_csv_slowly(body, separator, headings, heading_row)
    if torn:
        return _read_csv_slowly(body, separator, headings, heading_row)
    return _sheet(headings, table.columns, heading_row + 1 + np.arange(table.num_rows), heading_row)


def _without_last_lines(body: bytes) -> Any:
    """The bytes without blank lines at the end; a view, for a roster may be large."""
    end = len(body)
    while end and body[end - 1] in b"\r\n":
        end -= 1
    return pa.py_buffer(body).slice(0, end)


def _read_csv_slowly(body: bytes, separator: str, headings: list[str], heading_row: int) -> Sheet:
    """The same with Python's parser, which knows the row of what is wrong."""
    text = body.decode("utf-8-sig").rstrip("\r\n")
    records: list[list[str]] = []
    rows: list[int] = []
    torn: list[tuple[int, int]] = []
    reader = csv.reader(io.StringIO(f"{text}\n{END}", newline=""), delimiter=separator)
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            if row <= heading_row or record == [END]:
                continue
            if record and record[-1].endswith(END):
                # The quote opened in this row swallowed everything up to the mark set behind the text.
                raise Unreadable("open_quote", row, record[-1][:20])
            cells = len(record)
            while len(record) > len(headings) and not record[-1].strip(SPACE):
                record.pop()
            if not any(cell.strip(SPACE) for cell in record):
                continue
            if len(record) != len(headings):
                torn.append((row, cells))
                continue
            records.append(record)
            rows.append(row)
    except csv.Error as error:
        raise Unreadable("half_written", row + 1, str(error)) from None
    return _from_records(headings, records, np.array(rows, dtype=np.int64), heading_row, tuple(torn))


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", "\t", ";"), key=first.count)


def _find_heading(text: str, separator: str, known: Known) -> tuple[list[str], int, int]:
    """The headings, the row they are in, and the physical lines up to and including them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[tuple[list[str], int]] = []
    for record in reader:
        records.append((record, reader.line_num))
        if len(records) == HEADING_ROWS:
            break
    place = _heading_place([record for record, _ in records], known)
    record, lines = records[place]
    headings = [cell.strip(SPACE) for cell in record]
    while len(headings) > 1 and not headings[-1] and not _has_cells(text, separator, len(headings)):
        headings.pop()
    return headings, place + 1, lines


def _has_cells(text: str, separator: str, width: int) -> bool:
    """Whether rows are as wide as the heading, trailing empty headings included."""
    second = text.split("\n", 2)[1:2]
    return not second or second[0].count(separator) >= width - 1


def _heading_place(records: Sequence[Sequence[str]], known: Known) -> int:
    """The first of the opening rows with two known headings, else the first with one, else row 0."""
    counts = [sum(known(cell.strip(SPACE)) for cell in record) for record in records]
    for least in (2, 1):
        for place, count in enumerate(counts):
            if count >= least:
                return place
    return 0


def read_xlsx(data: bytes, sheet_names: Sequence[str], known: Known) -> Sheet:
    """The sheet of a workbook that bears one of ``sheet_names``, else its only sheet with anything in it.

    Raises:
        Unreadable: half_written, which_sheet, empty_file.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        named = [name for name in names if name.strip(SPACE).lower() in sheet_names]
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in named or names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("half_written", value=str(error)) from None
    filled = [sheet for sheet in sheets if any(cell != "" for row in sheet for cell in row)]
    if len(filled) > 1:
        raise Unreadable("which_sheet", value=", ".join(named or names))
    if not filled:
        raise Unreadable("empty_file")
    grid = [[_cell_text(cell) for cell in row] for row in filled[0]]
    place = _heading_place(grid[:HEADING_ROWS], known)
    headings = [cell.strip(SPACE) for cell in grid[place]]
    while len(headings) > 1 and not headings[-1]:
        headings.pop()
    records = [row[: len(headings)] for row in grid[place + 1 :]]
    return _from_records(headings, records, place + 2 + np.arange(len(records)), place + 1)


def _cell_text(cell: object) -> str:
    """A cell of a workbook as the text a person reads in it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < LONGEST_NUMBER else f"{cell:.14e}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def read_parquet(data: bytes) -> Sheet:
    """A Parquet file; row 2 is its first row, as if its names were row 1.

    Raises:
        Unreadable: half_written.
    """
    try:
        table = pyarrow.parquet.read_table(pa.BufferReader(data))
    except (pa.ArrowException, OSError) as error:
        raise Unreadable("half_written", value=str(error).splitlines()[0]) from None
    columns = [_arrow_text(column) for column in table.columns]
    return _sheet([str(name) for name in table.column_names], columns, 2 + np.arange(table.num_rows))


def _arrow_text(column: Any) -> Any:
    """An arrow column of any type as text; nulls are empty."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind):
        text = column.cast(pa.string())
    elif pa.types.is_date(kind):
        text = column.cast(pa.date32()).cast(pa.string())
    else:
        values = [None if v is None else _cell_text(v) for v in column.to_pylist()]
        text = pa.chunked_array([pa.array(values, pa.string())])
    return pc.fill_null(text, "")


def read_geography(path: Path) -> Sheet:
    """GeoJSON or GeoPackage: the attributes as text, and the shapes in degrees.

    Raises:
        Unreadable: half_written, no_shapes, no_coordinate_system.
    """
    import geopandas
    import pyogrio.errors

    try:
        frame = geopandas.read_file(path, engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError, ValueError) as error:
        raise Unreadable("half_written", value=str(error)) from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise Unreadable("no_shapes")
    shapes = frame.geometry
    if shapes.crs is not None:
        shapes = shapes.to_crs(4326)
    elif np.nanmax(np.abs(shapes.total_bounds), initial=0) > 360:
        raise Unreadable("no_coordinate_system")
    attributes = frame.drop(columns=frame.geometry.name)
    columns = [pa.array([_missing_text(v) for v in attributes[name]], pa.string()) for name in attributes]
    sheet = _sheet([str(name) for name in attributes], columns, 2 + np.arange(len(frame)), drop_blank=False)
    return Sheet(sheet.headings, sheet.columns, sheet.rows, shapes.to_numpy())


def _missing_text(value: Any) -> str:
    return "" if value is None or value != value else _cell_text(getattr(value, "item", lambda: value)())


def _from_records(
    headings: list[str],
    records: list[list[str]],
    rows: Integers,
    heading_row: int,
    torn: tuple[tuple[int, int], ...] = (),
) -> Sheet:
    width = len(headings)
    columns = [pa.array([record[place] for record in records], pa.string()) for place in range(width)]
    return _sheet(headings, columns, rows, heading_row, torn)


def _sheet(
    headings: list[str],
    columns: Sequence[Any],
    rows: Integers,
    heading_row: int = 1,
    torn: tuple[tuple[int, int], ...] = (),
    *,
    drop_blank: bool = True,
) -> Sheet:
    """Leave out rows that are blank throughout."""
    if drop_blank and columns and len(rows):
        blank = np.ones(len(rows), dtype=np.bool_)
        for column in columns:
            if not blank.any():
                break
            blank &= np.asarray(pc.equal(trim(column), ""))
        if blank.any():
            keep = pa.array(~blank)
            columns = [column.filter(keep) for column in columns]
            rows = rows[~blank]
    plain = [re.sub(r"\s+", " ", heading) for heading in headings]
    return Sheet(plain, list(columns), rows, None, heading_row, torn)


def trim(column: Any) -> Any:
    """The texts of an arrow column without space at either end."""
    return pc.utf8_trim(column, characters=SPACE)
