"""Codes to Chinese and English text: stages return codes and numbers, the words are here.

Each catalogue is one file beside this one, a mapping from code to ``(Chinese, English)`` with
``str.format`` fields. ``text`` is the only way to a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Literal, NamedTuple

Language = Literal["zh", "en"]
CATALOGUES = (
    "faults",
    "table_faults",
    "rules_off",
    "names",
    "indicators",
    "report",
    "report_tables",
    "report_audit",
    "report_extra_seats",
    "report_procedures",
    "report_provenance",
    "shares",
    "lottery",
    "run_folder",
    "explain",
    "explain_staff",
    "command",
    "zones",
    "zones_page",
    "zones_adoption",
    "zone_groups",
    "sites",
    "sweep",
    "notebook",
)


class Bilingual(NamedTuple):
    """A value of a message that differs with the language, such as the title of a round."""

    zh: str
    en: str


@cache
def catalogue() -> Mapping[str, tuple[str, str]]:
    """All messages of all catalogues.

    Raises:
        ValueError: two catalogues define the same code.
    """
    merged: dict[str, tuple[str, str]] = {}
    for name in CATALOGUES:
        entries: Mapping[str, tuple[str, str]] = import_module(f"simulator.messages.{name}").MESSAGES
        twice = merged.keys() & entries.keys()
        if twice:
            raise ValueError(f"messages defined twice: {sorted(twice)}")
        merged.update(entries)
    return merged


def text(code: str, language: Language, /, **values: Any) -> str:
    """The message ``code`` in ``language`` with its fields filled in, ``Bilingual`` ones too.

    Raises:
        KeyError: no such code, or a field without a value.
    """
    zh, en = catalogue()[code]
    for name, value in values.items():
        if isinstance(value, Bilingual):
            values[name] = getattr(value, language)
    return (zh if language == "zh" else en).format(**values)
