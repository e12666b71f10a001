"""OR-Library's capacitated warehouses: with the open ones fixed, a transportation problem of known optimum.

Beasley, J. E. (1988), An algorithm for solving large capacitated warehouse location problems, European
Journal of Operational Research 33: 314-325. A customer may be served by several warehouses, in proportion.
"""

import csv
import os
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, eye_array, kron

from simulator.model import UNPLACED
from simulator.transport import ENGINES, Problem, solve, unplaced_base

SHARED = Path(os.environ.get("XUEWEI_SHARED") or Path(__file__).resolve().parents[3] / "shared")
FOLDER = SHARED / "cases" / "optima"
EXPECTED = FOLDER / "cap_expected.csv"
NAMES = [f"cap{block}{number}" for block in (6, 7, 8, 9, 10) for number in (1, 2, 3, 4)]

pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason="no cases/optima/cap_expected.csv under XUEWEI_SHARED or ../shared"
)


@dataclass(frozen=True)
class Warehouses:
    """Every number as it stands in the file: ``capacity``, ``fixed`` (sites,), ``demand`` (customers,),
    ``cost`` (customers, sites) of one unit of demand."""

    capacity: list[int]
    fixed: list[Fraction]
    demand: list[int]
    cost: list[list[Fraction]]


def read(name):
    words = iter((FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())
    sites, customers = int(next(words)), int(next(words))
    site = [(int(next(words)), Fraction(next(words))) for _ in range(sites)]
    demand, cost = [], []
    for _ in range(customers):
        units = int(next(words))
        demand.append(units)
        # The file gives the cost of all the demand; part of it costs in proportion.
        cost.append([Fraction(next(words)) / units for _ in range(sites)])
    assert next(words, None) is None
    return Warehouses([c for c, _ in site], [f for _, f in site], demand, cost)


def best_sites(case):
    """The sites of an optimal solution, by a mixed-integer program; all that follows is exact."""
    sites, customers = len(case.capacity), len(case.demand)
    whole = np.array([[float(c * d) for c in row] for row, d in zip(case.cost, case.demand, strict=True)])
    cost = np.concatenate(([float(f) for f in case.fixed], whole.ravel()))
    served = kron(eye_array(customers), np.ones((1, sites)))
    only_if_open = block_array([[kron(np.ones((customers, 1)), -eye_array(sites)), eye_array(whole.size)]])
    load = kron(np.array(case.demand, dtype=float)[None], eye_array(sites))
    within = block_array([[-eye_array(sites).multiply(np.array(case.capacity, dtype=float)), load]])
    none = np.zeros((customers, sites))
    found = milp(
        cost,
        integrality=np.concatenate((np.ones(sites), np.zeros(whole.size))),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(block_array([[none, served]]), 1, 1),
            LinearConstraint(only_if_open, -np.inf, 0),
            LinearConstraint(within, -np.inf, 0),
        ],
        options={"mip_rel_gap": 0},
    )
    assert found.status == 0
    return found.x[:sites] > 0.5


def transportation(case, is_open):
    """The problem with these sites, and how many units of its cost make one of the file's."""
    scale = lcm(*(c.denominator for row in case.cost for c in row))
    cost = np.array([[int(c * scale) for c in row] for row in case.cost], dtype=np.int64)
    customers, sites = cost.shape
    p = Problem(
        supply=np.array(case.demand),
        offsets=np.arange(customers + 1) * sites,
        pool=np.tile(np.arange(sites), customers),
        cost=cost.ravel(),
        unplaced_cost=np.full(customers, unplaced_base(int(cost.max()), sites)),
        seats=np.where(is_open, case.capacity, 0),
        parent=np.full(sites, UNPLACED),
    )
    return p, scale


@pytest.mark.parametrize("name", NAMES)
def test_the_published_optimum_to_the_last_digit(name):
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = {row["file"]: row for row in csv.DictReader(file)}[f"{name}.txt"]
    case = read(name)
    assert len(case.capacity) == int(expected["m"]) and len(case.demand) == int(expected["n"])
    is_open = best_sites(case)
    p, scale = transportation(case, is_open)
    rent = sum(f for f, used in zip(case.fixed, is_open, strict=True) if used)
    prices = set()
    for engine in ENGINES:
        answer = solve(p, engine)
        assert answer.certify().unplaced == 0
        assert rent + Fraction(answer.objective, scale) == Fraction(expected["optimum_highs"])
        prices.add(answer.total_prices.tobytes())
    assert len(prices) == 1
