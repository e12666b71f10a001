"""How fast the mechanisms are, how their time grows, and what memory they take."""

from __future__ import annotations

import math
import statistics
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import process_time

import numpy as np

from benchmarks import mechanism_peers
from benchmarks.mechanism_baselines import Column, compiled_heap, first_choices
from benchmarks.mechanism_market import Round, market
from benchmarks.page import progress, seconds
from simulator.mechanisms import MECHANISMS
from simulator.mechanisms.market import LARGE
from simulator.model import Assignment

TITLE = "Mechanisms"

SEEDS = (907, 911, 919, 929, 937)
CHOICES = 10
RUNS = 3
"""The least of so many runs is the time of a seed."""

SIZES = ((10_000, 20), (30_000, 60), (100_000, 200), (300_000, 600), (1_000_000, 2_000))
SMOKE_SIZES = ((200, 20), (400, 25))
PEER_SIZES = (
    (300, 20),
    (1_000, 20),
    (3_000, 20),
    (10_000, 20),
    (30_000, 60),
    (100_000, 200),
    (1_000_000, 2_000),
)
SMOKE_PEER_SIZES = ((60, 20),)

PLAIN_HEAP, PACKED_HEAP, PASS = "plain heap", "packed heap", "gathered pass"
MOST_MEMORY, STEEPEST = 3.0, 1.3


@dataclass(frozen=True)
class Wanted:
    """A mechanism and its bars: no more than ``times`` the time of ``beside`` on the same instance, and no
    more than ``by_deferred`` that of deferred acceptance, where there is such a bar."""

    bands: tuple[int, ...]
    beside: str
    times: float
    by_deferred: float = math.inf


DEFERRED = "deferred_acceptance"
WANTED = {
    DEFERRED: Wanted((), PLAIN_HEAP, 0.5),
    "immediate_acceptance": Wanted((), PLAIN_HEAP, 0.5, by_deferred=1.0),
    "parallel": Wanted((3,), PLAIN_HEAP, 0.5, by_deferred=1.0),
    "serial_dictatorship": Wanted((), PASS, 2.0),
    "top_trading_cycles": Wanted((), DEFERRED, 10.0),
}
PRIORITIES = {"three classes": 3, "draw alone": 1}

TEXT = """\
{children:,} children with {choices} choices each among {schools:,} schools, seats for 95 in a hundred, one
core, after a warm-up. Better-known schools are listed more often. Priorities are three classes, drawn for
every child and school, with the draw among equals, or the draw alone. Processor seconds of the whole call,
from applications to assignment: median (least - greatest) over {seeds} seeds of the least of {runs} runs, the
runs of all in turn. A ratio is the median over the seeds of the time by that of the yardstick on the same
instance in the same run:

- {plain}: deferred acceptance as one would write it, compiled, children in their rows, a heap per school
  that looks priority and draw up; its answers are ours. {packed}: the same with both in one number.
- {gathered}: the first choices of all children, read once in the order of the draw.

"By deferred acceptance" is the same ratio to our own deferred acceptance. Immediate acceptance and parallel
(bands of three) are to be no slower than it: that bar, behind the stroke, is one of theirs beside the heap's.
{beside_packed}

Memory is the most that is held during a call, beside the input, by the bytes of the applications, on one
seed (wanted: below {memory:g}). Growth is the slope of the logarithm of time against that of children, from
{from_small:,} (wanted: below {steepest:g}) and, behind the stroke, from {from_large:,}; over that in bold.
{uncompiled}A bar is met by both ratios, memory and both growths.

The same slopes are given for the yardsticks. The gathered pass reads one number per child and computes
nothing: its growth is that of memory alone, which answers more slowly the less of a market fits a processor's
caches, and no pass in the order of a draw over rows in another order can do without it.

{table}

{yardsticks}

### Beside other implementations of deferred acceptance

Seconds of processor time and in brackets how many times ours they are: one seed, one run, three classes. The
libraries get their dictionaries ready-made. Answers are equal, or the run fails. Who takes more than
{limit:g} s by the clock or fails otherwise is not asked for larger sizes.

{peers}
"""


