"""Pictures of a sweep: differences with intervals, odds and gains by block, the spread over the draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties

from simulator.messages import Language
from simulator.model import UNPLACED, Draws
from simulator.model.paths import PathName
from simulator.notebook.maps import fill, nothing, scale, settle
from simulator.report.canvas import FAINT, INK, STAGE_COLOURS, begin, label, legend
from simulator.report.headline import HEADLINE
from simulator.report.maps import spot_cells
from simulator.report.sweep import Summary, sweep_words
from simulator.report.sweep.printing import variant_name
from simulator.report.sweep.sections import rates
from simulator.report.sweep.summary import Spot
from simulator.report.words import Words

BETTER, WORSE = "#2d7d63", "#bb3a48"
LINES = ("#2f6c9e", "#c77d2a", "#2d7d63", "#8a4f9e", "#bb3a48", "#5d6b78")


@dataclass(frozen=True)
class SweepPlots:
    """Pictures of the draws of ``counties``; each takes ``ax``, draws on it or on a new one, and returns it.

    All take ``language`` ("zh" or "en") and ``font``, a font file in place of the one that is found.
    """

    counties: Sequence[Draws]

    @cached_property
    def summary(self) -> Summary:
        """Sums over all counties and draws."""
        summary = Summary()
        for county in self.counties:
            summary.add(county, alone=len(self.counties) == 1)
        return summary

    def differences(
        self,
        ax: Axes | None = None,
        *,
        variant: str = "",
        codes: Sequence[str] = HEADLINE,
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """A variant less the first in percentage points, draw by draw: mean and 95 % interval.

        Grey where the interval holds 0: no difference can be told.

        Args:
            variant: its name, the second if none is named. codes: indicators; those in percent are drawn.

        Raises:
            KeyError: no variant of that name.
        """
        ax, words, face = self._begin(ax, language, font)
        row = self._variant(variant, other=True)
        if row is None:
            return nothing(ax, words.text("sweep_nothing_beside"), face)
        entries = rates(self.summary, [code for code in codes if (code, UNPLACED) in self.summary.sums], row)
        for place, (_, pairs) in enumerate(entries):
            mean = pairs.difference
            colour = STAGE_COLOURS[0] if mean.sure else FAINT
            if not math.isnan(mean.low):
                ax.plot([mean.low, mean.high], [place, place], color=colour, linewidth=2.4)
            ax.plot([mean.mean], [place], "o", color=colour, markersize=6)
        ax.axvline(0, color=INK, linewidth=0.8)
        first, other = (variant_name(words, self.summary.variants[at]) for at in (0, row))
        label(
            ax,
            words.text("plot_differences", first=first, other=other, n=len(self.summary.draws)),
            "",
            "",
            face,
        )
        ax.xaxis.set_major_formatter("{x:+.3g}")
        ax.set_yticks(range(len(entries)), [words.text(code) for code, _ in entries], fontproperties=face)
        ax.invert_yaxis()
        return ax

    def odds_map(
        self,
        ax: Axes | None = None,
        *,
        variant: str = "",
        measure: Literal["placed", "own_zone"] = "own_zone",
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """In how many of 100 cases a child of each block gets a place (in its own zone), over all draws.

        Raises:
            KeyError: no variant of that name.
        """
        ax, words, face = self._begin(ax, language, font)
        row = self._variant(variant)
        assert row is not None
        shares = [100 * getattr(spot, measure)[row] / spot.children for spot in self.summary.spots]
        title = words.text(
            "plot_odds",
            measure=words.text(f"plot_odds_{measure}"),
            variant=variant_name(words, self.summary.variants[row]),
            draws=len(self.summary.draws),
        )
        return self._map(ax, face, words, title, shares, "YlGnBu", 0, 100)

    def gains_map(
        self, ax: Axes | None = None, *, variant: str = "", language: Language = "zh", font: PathName = ""
    ) -> Axes:
        """Children better off less those worse off by a variant than by the first, in 100 of each block.

        Of a variant with other children, which cannot be told child by child, the change in the own zone.

        Raises:
            KeyError: no variant of that name.
        """
        ax, words, face = self._begin(ax, language, font)
        row = self._variant(variant, other=True)
        if row is None:
            return nothing(ax, words.text("sweep_nothing_beside"), face)
        shares = [100 * spot.net[row][0] / spot.children for spot in self.summary.spots]
        reach = max([1.0, *(abs(share) for share in shares)])
        first, other = (variant_name(words, self.summary.variants[at]) for at in (0, row))
        code = "plot_gains" if self.summary.layout.comparable[row] else "plot_own_zone_change"
        title = words.text(code, first=first, other=other)
        return self._map(ax, face, words, title, shares, "RdYlGn", -reach, reach)

    def spread(
        self,
        ax: Axes | None = None,
        *,
        indicator: str = "placed_percent",
        language: Language = "zh",
        font: PathName = "",
    ) -> Axes:
        """How an indicator differs from draw to draw: the share of the draws at or below each value.

        Raises:
            KeyError: no such indicator of the whole.
        """
        ax, words, face = self._begin(ax, language, font)
        found = self.summary.sums.get((indicator, UNPLACED))
        if found is None:
            known = ", ".join(code for code, stage in self.summary.sums if stage == UNPLACED)
            raise KeyError(f"no indicator {indicator!r}; there are: {known}")
        for row, name in enumerate(self.summary.variants):
            values = np.sort(found.value(row))
            values = values[~np.isnan(values)]
            if len(values):
                steps = 100 * np.arange(1, len(values) + 1) / len(values)
                ax.step(values, steps, where="post", color=LINES[row % len(LINES)],
                        label=variant_name(words, name))  # fmt: skip
        said = words.text(indicator)
        label(ax, words.text("plot_spread", indicator=said), said, words.text("plot_spread_share"), face)
        ax.xaxis.set_major_formatter("{x:,.4g}")
        legend(ax, face)
        return ax

    def _begin(
        self, ax: Axes | None, language: Language, font: PathName
    ) -> tuple[Axes, Words, FontProperties]:
        ax, spoken, face = begin(ax, language, font)
        return ax, sweep_words(spoken), face

    def _variant(self, name: str, *, other: bool = False) -> int | None:
        """Row of a variant by its name; if none is named, the first, or the second where ``other``."""
        names = self.summary.variants
        if name:
            if name not in names:
                raise KeyError(f"no variant {name!r}; there are: {', '.join(names)}")
            return names.index(name)
        if not other:
            return 0
        return 1 if len(names) > 1 else None

    def _map(
        self,
        ax: Axes,
        face: FontProperties,
        words: Words,
        title: str,
        shares: Sequence[float],
        colours: str,
        low: float,
        high: float,
    ) -> Axes:
        spots = self.summary.spots
        label(ax, title, "", "", face)
        if not spots:
            return nothing(ax, words.text("plot_no_ground"), face)
        shades = scale(ax, colours, low, high, face)
        fill(ax, _cells(spots), [shades.to_rgba(share) for share in shares], edgecolor="white")
        settle(ax)
        return ax


def _cells(spots: Sequence[Spot]) -> Sequence[shapely.Geometry]:
    longitude = np.array([spot.longitude for spot in spots])
    latitude = np.array([spot.latitude for spot in spots])
    cells: Sequence[shapely.Geometry] = spot_cells(longitude, latitude).tolist()
    return cells
