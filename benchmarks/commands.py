"""Whole commands, each in a process of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import bench_help, bench_load, bench_meizhou, bench_meizhou_students
from benchmarks.page import progress, spread

TITLE = "Whole commands"

BENCHMARKS = (bench_help, bench_meizhou, bench_meizhou_students, bench_load)

TEXT = """\
Medians (least - greatest) over processes run one after another. Processor seconds are those of the whole
process on all cores, also where the wall clock runs over a part of it only (`load.scenario`: the call
alone).

"""

HEAD = """\
| what | wall seconds | processor seconds | peak MB | runs | wanted |
|---|---|---|---|---|---|"""


def fragment(smoke: bool) -> str:
    """The part of the page; each once and small in a smoke run."""
    lines = [HEAD]
    with tempfile.TemporaryDirectory(prefix="xuewei-bench-") as work:
        for benchmark in BENCHMARKS:
            costs = [benchmark.run(Path(work), smoke) for _ in range(1 if smoke else benchmark.RUNS)]
            seconds = spread([cost.seconds for cost in costs], 2)
            processor = spread([cost.processor_seconds for cost in costs], 2)
            megabytes = spread([cost.megabytes for cost in costs], 0)
            cells = (benchmark.SUBJECT, seconds, processor, megabytes, str(len(costs)), benchmark.TARGET)
            lines.append(f"| {' | '.join(cells)} |")
            progress(lines[-1])
    return TEXT + "\n".join(lines) + "\n"
