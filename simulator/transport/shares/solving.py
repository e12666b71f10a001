"""``solve_with_shares``: children placed first, then the share rules, then the least cost."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from math import ceil

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport import Problem, solve
from simulator.transport.shares.answer import Method, ShareAnswer, ShareOutcome
from simulator.transport.shares.bound import Bound
from simulator.transport.shares.mixing import Candidate
from simulator.transport.shares.pool_cap import cap_for, put_caps
from simulator.transport.shares.rule import RuledProblem, ShareRule, Surcharges, relax
from simulator.transport.shares.search import Search
from simulator.transport.tiers import split_price, unplaced_base


def solve_with_shares(problem: Problem, rules: Sequence[ShareRule], engine: str = "") -> ShareAnswer:
    """The least-cost flow that meets the share rules.

    Aims, in this order: as many children placed as can be, tier by tier, exactly as without rules; then
    the rules; then the least cost of the seats. A rule is a legal requirement and outweighs any cost, but no
    child more is left without a seat for the sake of a percentage. Which children of one tier stay unplaced
    the rule may decide, as the cost does without rules. Seats taken before are no part of the problem, so
    nobody placed earlier is displaced.

    1. Solve without rules. If they hold, this is the answer.
    2. Rules that say the same as a cap on some seats (``cap_for``) become one; if all short rules do and the
       capped answer meets every rule with nobody more unplaced, it is the best one.
    3. Else see whether the rules can be met: at a modest surcharge, then counting nothing but the rules.
       What cannot be reached is replaced by the most that can.
    4. Search the multipliers (``Search.search``), then the flows between those met (``Search.mix``).

    Args:
        problem: of ``unplaced_cost`` only the order is read; groups of cost 0 need not be placed.
        rules: names are distinct. engine: name; ``""`` for the core's own choice.

    Raises:
        ValueError: rules that do not fit the problem. OverflowError: costs too large for the surcharges.
        CertificateError: a fault of the engine. Rules that cannot be met are an answer, not an error.
    """
    given = RuledProblem.of(problem, tuple(rules))
    needed, zero = given.needed, Surcharges(1, (0,) * len(rules))
    search = Search(given, engine)
    plain = search.solve(zero)
    if _met(search.candidates[0], needed):
        return _answer(search, plain, needed, frozenset(), None)
    capped = _with_caps(search, needed)
    if search.closed(needed):
        return _answer(search, plain, needed, capped, None)
    reach = None
    _try_modest_surcharges(search, needed)
    targets = needed
    if not any(_met(candidate, needed) for candidate in search.candidates):
        reach = _most_reached(search, needed)
        most = search.candidates[-1].reached
        targets = tuple(min(n, got) for n, got in zip(needed, most, strict=True))
        search.lower(targets)
    search.search(targets)
    search.mix(targets)
    return _answer(search, plain, targets, frozenset(), reach)


def _met(candidate: Candidate, needed: tuple[int, ...]) -> bool:
    return all(got >= need for got, need in zip(candidate.reached, needed, strict=True))


def _with_caps(search: Search, needed: tuple[int, ...]) -> frozenset[int]:
    """Solve with caps in place of the short rules that allow it; returns the rules that were capped.

    The own price of a cap is the multiplier of its rule: the flow is optimal at that surcharge, which the
    price pass over the surcharged problem confirms. So a capped answer is proved like any other.
    """
    given, got = search.given, search.candidates[0].reached
    short = [rule for rule in range(len(needed)) if got[rule] < needed[rule]]
    unplaced = given.unplaced(search.candidates[0].flow)
    caps = [cap for rule in short if (cap := cap_for(given, rule, unplaced)) is not None]
    if len(caps) < len(short):
        return frozenset()
    problem, _, nodes = put_caps(search.bounds[Surcharges(1, (0,) * len(needed))].relaxed.problem, caps)
    flow = solve(problem, search.engine) if search.engine else solve(problem)
    search.solves += 1
    candidate = Candidate.of(given, flow.flow)
    if given.unplaced_weight(flow.unplaced) != search.weight or not _met(candidate, needed):
        return frozenset()
    surcharge = dict(zip((cap.rule for cap in caps), flow.prices[nodes].tolist(), strict=True))
    surcharges = Surcharges(1, tuple(surcharge.get(rule, 0) for rule in range(len(needed))))
    search.candidates.append(candidate)
    search.bounds[surcharges] = _priced(search, surcharges, candidate, flow.engine)
    return frozenset(cap.rule for cap in caps)


def _priced(
    search: Search, surcharges: Surcharges, candidate: Candidate, engine: str, *, costs: bool = True
) -> Bound:
    """What a flow proves that is the best one at these surcharges, found in another way: its prices.

    Raises:
        CertificateError: it is not the best one.
    """
    relaxed = relax(search.given, surcharges, costs=costs)
    priced = import_module("simulator.transport.priced_seats.prices")
    _, total, objective = priced.settle(relaxed.problem, candidate.flow)
    assert search.weight is not None
    return Bound(relaxed, engine, "engine", total, objective, search.weight, candidate)


def _try_modest_surcharges(search: Search, needed: tuple[int, ...]) -> None:
    """Look for a flow that meets the rules at a quarter of the mean cost, then at twice the mean.

    Of one rule, between these, at what would do if children became dearer in proportion to their number, and
    half as much again: a flow not far beyond the rule spares steps of the search.
    """
    given, before = search.given, search.candidates[0].reached
    mean = int(given.problem.cost.sum()) // max(1, len(given.problem.cost))
    modest, most = max(1, mean // 4), max(1, 2 * mean)
    surcharge = [0] * len(needed)
    while True:
        reached = search.candidates[-1].reached
        surcharge = [
            modest if got < need else old for old, got, need in zip(surcharge, reached, needed, strict=True)
        ]
        search.solve(Surcharges(1, tuple(surcharge)))
        reached = search.candidates[-1].reached
        if _met(search.candidates[-1], needed) or modest == most:
            return
        further = most
        if len(needed) == 1 and reached[0] > before[0]:
            wanted, got = needed[0] - before[0], reached[0] - before[0]
            further = modest * 3 * wanted**2 // (2 * got**2)
        modest = further if modest < further < mean else most


def _most_reached(search: Search, needed: tuple[int, ...]) -> Bound:
    """Count nothing but the rules: fewest children short, over all rules. Adds the flow to the candidates.

    Every multiplier is at most one child per child short, so that the bound holds for flows that are short.

    Of one rule the most are reached at a surcharge that outweighs whatever one path of moves changes in cost
    (``unplaced_base``), and at one child per child short that flow is optimal without any other cost
    (``ShareAnswer._require_targets``). Its costs leave few ties, those of a problem without any nothing else:
    it is solved in a fraction of the time.

    Returns:
        What proves how many children must be short at least.
    """
    if len(needed) == 1:
        try:
            most = search.solve(
                Surcharges(1, (unplaced_base(search.given.largest_cost, search.given.schools),))
            )
        except OverflowError:
            pass
        else:
            return _priced(search, Surcharges(1, (1,)), most.candidate, most.engine, costs=False)
    counting = Search(search.given, search.engine, costs=False, weight=search.weight)
    counting.candidates += [Candidate(c.flow, 0, c.reached) for c in search.candidates]
    counting.search(needed, penalty=1)
    counting.mix(needed)
    search.solves += counting.solves
    best = counting.best(needed)
    search.candidates.append(Candidate.of(search.given, best.flow))
    return counting.best_bound(needed)


def _answer(
    search: Search,
    plain: Bound,
    targets: tuple[int, ...],
    capped: frozenset[int],
    reach: Bound | None,
) -> ShareAnswer:
    """Gather what was found."""
    given = search.given
    best, bound = search.best(targets), search.best_bound(targets)
    missing = sum(need - target for need, target in zip(given.needed, targets, strict=True))
    proof = reach if missing else None
    least = max(0, ceil(proof.value(given.needed))) if proof is not None else 0
    stops = _full_nodes(proof) if proof is not None else np.zeros(0, dtype=np.int64)
    outcomes = []
    for place, rule in enumerate(given.rules):
        method: Method = "multiplier"
        if targets[place] < rule.at_least:
            method = "unreachable" if least == missing else "not_found"
        elif place in capped:
            method = "pool_cap"
        elif bound.surcharges.children[place] == 0 and search.candidates[0].reached[place] >= rule.at_least:
            method = "not_binding"
        outcomes.append(
            ShareOutcome(
                name=rule.name,
                children=int(given.children[place]),
                needed=rule.at_least,
                target=targets[place],
                reached=best.reached[place],
                surcharge=bound.surcharges.of(place),
                method=method,
                stopped_by=_of_rule(given, place, stops) if targets[place] < rule.at_least else stops[:0],
                without_counting=given.without_counting(place),
            )
        )
    return ShareAnswer(
        problem=given.problem,
        rules=given.rules,
        flow=best.flow,
        unplaced=given.unplaced(best.flow),
        outcomes=tuple(outcomes),
        cost=best.cost,
        bound=ceil(bound.value(targets)),
        short_at_least=least,
        surcharges=bound.surcharges,
        base=bound.relaxed.base,
        plain=plain.flow(),
        relaxed=bound.flow(),
        reach=(proof.surcharges, proof.flow()) if proof is not None else None,
        solves=search.solves,
    )


def _of_rule(given: RuledProblem, rule: int, stops: Integers) -> Integers:
    """Of several rules, to each the nodes at or above the candidates of its own children."""
    if len(given.rules) == 1:
        return stops
    own = given.problem.loads(given.ruled[rule][given.problem.group].astype(np.int64))
    return stops[own[stops] > 0]


def _full_nodes(reach: Bound) -> Integers:
    """Nodes where one more seat would bring more ruled children into seats that count.

    Where nothing but the rules costs, a price is a multiple of the base (a child placed) and a rest, which
    is the part of the rules. A node stops them where it has both a price of its own and such a rest.
    """
    _, rest = split_price(reach.total_prices, reach.relaxed.base)
    above = reach.relaxed.given.problem.parent
    inherited = np.where(above == UNPLACED, 0, rest[above])
    return np.flatnonzero((reach.prices > 0) & (rest > inherited))
