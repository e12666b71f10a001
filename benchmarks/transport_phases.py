"""Where the time goes, phase by phase, beside the floor that memory sets: one read of the arcs."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from numba import njit

from benchmarks.cases import CASES, SEEDS, SMOKE
from benchmarks.clock import timed, warm_up, with_prices
from benchmarks.page import progress, short
from simulator.model.arrays import Integers
from simulator.transport import Problem, priced_seats

TITLE = "Where the time goes"

SUBJECTS = ("10k", "100k", "100k-slack-1.00", "100k-slack-0.97", "250k", "250k-groups", "1M")

STEPS = {
    "lay_out": "layout",
    "near_optimal_prices": "near-optimal prices",
    "choose_cheapest": "cheapest choice",
    "repair": "repair",
    "flow_of": "flow",
}
"""Functions that the engine's ``solve`` calls, and the phase that their time counts to."""

REST, PRICES, CERTIFY = "rest", "price pass", "certify"
PHASES = (*dict.fromkeys(STEPS.values()), REST, PRICES, CERTIFY)
FLOOR = "one read of the arcs"

TEXT = """\
Milliseconds of processor time, medians over {seeds} seeds, on one thread after a warm-up. The clock is set
around the steps of a real solve: laying the rows out, prices near the optimum (Newton on the smoothed
dual), everybody to the cheapest school, exact repair (twice: at modest and at true costs of staying
unplaced), writing the flow; then the minimal prices, and beside the solve the certificate, in numpy. The
floor is one read of pool and cost of every arc as the problem gives them (12 bytes an arc), by a compiled
sum; the last column is how many such reads solve and price pass together take.

"""


@contextmanager
def stopwatch(module: Any, steps: dict[str, str]) -> Iterator[dict[str, float]]:
    """Seconds of processor time in functions of ``module``, summed by phase, while the block runs."""
    spent: dict[str, float] = defaultdict(float)

    def watched(function: Callable[..., Any], phase: str) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            result, taken = timed(function, *args, **named)
            spent[phase] += taken
            return result

        return call

    with ExitStack() as replaced:
        for name, phase in steps.items():
            replaced.enter_context(patch.object(module, name, watched(getattr(module, name), phase)))
        yield spent


@njit(cache=True)
def _read(pool: Integers, cost: Integers) -> int:
    total = 0
    for a in range(len(pool)):
        total += pool[a] + cost[a]
    return total


def phases(problem: Problem) -> dict[str, float]:
    """Seconds of each phase, and of the floor."""
    with stopwatch(priced_seats, STEPS) as spent:
        flow, solved = timed(priced_seats.solve, problem)
    answer, priced = timed(with_prices, problem, "priced_seats", flow)
    _, certified = timed(answer.certify)
    reads = [timed(_read, problem.pool, problem.cost)[1] for _ in range(5)]
    rest = solved - sum(spent.values())
    return {**spent, REST: rest, PRICES: priced, CERTIFY: certified, FLOOR: statistics.median(reads)}


def fragment(smoke: bool) -> str:
    """The part of the page; small instances of one seed in a smoke run."""
    cases = SMOKE if smoke else {name: CASES[name] for name in SUBJECTS}
    seeds = SEEDS[:1] if smoke else SEEDS
    warm_up(tuple(cases.values()))
    heads = ("students x schools", "", *PHASES, "solve + prices, s", f"{FLOOR}, ms", "reads")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for case in cases.values():
        found = [phases(case.problem(seed)) for seed in seeds]
        total = [sum(each.values()) - each[FLOOR] - each[CERTIFY] for each in found]
        middle = {
            phase: statistics.median(each.get(phase, 0.0) for each in found) for phase in (*PHASES, FLOOR)
        }
        reads = statistics.median(whole / each[FLOOR] for whole, each in zip(total, found, strict=True))
        cells = [f"{1000 * middle[phase]:,.1f}" for phase in PHASES]
        cells += [short(statistics.median(total)), f"{1000 * middle[FLOOR]:,.2f}", f"{reads:,.0f}"]
        lines.append(f"| {case.size} | {case.subject} | {' | '.join(cells)} |")
        progress(lines[-1])
    return TEXT.format(seeds=len(seeds)) + "\n".join(lines) + "\n"
