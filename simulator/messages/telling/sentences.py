"""Faults and warnings of the input as sentences: where, what, and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from simulator.messages import Language, text


class Told(Protocol):
    """What a sentence needs of a ``model.Fault``, a noun this room does not know."""

    @property
    def code(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


def one_line(value: object) -> str:
    """``value`` without line breaks and control characters, so that data cannot play with the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(value))


def place_of(fault: Told, language: Language) -> str:
    """File, row, column and value of a fault, as far as it has them."""
    file = one_line(fault.file)[:120]
    on_command_line = file.startswith("--")
    parts = [text("check_place_row", language, file=file, row=fault.row) if fault.row else file]
    if fault.column:
        setting = fault.file.endswith(".toml") or on_command_line
        code = "check_place_setting" if setting else "check_place_column"
        parts.append(text(code, language, column=one_line(fault.column)))
    if fault.value and not on_command_line:
        parts.append(text("check_place_value", language, value=one_line(fault.value)[:80]))
    return ", ".join(part for part in parts if part)


def sentence(fault: Told, language: Language) -> str:
    """One fault in one line.

    Raises:
        KeyError: no message of that code, or a field of it without a value.
    """
    values = {"file": fault.file, "row": fault.row, "column": fault.column, "value": fault.value}
    message = one_line(text(fault.code, language, **{**values, **fault.details}))
    place = place_of(fault, language)
    return f"{place}: {message}" if place else message
