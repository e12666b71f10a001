"""Applications + Seats + Draw -> Assignment: one mechanism per file, chosen by name.

Every mechanism is deterministic: luck comes in with the draw, and the order of rows never matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import Protocol

from simulator.mechanisms.from_lists import (
    PlainMarket,
    choices_given,
    justified_envy,
    plain_market,
    schools_given,
)
from simulator.model import Applications, Assignment, Draw, OwnMechanism, Round, Seats
from simulator.model.arrays import Integers

__all__ = [
    "MECHANISMS",
    "PRICED",
    "Mechanism",
    "PlainMarket",
    "PricedMechanism",
    "choices_given",
    "justified_envy",
    "mechanism_of",
    "plain_market",
    "schools_given",
]


class Mechanism(Protocol):
    """The signature all mechanisms share.

    Args of a call:
        applications: who applies where. seats: the seats still free at each node of the tree.
        draw: the luck. last_seat: what happens to twins at the last seat, ``both_in`` or ``next``.
    """

    def __call__(
        self, applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
    ) -> Assignment: ...


class PricedMechanism(Protocol):
    """A mechanism that the seat prices of a like round make quicker, and its answer no different.

    Args of a call, besides those of every mechanism:
        near: int64 (nodes,), ``Assignment.prices`` of a like round over the same tree (another draw, one
            more class), or None.
    """

    def __call__(
        self,
        applications: Applications,
        seats: Seats,
        draw: Draw,
        *,
        last_seat: str = "both_in",
        near: Integers | None = None,
    ) -> Assignment: ...


def _imported_when_called(module: str, name: str) -> Mechanism:
    """A mechanism whose module, with the solver it needs, is imported at the first call."""

    def mechanism(
        applications: Applications, seats: Seats, draw: Draw, *, last_seat: str = "both_in"
    ) -> Assignment:
        found: Mechanism = getattr(import_module(f"simulator.mechanisms.{module}"), name)
        return found(applications, seats, draw, last_seat=last_seat)

    return mechanism


MECHANISMS: dict[str, Mechanism] = {
    "priority": _imported_when_called("zoned_priority", "zoned_priority"),
    "deferred_acceptance": _imported_when_called("deferred_acceptance", "deferred_acceptance"),
    "lottery": _imported_when_called("lottery", "lottery"),
    "immediate_acceptance": _imported_when_called("immediate_acceptance", "immediate_acceptance"),
    "parallel": _imported_when_called("parallel", "parallel"),
    "serial_dictatorship": _imported_when_called("serial_dictatorship", "serial_dictatorship"),
    "top_trading_cycles": _imported_when_called("top_trading_cycles", "top_trading_cycles"),
    "by_order": _imported_when_called("by_order", "by_order"),
    "least_total": _imported_when_called("least_total", "least_total"),
    "least_total_by_tier": _imported_when_called("least_total_by_tier", "least_total_by_tier"),
    "least_greatest": _imported_when_called("least_greatest", "least_greatest"),
}
"""Mechanisms by the name a scenario uses."""


def _least_total(
    applications: Applications,
    seats: Seats,
    draw: Draw,
    *,
    last_seat: str = "both_in",
    near: Integers | None = None,
) -> Assignment:
    from simulator.mechanisms.least_total import least_total

    return least_total(applications, seats, draw, last_seat=last_seat, near=near)


PRICED: dict[str, PricedMechanism] = {"least_total": _least_total}
"""Those of them that a like round's prices make quicker."""


def mechanism_of(entry: Round, own: Mapping[str, OwnMechanism], near: Integers | None = None) -> Mechanism:
    """The mechanism of a round: one's own where ``own`` has one under its name, else the one it names.

    Args:
        near: as of ``PricedMechanism``; for the others of no matter.
    """
    if entry.name in own:
        return own[entry.name]
    if near is not None and entry.mechanism in PRICED:
        return partial(PRICED[entry.mechanism], near=near)
    return MECHANISMS[entry.mechanism]
