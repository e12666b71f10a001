"""The core beside the general solvers, size by size, each up to the size where it takes a minute."""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from benchmarks.cases import SEEDS
from benchmarks.page import progress, short, times
from benchmarks.peer_run import ENOUGH, GIGABYTES
from benchmarks.peers import PEERS
from benchmarks.process import REPOSITORY

TITLE = "The core beside other solvers"

SIZES = (
    (300, 5),
    (1_000, 10),
    (3_000, 20),
    (10_000, 50),
    (30_000, 100),
    (100_000, 300),
    (250_000, 600),
)
"""OR-tools at a million stands in the table of ratios; no other comes that far."""

SMOKE_SIZES = ((300, 5), (1_000, 10))

LIMIT = 60.0
"""Seconds of processor time for one solve."""

WALL = 10 * LIMIT
"""A process that has stopped using the processor is ended after so many seconds."""

TEXT = """\
Seconds of processor time, and in brackets how many times our engine's they are: medians over the same
{seeds} seeds for all, single children, slack 1.05, the 20 nearest schools, one thread, after a warm-up.
Every solver runs in a process of its own. Ours and OR-tools' time is that from problem to flow and minimal
prices; of the others only the solver's own call counts, without the building of its input, and they give no
minimal prices. All objectives are equal, or the run fails. A solver is ended when one solve takes
{limit:.0f} s of processor time (>{limit:.0f} s) or more than {gigabytes} GB of memory, and is not asked for
larger sizes; no further seed is begun after {enough:.0f} s: a number after a semicolon says how many there
were.{absent}

"""


@dataclass
class Cell:
    """What a solver did with one size: seconds and objective by seed, and why it ended early."""

    seconds: dict[int, float] = field(default_factory=dict)
    objective: dict[int, int] = field(default_factory=dict)
    ended: str = ""

    @property
    def too_slow(self) -> bool:
        """No larger size needs trying."""
        return bool(self.ended)


def run(peer: str, children: int, schools: int, seeds: tuple[int, ...], limit: float = LIMIT) -> Cell:
    """One solver on one size.

    Raises:
        RuntimeError: it failed otherwise than by running out of time or memory.
    """
    asked = (limit, peer, children, schools, *seeds)
    command = [sys.executable, "-m", "benchmarks.peer_run", *map(str, asked)]
    cell = Cell()
    try:
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=WALL,
            check=False,
        )
        printed, errors, code = done.stdout, done.stderr, done.returncode
    except subprocess.TimeoutExpired as late:
        printed, errors, code = (late.stdout or b"").decode("utf-8"), "", -signal.SIGPROF
    for line in printed.splitlines():
        if line.startswith("{"):
            found = json.loads(line)
            cell.seconds[found["seed"]] = found["seconds"]
            cell.objective[found["seed"]] = found["objective"]
    if code == -signal.SIGPROF:
        cell.ended = f">{limit:g} s"
    elif code and any(
        word in errors for word in ("MemoryError", "bad_alloc", "Cannot allocate", "Unable to allocate")
    ):
        cell.ended = f">{GIGABYTES} GB"
    elif code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}:\n{errors}")
    return cell


def written(cell: Cell | None, ours: Cell, seeds: int) -> str:
    """Seconds, ratio to ours on the same seeds, and the number of seeds where some are missing."""
    if cell is None:
        return "-"
    if not cell.seconds:
        return cell.ended
    median = short(statistics.median(cell.seconds.values()))
    if cell.ended:
        return f"{median}; {len(cell.seconds)}, then {cell.ended}"
    count = f"; {len(cell.seconds)}" if len(cell.seconds) < seeds else ""
    if cell is ours:
        return f"**{median}**{count}"
    ratio = statistics.median(taken / ours.seconds[seed] for seed, taken in cell.seconds.items())
    return f"{median} ({times(ratio)}){count}"


def fragment(smoke: bool) -> str:
    """The part of the page; two small sizes and one seed in a smoke run."""
    sizes, seeds = (SMOKE_SIZES, SEEDS[:1]) if smoke else (SIZES, SEEDS)
    installed = dict(PEERS)
    absent = ""
    try:
        version("POT")
    except PackageNotFoundError:
        absent = " POT was not installed (`pip install -e '.[bench]'`)."
        del installed["pot_sparse"], installed["pot_dense"]
    lines = [f"| students x schools | {' | '.join(heading for heading, _ in installed.values())} |"]
    lines.append("|---" * (1 + len(installed)) + "|")
    largest = dict.fromkeys(installed, "-")
    active = list(installed)
    for children, schools in sizes:
        size = f"{children:,} x {schools:,}"
        cells: dict[str, Cell] = {}
        for peer in active:
            cells[peer] = run(peer, children, schools, seeds)
            require_equal(size, cells, peer)
            if not cells[peer].too_slow:
                largest[peer] = size
        texts = [written(cells.get(peer), cells["priced_seats"], len(seeds)) for peer in installed]
        lines.append(f"| {size} | {' | '.join(texts)} |")
        progress(lines[-1])
        active = [peer for peer in active if not cells[peer].too_slow]
        if "priced_seats" not in active:
            break
    lines.append(f"| largest within a minute | {' | '.join(largest.values())} |")
    return (
        TEXT.format(seeds=len(seeds), limit=LIMIT, gigabytes=GIGABYTES, enough=ENOUGH, absent=absent)
        + "\n".join(lines)
        + "\n"
    )


def require_equal(size: str, cells: dict[str, Cell], peer: str) -> None:
    """The solver's objectives are ours.

    Raises:
        RuntimeError: one is not.
    """
    ours = cells["priced_seats"].objective
    for seed, objective in cells[peer].objective.items():
        if seed in ours and objective != ours[seed]:
            raise RuntimeError(f"{size}, seed {seed}: {peer} finds {objective}, we find {ours[seed]}")
