"""Faults and warnings of the input as lines of text: where, what, and the remedy."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from simulator.cli.console import one_line
from simulator.messages import Language, text
from simulator.model import Fault


def place_of(fault: Fault, language: Language) -> str:
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


def fault_line(fault: Fault, language: Language) -> str:
    """One fault in one line."""
    values = {"file": fault.file, "row": fault.row, "column": fault.column, "value": fault.value}
    message = one_line(text(fault.code, language, **{**values, **fault.details}))
    place = place_of(fault, language)
    return f"{place}: {message}" if place else message


def list_faults(
    faults: Sequence[Fault], language: Language, stream: TextIO | None = None, heading: str = "check_faults"
) -> None:
    """Print how many faults there are, and every one, to ``stream`` (the error stream if None)."""
    stream = sys.stderr if stream is None else stream
    print(text(heading, language, count=len(faults)), file=stream)
    for fault in faults:
        print("- " + fault_line(fault, language), file=stream)


def list_warnings(warnings: Sequence[Fault], language: Language) -> None:
    """Print what does not stop a run but should be seen; nothing where there is none."""
    if warnings:
        print(text("check_warnings", language, count=len(warnings)))
    for warning in warnings:
        print("- " + fault_line(warning, language))
