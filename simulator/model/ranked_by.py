"""The columns a round ranks by, and how their names turn an order round."""

from __future__ import annotations

from simulator.model.policy import Round

LAST = "_last"
"""Behind a yes/no column of a rank: yes last."""

DESCENDING = "_descending"
"""Behind a number or date that a scenario declares: greatest first."""


def by_choices_alone(entry: Round) -> bool:
    """Whether the order of a child's schools is that of its choices: the round reaches by nothing else."""
    return list(entry.reach) == ["choices"]


def deciding_columns(entry: Round) -> list[str]:
    """The columns of the rank before the draw; what stands behind a draw decides nothing."""
    return entry.rank[: entry.rank.index("draw")] if "draw" in entry.rank else list(entry.rank)
