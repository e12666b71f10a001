"""Section 8: how far children go, by stage, with the source of every distance."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import UNPLACED, Means, Stage
from simulator.report.charts import HEIGHT, LEFT, TOP, WIDTH, histogram
from simulator.report.headline import printed
from simulator.report.view import View

FIGURES = ("metres_median", "metres_p95", "metres_max")


def context(view: View) -> dict[str, Any]:
    """One histogram per stage, and how children cover the way."""
    travel = view.run.scenario.policy.travel
    limits = {Stage.PRIMARY: travel.primary_limit_metres, Stage.JUNIOR: travel.junior_limit_metres}
    stages = [stage_values(view, stage, limits[stage]) for stage in Stage]
    bars = [bar for stage in stages if stage["chart"] for bar in stage["chart"].bars]
    return {
        "stages": [stage for stage in stages if stage["children"]],
        "tail": any(not bar.high for bar in bars),
        "source": view.distance_source,
        "box": {"width": WIDTH, "height": HEIGHT, "left": LEFT, "top": TOP},
    }


def stage_values(view: View, stage: Stage, limit: int) -> dict[str, Any]:
    """Histogram and percentiles of one stage, over children in ordinary seats whose distance is known."""
    facts, words = view.facts, view.words
    rows = facts.measured & (view.run.students.stage == stage)
    means = np.bincount(
        view.run.admission.means[facts.ordinary & (view.run.students.stage == stage)], minlength=len(Means)
    )
    shown = (Means.NEAR, Means.BOARDING, Means.BUS, Means.EXCEPTION, Means.UNKNOWN)
    return {
        "stage": words.text(f"stage_{stage.name.lower()}"),
        "children": int(means.sum()),
        "chart": histogram(view.run.admission.metres[rows], limit),
        "limit": words.metres(limit),
        "figures": [(code, printed(view, code, UNPLACED, stage)) for code in FIGURES],
        "means": [(f"means_{m.name.lower()}", words.number(int(means[m]))) for m in shown if means[m]],
    }  # fmt: skip
