"""``xuewei explain``: a run folder back to its scenario, played again, held against it, and put in words."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from simulator.cli import EXIT_FAULTS, EXIT_USAGE
from simulator.messages import Language, text
from simulator.messages.telling import choose_language, one_line
from simulator.model import Scenario, ScenarioError

LARGE = 10_000
"""Children from which on a play of all rounds is announced."""


def explain(
    run: Path,
    *,
    student: str,
    school: str,
    scenario: Path | None,
    staff: bool,
    replays: int | None,
    as_json: bool,
    lang: str,
) -> int:
    """Explain one child, or list the cut-offs of one school; nothing is said of a run that does not repeat.

    1. Read the run folder and its scenario, every input as it was.
    2. Play again, and hold every child's outcome against the recorded one.
    3. Explain, and print the lines or JSON.
    """
    language = choose_language(lang)
    if bool(student) == bool(school):
        problem = text("end_explain_one", language)
        print(text("end_usage", language, error=problem, help="xuewei explain --help"), file=sys.stderr)
        return EXIT_USAGE
    from simulator import explain as explaining
    from simulator import load, simulate
    from simulator.report.explained import student_lines
    from simulator.report.explained_school import school_lines
    from simulator.report.words import Words

    try:
        read = load.run_folder(run, scenario)
        language = choose_language(lang, read.scenario.policy.language or read.language)
        if large(read.scenario):
            print(text("explain_replaying", language), file=sys.stderr, flush=True)
        year = explaining.play_year(read.scenario)
        explaining.require_same_outcome(year, read.recorded, simulate.versions())
        words = Words(language, read.scenario.policy)
        most = explaining.REPLAYS if replays is None else replays
        made: explaining.StudentExplained | explaining.SchoolExplained
        if student:
            row = explaining.find_student(year, student)
            with working(staff, most, language):
                made = explaining.explain_student(year, row, staff=staff, replays=most)
            lines = student_lines(made, words, year.scenario, most)
        else:
            made = explaining.explain_school(year, explaining.find_school(year, school), staff=staff)
            lines = school_lines(made, words, year.scenario)
    except ScenarioError as error:
        from simulator.cli.listing import list_faults

        list_faults(error.faults, language, heading="explain_faults")
        return EXIT_FAULTS
    if as_json:
        print(json.dumps(explaining.plain(made, year), ensure_ascii=False, indent=2))
    else:
        print("\n".join(one_line(line) for line in lines))
    return 0


def large(scenario: Scenario) -> bool:
    """Whether playing the year again takes long enough to say so."""
    if scenario.demand is not None:
        return int(scenario.demand.count.sum()) >= LARGE
    return scenario.students is not None and len(scenario.students) >= LARGE


def working(staff: bool, most: int, language: Language) -> AbstractContextManager[object]:
    """A line on a terminal's error stream while rounds are played again; nothing in a pipe."""
    from rich.console import Console

    console = Console(stderr=True)
    if not (staff and most and console.is_terminal):
        return nullcontext()
    return console.status(text("explain_working", language, n=most))
