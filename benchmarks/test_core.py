"""The core's steps under pytest-benchmark, for whoever changes them: ``pytest benchmarks``.

``--benchmark-save=before`` and ``--benchmark-compare`` set two versions side by side. The page of figures is
written by ``make bench``, which alternates with OR-tools on many more instances.
"""

from __future__ import annotations

from functools import cache
from time import process_time

import numpy as np
import pytest

from benchmarks.cases import CASES, SEEDS
from benchmarks.clock import solve_and_price, ties_settled
from simulator.transport import Flow, Problem, priced_seats
from simulator.transport.priced_seats.prices import settle

NAMES = ("10k", "100k", "100k-slack-1.00", "100k-half-in-one", "100k-region", "250k-groups")

pytestmark = [
    pytest.mark.benchmark(timer=process_time),
    pytest.mark.parametrize("name", NAMES),
]

ROUNDS = 5


@cache
def problem(name: str) -> Problem:
    """One instance of the case, the same for every step."""
    return CASES[name].problem(SEEDS[0])


@cache
def answer(name: str) -> Flow:
    """Its answer, ties as the engine left them."""
    return solve_and_price(problem(name), "priced_seats")[0]


def test_solve(benchmark, name):
    benchmark.group = name
    flow = benchmark.pedantic(priced_seats.solve, (problem(name),), rounds=ROUNDS, warmup_rounds=1)
    assert np.array_equal(flow, answer(name).flow)


def test_price_pass(benchmark, name):
    benchmark.group = name
    given = (problem(name), answer(name).flow)
    found = benchmark.pedantic(settle, given, rounds=ROUNDS, warmup_rounds=1)
    assert found.objective == answer(name).objective


def test_ties(benchmark, name):
    benchmark.group = name
    settled, _ = benchmark.pedantic(ties_settled, (answer(name),), rounds=ROUNDS, warmup_rounds=1)
    assert settled.ties == "settled"


def test_certify(benchmark, name):
    benchmark.group = name
    proof = benchmark.pedantic(answer(name).certify, rounds=ROUNDS, warmup_rounds=1)
    assert proof.placed + proof.unplaced == problem(name).supply.sum()
