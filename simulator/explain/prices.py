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
from simulator.explain.facts import Price, Tried
from simulator.explain.year import Year
from simulator.model import UNPLACED
from simulator.model.arrays import Integers


def totals(seen: admission.Seen) -> Integers:
    """Cost and price together of every arc of a least-cost round, int64 (arcs,)."""
    assert seen.played is not None
    applications, prices = seen.played.entry.applications, seen.played.assignment.prices
    return np.asarray(applications.cost + prices[applications.pool])


def priced(seen: admission.Seen, tried: Tried, arc: int) -> Tried:
    """``tried`` with its price."""
    assert seen.played is not None
    made, answer = seen.played.entry, seen.played.assignment
    pool = made.applications.pool[arc : arc + 1]
    base = int(answer.certificate.get("unplaced_base", 1))
    children, rest = transport.split_price(answer.prices[pool], base)
    journeys, metres = split_journeys(rest, made.daily_cost)
    cost = int(made.applications.cost[arc])
    price = Price(
        cost=cost,
        far=0 < made.daily_cost <= cost,
        children=int(children[0]),
        journeys=int(journeys[0]),
        metres=int(metres[0]),
        total=int(totals(seen)[arc]),
    )
    return replace(tried, price=price)


def unplaced_cost(seen: admission.Seen, applicant: int) -> int:
    """What the round counts for leaving an applicant without a place, by its tier."""
    assert seen.played is not None
    applications = seen.played.entry.applications
    base = int(seen.played.assignment.certificate.get("unplaced_base", 1))
    known = np.unique(applications.tier)
    behind = len(known) - 1 - int(np.searchsorted(known, applications.tier[applicant]))
    return base * (2 * behind + 1)


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
    total, got = totals(seen), int(answer.arc[applicant])
    greatest = answer.certificate.get("greatest_cost")
    if greatest is not None:
        arcs = arcs[applications.cost[arcs] <= int(greatest)]
    least = min([unplaced_cost(seen, applicant), *total[arcs].tolist()])
    chosen = unplaced_cost(seen, applicant) if got == UNPLACED else int(total[got])
    if chosen != least:
        return "bent"
    return "least" if greatest is None else "greatest"
