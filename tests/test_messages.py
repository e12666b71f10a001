"""The catalogues: every code in both languages with the same fields, and every code that is used exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from simulator.messages import CATALOGUES, catalogue, text
from simulator.model import Means, Ownership, Placement, Reason, SchoolKind, SeatKind, Stage, Status
from simulator.model.policy import Reach

SIMULATOR = Path(__file__).resolve().parent.parent / "simulator"
MESSAGES = catalogue()
NAMED = {
    "stage": Stage,
    "kind": SchoolKind,
    "ownership": Ownership,
    "placement": Placement,
    "seats": SeatKind,
    "status": Status,
    "reason": Reason,
    "means": Means,
}


def fields(message: str) -> set[str]:
    return {
        re.split(r"[.\[]", field)[0] for _, field, _, _ in Formatter().parse(message) if field is not None
    }


def test_every_catalogue_is_merged():
    files = {path.stem for path in (SIMULATOR / "messages").glob("*.py")} - {"__init__"}
    assert files == set(CATALOGUES)
    total = sum(len(import_module(f"simulator.messages.{name}").MESSAGES) for name in CATALOGUES)
    assert total == len(MESSAGES)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_both_languages_with_the_same_fields(code):
    pair = MESSAGES[code]
    assert isinstance(pair, tuple)
    assert len(pair) == 2
    zh, en = pair
    assert bool(zh) == bool(en) or code == "reason_none" or not (zh and en)
    assert fields(zh) == fields(en), code
    assert re.fullmatch(r"[a-z][a-z0-9_]*", code)


@pytest.mark.parametrize(("prefix", "terms"), NAMED.items(), ids=NAMED)
def test_every_term_has_a_name(prefix, terms):
    for member in terms:
        code = f"{prefix}_{member.name.lower()}"
        assert code in MESSAGES, code
        if member.name != "NONE":
            assert text(code, "zh")
            assert text(code, "en")


@pytest.mark.parametrize("reach", get_args(Reach))
def test_every_reach_has_a_name(reach):
    assert f"reach_{reach}" in MESSAGES


def test_text_fills_in_and_refuses():
    assert (
        text("notice_twins_over", "en", school="S", over=2)
        == "S seats 2 beyond its seats to keep twins together"
    )
    with pytest.raises(KeyError):
        text("no_such_code", "zh")
    with pytest.raises(KeyError):
        text("notice_twins_over", "zh", school="S")


def used_codes() -> Iterator[tuple[str, str, ast.Call]]:
    """Every code written down where a message is asked for or a fault or notice made: (where, code, call)."""
    for path in sorted(SIMULATOR.rglob("*.py")):
        room = path.relative_to(SIMULATOR).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            adds = called == "add" and room == "load" and "ledger" in ast.unparse(node.func)
            if called not in ("text", "say", "Fault", "Notice", "fault") and not adds:
                continue
            named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            for code in codes_in([*node.args[:1], *named]):
                yield f"{path.relative_to(SIMULATOR)}:{node.lineno}", code, node


def codes_in(expressions: list[ast.expr]) -> Iterator[str]:
    """Constants, both arms of a choice, and f-strings as patterns with a star for each value."""
    for expression in expressions:
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            yield expression.value
        elif isinstance(expression, ast.IfExp):
            yield from codes_in([expression.body, expression.orelse])
        elif isinstance(expression, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in expression.values)


def test_every_code_that_is_used_exists():
    missing = []
    for where, code, _ in used_codes():
        pattern = re.compile(re.escape(code).replace(r"\*", "[a-z0-9_]+"))
        if not any(pattern.fullmatch(known) for known in MESSAGES):
            missing.append(f"{where} {code}")
    assert not missing, "\n".join(missing)


def test_every_notice_and_text_is_given_the_fields_it_names():
    wrong = []
    for where, code, call in used_codes():
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if code not in MESSAGES or called not in ("text", "Notice"):
            continue
        given = {keyword.arg for keyword in call.keywords}
        if called == "Notice":
            details = [keyword.value for keyword in call.keywords if keyword.arg == "details"]
            if details and not isinstance(details[0], ast.Dict):
                continue
            given |= (
                {key.value for key in details[0].keys if isinstance(key, ast.Constant)} if details else set()
            )
        if "stage" in given:  # the report names it
            given.add("stage_text")
        if None in given:  # further fields come in a mapping
            continue
        if not fields(MESSAGES[code][0]) <= given:
            wrong.append(f"{where} {code} needs {sorted(fields(MESSAGES[code][0]) - given)}")
    assert not wrong, "\n".join(wrong)
