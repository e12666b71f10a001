"""Figures of a run folder by matplotlib: distances, loads, the map of early warnings.

Every function draws on the ``ax`` it is given, or on a new one (``canvas``), and returns it. Without a font
with Chinese glyphs labels are in English and one warning says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.ticker import MaxNLocator

from simulator.messages import Language
from simulator.model import Ownership, Run, Stage, StageName, stage_of
from simulator.model.paths import PathName
from simulator.report.canvas import STAGE_COLOURS, begin, label, legend_below
from simulator.report.charts import nearest_rank
from simulator.report.maps import PER_DEGREE, Rings, shapes
from simulator.report.tables.zones import LEVELS
from simulator.report.view import View
from simulator.report.words import Words

LEVEL_COLOURS = ("#bfe0d4", "#f4c155", "#bb3a48")


def distances(run: Run, ax: Axes | None = None, *, language: Language = "zh", font: PathName = "") -> Axes:
    """Histogram of metres by stage, over children in ordinary seats whose distance is known.

    Raises:
        FileNotFoundError, ValueError: ``font`` is no file, or has no Chinese glyphs.
    """
    ax, view, face = _begin(run, ax, language, font)
    metres, stages = run.admission.metres, run.students.stage
    measured = view.facts.measured
    reach = nearest_rank(np.sort(metres[measured]), 99) if measured.any() else 1
    bins = np.linspace(0, max(reach, 1), 31).tolist()
    for stage in Stage:
        chosen = np.minimum(metres[measured & (stages == stage)], reach)
        name = view.words.text(f"stage_{stage.name.lower()}")
        ax.hist(chosen, bins=bins, histtype="stepfilled", alpha=0.6, color=STAGE_COLOURS[stage], label=name)
    source = view.words.text("distance_source", source=view.distance_source)
    label(ax, view.words.text("plot_distances"), source, view.words.text("plot_children"), face)
    ax.legend(prop=face, frameon=False)
    return ax


def loads(run: Run, ax: Axes | None = None, *, language: Language = "zh", font: PathName = "") -> Axes:
    """Load against seats, one mark per school and stage; on the line a school is full.

    Raises:
        FileNotFoundError, ValueError: ``font`` is no file, or has no Chinese glyphs.
    """
    ax, view, face = _begin(run, ax, language, font)
    seats, load = view.facts.stage_seats, view.facts.stage_load
    private = run.scenario.schools.ownership != Ownership.PUBLIC
    top = int(max(seats.max(initial=1), load.max(initial=1)))
    ax.plot([0, top], [0, top], color="#8c99a5", linewidth=1)
    for stage in Stage:
        for owner, marker in ((~private, "o"), (private, "^")):
            rows = owner & ((seats[stage] > 0) | (load[stage] > 0))
            name = view.words.text(f"stage_{stage.name.lower()}")
            owned = f"{name} · {view.words.text('map_private')}" if marker == "^" else name
            ax.scatter(
                seats[stage][rows], load[stage][rows], s=16, marker=marker, alpha=0.65, linewidths=0,
                color=STAGE_COLOURS[stage], label=owned,
            )  # fmt: skip
    seats_name, load_name = view.words.text("column_seats"), view.words.text("column_load")
    label(ax, view.words.text("plot_loads"), seats_name, load_name, face)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(prop=face, frameon=False)
    return ax


def warnings_map(
    run: Run,
    stage: Stage | StageName = Stage.PRIMARY,
    ax: Axes | None = None,
    *,
    language: Language = "zh",
    font: PathName = "",
) -> Axes:
    """Zones of one stage coloured by early warning, county borders over them.

    Raises:
        FileNotFoundError, ValueError: ``font`` is no file, or has no Chinese glyphs.
        ValueError: no stage of that name.
    """
    stage = stage_of(stage)
    ax, view, face = _begin(run, ax, language, font)
    found = shapes(run)
    stage_name = view.words.text(f"stage_{stage.name.lower()}")
    label(ax, view.words.text("plot_warnings", stage=stage_name), "", "", face)
    ax.set_axis_off()
    if found is None:
        ax.text(0.5, 0.5, view.words.not_available, ha="center", transform=ax.transAxes, fontproperties=face)
        return ax
    for level, code in enumerate(LEVELS):
        chosen = (run.warnings.level == level) & (run.warnings.stage == stage)
        rows = [zone for zone in sorted(found.zones) if chosen[zone]]
        patches = [patch(polygon) for zone in rows for polygon in found.zones[zone]]
        colour = LEVEL_COLOURS[level]
        ax.add_collection(PatchCollection(patches, facecolor=colour, edgecolor="white", linewidth=0.4))
        ax.scatter([], [], marker="s", s=60, color=colour, label=view.words.text(code))
    for county, polygons in sorted(found.counties.items()):
        borders = [patch(polygon) for polygon in polygons]
        ax.add_collection(PatchCollection(borders, facecolor="none", edgecolor="#33424f", linewidth=0.9))
        x, y = found.labels[county]
        name = str(view.county_names[county])
        ax.annotate(name, (x / PER_DEGREE, y / PER_DEGREE), ha="center", fontproperties=face, fontsize=8)
    ax.autoscale_view()
    middle = np.mean(ax.get_ylim())
    ax.set_aspect(1 / np.cos(np.radians(middle)))
    legend_below(ax, face)
    return ax


def write_figures(run: Run, folder: Path, *, language: Language, font: PathName) -> None:
    """Write every figure as PNG into ``folder``, in the given font."""
    drawings: dict[str, Any] = {
        "distances": distances,
        "loads": loads,
        "warnings_primary": lambda run, ax, **how: warnings_map(run, Stage.PRIMARY, ax, **how),
        "warnings_junior": lambda run, ax, **how: warnings_map(run, Stage.JUNIOR, ax, **how),
    }
    for name, draw in drawings.items():
        figure = Figure(figsize=(8, 5), dpi=150, layout="constrained")
        draw(run, figure.add_subplot(), language=language, font=font)
        figure.savefig(folder / f"{name}.png", metadata={"Software": "xuewei"})


def _begin(
    run: Run, ax: Axes | None, language: Language, font: PathName
) -> tuple[Axes, View, FontProperties]:
    """Axes to draw on, the run in the language its font allows, and the font."""
    ax, spoken, face = begin(ax, language, font)
    return ax, View(run, Words(spoken, run.scenario.policy)), face


def patch(polygon: Rings) -> PathPatch:
    """One polygon with its holes."""
    rings = [np.cumsum(np.array(flat).reshape(-1, 2), axis=0) / PER_DEGREE for flat in polygon]
    closed = [Outline(np.concatenate([ring, ring[:1]]), closed=True) for ring in rings]
    return PathPatch(Outline.make_compound_path(*closed))
