"""``xuewei --help``: nothing heavy is imported before it is needed."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import COMMAND_LINE, Cost, measure

SUBJECT = "`xuewei --help`"
TARGET = "0.3 s"
RUNS = 11


def run(work: Path, smoke: bool) -> Cost:
    """Once."""
    return measure([*COMMAND_LINE, "--help"])
