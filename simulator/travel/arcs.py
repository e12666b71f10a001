"""Pairs of block and school to sorted sparse arcs: the step all methods share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulator.model import NO_METRES, Arcs, Scenario, Stage
from simulator.model.arrays import Integers

UNKNOWN_LAST = np.iinfo(np.int32).max


def zone_pairs(scenario: Scenario, stage: Stage) -> tuple[Integers, Integers]:
    """(block, school) of the zone table, int64, of schools that serve ``stage``, in the table's order."""
    zone = scenario.zones.schools[stage]
    schools = np.asarray(zone.values, dtype=np.int64)
    serving = scenario.schools.serves(stage)[schools] if len(schools) else np.zeros(0, dtype=np.bool_)
    return zone.owners[serving], schools[serving]


def sectors(scenario: Scenario, stage: Stage) -> tuple[Integers, Integers]:
    """School rows that serve ``stage``: the public ones, and the private ones.

    The nearest are counted apart in each, so that neither crowds the other out of a block's arcs.
    """
    schools = scenario.schools
    serving = schools.serves(stage)
    return np.flatnonzero(serving & schools.public), np.flatnonzero(serving & ~schools.public)


def assemble(
    scenario: Scenario,
    stage: Stage,
    near_block: Integers,
    near_school: Integers,
    metres_of: Callable[[Integers, Integers], Integers],
) -> Arcs:
    """Arcs of one stage from the nearest pairs and those of the zones.

    1. Put the zone's pairs before the nearest ones and drop repeats, so that a zone school keeps its place
       in the zone table.
    2. Measure every pair.
    3. Sort by block, then metres (unknown last), then zone order among the unknown, then school row.
    """
    zone_block, zone_school = zone_pairs(scenario, stage)
    block = np.concatenate((zone_block, near_block)).astype(np.int64)
    school = np.concatenate((zone_school, near_school)).astype(np.int64)
    _, first = np.unique(block << 32 | school, return_index=True)
    block, school = block[first], school[first]
    metres = metres_of(block, school)
    unknown = metres == NO_METRES
    order = np.lexsort((school, np.where(unknown, first, 0), np.where(unknown, UNKNOWN_LAST, metres), block))
    offsets = np.concatenate(([0], np.cumsum(np.bincount(block, minlength=len(scenario.blocks)))))
    return Arcs(offsets.astype(np.int64), school[order].astype(np.int32), metres[order].astype(np.int32))
