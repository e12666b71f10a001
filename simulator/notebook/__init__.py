"""Results as pictures, tables, map layers and cards: what a notebook asks a result for.

The nouns open this room through ``model/showing.py`` when it is asked for something. Nothing here reads or
writes a file, draws a lot or changes a result; whatever is drawn says what the report says.
"""

from __future__ import annotations

from simulator.notebook.cards import (
    card_of_run,
    card_of_scenario,
    card_of_sweep,
    card_of_zones,
    said_of_run,
    said_of_scenario,
    said_of_sweep,
    said_of_zones,
)
from simulator.notebook.layers import MissingLibrary, layer_of_run, layer_of_sweep, layer_of_zones
from simulator.notebook.run_plots import RunPlots
from simulator.notebook.sites import card_of_sites, layer_of_sites, said_of_sites, table_of_sites
from simulator.notebook.sweep_plots import SweepPlots
from simulator.notebook.tables import table_of_run, table_of_zones
from simulator.notebook.zones_plots import ZonesPlots
from simulator.report.canvas import label, legend, panels

__all__ = [
    "MissingLibrary",
    "RunPlots",
    "SweepPlots",
    "ZonesPlots",
    "card_of_run",
    "card_of_scenario",
    "card_of_sites",
    "card_of_sweep",
    "card_of_zones",
    "label",
    "layer_of_run",
    "layer_of_sites",
    "layer_of_sweep",
    "layer_of_zones",
    "legend",
    "panels",
    "said_of_run",
    "said_of_scenario",
    "said_of_sites",
    "said_of_sweep",
    "said_of_zones",
    "table_of_run",
    "table_of_sites",
    "table_of_zones",
]
