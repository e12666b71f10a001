"""``xuewei site``: load, choose sites, print the answer; a folder of it on request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from simulator.cli.commands import settings
from simulator.cli.progress import SITES, ProgressBar
from simulator.messages import Language, text
from simulator.messages.telling import choose_language
from simulator.model import NewSchools, Stage


def site(
    path: Path,
    *,
    most_opened: int,
    stage: str,
    aim: str,
    variant: str,
    overrides: Sequence[str],
    out: Path | None,
    replace: bool,
    as_json: bool,
    lang: str,
    drop_forbidden: bool,
    quiet: bool,
) -> int:
    """Choose where up to ``most_opened`` new schools save most."""
    from simulator import load, new_schools, report
    from simulator.report.siting import answer

    language = choose_language(lang)
    with ProgressBar(language, quiet, stages=SITES) as progress:
        progress.begin("load")
        scenario = load.scenario(
            path,
            variant=variant,
            overrides=settings(overrides, None),
            drop_forbidden=drop_forbidden,
            needs_zones=False,
        )
        language = choose_language(lang, scenario.policy.language)
        if out is not None:
            report.require_free(out, replace, report.SITES_MARK)
        made = new_schools.place(
            scenario, Stage[stage.upper()], most_opened, aim=aim, progress=progress.begin
        )
        if out is not None:
            report.write_sites(made, out, language=language, replace=replace)
    if as_json:
        print(json.dumps(answer(made), ensure_ascii=False, indent=2))
        return 0
    if not quiet:
        _print(made, language)
    if out is not None:
        print(text("summary_report", language, path=(out / "report.html").resolve()))
    return 0


def _print(made: NewSchools, language: Language) -> None:
    """The sites and the figures, for the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from simulator.report.siting import page_values
    from simulator.report.words import Words

    words, console = Words(language, made.scenario.policy), Console()
    shown = page_values(made, words)
    heading = f"{words.title()}\n{shown['subtitle']} · {shown['aim']}"
    console.print(Text(heading, style="bold"))
    table = Table(box=box.SIMPLE_HEAD)
    for code in ("column_site_name", "column_county", "column_site_town"):
        table.add_column(text(code, language))
    for code in ("column_seats", "column_site_children", "column_site_mean_metres"):
        table.add_column(text(code, language), justify="right")
    for found in shown["sites"]:
        places = (Text(found[name]) for name in ("name", "county", "town"))
        numbers = (words.number(found[name]) for name in ("seats", "children", "mean_metres"))
        table.add_row(*places, *numbers)
    console.print(table if shown["sites"] else Text(text("site_none", language)))
    for notice in shown["notices"]:
        console.print(Text(notice))
    figures = Table(box=box.SIMPLE_HEAD)
    figures.add_column(text("summary_item", language))
    for code in ("site_before", "site_after"):
        figures.add_column(text(code, language), justify="right")
    for row in shown["facts"]:
        figures.add_row(*(Text(value) for value in row))
    console.print(figures)
    console.print(Text(shown["asked"]))
