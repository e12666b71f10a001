"""Blocks, schools and travel to zones: single-school zones by one of several methods, and groups of them.

``frame`` states the problem of a stage, ``status_quo`` sees today's zones as a drawing, ``draw`` draws.
``METHODS`` holds them by the name the scenario uses; a new method is one file, one line and one test.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from simulator.model import ZoneProposal, ZoningProblem
from simulator.zoning.concentrating import concentrate, small_schools
from simulator.zoning.framing import frame, neighbours_from
from simulator.zoning.grouping import group
from simulator.zoning.today import status_quo

__all__ = [
    "METHODS",
    "concentrate",
    "draw",
    "frame",
    "group",
    "neighbours_from",
    "small_schools",
    "status_quo",
]

METHODS: Mapping[str, str] = {
    "nearest": "simulator.zoning.nearest",
    "adjust": "simulator.zoning.adjust",
    "optimal": "simulator.zoning.optimal",
    "priced": "simulator.zoning.priced",
}
"""Methods by name: the module whose ``draw(problem)`` returns a ``ZoneProposal``; imported when asked for."""


LIMITED = frozenset({"optimal"})
"""Methods that go on as long as they are let: their ``draw`` takes the limit of work, ``seconds``."""


def draw(problem: ZoningProblem, method: str, *, seconds: float | None = None) -> ZoneProposal:
    """A drawing of ``problem`` by the method of that name.

    Args:
        seconds: limit of work of a method that has one, in deterministic seconds; None for its own.

    Raises:
        KeyError: no method of that name.
    """
    if method not in METHODS:
        raise KeyError(f"no method {method!r}; there are: {', '.join(METHODS)}")
    limit = {} if seconds is None or method not in LIMITED else {"seconds": seconds}
    answer: ZoneProposal = import_module(METHODS[method]).draw(problem, **limit)
    return answer
