"""Run every benchmark; print the table and write it to ``benchmarks/README.md``.

``--smoke`` runs each once on a small input, to see that it still works, and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import bench_help, bench_load, bench_meizhou, bench_meizhou_students

BENCHMARKS = (bench_help, bench_meizhou, bench_meizhou_students, bench_load)

HEAD = "| what | wall seconds | processor seconds | peak MB | runs | wanted |"
PAGE = """\
# Benchmarks

Written by `make bench`: medians (least - greatest) over processes run one after another, on
{machine}.

Processor seconds are those of the whole process on all cores, also where the wall clock runs over a part of
it only (`load.scenario`: the call alone). No time is asserted in a test.

{table}
"""


def spread(values: Sequence[float], digits: int) -> str:
    """Median, and least and greatest in brackets."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:,.{digits}f} ({low:,.{digits}f} - {high:,.{digits}f})"


def machine() -> str:
    """What the figures were measured on, in one line."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pandas", "ortools"))
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}, {libraries}"


def main() -> None:
    """Run them and show the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="once each, small, nothing written")
    smoke = parser.parse_args().smoke
    if smoke:
        print("A smoke run on small inputs: the figures mean nothing.")
    lines = [HEAD, "|---|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory(prefix="xuewei-bench-") as work:
        for benchmark in BENCHMARKS:
            costs = [benchmark.run(Path(work), smoke) for _ in range(1 if smoke else benchmark.RUNS)]
            seconds = spread([cost.seconds for cost in costs], 2)
            processor = spread([cost.processor_seconds for cost in costs], 2)
            megabytes = spread([cost.megabytes for cost in costs], 0)
            cells = (benchmark.SUBJECT, seconds, processor, megabytes, str(len(costs)), benchmark.TARGET)
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    if not smoke:
        page = PAGE.format(machine=machine(), table="\n".join(lines))
        Path(__file__).with_name("README.md").write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
