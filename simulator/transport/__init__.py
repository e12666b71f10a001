"""The core: priced seats. Groups, candidate pools and a tree of seats -> flow, minimal prices, proof."""

from __future__ import annotations

from importlib import import_module

from simulator.transport.flow import Certificate, Flow, own_prices
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem
from simulator.transport.tiers import split_price, unplaced_base, unplaced_costs

__all__ = [
    "ENGINES",
    "Certificate",
    "CertificateError",
    "Flow",
    "Problem",
    "solve",
    "split_price",
    "unplaced_base",
    "unplaced_costs",
]

ENGINES = {
    "priced_seats": "simulator.transport.priced_seats",
    "ortools": "simulator.transport.ortools_engine",
}
"""Engines by name: the module whose ``solve(problem)`` returns a least-cost flow; imported when asked for."""


def solve(problem: Problem, engine: str = "priced_seats") -> Flow:
    """The least-cost flow of ``problem`` with its minimal seat prices.

    The engine finds a flow; the prices are ours, from one shortest-path pass, so that every engine gives
    the same. The answer is not certified yet: ``solve(...).certify()`` does that.

    Raises:
        KeyError: no such engine. CertificateError: the engine's flow is not optimal.
    """
    if engine not in ENGINES:
        raise KeyError(f"no engine {engine!r}; there are: {', '.join(ENGINES)}")
    flow = import_module(ENGINES[engine]).solve(problem)
    # Imported here, for the compiler is a large import that reading the names above should not cost.
    from simulator.transport.priced_seats.prices import settle

    unplaced, total, objective = settle(problem, flow)
    return Flow(problem, engine, flow, unplaced, own_prices(problem, total), total, objective)
