"""Distances from a table the bureau gives itself: used as they are, without a detour factor."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_METRES, Scenario, Stage, Travel
from simulator.model.arrays import Integers
from simulator.travel.arcs import assemble, sectors


def measure(scenario: Scenario) -> Travel:
    """Travel by the table: per block and stage the ``nearest`` schools of each sector, and its zone's."""
    block, school, distance = given_columns(scenario)
    key, first = np.unique(block << 32 | school, return_index=True)
    block, school, distance = block[first], school[first], distance[first]

    def nearest(stage: Stage) -> tuple[Integers, Integers]:
        kept = []
        for sector in sectors(scenario, stage):
            rows = np.flatnonzero(np.isin(school, sector))
            order = rows[np.lexsort((school[rows], distance[rows], block[rows]))]
            place = np.arange(len(order)) - np.searchsorted(block[order], block[order])
            kept.append(order[place < scenario.policy.travel.nearest])
        pairs = np.concatenate(kept)
        return block[pairs], school[pairs]

    def metres_of(blocks: Integers, schools: Integers) -> Integers:
        return look_up(key, distance, blocks, schools)

    both = tuple(assemble(scenario, stage, *nearest(stage), metres_of) for stage in Stage)
    none = np.zeros((2, 0))
    return Travel(
        (both[0], both[1]), "given", none, none, scenario.policy.travel.detour_percent, key, distance
    )


def metres(travel: Travel, blocks: Integers, schools: Integers) -> Integers:
    """Metres of any pairs, int32; ``NO_METRES`` where the table does not hold the pair."""
    return look_up(travel.given_pair, travel.given_metres, blocks, schools)


def given_columns(scenario: Scenario) -> tuple[Integers, Integers, Integers]:
    """(block, school, metres) of the given table; empty where the scenario has none."""
    table = scenario.given_travel
    if table is None:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none.astype(np.int32)
    return table.block.astype(np.int64), table.school.astype(np.int64), table.metres.astype(np.int32)


def look_up(key: Integers, distance: Integers, blocks: Integers, schools: Integers) -> Integers:
    """The distance of each pair by binary search in the rising ``key``, int32."""
    wanted = blocks.astype(np.int64) << 32 | schools.astype(np.int64)
    answer = np.full(len(wanted), NO_METRES, dtype=np.int32)
    if len(key):
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        found = key[place] == wanted
        answer[found] = distance[place[found]]
    return answer
