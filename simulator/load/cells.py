"""One cell's text to one value. Every function takes trimmed text and raises ``BadCell`` with a code.

They run once per distinct text of a column, not once per row, so they may be plain and careful.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation

from simulator.model import NO_DATE

BLANK = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "空", "null", "none", "nan", "n/a", "na", "#n/a"}
)
"""Texts (lower case) that mean "nothing here" in every kind of column but free text."""

YES = frozenset({"是", "有", "对", "√", "✓", "✔", "yes", "y", "true", "t", "1"})
NO = frozenset({"否", "无", "没有", "×", "✗", "✘", "no", "n", "false", "f", "0"})
EPOCH = datetime.date(1970, 1, 1)
EXCEL_EPOCH = datetime.date(1899, 12, 30)
EXCEL_DAYS = range(14_000, 74_000)
"""Day numbers of a spreadsheet that can be dates here: 1938 to 2102."""

_DATE = re.compile(
    r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
LOST_DIGITS = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
"""A long id that a spreadsheet turned into a number such as ``4.41402E+17``."""
IDENTITY_NUMBER = r"(?P<head>[Gg]?\d{6})(?P<born>\d{8})(?P<tail>\d{3}[\dXx])"
"""An identity number (身份证号), or a school register number (学籍号), which is G and the same."""
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])" + IDENTITY_NUMBER + r"(?![0-9A-Za-z])")
FIRST_BIRTH, LAST_BIRTH = 1900, 2099


class BadCell(ValueError):
    """The text cannot be what the column holds; ``code`` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def is_blank(text: str) -> bool:
    """Whether the cell holds nothing."""
    return text.lower() in BLANK


def number(text: str, low: float, high: float) -> Decimal:
    """An exact number between ``low`` and ``high``, inclusive.

    Raises:
        BadCell: not_number, negative, out_of_bounds.
    """
    plain = re.sub("[,，]", "", text) if _THOUSANDS.fullmatch(text) else text
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadCell("not_number") from None
    if not value.is_finite() or "_" in plain:
        raise BadCell("not_number")
    if value < 0 <= low:
        raise BadCell("negative")
    if not low <= value <= high:
        raise BadCell("out_of_bounds")
    return value


def integer(text: str, low: float, high: float) -> int:
    """A whole number; ``12.0`` is one.

    Raises:
        BadCell: not_integer, negative, out_of_bounds.
    """
    try:
        value = number(text, low, high)
    except BadCell as bad:
        raise BadCell("not_integer" if bad.code == "not_number" else bad.code) from None
    if value != value.to_integral_value():
        raise BadCell("not_integer")
    return int(value)


def hundredths(text: str, low: float, high: float) -> int:
    """A number in hundredths, halves rounded to even.

    Raises:
        BadCell: not_number, negative, out_of_bounds.
    """
    return int((number(text, low, high) * 100).to_integral_value())


def yes_no(text: str) -> bool:
    """Yes or no.

    Raises:
        BadCell: not_yes_no.
    """
    word = text.lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadCell("not_yes_no")


def days(text: str, first_year: int, last_year: int) -> int:
    """A date as days since 1970-01-01: 2020-08-31, 2020/8/31, 20200831, 2020年8月31日, a spreadsheet's day.

    Raises:
        BadCell: bad_date, absurd_date.
    """
    date = _date(text)
    if date is None:
        raise BadCell("bad_date")
    if not first_year <= date.year <= last_year:
        raise BadCell("absurd_date")
    return min((date - EPOCH).days, NO_DATE - 1)


def _date(text: str) -> datetime.date | None:
    written = _DATE.fullmatch(text)
    if written:
        year, first, month, second, day = written.groups()
        if (first, second) != ("年", "月") and first != second:
            return None
        return _calendar(int(year), int(month), int(day))
    compact = _COMPACT_DATE.fullmatch(text)
    if compact:
        return _calendar(*(int(part) for part in compact.groups()))
    if re.fullmatch(r"\d{5}(?:\.0+)?", text) and int(float(text)) in EXCEL_DAYS:
        return EXCEL_EPOCH + datetime.timedelta(days=int(float(text)))
    return None


def _calendar(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text: it begins with = + - @ and more follows."""
    return text[:1] in ("=", "@") or (text[:1] in ("+", "-") and len(text) > 1 and text not in BLANK)


def is_identity_number(text: str, last_year: int = LAST_BIRTH) -> bool:
    """Whether the text is an identity number: 18 places, of which the seventh to 14th are a day of birth.

    Ordinary long numbers have no such day there. ``last_year`` is the last year of birth that is plausible.
    """
    found = re.fullmatch(IDENTITY_NUMBER, text)
    return found is not None and _born(found["born"], last_year)


def mask_identity_numbers(text: str) -> str:
    """``text`` with the middle of every identity number in it as stars: ``G110101********0000``."""

    def mask(found: re.Match[str]) -> str:
        return found["head"] + "*" * 8 + found["tail"] if _born(found["born"], LAST_BIRTH) else found[0]

    return _IDENTITY.sub(mask, text)


def _born(digits: str, last_year: int) -> bool:
    date = _calendar(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return date is not None and FIRST_BIRTH <= date.year <= last_year
