"""How time grows from 10,000 to a million children, and the memory of the million."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.page import progress, seconds
from benchmarks.process import measure

TITLE = "Growth and memory"

SIZES = ((10_000, 50), (30_000, 100), (100_000, 300), (250_000, 600), (1_000_000, 2_000))
SMOKE_SIZES = ((300, 5), (1_000, 10), (3_000, 20))
RUNS = 3
STEEPEST, MOST_MEGABYTES = 1.3, 2_000

TEXT = """\
Our engine alone, single children, slack 1.05: seconds of processor time from problem to flow and minimal
prices, median (least - greatest) over {seeds} seeds, each with the median of three runs. The exponent is the
slope of a straight line through the logarithms of median time against children; schools grow along with
them.

{table}

- Growth exponent: **{exponent:.2f}** (wanted: below {steepest}).
- Peak memory of a process that reads the largest instance from disk, solves it and certifies the answer:
  **{megabytes:,.0f} MB** (wanted: below {most:,}), of which {arcs:,.0f} MB are the arcs themselves.
"""


def fragment(smoke: bool) -> str:
    """The part of the page; three small sizes and one seed in a smoke run."""
    sizes = SMOKE_SIZES if smoke else SIZES
    # First of all: a process begins as an image of its parent, and this one is still small.
    with tempfile.TemporaryDirectory(prefix="xuewei-bench-") as folder:
        saved = Path(folder) / "problem.npz"
        run = [sys.executable, "-m", "benchmarks.saved_problem"]
        measure([*run, "write", str(saved), *map(str, sizes[-1])])
        solved = measure([*run, "solve", str(saved)])
    megabytes, arcs = solved.megabytes, float(solved.output.split()[-1])

    import numpy as np

    from benchmarks.cases import SEEDS, Case
    from benchmarks.clock import solve_and_price, warm_up

    seeds = SEEDS[:1] if smoke else SEEDS
    lines = ["| students x schools | s |", "|---|---|"]
    medians = []
    warm_up([Case(*sizes[0])])
    for children, schools in sizes:
        case = Case(children, schools)
        taken = []
        for seed in seeds:
            problem = case.problem(seed)
            runs = []
            for _ in range(RUNS):
                answer, time = solve_and_price(problem, "priced_seats")
                runs.append(time)
            answer.certify()
            taken.append(statistics.median(runs))
        medians.append(statistics.median(taken))
        lines.append(f"| {case.size} | {seconds(taken)} |")
        progress(lines[-1])
    exponent = np.polyfit(np.log([children for children, _ in sizes]), np.log(medians), 1)[0]
    return TEXT.format(
        seeds=len(seeds),
        table="\n".join(lines),
        exponent=exponent,
        steepest=STEEPEST,
        megabytes=megabytes,
        most=MOST_MEGABYTES,
        arcs=arcs,
    )
