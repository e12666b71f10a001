"""Zones on fresh cities: what each method costs over the bound, what it breaks, how long it takes."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from benchmarks.clock import timed
from benchmarks.page import progress, seconds, spread
from benchmarks.zone_city import grown_city, zone_city
from benchmarks.zone_peers import LIMIT, SLACK, p_median_table, partitions_table, peers_python
from simulator import zoning
from simulator.model import ZoneProposal, ZoningProblem
from simulator.zoning.split import split_optimum

TITLE = "Drawing zones"

SEEDS = (201, 202, 203, 204, 205)


class Row(NamedTuple):
    """A kind of city, which method draws in it, and how much smaller than the others it is."""

    subject: str
    method: str
    settings: dict[str, Any]
    part: float = 1.0


ROWS = (
    Row("slack 1.05", "nearest", {"slack": 1.05}),
    Row("slack 1.10", "priced", {"slack": 1.10}),
    Row("slack 1.05", "priced", {"slack": 1.05}),
    Row("slack 1.00", "priced", {"slack": 1.00}),
    Row("slack 1.05, a quarter of the borders are barriers", "priced", {"slack": 1.05, "barriers": 0.25}),
    Row("slack 1.05, tree roads", "nearest", {"slack": 1.05, "roads": "tree", "nearest": 100}, 0.4),
    Row("slack 1.05, tree roads", "priced", {"slack": 1.05, "roads": "tree", "nearest": 100}, 0.4),
    Row("slack 1.05, tree roads, full size", "priced", {"slack": 1.05, "roads": "tree", "nearest": 100}),
)

TEXT = """\
Cities of {blocks:,} blocks (0-40 entrants) and {schools} schools in the plane, seats of a school 0.6 to 1.4
of the mean, the 20 nearest schools by the road network as candidates; on tree roads all schools, by a
spanning tree, where most blocks tie (cities of 0.4 times the size, then of the whole). Median (least -
greatest) over {seeds} fresh seeds, used in tuning nothing; seconds of processor time on one thread, after a
warm-up. The bound is the core's: blocks may be split and zones need not hang together, so a part of the
distance to it cannot be had; how much is not known. Excess: children beyond the seats, in all, and at the
fullest school (a block has 20 children on average).

"""

ADJUST = """
`adjust`: {blocks:,} blocks and {schools} schools; zones that fitted once, whose quarters have since grown or
shrunk by up to 30 %; slack 1.05. Changes are blocks that leave today's school. The bound on changes knows
what must leave each school and that it must fit elsewhere, not that zones hang together: where schools beside
an overfull one are full, children go on from zone to zone, one change each. `priced` beside it, with changes
free of charge.

"""

PEERS = """
Beside other libraries, slack {slack}, every school a candidate of every block. spopt's `PMedian` with all
schools open and their seats as capacities is solved by CBC within {limit:g} s of processor time: whole
blocks, seats kept, zones need not hang together and a school need not have its own block; seconds are those
of building the model and of the solver. Its optimum would be a sharper bound than ours.

"""

CHAINS = """
Contiguous partitions per second of processor time, slack 1.10. Ours are the shifts of one block (with what
would come loose behind it) that are listed around a drawing, each a drawing one step away whose zones hang
together, seats not asked; the chains of such shifts that `priced` checks in a whole run, for two shifts of
a zone may part it together; and of these the ones it takes, each better than the last. The seconds of the
last two hold the core, cells and all; five cities together, for in some no chain is refused and in others
hundreds are. GerryChain, one city: its flips walk at random over contiguous zones within the seats (which
may lose the block of their own school), its ReCom over contiguous districts of about equal size, which
knows no schools. spopt's `RandomRegion` took 19 s for one partition of 300 blocks into 10 regions in one
city and found none within two minutes in another, and is left out; its other region builders know neither
schools nor seats. {why}

