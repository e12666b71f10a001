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
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simulator.load.ledger import SCENARIO_FILE, Ledger
from simulator.load.settings import KEYED_LISTS
from simulator.load.suggest import nearest_word
from simulator.model import Policy

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


@dataclass(frozen=True)
class Validated:
    """Settings to go on with.

    Attributes:
        policy: the settings, less those that are wrong.
        sound: nothing was wrong. meant: the rounds are the scenario's own, so names may be checked.
    """

    policy: Policy
    sound: bool
    meant: bool


def validate(data: Mapping[str, Any], ledger: Ledger, *, path: str = "") -> Validated:
    """``data`` as a ``Policy``; every setting that is wrong is a fault.

    Args:
        path: put before the setting in every fault, such as ``"variants.narrow."``.
    """
    try:
        return Validated(validator().validate_python(dict(data)), sound=True, meant=True)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    for entry in errors:
        _write_down(entry, data, ledger, path)
    wrong = [entry["loc"][:-1] if entry["type"] == "missing" else entry["loc"] for entry in errors]
    return _stand_in(data, wrong)


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
    if not dataclasses.is_dataclass(kind):
        return []
    return [entry.name for entry in dataclasses.fields(kind)] + ([] if loc else ["base", "variants"])


def _stand_in(data: Mapping[str, Any], wrong: Sequence[tuple[str | int, ...]]) -> Validated:
    """The settings without those that are wrong; where that is not enough, bare ones."""
    trimmed: dict[str, Any] = deepcopy(dict(data))
    for loc in sorted(wrong, key=len, reverse=True):
        _take_out(trimmed, loc)
    bare = {name: trimmed[name] for name in ("name", "year", "columns") if name in trimmed}
    for candidate in (STAND_IN | trimmed, STAND_IN | bare):
        try:
            policy = validator().validate_python(candidate)
        except ValidationError:
            continue
        return Validated(policy, sound=False, meant=candidate.get("rounds") is trimmed.get("rounds"))
    return Validated(validator().validate_python(STAND_IN), sound=False, meant=False)


def _take_out(data: dict[str, Any], loc: Sequence[str | int]) -> None:
    """Remove what ``loc`` names from the innermost table on the way to it."""
    node: Any = data
    holder, key = data, loc[0] if loc else ""
    for step in loc:
        if isinstance(node, dict):
            holder, key = node, step
            node = node.get(str(step))
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            break
    holder.pop(str(key), None)
