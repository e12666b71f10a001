"""``xuewei run scenarios/meizhou``: from files to report, without the sheet of students."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import COMMAND_LINE, REPOSITORY, Cost, measure

SUBJECT = "`xuewei run scenarios/meizhou`"
TARGET = "10 s, 1,500 MB"
RUNS = 5


def run(work: Path, smoke: bool, *more: str) -> Cost:
    """Once; the toy scenario stands in for the city in a smoke run."""
    scenario = REPOSITORY / "scenarios" / ("toy" if smoke else "meizhou")
    return measure(
        [*COMMAND_LINE, "run", str(scenario), "--out", str(work / "run"), "--replace", "--quiet", *more]
    )
