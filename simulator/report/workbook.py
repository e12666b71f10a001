"""``results.xlsx``: the tables for people, with Chinese or English headings, ready to be printed.

Every text is written as a string cell, so a name such as ``=1+1`` stays a name: it cannot become a formula or
a link. ``created`` is fixed by the scenario's year, so the same run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from simulator.report.columns import Column, Table
from simulator.report.departures import departures
from simulator.report.frames import heading, people_columns, spoken
from simulator.report.headline import headline
from simulator.report.view import View

SHEETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("schools", ("schools",)),
    ("rounds", ("rounds", "cutoffs")),
    ("zones", ("zones",)),
    ("fixes", ("fixes",)),
    ("seat_prices", ("seat_prices",)),
    ("more_classes", ("more_classes",)),
    ("notices", ("notices",)),
    ("unplaced", ("unplaced",)),
    ("indicators", ("indicators",)),
    ("places", ("places",)),
    ("students", ("students",)),
)
"""Sheet to the tables on it, one below the other, behind the summary."""

EXCEL_EPOCH_DAYS = 25569
"""Days from Excel's day 0 to 1970-01-01."""

MOST_ROWS = 1_000_000
"""Rows of one sheet; Excel holds 1,048,576."""

NUMBER_FORMATS = {
    "count": "#,##0",
    "metres": "#,##0",
    "percent": '0.0"%"',
    "number": "#,##0.0",
    "date": "yyyy-mm-dd",
}
TONES = {
    "level_red": "bad",
    "level_yellow": "warn",
    "level_green": "good",
    "target_missed": "bad",
    "target_met": "good",
    "size_large": "warn",
    "size_very_large": "bad",
}
"""Choices that are coloured as well as named."""


def write_workbook(view: View, tables: Mapping[str, Table], path: Path) -> None:
    """Write the workbook; ``tables`` without ``students`` gives one without the sheet of students."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    policy = view.run.scenario.policy
    book.set_properties(
        {
            "title": view.words.title(),
            "comments": view.words.text(view.luck["seed_is_simulation"], seed=str(policy.seed)),
            "created": datetime(policy.year, 1, 1),
        }
    )
    formats = _formats(book)
    _write_summary(view, book.add_worksheet(view.words.text("sheet_summary")), formats)
    for name, parts in SHEETS:
        if all(part in tables for part in parts):
            for number, chunk in enumerate(_chunks([tables[part] for part in parts]), start=1):
                title = view.words.text(f"sheet_{name}")
                sheet = book.add_worksheet(title if number == 1 else f"{title} {number}")
                _write_sheet(view, sheet, chunk, formats)
    book.close()


def _chunks(tables: list[Table]) -> list[list[Table]]:
    """The tables of a sheet, or one long table cut into as many sheets as it needs."""
    if len(tables) > 1 or len(tables[0]) <= MOST_ROWS:
        return [tables]
    return [[tables[0].rows(low, low + MOST_ROWS)] for low in range(0, len(tables[0]), MOST_ROWS)]


def _formats(book: Any) -> dict[str, Any]:
    """Named cell formats, created in a fixed order."""
    plain: dict[str, Any] = {"valign": "top", "font_size": 10}
    kinds: dict[str, dict[str, Any]] = {
        "text": {},
        "wrap": {"text_wrap": True},
        "none": {"font_color": "#7a8794", "italic": True},
    }
    tones: dict[str, dict[str, Any]] = {
        "good": {"font_color": "#1b6b52", "bg_color": "#e3f2ec"},
        "warn": {"font_color": "#7a5200", "bg_color": "#fdf1cf"},
        "bad": {"font_color": "#9c2a21", "bg_color": "#fae3e0", "bold": True},
    }
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": "#17365d"},
        "subtitle": {"font_size": 11, "font_color": "#5a6773"},
        "heading": {
            "bold": True, "font_size": 10, "font_color": "#ffffff", "bg_color": "#1f4e79", "text_wrap": True,
            "valign": "vcenter", "border": 1, "border_color": "#ffffff",
        },
        "figure": {"bold": True, "font_size": 12, "align": "right", "font_color": "#17365d"},
        "right": {"align": "right"},
    }  # fmt: skip
    made |= {name: plain | form for name, form in (kinds | tones).items()}
    made |= {name: plain | {"num_format": form} for name, form in NUMBER_FORMATS.items()}
    return {name: book.add_format(form) for name, form in made.items()}


def _page(view: View, sheet: Any) -> None:
    """Landscape A4, one page wide, the run named at the head and the simulation at the foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    title = view.words.title()[:100].replace("&", "&&")
    seed = view.words.text(view.luck["seed_is_simulation"], seed=str(view.run.scenario.policy.seed)).replace(
        "&", "&&"
    )
    sheet.set_header(f"&L&10{title}&R&10&A"[:255])
    sheet.set_footer(f"&L&8{seed}&R&8&P / &N"[:255])
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_summary(view: View, sheet: Any, formats: Mapping[str, Any]) -> None:
    """The headline figures, both stages and each, with targets and the source of distances."""
    words, policy = view.words, view.run.scenario.policy
    _page(view, sheet)
    for column, width in enumerate((34, 16, 16, 16, 24, 22)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, words.title(), formats["title"])
    sheet.write_string(1, 0, words.text("page_subtitle", year=str(policy.year)), formats["subtitle"])
    sheet.write_string(
        2, 0, words.text(view.luck["seed_is_simulation"], seed=str(policy.seed)), formats["subtitle"]
    )
    sheet.write_string(
        3, 0, view.words.text("distance_source", source=view.distance_source), formats["subtitle"]
    )
    departed = departures(view.run.scenario, words)
    if departed:
        sheet.write_string(4, 0, departed, formats["subtitle"])
    headings = (
        "column_indicator",
        "stage_both",
        "stage_primary",
        "stage_junior",
        "column_counts",
        "column_target",
    )
    for column, code in enumerate(headings):
        sheet.write_string(5, column, words.text(code), formats["heading"])
    for row, figure in enumerate(headline(view), start=6):
        sheet.write_string(row, 0, words.text(figure.code), formats["text"])
        sheet.write_string(row, 1, figure.value, formats["figure"])
        for column, value in enumerate(figure.stages, start=2):
            sheet.write_string(row, column, value, formats["right"])
        sheet.write_string(row, 4, figure.counts, formats["text"])
        sheet.write_string(row, 5, figure.target, formats[(figure.target and figure.tone) or "text"])


