"""``report.html``: one file that opens offline, asks the network for nothing, and runs no script but ours.

The page carries its own style, scripts and data. A content security policy inside it refuses every request
and every script whose hash it does not name, so even a text that slipped through escaping could do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
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
    map_data = sections["map"]["data"]
    policy = view.run.scenario.policy
    return rendered(
        "report.html",
        view.words,
        scripts=["static/report.js"] if map_data is None else ["static/map.js", "static/report.js"],
        styles=["static/report.css"],
        map_data=map_data,
        title=view.words.title(),
        year=str(policy.year),
        departures=departures(view.run.scenario, view.words),
        seed=str(policy.seed),
        luck=view.luck,
        scenario=policy.name,
        sections=sections,
    )


def rendered(
    template: str,
    words: Words,
    *,
    scripts: Sequence[str],
    styles: Sequence[str],
    map_data: Any = None,
    **content: Any,
) -> str:
    """A page as one file that opens offline: ``template`` in ``frame.html``, with its scripts and styles.

    Args:
        scripts, styles: files of the report's own, in order; the page runs these scripts and no others.
        map_data: what a map draws, or None; with it come Leaflet and ``canvas_map.js``.
        content: what the template names besides.
    """
    with_map = map_data is not None
    code, looks = [asset(name) for name in scripts], [asset(name) for name in styles]
    if with_map:
        code = [leaflet_script(), asset("static/canvas_map.js"), *code]
        looks = [leaflet_style(), *looks]
    return (
        environment(words)
        .get_template(template)
        .render(
            lang=LANGUAGE_TAGS[words.language],
            version=__version__,
            styles=Markup("\n".join(looks)),
            scripts=[Markup(script) for script in code],
            script_hashes=" ".join(script_hash(script) for script in code),
            map_data=script_json(map_data) if with_map else Markup(""),
            leaflet_licence=asset("vendor/leaflet/LICENSE.txt") if with_map else "",
            **content,
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
