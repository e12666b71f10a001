"""Section 7: early warning by zone, the cheapest fixes in words, and the rules that bind."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import Stage
from simulator.report.tables.findings import FAR, notice_text
from simulator.report.tables.zones import LEVELS, one_fix
from simulator.report.view import View

SHOWN = 20
MOST_NOTICES = 200
"""Notices of one kind printed on the page; the workbook has them all."""


def context(view: View) -> dict[str, Any]:
    """Red and yellow zones, most seats short first; notices by kind."""
    warnings = view.run.warnings
    pressing = np.flatnonzero(warnings.level > 0)
    percent = view.run.scenario.policy.early_warning
    order = sorted(
        pressing.tolist(), key=lambda z: (-warnings.level[z], -view.zone_short[z], -_ratio(view, z), z)
    )
    fixes: dict[int, list[str]] = {}
    for row, zone in enumerate(view.run.fixes.zone.tolist()):
        fixes.setdefault(zone, []).append(one_fix(view, row))
    return {
        "zones": [zone_values(view, zone, fixes.get(zone, [])) for zone in order],
        "all": len(warnings.level),
        "green": int(np.sum(warnings.level == 0)),
        "shown": SHOWN,
        "yellow": f"{percent.yellow_percent}%",
        "red": f"{percent.red_percent}%",
        "binding": binding(view),
    }


def _ratio(view: View, zone: int) -> float:
    return float(view.run.warnings.children[zone] / max(int(view.run.warnings.seats[zone]), 1))


def zone_values(view: View, zone: int, fixes: list[str]) -> dict[str, Any]:
    """One zone, printed."""
    warnings, words = view.run.warnings, view.words
    children, seats, short = (
        int(warnings.children[zone]),
        int(warnings.seats[zone]),
        int(view.zone_short[zone]),
    )
    level = int(warnings.level[zone])
    return {
        "name": str(view.zone_names[zone]),
        "county": str(view.county_names[view.zone_county[zone]]),
        "stage": words.text(f"stage_{Stage(int(warnings.stage[zone])).name.lower()}"),
        "children": words.number(children),
        "seats": words.number(seats),
        "ratio": words.percent(children, seats),
        "short": words.number(short) if short else "",
        "level": LEVELS[level],
        "tone": ("good", "warn", "bad")[level],
        "fixes": fixes,
    }


def binding(view: View) -> list[dict[str, Any]]:
    """Notices but named exceptions, by code in the order of first appearance."""
    texts: dict[str, list[str]] = {}
    for notice in view.run.admission.notices:
        if notice.code not in FAR:
            texts.setdefault(notice.code, []).append(notice_text(view, notice))
    return [
        {
            "title": view.words.text("binding_count", kind=kind_of(view, code), n=len(lines)),
            "lines": lines[:MOST_NOTICES],
            "more": max(len(lines) - MOST_NOTICES, 0),
        }
        for code, lines in texts.items()
    ]


def kind_of(view: View, code: str) -> str:
    """What a kind of notice is about; its code if the report has no words for it."""
    try:
        return view.words.text(f"kind_of_{code}")
    except KeyError:
        return code
