"""``load.scenario`` on a roster of a million rows under a bureau's own headings."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.process import Cost, measure

SUBJECT = "`load.scenario`, a CSV roster of 1,000,000 rows x 14 columns"
TARGET = "5 s"
RUNS = 3

# The clock runs inside: from the call to the scenario in hand, without the interpreter's start.
LOAD = """\
from pathlib import Path
from time import perf_counter
import sys
from simulator import load
start = perf_counter()
scenario = load.scenario(Path(sys.argv[1]))
print(perf_counter() - start, len(scenario.students))
"""


def run(work: Path, smoke: bool) -> Cost:
    """Once; a thousand rows in a smoke run."""
    rows = 1_000 if smoke else 1_000_000
    folder = work / f"roster-{rows}"
    if not folder.exists():
        measure([sys.executable, "-m", "benchmarks.roster", str(folder), str(rows)])
    cost = measure([sys.executable, "-c", LOAD, str(folder)])
    seconds, loaded = cost.output.split()[-2:]
    if int(loaded) != rows:
        raise RuntimeError(f"{loaded} of {rows} rows were loaded")
    return replace(cost, seconds=float(seconds))
