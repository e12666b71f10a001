"""Blocks side by side on a road network: against the definition, and where straight lines would be wrong."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from road_networks import all_ways, networks, roads_of
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from simulator.model import UNPLACED
from simulator.model.roads import FORWARD
from simulator.travel.contraction import contract
from simulator.travel.touching import touching


def pairs(roads, node, profile="walking") -> set[tuple[int, int]]:
    one, other = touching(roads, profile, contract(roads, profile), np.asarray(node, dtype=np.int32))
    assert np.all(one < other)
    found = list(zip(one.tolist(), other.tolist(), strict=True))
    assert len(set(found)) == len(found)
    return set(found)


def plain(roads, node, profile) -> set[tuple[int, int]]:
    """By the definition: the nearest place of every node by a full search, then every edge looked at."""
    ways = all_ways(roads, profile)
    owner = {}
    for at in range(len(roads)):
        reach = [(ways[at, n], place) for place, n in enumerate(node) if n != UNPLACED]
        reach = [(metres, place) for metres, place in reach if np.isfinite(metres)]
        if reach:
            owner[at] = min(reach)[1]
    owner |= {n: node.index(n) for n in node if n != UNPLACED}
    found = set()
    allowed = roads.walking if profile == "walking" else roads.driving
    for start, end, bits in zip(roads.start.tolist(), roads.end.tolist(), allowed.tolist(), strict=True):
        if bits and start in owner and end in owner and owner[start] != owner[end]:
            found.add((min(owner[start], owner[end]), max(owner[start], owner[end])))
    for at in range(len(roads)):
        here = [place for place, n in enumerate(node) if n == at]
        found |= set(pairwise(here))
    return found


@given(networks(), st.sampled_from(("walking", "driving")), st.data())
def test_cells_touch_as_a_full_search_says(roads, profile, data):
    node = data.draw(st.lists(st.integers(-1, len(roads) - 1), max_size=8))
    assert pairs(roads, node, profile) == plain(roads, node, profile)


@given(networks(), st.data())
def test_what_the_roads_join_the_pairs_join(roads, data):
    """On roads open both ways places hang together over the pairs exactly if they do by road."""
    both = roads_of(
        len(roads), list(zip(roads.start.tolist(), roads.end.tolist(), roads.metres.tolist(), strict=True))
    )
    node = data.draw(st.lists(st.integers(0, len(roads) - 1), min_size=1, max_size=8))
    found = np.array(sorted(pairs(both, node)), dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(found)), (found[:, 0], found[:, 1])), shape=(len(node), len(node)))
    part = connected_components(graph, directed=False)[1]
    ways = all_ways(both, "walking")
    for one in range(len(node)):
        for other in range(len(node)):
            assert (part[one] == part[other]) == np.isfinite(ways[node[one], node[other]])


def test_a_river_is_crossed_at_its_bridge_alone():
    """Two banks of four nodes, one bridge at the east end: only the two blocks beside it are neighbours."""
    north = [(a, a + 1, 100) for a in range(3)]
    south = [(a, a + 1, 100) for a in range(4, 7)]
    places = [(116 + 0.001 * (n % 4), 24 + 0.0003 * (n < 4)) for n in range(8)]
    roads = roads_of(8, [*north, *south, (3, 7, 30)], places)
    blocks = [0, 1, 2, 3, 4, 5, 6, 7]
    assert pairs(roads, blocks) == {(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7), (3, 7)}


def test_a_block_behind_another_is_no_neighbour_of_those_beyond_it():
    roads = roads_of(5, [(0, 1, 100), (1, 2, 100), (2, 3, 100), (3, 4, 100)])
    assert pairs(roads, [0, 2, 4]) == {(0, 1), (1, 2)}
    assert pairs(roads, [0, 4]) == {(0, 1)}
    assert pairs(roads, [0, 2, 2, 4]) == {(0, 1), (1, 2), (1, 3)}  # two on one node: the first has the cell
    assert pairs(roads, [0, UNPLACED, 4]) == {(0, 2)}
    assert pairs(roads, []) == set()


def test_the_profile_decides():
    """A footpath joins two blocks for walkers; cars have no way between them."""
    roads = roads_of(2, [(0, 1, 100, FORWARD | 2, 0)])
    assert pairs(roads, [0, 1]) == {(0, 1)}
    assert pairs(roads, [0, 1], "driving") == set()
