"""Zones by other libraries on the same instances, each in a process of the peers' own environment."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from benchmarks.page import progress, short
from benchmarks.process import REPOSITORY
from benchmarks.zone_city import zone_city
from simulator import zoning
from simulator.model import ZoneProposal, ZoningProblem
from simulator.zoning.accounting import proposal
from simulator.zoning.ground import aim_at_cost, lay_out
from simulator.zoning.present import present_drawing
from simulator.zoning.shifts import list_shifts

SIZES = ((300, 10), (1_000, 20))
SMOKE = ((60, 3),)
SEEDS = (201,)
LIMIT = 20.0
"""Seconds of processor time that the solver behind the p-median may take."""
CHAIN_SEEDS = (201, 202, 203, 204, 205)
"""Cities whose partitions are counted: in some no chain is refused, in others hundreds are."""
CHAIN_SECONDS = 5.0
LIST_SECONDS = 1.0
SLACK = 1.05
PEER_RUN = Path(__file__).with_name("zone_peer_run.py")


def peers_python() -> Path | None:
    """The interpreter that has spopt and GerryChain: ``make peers`` makes it; None where it was not made."""
    named = os.environ.get("XUEWEI_PEERS_PYTHON")
    at = Path(named) if named else REPOSITORY / ".venv-peers" / "bin" / "python"
    return at if at.exists() else None


def ask(what: str, problem: ZoningProblem, assigned: np.ndarray, seconds: float) -> dict[str, Any]:
    """What a peer answers on an instance whose blocks may all go to every school.

    Raises:
        RuntimeError: it failed; with the end of what it said.
    """
    metres = np.zeros((problem.blocks, problem.schools), dtype=np.int64)
    metres[problem.block, problem.school] = problem.metres
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "instance.npz"
        np.savez(
            path,
            metres=metres,
            load=problem.load,
            seats=problem.seats,
            near=problem.neighbours.values,
            near_offsets=problem.neighbours.offsets,
            assigned=assigned,
        )
        done = subprocess.run(
            [str(peers_python()), "-W", "ignore", str(PEER_RUN), what, str(path), str(seconds)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"{what}: {done.stderr[-500:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def cells_of(drawn: ZoneProposal, bound: int, seconds: float) -> str:
    """Seconds, metres over the bound, children beyond the seats, blocks without a way to their school."""
    loose = int(np.count_nonzero(drawn.detached & ~drawn.island))
    return f"{short(seconds)} | {drawn.metres / bound - 1:.2%} | {int(drawn.excess.sum())} | {loose}"


def p_median_table(smoke: bool) -> list[str]:
    """``priced`` beside the capacitated p-median, seed by seed."""
    rows = [
        "| blocks x schools | seed | | s | metres over the bound | excess | detached blocks |",
        "|---|---|---|---|---|---|---|",
    ]
    for blocks, schools in SMOKE if smoke else SIZES:
        for seed in SEEDS[:1] if smoke else SEEDS:
            problem = zone_city(blocks, schools, seed, slack=SLACK, nearest=schools)
            start = process_time()
            drawn = zoning.draw(problem, "priced")
            taken = process_time() - start
            size = f"{blocks:,} x {schools} | {seed}"
            rows.append(f"| {size} | `priced` | {cells_of(drawn, drawn.bound, taken)} |")
            if peers_python():
                theirs = ask("spopt_p_median", problem, drawn.assigned, 5.0 if smoke else LIMIT)
                assigned = np.array(theirs["assigned"])
                if assigned.min() < 0:
                    rows.append(f"| {size} | spopt `PMedian` | none in {LIMIT:g} s | - | - | - |")
                else:
                    other = proposal(problem, "p-median", assigned)
                    told = cells_of(other, drawn.bound, theirs["seconds"])
                    rows.append(f"| {size} | spopt `PMedian` ({theirs['status']}) | {told} |")
                progress(rows[-1])
            progress(rows[-2])
    return rows


def listed(problem: ZoningProblem, drawn: ZoneProposal, seconds: float) -> float:
    """Shifts listed per second around a drawing: each a drawing one step away whose zones hang together."""
    ground = lay_out(problem)
    at = present_drawing(replace(problem, today=drawn.assigned), ground).drawing
    aim = aim_at_cost(problem, ground)
    found, start = 0, process_time()
    while process_time() - start < seconds:
        found += len(list_shifts(ground, at, aim).source)
    return found / (process_time() - start)


def partitions_table(smoke: bool) -> list[str]:
    """Contiguous partitions per second: ours, each cheaper than the last, and theirs, a random walk."""
    rows = [
        "| blocks x schools | `priced`: shifts listed per s | chains checked per s | of them taken per s "
        "| GerryChain flips per s | GerryChain ReCom per s |",
        "|---|---|---|---|---|---|",
    ]
    names = ("listed", "checked", "taken", "gerrychain_flip", "gerrychain_recom")
    for blocks, schools in SMOKE if smoke else SIZES:
        count, seconds = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
        for seed in CHAIN_SEEDS[:1] if smoke else CHAIN_SEEDS:
            problem = zone_city(blocks, schools, seed, slack=1.1, nearest=schools)
            start = process_time()
            drawn = zoning.draw(problem, "priced")
            taken = process_time() - start
            steps = drawn.steps
            count["checked"] += steps["chains"] + steps["refused_chains"]
            count["taken"] += steps["chains"]
            seconds["checked"] += taken
            seconds["taken"] += taken
            count["listed"] += listed(problem, drawn, 0.1 if smoke else LIST_SECONDS)
            seconds["listed"] += 1
            if peers_python() and seed == CHAIN_SEEDS[0]:
                for what in names[3:]:
                    answer = ask(what, problem, drawn.assigned, 1.0 if smoke else CHAIN_SECONDS)
                    count[what], seconds[what] = answer["count"], answer["seconds"]
        cells = [f"{count[name] / seconds[name]:,.3g}" if seconds[name] else "-" for name in names]
        rows.append(f"| {blocks:,} x {schools} | {' | '.join(cells)} |")
        progress(rows[-1])
    return rows
