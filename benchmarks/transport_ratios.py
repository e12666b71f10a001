"""How many times as fast as OR-tools the compiled engine is, on the same instances in the same process.

``python -m benchmarks.transport_ratios CASE ...`` prints one line per case; without a case, all their names.
Both engines alternate, seed by seed, on one thread; processor time counts, so that other work on the machine
disturbs little. A time covers everything from the problem to the flow with its minimal prices (OR-tools: the
building of its network in bulk arrays, its solve, and the same price pass). Objectives and prices must agree
and every answer must be certified.
"""

from __future__ import annotations

import statistics
import sys
from importlib import import_module
from time import process_time

import numpy as np

from benchmarks.clustered_city import clustered_city
from simulator.transport import ENGINES, Flow, Problem, own_prices, solve
from simulator.transport.priced_seats.prices import settle

CASES: dict[str, dict[str, float]] = {
    "10k": {"children": 10_000, "schools": 50},
    "100k": {"children": 100_000, "schools": 300},
    "100k-slack-1.00": {"children": 100_000, "schools": 300, "slack": 1.00},
    "100k-slack-0.97": {"children": 100_000, "schools": 300, "slack": 0.97},
    "100k-rounded-50": {"children": 100_000, "schools": 300, "round_to": 50},
    "100k-rounded-200": {"children": 100_000, "schools": 300, "round_to": 200},
    "250k": {"children": 250_000, "schools": 600},
    "250k-groups": {"children": 250_000, "schools": 600, "group": 20},
    "1M-groups": {"children": 1_000_000, "schools": 2_000, "group": 20},
    "1M": {"children": 1_000_000, "schools": 2_000},
}
SEEDS = (201, 202, 203, 204, 205)
"""Never used in tuning the engine."""
LARGE = {"1M": SEEDS[:1], "250k": SEEDS[:3]}


def timed(problem: Problem, engine: str) -> tuple[Flow, float]:
    """The answer and the seconds of processor time it took, with the compiled price pass for both engines."""
    start = process_time()
    flow = import_module(ENGINES[engine]).solve(problem)
    unplaced, total, objective = settle(problem, flow)
    answer = Flow(problem, engine, flow, unplaced, own_prices(problem, total), total, objective)
    return answer, process_time() - start


def compare(problem: Problem) -> tuple[float, float]:
    """Seconds of our engine (the better of two runs) and of OR-tools, answers compared and certified."""
    answer, first = timed(problem, "priced_seats")
    reference, theirs = timed(problem, "ortools")
    _, second = timed(problem, "priced_seats")
    answer.certify()
    if answer.objective != reference.objective or np.any(answer.total_prices != reference.total_prices):
        raise RuntimeError("the engines disagree")
    return min(first, second), theirs


def main() -> None:
    """Print the ratios of the cases asked for."""
    names = sys.argv[1:]
    if not names:
        print(*CASES, sep="\n")
        return
    solve(clustered_city(3_000, 30, seed=1), "priced_seats")  # compiles
    for name in names:
        pairs = [
            compare(clustered_city(seed=seed, **CASES[name]))
            for seed in LARGE.get(name, SEEDS)  # type: ignore[arg-type]
        ]
        ratios = [theirs / ours for ours, theirs in pairs]
        ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(
            f"{name}: {ours:.3f} s, OR-tools {theirs:.3f} s; ratio {statistics.median(ratios):.1f}, "
            f"worst {min(ratios):.1f}, {len(ratios)} seeds",
            flush=True,
        )


if __name__ == "__main__":
    main()
