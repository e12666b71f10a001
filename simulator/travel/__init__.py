"""Scenario to Travel: how far each block is from each school, by one of four methods.

``METHODS`` holds them by the name the scenario uses; a new method is one file, one line and one test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from simulator.model import NO_METRES, Fault, Profile, Roads, Scenario, Stage, StageName, Travel
from simulator.model.arrays import Integers
from simulator.travel import given, straight_line, zone_order
from simulator.travel import roads as by_road
from simulator.travel.components import road_warnings
from simulator.travel.touching import neighbours_by_road

__all__ = ["METHODS", "TravelMethod", "measure", "metres", "neighbours_by_road", "warnings", "with_roads"]


@dataclass(frozen=True)
class TravelMethod:
    """One way to find distances.

    Attributes:
        measure: scenario to its ``Travel``.
        metres: (travel, blocks, schools) to int32 metres, pair by pair, for rows that are all known.
    """

    measure: Callable[[Scenario], Travel]
    metres: Callable[[Travel, Integers, Integers], Integers]


METHODS: Mapping[str, TravelMethod] = {
    "straight_line": TravelMethod(straight_line.measure, straight_line.metres),
    "given": TravelMethod(given.measure, given.metres),
    "zone_order": TravelMethod(zone_order.measure, zone_order.metres),
    "roads": TravelMethod(by_road.measure, by_road.metres),
}


def measure(scenario: Scenario) -> Travel:
    """Distances of a scenario: per block and stage the nearest schools and those of its zone.

    The nearest public and the nearest private schools are counted apart, ``travel.nearest`` of each. Only
    schools that serve the stage are kept; nearest first, ties by the school's row, schools without a
    distance last in the order of the zone table. ``Travel.source`` says where the metres come from.
    """
    return METHODS[scenario.policy.travel.method].measure(scenario)


def with_roads(scenario: Scenario, roads: Roads, *, profile: Profile = "walking") -> Scenario:
    """The scenario with its distances by road on this network, for notebooks.

    A run of it can be reported but not read back from its folder: the network is in no file of the scenario.

    Args:
        profile: "walking", or "driving" (by car, one-way streets hold).

    Raises:
        ValueError: no such profile.
    """
    if profile not in get_args(Profile):
        raise ValueError(f"no profile {profile!r}; there are: {', '.join(get_args(Profile))}")
    settings = replace(scenario.policy.travel, method="roads", profile=profile)
    written = scenario.resolved.get("travel")
    travel = {**(written if isinstance(written, Mapping) else {}), "method": "roads", "profile": profile}
    return replace(
        scenario,
        policy=replace(scenario.policy, travel=settings),
        roads=roads,
        resolved={**scenario.resolved, "travel": travel},
    )


def metres(travel: Travel, stage: Stage | StageName, blocks: Integers, schools: Integers) -> Integers:
    """Metres of any pairs of block and school, int32, shape (pairs,).

    ``NO_METRES`` where either row is ``UNPLACED`` or the distance is not available. ``stage`` is part of
    the question though no method of today answers it differently by stage.
    """
    blocks, schools = np.broadcast_arrays(np.asarray(blocks), np.asarray(schools))
    answer = np.full(blocks.shape, NO_METRES, dtype=np.int32)
    known = (blocks >= 0) & (schools >= 0)
    answer[known] = METHODS[travel.source].metres(travel, blocks[known], schools[known])
    return answer


def warnings(scenario: Scenario, travel: Travel | None = None) -> tuple[Fault, ...]:
    """What a planner should see before trusting the distances; nothing unless they go by road.

    Args:
        travel: as measured; without it the places are put on the network here, which takes no search.
    """
    if scenario.policy.travel.method != "roads" or scenario.roads is None:
        return ()
    measured = None if travel is None else travel.roads
    return road_warnings(scenario, by_road.access(scenario) if measured is None else measured.access)
