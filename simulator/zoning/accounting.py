"""What a drawing costs and breaks: every method's answer is counted here, whatever the method believes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.model import UNPLACED, ZoneProposal, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.contiguity import detached, islands


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
        ValueError: a block with candidates has no school, or one that is no candidate.
    """
    assigned = np.asarray(assigned, dtype=np.int32)
    arc = problem.arc(assigned)
    wrong = (arc == UNPLACED) & (np.diff(problem.offsets) > 0)
    if np.any(wrong):
        raise ValueError(f"{method}: block {np.flatnonzero(wrong)[0]} has no candidate school")
    excess = np.maximum(problem.loads(assigned) - problem.seats, 0)
    metres = travelled(problem, assigned)
    changed = int(problem.change_count[problem.leaves_today(assigned)].sum())
    unevenness = problem.unevenness(assigned)
    cost = (
        metres
        + problem.change_metres * changed
        + problem.balance_metres * unevenness
        + problem.excess_metres * int(excess.sum())
    )
    return ZoneProposal(
        method=method,
        assigned=assigned,
        detached=detached(problem, assigned),
        island=islands(problem),
        prices=np.zeros(problem.schools, dtype=np.int64) if prices is None else prices,
        metres=metres,
        changed=changed,
        unevenness=unevenness,
        excess=excess,
        cost=cost,
        bound=bound,
        bound_of=bound_of,
        steps=dict(steps or {}),
    )


def travelled(problem: ZoningProblem, assigned: Integers) -> int:
    """Sum of load x metres over the blocks whose school is a candidate."""
    arc = problem.arc(assigned)
    some = arc != UNPLACED
    return int((problem.load[some] * problem.metres[arc[some]]).sum())
