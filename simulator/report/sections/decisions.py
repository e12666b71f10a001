"""Section 2: what needs a decision, gathered from everything below, most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model import UNPLACED, Reason, Status
from simulator.report.sections.more_classes import stage_name
from simulator.report.tables.findings import FAR
from simulator.report.view import LARGE_CLASS, View


@dataclass(frozen=True)
class Item:
    """One matter: ``tone`` is "bad" (decide) or "warn" (watch); ``section`` is where it is told in full."""

    tone: str
    count: int
    text: str
    detail: str
    section: str


def context(view: View) -> dict[str, Any]:
    """All matters that are there; none is a result too, and is said."""
    found = [*_zones(view), *_children(view), *_targets(view), *_schools(view), *_exceptions(view)]
    return {"items": sorted(found, key=lambda item: item.tone != "bad")}


def _zones(view: View) -> list[Item]:
    warnings, words = view.run.warnings, view.words
    red, yellow = int(np.sum(warnings.level == 2)), int(np.sum(warnings.level == 1))
    items = []
    if red:
        short = view.zone_short
        detail = ""
        if short.any():
            worst = int(np.argmax(short))
            detail = words.text(
                "decide_red_detail", n=int(short.sum()), zone=view.zone_names[worst], worst=int(short[worst])
            )
        items.append(Item("bad", red, words.text("decide_red", n=red), detail, "zones"))
    if yellow:
        items.append(Item("warn", yellow, words.text("decide_yellow", n=yellow), "", "zones"))
    return items


def _children(view: View) -> list[Item]:
    words, shown = view.words, view.run.admission
    items = []
    unplaced = shown.status == Status.UNPLACED
    if n := int(unplaced.sum()):
        reasons = np.bincount(shown.reason[unplaced], minlength=len(Reason))
        order = sorted(np.flatnonzero(reasons).tolist(), key=lambda reason: (-reasons[reason], reason))
        parts = [
            f"{words.text(f'reason_{Reason(r).name.lower()}')} {words.number(int(reasons[r]))}" for r in order
        ]
        items.append(
            Item("bad", n, words.text("decide_unplaced", n=n), words.joined(parts, most=9), "people")
        )
    made = view.run.more_classes
    if len(made) and (n := int(made.placed[0])) > 0:
        detail = words.text(
            "decide_more_class_detail", school=view.school_names[made.school[0]], stage=stage_name(view, 0)
        )
        items.append(Item("warn", n, words.text("decide_more_class", n=n), detail, "more_classes"))
    if n := int(np.sum(shown.status == Status.TO_BE_VERIFIED)):
        items.append(Item("warn", n, words.text("decide_verify", n=n), "", "people"))
    return items


def _targets(view: View) -> list[Item]:
    table = view.run.indicators
    words = view.words
    items = []
    missed = (table.met == 0) & (table.stage == UNPLACED)
    for code in dict.fromkeys(table.code[missed].tolist()):
        rows = np.flatnonzero(missed & (table.code == code))
        counties = [
            str(view.county_names[table.county[row]]) for row in rows if table.county[row] != UNPLACED
        ]
        target = f"{float(table.target[rows[0]]):g}%"
        said = {"indicator": words.text(code), "target": words.text("target_at_least", percent=target)}
        if counties:
            text = words.text("decide_target", n=len(counties), **said)
            items.append(Item("bad", len(counties), text, words.joined(counties, most=8), "targets"))
        else:
            items.append(Item("bad", 1, words.text("decide_target_city", **said), "", "targets"))
    return items


def _schools(view: View) -> list[Item]:
    words = view.words
    items = []
    over = np.flatnonzero(view.pupils_after > view.caps)
    if n := len(over):
        names = words.joined([str(view.school_names[school]) for school in over.tolist()], most=4)
        items.append(Item("warn", n, words.text("decide_oversized", n=n), names, "schools"))
    large = view.run.classes.size >= LARGE_CLASS
    if n := int(large.sum()):
        schools = np.unique(view.run.classes.school[large]).tolist()
        names = words.joined([str(view.school_names[school]) for school in schools], most=4)
        items.append(Item("bad", n, words.text("decide_large_class", n=n), names, "schools"))
    return items


def _exceptions(view: View) -> list[Item]:
    notices = view.run.admission.notices
    far = sum(notice.code in FAR for notice in notices)
    binding = len(notices) - far
    items = []
    if far:
        items.append(Item("warn", far, view.words.text("decide_far", n=far), "", "people"))
    if binding:
        items.append(Item("warn", binding, view.words.text("decide_binding", n=binding), "", "zones"))
    return items
