"""What every map of a notebook needs: shapes as patches, the right proportions, schools, a scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PatchCollection
from matplotlib.colors import Normalize, to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from simulator.model.arrays import Booleans, Floats, Integers
from simulator.report.canvas import EDGE, INK, legend_below
from simulator.report.maps import Ground
from simulator.report.words import Words

SHORT = "#bb3a48"
"""Schools where one more seat places one more child."""


def cells_of(ground: Ground) -> Any:
    """object (blocks,): the shape of each block, cells around points cut to the settled area."""
    return ground.cells if ground.edge is None else shapely.intersection(ground.cells, ground.edge)


def fill(ax: Axes, shapes: Sequence[Any], colours: Any = "none", **how: Any) -> None:
    """Draw polygons, one colour each or one for all; empty shapes are passed over."""
    patches, faces = [], []
    several = not isinstance(colours, str)
    for row, shape in enumerate(shapes):
        for part in shapely.get_parts(shape) if shape is not None else ():
            if shapely.get_type_id(part) == 3:
                patches.append(PathPatch(_outline(part)))
                faces.append(colours[row] if several else colours)
    options: dict[str, Any] = {"edgecolor": EDGE, "linewidth": 0.4} | how
    ax.add_collection(PatchCollection(patches, facecolor=faces or "none", **options))


def _outline(polygon: Any) -> Outline:
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon)]
    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))


def settle(ax: Axes) -> None:
    """Fit the map in, north up, a degree of longitude as long as it is in the middle of the map."""
    ax.set_axis_off()
    ax.autoscale_view()
    ax.set_aspect(1 / np.cos(np.radians(np.mean(ax.get_ylim()))))


def nothing(ax: Axes, text: str, face: FontProperties) -> Axes:
    """Axes that say why they are empty."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, ha="center", transform=ax.transAxes, fontproperties=face, wrap=True)
    return ax


def scale(ax: Axes, colours: str, low: float, high: float, face: FontProperties, name: str = "") -> Any:
    """A bar beside the map for a colour scale; returns what gives a value its colour."""
    shades = ScalarMappable(Normalize(low, high if high > low else low + 1), colours)
    figure = ax.get_figure(root=True)
    assert figure is not None
    bar = figure.colorbar(shades, ax=ax, shrink=0.65, pad=0.02)
    bar.outline.set_visible(False)  # type: ignore[operator]
    bar.set_label(name, fontproperties=face)
    return shades


def placed(longitude: Any, latitude: Any) -> Booleans:
    """bool: whose place is known."""
    return np.asarray(np.isfinite(longitude) & np.isfinite(latitude))


def mark_prices(
    ax: Axes,
    places: tuple[Floats, Floats],
    children: Integers,
    metres: Integers,
    words: Words,
    face: FontProperties,
) -> None:
    """A mark per school: red where one more seat places a child more, else by the metres that it saves.

    Args:
        places: longitude and latitude. children, metres: the two parts of the price, (schools,) each.
    """
    short, saved = children > 0, np.maximum(metres, 0)
    colours = np.full(len(short), SHORT, dtype=object)
    most = int(saved[~short].max(initial=1))
    if not short.all():
        shades = scale(ax, "YlGnBu", 0, most, face, words.text("plot_price_metres"))
        colours[~short] = [to_hex(shades.to_rgba(value)) for value in saved[~short]]
    size = 16 + 90 * np.where(short, 0.6, saved / most)
    ax.scatter(*places, s=size, c=colours.tolist(), edgecolors=INK, linewidths=0.5, zorder=3)
    if short.any():
        ax.scatter([], [], s=60, color=SHORT, label=words.text("plot_price_child"))
        legend_below(ax, face)
