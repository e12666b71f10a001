"""``xuewei compare``: variants of a sweep, sweeps, or runs beside each other; what got better, for whom,
where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.messages import Language, text
from simulator.messages.telling import choose_language
from simulator.model import Draws, Fault, ScenarioError

if TYPE_CHECKING:
    from simulator.report.sweep import Summary

PIPE_WIDTH = 160
"""Letters in a line where nobody's window says how many: a file is read in any."""

COLOURS = {"good": "green", "bad": "red", "unsure": "dim", "": ""}


def compare(
    paths: Sequence[Path], *, scenario: Path | None, out: Path | None, replace: bool, lang: str
) -> int:
    """Read, hold beside each other, print; write the page."""
    from simulator import load, report
    from simulator.report import sweep as writing

    language = choose_language(lang)
    sweeps = [path for path in paths if load.is_sweep(path)]
    if sweeps and len(sweeps) < len(paths):
        raise ScenarioError([Fault("compare_mixed", value=", ".join(str(path) for path in paths))])
    if not sweeps and len(paths) < 2:
        load.sweep_folder(paths[0])  # says what it should be
        raise ScenarioError([Fault("compare_one_run", value=str(paths[0]))])
    folder = (
        Path("runs") / ("compare-" + "-".join(path.resolve().name for path in paths)) if out is None else out
    )
    report.require_free(folder, replace, writing.SWEEP_MANIFEST)
    summary = of_sweeps(paths) if sweeps else of_runs(paths, scenario)
    writing.write_comparison(summary, folder, language=language, replace=replace)
    print_comparison(summary, language)
    print(text("summary_report", language, path=(folder / "report.html").resolve()))
    return 0


def of_sweeps(paths: Sequence[Path]) -> Summary:
    """Sweeps beside each other, county by county; one sweep is the comparison of its variants.

    Raises:
        ScenarioError: they are not of the same counties, draws or blocks.
    """
    from simulator import load
    from simulator.report.sweep import Summary

    folders = [load.sweep_folder(path) for path in paths]
    expected = [int(folder.manifest["counties"]) for folder in folders]
    summary = Summary()
    labels = labels_of(paths)
    try:
        for counties in zip(*(folder.counties() for folder in folders), strict=True):
            names = [
                [name if len(paths) == 1 else f"{label}/{name}" for name in county.layout.variants]
                for label, county in zip(labels, counties, strict=True)
            ]
            summary.add(Draws.beside(counties, names), alone=max(expected) == 1)
    except ValueError as error:
        raise ScenarioError([Fault("compare_unlike", value=", ".join(labels))]) from error
    return summary


def of_runs(paths: Sequence[Path], scenario: Path | None) -> Summary:
    """Runs beside each other: each is played again from its inputs and held against what it recorded.

    Raises:
        ScenarioError: a run or its inputs are not what they were, or the runs are of different blocks.
    """
    from simulator import ensemble, explain, load, simulate
    from simulator.report.sweep import Summary

    scenarios = []
    for path in paths:
        read = load.run_folder(path, scenario)
        year = explain.play_year(read.scenario)
        explain.require_same_outcome(year, read.recorded, simulate.versions())
        scenarios.append(read.scenario)
    summary = Summary()
    summary.add(ensemble.side_by_side(scenarios, labels_of(paths)), alone=True)
    return summary


def labels_of(paths: Sequence[Path]) -> list[str]:
    """What the folders are called beside each other: their names, with as many folders above as tell them
    apart; the same folder once more gets a number."""
    parts = [path.resolve().parts for path in paths]
    labels = [path.resolve().name for path in paths]
    for length in range(2, max(map(len, parts)) + 1):
        labels = [
            "/".join(part[-length:]) if labels.count(label) > 1 else label
            for part, label in zip(parts, labels, strict=True)
        ]
    before = [labels[:row].count(label) for row, label in enumerate(labels)]
    return [f"{label} ({n + 1})" if n else label for n, label in zip(before, labels, strict=True)]


def print_comparison(summary: Summary, language: Language) -> None:
    """Print the headline figures of every variant beside the first, with intervals."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    from simulator.report.sweep import sweep_words
    from simulator.report.sweep.printing import title
    from simulator.report.sweep.sections import better

    words = sweep_words(language)
    told, draws = better(summary, words), len(summary.draws)
    for part in told["parts"]:
        heading = (
            words.text("sweep_against", other=part["name"], first=told["first"]) if told["several"] else ""
        )
        said = words.text("sweep_summary_title", title=title(words, summary), draws=draws, n=draws)
        table = Table(
            title=Text(f"{said}  {heading}"), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD
        )
        table.add_column(words.text("summary_item"))
        if told["several"]:
            table.add_column(str(told["first"]), justify="right")
            table.add_column(str(part["name"]), justify="right")
            table.add_column(words.text("sweep_difference", n=draws), justify="right")
            table.add_column(words.text("sweep_in_draws", n=draws))
        else:
            codes = ("sweep_mean", "sweep_least", "sweep_greatest")
            for code in codes if draws > 1 else codes[:1]:
                table.add_column(words.text(code, n=draws), justify="right")
        for row in part["rows"]:
            if told["several"]:
                change = Text(f"{row['difference']} {row['interval']}", style=COLOURS[row["tone"]])
                table.add_row(words.text(row["code"]), row["first"], row["other"], change, row["often"])
            else:
                figures = (row["other"], row["least"], row["greatest"])
                table.add_row(words.text(row["code"]), *(figures if draws > 1 else figures[:1]))
        console.print(table)
