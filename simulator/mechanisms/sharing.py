"""Least total cost with share rules: demands brought to the core, and told what became of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.mechanisms.least_cost import Posed
from simulator.model import UNPLACED, Assignment, ShareDemand, ShareResult
from simulator.transport.shares import ShareOutcome, ShareRule, solve_with_shares


def assign_with_shares(posed: Posed) -> Assignment:
    """Seat the applicants by the least-cost flow that keeps the round's share rules, certified.

    1. As many are placed as without the rules, tier by tier; then the rules are met, or come as near as they
       can; then least cost (``solve_with_shares``). The answer is checked against the problem, always.
    2. Each group deals its seats to its members, and twins are brought together (``Posed.assign``). That may
       take a child out of a seat that counts: ``ShareResult.reached`` is counted afterwards.

    Prices hold the surcharges that keep the rules; they bound from above what one more seat would save.

    Raises:
        CertificateError: the core's answer is not what it says.
    """
    demands = posed.applications.shares
    answer = solve_with_shares(posed.problem, [_rule(posed, demand) for demand in demands])
    proof = answer.certify()
    # Prices in units of cost: children placed in multiples of a base of its own, and the rest.
    base = answer.base // answer.surcharges.scale + 1
    placed = (answer.total_prices + answer.base // 2) // answer.base
    rest = (answer.total_prices - placed * answer.base) // answer.surcharges.scale
    facts: dict[str, int | str | bool] = {
        "engine": proof.engine,
        "placed": proof.placed,
        "unplaced": proof.unplaced,
        "arcs_checked": proof.arcs_checked,
        "priced_nodes": proof.priced_nodes,
        "optimal": proof.cost == proof.bound and answer.short_gap == 0,
        "share_bound": proof.bound,
        "share_gap": answer.gap,
        "share_short": answer.short,
        "share_short_gap": answer.short_gap,
        "share_solves": answer.solves,
    }
    assigned = replace(posed, base=base).assign(answer.flow, placed * base + rest, facts)
    results = [
        _result(posed, demand, outcome, assigned, (answer.short, answer.short_at_least))
        for demand, outcome in zip(demands, answer.outcomes, strict=True)
    ]
    told: dict[str, int | str | bool] = {}
    for outcome, result in zip(answer.outcomes, results, strict=True):
        told |= {
            f"share_needed {outcome.name}": outcome.needed,
            f"share_reached {outcome.name}": outcome.reached,
            f"share_reached_after_twins {outcome.name}": result.reached,
            f"share_method {outcome.name}": outcome.method,
            f"share_surcharge {outcome.name}": str(outcome.surcharge),
        }
    return replace(assigned, certificate={**assigned.certificate, **told}, shares=tuple(results))


def _rule(posed: Posed, demand: ShareDemand) -> ShareRule:
    """The demand over groups and arcs; the members of a group are all ruled or none is."""
    return ShareRule(
        name=demand.name,
        ruled=demand.ruled[posed.groups.first],
        counts=demand.counts[posed.problem.pool],
        at_least=demand.at_least,
    )


def _result(
    posed: Posed,
    demand: ShareDemand,
    outcome: ShareOutcome,
    assigned: Assignment,
    short: tuple[int, int],
) -> ShareResult:
    arc = assigned.arc[demand.ruled]
    pool = posed.applications.pool[arc[arc != UNPLACED]]
    return ShareResult(
        name=demand.name,
        needed=outcome.needed,
        reached=int(np.sum(demand.counts[pool])),
        reachable=outcome.target,
        stopped_by=outcome.stopped_by,
        without_counting=outcome.without_counting,
        short=short[0],
        short_at_least=short[1],
    )
