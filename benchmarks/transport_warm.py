"""How many times as fast the compiled engine solves an instance again after a change of one per cent.

``python -m benchmarks.transport_warm CASE ...`` prints one line per case; without a case, all their names.
The changed instance is solved cold and from the prices of the one before, seed by seed, in processor time,
from the problem to the flow with its minimal prices. Objectives and prices must agree and be certified.
"""

from __future__ import annotations

import statistics
import sys
from time import process_time

import numpy as np

from benchmarks.clustered_city import clustered_city
from benchmarks.transport_ratios import CASES as CITIES
from benchmarks.transport_ratios import SEEDS
from simulator.model.arrays import Integers
from simulator.transport import Flow, Problem, solve

CLASS_SIZE = 45
SHARE = 0.01
CHANGES = {"groups": (True, False), "seats": (False, True), "both": (True, True)}
"""What changes by one per cent: the groups, the seats of the schools."""

CASES = {
    f"{city}-{change}": (city, change)
    for city in ("100k", "100k-slack-1.00", "250k", "250k-slack-1.00")
    for change in CHANGES
}


def before_and_after(city: str, change: str, seed: int) -> tuple[Problem, Problem]:
    """An instance and the same a year later.

    Groups: one per cent have left and as many have come, from the same city. Seats: whole classes have moved
    between schools, one per cent of all seats.
    """
    size = dict(CITIES[city.removesuffix("-slack-1.00")])
    slack = 1.00 if city.endswith("slack-1.00") else size.pop("slack", 1.05)
    children = int(size.pop("children"))
    every = clustered_city(
        round(children * (1 + SHARE)), int(size.pop("schools")), seed, slack=slack / (1 + SHARE), **size
    )
    rng = np.random.default_rng((seed, 1))
    changing = rng.permutation(every.groups)[: 2 * round(every.groups * SHARE / (1 + SHARE))]
    leaving, coming = changing[::2], changing[1::2]
    groups, seats = CHANGES[change]
    before = _without(every, coming, every.seats)
    later = _seats_moved(every.seats, rng) if seats else every.seats
    return before, _without(every, leaving if groups else coming, later)


def _without(problem: Problem, gone: Integers, seats: Integers) -> Problem:
    stays = np.ones(problem.groups, dtype=np.bool_)
    stays[gone] = False
    arcs = stays[problem.group]
    return Problem(
        supply=problem.supply[stays],
        offsets=np.concatenate(([0], np.cumsum(np.diff(problem.offsets)[stays]))),
        pool=problem.pool[arcs],
        cost=problem.cost[arcs],
        unplaced_cost=problem.unplaced_cost[stays],
        seats=seats,
        parent=problem.parent,
    )


def _seats_moved(seats: Integers, rng: np.random.Generator) -> Integers:
    moved = np.array(seats)
    for _ in range(round(int(seats.sum()) * SHARE / CLASS_SIZE)):
        giving, taking = rng.choice(len(seats), 2, replace=False)
        children = min(CLASS_SIZE, int(moved[giving]))
        moved[giving] -= children
        moved[taking] += children
    return moved


def timed(problem: Problem, warm_start: Integers | None) -> tuple[Flow, float]:
    """The answer and the seconds of processor time it took."""
    start = process_time()
    answer = solve(problem, "priced_seats", warm_start=warm_start)
    return answer, process_time() - start


def compare(before: Problem, after: Problem) -> tuple[float, float]:
    """Seconds from earlier prices and cold, the better of two runs each; answers compared and certified."""
    earlier = solve(before, "priced_seats").prices
    runs = [(timed(after, earlier), timed(after, None)) for _ in range(2)]
    (warm, _), (cold, _) = runs[0]
    warm.certify()
    if warm.objective != cold.objective or np.any(warm.total_prices != cold.total_prices):
        raise RuntimeError("the answer depends on the prices to begin with")
    warm_seconds, cold_seconds = (min(run[k][1] for run in runs) for k in (0, 1))
    return warm_seconds, cold_seconds


def main() -> None:
    """Print the ratios of the cases asked for."""
    names = sys.argv[1:]
    if not names:
        print(*CASES, sep="\n")
        return
    compare(*before_and_after("10k", "both", seed=1))  # compiles
    for name in names:
        pairs = [compare(*before_and_after(*CASES[name], seed=seed)) for seed in SEEDS]
        ratios = [cold / warm for warm, cold in pairs]
        warm, cold = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(
            f"{name}: {warm:.3f} s, cold {cold:.3f} s; ratio {statistics.median(ratios):.1f}, "
            f"worst {min(ratios):.1f}, {len(ratios)} seeds",
            flush=True,
        )


if __name__ == "__main__":
    main()
