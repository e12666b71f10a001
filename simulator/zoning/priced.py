"""``priced``: weighted Voronoi cells of the core's seat prices, mended and improved by chains of shifts."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.accounting import counted, proposal
from simulator.zoning.bounds import bounds_beside
from simulator.zoning.cells import Cells, arcs_of, cells, hold_own_schools
from simulator.zoning.exchange import Improved, improve
from simulator.zoning.ground import Aim, Drawing, Ground, aim_at_cost, lay_out, units_of_change
from simulator.zoning.mending import Mending
from simulator.zoning.nearest import nearest
from simulator.zoning.present import present_drawing
from simulator.zoning.split import Split, split_optimum
from simulator.zoning.walks import begin

HALVINGS = 12
"""How often the price of change is halved in on, where a limit on changes binds."""


DEAR = 2.0
"""What a child beyond the seats is priced at first, in greatest seat prices."""
FALLS = (0.9, 1.2)
"""Prices to fall back to, one after the other."""
SECONDS_OF_MENDING = 1.0
"""Limit of deterministic seconds for the exact search at the end; they count its work, and are no clock."""


class Drawn(NamedTuple):
    """A drawing at the end of its search, and the work."""

    drawing: Drawing
    done: Improved


def draw(problem: ZoningProblem) -> ZoneProposal:
    """Zones of least cost, children beyond the seats first; near the best as a rule, a bound beside them.

    1. The core, blocks split as it likes, gives seat prices and a bound that no drawing can pass (``split``).
    2. Every block goes to the least metres + price; ties and detached pieces are grown from the zones so that
       all hangs together (``cells``).
    3. Whole blocks overfill some schools. Chains of shifts over several zones mend that and lower the cost
       until none is left that pays and keeps the zones together (``exchange``): at first with a child beyond
       the seats at a price, then with such children before everything else. Twice the price falls
       to about what seats are worth and comes back, from the best drawing so far.
    4. Where a limit on changes binds, a price of change is added that keeps the cells to it, and the search
       does not pass it.
    5. Today's zones, improved, are a second drawing where there is a limit on changes, or where they are
       better than the first as they are; and so is every block at its nearest school if that is better. So
       the answer is never worse than either, where they keep the rules.
    6. Blocks without a way, and schools still overfull, are mended by the exact search over the few zones
       around them (``mending``), within a limit of work; then the chains run once more.

    Beside the bound of the core stand those on children beyond the seats and on the rest (``bounds``).
    """
    ground = lay_out(problem)
    units = units_of_change(problem)[ground.arc]
    free = split_optimum(problem)
    split, begun, bound = free, _cells(problem, ground, free, units), free.bound
    if _over(problem, begun.drawing):
        split, begun, bound = _within_limit(problem, ground, free, units)
    steps = {
        "tied_blocks": begun.tied,
        "shared_blocks": begun.shared,
        "grown_blocks": begun.grown,
        "reattached_blocks": begun.reattached,
        "lost_blocks": begun.lost,
    }
    before = proposal(problem, "priced", begun.drawing.assigned)
    best = search(problem, ground, begun.drawing, split)
    best = _or_from_today(problem, ground, best, free)
    best = _or_from_nearest(problem, ground, best, free)
    best, parts, gains = _mended(problem, ground, best)
    after = proposal(problem, "priced", best.drawing.assigned)
    holds = bound if after.changed <= problem.most_changed else free.bound
    beside = bounds_beside(problem, after, split.toll)
    return replace(
        after,
        prices=free.prices,
        bound=max(holds, free.bound, 0),
        bound_of="split",
        excess_bound=beside.excess,
        weighed_bound=beside.weighed,
        steps=steps
        | {
            "excess_before": int(before.excess.sum()),
            "excess_after": int(after.excess.sum()),
            "repair_metres": after.metres - before.metres,
            "rounds": best.done.rounds,
            "chains": best.done.chains,
            "shifts": best.done.shifts,
            "refused_chains": best.done.refused,
            "parts": parts,
            "parts_gained": gains,
        },
    )


def _or_from_today(problem: ZoningProblem, ground: Ground, best: Drawn, free: Split) -> Drawn:
    """``best``, or what comes of today's zones, where changes are limited or these are better as they are."""
    if np.all(problem.today == UNPLACED):
        return best
    today = _unsearched(present_drawing(problem, ground).drawing)
    if problem.most_changed < 0 and _better(problem, ground, best, today) is best:
        return best
    return _better(problem, ground, best, search(problem, ground, today.drawing, free))


def _or_from_nearest(problem: ZoningProblem, ground: Ground, best: Drawn, free: Split) -> Drawn:
    """``best``, or what comes of every block at its nearest school where that is better as it is."""
    assigned = nearest(problem)
    fixed, own = hold_own_schools(ground, ground.metres)
    arcs = arcs_of(ground, assigned.astype(np.int64))
    simple = _unsearched(
        begin(ground, assigned, fixed, units_of_change(problem)[ground.arc][arcs[arcs != UNPLACED]])
    )
    if _better(problem, ground, best, simple) is not simple:
        return best
    simple.drawing.fixed[:] = fixed & (simple.drawing.assigned == own)
    return search(problem, ground, simple.drawing, free)


def _unsearched(drawing: Drawing) -> Drawn:
    return Drawn(drawing, Improved(0, 0, 0, 0))


