"""No coordinates at all: each block's schools in the order of the zone table, metres not available."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_METRES, Scenario, Stage, Travel
from simulator.model.arrays import Integers
from simulator.travel.arcs import assemble


def measure(scenario: Scenario) -> Travel:
    """Travel by the zone table's order: the zone's schools only, every distance ``NO_METRES``."""
    none = np.zeros(0, dtype=np.int64)
    both = tuple(assemble(scenario, stage, none, none, unknown) for stage in Stage)
    nowhere = np.zeros((2, 0))
    return Travel((both[0], both[1]), "zone_order", nowhere, nowhere, scenario.policy.travel.detour_percent)


def metres(travel: Travel, blocks: Integers, schools: Integers) -> Integers:
    """``NO_METRES`` for every pair."""
    return unknown(blocks, schools)


def unknown(blocks: Integers, schools: Integers) -> Integers:
    """``NO_METRES`` for every pair, int32."""
    return np.full(len(blocks), NO_METRES, dtype=np.int32)
