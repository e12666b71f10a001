"""``manifest.json``: what a run was made from and what proves it; ``timings.json``: how long it took."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from simulator import __version__
from simulator.messages import text
from simulator.model import NO_METRES, Refill, Stage, Status, Travel
from simulator.report.files import sha256
from simulator.report.view import View

FORMAT = "xuewei-run-1"
CHANGED = ("seats", "placed", "own_zone", "beyond_limit", "metres", "gain", "lose")
"""What one more class changed, as ``MoreClasses`` names it."""


def manifest(view: View, folder: Path) -> dict[str, Any]:
    """The manifest of a run whose other files are in ``folder``; it holds no clock and no absolute path."""
    run, policy = view.run, view.run.scenario.policy
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "format": FORMAT,
        "scenario": dict(run.scenario.resolved),
        "variant": run.scenario.variant,
        "changes": list(run.scenario.changes),
        "inputs_sha256": dict(run.scenario.sources),
        "seed": {
            "value": policy.seed,
            "note": text(view.luck["seed_is_simulation"], "en", seed=str(policy.seed)),
            "note_zh": text(view.luck["seed_is_simulation"], "zh", seed=str(policy.seed)),
        },
        "versions": {"xuewei": __version__, **run.versions},
        "language": view.words.language,
        "names": view.student_names is not None,
        "distance_source": distance_source(run.travel),
        "rounds": rounds(view),
        "more_classes": more_classes(view),
        "totals": totals(view),
        "files_sha256": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
    }


def distance_source(travel: Travel) -> dict[str, Any]:
    """Where the metres come from."""
    source: dict[str, Any] = {"method": travel.source, "detour_percent": travel.detour_percent}
    if travel.roads is not None:
        sizes = travel.roads.access.component_nodes
        source |= {"profile": travel.roads.profile, "nodes": int(sizes.sum()), "components": len(sizes)}
    return source


def rounds(view: View) -> list[dict[str, Any]]:
    """What each round did and, where it was least cost, the facts that prove it."""
    return [
        {
            "round": view.entry(record).name,
            "mechanism": view.entry(record).mechanism,
            "entered": record.entered,
            "applied": record.applied,
            "admitted": record.admitted,
            "certificate": dict(record.certificate),
            "refills": [refill_values(view, refill) for refill in record.refills],
        }
        for record in view.run.admission.rounds
    ]


def refill_values(view: View, refill: Refill) -> dict[str, Any]:
    """What a round gave on of seats set free by a later one, with its proof where it was least cost."""
    return {
        "after": view.run.scenario.policy.rounds[refill.after].name,
        "waiting": refill.waiting,
        "admitted": refill.admitted,
        "certificate": dict(refill.certificate),
    }


def more_classes(view: View) -> list[dict[str, Any]]:
    """Every replay with one more class: what it changed, and the proof of each of its least-cost steps."""
    made, schools = view.run.more_classes, view.run.scenario.schools
    rounds = view.run.scenario.policy.rounds
    return [
        {
            "school": str(schools.id[made.school[row]]),
            "stage": Stage(int(made.stage[row])).name.lower(),
            "changed": {name: int(getattr(made, name)[row]) for name in CHANGED},
            "certificates": [
                {"round": rounds[place].name, "certificate": dict(proof)} for place, proof in certificates
            ],
        }
        for row, certificates in enumerate(made.certificates)
    ]


def totals(view: View) -> dict[str, Any]:
    """Sums over all children, so that a reader can see that nobody is lost."""
    run = view.run
    admission, students = run.admission, run.students
    by_stage = {
        stage.name.lower(): {
            status.name.lower(): int(np.sum((admission.status == status) & (students.stage == stage)))
            for status in Status
        }
        for stage in Stage
    }
    known = admission.metres != NO_METRES
    return {
        "children": len(students),
        "statuses": by_stage,
        "metres": int(admission.metres[known].sum(dtype=np.int64)),
        "children_with_metres": int(known.sum()),
        "schools": len(run.scenario.schools),
        "blocks": len(run.scenario.blocks),
        "notices": len(admission.notices),
    }


def timings(view: View, seconds: Mapping[str, float]) -> dict[str, Any]:
    """Wall time of the stages of the run and of the report."""
    run = {name: round(value, 3) for name, value in view.run.seconds.items()}
    return {"run": run, "report": {name: round(value, 3) for name, value in seconds.items()}}
