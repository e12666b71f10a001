"""``manifest.json`` of a rezoning: what it was made from, and its figures for programs."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np

from simulator import __version__
from simulator.model import StageZones
from simulator.report.files import sha256
from simulator.report.rezoning.facts import Fact, facts, moves
from simulator.report.rezoning.groups import groups_of
from simulator.report.rezoning.layout import layout_facts
from simulator.report.rezoning.view import ZonesView

FORMAT = "xuewei-zones-1"


def manifest(view: ZonesView, folder: Path) -> dict[str, Any]:
    """The manifest of a rezoning whose other files are in ``folder``; it holds no clock and no path."""
    made = view.rezoning
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "format": FORMAT,
        "scenario": dict(made.scenario.resolved),
        "zoning": dataclasses.asdict(made.scenario.policy.zoning),
        "method": made.method,
        "inputs_sha256": dict(made.scenario.sources),
        "versions": {"xuewei": __version__, **made.versions},
        "language": view.words.language,
        "distance_source": {"method": made.source, "detour_percent": made.detour_percent},
        "neighbours": made.neighbours,
        "stages": {stage.stage.name.lower(): _stage(view, stage) for stage in made.stages},
        "files_sha256": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
    }


def _groups(view: ZonesView, stage: StageZones) -> dict[str, Any] | None:
    """The groups of one stage, by the ids of the schools; None where none were asked for."""
    made, ids = stage.groups, view.rezoning.scenario.schools.id
    if made is None:
        return None
    return {
        "wanted": made.wanted,
        "areas": made.areas,
        "with_quality": made.with_quality,
        "seats_off": made.seats_off,
        "quality_off": made.quality_off,
        "cost": made.cost,
        "bound": made.bound,
        "steps": dict(made.steps),
        "groups": {
            str(ids[group.leader]): [str(ids[row]) for row in group.schools]
            for group in groups_of(view, stage)
        },
    }


def _key(fact: Fact) -> str:
    """The name of a figure; the way is told in kilometres to people alone."""
    return "metres" if fact.unit == "kilometres" else fact.code.removeprefix("zones_")


def _stage(view: ZonesView, stage: StageZones) -> dict[str, Any]:
    """The figures of one stage, as whole numbers; the total way, ``metres``, is in metres here."""
    zones, side = stage.proposed, view.sides[stage.stage][1]
    ids = view.rezoning.scenario.schools.id
    return {
        "today": {_key(fact): fact.today for fact in facts(view, stage)},
        "proposed": {_key(fact): fact.proposed for fact in facts(view, stage)},
        "moves": moves(view, stage),
        "cost": zones.cost,
        "bound": zones.bound,
        "bound_of": zones.bound_of,
        "weighed": zones.weighed,
        "weighed_bound": zones.weighed_bound,
        "excess_bound": zones.excess_bound,
        "contiguous": zones.contiguous,
        "kept_detached": int((zones.detached & ~zones.island & stage.problem.stays(zones.assigned)).sum()),
        "excess_metres": stage.problem.excess_metres,
        "steps": dict(zones.steps),
        "seat_prices": {
            str(ids[row]): {"children": int(side.price_children[row]), "metres": int(side.price_metres[row])}
            for row in np.flatnonzero(zones.prices).tolist()
        },
        "groups": _groups(view, stage),
        "layout": None if stage.concentration is None else layout_facts(stage),
        "notices": [{"code": notice.code, **notice.details} for notice in stage.framed.notices],
    }
