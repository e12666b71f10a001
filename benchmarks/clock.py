"""Measuring the core inside one process: processor time, one thread, answers certified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from time import process_time
from typing import Any

from benchmarks.cases import Case
from simulator.model.arrays import Integers
from simulator.transport import ENGINES, Flow, Problem, own_prices
from simulator.transport.priced_seats.prices import settle


def timed(function: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, float]:
    """What a call returns, and the seconds of processor time it took."""
    start = process_time()
    result = function(*args, **named)
    return result, process_time() - start


def solve_and_price(problem: Problem, engine: str) -> tuple[Flow, float]:
    """The flow with its minimal prices, and the seconds of processor time from the problem to both.

    Either engine's flow goes through the same compiled price pass. OR-tools' network is built in bulk arrays.
    """
    start = process_time()
    flow = import_module(ENGINES[engine]).solve(problem)
    answer = with_prices(problem, engine, flow)
    return answer, process_time() - start


def with_prices(problem: Problem, engine: str, flow: Integers) -> Flow:
    """The engine's flow with what the compiled price pass makes of it."""
    unplaced, total, objective = settle(problem, flow)
    return Flow(problem, engine, flow, unplaced, own_prices(problem, total), total, objective)


def warm_up(cases: Sequence[Case]) -> None:
    """Compile, or read from the disk, all that small instances of these cases need."""
    for case in cases:
        small = min(case.children, 3_000 * case.group)
        problem = Case(small, 30, case.slack, case.group, case.round_to, case.half_in_one, case.bare).problem(
            seed=1
        )
        answer, _ = solve_and_price(problem, "priced_seats")
        answer.certify()
