"""Sweeps: a thousand draws of a county, two workers beside one, cost by size, and a country on paper."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from time import process_time

import numpy as np

from benchmarks.page import progress, short, times
from benchmarks.process import Cost, measure
from scenarios import nation
from simulator.ensemble.county import County

TITLE = "Ensembles"

SIZES = (600, 2_000, 5_700, 20_000, 60_000)
CORES = (1, 16, 256)
COUNTRY_DRAWS = 10

TEXT = """\
One variant of the synthetic counties of `scenarios/nation.py`: five rounds, of which one is a private
lottery, one ranks the zone by tier and lottery, and the last is coordination at least total cost. Every draw
is a whole admission with all its indicators, equal to the last number to what `xuewei run` gives for its
seed.

"""


def run(kind: str, count: int, entrants: int, draws: int, workers: int) -> tuple[float, Cost]:
    """Seconds it says it took, and what the process cost."""
    words = (kind, count, entrants, draws, workers)
    cost = measure([sys.executable, "-m", "benchmarks.ensemble_run", *map(str, words)])
    return float(cost.output.split()[-1]), cost


def per_draw(entrants: int, draws: int) -> tuple[float, float]:
    """Processor seconds: of making a county ready, and of one draw of it."""
    made = nation.inputs(3, entrants, nation.SEED)
    begin = process_time()
    county = County(made, ("base",), "lottery")
    county.play([1])
    ready = process_time() - begin
    begin = process_time()
    county.play(range(2, 2 + draws))
    each = (process_time() - begin) / draws
    return max(ready - each, 0.0), each


def country_seconds(sizes: Sequence[int], ready: Sequence[float], each: Sequence[float]) -> float:
    """Processor seconds of the whole country, by sizes between the measured ones on straight logarithms."""
    entrants = np.log(nation.sizes().astype(np.float64))
    known = np.log(np.array(sizes, dtype=np.float64))

    def of(seconds: Sequence[float]) -> float:
        return float(np.exp(np.interp(entrants, known, np.log(np.maximum(seconds, 1e-4)))).sum())

    return of(ready) + COUNTRY_DRAWS * of(each)


def thousand(smoke: bool) -> str:
    """A thousand draws of a county of 20,000 entrants, with one worker and with two."""
    entrants, draws = (600, 40) if smoke else (20_000, 1_000)
    taken: dict[int, float] = {}
    lines = [
        "| workers | wall seconds | of one | processor seconds | greatest process, MB | wanted |",
        "|---|---|---|---|---|---|",
    ]
    for workers in (1, 2):
        taken[workers], cost = run("county", 1, entrants, draws, workers)
        ratio = times(taken[1] / taken[workers])
        wanted = "" if workers == 1 else "60 s; 1.8x"
        lines.append(
            f"| {workers} | {taken[workers]:,.1f} | {ratio} | {cost.processor_seconds:,.1f} | "
            f"{cost.megabytes:,.0f} | {wanted} |"
        )
        progress(lines[-1])
    head = f"{draws:,} lottery draws of a county with {entrants:,} entrants, workers started included:\n\n"
    return head + "\n".join(lines) + "\n"


def growth(smoke: bool) -> str:
    """Cost of a county and of a draw by size, and the country on paper."""
    sizes = SIZES[:3] if smoke else SIZES
    ready, each = [], []
    per_draw(sizes[0], 1)  # the compiled parts are read from the disk once
    lines = ["| entrants | made ready, s | a draw, s | growth of a draw |", "|---|---|---|---|"]
    for row, entrants in enumerate(sizes):
        found = per_draw(entrants, 2 if smoke else max(4, 200_000 // entrants // 4))
        ready.append(found[0])
        each.append(found[1])
        power = ""
        if row:
            power = f"n^{math.log(each[row] / each[row - 1]) / math.log(entrants / sizes[row - 1]):.2f}"
        lines.append(f"| {entrants:,} | {short(found[0])} | {short(found[1])} | {power} |")
        progress(lines[-1])
    total = country_seconds(sizes, ready, each)
    largest = ready[-1] + COUNTRY_DRAWS * each[-1]
    paper = ", ".join(f"{on_cores(total, largest, cores)} on {cores}" for cores in CORES)
    return (
        "Processor seconds by size of the county, in one process:\n\n"
        + "\n".join(lines)
        + f"\n\nOn paper, the whole country ({nation.COUNTIES:,} counties, {nation.ENTRANTS:,} entrants, "
        + f"{COUNTRY_DRAWS} draws) takes {total / 3600:.2f} processor hours; by cores: {paper}. That is "
        + "the sum over its counties, each at the cost of its size, shared out evenly, and "
        + "no less than a county of "
        + f"{sizes[-1]:,} takes by itself ({largest:.0f} s). Counties are independent.\n"
    )


def on_cores(total: float, largest: float, cores: int) -> str:
    """Time on so many cores, in words; no less than the largest county takes."""
    seconds = max(total / cores, largest if cores > 1 else 0.0)
    return f"{seconds / 60:.0f} min" if seconds >= 120 else f"{seconds:.0f} s"


def country(smoke: bool) -> str:
    """Counties streamed: time, and memory that does not grow with how many there are."""
    lines = [
        "| counties x draws | entrants | wall seconds | a county-draw, ms | greatest process, MB |",
        "|---|---|---|---|---|",
    ]
    for counties in (2, 4) if smoke else (50, 200):
        entrants = nation.ENTRANTS * counties // nation.COUNTIES // (20 if smoke else 1)
        draws = 2 if smoke else COUNTRY_DRAWS
        seconds, cost = run("country", counties, entrants, draws, 2)
        each = 1000 * seconds / (counties * draws)
        lines.append(
            f"| {counties} x {draws} | {entrants:,} | {seconds:,.1f} | {each:,.0f} | {cost.megabytes:,.0f} |"
        )
        progress(lines[-1])
    return (
        "Counties of the country streamed over two workers, kept batch by batch, written as a sweep:\n\n"
        + "\n".join(lines)
        + "\n"
    )


def fragment(smoke: bool) -> str:
    """The part of the page."""
    return TEXT + "\n".join([thousand(smoke), growth(smoke), country(smoke)])
