"""The sections of a sweep's page: what got better, for whom, where; each makes what its template prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from simulator.indicators.comparing import Mean, Pairs
from simulator.model import UNPLACED
from simulator.report.headline import HEADLINE
from simulator.report.sweep.drawing import bars, differences, gains_map
from simulator.report.sweep.printing import (
    BETTER,
    change,
    decimal,
    digits_of,
    group_name,
    interval,
    often,
    signed,
    title,
    tone,
    value,
    variant_name,
    why,
)
from simulator.report.sweep.summary import PLACES, M, Spot, Summary
from simulator.report.words import Words

BLOCKS_LISTED = 8
"""Blocks that gain and that lose most, in the list beside the map."""

Context = dict[str, Any]


def overview(summary: Summary, words: Words) -> Context:
    """What was played, and how the figures are to be read."""
    layout = summary.layout
    return {
        "title": title(words, summary),
        "variants": [variant_name(words, name) for name in summary.variants],
        "draws": len(summary.draws),
        "counties": summary.counties,
        "children": summary.children,
        "vary": layout.vary,
        "first": variant_name(words, summary.variants[0]),
        "several": len(summary.variants) > 1,
        "one": len(summary.draws) < 2,
        "own_luck": summary.own_luck,
    }


def better(summary: Summary, words: Words) -> Context:
    """Indicators of the whole study, every other variant beside the first."""
    codes = list(dict.fromkeys(code for code, _ in summary.sums))
    head = [code for code in HEADLINE if code in codes]
    parts = []
    for variant in others(summary):
        rows = [indicator_row(summary, words, code, variant) for code in codes]
        chosen = [row for code in head for row in rows if row["code"] == code]
        chart = [(words.text(code), pairs) for code, pairs in rates(summary, head, variant)]
        parts.append(
            {
                "name": variant_name(words, summary.variants[variant]),
                "rows": chosen,
                "all": rows,
                "chart": differences(chart, words),
            }
        )
    return {
        "parts": parts,
        "several": len(summary.variants) > 1,
        "first": first_name(summary, words),
        "draws": len(summary.draws),
    }


def rates(summary: Summary, codes: list[str], variant: int) -> list[tuple[str, Pairs]]:
    """Percentages among the indicators, for the chart; none where there is but one variant."""
    if len(summary.variants) < 2:
        return []
    found = [(code, summary.pairs(code, UNPLACED, variant)) for code in codes]
    return [(c, p) for c, p in found if p is not None and summary.sums[c, UNPLACED].unit == "percent"]


def indicator_row(summary: Summary, words: Words, code: str, variant: int) -> Context:
    """One indicator: both means, the difference with its interval, how often it is better."""
    stage = next(stage for known, stage in summary.sums if known == code)
    entry, pairs = summary.sums[code, stage], summary.pairs(code, stage, variant)
    assert pairs is not None
    values = entry.value(variant)
    known = values[~np.isnan(values)]
    return {
        "code": code,
        "rule": entry.rule,
        "unit": f"unit_{entry.unit}",
        "first": value(words, pairs.first.mean, entry.unit),
        "other": value(words, pairs.other.mean, entry.unit),
        "difference": change(words, pairs.difference, entry.unit),
        "interval": interval(words, pairs.difference, entry.unit),
        "tone": tone(code, pairs.difference, entry.unit),
        "often": often(words, pairs, BETTER.get(code, 0)),
        "least": value(words, float(known.min()) if len(known) else float("nan"), entry.unit),
        "greatest": value(words, float(known.max()) if len(known) else float("nan"), entry.unit),
    }


def whom(summary: Summary, words: Words) -> Context:
    """Groups of children: placed, own zone, metres, and how many are better and worse off."""
    parts = []
    names = [
        name for name, counted in summary.groups.items() if counted[..., M["children"]].sum(axis=(1, 2)).any()
    ]
    for variant in others(summary):
        rows: list[Context] = []
        chart: list[tuple[str, float, float]] = []
        for name in names:
            cells = {
                measure: figures(words, summary.group_pairs(name, measure, variant, per), measure)
                for measure, per in (
                    ("placed", "children"),
                    ("own_zone", "children"),
                    ("metres", "measured"),
                    ("gain", "children"),
                    ("lose", "children"),
                )
            }
            children = summary.groups[name][0, :, :, M["children"]].sum() / len(summary.draws)
            said = group_name(words, summary.round_titles, name)
            rows.append({"name": said, "children": decimal(float(children), 0), "cells": cells})
            gain, lose = (summary.group_pairs(name, m, variant).other.mean for m in ("gain", "lose"))
            chart.append((said, gain, lose))
        counted = len(summary.variants) > 1 and bool(summary.layout.comparable[variant])
        parts.append(
            {
                "name": variant_name(words, summary.variants[variant]),
                "rows": rows,
                "counted": counted,
                "chart": bars(chart, words) if counted else None,
            }
        )
    return {"parts": parts, "several": len(summary.variants) > 1, "first": first_name(summary, words)}


def figures(words: Words, pairs: Pairs, measure: str) -> Context:
    """One figure of a group: by the variant, and the difference with its interval."""
    unit = "metres" if measure == "metres" else "percent"
    counted = measure in ("gain", "lose")  # against the first already, child by child
    judged: Mean = pairs.other if counted else pairs.difference
    return {
        "other": value(words, pairs.other.mean, unit),
        "difference": change(words, pairs.difference, unit),
        "interval": interval(words, judged, unit, of_difference=not counted),
        "tone": tone(measure, judged, unit),
    }


def where(summary: Summary, words: Words) -> Context:
    """The map of gains and losses, and the places that gain and lose most."""
    parts = []
    for variant in range(1, len(summary.variants)):
        apart = not summary.layout.comparable[variant]
        ranked = sorted(summary.spots, key=lambda spot: (-spot.net[variant][0], spot.name))
        gain = [spot for spot in ranked if spot.net[variant][0] > 0][:BLOCKS_LISTED]
        lose = [spot for spot in reversed(ranked) if spot.net[variant][0] < 0][:BLOCKS_LISTED]
        parts.append(
            {
                "name": variant_name(words, summary.variants[variant]),
                "apart": apart,
                "map": gains_map(
                    summary.spots, variant, words, cells=summary.counties == 1, apart=bool(apart)
                ),
                "gain": [spot_row(spot, variant) for spot in gain],
                "lose": [spot_row(spot, variant) for spot in lose],
            }
        )
    return {"parts": parts, "first": first_name(summary, words)}


def spot_row(spot: Spot, variant: int) -> Context:
    """One place: children, the net gain with its interval, and placed in the own zone under both."""
    net, half = spot.net[variant]
    return {
        "name": spot.name,
        "children": decimal(spot.children, 0),
        "net": signed(net, digits_of(net, "children")),
        "half": "" if np.isnan(half) else f"±{decimal(half, 1)}",
        "before": decimal(100 * spot.own_zone[0] / spot.children, 1),
        "after": decimal(100 * spot.own_zone[variant] / spot.children, 1),
    }


def places(summary: Summary, words: Words) -> Context:
    """Every county: means and differences of a few indicators."""
    rows = []
    for name in sorted(summary.places):
        found = summary.places[name]
        for row, variant in enumerate(others(summary)):
            cells = []
            for code in PLACES:
                pairs = found[code][row] if code in found else None
                unit = summary.sums[code, UNPLACED].unit if (code, UNPLACED) in summary.sums else "children"
                cells.append(
                    None
                    if pairs is None
                    else {
                        "other": value(words, pairs.other.mean, unit),
                        "difference": change(words, pairs.difference, unit),
                        "interval": interval(words, pairs.difference, unit),
                        "tone": tone(code, pairs.difference, unit),
                    }
                )
            rows.append(
                {"name": name, "variant": variant_name(words, summary.variants[variant]), "cells": cells}
            )
    return {"codes": PLACES, "rows": rows, "several": len(summary.variants) > 1}


def provenance(summary: Summary, words: Words) -> Context:
    """Seeds, versions, and the counties that could not be played."""
    layout = summary.layout
    return {
        "seed": str(layout.seed),
        "year": str(layout.year),
        "vary": layout.vary,
        "own_luck": summary.own_luck,
        "versions": [f"{name} {version}" for name, version in layout.versions],
        "fingerprint": layout.fingerprint if summary.counties == 1 else "",
        "failures": [{"county": failure.county, "why": why(failure, words)} for failure in summary.failures],
    }


def others(summary: Summary) -> range:
    """Rows of the variants that are told of: all but the first, or the only one."""
    return range(1, len(summary.variants)) if len(summary.variants) > 1 else range(1)


def first_name(summary: Summary, words: Words) -> str:
    """What the others are held against."""
    return variant_name(words, summary.variants[0])


SWEEP_SECTIONS: Mapping[str, Callable[[Summary, Words], Context]] = {
    "sweep_overview": overview,
    "sweep_better": better,
    "sweep_whom": whom,
    "sweep_where": where,
    "sweep_places": places,
    "sweep_provenance": provenance,
}
"""Section name (template ``NAME.html``, title ``section_NAME``) to its values."""
