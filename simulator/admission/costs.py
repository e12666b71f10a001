"""What an arc of a round costs: metres, bent where the round says so, and a bed before a far journey."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_METRES, Round, SeatKind
from simulator.model.arrays import Booleans, Integers
from simulator.model.errors import Fault, ScenarioError
from simulator.model.policy import TravelSettings
from simulator.transport.cost_curve import cost_of_metres

UNKNOWN_METRES_COST = 1_000_000
"""Least cost of a pair without a distance."""


def arc_costs(
    entry: Round,
    travel: TravelSettings,
    *,
    metres: Integers,
    order: Integers,
    stage: Integers,
    kind: Integers,
    day_seat_far: Booleans,
    pools: int,
) -> tuple[Integers, int]:
    """Cost of every arc, and the part of it that a far daily journey adds.

    1. Metres on the round's curve (``cost_of_metres``). The penalties beyond the walking limit fall on day
       seats: who has a bed does not go the way every day.
    2. Pairs without a distance cost more than any with one, in the order of the child's list.
    3. A day seat beyond the limit, where the round offers boarding, costs ``daily_cost`` more: above what any
       chain of moves through all pools can add in the rest of the cost.

    Args:
        metres, order, stage, kind: int (arcs,). day_seat_far: bool (arcs,). pools: how many the round has.

    Returns:
        int64 (arcs,), and ``daily_cost``, 0 where no arc bears it.

    Raises:
        OverflowError: costs would reach 2**62.
    """
    known = metres != NO_METRES
    limit = np.array([travel.primary_limit_metres, travel.junior_limit_metres])[stage]
    day_seat = kind != SeatKind.BOARDING
    cost = cost_of_metres(
        np.where(known, metres, 0),
        power=entry.metres_power,
        limit=np.where(day_seat, limit, np.iinfo(np.int32).max),
        once_beyond=entry.beyond_limit_penalty_metres,
        per_metre_beyond=entry.beyond_limit_extra_per_metre,
    )
    farther = max(UNKNOWN_METRES_COST, int(cost.max(initial=0)) + 1)
    cost = np.where(known, cost, farther + order)
    if not day_seat_far.any():
        return cost, 0
    daily_cost = (2 * pools + 1) * int(cost.max()) + 1
    if daily_cost >= 2**62:
        raise OverflowError("arc_costs: a far daily journey would cost more than 2**62")
    return cost + daily_cost * day_seat_far, daily_cost


def costs_too_great(entry: Round) -> ScenarioError:
    """The fault of a round whose costs pass whole numbers of 64 bits: its curve is too steep."""
    setting = f"rounds.{entry.name}.metres_power"
    return ScenarioError([Fault("costs_too_great", "scenario.toml", 0, setting, str(entry.metres_power))])
