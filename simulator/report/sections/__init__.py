"""The sections of the report, in the order they are read; each makes the values its template prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.report.sections import (
    charting,
    decisions,
    distances,
    more_classes,
    overview,
    people,
    prices,
    provenance,
    rounds,
    schools,
    targets,
    zones,
)
from simulator.report.view import View

SECTIONS: Mapping[str, Callable[[View], dict[str, Any]]] = {
    "overview": overview.context,
    "decisions": decisions.context,
    "targets": targets.context,
    "map": charting.context,
    "schools": schools.context,
    "rounds": rounds.context,
    "zones": zones.context,
    "prices": prices.context,
    "more_classes": more_classes.context,
    "distances": distances.context,
    "people": people.context,
    "provenance": provenance.context,
}
"""Section name (template ``NAME.html``, title ``section_NAME``) to its values."""

__all__ = ["SECTIONS"]
