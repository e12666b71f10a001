"""How one setting of ``scenario.toml`` is declared: its default, its meaning in two languages, its bounds."""

from __future__ import annotations

from dataclasses import field
from typing import Any

STRICT = {"extra": "forbid"}
"""Read by the validator in ``load``: unknown keys are refused."""


def setting(default: Any, zh: str, en: str, **bounds: Any) -> Any:
    """A documented setting: ``zh`` and ``en`` say what it means; ``bounds``: ge, le, pattern, min_length."""
    metadata = {"description": en, "json_schema_extra": {"description_zh": zh}, **bounds}
    if isinstance(default, list | dict):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)
