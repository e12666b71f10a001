"""What the least-cost mechanisms share: a round posed to the core, and its flow dealt out to the children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.mechanisms.choosing import Tree, require_rule
from simulator.mechanisms.grouping import Groups, deal, group
from simulator.mechanisms.together import keep_together
from simulator.model import UNPLACED, Applications, Assignment, Draw, Ragged, Seats
from simulator.model.arrays import Integers
from simulator.transport import Certificate, Problem, unplaced_base, unplaced_costs
from simulator.transport.arc_order import cheapest_first


@dataclass(frozen=True)
class Posed:
    """A round as the core sees it.

    Attributes:
        applications, seats, draw, last_seat: the round.
        groups: its groups. tier: int64 (groups,), 0 for the first of the ``tiers`` that occur.
        origin: int64 (arcs,), the arc of the applications behind each arc of the problem.
        problem: groups, pools, costs. base: ``unplaced_base`` of its costs of staying unplaced.
    """

    applications: Applications
    seats: Seats
    draw: Draw
    last_seat: str
    groups: Groups
    tier: Integers
    tiers: int
    origin: Integers
    problem: Problem
    base: int

    def assign(self, flow: Integers, prices: Integers, facts: Mapping[str, int | str | bool]) -> Assignment:
        """Deal a flow out by the draw, bring twins together, and tell the facts that prove it.

        Prices and facts are those of the flow, before twins are brought together at the least extra metres
        (``keep_together``); ``twin_extra_metres`` tells what that cost.

        Args:
            flow: int64 (arcs,). prices: int64 (nodes,), total prices: what one more seat at the node and all
                above it would save. facts: of the proof, ``optimal`` among them.
        """
        dealt = deal(self.applications, self.groups, self.origin, self.problem.group, flow)
        joined = keep_together(self.applications, self.seats, self.draw, dealt, last_seat=self.last_seat)
        shared = {
            "unplaced_base": self.base,
            "tiers": self.tiers,
            "groups": len(self.groups),
            "cost_of_placed": int(np.sum(flow * self.problem.cost)),
            "twins_dealt_apart": joined.apart,
            "twin_extra_metres": joined.extra_metres,
            "placed_after_twins": int(np.sum(joined.arc != UNPLACED)),
        }
        return Assignment(joined.arc, over=joined.over, prices=prices, certificate={**facts, **shared})


def pose(applications: Applications, seats: Seats, draw: Draw, *, last_seat: str) -> Posed:
    """Pose a round to the core.

    1. Groups are sorted by the best place in the draw among their members, arcs by cost and then pool: the
       flow found does not depend on the order of rows, and the core need not sort.
    2. Staying unplaced costs more than any metres, more the better the tier (``unplaced_costs``).

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: applicants labelled alike whose arcs differ, an arc to a node that is no leaf, or an
            unknown ``last_seat``.
    """
    Tree.of(seats).require_leaves(applications.pool)
    require_rule(last_seat)
    groups = group(applications, draw)
    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(groups.first)
    in_order = cheapest_first(arcs.offsets, applications.cost[arcs.values], applications.pool[arcs.values])
    origin = arcs.values[in_order]
    pool, cost = applications.pool[origin], applications.cost[origin]
    largest, schools = int(cost.max(initial=0)), len(np.unique(pool))
    tiers, tier = np.unique(applications.tier[groups.first], return_inverse=True)
    problem = Problem(
        supply=np.bincount(groups.of, minlength=len(groups)),
        offsets=arcs.offsets,
        pool=pool,
        cost=cost,
        unplaced_cost=unplaced_costs(tier, max(1, len(tiers)), largest, schools),
        seats=seats.seats,
        parent=seats.parent,
    )
    return Posed(
        applications=applications,
        seats=seats,
        draw=draw,
        last_seat=last_seat,
        groups=groups,
        tier=tier,
        tiers=len(tiers),
        origin=origin,
        problem=problem,
        base=unplaced_base(largest, schools),
    )


def facts_of(proof: Certificate) -> dict[str, int | str | bool]:
    """A certificate of the core as plain facts."""
    return {
        "engine": proof.engine,
        "objective": proof.objective,
        "optimal": proof.optimal,
        "placed": proof.placed,
        "unplaced": proof.unplaced,
        "arcs_checked": proof.arcs_checked,
        "priced_nodes": proof.priced_nodes,
        "candidates": proof.candidates,
        "ties": proof.ties,
    }
