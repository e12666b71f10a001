"""Section 1: the headline figures as cards, and what became of every child as one bar per stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model import Stage, Status
from simulator.report.headline import headline
from simulator.report.tables.zones import LEVELS
from simulator.report.view import View


@dataclass(frozen=True)
class Part:
    """One piece of a bar: its code (message and colour), how many, and its width in percent of the bar."""

    code: str
    count: int
    share: str
    width: str


@dataclass(frozen=True)
class StageBar:
    """The children of one stage by status."""

    stage: str
    total: int
    parts: tuple[Part, ...]


def context(view: View) -> dict[str, Any]:
    """Cards, bars of statuses, and how many zones have each warning level."""
    warnings = view.run.warnings
    levels = {code: int(np.sum(warnings.level == level)) for level, code in enumerate(LEVELS)}
    bars = status_bars(view)
    return {"cards": headline(view), "bars": bars, "levels": levels, "both": len(bars) > 1}


def status_bars(view: View) -> list[StageBar]:
    """One bar per stage that has children; statuses nobody has are left out."""
    bars = []
    for stage in Stage:
        counts = np.bincount(
            view.run.admission.status[view.run.students.stage == stage], minlength=len(Status)
        )
        total = int(counts.sum())
        parts = tuple(
            Part(
                code=f"status_{status.name.lower()}",
                count=int(counts[status]),
                share=view.words.percent(int(counts[status]), total),
                width=f"{100 * int(counts[status]) / total:.3f}",
            )
            for status in Status
            if counts[status]
        )
        if total:
            bars.append(StageBar(f"stage_{stage.name.lower()}", total, parts))
    return bars
