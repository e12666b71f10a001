"""What a drawing costs and breaks: every method's answer is counted here, whatever the method believes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.contiguity import detached, islands


class Counted(NamedTuple):
    """What a drawing costs, as in ``ZoningProblem``; ``weighed``: without children beyond the seats.

    ``excess`` int64 (schools,), ``changed`` units of change.
    """

    metres: int
    changed: int
    unevenness: int
    excess: Integers
    weighed: int
    cost: int


def counted(problem: ZoningProblem, assigned: Integers, method: str = "a drawing") -> Counted:
    """``assigned`` int (blocks,), counted from nothing but the problem.

    Raises:
        ValueError: a block with candidates has no school, or one that is no candidate.
    """
    arc = problem.arc(assigned)
    wrong = (arc == UNPLACED) & (np.diff(problem.offsets) > 0)
    if np.any(wrong):
        raise ValueError(f"{method}: block {np.flatnonzero(wrong)[0]} has no candidate school")
    excess = np.maximum(problem.loads(assigned) - problem.seats, 0)
    some = arc != UNPLACED
    metres = int((problem.load[some] * problem.metres[arc[some]]).sum())
    changed = int(problem.change_count[problem.leaves_today(assigned)].sum())
    unevenness = problem.unevenness(assigned)
    weighed = metres + problem.change_metres * changed + problem.balance_metres * unevenness
    beyond = problem.excess_metres * int(excess.sum())
    return Counted(metres, changed, unevenness, excess, weighed, weighed + beyond)


def proposal(
    problem: ZoningProblem,
    method: str,
    assigned: Integers,
    *,
    prices: Integers | None = None,
    bound: int = 0,
    bound_of: str = "none",
    steps: Mapping[str, int] | None = None,
) -> ZoneProposal:
    """``assigned`` int (blocks,) as a proposal, with its cost counted from nothing but the problem.

    Raises:
        ValueError: as ``counted``.
    """
    assigned = np.asarray(assigned, dtype=np.int32)
    found = counted(problem, assigned, method)
    return ZoneProposal(
        method=method,
        assigned=assigned,
        detached=detached(problem, assigned),
        island=islands(problem),
        prices=np.zeros(problem.schools, dtype=np.int64) if prices is None else prices,
        metres=found.metres,
        changed=found.changed,
        unevenness=found.unevenness,
        excess=found.excess,
        weighed=found.weighed,
        cost=found.cost,
        bound=bound,
        bound_of=bound_of,
        steps=dict(steps or {}),
    )
