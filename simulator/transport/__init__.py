"""The core: priced seats. Groups, candidate pools and a tree of seats -> flow, minimal prices, proof.

``solve`` is the core itself. Around it, each imported by its own name: ``tier_by_tier`` and
``least_greatest`` (other aims), ``cost_curve`` (costs other than metres), ``lazy`` (candidates on demand),
``shares`` (rules over a county).
"""

from __future__ import annotations

from importlib import import_module

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compact import Compact
from simulator.transport.flow import Certificate, Flow, own_prices
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem
from simulator.transport.tiers import split_price, unplaced_base, unplaced_costs

__all__ = [
    "DEFAULT_ENGINE",
    "ENGINES",
    "Certificate",
    "CertificateError",
    "Flow",
    "Problem",
    "own_prices",
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

DEFAULT_ENGINE = "priced_seats"
"""Our own; ``ortools`` is the reference it is held against."""


def solve(
    problem: Problem,
    engine: str = DEFAULT_ENGINE,
    *,
    warm_start: Integers | None = None,
    settle_ties: bool | None = None,
) -> Flow:
    """The least-cost flow of ``problem`` with its minimal seat prices.

    The engine finds a flow; the prices are ours, from one shortest-path pass, so that every engine gives the
    same ones; then ties between equally good flows are settled by the order of the groups, so that every
    engine gives the same flow (``ties.settle_ties``). ``priced_seats`` and the two passes are compiled the
    first time they are used on a machine, which takes some seconds, once.

    Args:
        warm_start: int (nodes,), ``Flow.prices`` of an earlier and similar problem over the same seat tree
            (the next draw, variant or year). ``priced_seats`` begins its search there: quicker than from
            nothing where they are near, slower where seats have moved (benchmarks/README.md);
            ``ortools`` has no use for them. They change no objective and no price, however
            wrong they are, and where ties are settled no flow.
        settle_ties: True settles ties whatever it costs, False leaves the engine's flow, None settles them
            unless that would cost more than the solve; ``Flow.ties`` tells.

    Raises:
        KeyError: no engine of that name. ValueError: ``warm_start`` is no int (nodes,).
        CertificateError: the engine's flow is not optimal. OverflowError: ``ties.settle_ties``.
    """
    if engine not in ENGINES:
        raise KeyError(f"no engine {engine!r}; there are: {', '.join(ENGINES)}")
    if warm_start is not None:
        given = np.asarray(warm_start)
        if given.shape != (problem.nodes,) or given.dtype.kind not in "iu":
            raise ValueError(
                f"warm_start must be integers ({problem.nodes},), not {given.dtype} {given.shape}"
            )
    compact = Compact.of(problem)
    asked = problem
    if compact.smaller:
        asked = compact.small()
        warm_start = None if warm_start is None else compact.own_prices(warm_start)
    found = import_module(ENGINES[engine]).solve(asked, warm_start)
    settled = import_module("simulator.transport.priced_seats.prices").settle(asked, found)
    flow, unplaced, ties = import_module("simulator.transport.ties").settle_ties(
        asked, settled.total_price, found, settled.unplaced, settle_ties
    )
    total = settled.total_price
    if asked is not problem:
        total = compact.total_prices(total)
    return Flow(problem, engine, flow, unplaced, own_prices(problem, total), total, settled.objective, ties)
