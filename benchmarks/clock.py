"""Measuring the core inside one process: processor time, one thread, answers certified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import process_time
from typing import Any

from benchmarks.cases import Case
from simulator.transport import Flow, Problem, solve
from simulator.transport.ties import Settled, settle_ties


def timed(function: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, float]:
    """What a call returns, and the seconds of processor time it took."""
    start = process_time()
    result = function(*args, **named)
    return result, process_time() - start


def solve_and_price(problem: Problem, engine: str) -> tuple[Flow, float]:
    """The flow with its minimal prices, ties as the engine left them; the seconds from the problem to both.

    Either engine's flow goes through the same compiled price pass. OR-tools' network is built in bulk arrays.
    """
    return timed(solve, problem, engine, settle_ties=False)


def ties_settled(answer: Flow) -> tuple[Settled, float]:
    """The flow with ties settled, where that does not cost more than the solve, and the seconds it took."""
    return timed(settle_ties, answer.problem, answer.total_prices, answer.flow, answer.unplaced)


def warm_up(cases: Sequence[Case]) -> None:
    """Compile, or read from the disk, all that small instances of these cases need."""
    for case in cases:
        small = min(case.children, 3_000 * case.group)
        problem = replace(case, children=small, schools=30).problem(seed=1)
        answer, _ = solve_and_price(problem, "priced_seats")
        answer.certify()
        ties_settled(answer)
        solve(problem, "priced_seats")
