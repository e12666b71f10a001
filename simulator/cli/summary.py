"""The short summary a run ends with: the headline figures of the report, for the terminal."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from simulator.messages import Language, text
from simulator.model import UNPLACED, Indicators, Run, Stage

HEADLINES = (
    "children_on_roster",
    "placed_percent",
    "in_own_zone_percent",
    "nearest_school_percent",
    "metres_median",
    "children_unplaced",
    "migrant_share_percent",
    "zones_red",
)
"""Codes of the indicators shown, in this order; a scenario of one stage shows one column of figures."""


def print_summary(run: Run, language: Language, console: Console) -> None:
    """Print the headline figures of the whole city, both stages together and each."""
    policy = run.scenario.policy
    title = (policy.title if language == "zh" else policy.title_en) or policy.title or policy.name
    present = [stage for stage in Stage if (run.students.stage == stage).any()]
    columns = [UNPLACED, *map(int, present)] if len(present) > 1 else [UNPLACED]
    table = Table(
        title=text("summary_title", language, title=title, year=policy.year, seed=policy.seed),
        title_justify="left",
        show_header=len(columns) > 1,
    )
    table.add_column(text("summary_item", language))
    for column in columns:
        code = "summary_total" if column == UNPLACED else f"stage_{Stage(column).name.lower()}"
        table.add_column(text(code, language), justify="right")
    for code in HEADLINES:
        cells = [figure(run.indicators, code, column, language) for column in columns]
        if any(cells):
            table.add_row(text(f"summary_{code}", language), *cells)
    console.print(table)


def figure(indicators: Indicators, code: str, stage: int, language: Language) -> str:
    """One indicator of the whole city as text; empty where the run does not report it.

    Shares are shown with the children they count, rates against a target with that target.
    """
    rows = (indicators.code == code) & (indicators.county == UNPLACED) & (indicators.stage == stage)
    if not rows.any():
        return ""
    row = int(rows.argmax())
    value, target = float(indicators.value[row]), float(indicators.target[row])
    if math.isnan(value):
        return text("summary_not_available", language)
    unit = str(indicators.unit[row])
    if unit == "metres":
        return text("summary_metres", language, metres=f"{value:,.0f}")
    if unit != "percent":
        return f"{value:,.0f}"
    if not math.isnan(target):
        return text("summary_target", language, percent=f"{value:.1f}", target=f"{target:.0f}")
    return f"{value:.1f}%"
