"""What settling ties between equally good flows costs beside the solve; both engines must end at one flow.

``python -m benchmarks.transport_ties CASE ...`` prints the rows of some cases; without one, their names.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.cases import CASES as CITIES
from benchmarks.cases import SEEDS, SMOKE, Case
from benchmarks.clock import solve_and_price, ties_settled, warm_up
from benchmarks.page import progress, seconds
from simulator.transport import Problem

TITLE = "Settling ties"

TEXT = """\
Seconds of processor time, median (least - greatest) over the seeds, on one thread after a warm-up: solve with
price pass by our engine, the better of two runs; and what settling the ties between equally good flows by
the order of the groups adds. "Moved" are children whose school that changes. On the first seed OR-tools'
flow is settled, too, and ends at the same bytes, or the run fails. Where every candidate costs the same, all
of them are tied.

"""

HEAD = """\
| students x schools | | solve + prices, s | ties, s | of the solve | worst seed | children moved | settled |
|---|---|---|---|---|---|---|---|"""

SUBJECTS = ("10k", "100k", "100k-rounded-50", "100k-rounded-200", "250k", "250k-groups", "1M-groups")
ALL_EQUAL = 1_000_000
"""Distances rounded down to multiples of so many metres are all 0."""

CASES = {name: CITIES[name] for name in SUBJECTS} | {
    "1M-groups-rounded-200": Case(1_000_000, 2_000, group=20, round_to=200),
    "100k-all-equal": Case(100_000, 300, round_to=ALL_EQUAL),
    "1M-groups-all-equal": Case(1_000_000, 300, group=20, round_to=ALL_EQUAL),
}


def compare(problem: Problem, *, reference: bool) -> tuple[float, float, int, str]:
    """Seconds of the solve and of settling, children who moved, and what became of the ties.

    Raises:
        RuntimeError: from OR-tools' flow settling ends elsewhere.
    """
    answer, first = solve_and_price(problem, "priced_seats")
    _, second = solve_and_price(problem, "priced_seats")
    made, third = ties_settled(answer)
    _, fourth = ties_settled(answer)
    if reference:
        theirs, _ = ties_settled(solve_and_price(problem, "ortools")[0])
        same = np.array_equal(made.flow, theirs.flow) and np.array_equal(made.unplaced, theirs.unplaced)
        if made.ties != theirs.ties or (made.ties == "settled" and not same):
            raise RuntimeError("the engines end at different flows")
    change = np.concatenate((made.flow - answer.flow, made.unplaced - answer.unplaced))
    return min(first, second), min(third, fourth), int(change[change > 0].sum()), made.ties


def row(case: Case, seeds: Sequence[int]) -> str:
    """One row of the table."""
    found = [compare(case.problem(seed), reference=seed == seeds[0]) for seed in seeds]
    solve, ties, moved, told = zip(*found, strict=True)
    shares = [settling / solving for solving, settling in zip(solve, ties, strict=True)]
    cells = (
        case.size,
        case.subject.replace(f"rounded to {ALL_EQUAL} m", "every candidate at the same cost"),
        seconds(list(solve)),
        seconds(list(ties)),
        f"{statistics.median(shares):.0%}",
        f"{max(shares):.0%}",
        f"{statistics.median(moved):,.0f}",
        f"{told.count('settled')} of {len(told)}",
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
