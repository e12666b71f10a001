"""Zones by other libraries, in an environment of their own.

``python zone_peer_run.py WHAT INSTANCE.npz SECONDS`` needs numpy and the library asked for,
nothing of this project. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from random import Random
from time import process_time
from typing import Any

import numpy as np


def spopt_p_median(data: Any, limit: float) -> dict[str, Any]:
    """Its p-median with all schools open and their seats as capacities: whole blocks, least load x metres."""
    import pulp
    from spopt.locate import PMedian

    start = process_time()
    schools = len(data["seats"])
    model = PMedian.from_cost_matrix(
        data["metres"].astype(float),
        data["load"].astype(float),
        p_facilities=schools,
        predefined_facilities_arr=np.ones(schools, dtype=int),
        facility_capacities=data["seats"].astype(float),
    )
    built = process_time() - start
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=limit, threads=1, timeMode="cpu")
    solved = model.solve(solver)
    status = "proved best" if solved.problem.sol_status == pulp.LpSolutionOptimal else "best found"
    assigned = np.full(len(data["load"]), -1)
    if solved.problem.sol_status in (1, 2):
        variables = solved.cli_assgn_vars
        value = np.array([[v.value() or 0.0 for v in row] for row in variables])
        assigned = value.argmax(axis=1)
    children = sum(process_time_of_children())
    return {"assigned": assigned.tolist(), "seconds": built + children, "status": status}


def process_time_of_children() -> tuple[float, float]:
    """Seconds of processor time of the solver's own process."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime, used.ru_stime


def gerrychain(data: Any, limit: float, recom: bool) -> dict[str, Any]:
    """Its chain of contiguous partitions, from zones that fit: flips of one block, or recombined pairs."""
    from functools import partial

    import networkx
    from gerrychain import Graph, MarkovChain, Partition, accept, constraints, updaters
    from gerrychain.proposals import propose_random_flip
    from gerrychain.proposals import recom as recombine

    blocks, schools = len(data["load"]), len(data["seats"])
    plain = networkx.Graph()
    for block in range(blocks):
        plain.add_node(block, load=int(data["load"][block]), zone=int(data["assigned"][block]))
        for other in data["near"][data["near_offsets"][block] : data["near_offsets"][block + 1]].tolist():
            plain.add_edge(block, other)
    graph = Graph.from_networkx(plain)
    first = Partition(graph, assignment="zone", updaters={"load": updaters.Tally("load", alias="load")})
    seats = data["seats"].tolist()

    def fits(partition: Any) -> bool:
        return all(partition["load"][school] <= seats[school] for school in range(schools))

    rules: list[Any] = [fits, constraints.contiguous]
    proposal: Any = propose_random_flip
    if recom:
        rules = [constraints.contiguous]
        mean = float(data["load"].sum()) / schools
        proposal = partial(recombine, pop_col="load", pop_target=mean, epsilon=0.6, rng=Random(1))
    chain = MarkovChain(
        proposal=proposal,
        constraints=rules,
        accept=accept.always_accept,
        initial_partition=first,
        total_steps=10**9,
    )
    start, count = process_time(), 0
    for _ in chain:
        count += 1
        if process_time() - start > limit:
            break
    return {"count": count, "seconds": process_time() - start}


def main() -> None:
    """Run it."""
    what, path, limit = sys.argv[1], sys.argv[2], float(sys.argv[3])
    data = np.load(path)
    if what == "spopt_p_median":
        answer = spopt_p_median(data, limit)
    else:
        answer = gerrychain(data, limit, recom=what == "gerrychain_recom")
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
