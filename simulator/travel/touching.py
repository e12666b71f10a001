"""Which blocks lie side by side on a road network: their network Voronoi cells touch along an edge.

The cell of a block is every node from which no other block's node is nearer by road. Cells hang together
along shortest ways, so zones made of cells that touch hang together along roads: a river between two blocks
is crossed at a bridge or not at all, which no straight line between points knows.
"""

from __future__ import annotations

import numpy as np

from simulator.model import UNPLACED, Hierarchy, Profile, Roads, Scenario, Travel
from simulator.model.arrays import Integers
from simulator.travel.contraction import contract
from simulator.travel.nearest_schools import nearest_schools
from simulator.travel.network import links_of
from simulator.travel.snapping import snap


def neighbours_by_road(scenario: Scenario, travel: Travel) -> tuple[Integers, Integers]:
    """Pairs of blocks whose cells touch on the scenario's roads, int64 (pairs,) each, the lower row first.

    Args:
        travel: as measured; where it goes by road its hierarchy and its nodes of the blocks are used again.

    Raises:
        ValueError: the scenario has no road network.
    """
    roads, profile = scenario.roads, scenario.policy.travel.profile
    if roads is None:
        raise ValueError("neighbours_by_road: the scenario has no road network")
    if travel.roads is not None:
        return touching(roads, profile, travel.roads.hierarchy, travel.roads.access.blocks.node)
    blocks = scenario.blocks
    node, _ = snap(np.stack((blocks.longitude, blocks.latitude)), roads, profile)
    return touching(roads, profile, contract(roads, profile), node)


def touching(
    roads: Roads, profile: Profile, hierarchy: Hierarchy, node: Integers
) -> tuple[Integers, Integers]:
    """Pairs of places whose cells touch along an edge that the profile may take.

    1. Every node belongs to the place nearest by road on the way from the node, ties to the lower row: the
       search for the nearest school, with places for schools and every node for a block. A node with a place
       is that place's, also where an edge of no length makes another as near.
    2. An edge whose ends belong to two places makes them neighbours.
    3. Of places on one node the first has the cell; each of the others is neighbour of the one before it.

    Args:
        node: int32 (places,), rows of nodes, ``UNPLACED`` for places that are on no road: they touch nobody.

    Returns:
        int64 (pairs,) each, the lower row first, every pair once.
    """
    placed = np.flatnonzero(node != UNPLACED)
    everywhere = np.arange(len(roads), dtype=np.int64)
    here, found, _ = nearest_schools(
        hierarchy, node[placed].astype(np.int64), np.zeros(len(placed), dtype=np.int64), everywhere, 1
    )
    owner = np.full(len(roads), UNPLACED, dtype=np.int64)
    owner[here] = placed[found]
    owner[node[placed[::-1]]] = placed[::-1]  # of several on one node the first is written last
    links = links_of(roads, profile, np.arange(len(roads), dtype=np.int32))
    one = owner[np.repeat(everywhere, np.diff(links.offsets))]
    other = owner[links.neighbour]
    apart = (one != other) & (one != UNPLACED) & (other != UNPLACED)
    order = placed[np.argsort(node[placed], kind="stable")]
    same = np.flatnonzero(np.diff(node[order]) == 0)
    one = np.concatenate((one[apart], order[same]))
    other = np.concatenate((other[apart], order[same + 1]))
    pairs = np.unique(np.stack((np.minimum(one, other), np.maximum(one, other))), axis=1)
    return pairs[0], pairs[1]
