"""The figures a planner asks for first, taken from the indicators so that no figure is defined twice."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model import UNPLACED, Stage
from simulator.report.view import View

HEADLINE = (
    "children_on_roster",
    "placed_percent",
    "in_own_zone_percent",
    "nearest_school_percent",
    "metres_median",
    "metres_p95",
    "children_unplaced",
    "children_to_be_verified",
    "children_beyond_limit",
    "migrant_share_percent",
)
"""Codes of the headline figures, in the order they are printed."""

COUNTED_TONES = {
    "children_unplaced": "bad",
    "children_to_be_verified": "warn",
    "children_beyond_limit": "warn",
}
"""Counts that want to be zero, and their tone when they are not."""

TONES = {1: "good", 0: "bad", UNPLACED: ""}


@dataclass(frozen=True)
class Figure:
    """One headline figure, printed.

    Attributes:
        code: indicator. value: for both stages. target: the target in words, "" without one.
        tone: "good", "warn", "bad" or "". counts: "part of whole" in words. stages: value per stage.
        known: whether there is a value.
    """

    code: str
    value: str
    target: str
    tone: str
    counts: str
    stages: tuple[str, ...]
    known: bool = True


def headline(view: View) -> list[Figure]:
    """The headline figures of the whole city."""
    return [figure(view, code) for code in HEADLINE]


def figure(view: View, code: str) -> Figure:
    """One headline figure; "not available" where the indicators have no such row or value."""
    words = view.words
    row = view.indicator(code)
    if row is None:
        return Figure(
            code, words.not_available, "", "", "", tuple(words.not_available for _ in Stage), known=False
        )
    tone = TONES[row["met"]]
    if code in COUNTED_TONES:
        tone = COUNTED_TONES[code] if row["numerator"] else "good"
    counts = ""
    if row["unit"] == "percent" and row["denominator"]:
        counts = words.text("part_of_whole", part=row["numerator"], whole=row["denominator"])
    target = "" if row["target"] is None else words.text("target_at_least", percent=f"{row['target']:g}%")
    return Figure(
        code,
        printed(view, code, UNPLACED, UNPLACED),
        target,
        tone,
        counts,
        tuple(printed(view, code, UNPLACED, stage) for stage in Stage),
        known=row["value"] is not None,
    )


def printed(view: View, code: str, county: int, stage: int) -> str:
    """One indicator as text with its unit."""
    words, row = view.words, view.indicator(code, county, stage)
    if row is None or row["value"] is None:
        return words.not_available
    if row["unit"] == "percent":
        return words.percent(row["numerator"], row["denominator"])
    if row["unit"] == "metres":
        return words.metres(round(row["value"]))
    return words.number(round(row["value"]))
