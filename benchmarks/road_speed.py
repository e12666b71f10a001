"""Travel by road: the k nearest schools of every node of a large network, ours and others'.

``python -m benchmarks.road_speed NETWORK PEER SEED`` measures one of them and prints it as JSON.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from benchmarks.clock import timed
from benchmarks.page import progress, seconds, times
from benchmarks.process import measure

TITLE = "Travel by road"

TEXT = """\
The {nearest} nearest of {schools} schools for every node of a made-up network of about {nodes:,} nodes, by
car (one street in ten is one-way), from the edges to the answer. Seconds of processor time on one thread and
greatest memory of a process of its own that does nothing else (the network itself and the libraries
included), after compiling; median (least - greatest) over seeds. `scipy` is one
`scipy.sparse.csgraph.dijkstra` per school with the {nearest} best of each node kept, `igraph` one
`Graph.distances`. All answers are equal, metres and schools, ties too, or the run fails. `pandana` is left
out for its licence, the AGPL.

Towns (the small one has a tenth of the nodes) have dead ends, bends and 2.5 neighbours per node, as real
networks have; squares are unbroken streets in squares, 4 neighbours per node, the hardest there is for
taking nodes out.

"""

HEAD = """\
| network | by | seeds | seconds | megabytes | times as long as ours | wanted | met |
|---|---|---|---|---|---|---|---|"""

PHASES = """
Ours by its steps, and what it takes for a scenario's blocks alone: {blocks:,} blocks at nodes, the {nearest}
nearest schools of each; and the metres of all {pairs:,} pairs of these blocks and the schools on demand.

| network | links | taking nodes out | core, nodes | search, every node | search, blocks | all pairs |
|---|---|---|---|---|---|---|
"""

WANTED, AIM, MOST_MEGABYTES = 5, 10, 2_000


@dataclass(frozen=True)
class Size:
    """How large the networks are, and how often they are measured."""

    nodes: int
    schools: int
    nearest: int
    blocks: int
    seeds: tuple[int, ...]


FULL = Size(300_000, 600, 20, 3_000, (11, 12))
SMOKE = Size(3_000, 40, 5, 200, (11,))
NETWORKS = {"small town": 10, "town": 1, "squares": 1}
"""Name, and what part of the nodes it has."""

PEERS = ("ours", "scipy", "igraph")
SLOW = "igraph"
"""A peer that is measured on the small network alone: on the others it takes minutes."""


def one(network: str, peer: str, seed: int, size: Size) -> dict[str, object]:
    """Seconds of one peer on one network, and a digest of its answer."""
    from benchmarks.road_network import make_roads
    from benchmarks.road_peers import PEERS as FUNCTIONS

    if peer == "ours":
        FUNCTIONS["ours"](make_roads(500, 1), "driving", np.arange(20), 5)  # compiles, or reads from disk
    roads = make_roads(size.nodes // NETWORKS[network], seed, squares=network == "squares")
    schools = np.random.default_rng(seed).permutation(len(roads))[: size.schools]
    answer, taken = timed(FUNCTIONS[peer], roads, "driving", schools, size.nearest)
    return {"seconds": taken, "answer": hashlib.sha256(answer.tobytes()).hexdigest(), "nodes": len(roads)}


def phases(network: str, size: Size) -> str:
    """A row of the steps of ours."""
    from benchmarks.road_network import make_roads
    from simulator.travel.contraction import contract
    from simulator.travel.nearest_schools import nearest_schools
    from simulator.travel.network import links_of
    from simulator.travel.ways import way_metres

    roads = make_roads(size.nodes // NETWORKS[network], size.seeds[0], squares=network == "squares")
    rng = np.random.default_rng(size.seeds[0])
    node = rng.permutation(len(roads))
    schools, blocks = node[: size.schools], node[-size.blocks :]
    door = np.zeros(len(schools), dtype=np.int64)
    for _ in range(2):  # the first time compiles
        _, linking = timed(links_of, roads, "driving", np.arange(len(roads)))
        hierarchy, taking = timed(contract, roads, "driving")
        _, everywhere = timed(nearest_schools, hierarchy, schools, door, np.arange(len(roads)), size.nearest)
        _, at_blocks = timed(nearest_schools, hierarchy, schools, door, blocks, size.nearest)
        pairs = (np.repeat(blocks, len(schools)), np.tile(schools, len(blocks)))
        _, all_pairs = timed(way_metres, hierarchy, *pairs)
    core = len(roads) - hierarchy.taken
    taken = (linking, taking - linking, everywhere, at_blocks, all_pairs)
    cells = [f"{value:.2f} s" for value in taken]
    cells.insert(2, f"{core:,}")
    return f"| {network} | {' | '.join(cells)} |"


def fragment(smoke: bool) -> str:
    """The part of the page."""
    size = SMOKE if smoke else FULL
    peers = [peer for peer in PEERS if peer != "igraph" or find_spec("igraph")]
    rows = [HEAD]
    for network in NETWORKS:
        found: dict[str, list[tuple[float, float]]] = {peer: [] for peer in peers}
        for seed in size.seeds:
            answers = set()
            for peer in peers:
                if peer == SLOW and NETWORKS[network] == 1:
                    continue
                command = [sys.executable, "-m", "benchmarks.road_speed", network, peer, str(seed)]
                cost = measure(command + (["--smoke"] if smoke else []))
                said = json.loads(cost.output.strip().splitlines()[-1])
                found[peer].append((said["seconds"], cost.megabytes))
                answers.add(said["answer"])
                progress(f"{network}, seed {seed}, {peer}: {said['seconds']:.2f} s, {cost.megabytes:,.0f} MB")
            if len(answers) > 1:
                raise RuntimeError(f"{network}, seed {seed}: the answers differ")
        for peer in (peer for peer in peers if found[peer]):
            taken, memory = zip(*found[peer], strict=True)
            ratios = [other / own for (own, _), other in zip(found["ours"], taken, strict=True)]
            wanted, met, ratio = "-", "-", "-"
            if peer == "ours":
                wanted, met = f"< {MOST_MEGABYTES:,} MB", "yes" if max(memory) < MOST_MEGABYTES else "no"
            else:
                ratio = f"**{times(statistics.median(ratios))}**, worst {times(min(ratios))}"
            if peer == "scipy" and NETWORKS[network] == 1:
                wanted, met = f"{WANTED}x, better {AIM}x", "yes" if min(ratios) >= WANTED else "no"
            rows.append(
                f"| {network} | {peer} | {len(taken)} | {seconds(taken)} | {max(memory):,.0f} | {ratio} | "
                f"{wanted} | {met} |"
            )
    steps = [phases(network, size) for network in NETWORKS]
    told = {"nearest": size.nearest, "schools": size.schools, "nodes": size.nodes, "blocks": size.blocks}
    return (
        TEXT.format(**told) + "\n".join(rows) + "\n"
        + PHASES.format(**told, pairs=size.blocks * size.schools) + "\n".join(steps) + "\n"
    )  # fmt: skip


if __name__ == "__main__":
    print(
        json.dumps(one(sys.argv[1], sys.argv[2], int(sys.argv[3]), SMOKE if "--smoke" in sys.argv else FULL))
    )
