"""The three commands, each read top to bottom; they return exit codes and let exceptions rise."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from simulator.cli import EXIT_FAULTS
from simulator.cli.progress import ProgressBar
from simulator.messages import text
from simulator.messages.telling import choose_language

LONGEST_CHANGES = 48
"""Characters of changed settings that a folder is named by; more are told by a hash."""


def run(
    path: Path,
    *,
    variant: str,
    overrides: Sequence[str],
    seed: int | None,
    out: Path | None,
    replace: bool,
    lang: str,
    names: bool,
    student_sheet: bool,
    font: Path | None,
    drop_forbidden: bool,
    quiet: bool,
) -> int:
    """Load, simulate, report; print the summary and where the report is."""
    from simulator import load, report, simulate

    language = choose_language(lang)
    if font is not None and not is_chinese_font(font):
        print(text("end_font", language, path=font), file=sys.stderr)
        return EXIT_FAULTS
    with ProgressBar(language, quiet) as progress:
        progress.begin("load")
        scenario = load.scenario(
            path, variant=variant, overrides=settings(overrides, seed), drop_forbidden=drop_forbidden
        )
        language = choose_language(lang, scenario.policy.language)
        folder = (
            Path("runs") / folder_name(called(path, scenario.policy.name), variant, scenario.changes)
            if out is None
            else out
        )
        # Before the work, not after it.
        report.require_free(folder, replace, report.MANIFEST)
        progress.expect_rounds(
            {
                entry.name: (entry.title if language == "zh" else entry.title_en) or entry.title
                for entry in scenario.policy.rounds
            }
        )
        result = simulate.simulate(scenario, progress=progress.begin)
        progress.begin("report")
        written = report.write(
            result,
            folder,
            language=language,
            names=names,
            student_sheet=student_sheet,
            font="" if font is None else str(font),
            replace=replace,
        )
    page = (written / "report.html").resolve()
    if quiet:
        print(page)
        return 0
    from rich.console import Console

    from simulator.cli.listing import list_warnings
    from simulator.cli.summary import print_summary

    print_summary(result, language, Console())
    foremost = [warning for warning in result.scenario.warnings if warning.code in load.FOREMOST]
    list_warnings(foremost, language)
    others = len(result.scenario.warnings) - len(foremost)
    if others:
        print(text("summary_warnings", language, count=others, path=path))
    print(text("summary_report", language, path=page))
    return 0


def check(path: Path, *, variant: str, overrides: Sequence[str], lang: str, drop_forbidden: bool) -> int:
    """Print every fault and every warning of a scenario folder."""
    from simulator import load
    from simulator.cli.listing import list_faults, list_warnings

    language = choose_language(lang)
    scenario, faults, warnings = load.examine(
        path, variant=variant, overrides=tuple(overrides), drop_forbidden=drop_forbidden
    )
    if faults:
        list_faults(faults, language, sys.stdout)
    elif scenario is not None and scenario.roads is not None:
        from simulator import travel

        warnings += travel.warnings(scenario)
    list_warnings(warnings, language)
    if faults:
        return EXIT_FAULTS
    print(text("check_good", language, path=path))
    return 0


def new(folder: Path, *, lang: str) -> int:
    """Write a commented scenario folder to fill in."""
    from simulator.report.blank_scenario import write_blank_scenario

    language = choose_language(lang)
    try:
        write_blank_scenario(folder, language)
    except FileExistsError:
        print(text("end_exists_new", language, path=folder), file=sys.stderr)
        return EXIT_FAULTS
    print(text("new_written", language, path=folder))
    return 0


def is_chinese_font(font: Path) -> bool:
    """Whether the file is there and is a font with Chinese glyphs; asked before the work, not after it."""
    from simulator.report.fonts import chinese_font

    try:
        return chinese_font(str(font)) is not None
    except (FileNotFoundError, ValueError):
        return False


def settings(overrides: Sequence[str], seed: int | None) -> tuple[str, ...]:
    """The words of ``--set``, and ``--seed`` as one of them."""
    return tuple(overrides) if seed is None else (*overrides, f"seed={seed}")


def called(path: Path, name: str) -> str:
    """What the results of a scenario are called: ``name``, its own folder behind it where that is its base's.

    So the results of a plan that only says how it differs from its base do not take the base's place.
    """
    from simulator import load

    own = as_part(load.own_folder(path))
    return f"{name}+{own}" if own else name  # no name holds a +, so no variant of the base is called this


def as_part(name: str) -> str:
    """A name as part of that of a folder, without what a file system refuses."""
    return re.sub(r"[^\w.-]+", "_", name)


def folder_name(name: str, variant: str, changes: Sequence[str] = ()) -> str:
    """Name of the run folder: the scenario's, the variant's without what a file system refuses, the changes.

    So no run takes the folder of another one's settings. Changes that are short and plain stand as they are
    (``seed-9``, ``class_size.primary-40+seed-9``), any others as a hash of them.
    """
    parts = [name]
    if variant:
        parts.append(as_part(variant))
    if changes:
        shown = "+".join(change.replace("=", "-", 1) for change in changes)
        plain = len(shown) <= LONGEST_CHANGES and all(re.fullmatch(r"[\w.=-]+", change) for change in changes)
        digest = hashlib.sha256("\n".join(changes).encode("utf-8")).hexdigest()[:8]
        parts.append(shown.rstrip(".") if plain else digest)
    return "-".join(parts)
