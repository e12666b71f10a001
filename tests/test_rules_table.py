"""docs/rules.md stays whole: every rule once, and every setting, function and test it names exists."""

from __future__ import annotations

import ast
import re
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from simulator.model import Policy
from simulator.model.dictionary import TABLES

HOUSE = Path(__file__).resolve().parent.parent
RULES = range(1, 50)
COLUMNS = ("number", "zh", "en", "setting", "code", "test")
TO_COME = ("zones", "ensembles", "forecast and seat plan")
"""Parts of the work that later issues bring."""


def read_table() -> list[dict[str, str]]:
    text = (HOUSE / "docs" / "rules.md").read_text(encoding="utf-8")
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if re.match(r"\|\s*R\d", line)]
    return [dict(zip(COLUMNS, (cell.strip() for cell in row), strict=True)) for row in rows]


TABLE = read_table()
CASES = pytest.mark.parametrize("row", TABLE, ids=[row["number"] for row in TABLE])


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def defined(path: Path) -> frozenset[str]:
    """Functions, classes and constants of a module, at its top."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return frozenset(names)


def is_setting(key: str) -> bool:
    """A key of ``scenario.toml`` (through lists and tables of tables), or ``table.column``."""
    table, _, column = key.partition(".")
    if column in {entry.name for entry in TABLES.get(table, ())}:
        return True
    place: Any = Policy
    for part in key.split("."):
        if not is_dataclass(place) or part not in {entry.name for entry in fields(place)}:
            return False
        hint = get_type_hints(place)[part]
        inner = [argument for argument in get_args(hint) if is_dataclass(argument)]
        place = inner[0] if inner else hint
    return True


def test_every_rule_stands_once_and_in_order():
    assert [row["number"] for row in TABLE] == [f"R{number}" for number in RULES]


@CASES
def test_the_subject_is_told_in_both_languages(row):
    assert re.search(r"[一-鿿]", row["zh"])
    assert re.search(r"[a-z]", row["en"])
    assert not re.search(r"[一-鿿]", row["en"])


@CASES
def test_what_is_named_exists(row):
    for key in quoted(row["setting"]):
        assert is_setting(key), key
    for place in quoted(row["code"]):
        file, _, name = place.partition(":")
        assert (HOUSE / file).is_file(), place
        assert not name or name in defined(HOUSE / file), place
    for place in quoted(row["test"]):
        file, _, name = place.partition("::")
        assert (HOUSE / file).is_file(), place
        assert name.startswith("test_"), place
        assert name in defined(HOUSE / file), place


def test_nothing_is_promised_of_parts_that_are_there():
    """The procedures and the core are built: what they owed is here, or is said to belong elsewhere."""
    text = (HOUSE / "docs" / "rules.md").read_text(encoding="utf-8")
    assert not re.search(r"to come: (procedures|core)\b", text)


@CASES
def test_code_and_test_are_named_or_promised(row):
    for column in ("code", "test"):
        promised = re.search(r"to come: ([^|<]+)$", row[column])
        assert quoted(row[column]) or promised, (column, row[column])
        if promised:
            assert promised.group(1).strip() in TO_COME
    assert bool(quoted(row["code"])) == bool(quoted(row["test"])), (
        "code without a test, or a test without code"
    )


def test_the_checks_can_fail():
    assert is_setting("caps.path_percent")
    assert is_setting("rounds.tiers")
    assert is_setting("targets.migrant_share.seats")
    assert is_setting("schools.cap")
    assert not is_setting("caps.no_such_key")
    assert not is_setting("schools.no_such_column")
    assert not is_setting("name.more")
