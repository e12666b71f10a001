"""Pictures of zones drawn anew: old and new zones, what moves, and what one more seat would save."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import shapely
from matplotlib.axes import Axes

from simulator.messages import Language
from simulator.model import UNPLACED, Rezoning, Stage, StageName, StageZones, stage_of
from simulator.model.paths import PathName
from simulator.notebook.maps import cells_of, fill, mark_prices, nothing, placed, settle
from simulator.report.canvas import INK, begin, label
from simulator.report.maps import Ground, ground
from simulator.report.rezoning.mapping import colours
from simulator.report.rezoning.view import ZonesView
from simulator.report.words import Words

ZONE_COLOURS = ("#9ccbbd", "#f5d88e", "#c3bfe2", "#f0b1a4", "#9fc1de", "#f4c48a", "#c8de99", "#ebc5da")
NO_ZONE = "#f1f4f6"


@dataclass(frozen=True)
class ZonesPlots:
    """Pictures of ``rezoning``; each takes ``ax``, draws on it or on a new one, and returns it.

    All take ``stage`` (the first that was drawn if not given), ``language`` ("zh" or "en") and ``font``.
    """

    rezoning: Rezoning

    @cached_property
    def ground(self) -> Ground:
        """What each block stands on."""
        return ground(self.rezoning.scenario.blocks, self.rezoning.scenario.schools)

    def map(
        self,
        ax: Axes | None = None,
        *,
        drawing: Literal["old", "new"] = "new",
        stage: Stage | StageName | None = None,
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """Old or new zones, one colour each, neighbours apart; in the new ones blocks that move are hatched.

        Raises:
            KeyError: the stage was not drawn. ValueError: no such stage, or no such drawing.
        """
        if drawing not in ("old", "new"):
            raise ValueError(f"no drawing {drawing!r}; there are: old, new")
        ax, spoken, face = begin(ax, language, font)
        drawn, words = self._stage(stage), Words(spoken, self.rezoning.scenario.policy)
        title = f"plot_zones_{drawing}"
        label(ax, words.text(title, stage=words.text(f"stage_{drawn.stage.name.lower()}")), "", "", face)
        cells = cells_of(self.ground)
        if np.all(shapely.is_empty(cells)):
            return nothing(ax, words.text("plot_no_ground"), face)
        zones = drawn.today if drawing == "old" else drawn.proposed
        colour = colours(drawn.problem, [drawn.today.assigned, drawn.proposed.assigned])
        faces = [NO_ZONE if at == UNPLACED else ZONE_COLOURS[colour[at]] for at in zones.assigned.tolist()]
        fill(ax, cells, faces, edgecolor="white", linewidth=0.3)
        if drawing == "new":
            fill(ax, cells[drawn.moved], "none", hatch="////", edgecolor=INK, linewidth=0.0)
        labels, borders = self.ground.joined(zones.assigned)
        known = [row for row, at in enumerate(labels) if at != UNPLACED]
        fill(ax, borders[known], "none", edgecolor=INK, linewidth=0.9)
        self._schools(ax, drawn)
        settle(ax)
        return ax

    def prices(
        self,
        ax: Axes | None = None,
        *,
        stage: Stage | StageName | None = None,
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """What one more seat at each school would save in the drawing.

        Red: one child more within the seats. Else the metres it saves, also by the size of the mark.

        Raises:
            KeyError: the stage was not drawn. ValueError: no such stage.
        """
        ax, spoken, face = begin(ax, language, font)
        drawn, words = self._stage(stage), Words(spoken, self.rezoning.scenario.policy)
        view = ZonesView(self.rezoning, words)
        label(ax, words.text("plot_prices", stage=view.stage_name(drawn.stage)), "", "", face)
        if np.all(shapely.is_empty(self.ground.cells)):
            return nothing(ax, words.text("plot_no_ground"), face)
        _, borders = self.ground.joined(drawn.proposed.assigned)
        fill(ax, borders, NO_ZONE, linewidth=0.8)
        side, schools = view.sides[drawn.stage][1], self.rezoning.scenario.schools
        rows = np.flatnonzero((side.blocks > 0) & placed(schools.longitude, schools.latitude))
        places = schools.longitude[rows], schools.latitude[rows]
        mark_prices(ax, places, side.price_children[rows], side.price_metres[rows], words, face)
        settle(ax)
        return ax

    def _stage(self, stage: Stage | StageName | None) -> StageZones:
        wanted = None if stage is None else stage_of(stage)
        for drawn in self.rezoning.stages:
            if wanted is None or drawn.stage == wanted:
                return drawn
        name = "" if wanted is None else wanted.name.lower()
        raise KeyError(f"stage {name!r} was not drawn; [zoning] stages says which are")

    def _schools(self, ax: Axes, drawn: StageZones) -> None:
        schools = self.rezoning.scenario.schools
        here = (drawn.problem.seats > 0) & placed(schools.longitude, schools.latitude)
        ax.scatter(schools.longitude[here], schools.latitude[here], s=14, color=INK, zorder=3, linewidths=0)
