"""Faults and warnings of the input, each in one line, on the console."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TextIO

from simulator.messages import Language, text
from simulator.messages.telling import sentence
from simulator.model import Fault


def list_faults(
    faults: Sequence[Fault], language: Language, stream: TextIO | None = None, heading: str = "check_faults"
) -> None:
    """Print how many faults there are, and every one, to ``stream`` (the error stream if None)."""
    stream = sys.stderr if stream is None else stream
    print(text(heading, language, count=len(faults)), file=stream)
    for fault in faults:
        print("- " + sentence(fault, language), file=stream)


def list_warnings(warnings: Sequence[Fault], language: Language) -> None:
    """Print what does not stop a run but should be seen; nothing where there is none."""
    if warnings:
        print(text("check_warnings", language, count=len(warnings)))
    for warning in warnings:
        print("- " + sentence(warning, language))
