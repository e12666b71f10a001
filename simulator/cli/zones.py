"""``xuewei zones``: load, draw, report; print old beside new and where the report is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli import EXIT_FAULTS
from simulator.cli.commands import called, folder_name, settings
from simulator.cli.progress import ZONES, ProgressBar
from simulator.messages import Language, text
from simulator.messages.telling import choose_language, one_line
from simulator.model import Rezoning

if TYPE_CHECKING:
    from rich.console import Console


def zones(
    path: Path,
    *,
    method: str,
    groups: int | None,
    seconds: int | None,
    variant: str,
    overrides: Sequence[str],
    seed: int | None,
    out: Path | None,
    replace: bool,
    lang: str,
    drop_forbidden: bool,
    quiet: bool,
) -> int:
    """Draw the zones of a scenario folder and write the folder of the drawing.

    ``groups`` and ``seconds`` stand for the settings of those names.
    """
    from simulator import load, report, rezone
    from simulator.zoning import METHODS

    language = choose_language(lang)
    if method and method not in METHODS:
        known = ", ".join(METHODS)
        print(text("zones_no_method", language, value=one_line(method), methods=known), file=sys.stderr)
        return EXIT_FAULTS
    overrides = list(overrides)
    overrides += [] if groups is None else [f"zoning.groups={groups}"]
    overrides += [] if seconds is None else [f"zoning.seconds={seconds}"]
    with ProgressBar(language, quiet, stages=ZONES) as progress:
        progress.begin("load")
        scenario = load.scenario(
            path,
            variant=variant,
            overrides=settings(overrides, seed),
            drop_forbidden=drop_forbidden,
            needs_zones=False,
        )
        language = choose_language(lang, scenario.policy.language)
        own = called(path, scenario.policy.name)
        name = f"{folder_name(own, variant, scenario.changes)}-zones"
        folder = Path("runs") / name if out is None else out
        # Before the work, not after it.
        report.require_free(folder, replace, report.ZONES_MARK)
        made = rezone.rezone(scenario, method=method, progress=progress.begin)
        progress.begin("report")
        written = report.write_zones(made, folder, language=language, replace=replace)
    page = (written / "report.html").resolve()
    if quiet:
        print(page)
        return 0
    from rich.console import Console

    print_sides(made, language, Console())
    print(text("zones_done", language, path=written.resolve()))
    print(text("summary_report", language, path=page))
    return 0


def print_sides(made: Rezoning, language: Language, console: Console) -> None:
    """Print the figures of every stage: today, drawn, and the difference."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from simulator.report.rezoning.sections import stage_values
    from simulator.report.rezoning.view import ZonesView
    from simulator.report.words import Words

    words = Words(language, made.scenario.policy)
    view = ZonesView(made, words)
    title = text(
        "zones_summary_title",
        language,
        title=words.title(),
        year=str(made.scenario.policy.year),
        method=words.text(f"zone_method_{made.method}"),
    )
    colours = {"good": "green", "bad": "red"}
    for stage in made.stages:
        values = stage_values(view, stage)
        # Not as the table's own title, which would break where the table is narrow.
        console.print(Text(f"{title} · {values['name']}", style="bold"))
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column(text("summary_item", language))
        for code in ("zones_today", "zones_proposed", "zones_difference"):
            table.add_column(text(code, language), justify="right")
        for row in values["facts"]:
            difference = Text(row["difference"], style=colours.get(row["tone"], ""))
            table.add_row(row["name"], row["today"], row["proposed"], difference)
        console.print(table)
        console.print(Text(f"{values['moves']}\n{values['bound']}\n"))
        if values["groups"] is not None:
            console.print(Text(f"{values['groups']['lead']} {values['groups']['bound']}"))
            console.print(Text("\n".join((*values["groups"]["notes"], ""))))
