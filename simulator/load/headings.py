"""Headings to columns of the data dictionary; forbidden ones are stopped here (R31, R33, R34)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from simulator.load.ledger import Ledger
from simulator.load.suggest import nearest_word
from simulator.model.dictionary import FORBIDDEN, Column

CHILDREN_TABLES = ("students", "applications", "settled", "demand", "used_homes")
"""Tables about children: no forbidden word may stand in their headings. In the tables of places, where a
主办单位 is nobody's employer, only results of tests and marks of key schools and classes are refused."""

AUTHORITY = re.compile("(发证|签发|批准|审批|发放|办证|登记|填报|报送)单位")
"""An authority is nobody's employer."""

FORBIDDEN_ANYWHERE = ("scores", "key_schools")


def normal(heading: str) -> str:
    """A heading without what typing changes: width of brackets, spaces, case, a star for "required"."""
    return re.sub(r"[\s*＊]+", "", unicodedata.normalize("NFKC", heading)).casefold()


def headings_of(columns: Sequence[Column]) -> dict[str, tuple[int, Column]]:
    """Every accepted heading, normalised, to its place among the headings of its column, and the column."""
    accepted: dict[str, tuple[int, Column]] = {}
    for column in columns:
        for place, heading in enumerate((column.name, *column.headings)):
            accepted.setdefault(normal(heading), (place, column))
    return accepted


def forbidden_kind(heading: str, table: str) -> str:
    """The kind of forbidden data the heading names, "" for none.

    Chinese words count wherever they stand; English ones as whole words (``test`` but not ``latest``).
    积分 are admission points, so 积分分数 is allowed.
    """
    plain = AUTHORITY.sub("", normal(heading))
    words = _words(heading)
    for kind, forbidden in FORBIDDEN.items():
        if table not in CHILDREN_TABLES and kind not in FORBIDDEN_ANYWHERE:
            continue
        for word in forbidden:
            if word.isascii():
                tokens = _words(word)
                if any(words[i : i + len(tokens)] == tokens for i in range(len(words))):
                    return kind
            elif normal(word) in plain and not (word == "分数" and "积分" in plain):
                return kind
    return ""


def _words(heading: str) -> list[str]:
    """The English words of a heading, singular, lower case: ``parents' testScores`` -> parent test score."""
    parted = re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).lower().replace("'s", "").replace("’s", "")
    return [
        word[:-1] if len(word) > 3 and word.endswith("s") else word for word in re.findall("[a-z]+", parted)
    ]


def match_headings(
    table: str,
    file: str,
    headings: Sequence[str],
    columns: Sequence[Column],
    ledger: Ledger,
    *,
    row: int,
    drop_forbidden: bool,
) -> Mapping[str, int]:
    """Name of each column found -> its place in the file.

    Faults: forbidden_KIND, heading_repeated, missing_column. Warnings: dropped_KIND, heading_misnamed (it
    resembles a column the file lacks), unknown_heading, heading_beside.
    """
    accepted = headings_of(columns)
    found: dict[str, tuple[int, int]] = {}
    seen: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        plain = normal(heading)
        if not plain:
            continue
        if plain in seen:
            ledger.add("heading_repeated", file, row, heading, heading)
            continue
        seen[plain] = place
        kind = forbidden_kind(heading, table)
        if kind:
            code = f"dropped_{kind}" if drop_forbidden else f"forbidden_{kind}"
            ledger.add(code, file, row, heading, heading, warning=drop_forbidden)
        elif plain not in accepted:
            unknown.append(heading)
        else:
            rank, column = accepted[plain]
            if column.name in found:
                earlier = found[column.name]
                worse = max((rank, place), earlier)
                better = min((rank, place), earlier)
                kept, left = headings[better[1]], headings[worse[1]]
                ledger.add("heading_beside", file, row, left, left, warning=True, kept=kept)
                found[column.name] = better
            else:
                found[column.name] = (rank, place)
    for heading in unknown:
        suggestion = _nearest_heading(heading, columns)
        absent = suggestion and accepted[normal(suggestion)][1].name not in found
        code = "heading_misnamed" if absent else "unknown_heading"
        ledger.add(code, file, row, heading, heading, warning=True, suggestion=suggestion)
    for column in columns:
        if column.required and column.name not in found:
            heading = column.headings[0] if column.headings else column.name
            names = ", ".join((*column.headings, column.name))
            ledger.add("missing_column", file, row, heading, heading, name=column.name, accepted=names)
    return {name: place for name, (_, place) in found.items()}


def misnamed(headings: Sequence[str], columns: Sequence[Column], found: Mapping[str, int]) -> dict[str, str]:
    """Name of each column that is not ``found`` -> the unread heading nearest to one of its own."""
    accepted = headings_of(columns)
    unread = [heading for heading in headings if normal(heading) and normal(heading) not in accepted]
    nearest = {heading: _nearest_heading(heading, columns) for heading in unread}
    meant = {accepted[normal(word)][1].name: heading for heading, word in nearest.items() if word}
    return {name: heading for name, heading in meant.items() if name not in found}


def _nearest_heading(heading: str, columns: Sequence[Column]) -> str:
    """The accepted heading most like an unknown one, "" if none is like it."""
    return nearest_word(heading, (word for column in columns for word in (column.name, *column.headings)))
