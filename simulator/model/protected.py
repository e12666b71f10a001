"""Protected categories: what nothing said of a child to others may betray, neither outright nor by a round.

Read by the lists of ``report`` and by the cut-offs of ``explain``.
"""

from __future__ import annotations

from collections.abc import Set

from simulator.model.policy import Policy, Round

PROTECTED_COLUMNS = frozenset(
    ("preference", "left_behind", "mainstream", "special_class", "special_school", "taught_at_home")
)
"""Yes/no columns of the roster that no list of children may betray, in every scenario."""


def protected_columns(policy: Policy) -> frozenset[str]:
    """The protected columns of a scenario: those of every one, and its own that say so (``protected``)."""
    return PROTECTED_COLUMNS | {name for name, column in policy.columns.items() if column.protected}


def is_protected(entry: Round, protected: Set[str]) -> bool:
    """Whether taking part in the round would by itself tell a protected category.

    Args:
        protected: ``protected_columns`` of the scenario.
    """
    only = set(entry.needs) | (set(entry.who) if set(entry.who) <= protected else set())
    return bool(only & protected)


def tells_category(entry: Round, tier: int, protected: Set[str]) -> bool:
    """Whether being the last one admitted in ``tier`` (``UNPLACED`` for none) tells a protected category."""
    named = entry.tiers[tier] if 0 <= tier < len(entry.tiers) else []
    return is_protected(entry, protected) or bool(protected & set(named))
