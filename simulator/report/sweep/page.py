"""``report.html`` of a sweep: one file that opens offline, in one language, as that of a run."""

from __future__ import annotations

from simulator.report.page import rendered
from simulator.report.sweep.printing import title
from simulator.report.sweep.sections import SWEEP_SECTIONS
from simulator.report.sweep.summary import Summary
from simulator.report.words import Words


def sweep_page(summary: Summary, words: Words) -> str:
    """The page of a study."""
    sections = {name: make(summary, words) for name, make in SWEEP_SECTIONS.items()}
    layout = summary.layout
    return rendered(
        "sweep.html",
        words,
        scripts=["static/report.js"],
        styles=["static/report.css", "static/sweep.css"],
        title=title(words, summary),
        year=str(layout.year),
        seed=str(layout.seed),
        own_luck=summary.own_luck,
        sections=sections,
    )