UNCOMPILED = """\
Rounds of fewer than {most:,} children with so many choices are played without compiled code, which flatters
the growth from below that.
"""


def least_seconds(call: Callable[[], object], runs: int) -> float:
    """Processor seconds of the quickest of several runs."""
    times = []
    for _ in range(runs):
        start = process_time()
        call()
        times.append(process_time() - start)
    return max(min(times), 1e-9)


def peak_bytes(call: Callable[[], object]) -> int:
    """The most memory numpy and Python held at once during a call."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def player(round_: Round, name: str) -> Callable[[], Assignment]:
    """A call of a mechanism on the round."""
    applications = replace(round_[0], bands=WANTED[name].bands)
    return lambda: MECHANISMS[name](applications, *round_[1:])


def yardsticks(round_: Round, smoke: bool) -> dict[str, Callable[[], Column]]:
    """What ours is measured by; not compiled in a smoke run, which is over before they would be."""
    applications, seats, draw = round_
    heap, gathered = (f.py_func if smoke else f for f in (compiled_heap, first_choices))
    lists = (applications.offsets, applications.pool)
    turn = np.argsort(draw.order).astype(np.int32)
    return {
        PLAIN_HEAP: lambda: heap(*lists, applications.priority, draw.order, seats.seats, False),
        PACKED_HEAP: lambda: heap(*lists, applications.priority, draw.order, seats.seats, True),
        PASS: lambda: gathered(*lists, turn),
    }


def measure(round_: Round, runs: int, smoke: bool) -> dict[str, float]:
    """Seconds of the yardsticks and of ours on one instance.

    Raises:
        RuntimeError: a heap holds another arc than ours.
    """
    beside = yardsticks(round_, smoke)
    calls: dict[str, Callable[[], object]] = {**beside, **{name: player(round_, name) for name in WANTED}}
    found = dict.fromkeys(calls, math.inf)
    for _ in range(runs):  # in turn, so that a change of the machine's pace meets all alike
        for name, call in calls.items():
            found[name] = min(found[name], least_seconds(call, 1))
    answer = player(round_, "deferred_acceptance")().arc
    if not all(np.array_equal(answer, beside[heap]()) for heap in (PLAIN_HEAP, PACKED_HEAP)):
        raise RuntimeError("the heap and ours disagree")
    return found


def memory(round_: Round) -> dict[str, float]:
    """Peak memory of every mechanism by the bytes of its applications."""
    columns = [column for column in vars(round_[0]).values() if isinstance(column, np.ndarray)]
    given = sum(column.nbytes for column in columns)
    return {name: peak_bytes(player(round_, name)) / given for name in WANTED}


def slope(sizes: list[int], medians: list[float]) -> float:
    """Growth exponent."""
    return float(np.polyfit(np.log(sizes), np.log(medians), 1)[0])


def slopes(children: list[int], of_sizes: list[list[float]]) -> tuple[float, float]:
    """Growth of the medians over all sizes, and over the four largest."""
    medians = [statistics.median(found) for found in of_sizes]
    return slope(children, medians), slope(children[-4:], medians[-4:])


def ratios(found: list[dict[str, float]], name: str, beside: str) -> float:
    """Median over the seeds of one time by another."""
    return statistics.median(times[name] / times[beside] for times in found)


def against_packed(priorities: str, large: list[dict[str, float]]) -> str:
    """What the mechanisms of the heap's bar take of the packed heap's time, in words."""
    of = [(name, ratios(large, name, PACKED_HEAP)) for name, w in WANTED.items() if w.beside == PLAIN_HEAP]
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in of)
    slower = [name for name, ratio in of if ratio > of[0][1]]
    half = "half of it or less" if of[0][1] <= 0.5 else "more than half of it"
    also = f"; slower than deferred acceptance: {', '.join(slower)}" if slower else ""
    return f"- {priorities}: {told} (deferred acceptance {half}{also})"


BESIDE_PACKED = """
The bar of twice as fast is beside the plain heap. Of the time of the packed heap, which is harder to beat,
they take:

