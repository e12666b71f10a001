"""Which mechanism supports which feature, what is still true of it then, and who proved it.

``MECHANISM_FEATURES`` is the one table; docs/mechanisms.md shows it, the reader of scenarios and every
mechanism refuse what it does not hold. The properties are claimed under the conditions docs/mechanisms.md
names, and each claim is tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.model.policy import Round

Feature = Literal[
    "alone",  # no feature: single children, schools with seats of their own, ranks broken by one draw
    "twins",  # several children are one applicant
    "shared_room",  # seats bounded together: joint roofs, regional caps, any tree of pools
    "own_draws",  # equal ranks broken by a draw of every school's own
    "reserves",  # of a school's seats so many go to favoured children first
    "floors",  # a school must get so many children at least
]
Property = Literal[
    "stable",  # nobody envies a seat given to one who ranks behind, or left empty
    "efficient",  # no exchange serves one child better and none worse, by the lists
    "strategy_proof",  # no other list serves a child better than the true one
    "most_placed",  # no other seating places more children
]

FEATURES: tuple[Feature, ...] = ("alone", "twins", "shared_room", "own_draws", "reserves", "floors")
PROPERTIES: tuple[Property, ...] = ("stable", "efficient", "strategy_proof", "most_placed")


@dataclass(frozen=True)
class Support:
    """A mechanism with a feature: the properties that hold, and the paper (or rule) they rest on."""

    properties: tuple[Property, ...]
    source: str


RANKED = ("priority", "deferred_acceptance", "lottery", "immediate_acceptance", "parallel")
"""Mechanisms where the rank of the last one in at a school tells those behind why they are not."""

NOTHING = "no property is claimed"

_DEFERRED = {
    "alone": Support(("stable", "strategy_proof"), "Gale and Shapley 1962; Dubins and Freedman 1981"),
    "twins": Support(("stable",), "Roth 1984 on couples; Fleiner 2003 with twins as one"),
    "shared_room": Support(
        ("stable", "strategy_proof"), "Fleiner 2003; weaker notions in Kamada and Kojima 2015"
    ),
    "own_draws": Support(("stable", "strategy_proof"), "Abdulkadiroglu, Pathak and Roth 2009"),
    "reserves": Support(("stable", "strategy_proof"), "Hafalir, Yenmez and Yildirim 2013"),
    "floors": Support(("strategy_proof",), "Fragiadakis, Iwasaki, Troyan, Ueda and Yokoo 2015"),
}
_IMMEDIATE = {
    "alone": Support(("efficient",), "Abdulkadiroglu and Sonmez 2003"),
    "twins": Support((), NOTHING),
    "shared_room": Support(("efficient",), "Abdulkadiroglu and Sonmez 2003"),
    "own_draws": Support(("efficient",), "Abdulkadiroglu and Sonmez 2003"),
}
_LEAST_COST = {
    "alone": Support(("most_placed",), "Ford and Fulkerson 1956"),
    "twins": Support((), NOTHING),
    "shared_room": Support(("most_placed",), "Ford and Fulkerson 1956"),
}

MECHANISM_FEATURES: dict[str, dict[str, Support]] = {
    "priority": _DEFERRED,
    "deferred_acceptance": _DEFERRED,
    "lottery": _IMMEDIATE,
    "immediate_acceptance": _IMMEDIATE,
    "parallel": {
        "alone": Support((), "Chen and Kesten 2017"),
        "twins": Support((), NOTHING),
        "shared_room": Support((), NOTHING),
        "own_draws": Support((), "Chen and Kesten 2017"),
    },
    "serial_dictatorship": {
        "alone": Support(("efficient", "strategy_proof"), "Svensson 1999; Abdulkadiroglu and Sonmez 1998"),
        "twins": Support((), NOTHING),
        "shared_room": Support(("efficient", "strategy_proof"), "Svensson 1999"),
    },
    "top_trading_cycles": {
        "alone": Support(("efficient", "strategy_proof"), "Abdulkadiroglu and Sonmez 2003"),
        "shared_room": Support(("efficient", "strategy_proof"), "after Suzuki, Tamura and Yokoo 2018"),
        "own_draws": Support(("efficient", "strategy_proof"), "Pathak and Sethuraman 2011"),
    },
    "by_order": {
        "alone": Support(("most_placed",), "Ford and Fulkerson 1956"),
        "twins": Support((), NOTHING),
        "shared_room": Support(("most_placed",), "Ford and Fulkerson 1956"),
    },
    "least_total": _LEAST_COST,
    "least_total_by_tier": _LEAST_COST,
    "least_greatest": _LEAST_COST,
}
"""Mechanism to feature to what is true; a feature that is not there is refused."""

Pair = tuple[Feature, Feature]

PAIRS: tuple[Pair, ...] = tuple((a, b) for i, a in enumerate(FEATURES) for b in FEATURES[i + 1 :] if i > 0)
"""Every two features, in their order; ``alone`` is none."""

_DEFERRED_PAIRS: dict[Pair, Support] = {
    ("twins", "shared_room"): Support(("stable",), "Fleiner 2003 with twins as one"),
    ("twins", "own_draws"): Support(("stable",), "Fleiner 2003 with twins as one"),
    ("shared_room", "own_draws"): Support(
        ("stable", "strategy_proof"), "Fleiner 2003; Hatfield and Milgrom 2005"
    ),
    ("shared_room", "reserves"): Support(
        ("stable", "strategy_proof"), "Fleiner 2003; Kominers and Sonmez 2016"
    ),
    ("own_draws", "reserves"): Support(("stable", "strategy_proof"), "Hafalir, Yenmez and Yildirim 2013"),
    ("own_draws", "floors"): Support(
        ("strategy_proof",), "Fragiadakis, Iwasaki, Troyan, Ueda and Yokoo 2015"
    ),
}
_IMMEDIATE_PAIRS: dict[Pair, Support] = {
    ("twins", "shared_room"): Support((), NOTHING),
    ("twins", "own_draws"): Support((), NOTHING),
    ("shared_room", "own_draws"): Support(("efficient",), "Abdulkadiroglu and Sonmez 2003"),
}
_TWINS_IN_SHARED_ROOM: dict[Pair, Support] = {("twins", "shared_room"): Support((), NOTHING)}

MECHANISM_PAIRS: dict[str, dict[Pair, Support]] = {
    "priority": _DEFERRED_PAIRS,
    "deferred_acceptance": _DEFERRED_PAIRS,
    "lottery": _IMMEDIATE_PAIRS,
    "immediate_acceptance": _IMMEDIATE_PAIRS,
    "parallel": {
        ("twins", "shared_room"): Support((), NOTHING),
        ("twins", "own_draws"): Support((), NOTHING),
        ("shared_room", "own_draws"): Support((), NOTHING),
    },
    "serial_dictatorship": _TWINS_IN_SHARED_ROOM,
    "top_trading_cycles": {
        ("shared_room", "own_draws"): Support(
            ("efficient", "strategy_proof"), "after Suzuki, Tamura and Yokoo 2018"
        ),
    },
    "by_order": _TWINS_IN_SHARED_ROOM,
    "least_total": _TWINS_IN_SHARED_ROOM,
    "least_total_by_tier": _TWINS_IN_SHARED_ROOM,
    "least_greatest": _TWINS_IN_SHARED_ROOM,
}
"""Mechanism to two features at once to what is true then; a pair that is not there is refused. Of three at
once what all their pairs claim is true."""

APART: frozenset[Pair] = frozenset(
    pair for pair in PAIRS if not any(pair in row for row in MECHANISM_PAIRS.values())
)
"""Features that no mechanism takes together."""


def has_cut_offs(entry: Round) -> bool:
    """Whether the last child admitted to a pool says who could have been: by rank, and no seat kept aside."""
    return entry.mechanism in RANKED and not entry.reserve_percent


class UnsupportedFeature(ValueError):
    """A round asks of a mechanism what it cannot give.

    Attributes:
        mechanism: its name. features: what was asked for, one feature or two that do not go together.
    """

    def __init__(self, mechanism: str, features: tuple[str, ...]) -> None:
        self.mechanism, self.features = mechanism, features
        asked = " with ".join(features)
        able = ", ".join(sorted(name for name in MECHANISM_FEATURES if not unsupported(name, features)))
        super().__init__(
            f"mechanism {mechanism!r} does not support {asked}; "
            + (f"mechanisms that do: {able}" if able else "no mechanism does")
        )


def unsupported(mechanism: str, features: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What of ``features`` the mechanism refuses: features one by one, then pairs that do not go together.

    Args:
        features: of ``FEATURES``.
    """
    known, together = MECHANISM_FEATURES.get(mechanism, {}), MECHANISM_PAIRS.get(mechanism, {})
    refused: list[tuple[str, ...]] = [(name,) for name in features if name not in known]
    asked = [pair for pair in PAIRS if set(pair) <= set(features)]
    return refused + [pair for pair in asked if set(pair) <= set(known) and pair not in together]
