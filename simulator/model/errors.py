"""Faults in the input, all at once, as codes and values; ``messages`` has the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.model.showing import ShownFault, ShownFaults


@dataclass(frozen=True, repr=False)
class Fault(ShownFault):
    """One fault or warning of the input; ``str`` says it in a sentence, with the remedy.

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


class ScenarioError(ShownFaults, Exception):
    """The input has faults; ``str`` says them in sentences, with the remedies.

    Attributes:
        faults: every one of them. language: the scenario's own, "" where it has none or could not be read.
    """

    def __init__(self, faults: Sequence[Fault], language: str = "") -> None:
        self.faults = tuple(faults)
        self.language = language
        super().__init__(self.faults, language)  # so that it comes back whole from another process
