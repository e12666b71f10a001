"""``xuewei run scenarios/meizhou --student-sheet``: the same with every student in the workbook."""

from __future__ import annotations

from pathlib import Path

from benchmarks import bench_meizhou
from benchmarks.process import Cost

SUBJECT = "`xuewei run scenarios/meizhou --student-sheet`"
TARGET = "20 s, 1,500 MB"
RUNS = 3


def run(work: Path, smoke: bool) -> Cost:
    """Once."""
    return bench_meizhou.run(work, smoke, "--student-sheet")
