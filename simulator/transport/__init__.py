"""The core: priced seats. Groups, candidate pools and a tree of seats -> flow, minimal prices, proof.

``solve`` is the core itself. Around it, each imported by its own name: ``tier_by_tier`` and
``least_greatest`` (other aims), ``cost_curve`` (costs other than metres), ``lazy`` (candidates on demand),
``shares`` (rules over a county).
"""

from __future__ import annotations

from importlib import import_module

import numpy as np

from simulator.model.arrays import Integers
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
"""Engines by name: the module whose ``solve(problem, warm_start)`` returns a least-cost flow; imported when
asked for."""

PRICE_PASSES = {
    "priced_seats": "simulator.transport.priced_seats.prices",
    "ortools": "simulator.transport.prices",
}
"""The module whose ``settle`` prices an engine's flow: compiled beside the compiled engine, else numpy. Both
give the same numbers; the compiler is an import and a wait that the other engine should not cost."""


def solve(problem: Problem, engine: str = "ortools", *, warm_start: Integers | None = None) -> Flow:
    """The least-cost flow of ``problem`` with its minimal seat prices.

    The engine finds a flow; the prices are ours, from one shortest-path pass, so that every engine gives the
    same ones. ``ortools`` starts at once and suits the coordination of a city; ``priced_seats`` is many times
    faster on large problems and compiles itself the first time it is used on a machine, for about half a
    minute; its price pass is compiled too.

    Args:
        warm_start: int (nodes,), ``Flow.prices`` of an earlier and similar problem over the same seat tree
            (the next draw, variant or year). ``priced_seats`` begins its search there, and is the faster the
            nearer they are; ``ortools`` has no use for them. They change no objective and no price, however
            wrong they are; of several least-cost flows another one may be found.

    Raises:
        KeyError: no engine of that name. ValueError: ``warm_start`` is no int (nodes,).
        CertificateError: the engine's flow is not optimal.
    """
    if engine not in ENGINES:
        raise KeyError(f"no engine {engine!r}; there are: {', '.join(ENGINES)}")
    if warm_start is not None:
        given = np.asarray(warm_start)
        if given.shape != (problem.nodes,) or given.dtype.kind not in "iu":
            raise ValueError(
                f"warm_start must be integers ({problem.nodes},), not {given.dtype} {given.shape}"
            )
    flow = import_module(ENGINES[engine]).solve(problem, warm_start)
    unplaced, total, objective = import_module(PRICE_PASSES[engine]).settle(problem, flow)
    return Flow(problem, engine, flow, unplaced, own_prices(problem, total), total, objective)
