"""Pictures of a run: where it is short, how far children go, which choice they got, what a seat is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.axes import Axes

from simulator.messages import Language
from simulator.model import Run, Stage, StageName, stage_of
from simulator.model.paths import PathName
from simulator.notebook.choices import main_round, ranks, wishes_of
from simulator.notebook.maps import cells_of, fill, mark_prices, nothing, placed, settle
from simulator.report import plots
from simulator.report.canvas import FAINT, INK, STAGE_COLOURS, begin, label
from simulator.report.maps import ground
from simulator.report.view import View
from simulator.report.words import Words


@dataclass(frozen=True)
class RunPlots:
    """Pictures of ``run``; each takes ``ax``, draws on it or on a new one, and returns it.

    All take ``language`` ("zh" or "en") and ``font``, a font file in place of the one that is found.
    """

    run: Run

    def map(
        self,
        ax: Axes | None = None,
        *,
        stage: Stage | StageName = "primary",
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """The zones of a stage by early warning 学位预警: eligible children and seats.

        Raises:
            ValueError: no such stage.
        """
        return plots.warnings_map(self.run, stage, ax, language=language, font=font)

    def distances(self, ax: Axes | None = None, *, language: Language = "zh", font: PathName = "") -> Axes:
        """Histogram of metres to school by stage; the last bar gathers the farthest 1 %."""
        return plots.distances(self.run, ax, language=language, font=font)

    def loads(self, ax: Axes | None = None, *, language: Language = "zh", font: PathName = "") -> Axes:
        """Children beside seats, one mark per school and stage; on the line a school is full."""
        return plots.loads(self.run, ax, language=language, font=font)

    def choices(
        self, ax: Axes | None = None, *, round: str = "", language: Language = "zh", font: PathName = ""
    ) -> Axes:
        """Which of their choices the children of a round got, in percent of those who listed some.

        Args:
            round: its name; the one with the most such children if none is named.

        Raises:
            KeyError: no round of that name with choices.
        """
        ax, spoken, face = begin(ax, language, font)
        words, wishes = Words(spoken, self.run.scenario.policy), wishes_of(self.run)
        row = main_round(self.run, wishes, round)
        if row is None:
            return nothing(ax, words.text("plot_no_choices"), face)
        got = ranks(self.run, wishes, row)
        most = int(wishes.position[wishes.round == row].max())
        shares = 100 * np.bincount(got, minlength=most + 1) / len(got)
        places = [*range(1, most + 1), most + 2]
        bars = ax.bar(places, [*shares[1:], shares[0]], color=[STAGE_COLOURS[0]] * most + [FAINT], width=0.8)
        title = words.text("plot_choices", round=words.round_title(self.run.scenario.policy.rounds[row]))
        label(ax, title, words.text("plot_choice"), words.text("plot_choice_share"), face)
        ax.bar_label(bars, fmt="{:.1f}", fontsize=8, color=INK)
        names = [*(str(place) for place in range(1, most + 1)), words.text("plot_choice_none")]
        ax.set_xticks(places, names, fontproperties=face)
        return ax

    def prices(
        self,
        ax: Axes | None = None,
        *,
        stage: Stage | StageName = "primary",
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """What one more seat at each school is worth, by the least-cost round with the most applicants.

        Red: it places one more child. Else the metres it saves, also by the size of the mark. For staff only.

        Raises:
            ValueError: no such stage.
        """
        stage = stage_of(stage)
        ax, spoken, face = begin(ax, language, font)
        view = View(self.run, Words(spoken, self.run.scenario.policy))
        words, price, schools = view.words, view.price, self.run.scenario.schools
        title = words.text("plot_prices", stage=words.text(f"stage_{stage.name.lower()}"))
        label(ax, title, "", "", face)
        if not price.known.any():
            return nothing(ax, words.text("plot_no_prices"), face)
        under = ground(self.run.scenario.blocks, schools)
        if np.all(shapely.is_empty(under.cells)):
            return nothing(ax, words.text("plot_no_ground"), face)
        fill(ax, cells_of(under), "#f1f4f6")
        rows = np.flatnonzero(price.known[stage] & placed(schools.longitude, schools.latitude))
        places = schools.longitude[rows], schools.latitude[rows]
        mark_prices(ax, places, price.children[stage][rows], price.metres[stage][rows], words, face)
        settle(ax)
        return ax
