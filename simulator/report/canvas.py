"""Axes to draw on, and their font: matplotlib without its global state.

A new picture belongs to a ``Figure`` of its own and to nobody else: pyplot is never imported, so there is no
current figure to disturb, none to close, and no backend picked. It shows itself in Jupyter all the same.
Fonts are set text by text, so no setting of matplotlib changes.
"""

from __future__ import annotations

import io
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter

from simulator.messages import Language
from simulator.model.paths import PathName
from simulator.report.fonts import figure_font

INCHES = (7.2, 4.6)
DOTS_PER_INCH = 110

STAGE_COLOURS = ("#2f6c9e", "#c77d2a")
INK, FAINT, EDGE = "#33424f", "#8c99a5", "#d5dbe0"


class Sheet(Figure):
    """A figure of nobody's but its own, which Jupyter shows where it ends a cell."""

    def _repr_png_(self) -> bytes:
        body = io.BytesIO()
        FigureCanvasAgg(self).print_png(body)  # type: ignore[no-untyped-call]
        return body.getvalue()


class Picture(Axes):
    """Axes on a sheet of their own, which Jupyter shows where they end a cell."""

    def _repr_png_(self) -> bytes:
        sheet = self.get_figure(root=True)
        assert isinstance(sheet, Sheet)
        return sheet._repr_png_()


def axes(ax: Axes | None = None, *, inches: tuple[float, float] = INCHES) -> Axes:
    """``ax``, or axes on a new sheet."""
    if ax is not None:
        return ax
    sheet = Sheet(figsize=inches, dpi=DOTS_PER_INCH, layout="constrained")
    made: Axes = sheet.add_subplot(axes_class=Picture)
    return made


def panels(
    rows: int = 1, columns: int = 1, *, inches: tuple[float, float] = (10.0, 4.2), **how: Any
) -> tuple[Sheet, Any]:
    """A sheet with panels side by side, as ``pyplot.subplots`` gives them, without pyplot."""
    sheet = Sheet(figsize=inches, dpi=DOTS_PER_INCH, layout="constrained")
    return sheet, sheet.subplots(rows, columns, **how)


def begin(ax: Axes | None, language: Language, font: PathName) -> tuple[Axes, Language, FontProperties]:
    """Axes to draw on, the language the font allows, and the font.

    Raises:
        FileNotFoundError, ValueError: ``font`` is no file, or has no Chinese glyphs.
    """
    face, spoken = figure_font(font, language)
    return axes(ax), spoken, face


def label(ax: Axes, title: str, x: str, y: str, face: FontProperties | None = None) -> None:
    """Title and names of the axes, numbers with thousands separators, no frame above and to the right.

    In the font ``face``; in the one that is found, with Chinese glyphs if there is one, if none is given.
    """
    face = face or figure_font("", "en")[0]
    ax.set_title(title, fontproperties=face, fontsize=13)
    ax.set_xlabel(x, fontproperties=face)
    ax.set_ylabel(y, fontproperties=face)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    ax.spines[["top", "right"]].set_visible(False)


def number(value: float) -> str:
    """A number on an axis, with thousands separators and no digit it does not need."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"


def legend(ax: Axes, face: FontProperties | None = None, **where: Any) -> None:
    """The legend in the font of the picture; see ``label``."""
    ax.legend(prop=face or figure_font("", "en")[0], frameon=False, **where)


def legend_below(ax: Axes, face: FontProperties) -> None:
    """The legend of a map under it, where it hides nothing."""
    legend(ax, face, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3)
