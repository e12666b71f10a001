"""Published location problems of known optimum, as siting problems; read from ``cases/optima``.

- ``cap*``: Beasley, J. E. (1988), An algorithm for solving large capacitated warehouse location problems,
  European Journal of Operational Research 33: 314-325. A customer may be served by several warehouses.
- ``pmedcap1_*``: Osman, I. H. and Christofides, N. (1994), Capacitated clustering problems by hybrid
  simulated annealing and tabu search, International Transactions in Operational Research 1: 317-336.
- ``pmed1``: Beasley, J. E. (1985), A note on solving large p-median problems, European Journal of
  Operational Research 21: 270-273.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from simulator.model import SitingProblem

SHARED = Path(os.environ.get("XUEWEI_SHARED") or Path(__file__).resolve().parents[2] / "shared")
FOLDER = SHARED / "cases" / "optima"
THERE = (FOLDER / "cap_expected.csv").exists()
ABSENT = "no cases/optima under XUEWEI_SHARED or ../shared"

CAP = tuple(f"cap{block}{number}" for block in (6, 7, 8, 9, 10) for number in (1, 2, 3, 4))
PMEDCAP = tuple(f"pmedcap1_{number}" for number in range(1, 11))


@dataclass(frozen=True)
class Published:
    """A problem, its aim, and its optimum in the units of the file: ``scale`` of the problem's make one."""

    problem: SitingProblem
    aim: str
    optimum: Fraction
    scale: int = 1


def published(name: str) -> Published:
    """The instance of that name."""
    if name.startswith("pmedcap"):
        return _capacitated_median(name)
    return _median(name) if name.startswith("pmed") else _warehouses(name)


def _expected(table: str, name: str, column: str) -> Fraction:
    with (FOLDER / table).open(encoding="utf-8", newline="") as file:
        return Fraction({row["file"]: row for row in csv.DictReader(file)}[f"{name}.txt"][column])


def _all_candidates(metres: np.ndarray) -> dict[str, np.ndarray]:
    """Every block may go to every site: ``metres`` (blocks, sites)."""
    blocks, sites = metres.shape
    return {
        "offsets": np.arange(blocks + 1) * sites,
        "site": np.tile(np.arange(sites), blocks),
        "metres": metres.ravel(),
        "kept": np.zeros(sites, dtype=np.bool_),
    }


def _warehouses(name: str) -> Published:
    """Costs are decimal numbers for all the demand of a customer; here whole ones for a unit of it."""
    words = iter((FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())
    sites, customers = int(next(words)), int(next(words))
    site = [(int(next(words)), Fraction(next(words))) for _ in range(sites)]
    demand, cost = [], []
    for _ in range(customers):
        demand.append(int(next(words)))
        cost.append([Fraction(next(words)) / demand[-1] for _ in range(sites)])
    fixed = [rent for _, rent in site]
    scale = lcm(*(number.denominator for row in [*cost, fixed] for number in row))
    problem = SitingProblem(
        load=np.array(demand),
        seats=np.array([capacity for capacity, _ in site]),
        fixed_metres=np.array([int(rent * scale) for rent in fixed]),
        **_all_candidates(np.array([[int(c * scale) for c in row] for row in cost])),
    )
    return Published(problem, "least_total", _expected("cap_expected.csv", name, "optimum_highs"), scale)


def _capacitated_median(name: str) -> Published:
    """Blocks are whole, need seats by their demand and walk once; the distance is rounded down."""
    words = [int(word) for word in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()]
    blocks, open_sites, seats = words[2:5]
    rows = np.array(words[5 : 5 + 4 * blocks]).reshape(blocks, 4)
    places = rows[:, 1:3].tolist()
    metres = np.array([[isqrt((x - u) ** 2 + (y - v) ** 2) for u, v in places] for x, y in places])
    problem = SitingProblem(
        load=rows[:, 3],
        weight=np.ones(blocks, dtype=np.int64),
        seats=np.full(blocks, seats),
        fixed_metres=np.zeros(blocks, dtype=np.int64),
        most_opened=open_sites,
        whole_blocks=True,
        **_all_candidates(metres),
    )
    return Published(problem, "least_total", _expected("pmedcap_expected.csv", name, "published_optimum"))


def _median(name: str) -> Published:
    """Shortest ways on a graph; of an edge that stands twice the later row holds."""
    words = [int(word) for word in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()]
    blocks, edges, open_sites = words[:3]
    rows = np.array(words[3 : 3 + 3 * edges]).reshape(edges, 3)
    length = {(min(i, j), max(i, j)): cost for i, j, cost in rows.tolist()}
    ends = np.array(list(length)) - 1
    graph = csr_array((np.array(list(length.values())), (ends[:, 0], ends[:, 1])), shape=(blocks, blocks))
    metres = shortest_path(graph, directed=False).astype(np.int64)
    problem = SitingProblem(
        load=np.ones(blocks, dtype=np.int64),
        seats=np.zeros(blocks, dtype=np.int64),
        fixed_metres=np.zeros(blocks, dtype=np.int64),
        most_opened=open_sites,
        **_all_candidates(metres),
    )
    return Published(problem, "p_median", _expected("pmed_expected.csv", name, "published_optimum_recalled"))
