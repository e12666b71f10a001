"""Siting on published problems of known optimum and on synthetic cities: what is reached and proved."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from time import process_time

import numpy as np

from benchmarks.page import progress, short
from benchmarks.published_sites import ABSENT, CAP, PMEDCAP, THERE, published
from simulator.model import SitingProblem
from simulator.zoning.siting import DEFAULT_WORK, site

TITLE = "Siting"

TEXT = """\
Published location problems and their optima (`benchmarks/published_sites.py` names the sources), then
synthetic cities: blocks and sites spread evenly over 20 km x 20 km, 1 to 40 entrants a block, the 20
nearest sites as candidates, kept schools with {slack:.0%} of the seats that are needed; "reached" is the
median saving there. `site` with its own limit of counted work ({work:,} arcs), which no clock decides. Gap:
share of the cost above the proven bound, in cities median (least - greatest) over {seeds} seeds. Seconds of
processor time on one thread, after a warm-up.

"""

HEAD = "| problem | aim | optimum | reached | gap | seconds |\n|---|---|---|---|---|---|"

SLACK = 0.95
SEEDS = (1009, 1013, 1019)

CITIES = {
    "500 blocks, 15 schools, 3 of 40": (500, 15, 40, 3),
    "5,000 blocks, 100 schools, 5 of 200": (5_000, 100, 200, 5),
}
SMOKE = {"60 blocks, 4 schools, 2 of 8": (60, 4, 8, 2)}
AIMS = (("least_total", False), ("least_total", True), ("p_median", False), ("coverage", False))


def city(blocks: int, kept: int, candidates: int, opened: int, seed: int, *, whole: bool) -> SitingProblem:
    """A city as the text says, with a walking limit of 1,500 m for coverage."""
    rng = np.random.default_rng(seed)
    place, school = rng.random((blocks, 2)) * 20_000, rng.random((kept + candidates, 2)) * 20_000
    metres = np.rint(np.hypot(*(place[:, None] - school).transpose(2, 0, 1))).astype(np.int64)
    load = rng.integers(1, 41, blocks)
    near = min(20, kept + candidates)
    site_of = np.sort(np.argsort(metres, axis=1, kind="stable")[:, :near], axis=1)
    return SitingProblem(
        load=load,
        seats=np.full(kept + candidates, int(load.sum() * SLACK / kept)),
        fixed_metres=np.zeros(kept + candidates, dtype=np.int64),
        kept=np.arange(kept + candidates) < kept,
        offsets=np.arange(blocks + 1) * near,
        site=site_of.ravel(),
        metres=np.take_along_axis(metres, site_of, axis=1).ravel(),
        most_opened=opened,
        whole_blocks=whole,
        limit_metres=1_500,
    )


def published_rows(names: Sequence[str]) -> tuple[list[str], list[float]]:
    """A row for each of the problems, and their gaps."""
    rows, gaps = [], []
    for name in names:
        case = published(name)
        start = process_time()
        answer = site(case.problem, case.aim)
        taken = process_time() - start
        optimum, reached = float(case.optimum), answer.cost / case.scale
        gaps.append(answer.gap)
        cells = (
            name,
            f"`{case.aim}`",
            f"{optimum:,.12g}",
            f"{reached:,.12g}",
            f"{answer.gap:.2%}",
            short(taken),
        )
        rows.append(f"| {' | '.join(cells)} |")
        progress(rows[-1])
    return rows, gaps


def city_rows(cities: dict[str, tuple[int, int, int, int]], seeds: Sequence[int], work: int) -> list[str]:
    """A row per city and aim: greatest gap and median seconds over the seeds."""
    rows = []
    for name, (blocks, kept, candidates, opened) in cities.items():
        for aim, whole in AIMS:
            gaps, seconds, saved, unplaced = [], [], [], []
            for seed in seeds:
                problem = city(blocks, kept, candidates, opened, seed, whole=whole)
                start = process_time()
                answer = site(problem, aim, work=work)
                seconds.append(process_time() - start)
                gaps.append(answer.gap)
                saved.append(1 - answer.cost / answer.cost_before)
                unplaced.append(int(answer.unplaced.sum()))
            told = f"`{aim}`" + (", whole blocks" if whole else "")
            less = f"{median(saved):.1%} less than before, {median(unplaced):,.0f} without a seat"
            gap = f"{median(gaps):.2%} ({min(gaps):.2%} - {max(gaps):.2%})"
            rows.append(f"| {name} | {told} | not known | {less} | {gap} | {short(median(seconds))} |")
            progress(rows[-1])
    return rows


def fragment(smoke: bool) -> str:
    """The part of the page; a few problems and a small city in a smoke run."""
    for aim, whole in AIMS:
        site(city(30, 2, 4, 1, 1, whole=whole), aim)
    rows = [HEAD]
    seeds = SEEDS[:1] if smoke else SEEDS
    text = TEXT.format(slack=SLACK, work=DEFAULT_WORK, seeds=len(seeds))
    if THERE:
        names = (*CAP[:2], *PMEDCAP[2:4], "pmed1") if smoke else (*CAP, *PMEDCAP, "pmed1")
        found, gaps = published_rows(names)
        rows += found
        of = [gap for name, gap in zip(names, gaps, strict=True) if name in PMEDCAP]
        text += f"Median gap over the {len(of)} capacitated medians: {median(of):.2%}.\n\n"
    else:
        text += f"The published problems were not measured: {ABSENT}.\n\n"
    rows += city_rows(SMOKE if smoke else CITIES, seeds, DEFAULT_WORK)
    return text + "\n".join(rows) + "\n"
