"""Section 5: every school and stage with load, seats, classes, caps, flags and seat price."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import UNPLACED, Ownership, Round, SchoolKind, Stage
from simulator.report.tables.schools import school_rows
from simulator.report.view import LARGE_CLASS, VERY_LARGE_CLASS, View

SHOWN = 25
"""Rows shown before "show all"; the fullest schools come first."""


def context(view: View) -> dict[str, Any]:
    """Rows, fullest first, and the counties, stages and kinds to filter by."""
    rows = [
        row(view, school, stage)
        for school, stage in zip(*(c.tolist() for c in school_rows(view)), strict=True)
    ]
    rows.sort(key=lambda r: (-r["fullness"], r["name"], r["id"], r["stage"]))
    priced = view.price.round
    entry = None if priced == UNPLACED else view.run.scenario.policy.rounds[priced]
    return {
        "rows": rows,
        "shown": SHOWN,
        "counties": [name for name in view.run.scenario.counties if any(r["county"] == name for r in rows)],
        "stages": list(dict.fromkeys(r["stage"] for r in sorted(rows, key=lambda r: r["stage_place"]))),
        "owners": list(dict.fromkeys(r["owner"] for r in sorted(rows, key=lambda r: r["owner_place"]))),
        "price_round": "" if entry is None else view.words.round_titles()[priced],
        "price_notes": [] if entry is None else price_notes(view, entry),
        "price_column": "column_price_units" if view.price.in_units else "column_price_metres",
    }


def price_notes(view: View, entry: Round) -> list[str]:
    """What the prices of a round mean where it does not simply count the metres of all children."""
    words, notes = view.words, []
    if entry.mechanism == "least_greatest":
        notes.append(words.text("price_note_greatest"))
    if entry.mechanism == "least_total_by_tier":
        notes.append(words.text("price_note_by_tier"))
    if entry.coordination and entry.mechanism == "least_total" and view.run.scenario.policy.shares:
        notes.append(words.text("price_note_shares"))
    if not view.price.measured:
        notes.append(words.text("price_note_unmeasured"))
    if entry.bends_metres:
        notes.append(words.text("price_note_units", curve=words.cost_curve(entry)))
    return notes


def row(view: View, school: int, stage: int) -> dict[str, Any]:
    """One school and stage, printed."""
    table, words, facts, price = view.run.scenario.schools, view.words, view.facts, view.price
    seats, load = int(facts.stage_seats[stage, school]), int(facts.stage_load[stage, school])
    made, largest = (int(column[stage, school]) for column in view.classes)
    after, cap = int(view.pupils_after[school]), int(view.caps[school])
    flags = []
    if after > cap:
        flags.append(("bad", words.text("flag_oversized")))
    if largest >= VERY_LARGE_CLASS:
        flags.append(("bad", words.text("flag_very_large_class")))
    elif largest >= LARGE_CLASS:
        flags.append(("warn", words.text("flag_large_class")))
    if load > seats:
        flags.append(("warn", words.text("flag_over_seats")))
    if table.protected[school]:
        flags.append(("note", words.text("flag_protected")))
    known = bool(price.known[stage, school])
    return {
        "id": str(table.id[school]),
        "name": str(view.school_names[school]),
        "county": str(view.county_names[table.county[school]]),
        "stage": words.text(f"stage_{Stage(stage).name.lower()}"),
        "stage_place": stage,
        "kind": words.text(f"kind_{SchoolKind(int(table.kind[school])).name.lower()}"),
        "owner": words.text(f"ownership_{Ownership(int(table.ownership[school])).name.lower()}"),
        "owner_place": int(table.ownership[school]),
        "seats": words.number(seats),
        "load": words.number(load),
        "fill": words.percent(load, seats) if seats else ("" if not load else words.not_available),
        "bar": min(100 * load // seats, 100) if seats else 0,
        "fullness": np.float64(load / seats) if seats else np.float64(load > 0) * 9,
        "classes": words.number(int(table.classes[stage, school])),
        "largest": words.number(largest) if made else "",
        "pupils": words.number(after),
        "cap": words.number(cap),
        "flags": flags,
        "price_children": words.number(int(price.children[stage, school])) if known else "",
        "price_metres": words.number(int(price.metres[stage, school])) if known else "",
    }
