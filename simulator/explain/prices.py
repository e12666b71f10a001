"""Why least cost seats a child where it does, by seat prices: for staff only.

By complementary slackness a least-cost flow and its prices send every child to the candidate with the least
cost and price together, and leave without a place only whom that would cost less (Ahuja, Magnanti and Orlin,
"Network flows", 1993, theorem 9.4). So the proof for one child is one line per candidate.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import admission, transport
from simulator.admission.records import split_journeys
from simulator.explain.facts import Parts, Price, Tried
from simulator.explain.year import Year
from simulator.model import UNPLACED
from simulator.model.arrays import Integers


def totals(seen: admission.Seen) -> Integers:
    """Cost and price together of every arc of a least-cost round, int64 (arcs,)."""
    assert seen.played is not None
    applications, prices = seen.played.entry.applications, seen.played.assignment.prices
    return np.asarray(applications.cost + prices[applications.pool])


def priced(seen: admission.Seen, tried: Tried, applicant: int, arc: int) -> Tried:
    """``tried`` with its price."""
    assert seen.played is not None
    made, answer = seen.played.entry, seen.played.assignment
    cost, total = int(made.applications.cost[arc]), int(totals(seen)[arc])
    children, rest = transport.split_price(answer.prices[made.applications.pool[[arc]]], base_of(seen))
    journeys, metres = split_journeys(rest, made.daily_cost)
    price = Price(
        cost=cost,
        far=0 < made.daily_cost <= cost,
        seat=Parts(int(children[0]), int(journeys[0]), int(metres[0])),
        total=total,
        excess=parts(seen, total - total_of(seen, applicant)),
    )
    return replace(tried, price=price)


def total_of(seen: admission.Seen, applicant: int) -> int:
    """Cost and price of what the mechanism gave an applicant, or the cost of leaving it without a place."""
    assert seen.played is not None
    got = int(seen.played.assignment.arc[applicant])
    return unplaced_cost(seen, applicant) if got == UNPLACED else int(totals(seen)[got])


def parts(seen: admission.Seen, difference: int) -> Parts:
    """A difference of two totals: multiples of the unplaced base, far daily journeys, and the rest."""
    assert seen.played is not None
    base = base_of(seen)
    children = (2 * difference + base) // (2 * base)
    rest = np.array([difference - children * base])
    journeys, metres = split_journeys(rest, seen.played.entry.daily_cost)
    return Parts(children, int(journeys[0]), int(metres[0]))


def base_of(seen: admission.Seen) -> int:
    """What one child without a place costs at least: more than any distances."""
    assert seen.played is not None
    return int(seen.played.assignment.certificate.get("unplaced_base", 1))


def unplaced_cost(seen: admission.Seen, applicant: int) -> int:
    """What the round counts for leaving an applicant without a place, by its tier."""
    assert seen.played is not None
    applications = seen.played.entry.applications
    known = np.unique(applications.tier)
    behind = len(known) - 1 - int(np.searchsorted(known, applications.tier[applicant]))
    return base_of(seen) * (2 * behind + 1)


def left_out(seen: admission.Seen, applicant: int) -> Parts:
    """By how much leaving an applicant without a place would cost more than what it has."""
    return parts(seen, unplaced_cost(seen, applicant) - total_of(seen, applicant))


def proof(year: Year, seen: admission.Seen, applicant: int) -> str:
    """Whether the price comparison proves an applicant's place: see ``Step.proof``.

    Prices that add up several steps (``least_total_by_tier``), or that stand beside share rules, prove no
    single child's place; nor do those of a flow from which twins were moved together.
    """
    assert seen.played is not None
    mechanism = year.scenario.policy.rounds[seen.row].mechanism
    applications, answer = seen.played.entry.applications, seen.played.assignment
    if mechanism == "least_total_by_tier" or answer.shares:
        return ""
    arcs = np.arange(applications.offsets[applicant], applications.offsets[applicant + 1])
    total = totals(seen)
    greatest = answer.certificate.get("greatest_cost")
    if greatest is not None:
        arcs = arcs[applications.cost[arcs] <= int(greatest)]
    least = min([unplaced_cost(seen, applicant), *total[arcs].tolist()])
    if total_of(seen, applicant) != least:
        return "bent"
    return "least" if greatest is None else "greatest"
