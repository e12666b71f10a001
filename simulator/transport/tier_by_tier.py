"""Metres of higher tiers first: the least metres of tier one, then of tier two given that, and so on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model.arrays import Integers, freeze_columns
from simulator.transport import DEFAULT_ENGINE, solve
from simulator.transport.flow import Certificate, Flow
from simulator.transport.prices import CertificateError
from simulator.transport.problem import LARGEST, Problem
from simulator.transport.tiers import placing_outweighs, unplaced_base


@dataclass(frozen=True)
class TierByTier:
    """A flow that is best in the order of the tiers, with one proven step per tier.

    Attributes:
        problem: the problem it answers. tier: int64 (groups,), 0 for the first tier.
        steps: one flow per tier. Step t is optimal for the problem ``step_problem`` builds from step t - 1,
            and its optimal flows are exactly those that are best for the tiers up to t.
    """

    problem: Problem
    tier: Integers
    steps: tuple[Flow, ...]

    def __post_init__(self) -> None:
        freeze_columns(self)

    @property
    def flow(self) -> Integers:
        """int64 (arcs,): children over each arc."""
        return self.steps[-1].flow

    @property
    def unplaced(self) -> Integers:
        """int64 (groups,): children without a seat."""
        return self.steps[-1].unplaced

    def cost_of_tiers(self) -> Integers:
        """int64 (tiers,): cost of the placed children of each tier."""
        total = np.zeros(len(self.steps), dtype=np.int64)
        np.add.at(total, self.tier[self.problem.group], self.flow * self.problem.cost)
        return total

    def savings(self) -> Integers:
        """What one more seat at a node *and all above it* saves, tier by tier, int64 (tiers, nodes).

        Row 0 holds what the first step minimises: the cost of staying unplaced (of all tiers) and of the
        arcs of tier one; row t the arcs' cost of tier t + 1. Any but the first entry that is not zero may be
        below zero. The sum of a column parts by ``split_price`` into children and cost.

        The least total prices y of a step are distances (``minimal_total_prices``): with W and the indicator
        prices k of ``step_problem``, y(v) = W k(v) - (least cost of a way to use the seat among the ways that
        are best for the tiers before), because every node has such a way, along which the step before is
        tight. The last term stays below W / 2, and is the saving.
        """
        rows = [self.steps[0].total_prices]
        weight = _weight(self.problem)
        for before, step in zip(self.steps, self.steps[1:], strict=False):
            rows.append(step.total_prices - weight * _indicator_prices(before))
        return np.stack(rows)

    def certify(self) -> tuple[Certificate, ...]:
        """Prove every step, and that each was built from the one before; trusts no step.

        Raises:
            CertificateError: a step is not optimal, or is the answer to another question.
        """
        if not placing_outweighs(self.problem):
            raise CertificateError("staying unplaced does not outweigh the arcs")
        proofs = []
        before: Flow | None = None
        for tier, step in enumerate(self.steps):
            asked = step_problem(self.problem, self.tier, tier, before)
            if not _same(asked, step.problem):
                raise CertificateError(f"the step of tier {tier} answers another problem")
            proofs.append(step.certify())
            before = step
        if len(self.steps) != _tiers(self.tier):
            raise CertificateError("a tier without a step")
        return tuple(proofs)


def tier_by_tier(problem: Problem, tier: Integers, engine: str = DEFAULT_ENGINE) -> TierByTier:
    """The flow that leaves unplaced whom the costs of staying unplaced say, then walks least, tier by tier.

    The aim in its order: least cost of staying unplaced (with ``unplaced_costs``: most children, higher tiers
    first); then least cost of the arcs of tier one, then of tier two, and so on. The last step chooses among
    all flows that are best in this order; equally good ones are settled there as in any solve.

    Steps, and why they are exact:

    1. Tier one: the problem with the cost of all other tiers' arcs set to 0. Staying unplaced outweighs any
       arcs (``placing_outweighs``), so its optimal flows are the best in the first two aims.
    2. Optimal flows are those that meet complementary slackness with *one* pair of optimal prices y and
       payments u, whichever (a flow of the same cost meets it with any optimal prices). So the flows that are
       best up to tier t are those feasible flows that (a) use no arc of cost + y above u, (b) leave nobody
       unplaced whose cost of it is above u, (c) leave no seat empty at a node with a price of its own.
    3. Count the breaches: children on arcs of (a) and in (b), empty seats in (c). A child over an arc to leaf
       l fills a seat at each of the k(l) priced nodes at and above l, so up to a constant the count is a cost
       of the arcs, ``[breach] - k(l)``, and of staying unplaced, ``[breach]``: small whole numbers, raised
       by the largest k to be >= 0. Its least value is 0 breaches, reached by the flow of step t.
    4. Tier t + 1: W x this count + the cost of the arcs of tier t + 1. If an optimal flow breached anything,
       a flow without breach would differ from it by cycles, one of which lowers the count, by at least 1. A
       cycle passes each leaf once at most, entering at one arc and leaving at one, so it changes the cost by
       no more than ``schools x largest``, which is less than W: the flow was not optimal. So step t + 1
       minimises its cost over exactly the flows that are best up to tier t, and later steps keep it.

    No weight is carried from step to step, so costs stay as small as those of a single step, however many
    tiers there are.

    Args:
        problem: with a cost of staying unplaced that outweighs any arcs (``unplaced_costs``).
        tier: int (groups,), 0 for the first tier; tiers without a group are walked through all the same.
        engine: as ``solve``.

    Raises:
        ValueError: tiers that do not fit the groups, or staying unplaced does not outweigh the arcs.
        OverflowError: ``Problem``.
        CertificateError: the engine's flow is not optimal.
    """
    tiers = np.asarray(tier, dtype=np.int64)
    if tiers.shape != (problem.groups,) or np.any(tiers < 0):
        raise ValueError("tier_by_tier: one tier >= 0 per group")
    if not placing_outweighs(problem):
        raise ValueError("tier_by_tier: staying unplaced must outweigh any arcs")
    steps: list[Flow] = []
    for number in range(_tiers(tiers)):
        before = steps[-1] if steps else None
        # W at every priced node is optimal for W x the count alone, hence near to the prices looked for.
        near = None if before is None else _weight(problem) * (before.prices > 0)
        steps.append(solve(step_problem(problem, tiers, number, before), engine, warm_start=near))
    return TierByTier(problem, tiers, tuple(steps))


def step_problem(problem: Problem, tier: Integers, number: int, before: Flow | None) -> Problem:
    """The problem of tier ``number``: among the optimal flows of ``before``, the least cost of its arcs."""
    own_cost = np.where(tier[problem.group] == number, problem.cost, 0)
    if before is None:
        return _with_costs(problem, own_cost, problem.unplaced_cost)
    weight, indicator = _weight(problem), _indicator_prices(before)
    deepest = int(indicator.max(initial=0))
    if weight * (deepest + 2) >= LARGEST:
        raise OverflowError(
            f"tier_by_tier: a weight of {weight} over {deepest} priced levels could pass 2**62"
        )
    paid = before.paid_per_child()
    asked = before.problem
    breach = asked.cost + before.total_prices[asked.pool] > paid[asked.group]
    stays = asked.unplaced_cost > paid
    return _with_costs(
        problem,
        weight * (breach + deepest - indicator[problem.pool]) + own_cost,
        weight * (stays.astype(np.int64) + deepest),
    )


def _indicator_prices(step: Flow) -> Integers:
    """int64 (nodes,): how many nodes at and above each have a price of their own."""
    return step.problem.down_the_tree((step.prices > 0).astype(np.int64))


def _weight(problem: Problem) -> int:
    """W: above twice what any cycle, or any way to one more seat, can change in cost."""
    return unplaced_base(int(problem.cost.max(initial=0)), len(np.unique(problem.pool)))


def _tiers(tier: Integers) -> int:
    return int(tier.max(initial=0)) + 1


def _with_costs(problem: Problem, cost: Integers, unplaced_cost: Integers) -> Problem:
    return Problem(
        problem.supply, problem.offsets, problem.pool, cost, unplaced_cost, problem.seats, problem.parent
    )


def _same(one: Problem, other: Problem) -> bool:
    names = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)
