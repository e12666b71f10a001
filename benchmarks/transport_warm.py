"""How many times as fast the compiled engine solves an instance again after a change of one per cent.

``python -m benchmarks.transport_warm CASE ...`` prints the rows of some cases; without one, their names.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.cases import CASES as CITIES
from benchmarks.cases import SEEDS, SMOKE, Case
from benchmarks.clock import timed, warm_up
from benchmarks.page import progress, seconds, times
from benchmarks.transport_phases import STEPS, stopwatch
from simulator.model.arrays import Integers
from simulator.transport import Problem, solve

TITLE = "The core again, from earlier prices"

WANTED = 3
PASSES = ("layout", "cheapest choice", "flow", "price pass")
"""Phases that a solve comes to whatever it begins with."""

CLASS_SIZE = 45
SHARE = 0.01
RUNS = 3
CHANGES = {
    "groups": ("1 % of the children are others", True, False),
    "seats": ("1 % of the seats moved", False, True),
    "both": ("both", True, True),
}
"""What changes by one per cent: the groups, the seats of the schools."""

CASES = {
    f"{city}-{change}": (city, change) for city in ("100k", "100k-slack-1.00", "250k") for change in CHANGES
}

TEXT = """\
An instance changed by one per cent, solved from the prices of the one before and cold, in turn: seconds of
processor time from the problem to the flow with its minimal prices, median (least - greatest) over {seeds}
seeds, each with the median of three runs; one thread, after a warm-up. Objectives and prices are equal and
every answer is certified, or the run fails. *Passes* are those over the arcs that a solve needs whatever it
begins with: laying the rows out, everybody's cheapest school, the flow, the minimal prices. The ratio cannot
pass cold / passes; the faster the cold solve, the less there is to save. Where seats have moved there is
less still: a school that lost a class throws its children upon its neighbours and these on theirs, so prices
shift over whole districts. Begun at the old ones, that happens in the last and finest steps of the search and
in repair, child by child, while a cold search has it done at once in its first, coarse steps.

"""

HEAD = """\
| students x schools | | changed | warm, s | passes, s | cold, s | ratio, median | worst seed | wanted | met |
|---|---|---|---|---|---|---|---|---|---|"""


def before_and_after(case: Case, change: str, seed: int) -> tuple[Problem, Problem]:
    """An instance and the same a year later.

    Groups: one per cent have left and as many have come, from the same city. Seats: whole classes have moved
    between schools, one per cent of all seats.
    """
    every = replace(
        case, children=round(case.children * (1 + SHARE)), slack=case.slack / (1 + SHARE)
    ).problem(seed)
    rng = np.random.default_rng((seed, 1))
    changing = rng.permutation(every.groups)[: 2 * round(every.groups * SHARE / (1 + SHARE))]
    leaving, coming = changing[::2], changing[1::2]
    _, groups, seats = CHANGES[change]
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


def compare(before: Problem, after: Problem) -> tuple[float, float, float]:
    """Seconds from earlier prices, of them in passes, and cold; these alternate. Medians of three runs.

    Raises:
        RuntimeError: the answer depends on the prices to begin with.
    """
    earlier = solve(before, "priced_seats", settle_ties=False).prices
    warm, passes, cold = [], [], []
    for _ in range(RUNS):
        with stopwatch(STEPS) as spent:
            again, taken = timed(solve, after, "priced_seats", warm_start=earlier, settle_ties=False)
        warm.append(taken)
        passes.append(sum(spent[phase] for phase in PASSES))
        afresh, taken = timed(solve, after, "priced_seats", settle_ties=False)
        cold.append(taken)
        if again.objective != afresh.objective or np.any(again.total_prices != afresh.total_prices):
            raise RuntimeError("the answer depends on the prices to begin with")
        again.certify()
    return statistics.median(warm), statistics.median(passes), statistics.median(cold)


def row(case: Case, change: str, seeds: Sequence[int]) -> str:
    """One row of the table."""
    found = [compare(*before_and_after(case, change, seed)) for seed in seeds]
    ratios = [cold / warm for warm, _, cold in found]
    median = statistics.median(ratios)
    cells = (
        case.size,
        case.subject,
        CHANGES[change][0],
        *(seconds([taken[column] for taken in found]) for column in range(3)),
        f"**{times(median)}**",
        times(min(ratios)),
        f"{WANTED}x",
        "yes" if median >= WANTED else "no",
    )
    return f"| {' | '.join(cells)} |"


def fragment(smoke: bool) -> str:
    """The part of the page; small instances of one seed in a smoke run."""
    cities, seeds = (SMOKE, SEEDS[:1]) if smoke else (CITIES, SEEDS)
    cases = [(city, change) for city in SMOKE for change in CHANGES] if smoke else list(CASES.values())
    warm_up([cities[city] for city in dict.fromkeys(city for city, _ in cases)])
    rows = [HEAD]
    for city, change in cases:
        rows.append(row(cities[city], change, seeds))
        progress(rows[-1])
    return TEXT.format(seeds=len(seeds)) + "\n".join(rows) + "\n"


def main() -> None:
    """Print the rows of the cases asked for."""
    names = sys.argv[1:]
    if not names:
        print(*CASES, sep="\n")
        return
    cases = [CASES[name] for name in names]
    warm_up([CITIES[city] for city, _ in cases])
    print(HEAD)
    for city, change in cases:
        print(row(CITIES[city], change, SEEDS), flush=True)


if __name__ == "__main__":
    main()
