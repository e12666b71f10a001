"""``report.html`` of a sweep: one file that opens offline, in one language, as that of a run."""

from __future__ import annotations

from markupsafe import Markup

from simulator import __version__
from simulator.report.page import LANGUAGE_TAGS, asset, environment, script_hash
from simulator.report.sweep.printing import title
from simulator.report.sweep.sections import SWEEP_SECTIONS
from simulator.report.sweep.summary import Summary
from simulator.report.words import Words


def sweep_page(summary: Summary, words: Words) -> str:
    """The page of a study."""
    sections = {name: make(summary, words) for name, make in SWEEP_SECTIONS.items()}
    scripts = [asset("static/report.js")]
    layout = summary.layout
    return (
        environment(words)
        .get_template("sweep.html")
        .render(
            lang=LANGUAGE_TAGS[words.language],
            title=title(words, summary),
            year=str(layout.year),
            seed=str(layout.seed),
            version=__version__,
            sections=sections,
            styles=Markup("\n".join([asset("static/report.css"), asset("static/sweep.css")])),
            scripts=[Markup(script) for script in scripts],
            script_hashes=" ".join(script_hash(script) for script in scripts),
        )
    )
