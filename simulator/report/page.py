"""``report.html``: one file that opens offline, asks the network for nothing, and runs no script but ours.

The page carries its own style, scripts and data. A content security policy inside it refuses every request
and every script whose hash it does not name, so even a text that slipped through escaping could do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator import __version__
from simulator.report.departures import departures
from simulator.report.sections import SECTIONS
from simulator.report.view import View
from simulator.report.words import Words

HERE = Path(__file__).parent
LEAFLET = HERE / "vendor" / "leaflet"
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def page(view: View) -> str:
    """The report of one run as HTML."""
    sections = {name: make(view) for name, make in SECTIONS.items()}
    with_map = sections["map"]["data"] is not None
    scripts = [asset("static/report.js")]
    if with_map:
        scripts = [leaflet_script(), asset("static/map.js"), *scripts]
    styles = [asset("static/report.css")]
    if with_map:
        styles.insert(0, leaflet_style())
    policy = view.run.scenario.policy
    return (
        environment(view.words)
        .get_template("report.html")
        .render(
            lang=LANGUAGE_TAGS[view.words.language],
            title=view.words.title(),
            year=str(policy.year),
            departures=departures(view.run.scenario, view.words),
            seed=str(policy.seed),
            luck=view.luck,
            scenario=policy.name,
            version=__version__,
            sections=sections,
            styles=Markup("\n".join(styles)),
            scripts=[Markup(script) for script in scripts],
            script_hashes=" ".join(script_hash(script) for script in scripts),
            map_data=script_json(sections["map"]["data"]) if with_map else Markup(""),
            leaflet_licence=(LEAFLET / "LICENSE.txt").read_text(encoding="utf-8") if with_map else "",
        )
    )


def script_json(content: Any) -> Markup:
    """JSON that may stand inside a script element: no character in it can end the element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def environment(words: Words) -> Environment:
    """Templates with automatic escaping; a name that is not there is an error, not an empty place."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals.update(t=words.text, number=words.number)
    return made


def asset(name: str) -> str:
    """A file of the report's own, as text."""
    return (HERE / name).read_text(encoding="utf-8")


def leaflet_script() -> str:
    """Leaflet as published, without the pointer to a map of its source, which a browser would ask for."""
    script = (LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    return script.replace("//# sourceMappingURL=leaflet.js.map", "")


def leaflet_style() -> str:
    """Leaflet's style without rules that name images: the report uses none, and must request none."""
    style = (LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"[^;{}]+:\s*url\([^)]*\)[^;}]*;?", "", style)


def script_hash(script: str) -> str:
    """The name by which the page's policy allows one script."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
