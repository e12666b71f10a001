"""How many times as fast as OR-tools the compiled engine is, on the same instances in the same process.

``python -m benchmarks.transport_ratios CASE ...`` prints the rows of some cases; without one, their names.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.cases import CASES, SEEDS, SMOKE, Case
from benchmarks.clock import solve_and_price, ties_settled, warm_up
from benchmarks.page import progress, seconds, times
from simulator.transport import Problem

TITLE = "The core against OR-tools"

TEXT = """\
Seconds of processor time from the problem to the flow with its minimal prices: median (least - greatest)
over fresh seeds, used in tuning nothing. The engines alternate on each instance in one process, on one
thread, after a warm-up: ours, OR-tools, ours again (short ones three times over), each with the median of
its runs. OR-tools is `SimpleMinCostFlow`, its network built in bulk arrays, and goes through the same price
pass. Every answer is certified; objectives, prices and (ties settled) flows are equal, or the run fails.
Candidates: the 20 nearest schools, cheapest first unless said. *Two pools under a roof*: each school has a
general pool and one for a third of the children, both short at times, as is the school; arcs by pool, as a
round of a county may have them. A ratio is taken seed by seed.

Where groups stand for many children OR-tools has few rows to walk, while our search for prices cannot leave
many out: 12,500 groups and 600 schools are some twenty rows a school, and nearly all of them waver, so a
sample tells too little. That is why its lead is smallest there.

"""

HEAD = """\
| students x schools | | ours, s | OR-tools, s | ratio, median | worst seed | wanted | met | seeds |
|---|---|---|---|---|---|---|---|---|"""


SOON, MOST_RUNS = 1.5, 3
"""OR-tools runs on an instance again until so many seconds have passed, at most so often."""


def compare(problem: Problem) -> tuple[float, float]:
    """Seconds of our engine and of OR-tools, which alternate: medians of their runs; answers compared.

    Raises:
        RuntimeError: the engines disagree, in total, prices or the flow once ties are settled.
        CertificateError: an answer is not optimal.
    """
    answer, first = solve_and_price(problem, "priced_seats")
    answer.certify()
    same, _ = ties_settled(answer)
    ours, theirs = [first], []
    while not theirs or (sum(theirs) < SOON and len(theirs) < MOST_RUNS):
        for engine, runs in (("ortools", theirs), ("priced_seats", ours)):
            other, taken = solve_and_price(problem, engine)
            runs.append(taken)
            if answer.objective != other.objective or np.any(answer.total_prices != other.total_prices):
                raise RuntimeError("the engines disagree")
            other.certify()
            settled, _ = ties_settled(other)
            if settled.ties != same.ties or (settled.ties == "settled" and np.any(settled.flow != same.flow)):
                raise RuntimeError("the engines disagree once ties are settled")
    return statistics.median(ours), statistics.median(theirs)


def row(case: Case, seeds: Sequence[int]) -> str:
    """One row of the table; seeds beyond ``case.reference_seeds`` are solved by our engine alone."""
    ours, theirs, ratios = [], [], []
    for at, seed in enumerate(seeds):
        problem = case.problem(seed)
        if at < case.reference_seeds:
            one, other = compare(problem)
            theirs.append(other)
            ratios.append(other / one)
        else:
            answer, one = solve_and_price(problem, "priced_seats")
            answer.certify()
        ours.append(one)
    median, worst = statistics.median(ratios), min(ratios)
    wanted, met = "-", "-"
    if case.wanted is not None:
        wanted = f"{case.wanted}x" + (f", worst {case.worst}x" if case.worst is not None else "")
        met = "yes" if median >= case.wanted and worst >= (case.worst or 0) else "no"
    count = str(len(seeds))
    if len(ratios) < len(seeds):
        count += f", OR-tools {len(ratios)} (minutes each)"
    cells = (
        case.size,
        case.subject,
        seconds(ours),
        seconds(theirs),
        f"**{times(median)}**",
        times(worst),
        wanted,
        met,
        count,
    )
    return f"| {' | '.join(cells)} |"


def fragment(smoke: bool) -> str:
    """The part of the page; small instances of one seed in a smoke run."""
    cases, seeds = (SMOKE, SEEDS[:1]) if smoke else (CASES, SEEDS)
    warm_up(tuple(cases.values()))
    rows = [HEAD]
    for name, case in cases.items():
        rows.append(row(case, seeds))
        progress(f"{name}: {rows[-1]}")
    return TEXT + "\n".join(rows) + "\n"


def main() -> None:
    """Print the rows of the cases asked for."""
    names = sys.argv[1:]
    if not names:
        print(*CASES, sep="\n")
        return
    cases = [CASES[name] for name in names]
    warm_up(cases)
    print(HEAD)
    for case in cases:
        print(row(case, SEEDS), flush=True)


if __name__ == "__main__":
    main()
