"""Coordination at least total cost: the core places as many as can be placed, with the fewest metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.mechanisms.choosing import Tree
from simulator.mechanisms.together import keep_together
from simulator.mechanisms.zoned_priority import require_rule
from simulator.model import UNPLACED, Applications, Assignment, Draw, Ragged, Seats
from simulator.model.arrays import Integers
from simulator.transport import Flow, Problem, solve, unplaced_base, unplaced_costs


def least_total(
    applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
) -> Assignment:
    """Seat the applicants by the least-cost flow, certified.

    1. Applicants with the same label ``alike`` and the same tier are one group. Groups are sorted by the
       best place in the draw among their members, arcs by pool: the flow found does not depend on the order
       of rows.
    2. Staying unplaced costs more than any metres, more the better the tier (``unplaced_costs``). The core
       solves; its certificate is checked, always.
    3. Each group deals its seats to its members: cheapest school first, best number in the draw first.
    4. Twins dealt apart are brought together at the least extra metres (``keep_together``).

    ``prices`` are total prices: what one more seat at the node and all above it would save. Prices and
    certificate are those of the flow, before step 4; ``twin_extra_metres`` tells what step 4 cost.

    Args:
        seats: seats still free at each node. last_seat: ``both_in`` or ``next``.

    Raises:
        ValueError: applicants labelled alike whose arcs differ, an arc to a node that is no leaf, or an
            unknown ``last_seat``.
        CertificateError: the core's answer is not optimal.
    """
    tree = Tree.of(seats)
    tree.require_leaves(applications.pool)
    require_rule(last_seat)
    groups = _group(applications, draw)
    _require_alike(applications, groups)
    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(groups.first)
    origin = arcs.values[np.lexsort((applications.pool[arcs.values], arcs.owners))]
    pool, cost = applications.pool[origin], applications.cost[origin]
    largest, schools = int(cost.max(initial=0)), len(np.unique(pool))
    tiers, tier = np.unique(applications.tier[groups.first], return_inverse=True)
    flow = solve(
        Problem(
            supply=np.bincount(groups.of, minlength=len(groups.first)),
            offsets=arcs.offsets,
            pool=pool,
            cost=cost,
            unplaced_cost=unplaced_costs(tier, max(1, len(tiers)), largest, schools),
            seats=seats.seats,
            parent=seats.parent,
        )
    )
    proof = flow.certify()
    dealt = _deal(applications, groups, flow, origin)
    joined = keep_together(applications, seats, draw, dealt, last_seat=last_seat)
    return Assignment(
        joined.arc,
        over=joined.over,
        prices=flow.total_prices,
        certificate={
            "engine": proof.engine,
            "objective": proof.objective,
            "unplaced_base": unplaced_base(largest, schools),
            "tiers": len(tiers),
            "groups": len(groups.first),
            "placed": proof.placed,
            "unplaced": proof.unplaced,
            "cost_of_placed": int(np.sum(flow.flow * cost)),
            "arcs_checked": proof.arcs_checked,
            "priced_nodes": proof.priced_nodes,
            "optimal": True,
            "twins_dealt_apart": joined.apart,
            "twin_extra_metres": joined.extra_metres,
            "placed_after_twins": int(np.sum(joined.arc != UNPLACED)),
        },
    )


@dataclass(frozen=True)
class _Groups:
    """Groups in the order of the draw: ``of`` the group of each applicant, ``first`` the best placed member,
    ``turn`` the place of each applicant among all here (distinct)."""

    of: Integers
    first: Integers
    turn: Integers


def _group(applications: Applications, draw: Draw) -> _Groups:
    place = draw.order[applications.student]
    in_turn = np.lexsort((applications.student, place))
    turn = np.empty(len(applications), dtype=np.int64)
    turn[in_turn] = np.arange(len(applications))
    label = np.stack((applications.alike, applications.tier), axis=1)
    _, best, back = np.unique(label[in_turn], axis=0, return_index=True, return_inverse=True)
    number = np.empty(len(best), dtype=np.int64)
    number[np.argsort(best)] = np.arange(len(best))
    of = np.empty(len(applications), dtype=np.int64)
    of[in_turn] = number[back.reshape(-1)]
    return _Groups(of, in_turn[np.sort(best)], turn)


def _require_alike(applications: Applications, groups: _Groups) -> None:
    """Refuse a group whose members do not have the same pools at the same costs, arc by arc."""
    first = groups.first[groups.of]
    lengths = np.diff(applications.offsets)
    same = bool(np.all(lengths == lengths[first]))
    if same:
        arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(first).values
        same = np.array_equal(applications.pool, applications.pool[arcs])
        same = same and np.array_equal(applications.cost, applications.cost[arcs])
    if not same:
        raise ValueError("Applications: applicants labelled alike must have identical arcs and costs")


def _deal(applications: Applications, groups: _Groups, flow: Flow, origin: Integers) -> Integers:
    """The arc of every applicant, int64 (applicants,): seats cheapest first to members best number first."""
    problem = flow.problem
    count = len(groups.first)
    group = np.concatenate((problem.group, np.arange(count)))
    within = np.concatenate((origin - applications.offsets[groups.first][problem.group], np.zeros(count)))
    cost = np.concatenate((problem.cost, np.zeros(count, dtype=np.int64)))
    pool = np.concatenate((problem.pool, np.zeros(count, dtype=np.int64)))
    none = np.arange(len(group)) >= len(problem.pool)
    children = np.concatenate((flow.flow, flow.unplaced))
    sorting = np.lexsort((pool, cost, none, group))
    slot = np.repeat(sorting, children[sorting])
    member = np.lexsort((groups.turn, groups.of))
    arc = np.empty(len(applications), dtype=np.int64)
    first_arc = applications.offsets[:-1][member]
    arc[member] = np.where(none[slot], UNPLACED, first_arc + within[slot].astype(np.int64))
    return arc