"""

WHY = (
    "They are installed apart (`make peers`): GerryChain wants a newer tqdm than another library here allows."
)


def fragment(smoke: bool) -> str:
    """The part of the page; small cities and one seed in a smoke run."""
    blocks, schools, seeds = (300, 6, SEEDS[:1]) if smoke else (5_000, 100, SEEDS)
    for method in ("priced", "adjust"):
        zoning.draw(grown_city(200, 5, 1), method)
    lines = [TEXT.format(blocks=blocks, schools=schools, seeds=len(seeds))]
    lines.append(
        "| | method | s | metres over the bound | excess | fullest school | contiguous | wanted | met |\n"
        "|---|---|---|---|---|---|---|---|---|\n"
    )
    for row in ROWS:
        lines.append(_row(row, round(row.part * blocks), round(row.part * schools), seeds))
        progress(lines[-1].rstrip())
    blocks, schools = (200, 6) if smoke else (2_000, 60)
    lines.append(ADJUST.format(blocks=blocks, schools=schools))
    lines.append(
        "| method | s | changes | bound on changes | excess today | excess | metres over the bound "
        "| contiguous | wanted | met |\n|---|---|---|---|---|---|---|---|---|---|\n"
    )
    for method in ("adjust", "priced"):
        lines.append(_adjusted(method, blocks, schools, seeds))
        progress(lines[-1].rstrip())
    lines.append(PEERS.format(slack=SLACK, limit=LIMIT))
    lines += [f"{line}\n" for line in p_median_table(smoke)]
    lines.append(CHAINS.format(why=WHY if peers_python() else WHY + " They were not installed for this run."))
    lines += [f"{line}\n" for line in partitions_table(smoke)]
    return "".join(lines)


def _drawn(
    method: str, city: Callable[..., ZoningProblem], seeds: Sequence[int], *size: int, **settings: Any
) -> list[tuple[ZoneProposal, float, ZoningProblem]]:
    """Drawings of fresh cities, with seconds."""
    found = []
    for seed in seeds:
        problem = city(*size, seed, **settings)
        drawn, taken = timed(zoning.draw, problem, method)
        found.append((drawn, taken, problem))
    return found


def _row(row: Row, blocks: int, schools: int, seeds: Sequence[int]) -> str:
    """A method on one kind of city."""
    drawn = _drawn(row.method, zone_city, seeds, blocks, schools, **row.settings)
    bounds = [split_optimum(problem).bound for _, _, problem in drawn]
    over = [100 * (one.metres / bound - 1) for (one, _, _), bound in zip(drawn, bounds, strict=True)]
    excess = [int(one.excess.sum()) for one, _, _ in drawn]
    fullest = [int(one.excess.max()) for one, _, _ in drawn]
    contiguous = all(one.contiguous for one, _, _ in drawn)
    wanted, met = "-", "-"
    smaller_tree = "roads" in row.settings and row.part < 1.0
    if row.method == "priced" and not smaller_tree and "barriers" not in row.settings:
        fits = row.settings["slack"] >= 1.05
        wanted = "5 s, 1 %, no excess" if fits else "5 s, excess below a block per school"
        good = max(seconds for _, seconds, _ in drawn) < 5 and contiguous
        if fits:
            good = good and max(over) < 1 and max(excess) == 0
        else:
            mean = statistics.mean(float(problem.load.mean()) for _, _, problem in drawn)
            good = good and max(excess) < mean * schools and max(fullest) < 2 * mean
        met = "yes" if good else "no"
    cells = (
        row.subject,
        f"`{row.method}`",
        seconds([taken for _, taken, _ in drawn]),
        f"{spread(over, 2)} %",
        spread(excess, 0),
        spread(fullest, 0),
        "yes" if contiguous else "no",
        wanted,
        met,
    )
    return f"| {' | '.join(cells)} |\n"


def _adjusted(method: str, blocks: int, schools: int, seeds: Sequence[int]) -> str:
    """A method on cities that have grown out of their zones."""
    drawn = _drawn(method, grown_city, seeds, blocks, schools, growth=0.3)
    today = [int(np.maximum(p.loads(p.today) - p.seats, 0).sum()) for _, _, p in drawn]
    least = [one.steps.get("changes_bound") for one, _, _ in drawn]
    excess = [int(one.excess.sum()) for one, _, _ in drawn]
    contiguous = all(one.contiguous for one, _, _ in drawn)
    wanted, met = "-", "-"
    if method == "adjust":
        wanted = "60 s, no excess"
        good = max(taken for _, taken, _ in drawn) < 60 and max(excess) == 0 and contiguous
        met = "yes" if good else "no"
    cells = (
        f"`{method}`",
        seconds([taken for _, taken, _ in drawn]),
        spread([one.changed for one, _, _ in drawn], 0),
        "-" if None in least else spread([bound or 0 for bound in least], 0),
        spread(today, 0),
        spread(excess, 0),
        f"{spread([100 * (one.metres / one.bound - 1) for one, _, _ in drawn], 1)} %",
        "yes" if contiguous else "no",
        wanted,
        met,
    )
    return f"| {' | '.join(cells)} |\n"
