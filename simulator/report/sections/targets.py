"""Section 3: targets met or missed, county by county (R48), and the other indicators of the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model import UNPLACED, Stage
from simulator.report.headline import printed
from simulator.report.view import View


@dataclass(frozen=True)
class Cell:
    """One figure against its target: ``met`` is "met", "missed" or "none"."""

    value: str
    counts: str
    met: str


def context(view: View) -> dict[str, Any]:
    """The matrix of counties and targets; the table of all indicators of the whole city."""
    table, words = view.run.indicators, view.words
    judged = ~np.isnan(table.target.astype(np.float64)) & (table.stage == UNPLACED)
    codes = list(dict.fromkeys(table.code[judged].tolist()))
    heads = []
    for code in codes:
        row = int(np.flatnonzero(judged & (table.code == code))[0])
        target = words.text("target_at_least", percent=f"{float(table.target[row]):g}%")
        heads.append({"code": code, "rule": str(table.rule[row]), "target": target})
    places = [UNPLACED, *range(len(view.run.scenario.counties))]
    rows = [
        {
            "place": words.text("whole_city") if county == UNPLACED else str(view.county_names[county]),
            "cells": [cell(view, code, county) for code in codes],
        }
        for county in places
    ]
    nowhere = max((in_no_county(view, code) for code in codes), default=0)
    return {"heads": heads, "rows": rows, "nowhere": nowhere, "indicators": city(view)}


def in_no_county(view: View, code: str) -> int:
    """Children counted in the whole city whom no county counts, for nothing says where they belong."""
    places = [view.indicator(code, county) for county in range(len(view.run.scenario.counties))]
    whole = view.indicator(code)
    if whole is None or not places or any(place is None for place in places):
        return 0
    return int(whole["denominator"]) - sum(int(place["denominator"]) for place in places if place)


def cell(view: View, code: str, county: int) -> Cell:
    """One indicator of one county."""
    row = view.indicator(code, county)
    if row is None or row["value"] is None:
        return Cell(view.words.not_available, "", "none")
    counts = view.words.text("part_of_whole", part=row["numerator"], whole=row["denominator"])
    met = {1: "met", 0: "missed"}.get(row["met"], "none")
    return Cell(printed(view, code, county, UNPLACED), counts if row["unit"] == "percent" else "", met)


def city(view: View) -> list[dict[str, Any]]:
    """Every indicator of the whole city: both stages and each, with its rule."""
    table = view.run.indicators
    rows = []
    for code in dict.fromkeys(table.code.tolist()):
        first = int(np.flatnonzero(table.code == code)[0])
        stages = [UNPLACED, *Stage]
        values = [
            printed(view, code, UNPLACED, stage) if view.indicator(code, UNPLACED, stage) else ""
            for stage in stages
        ]
        rows.append(
            {
                "code": code,
                "rule": str(table.rule[first]),
                "unit": f"unit_{table.unit[first]}",
                "values": values,
            }
        )
    return rows  # fmt: skip
