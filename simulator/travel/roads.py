"""The shortest way on a road network, from the block to the school: arcs, and any further pair on demand.

The metres of a pair are the straight line from the block to its nearest node, the shortest way from there to
the school's node, and the straight line to the school; whole metres throughout, so sums are exact.
"""

from __future__ import annotations

import numpy as np

from simulator.model import (
    NO_METRES,
    UNPLACED,
    Places,
    RoadAccess,
    Roads,
    RoadTravel,
    Scenario,
    Stage,
    Travel,
)
from simulator.model.arrays import Booleans, Floats, Integers
from simulator.travel.arcs import assemble, sectors
from simulator.travel.components import components, reached
from simulator.travel.contraction import contract
from simulator.travel.given import look_up
from simulator.travel.nearest_schools import nearest_schools
from simulator.travel.network import Links, links_of
from simulator.travel.snapping import snap
from simulator.travel.ways import way_metres, within


def measure(scenario: Scenario) -> Travel:
    """Travel by road: per block and stage the ``nearest`` schools of each sector, and its zone's.

    With ``cutoff_metres`` it is every school within them instead of the nearest.

    1. Put blocks and schools on the network.
    2. Take nodes out of it, which makes every search after that short.
    3. Search from the schools of each stage and sector.
    4. Measure the zones' schools that the search did not meet.
    """
    roads, settings = _roads_of(scenario), scenario.policy.travel
    at = access(scenario)
    made = RoadTravel(settings.profile, at, contract(roads, settings.profile))
    arcs = []
    for stage in Stage:
        near = [_near(scenario, made, rows) for rows in sectors(scenario, stage)]
        block, school, far = (np.concatenate(column) for column in zip(*near, strict=True))
        order = np.argsort(block << 32 | school)
        key, far = (block << 32 | school)[order], far[order].astype(np.int32)

        def metres_of(blocks: Integers, schools: Integers) -> Integers:
            known = look_up(key, far, blocks, schools)  # noqa: B023, called before the next stage
            asked = np.flatnonzero(known == NO_METRES)
            known[asked] = pair_metres(made, blocks[asked], schools[asked])
            return known

        arcs.append(assemble(scenario, stage, block, school, metres_of))
    key = np.concatenate(
        [np.repeat(np.arange(len(a.offsets) - 1), np.diff(a.offsets)) << 32 | a.school for a in arcs]
    )
    far = np.concatenate([a.metres for a in arcs])
    key, first = np.unique(key, return_index=True)
    none = np.zeros((2, 0))
    return Travel((arcs[0], arcs[1]), "roads", none, none, settings.detour_percent, key, far[first], made)


def metres(travel: Travel, blocks: Integers, schools: Integers) -> Integers:
    """Metres of any pairs, int32; ``NO_METRES`` where no way leads or a place is not on the network.

    Pairs of the arcs are looked up; ways are searched for the others alone.
    """
    assert travel.roads is not None
    answer = look_up(travel.given_pair, travel.given_metres, blocks, schools)
    asked = np.flatnonzero(answer == NO_METRES)
    answer[asked] = pair_metres(travel.roads, blocks[asked], schools[asked])
    return answer


def pair_metres(roads: RoadTravel, blocks: Integers, schools: Integers) -> Integers:
    """Metres of pairs by the shortest way, int32 (pairs,), searched; ``NO_METRES`` where there is none."""
    homes, doors = roads.access.blocks, roads.access.schools
    answer = np.full(len(blocks), NO_METRES, dtype=np.int32)
    asked = np.flatnonzero((homes.node[blocks] != UNPLACED) & (doors.node[schools] != UNPLACED))
    block, school = blocks[asked], schools[asked]
    way = way_metres(roads.hierarchy, homes.node[block], doors.node[school])
    whole = way + homes.metres[block] + doors.metres[school]
    answer[asked] = np.where(way == NO_METRES, NO_METRES, whole)
    return answer


def access(scenario: Scenario) -> RoadAccess:
    """Where blocks and schools meet the network, its connected parts, and who is cut off."""
    roads, profile = _roads_of(scenario), scenario.policy.travel.profile
    links = links_of(roads, profile, np.arange(len(roads), dtype=np.int32))
    component, sizes = components(links)
    blocks, schools = scenario.blocks, scenario.schools
    home, home_metres = snap(_degrees(blocks.longitude, blocks.latitude), roads, profile)
    door, door_metres = snap(_degrees(schools.longitude, schools.latitude), roads, profile)
    to_school = np.ones((2, len(blocks)), dtype=np.bool_)
    for stage in Stage:
        serving = schools.serves(stage)
        if serving.any():
            to_school[stage] = _met(links, links.back, door[serving], home)
    from_block = np.broadcast_to(_met(links, links.there, home, door), (2, len(schools)))
    return RoadAccess(
        Places(home, home_metres, _at(component, home), to_school),
        Places(door, door_metres, _at(component, door), from_block),
        sizes,
    )


def _met(links: Links, metres: Integers, seeds: Integers, places: Integers) -> Booleans:
    """bool (places,): whether a way over links with ``metres`` leads from some seed to the place's node."""
    found = reached(links.offsets, links.neighbour, metres, seeds[seeds != UNPLACED].astype(np.int64))
    return (places != UNPLACED) & np.append(found, False)[places]


def _at(component: Integers, node: Integers) -> Integers:
    """The component of each node, ``UNPLACED`` for none."""
    return np.append(component, np.int32(UNPLACED))[node]


def _near(scenario: Scenario, roads: RoadTravel, rows: Integers) -> tuple[Integers, Integers, Integers]:
    """Pairs of blocks and schools out of ``rows`` that become arcs, and their metres, int64 (pairs,)."""
    settings, homes, doors = scenario.policy.travel, roads.access.blocks, roads.access.schools
    schools = rows[doors.node[rows] != UNPLACED]
    blocks = np.flatnonzero(homes.node != UNPLACED)
    at_home, extra = homes.metres[blocks], doors.metres[schools].astype(np.int64)
    if settings.cutoff_metres:
        greatest = settings.cutoff_metres - at_home.astype(np.int64)
        block, school, far = within(roads.hierarchy, homes.node[blocks], doors.node[schools], extra, greatest)
    else:
        block, school, far = nearest_schools(
            roads.hierarchy, doors.node[schools], extra, homes.node[blocks], settings.nearest
        )
    return blocks[block], schools[school], far + at_home[block]


def _degrees(longitude: Floats, latitude: Floats) -> Floats:
    return np.stack((longitude, latitude))


def _roads_of(scenario: Scenario) -> Roads:
    """The network; an empty one where a scenario made by hand has none."""
    if scenario.roads is not None:
        return scenario.roads
    none, bare = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int8)
    return Roads(np.zeros(0, dtype=object), np.zeros(0), np.zeros(0), none, none, none, bare, bare)
