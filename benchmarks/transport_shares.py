"""How many cold solves a share rule costs: children placed first, then the rule, then the metres.

``python -m benchmarks.transport_shares CASE ...`` prints the rows of some cases; without one, their names.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.cases import SEEDS, Case
from benchmarks.clock import timed
from benchmarks.page import progress, seconds, times
from simulator.transport import Problem, solve
from simulator.transport.shares import ShareAnswer, ShareRule, solve_with_shares

TITLE = "A share rule beside a cold solve"

WANTED = 10
RUNS = 3
RULED, PRIVATE = 0.3, 0.4
"""Of the groups under the rule, and of the schools whose seats do not count."""

TEXT = """\
Three groups in ten are under the rule, the seats of four schools in ten do not count, and everybody may use
all of them, so the rule is no cap on seats. *Way* is how much it asks for: half or nine tenths of the way
from those who find a seat that counts without it to the most who can, or beyond that (120 %), which is
answered with the most and a proof. *Rule* is one call of `solve_with_shares`, from problem and rule to the
answer with its bound; *cold* one solve without the rule, from nothing, ties settled: seconds of processor
time, the least of {runs} runs each in turn, median (least - greatest) over {seeds} seeds; one thread, after a
warm-up. Every answer is certified and meets the rule where that can be, or the run fails; what the
certificate takes is told as *proof*. *Gap*: cost above the bound, the greatest of the
seeds, in metres of all children together, and as a part of the cost.

"""

COLUMNS = "students x schools||way|rule, s|cold, s|solves|gap|proof, s|ratio, median|worst seed|wanted|met"

HEAD = f"| {COLUMNS.replace('|', ' | ')} |\n{'|---' * (COLUMNS.count('|') + 1)}|"


@dataclass(frozen=True)
class Asked:
    """A city, and how much of the way from the share it has to the greatest one is asked for."""

    city: Case
    way: float

    @property
    def said(self) -> str:
        """The part of the way in per cent."""
        return f"{self.way:.0%}"


SIZES = {
    "5k": Case(5_000, 40),
    "20k": Case(20_000, 80),
    "100k": Case(100_000, 300),
    "20k-groups": Case(20_000, 80, group=20),
    "100k-groups": Case(100_000, 300, group=20),
    "250k-groups": Case(250_000, 600, group=20),
}

WAYS = (0.5, 0.9, 1.2)

CASES = {f"{size}-{way:.0%}".rstrip("%"): Asked(city, way) for size, city in SIZES.items() for way in WAYS}

SMOKE = {
    "small": Asked(Case(1_000, 10), 0.5),
    "small-groups": Asked(Case(4_000, 10, group=20), 0.9),
    "small-out-of-reach": Asked(Case(1_000, 10), 1.2),
}


def instance(asked: Asked, seed: int) -> tuple[Problem, ShareRule]:
    """The city of that seed and its rule."""
    problem = asked.city.problem(seed)
    rng = np.random.default_rng((seed, 2))
    private = rng.random(problem.nodes) < PRIVATE
    ruled = rng.random(problem.groups) < RULED
    rule = ShareRule("share", ruled, ~private[problem.pool], 0)
    counting = rule.counts & ruled[problem.group]
    least = int(solve(problem).flow[counting].sum())
    # Nothing costs but a seat that does not count, and no seat costs more: the flow with the most who count.
    cost = np.where(ruled[problem.group] & ~rule.counts, 1, 0)
    unplaced = np.where(ruled, 1, 0) + 4 * problem.nodes
    most = int(solve(problem.with_costs(cost, unplaced), settle_ties=False).flow[counting].sum())
    return problem, replace(rule, at_least=least + round(asked.way * (most - least)))


@dataclass(frozen=True)
class Measured:
    """One seed: seconds of the rule, of a cold solve and of the certificate, and the answer."""

    rule: float
    cold: float
    certificate: float
    answer: ShareAnswer


def measure(asked: Asked, seed: int) -> Measured:
    """Rule and cold solve in turn, the least of a few runs each.

    Raises:
        RuntimeError: the rule is not met though it can be. CertificateError: the answer is not what it says.
    """
    problem, rule = instance(asked, seed)
    ruled, cold = [], []
    for _ in range(RUNS):
        answer, taken = timed(solve_with_shares, problem, [rule])
        ruled.append(taken)
        cold.append(timed(solve, problem, settle_ties=True)[1])
    _, certificate = timed(answer.certify)
    if (answer.short > 0) != (asked.way > 1) or answer.short_gap:
        raise RuntimeError(f"{answer.short} children short of {rule.at_least}")
    return Measured(min(ruled), min(cold), certificate, answer)


def row(asked: Asked, seeds: Sequence[int]) -> str:
    """One row of the table."""
    found = [measure(asked, seed) for seed in seeds]
    ratios = [one.rule / one.cold for one in found]
    worst = max(found, key=lambda one: one.answer.gap)
    median = statistics.median(ratios)
    solves = [one.answer.solves for one in found]
    cells = (
        asked.city.size,
        asked.city.subject,
        asked.said,
        seconds([one.rule for one in found]),
        seconds([one.cold for one in found]),
        f"{statistics.median(solves):g} ({min(solves)} - {max(solves)})",
        f"{worst.answer.gap} ({worst.answer.gap / max(1, worst.answer.bound):.1e})",
        seconds([one.certificate for one in found]),
        f"**{times(median)}**",
        times(max(ratios)),
        f"{WANTED}x",
        "yes" if median <= WANTED else "no",
    )
    return f"| {' | '.join(cells)} |"


def warm_up() -> None:
    """Compile, or read from the disk, all that is needed."""
    for asked in SMOKE.values():
        problem, rule = instance(asked, 1)
        solve_with_shares(problem, [rule]).certify()
        solve(problem, settle_ties=True)


def fragment(smoke: bool) -> str:
    """The part of the page; small instances of one seed in a smoke run."""
    cases, seeds = (SMOKE, SEEDS[:1]) if smoke else (CASES, SEEDS)
    warm_up()
    rows = [HEAD]
    for asked in cases.values():
        rows.append(row(asked, seeds))
        progress(rows[-1])
    return TEXT.format(seeds=len(seeds), runs=RUNS) + "\n".join(rows) + "\n"


def main() -> None:
    """Print the rows of the cases asked for; ``--seeds A B ...`` at the end takes others."""
    names = sys.argv[1:]
    seeds = SEEDS
    if "--seeds" in names:
        at = names.index("--seeds")
        names, seeds = names[:at], tuple(int(seed) for seed in names[at + 1 :])
    if not names:
        print(*CASES, sep="\n")
        return
    warm_up()
    print(HEAD)
    for name in names:
        print(row(CASES[name], seeds), flush=True)


if __name__ == "__main__":
    main()