{lines}
"""


def exponent(growth: float) -> str:
    """The exponent, in bold where it is over what is wanted."""
    return f"{growth:.2f}" if growth < STEEPEST else f"**{growth:.2f}**"


def fragment(smoke: bool) -> str:
    """The part of the page; two small sizes, one seed and one run in a smoke run."""
    sizes, seeds, runs = (SMOKE_SIZES, SEEDS[:1], 1) if smoke else (SIZES, SEEDS, RUNS)
    warm = (SMOKE_SIZES if smoke else SIZES)[min(1, len(sizes) - 1)]
    lines = [
        "| priorities | mechanism | s | yardstick | ratio | wanted | by deferred acceptance | met | memory "
        "| growth |",
        "|---" * 10 + "|",
    ]
    others = ["| priorities | yardstick | s | deferred acceptance by it | growth |", "|---" * 5 + "|"]
    packed = []
    for priorities, tiers in PRIORITIES.items():
        measure(market(*warm, tiers=tiers), 1, smoke)  # compiles, or reads from the disk
        by_size: list[list[dict[str, float]]] = []
        for size in sizes:
            by_size.append([])
            for seed in seeds:
                round_ = market(*size, tiers=tiers, seed=seed)
                by_size[-1].append(measure(round_, runs, smoke))
            progress(f"{priorities}, {size[0]:,} children: {by_size[-1][-1]}")
        held, large = memory(round_), by_size[-1]
        children = [size[0] for size in sizes]
        for name, wanted in WANTED.items():
            ratio, by_deferred = ratios(large, name, wanted.beside), ratios(large, name, DEFERRED)
            growth = slopes(children, [[found[name] for found in of_size] for of_size in by_size])
            met = ratio <= wanted.times and by_deferred <= wanted.by_deferred
            met = met and held[name] < MOST_MEMORY and max(growth) < STEEPEST
            bar = "" if wanted.by_deferred == math.inf else f" / {wanted.by_deferred:g}"
            lines.append(
                f"| {priorities} | {name} | {seconds([found[name] for found in large])} | {wanted.beside} "
                f"| {ratio:.2f} | {wanted.times:g} | {by_deferred:.2f}{bar} | {'yes' if met else 'no'} "
                f"| {held[name]:.2f} "
                f"| {exponent(growth[0])} / {exponent(growth[1])} |"
            )
            progress(lines[-1])
        for name in (PLAIN_HEAP, PACKED_HEAP, PASS):
            ratio = ratios(large, DEFERRED, name)
            growth = slopes(children, [[found[name] for found in of_size] for of_size in by_size])
            others.append(
                f"| {priorities} | {name} | {seconds([found[name] for found in large])} | {ratio:.2f} "
                f"| {growth[0]:.2f} / {growth[1]:.2f} |"
            )
        packed.append(against_packed(priorities, large))
    return TEXT.format(
        children=sizes[-1][0],
        choices=CHOICES,
        schools=sizes[-1][1],
        seeds=len(seeds),
        runs=runs,
        plain=PLAIN_HEAP,
        packed=PACKED_HEAP,
        gathered=PASS,
        memory=MOST_MEMORY,
        from_small=sizes[0][0],
        from_large=sizes[-4:][0][0],
        steepest=STEEPEST,
        beside_packed=BESIDE_PACKED.format(lines="\n".join(packed)).rstrip(),
        uncompiled=UNCOMPILED.format(most=LARGE // CHOICES) if sizes[0][0] * CHOICES < LARGE else "",
        table="\n".join(lines),
        yardsticks="\n".join(others),
        limit=mechanism_peers.LIMIT,
        peers=mechanism_peers.table(SMOKE_PEER_SIZES if smoke else PEER_SIZES, seeds[0]),
    )
