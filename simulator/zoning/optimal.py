"""The best drawing there is, or how far from it at most: the exact search, begun from ``priced``."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import ZoneProposal, ZoningProblem
from simulator.zoning import priced
from simulator.zoning.accounting import proposal
from simulator.zoning.bounds import bounds_beside
from simulator.zoning.joining import ways_of
from simulator.zoning.mending import Mending
from simulator.zoning.proving import WORK_OF_A_SECOND
from simulator.zoning.search import Search

DEFAULT_SECONDS = 60
"""Limit of work: about so many seconds, but counted, so that no clock decides (``proving``)."""

GIVEN_UP = (
    (),
    ("contiguity_given_up",),
    ("contiguity_given_up", "own_blocks_given_up"),
    ("contiguity_given_up", "limit_given_up"),
)
"""Rules that are given up, one set after the other, until there is a drawing that keeps the rest."""

SHARE_OF_PARTS = 0.4
"""Share of the work that goes into a few zones at a time, before the whole is searched."""


def draw(
    problem: ZoningProblem, hint: ZoneProposal | None = None, *, seconds: float = DEFAULT_SECONDS
) -> ZoneProposal:
    """The drawing of least cost that keeps the rules, with a proven bound on all of them.

    The rules: every block to one of its candidates; zones hang together, but for blocks that no drawing can
    join; a block in which schools with seats stand holds one of them; no more change than ``most_changed``.

    1. A drawing to begin with: ``hint``, by itself what ``priced`` draws, so that at once there is an answer
       no worse than that.
    2. The exact search over a few zones at a time, all around the city, until none of it helps (``mending``).
    3. The exact search over the whole, without the arcs that the seat prices show to be in no better drawing
       (``search``). Its bound holds for every drawing that keeps the rules.

    Of what the drawing to begin with knows of all others the better bounds are kept: its prices of change may
    tell more where a limit on changes binds.

    Where no drawing keeps the rules, contiguity is given up, then that schools hold their blocks, and only
    where a block must leave whatever happens the limit on change; ``steps`` says so (``GIVEN_UP``), and the
    proposal lists what it breaks. Where the work is done before one that keeps them is found, the drawing to
    begin with comes back (``rules_not_met``).

    Args:
        hint: any drawing of the same problem. seconds: limit of work (see ``DEFAULT_SECONDS``).
    """
    ways = ways_of(problem)
    begun = priced.draw(problem) if hint is None else hint
    work = WORK_OF_A_SECOND * seconds
    parts = Mending(problem, begun.assigned, SHARE_OF_PARTS * work)
    if work > 0:
        parts.connect()
        parts.improve()
    left = (1 - SHARE_OF_PARTS) * work + max(parts.left, 0.0)
    starts = [begun.assigned, parts.assigned, problem.today]
    anywhere = replace(ways, usable=np.ones_like(ways.usable))
    for given_up in GIVEN_UP:
        over = anywhere if "own_blocks_given_up" in given_up else ways
        search = Search(over, starts, contiguous=not given_up, limited="limit_given_up" not in given_up)
        if search.run(left):
            break
    given = dict.fromkeys(given_up, 1)
    best = search.best
    if best is None:
        given["rules_not_met"] = 1
        best = begun.assigned.astype(np.int64)
    drawn = proposal(problem, "optimal", best)
    excess = int(drawn.excess.sum())
    beside = bounds_beside(problem, drawn, seconds=work / 4)
    bound, fewest, least = search.bound, beside.excess, beside.weighed
    if not given:
        bound, fewest = max(bound, begun.bound), max(fewest, begun.excess_bound)
        if excess <= int(begun.excess.sum()):
            least = max(least, begun.weighed_bound)
    bound = min(bound, drawn.cost)
    if search.best is not None:
        least = max(least, bound - problem.excess_metres * excess)
    return replace(
        drawn,
        prices=search.prices,
        bound=bound,
        bound_of="search",
        excess_bound=min(fewest, excess),
        weighed_bound=min(least, drawn.weighed),
        steps={"parts": parts.parts, "parts_gained": parts.gains} | search.steps | given,
    )
