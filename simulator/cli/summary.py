"""The short summary a run ends with: the headline figures of the report, for the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.messages import Language
from simulator.messages.telling import one_line
from simulator.model import Run, Stage
from simulator.report.departures import departures
from simulator.report.headline import HEADLINE, figure
from simulator.report.view import View
from simulator.report.words import Words

FIGURES = (*HEADLINE, "zones_red")
COLOURS = {"good": "green", "warn": "yellow", "bad": "red"}


def print_summary(run: Run, language: Language, console: Console) -> None:
    """Print the figures of the whole city, both stages together and each that has children."""
    policy = run.scenario.policy
    words = Words(language, policy)
    view = View(run, words)
    title = (policy.title if language == "zh" else policy.title_en) or policy.title or policy.name
    present = [stage for stage in Stage if (run.students.stage == stage).any()]
    stages = present if len(present) > 1 else []
    heading = words.text("summary_title", title=title, year=str(policy.year), seed=str(policy.seed))
    departed = one_line(departures(run.scenario, words))
    table = Table(
        title=Text("\n".join(line for line in (heading, departed) if line)),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
    )
    table.add_column(words.text("summary_item"))
    table.add_column(words.text("summary_city"), justify="right")
    for stage in stages:
        table.add_column(words.text(f"stage_{stage.name.lower()}"), justify="right")
    table.add_column(words.text("summary_target"))
    for code in FIGURES:
        shown = figure(view, code)
        table.add_row(
            words.text(code),
            Text(shown.value, style=COLOURS.get(shown.tone, "")),
            *(shown.stages[stage] for stage in stages),
            Text(shown.target),
        )
    console.print(table)
