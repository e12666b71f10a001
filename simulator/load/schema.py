"""The JSON Schema of ``scenario.toml``, from the settings themselves, with ``base`` and ``variants``.

An editor that reads it completes settings and marks slips while a planner types.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from simulator.load.settings import KEYED_LISTS
from simulator.load.validation import validator

BASE = {
    "type": "string",
    "description": "folder of the scenario this one inherits from, relative to this one",
    "description_zh": "继承的方案文件夹（相对路径）",
}
VARIANTS = "named overrides, chosen with --variant; rounds are a table keyed by the round's name"
VARIANTS_ZH = "命名的变体（--variant 选用）；rounds 按批次代号逐项覆盖"


def json_schema() -> dict[str, Any]:
    """The schema as plain data.

    A scenario with a ``base`` may leave everything out; its rounds, like a variant's, may be a table keyed by
    name instead of a whole list.
    """
    schema = validator().json_schema()
    definitions: dict[str, Any] = schema["$defs"]
    properties: dict[str, Any] = schema["properties"]
    required = schema.pop("required")
    for name, definition in list(definitions.items()):
        definitions[f"{name}Override"] = _override(definition)
    overrides = {name: _over(name, entry) for name, entry in properties.items()}
    definitions["Variant"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": overrides,
        "description": VARIANTS,
        "description_zh": VARIANTS_ZH,
    }
    for name in KEYED_LISTS:
        properties[name] = overrides[name]
    properties["base"] = BASE
    properties["variants"] = {
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/Variant"},
        "description": VARIANTS,
        "description_zh": VARIANTS_ZH,
    }
    schema["anyOf"] = [{"required": required}, {"required": ["base"]}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "scenario.toml"} | schema


def _override(definition: dict[str, Any]) -> dict[str, Any]:
    """A table of settings of which any part may be given."""
    partial = deepcopy(definition)
    partial.pop("required", None)
    return _refer_to_overrides(partial)


def _over(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """One setting of a variant."""
    if name not in KEYED_LISTS:
        return _refer_to_overrides(deepcopy(entry))
    keyed = _refer_to_overrides(deepcopy(entry["items"]))
    described = {key: value for key, value in entry.items() if key.startswith("description")}
    whole = {key: value for key, value in entry.items() if key not in described}
    return described | {"anyOf": [whole, {"type": "object", "additionalProperties": keyed}]}


def _refer_to_overrides(node: Any) -> Any:
    """References turned to the partial form of what they refer to; whole lists stay whole."""
    if isinstance(node, dict):
        return {
            key: f"{value}Override"
            if key == "$ref"
            else (value if key == "items" else _refer_to_overrides(value))
            for key, value in node.items()
        }
    return [_refer_to_overrides(entry) for entry in node] if isinstance(node, list) else node
