"""``adjust``: today's zones, with as few changes as remove all overloads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.zoning import priced
from simulator.zoning.accounting import counted, proposal
from simulator.zoning.bounds import bounds_beside
from simulator.zoning.cells import arcs_of
from simulator.zoning.exchange import Improved, improve
from simulator.zoning.few_changes import fewest_changes
from simulator.zoning.ground import Aim, Drawing, Ground, aim_at_few_changes, lay_out, units_of_change
from simulator.zoning.present import present_drawing
from simulator.zoning.split import split_optimum
from simulator.zoning.walks import begin

PARTS = 1_000
"""Parts of a unit of change in which a child beyond the seats is priced."""
FIRST_PRICE, DEAREST_PRICE = 0.4, 60.0
"""Prices of a child beyond the seats to begin and to end with, in average changes per child."""
RISE = 1.5
"""By how much the price rises from search to search."""
FALLS = (1.2, 1.6, 2.0, 2.8) * 3
"""Prices to fall back to, one after the other."""


def draw(problem: ZoningProblem) -> ZoneProposal:
    """Today's zones, changed until no school is overfull, with few changes, then few metres.

    Today's zones may break anything: what they break is counted in ``steps``. Blocks without a school today,
    or with one that is ruled out, join a zone beside them first. Blocks detached today may stay so; none
    becomes detached. Where nothing is overfull then, no other block moves.

    1. A child beyond the seats is priced below the cheapest way to be rid of it; then the price rises step by
       step, and at each step chains of shifts run until none pays (``exchange``). So the cheapest removals
       are made first, and a chain carries children over as many zones as lie between them and room. At the
       end children beyond the seats weigh more than all changes.
    2. The price falls back and rises again, from the best drawing so far: dear changes are taken back and
       others are found.
    3. If children remain beyond the seats, ``priced`` zones are brought back towards today's instead.

    ``steps`` has a bound on the changes of every drawing that removes all overloads, contiguous or not
    (``few_changes``).
    """
    ground = lay_out(problem)
    today = present_drawing(problem, ground)
    split = split_optimum(problem)
    best, done, falls = today.drawing, Improved(0, 0, 0, 0), 0
    if _excess(ground, best):
        aim = aim_at_few_changes(problem, ground)
        done = _rise(problem, ground, best, aim, FIRST_PRICE)
        for price in FALLS:
            other = begin(ground, best.assigned, best.fixed, best.changed)
            done = done.then(_rise(problem, ground, other, aim, price))
            falls += 1
            if _rank(problem, ground, other) < _rank(problem, ground, best):
                best = other
        if _excess(ground, best):
            drawn = priced.draw(problem).assigned
            arcs = arcs_of(ground, drawn.astype(np.int64))
            units = units_of_change(problem)[ground.arc][arcs[arcs != UNPLACED]]
            other = begin(ground, drawn, _own(ground, drawn), units)
            done = done.then(improve(ground, other, aim))
            if _rank(problem, ground, other) < _rank(problem, ground, best):
                best = other
    made = proposal(problem, "adjust", best.assigned)
    beside = bounds_beside(problem, made)
    return replace(
        made,
        prices=split.prices,
        bound=split.bound,
        bound_of="split",
        excess_bound=beside.excess,
        weighed_bound=beside.weighed,
        steps=today.broken()
        | {
            "changes_bound": fewest_changes(problem),
            "price_falls": falls,
            "rounds": done.rounds,
            "chains": done.chains,
            "shifts": done.shifts,
            "refused_chains": done.refused,
        },
    )


def _rise(problem: ZoningProblem, ground: Ground, drawing: Drawing, aim: Aim, price: float) -> Improved:
    """Search at rising prices of a child beyond the seats, from ``price`` on; then it comes before all."""
    done = Improved(0, 0, 0, 0)
    change_of_a_child = PARTS * int(problem.change_count.sum()) / max(int(problem.load.sum()), 1)
    in_parts = aim._replace(first=aim.first * PARTS)
    while price < DEAREST_PRICE:
        at = in_parts._replace(excess_first=int(price * change_of_a_child) + 1)
        done = done.then(improve(ground, drawing, at))
        price *= RISE
    return done.then(improve(ground, drawing, aim))


def _excess(ground: Ground, drawing: Drawing) -> int:
    """Children beyond the seats."""
    return int(np.maximum(drawing.load - ground.seats, 0).sum())


def _own(ground: Ground, assigned: np.ndarray) -> np.ndarray:
    """bool (blocks,): blocks that go to a school with seats that stands in them."""
    standing = np.flatnonzero((ground.home != UNPLACED) & (ground.seats > 0))
    fixed = np.zeros(len(ground.load), dtype=np.bool_)
    fixed[ground.home[standing][assigned[ground.home[standing]] == standing]] = True
    return fixed


def _rank(problem: ZoningProblem, ground: Ground, drawing: Drawing) -> tuple[int, ...]:
    """Excess, then changes, then metres and the even mix; units beyond the limit before all."""
    changed = int(drawing.changed[0])
    beyond = max(changed - problem.most_changed, 0) if problem.most_changed >= 0 else 0
    found = counted(problem, drawing.assigned)
    return (
        beyond,
        _excess(ground, drawing),
        changed,
        found.metres + problem.balance_metres * found.unevenness,
    )