def _mended(problem: ZoningProblem, ground: Ground, drawn: Drawn) -> tuple[Drawn, int, int]:
    """``drawn``, or a better one by the exact search around what it breaks; parts searched, and gains."""
    excess = int(np.maximum(drawn.drawing.load - ground.seats, 0).sum())
    if excess == 0 and _broken(problem, ground, drawn.drawing) == (0, 0):
        return drawn, 0, 0
    mending = Mending(problem, drawn.drawing.assigned, SECONDS_OF_MENDING)
    mending.connect()
    mending.relieve()
    if mending.gains == 0:
        return drawn, mending.parts, 0
    units = units_of_change(problem)[ground.arc]
    fixed, own = hold_own_schools(ground, ground.metres)
    arcs = arcs_of(ground, mending.assigned)
    other = begin(ground, mending.assigned, fixed & (mending.assigned == own), units[arcs[arcs != UNPLACED]])
    done = drawn.done.then(improve(ground, other, aim_at_cost(problem, ground)))
    return _better(problem, ground, drawn, Drawn(other, done)), mending.parts, mending.gains


def search(problem: ZoningProblem, ground: Ground, drawing: Drawing, split: Split) -> Drawn:
    """Improve ``drawing`` by chains: with excess at twice the greatest price, then excess first of all.

    Where ``split`` has a toll on change, a first search pays it and so comes within the limit; then it is
    taken off. A price can lead astray: where the answer would be worse than ``drawing`` was, it is what comes
    of that without a price.
    """
    begun = begin(ground, drawing.assigned, drawing.fixed, drawing.changed)
    aim = aim_at_cost(problem, ground, problem.change_metres + split.toll)
    done = _rise(problem, ground, drawing, aim, split, DEAR)
    best, ranked = drawing, _rank(problem, ground, drawing)
    for price in FALLS:
        other = begin(ground, best.assigned, best.fixed, best.changed)
        done = done.then(_rise(problem, ground, other, aim, split, price))
        now = _rank(problem, ground, other)
        if now < ranked:
            best, ranked = other, now
    if split.toll:
        done = done.then(improve(ground, best, aim_at_cost(problem, ground)))
    if _rank(problem, ground, begun) < _rank(problem, ground, best):
        best = begin(ground, begun.assigned, begun.fixed, begun.changed)
        done = done.then(improve(ground, best, aim_at_cost(problem, ground)))
        # An uneven mix is rounded once at the end, so that a step can seem to pay and not do so.
        best = min((begun, best), key=lambda one: _rank(problem, ground, one))
    return Drawn(best, done)


def _rise(
    problem: ZoningProblem, ground: Ground, drawing: Drawing, aim: Aim, split: Split, price: float
) -> Improved:
    """Search with a child beyond the seats at ``price`` greatest seat prices, then before all else."""
    scale = 2 * aim.whole if aim.balance else 1
    metres = min(int(price * int(split.prices.max(initial=0))) + 1, problem.excess_metres)
    done = improve(ground, drawing, aim._replace(excess_first=0, excess_second=scale * metres))
    return done.then(improve(ground, drawing, aim))


def _cells(problem: ZoningProblem, ground: Ground, split: Split, units: Integers) -> Cells:
    """The cells of the prices, a change shared among the children of the block as in the bound."""
    children = np.maximum(problem.load[problem.block], 1)[ground.arc]
    change = (problem.change_metres + split.toll) * units // children
    return cells(ground, ground.metres + split.prices[ground.school] + change, split.load, units)


def _within_limit(
    problem: ZoningProblem, ground: Ground, free: Split, units: Integers
) -> tuple[Split, Cells, int]:
    """The least price of change, to a power of two and some halvings, whose cells keep the limit.

    Returns:
        The split optimum at that price, its cells, and the best bound of all prices tried.
    """
    bound, low, high = free.bound, 0, 1
    found: tuple[Split, Cells] | None = None
    most = problem.excess_metres
    for _ in range(HALVINGS + most.bit_length()):
        toll = high if found is None else (low + high) // 2
        split = split_optimum(problem, toll)
        bound = max(bound, split.of_every_drawing(problem.most_changed))
        begun = _cells(problem, ground, split, units)
        if not _over(problem, begun.drawing) or toll >= most:
            found, high = (split, begun), toll
        elif found is None:
            low, high = high, min(4 * high, most)
        else:
            low = toll
        if found is not None and high - low <= max(1, high >> 3):
            break
    assert found is not None
    return (*found, bound)


def _over(problem: ZoningProblem, drawing: Drawing) -> bool:
    """Whether more changes than may."""
    return 0 <= problem.most_changed < int(drawing.changed[0])


def _broken(problem: ZoningProblem, ground: Ground, drawing: Drawing) -> tuple[int, int]:
    """Units of change beyond the limit; blocks without a way to school + schools without their block."""
    beyond = max(int(drawing.changed[0]) - problem.most_changed, 0) if problem.most_changed >= 0 else 0
    apart = ~drawing.attached & ~ground.island & (drawing.assigned != UNPLACED)
    lost = np.count_nonzero(apart & (drawing.assigned != ground.stays))
    fixed = hold_own_schools(ground, ground.metres)[0]
    held = np.zeros(len(ground.load), dtype=np.bool_)
    standing = np.flatnonzero(ground.home != UNPLACED)
    held[ground.home[standing][drawing.assigned[ground.home[standing]] == standing]] = True
    return beyond, int(lost) + int(np.count_nonzero(fixed & ~held))


def _rank(problem: ZoningProblem, ground: Ground, drawing: Drawing) -> tuple[int, ...]:
    """What a drawing breaks, then its excess, then its cost: less is better."""
    found = counted(problem, drawing.assigned)
    return (*_broken(problem, ground, drawing), int(found.excess.sum()), found.cost)


def _better(problem: ZoningProblem, ground: Ground, one: Drawn, other: Drawn) -> Drawn:
    """The better of two by ``_rank``, the first of equals."""
    better = _rank(problem, ground, other.drawing) < _rank(problem, ground, one.drawing)
    return other if better else one
