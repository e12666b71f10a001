"""Xuewei 学位: who gets which school seat in Chinese compulsory education.

The map, in the order the data flows. ``import simulator as sim`` costs next to nothing; a room is imported
when it is first named::

    run = sim.run("scenarios/meizhou")           # load, simulate
    run.to_pandas()                              # what became of every child
    run.plot.map()                               # a picture; ``ax=`` to draw on axes of your own
    sim.report.write(run, "runs/meizhou", language="zh")

    scenario = sim.load.scenario("scenarios/meizhou", variant="by_order")
    run = sim.simulate.simulate(scenario)

    many = sim.sweep("scenarios/meizhou", variants=("", "by_order"), draws=100, workers=2)
    many.to_pandas()                             # one row per variant, draw and indicator
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

ROOMS = (
    "model",  # the nouns
    "messages",  # codes to Chinese and English text
    "load",  # files -> Scenario
    "population",  # counts -> Students, preferences -> Wishes
    "travel",  # Scenario -> Travel
    "transport",  # the core: priced seats
    "zoning",  # blocks, schools, travel -> zones
    "mechanisms",  # Applications + Seats + Draw -> Assignment
    "lottery",  # roster + public seed -> Draw
    "admission",  # plays the rounds -> Admission
    "classes",  # Admission -> Classes
    "indicators",  # numbers with their rules, early warning, fixes
    "replay",  # one more class: played again
    "explain",  # why one child is where it is, and what would have changed it
    "simulate",  # one scenario, one seed -> Run
    "rezone",  # zones drawn anew beside today's
    "new_schools",  # where new schools save most
    "ensemble",  # variants x draws x counties -> Ensemble
    "report",  # Run | Ensemble -> run folder, folder of a sweep
    "notebook",  # results -> pictures, tables, map layers, cards
)

if TYPE_CHECKING:
    from simulator.ensemble import sweep as sweep
    from simulator.load import roads_from_networkx as roads_from_networkx
    from simulator.rezone import run as zones
    from simulator.simulate import run as run

FUNCTIONS = {
    "run": "simulate.run",  # a scenario folder -> Run
    "sweep": "ensemble.sweep",  # variants x draws -> Ensemble
    "zones": "rezone.run",  # zones drawn anew -> Rezoning
    "roads_from_networkx": "load.roads_from_networkx",  # a networkx graph, as OSMnx makes it -> Roads
}
"""Functions named without their room, and where they are."""

__all__ = [
    "FUNCTIONS",
    "ROOMS",
    "__version__",
    "roads_from_networkx",
    "run",
    "sweep",
    "zones",
    *ROOMS,
]


def __getattr__(name: str) -> Any:
    """Import a room, or find a function of one, when it is first named."""
    if name in FUNCTIONS:
        room, function = FUNCTIONS[name].split(".")
        return getattr(import_module(f"simulator.{room}"), function)
    if name in ROOMS:
        return import_module(f"simulator.{name}")
    raise AttributeError(f"module 'simulator' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Public names."""
    return sorted(__all__)
