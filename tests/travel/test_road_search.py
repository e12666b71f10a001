"""The searches on a contracted network against Dijkstra by scipy and by networkx, on any small network."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from road_networks import all_ways, multigraph, networks, roads_of

from simulator.model import NO_METRES
from simulator.model.roads import NO_WAY
from simulator.travel.contraction import contract
from simulator.travel.nearest_schools import nearest_schools
from simulator.travel.network import along_a_curve, links_of
from simulator.travel.ways import TOGETHER, way_metres, within

PROFILES = ("walking", "driving")


def schools_on(data, roads, most=8):
    """Nodes of schools, several at one node among them, and the metres from the node to the door."""
    node = st.integers(0, len(roads) - 1)
    schools = data.draw(st.lists(st.tuples(node, st.integers(0, 3)), min_size=1, max_size=most))
    return (np.array(column, dtype=np.int64) for column in zip(*schools, strict=True))


def best_of(ways, node, extra, block, nearest):
    """The least by (metres, school) of a full search."""
    whole = ways[block, node] + extra
    found = [(int(far), school) for school, far in enumerate(whole) if np.isfinite(far)]
    return sorted(found)[:nearest]


@settings(max_examples=200, deadline=None)
@given(
    roads=networks(),
    profile=st.sampled_from(PROFILES),
    degree=st.sampled_from((-1, 0, 1, 2, 3, 12)),
    nearest=st.integers(1, 9),
    data=st.data(),
)
def test_nearest_schools_equal_a_full_search(roads, profile, degree, nearest, data):
    node, extra = schools_on(data, roads)
    ways = all_ways(roads, profile)
    hierarchy = contract(roads, profile, degree)
    homes = np.arange(len(roads))
    block, school, metres = nearest_schools(hierarchy, node, extra, homes, nearest)
    assert np.all(np.diff(block) >= 0)
    for home in homes:
        rows = block == home
        found = list(zip(metres[rows].tolist(), school[rows].tolist(), strict=True))
        assert found == best_of(ways, node, extra, home, nearest)


@settings(max_examples=100, deadline=None)
@given(
    roads=networks(), profile=st.sampled_from(PROFILES), degree=st.sampled_from((-1, 2, 12)), data=st.data()
)
def test_any_pair_and_all_within_equal_networkx(roads, profile, degree, data):
    nodes = len(roads)
    hierarchy = contract(roads, profile, degree)
    one, other = (column.ravel() for column in np.indices((nodes, nodes)))
    graph = multigraph(roads, profile)
    expected = np.full((nodes, nodes), NO_METRES)
    for start, far in networkx.all_pairs_dijkstra_path_length(graph, weight="metres"):
        expected[start, list(far)] = list(far.values())
    assert np.array_equal(way_metres(hierarchy, one, other), expected.ravel())
    node, extra = schools_on(data, roads)
    greatest = np.array(data.draw(st.lists(st.integers(0, 6), min_size=nodes, max_size=nodes)))
    block, school, metres = within(hierarchy, np.arange(nodes), node, extra, greatest)
    far = expected[:, node] + extra
    near = (expected[:, node] != NO_METRES) & (far <= greatest[:, None])
    assert sorted(zip(block, school, metres, strict=True)) == [
        (b, s, far[b, s]) for b, s in np.argwhere(near)
    ]


@settings(max_examples=60, deadline=None)
@given(roads=networks(), profile=st.sampled_from(PROFILES), degree=st.integers(-1, 6))
def test_a_hierarchy_is_one(roads, profile, degree):
    """Ranks are a numbering; links lead upwards, in the core to the core; each lists a neighbour once."""
    hierarchy = contract(roads, profile, degree)
    assert sorted(hierarchy.rank.tolist()) == list(range(len(roads)))
    for rank in range(len(roads)):
        links = slice(hierarchy.offsets[rank], hierarchy.offsets[rank + 1])
        above = hierarchy.neighbour[links]
        assert len(set(above.tolist())) == len(above)
        assert np.all(above > rank) if rank < hierarchy.taken else np.all(above >= hierarchy.taken)
        assert rank >= hierarchy.taken or len(above) <= degree
        assert np.all(np.minimum(hierarchy.there[links], hierarchy.back[links]) < NO_WAY)
    if degree < 0:
        assert hierarchy.taken == 0


def town(side, seed, one_way_percent=15):
    """A town of streets in squares with some missing, some one-way, some of no length."""
    rng = np.random.default_rng(seed)
    node = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate((
        np.stack((node[:, :-1].ravel(), node[:, 1:].ravel()), axis=1),
        np.stack((node[:-1].ravel(), node[1:].ravel()), axis=1),
    ))  # fmt: skip
    pairs = pairs[rng.random(len(pairs)) < 0.85]
    metres = np.where(rng.random(len(pairs)) < 0.02, 0, rng.integers(1, 12, len(pairs)) * 25)
    bits = np.where(rng.random(len(pairs)) * 100 < one_way_percent, rng.integers(1, 3, len(pairs)), 3)
    edges = np.column_stack((pairs, metres, np.full(len(pairs), 3), bits))
    places = np.column_stack((116 + 0.002 * (node.ravel() % side), 24 + 0.002 * (node.ravel() // side)))
    return roads_of(side * side, edges.tolist(), places)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("degree", [0, 4, 9, 100])
def test_a_town_with_more_schools_than_one_handful(profile, degree):
    roads, rng = town(24, 5), np.random.default_rng(6)
    ways = all_ways(roads, profile)
    node, extra = rng.integers(0, len(roads), 3 * TOGETHER + 2), rng.integers(0, 60, 3 * TOGETHER + 2)
    hierarchy = contract(roads, profile, degree)
    homes = rng.permutation(len(roads))[:200]
    block, school, metres = nearest_schools(hierarchy, node, extra, homes, 7)
    for row, home in enumerate(homes):
        here = block == row
        found = list(zip(metres[here].tolist(), school[here].tolist(), strict=True))
        assert found == best_of(ways, node, extra, home, 7)
    one, other = rng.integers(0, len(roads), 500), node[rng.integers(0, len(node), 500)]
    expected = ways[one, other]
    assert np.array_equal(way_metres(hierarchy, one, other), np.where(np.isfinite(expected), expected, -1))


def test_the_same_roads_give_the_same_hierarchy():
    one, other = (contract(town(30, 8), "driving") for _ in range(2))
    for name in ("rank", "offsets", "neighbour", "there", "back"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_parallel_edges_count_once_by_the_least_and_loops_not_at_all():
    roads = roads_of(3, [(0, 1, 9), (1, 0, 4), (0, 1, 7, 3, 1), (2, 2, 5), (1, 2, 3, 0, 2)])
    links = links_of(roads, "driving", np.arange(3))
    assert links.offsets.tolist() == [0, 1, 3, 4]
    assert links.neighbour.tolist() == [1, 0, 2, 1]
    assert links.there.tolist() == [4, 4, NO_WAY, 3] and links.back.tolist() == [4, 4, 3, NO_WAY]
    assert links_of(roads, "walking", np.arange(3)).neighbour.tolist() == [1, 0]


def test_along_a_curve_neighbours_are_near():
    """In squares of streets in random order, half of all streets join nodes a few numbers apart."""
    rng = np.random.default_rng(3)
    roads = town(32, 1)
    mixed = rng.permutation(len(roads))
    number = along_a_curve(
        roads_of(len(roads), [], np.column_stack((roads.longitude, roads.latitude))[mixed])
    )
    assert sorted(number.tolist()) == list(range(len(roads)))
    at = np.empty(len(roads), dtype=int)
    at[mixed] = number
    assert np.median(np.abs(at[roads.start] - at[roads.end])) <= 8


def test_no_schools_and_no_blocks():
    hierarchy = contract(roads_of(2, [(0, 1, 5)]), "walking")
    none = np.zeros(0, dtype=np.int64)
    for schools, blocks in ((none, np.array([0])), (np.array([1]), none)):
        block, *_ = nearest_schools(hierarchy, schools, np.zeros(len(schools), dtype=np.int64), blocks, 3)
        assert not len(block)
    assert not len(way_metres(hierarchy, none, none))
