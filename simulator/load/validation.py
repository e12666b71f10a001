"""Plain settings to ``Policy``: every error of the validator at once, as codes of ours.

The validator speaks English and gives a path; each of its error types has a code here and its text in
``messages``. Settings that are wrong are then taken out, so that the tables can still be checked and a
planner sees the faults of both in one go.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simulator.load.ledger import Ledger
from simulator.load.settings import KEYED_LISTS, SCENARIO_FILE
from simulator.load.suggest import nearest_word
from simulator.model import Policy, Round

CODES = {
    "missing": "setting_missing",
    "unexpected_keyword_argument": "unknown_setting",
    "int_parsing": "setting_not_integer",
    "int_type": "setting_not_integer",
    "int_from_float": "setting_not_integer",
    "int_parsing_size": "setting_not_integer",
    "float_parsing": "setting_not_number",
    "float_type": "setting_not_number",
    "finite_number": "setting_not_number",
    "bool_parsing": "setting_not_yes_no",
    "bool_type": "setting_not_yes_no",
    "string_type": "setting_not_text",
    "string_pattern_mismatch": "setting_pattern",
    "greater_than_equal": "setting_too_small",
    "less_than_equal": "setting_too_great",
    "too_short": "setting_empty",
    "literal_error": "setting_choice",
    "list_type": "setting_not_a_list",
    "dict_type": "setting_not_a_table",
    "dataclass_type": "setting_not_a_table",
}
"""The validator's error types and ours; any other one is ``setting_invalid``."""

STAND_IN: dict[str, Any] = {"name": "unnamed", "year": 2025, "rounds": [{"name": "unnamed"}]}
"""Settings to go on checking the tables with, where the scenario's own cannot be used."""


@cache
def validator() -> TypeAdapter[Policy]:
    """The validator of ``Policy``, built once."""
    return TypeAdapter(Policy)


def validate(data: Mapping[str, Any], ledger: Ledger, *, path: str = "") -> tuple[Policy, bool]:
    """``data`` as a ``Policy``, and whether it was sound.

    Args:
        path: put before the setting in every fault, such as ``"variants.narrow."``.
    """
    try:
        return validator().validate_python(dict(data)), True
    except ValidationError as error:
        errors = error.errors(include_url=False)
    for entry in errors:
        _write_down(entry, data, ledger, path)
    return _stand_in(data, [entry["loc"] for entry in errors]), False


def setting_path(loc: Sequence[str | int], data: Any) -> str:
    """The path of a setting as ``--set`` takes it: rounds by their name, other lists by place from 1."""
    parts: list[str] = []
    for step in loc:
        key = KEYED_LISTS.get(parts[-1], "") if parts else ""
        if isinstance(step, int):
            entry = data[step] if isinstance(data, list) and step < len(data) else None
            label = entry.get(key) if key and isinstance(entry, Mapping) else None
            if isinstance(label, str) and label:
                parts.append(label)
            elif parts:
                parts[-1] += f"[{step + 1}]"
            data = entry
        else:
            parts.append(step)
            data = data.get(step) if isinstance(data, Mapping) else None
    return ".".join(parts)


def _write_down(entry: Any, data: Mapping[str, Any], ledger: Ledger, path: str) -> None:
    loc, context = entry["loc"], entry.get("ctx", {})
    code = CODES.get(entry["type"], "setting_invalid")
    value = "" if code == "setting_missing" else entry["input"]
    details: dict[str, Any] = {}
    if code == "unknown_setting":
        value = loc[-1]
        known = settings_at(loc[:-1])
        details = {"suggestion": nearest_word(str(value), known), "known": ", ".join(known)}
    elif code == "setting_choice":
        words = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        details = {"suggestion": nearest_word(str(value), words), "known": ", ".join(words)}
    elif code == "setting_too_small":
        details = {"low": f"{context['ge']:g}"}
    elif code == "setting_too_great":
        details = {"high": f"{context['le']:g}"}
    elif code == "setting_pattern":
        details = {"pattern": context["pattern"]}
    elif code == "setting_invalid":
        details = {"reason": entry["msg"]}
    ledger.add(code, SCENARIO_FILE, 0, path + setting_path(loc, data), value, **details)


def settings_at(loc: Sequence[str | int]) -> list[str]:
    """The settings there are at a place of the schema."""
    kind: Any = Policy
    for step in loc:
        if dataclasses.is_dataclass(kind) and isinstance(step, str):
            kind = typing.get_type_hints(kind).get(step)
        elif typing.get_args(kind):
            kind = typing.get_args(kind)[-1]
    return [entry.name for entry in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []


def _stand_in(data: Mapping[str, Any], wrong: Sequence[tuple[str | int, ...]]) -> Policy:
    """The settings without those that are wrong; where that is not enough, bare ones."""
    trimmed: dict[str, Any] = deepcopy(dict(data))
    for loc in sorted(wrong, key=len):
        holder: Any = trimmed
        for step in loc[:-1]:
            holder = holder.get(step) if isinstance(holder, dict) else _entry(holder, step)
        if isinstance(holder, dict):
            holder.pop(loc[-1], None)
    for candidate in (STAND_IN | trimmed, STAND_IN | _kept(trimmed, "name", "year", "columns"), STAND_IN):
        try:
            return validator().validate_python(candidate)
        except ValidationError:
            continue
    return Policy(name="unnamed", year=2025, rounds=[Round(name="unnamed")])


def _entry(holder: Any, step: str | int) -> Any:
    return holder[step] if isinstance(holder, list) and isinstance(step, int) and step < len(holder) else None


def _kept(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}
