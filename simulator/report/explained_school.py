"""The cut-offs of one school as lines of text."""

from __future__ import annotations

from simulator.explain.facts import CutOff, SchoolExplained
from simulator.model import Ownership, Scenario, SchoolKind, SeatKind, Stage
from simulator.report.explained_staff import price_parts
from simulator.report.telling import Telling, simulation_line
from simulator.report.words import Words

INDENT = "   "


def school_lines(explained: SchoolExplained, words: Words, scenario: Scenario) -> list[str]:
    """Seats, load and cut-offs, stage by stage and round by round."""
    tell, schools = Telling(words, scenario), scenario.schools
    kind = SchoolKind(int(schools.kind[explained.school])).name.lower()
    ownership = Ownership(int(schools.ownership[explained.school])).name.lower()
    lines = [
        words.text(
            "explain_school",
            school=tell.school(explained.school),
            kind=words.text(f"kind_{kind}"),
            ownership=words.text(f"ownership_{ownership}"),
        ),
        simulation_line(words, scenario),
    ]
    for stage in explained.stages:
        name = words.text(f"stage_{Stage(stage.stage).name.lower()}")
        counts = {"n": stage.classes, "seats": stage.seats, "load": stage.load}
        lines += ["", words.text("explain_school_stage", stage=name, **counts)]
        if not stage.cutoffs:
            lines.append(INDENT + words.text("explain_school_untouched"))
        for cutoff in stage.cutoffs:
            lines += [INDENT + line for line in cutoff_lines(tell, cutoff)]
    return lines


def cutoff_lines(tell: Telling, cutoff: CutOff) -> list[str]:
    """One seat pool in one round."""
    words, title = tell.words, tell.round(cutoff.round)
    if cutoff.kind != SeatKind.GENERAL:
        seats = tell.coded("seats", SeatKind(cutoff.kind))
        title = words.text("explain_school_round_kind", round=title, kind=seats)
    counts = words.text(
        "explain_school_counts",
        seats=cutoff.seats,
        applicants=cutoff.applicants,
        first=cutoff.first_choice,
        taken=cutoff.taken,
    )
    if cutoff.beyond:
        gap = "" if words.language == "zh" else " "
        counts += gap + words.text("explain_beyond", n=cutoff.beyond)
    lines = [f"· {title}", f"  {counts}", f"  {last_in(tell, cutoff)}"]
    if cutoff.last_year:
        values = tell.values(tell.entry(cutoff.round), cutoff.last_year, "last", until="draw")
        lines.append("  " + words.text("explain_last_year", values=values))
    if cutoff.price is not None:
        in_units = tell.entry(cutoff.round).bends_metres or not cutoff.measured
        parts = price_parts(tell, in_units, cutoff.price)
        lines.append("  " + words.text("explain_school_price", parts=parts))
    return lines


def last_in(tell: Telling, cutoff: CutOff) -> str:
    """The cut-off, or why there is none."""
    words = tell.words
    if not cutoff.contested:
        return words.text("explain_school_all_in")
    if not cutoff.ranked:
        return words.text("explain_school_no_rank")
    if cutoff.withheld:
        return words.text("explain_school_withheld")
    if not cutoff.taken:
        return words.text("explain_school_nobody")
    values = tell.values(tell.entry(cutoff.round), cutoff.last, "last", until="draw")
    return words.text("explain_school_cutoff", values=values)
