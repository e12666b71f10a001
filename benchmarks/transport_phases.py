"""Where the time goes, phase by phase, beside the floor that memory sets: one read of the arcs."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

from numba import njit

from benchmarks.cases import CASES, SEEDS, SMOKE
from benchmarks.clock import timed, warm_up
from benchmarks.page import progress
from simulator.model.arrays import Integers
from simulator.transport import Problem, solve

TITLE = "Where the time goes"

RUNS = 3
SUBJECTS = (
    "10k",
    "100k",
    "100k-slack-1.00",
    "100k-slack-0.97",
    "100k-rounded-200",
    "100k-half-in-one",
    "100k-region",
    "100k-roofs",
    "250k",
    "250k-groups",
    "1M-groups",
    "1M",
)

ENGINE, PASSES = "simulator.transport.priced_seats", "simulator.transport"
STEPS = {
    f"{ENGINE}.lay_out": "layout",
    f"{ENGINE}.near_optimal_prices": "near-optimal prices",
    f"{ENGINE}.choose_cheapest": "cheapest choice",
    f"{ENGINE}.repair": "repair",
    f"{ENGINE}.flow_of": "flow",
    f"{PASSES}.priced_seats.prices.settle": "price pass",
    f"{PASSES}.ties.settle_ties": "ties",
}
"""Functions that ``solve`` comes to, and the phase that their time counts to."""

REST, TIES, CERTIFY = "rest", "ties", "certify"
SOLVING = tuple(phase for phase in dict.fromkeys(STEPS.values()) if phase != TIES)
FLOOR = "one read of the arcs"

TEXT = """\
Milliseconds of processor time, medians over {seeds} seeds, each with the median of three runs, on one thread
after a warm-up. The clock is set around the steps of a real solve: laying the rows out, prices near the
optimum (Newton on the smoothed dual), everybody to the cheapest school, exact repair (at modest and then at
true costs of staying unplaced), writing the flow, the minimal prices; their sum is what the other tables call
the solve, with clocks in it. The floor under it is one read of every arc as the problem gives it, pool and
cost, 12 bytes, by a compiled sum. Beside the sum: the settling of ties between equally good flows, and the
certificate, which is plain numpy on purpose.

What the reads say: a solve is no matter of memory. Rows that waver between schools are worked on again and
again, an exponential and a few products for each of their near schools at every step of the prices; of
groups there are few, all of them waver, and the steps are as many, so they take the most reads.

"""


@contextmanager
def stopwatch(steps: dict[str, str]) -> Iterator[dict[str, float]]:
    """Seconds of processor time in functions, by their dotted names, summed by phase while the block runs."""
    spent = dict.fromkeys(steps.values(), 0.0)

    def watched(function: Callable[..., Any], phase: str) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            result, taken = timed(function, *args, **named)
            spent[phase] += taken
            return result

        return call

    with ExitStack() as replaced:
        for dotted, phase in steps.items():
            module, _, name = dotted.rpartition(".")
            original = getattr(import_module(module), name)
            replaced.enter_context(patch(dotted, watched(original, phase)))
        yield spent


@njit(cache=True)
def _read(pool: Integers, cost: Integers) -> int:
    total = 0
    for a in range(len(pool)):
        total += pool[a] + cost[a]
    return total


def phases(problem: Problem) -> dict[str, float]:
    """Seconds of each phase, and of the floor."""
    with stopwatch(STEPS) as spent:
        answer, total = timed(solve, problem, "priced_seats")
    _, certified = timed(answer.certify)
    reads = [timed(_read, problem.pool, problem.cost)[1] for _ in range(5)]
    rest = total - sum(spent.values())
    return {**spent, REST: rest, CERTIFY: certified, FLOOR: statistics.median(reads)}


def middle_run(problem: Problem) -> dict[str, float]:
    """Phase by phase the median of some runs."""
    runs = [phases(problem) for _ in range(RUNS)]
    return {phase: statistics.median(run[phase] for run in runs) for phase in runs[0]}


def fragment(smoke: bool) -> str:
    """The part of the page; small instances of one seed in a smoke run."""
    cases = SMOKE if smoke else {name: CASES[name] for name in SUBJECTS}
    seeds = SEEDS[:1] if smoke else SEEDS
    warm_up(tuple(cases.values()))
    heads = (
        "students x schools",
        "",
        *SOLVING,
        REST,
        "**sum**",
        FLOOR,
        "sum in reads",
        TIES,
        CERTIFY,
    )
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for case in cases.values():
        found = [middle_run(case.problem(seed)) for seed in seeds]
        middle = {phase: statistics.median(each[phase] for each in found) for phase in found[0]}
        totals = [sum(each[phase] for phase in (*SOLVING, REST)) for each in found]
        reads = statistics.median(total / each[FLOOR] for total, each in zip(totals, found, strict=True))
        cells = [
            *(milliseconds(middle[phase]) for phase in (*SOLVING, REST)),
            f"**{milliseconds(statistics.median(totals))}**",
            milliseconds(middle[FLOOR]),
            f"{reads:,.0f}",
            milliseconds(middle[TIES]),
            milliseconds(middle[CERTIFY]),
        ]
        lines.append(f"| {case.size} | {case.subject} | {' | '.join(cells)} |")
        progress(lines[-1])
    return TEXT.format(seeds=len(seeds)) + "\n".join(lines) + "\n"


def milliseconds(value: float) -> str:
    """From seconds: whole ones from a hundred on, with three digits that count below."""
    value *= 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
