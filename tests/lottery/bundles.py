"""Small bundles: every procedure, twins, a late draw, a simulation, written to a folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from simulator.lottery import bundle
from simulator.model import UNPLACED
from simulator.model.arrays import texts

BALLS = "2.5.8.10.12./9319./"
LATE = "1.7.33./9320./"


def receipts(count, tag="R"):
    """Stable stand-ins for random receipts."""
    return [hashlib.sha256(f"{tag}{row}".encode()).hexdigest()[:12].upper() for row in range(count)]


def group(count, twins=()):
    labels = np.full(count, UNPLACED, dtype=np.int32)
    for label, rows in enumerate(twins):
        labels[list(rows)] = label
    return labels


def official(name="private_2026", method="keyed", count=9, twins=((1, 4), (2, 7, 8)), plan=4, **more):
    ids = more.pop("ids", receipts(count))
    return bundle.freeze(
        name,
        texts(ids),
        group(len(ids), twins),
        kind=more.pop("kind", "official"),
        source=more.pop("source", "双色球 2026078 期红球；上证指数收盘 index at close"),
        method=method,
        plan=plan,
        **more,
    )


def write(folder: Path, stem: str, roster: bundle.Roster, entropy: str | None = BALLS, seed: int = 7) -> None:
    """The three files of a draw; ``entropy`` None: frozen and not drawn yet."""
    frozen = bundle.roster_bytes(roster)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.roster.txt").write_bytes(frozen)
    (folder / f"{stem}.commitment.txt").write_bytes(bundle.commitment_bytes(stem, frozen))
    if entropy is None:
        return
    simulated = roster.kind == "simulation"
    drawn = bundle.draw_of(roster, seed if simulated else bundle.seed_of(entropy))
    result = bundle.result_bytes(roster, bundle.NONE if simulated else entropy, drawn)
    (folder / f"{stem}.result.txt").write_bytes(result)


METHODS = ("keyed", "descending", "direction", "circle", "interval", "stride")


def one(folder: Path, kind: str) -> Path:
    """A bundle of one kind: a draw by one procedure, a late draw behind a first one, or a simulation."""
    if kind in METHODS:
        write(folder, kind, official(f"摇号-{kind}", kind))
    elif kind == "late":
        first = official("private_2026")
        write(folder, "first", first)
        write(
            folder, "late", official("private_2026", ids=receipts(5, "L"), twins=[(0, 3)], after=first), LATE
        )
    else:
        write(folder, "played", official("zone", kind="simulation", source="seed 7"), seed=7)
    return folder


KINDS = (*METHODS, "late", "simulation")


def whole(folder: Path) -> Path:
    """All of them in one bundle."""
    for kind in KINDS:
        one(folder, kind)
    return folder
