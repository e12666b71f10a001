"""One table of the scenario: typed columns out of cells of text, each bad cell a fault with its row.

A column is taken as its distinct texts and a code per row, so that text is understood once per distinct
text: a roster of a million rows has few dates and two answers to a yes/no question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulator.load import cells
from simulator.load.cells import BadCell
from simulator.load.ledger import LISTED, Ledger
from simulator.load.readers import Sheet, trim
from simulator.load.suggest import nearest_word
from simulator.model import NO_DATE
from simulator.model.arrays import Booleans, Floats, Integers, Texts
from simulator.model.dictionary import Column

Value = TypeVar("Value", int, float, bool)
FORMULA = r"^[=+@\-]"
"""How a text begins that may be a formula; ``cells.is_formula`` decides."""

SUGGESTED = 5
"""Unknown texts of one column that get a suggestion."""


@dataclass(frozen=True)
class Distinct:
    """A column as its distinct texts and, per row, which one.

    Attributes:
        codes: int32 (rows,). texts: arrow array of text.
    """

    codes: Integers
    texts: Any

    def rows_of(self, chosen: Sequence[int] | Integers) -> Integers:
        """Rows whose text is one of those chosen, rising."""
        if len(chosen) == 0:
            return np.zeros(0, dtype=np.int64)
        marked = np.zeros(len(self.texts) + 1, dtype=np.bool_)
        marked[np.asarray(chosen)] = True
        return np.flatnonzero(marked[self.codes])


def _distinct(column: Any) -> Distinct:
    """The distinct trimmed texts of an arrow column; only the distinct ones are trimmed."""
    encoded = column.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    again = trim(encoded.dictionary).dictionary_encode()
    if len(again.dictionary) < len(again):
        codes = again.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)[codes]
    return Distinct(codes, again.dictionary)


@dataclass
class Table:
    """A table being read.

    Attributes:
        name: of the data dictionary. file: as faults name it. sheet: cells of text.
        places: column name -> place in the sheet. columns: the dictionary's, by name. ledger: for faults.
    """

    name: str
    file: str
    sheet: Sheet
    places: Mapping[str, int]
    columns: Mapping[str, Column]
    ledger: Ledger
    _distinct: dict[str, Distinct] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.sheet.rows)

    def has(self, name: str) -> bool:
        """Whether the file has the column."""
        return name in self.places

    def heading(self, name: str) -> str:
        """The column's heading as the file has it; the dictionary's first where it is not there."""
        if name in self.places:
            return self.sheet.headings[self.places[name]]
        column = self.columns[name]
        return column.headings[0] if column.headings else name

    def texts(self, name: str) -> Any:
        """arrow column of trimmed text; empty texts where the file lacks it."""
        if not self.has(name):
            return pa.nulls(len(self), pa.string()).fill_null("")
        return trim(self.sheet.columns[self.places[name]])

    def distinct(self, name: str) -> Distinct:
        """The distinct texts of a column; one empty text where the file lacks it."""
        if name not in self._distinct:
            if self.has(name):
                self._distinct[name] = _distinct(self.sheet.columns[self.places[name]])
            else:
                self._distinct[name] = Distinct(
                    np.zeros(len(self), dtype=np.int32), pa.array([""], pa.string())
                )
        return self._distinct[name]

    # Faults ------------------------------------------------------------------------------------------

    def fault(self, code: str, name: str, rows: Integers, *, warning: bool = False, **details: Any) -> None:
        """One fault per row, the first of them listed and the rest counted; the value is the cell's text."""
        if len(rows) == 0:
            return
        heading = self.heading(name)
        found = self.distinct(name)
        for row in rows[:LISTED]:
            value = found.texts[int(found.codes[row])].as_py()
            self.ledger.add(code, self.file, self.row(row), heading, value, warning=warning, **details)
        if len(rows) > LISTED:
            self.ledger.add_unlisted(code, self.file, heading, len(rows) - LISTED, warning=warning)

    def fault_strangers(
        self, code: str, name: str, places: Sequence[int], nearest: Callable[[str], str], **details: Any
    ) -> None:
        """Faults of distinct texts that nobody knows; the first few with the known word nearest to them."""
        found = self.distinct(name)
        for place in places[:SUGGESTED]:
            suggestion = nearest(found.texts[int(place)].as_py())
            self.fault(code, name, found.rows_of([int(place)]), suggestion=suggestion, **details)
        self.fault(code, name, found.rows_of(places[SUGGESTED:]), suggestion="", **details)

    def warn_first(self, code: str, name: str, rows: Integers) -> None:
        """One warning for all of ``rows``: the first of them as an example, and their count."""
        if len(rows) == 0:
            return
        found = self.distinct(name)
        value = found.texts[int(found.codes[rows[0]])].as_py()
        place = self.row(rows[0])
        self.ledger.add(code, self.file, place, self.heading(name), value, warning=True, count=len(rows))

    def row(self, row: Any) -> int:
        """The row as a spreadsheet counts."""
        return int(self.sheet.rows[row])

    # Typed columns -----------------------------------------------------------------------------------

    def _parse(
        self, name: str, read: Callable[[str], Value], blank: Value, dtype: Any, **details: Any
    ) -> tuple[NDArray[Any], Booleans]:
        """Values, and whether a good value was given; what cannot be read is a fault and counts as blank."""
        found = self.distinct(name)
        values = np.full(len(found.texts), blank, dtype=dtype)
        given = np.zeros(len(found.texts), dtype=np.bool_)
        bad: dict[str, list[int]] = {}
        for place, text in enumerate(found.texts.to_pylist()):
            try:
                if not cells.is_blank(text):
                    values[place] = read(text)
                    given[place] = True
            except BadCell as fault:
                bad.setdefault(fault.code, []).append(place)
        for code, places in bad.items():
            self.fault(code, name, found.rows_of(places), **details)
        return values[found.codes], given[found.codes]

    def integers(self, name: str, blank: int = 0) -> tuple[Integers, Booleans]:
        """int64 values (``blank`` where not given) and whether given."""
        column = self.columns[name]
        low, high = column.low, column.high
        read = lambda text: cells.integer(text, low, high)  # noqa: E731
        return self._parse(name, read, blank, np.int64, low=f"{low:g}", high=f"{high:g}")

    def numbers(
        self, name: str, low: float | None = None, high: float | None = None
    ) -> tuple[Floats, Booleans]:
        """float64 values (NaN where not given) and whether given; bounds are the column's if not named."""
        column = self.columns[name]
        low, high = column.low if low is None else low, column.high if high is None else high
        read = lambda text: float(cells.number(text, low, high))  # noqa: E731
        return self._parse(name, read, float("nan"), np.float64, low=f"{low:g}", high=f"{high:g}")

    def hundredths(self, name: str) -> Integers:
        """int64 values in hundredths, 0 where not given."""
        column = self.columns[name]
        low, high = column.low, column.high
        read = lambda text: cells.hundredths(text, low, high)  # noqa: E731
        return self._parse(name, read, 0, np.int64, low=f"{low:g}", high=f"{high:g}")[0]

    def yes(self, name: str) -> Booleans:
        """bool, "no" where not given."""
        return self._parse(name, cells.yes_no, False, np.bool_)[0]

    def dates(self, name: str, first_year: int, last_year: int) -> tuple[Integers, Booleans]:
        """int32 days since 1970-01-01, ``NO_DATE`` where not given, and whether given."""
        read = lambda text: cells.days(text, first_year, last_year)  # noqa: E731
        return self._parse(name, read, NO_DATE, np.int32, low=first_year, high=last_year)

    def choices(self, name: str, blank: int) -> tuple[Integers, Booleans]:
        """int8 codes of the column's choices (``blank`` where not given) and whether given."""
        accepted = {word.casefold(): code for word, code in self.columns[name].choices.items()}
        found = self.distinct(name)
        values = np.full(len(found.texts), blank, dtype=np.int8)
        given = np.zeros(len(found.texts), dtype=np.bool_)
        strangers: list[int] = []
        for place, text in enumerate(found.texts.to_pylist()):
            if text and text.casefold() in accepted:
                values[place], given[place] = accepted[text.casefold()], True
            elif not cells.is_blank(text):
                strangers.append(place)
        words = [word for word in self.columns[name].choices if word]
        known = ", ".join(words)
        self.fault_strangers(
            "unknown_choice", name, strangers, lambda text: nearest_word(text, words), known=known
        )
        return values[found.codes], given[found.codes]

    def require(self, name: str, given: Booleans) -> None:
        """A blank cell of a required column is a fault."""
        if not self.has(name):
            return
        found = self.distinct(name)
        blank = [place for place, text in enumerate(found.texts.to_pylist()) if cells.is_blank(text)]
        rows = found.rows_of(blank)
        self.fault("blank_cell", name, rows[~given[rows]])

    def labels(self, name: str, blanks: frozenset[str] = frozenset()) -> Distinct:
        """A column of names, as distinct texts; what means "none" is the empty text. Formulas are faults."""
        found = self.distinct(name)
        words = found.texts.to_pylist()
        self._refuse_formulas(name, found)
        plain = ["" if cells.is_blank(w) or w.casefold() in blanks else w for w in words]
        return Distinct(found.codes, pa.array(plain, pa.string()))

    def filled(self, name: str) -> Booleans:
        """bool: something is written in the cell, readable or not."""
        found = self.distinct(name)
        filled = np.array([not cells.is_blank(text) for text in found.texts.to_pylist()], dtype=np.bool_)
        return filled[found.codes]

    def free_text(self, name: str) -> Texts:
        """object (str), as written. A text that a spreadsheet would run is a fault."""
        column = self.texts(name)
        suspects = np.flatnonzero(np.asarray(pc.match_substring_regex(column, FORMULA)))
        bad = [row for row in suspects.tolist() if cells.is_formula(column[row].as_py())]
        self.fault("formula_text", name, np.array(bad, dtype=np.int64))
        return _objects(column)

    def ids(self, name: str) -> Texts:
        """object (str), the table's own ids: none blank or twice, none a formula, rounded or in two lines."""
        if not self.has(name):
            return _objects(self.texts(name))
        found = self.distinct(name)
        self._refuse_formulas(name, found)
        self._refuse_lost_digits(name, found)
        parted = np.asarray(pc.match_substring_regex(found.texts, r"[\t\r\n]"))
        self.fault("id_line_break", name, found.rows_of(np.flatnonzero(parted)))
        blank = pc.index(found.texts, "").as_py()
        if blank >= 0:
            self.fault("blank_id", name, found.rows_of([blank]))
        if len(found.texts) < len(self):
            counts = np.bincount(found.codes, minlength=len(found.texts))
            if blank >= 0:
                counts[blank] = 0
            twice = found.rows_of(np.flatnonzero(counts > 1))
            first = np.zeros(len(found.texts), dtype=np.int64)
            first[found.codes[::-1]] = np.arange(len(self))[::-1]
            repeated = twice[first[found.codes[twice]] != twice]
            for row in repeated[:LISTED]:
                earlier = self.row(first[found.codes[row]])
                self.fault("duplicate_id", name, np.array([row]), first_row=earlier)
            if len(repeated) > LISTED:
                heading = self.heading(name)
                self.ledger.add_unlisted("duplicate_id", self.file, heading, len(repeated) - LISTED)
        return _objects(self.texts(name))

    def _refuse_formulas(self, name: str, found: Distinct) -> None:
        suspects = np.flatnonzero(np.asarray(pc.match_substring_regex(found.texts, FORMULA)))
        bad = [place for place in suspects.tolist() if cells.is_formula(found.texts[place].as_py())]
        code = "formula_id" if self.columns[name].kind == "id" else "formula_text"
        self.fault(code, name, found.rows_of(bad))

    def _refuse_lost_digits(self, name: str, found: Distinct) -> None:
        pattern = f"^({cells.LOST_DIGITS.pattern})$"
        suspects = np.flatnonzero(np.asarray(pc.match_substring_regex(found.texts, pattern)))
        self.fault("id_lost_digits", name, found.rows_of(suspects))


def _objects(column: Any) -> Texts:
    """object (str), one per row."""
    objects: Texts = column.to_numpy(zero_copy_only=False).astype(object, copy=False)
    return objects
