"""What the tests of this room share: small results, and ways to look at a picture."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import simulator as sim

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TOWN, TOY = SCENARIOS / "choice_town", SCENARIOS / "toy"
PLOTS = {
    "run": ("map", "distances", "loads", "choices", "prices"),
    "sweep": ("differences", "odds_map", "gains_map", "spread"),
    "zones": ("map", "prices"),
}


@cache
def results():
    """A run, a sweep and a rezoning of the town, by name."""
    return {
        "run": sim.run(TOWN),
        "sweep": sim.sweep(TOWN, variants=("", "immediate"), draws=4),
        "zones": sim.zones(TOWN),
    }


def axes():
    return Figure(layout="constrained").add_subplot()


def texts(ax):
    """Every text of a picture, drawn."""
    figure = ax.get_figure(root=True)
    FigureCanvasAgg(figure).draw()
    return " ".join(found.get_text() for found in figure.findobj(Text))


def ink(ax):
    """How many points of the picture are not white."""
    canvas = FigureCanvasAgg(ax.get_figure(root=True))
    canvas.draw()
    return int(np.any(np.asarray(canvas.buffer_rgba())[..., :3] < 250, axis=2).sum())
