"""Where new schools save most: candidates to open, with a proven bound.

``AIMS`` holds the aims by name; a new one is one file, one line and one test. Every aim gives costs and a way
of serving; one search, made of Lagrangian bounds, the core of priced seats and branching over the sites,
answers them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from simulator.model import SitingProblem, SitingProposal

__all__ = ["AIMS", "DEFAULT_WORK", "site"]

AIMS: Mapping[str, str] = {
    "least_total": "simulator.zoning.siting.least_total",
    "p_median": "simulator.zoning.siting.p_median",
    "coverage": "simulator.zoning.siting.coverage",
}
"""Aims by name: the module whose ``task(problem)`` gives its costs; imported when asked for."""

DEFAULT_WORK = 1_000_000_000
"""Limit of counted work, in arcs looked at: some seconds to a minute."""


def site(problem: SitingProblem, aim: str, *, work: int = DEFAULT_WORK) -> SitingProposal:
    """Which candidates to open for ``aim``; the same answer on every machine, whatever the clock says.

    Args:
        work: limit of counted work. Where it ends the search, the bound lies below the cost and ``gap`` says
            how far.

    Raises:
        KeyError: no aim of that name. ValueError: the problem lacks what the aim needs.
    """
    if aim not in AIMS:
        raise KeyError(f"no aim {aim!r}; there are: {', '.join(AIMS)}")
    task = import_module(AIMS[aim]).task(problem)
    found = import_module("simulator.zoning.siting.search").Search(task, work).run()
    answer: SitingProposal = import_module("simulator.zoning.siting.accounting").proposal(
        problem, aim, task, found
    )
    return answer
