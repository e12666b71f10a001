"""The core's steps under pytest-benchmark, for whoever changes them: ``pytest benchmarks``.

``--benchmark-save=before`` and ``--benchmark-compare`` set two versions side by side. The page of figures is
written by ``make bench``, which alternates with OR-tools on many more instances.
"""

from __future__ import annotations

from functools import cache
from time import process_time

import pytest

from benchmarks.cases import CASES, SEEDS
from benchmarks.clock import with_prices
from simulator.transport import Problem, priced_seats

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
def answer(name):
    return with_prices(problem(name), "priced_seats", priced_seats.solve(problem(name)))


def test_solve(benchmark, name):
    benchmark.group = name
    flow = benchmark.pedantic(priced_seats.solve, (problem(name),), rounds=ROUNDS, warmup_rounds=1)
    with_prices(problem(name), "priced_seats", flow).certify()


def test_price_pass(benchmark, name):
    benchmark.group = name
    given = (problem(name), "priced_seats", answer(name).flow)
    found = benchmark.pedantic(with_prices, given, rounds=ROUNDS, warmup_rounds=1)
    assert found.objective == answer(name).objective


def test_certify(benchmark, name):
    benchmark.group = name
    proof = benchmark.pedantic(answer(name).certify, rounds=ROUNDS, warmup_rounds=1)
    assert proof.placed + proof.unplaced == problem(name).supply.sum()
