"""Faults in the input, all at once, as codes and values; ``messages`` has the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One fault or warning of the input.

    Attributes:
        code: message code, such as ``"duplicate_id"``; its text says what is wrong, with the remedy.
        file: file name relative to the scenario folder, or "" for the scenario as a whole.
        row: row as a person counts in a spreadsheet (the heading is row 1), 0 if not about a row.
        column: heading or setting, "" if not about a column.
        value: the offending value as text.
        details: further values the message's text names.
    """

    code: str
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


class ScenarioError(Exception):
    """The input has faults; ``faults`` lists every one of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{f.file}:{f.row}:{f.column}:{f.code}={f.value!r}" for f in self.faults[:20])
        )
