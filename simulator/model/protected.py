"""Protected categories: what nothing said of a child to others may betray, neither outright nor by a round.

Read by the lists of ``report`` and by the cut-offs of ``explain``.
"""

from __future__ import annotations

from simulator.model.policy import Round

PROTECTED_COLUMNS = frozenset(
    ("preference", "left_behind", "mainstream", "special_class", "special_school", "taught_at_home")
)
"""Yes/no columns of the roster that no list of children may betray."""


def is_protected(entry: Round) -> bool:
    """Whether taking part in the round would by itself tell a protected category."""
    only = set(entry.needs) | (set(entry.who) if set(entry.who) <= PROTECTED_COLUMNS else set())
    return bool(only & PROTECTED_COLUMNS)


def tells_category(entry: Round, tier: int) -> bool:
    """Whether being the last one admitted in ``tier`` (``UNPLACED`` for none) tells a protected category."""
    named = entry.tiers[tier] if 0 <= tier < len(entry.tiers) else []
    return is_protected(entry) or bool(PROTECTED_COLUMNS & set(named))