def _write_sheet(view: View, sheet: Any, tables: list[Table], formats: Mapping[str, Any]) -> None:
    """Tables one below the other: headings, then rows; widths fit the first table that is on the column."""
    _page(view, sheet)
    parts = [(table, people_columns(table)) for table in tables]
    for place, column in enumerate(parts[-1][1]):
        sheet.set_column(place, place, _width(column, heading(column, view.words)))
    last, columns = parts[-1]
    first_row = sum(len(table) + 2 for table, _ in parts[:-1])
    if len(tables) == 1:
        sheet.freeze_panes(1, min(2, len(columns)))
        sheet.repeat_rows(0)
    if len(last):
        sheet.autofilter(first_row, 0, first_row + len(last), len(columns) - 1)
    row = 0
    for table, columns in parts:
        row = _write_table(view, sheet, row, columns, len(table), formats) + 1


def _write_table(
    view: View, sheet: Any, row: int, columns: tuple[Column, ...], rows: int, formats: Mapping[str, Any]
) -> int:
    """Write one table from ``row`` on; returns the row below it."""
    sheet.set_row(row, 32)
    for place, column in enumerate(columns):
        sheet.write_string(row, place, heading(column, view.words), formats["heading"])
    cells = [_cells(view, column, formats) for column in columns]
    write = {"text": sheet.write_string, "number": sheet.write_number}
    writers = [(place, write[kind], values, forms) for place, (kind, values, forms) in enumerate(cells)]
    not_available, none = view.words.not_available, formats["none"]
    for offset in range(rows):
        row += 1
        for place, writer, values, forms in writers:
            value = values[offset]
            if value is None:
                continue
            if value is _NOT_AVAILABLE:
                sheet.write_string(row, place, not_available, none)
            else:
                writer(row, place, value, forms[offset] if isinstance(forms, list) else forms)
    return row + 1


_NOT_AVAILABLE = object()


def _cells(view: View, column: Column, formats: Mapping[str, Any]) -> tuple[str, list[Any], Any]:
    """Kind of cell, the values (None: leave empty), and one format or one per row."""
    forms: Any
    if column.kind in NUMBER_FORMATS:
        shift = EXCEL_EPOCH_DAYS if column.kind == "date" else 0
        kind, values, forms = "number", (np.asarray(column.values) + shift).tolist(), formats[column.kind]
    else:
        kind, values = "text", spoken(column, view.words).tolist()
        forms = formats["wrap" if column.name in ("notice_text", "fix_words") else "text"]
        if any(code in TONES for code in column.codes):
            tones = [formats[TONES.get(code, "text")] for code in column.codes]
            forms = [tones[code] for code in np.where(column.values < 0, 0, column.values).tolist()]
        elif column.name == "oversized":
            forms = [formats["bad" if yes else "text"] for yes in column.values.tolist()]
    if column.known is not None:
        for row in np.flatnonzero(~column.known).tolist():
            gone = column.unavailable is not None and column.unavailable[row]
            values[row] = _NOT_AVAILABLE if gone else None
    return kind, values, forms


def _width(column: Column, title: str) -> float:
    """A width that fits the heading (over two lines) and the texts of the first rows."""
    if column.name in ("notice_text", "fix_words"):
        return 80
    texts = [str(value) for value in column.values[:200].tolist()] if column.kind == "text" else []
    widest = max([_columns_wide(title) / 1.6, *(_columns_wide(text) for text in texts), 7])
    return min(widest + 2, 40)


def _columns_wide(text: str) -> int:
    """Width of a text in digits: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
