"""Travel by road of whole scenarios: arcs, further pairs, places off the roads and cut off from schools."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from road_networks import BOTH, all_ways, networks, roads_of
from travel_city import city

from simulator.messages import text
from simulator.model import NO_METRES, UNPLACED, SchoolKind, Stage
from simulator.model.roads import BACKWARD, FORWARD
from simulator.travel import measure, metres, warnings
from simulator.travel.snapping import snap, usable

GEOD = Geod(ellps="WGS84")
PRIMARY, JUNIOR, NINE = SchoolKind.PRIMARY, SchoolKind.JUNIOR, SchoolKind.NINE_YEAR


def line(one, other):
    return round(GEOD.inv(*one, *other)[2])


def at(places):
    return np.array(places, dtype=float).reshape(-1, 2).T


def arcs_of(travel, stage, block):
    arcs = travel.arcs[stage]
    part = slice(arcs.offsets[block], arcs.offsets[block + 1])
    return list(zip(arcs.metres[part].tolist(), arcs.school[part].tolist(), strict=True))


# A street of five nodes, 100 m apart on paper though 101.7 m on the ground; cars may go from N3 to N2 only.
STREET = [(0, 1, 100), (1, 2, 100), (3, 2, 100, BOTH, FORWARD), (3, 4, 100)]


def street(blocks, schools, kinds, zones=((), ()), **how):
    places = [(116 + 0.001 * node, 24.0) for node in range(5)]
    return city(
        at([places[node] for node in blocks]),
        at([places[node] for node in schools]),
        kinds,
        zones,
        roads=roads_of(5, STREET),
        method="roads",
        **how,
    )


def test_cars_keep_to_one_way_streets_and_walkers_do_not():
    on_foot = measure(street([0, 4], [0, 4], [PRIMARY] * 2))
    assert on_foot.source == "roads"
    assert [arcs_of(on_foot, Stage.PRIMARY, block) for block in (0, 1)] == [
        [(0, 0), (400, 1)],
        [(0, 1), (400, 0)],
    ]
    by_car = measure(street([0, 4], [0, 4], [PRIMARY] * 2, profile="driving"))
    assert [arcs_of(by_car, Stage.PRIMARY, block) for block in (0, 1)] == [[(0, 0)], [(0, 1), (400, 0)]]


def test_the_child_goes_from_the_block_to_the_school_and_not_back():
    by_car = measure(street([4], [0], [PRIMARY], profile="driving"))
    assert metres(by_car, Stage.PRIMARY, np.array([0]), np.array([0])).tolist() == [400]
    the_other_way = measure(street([0], [4], [PRIMARY], profile="driving"))
    assert metres(the_other_way, Stage.PRIMARY, np.array([0]), np.array([0])).tolist() == [NO_METRES]


def test_zone_schools_are_measured_and_those_out_of_reach_come_last():
    zones = (((0, 2), (0, 1)), ())
    travel = measure(street([0], [1, 4, 3], [PRIMARY] * 3, zones, nearest=1, profile="driving"))
    assert arcs_of(travel, Stage.PRIMARY, 0) == [(100, 0), (NO_METRES, 2), (NO_METRES, 1)]
    on_foot = measure(street([0], [1, 4, 3], [PRIMARY] * 3, zones, nearest=1))
    assert arcs_of(on_foot, Stage.PRIMARY, 0) == [(100, 0), (300, 2), (400, 1)]


def test_sectors_and_stages_are_counted_apart():
    travel = measure(
        street(
            [0],
            [1, 2, 3, 4, 4],
            [PRIMARY, PRIMARY, PRIMARY, JUNIOR, NINE],
            ownership=[0, 0, 1, 0, 1],
            nearest=1,
        )
    )
    assert arcs_of(travel, Stage.PRIMARY, 0) == [(100, 0), (300, 2)]
    assert arcs_of(travel, Stage.JUNIOR, 0) == [(400, 3), (400, 4)]


def test_a_cutoff_keeps_all_within_it_instead_of_the_nearest():
    how = {"nearest": 1, "cutoff_metres": 300}
    travel = measure(street([0], [4, 3, 2, 0], [PRIMARY] * 4, (((0, 0),), ()), **how))
    assert arcs_of(travel, Stage.PRIMARY, 0) == [(0, 3), (200, 2), (300, 1), (400, 0)]
    travel = measure(street([0], [4, 3, 2, 0], [PRIMARY] * 4, **how))
    assert arcs_of(travel, Stage.PRIMARY, 0) == [(0, 3), (200, 2), (300, 1)]


def test_lines_to_the_nearest_nodes_are_added_at_both_ends():
    home, door = (116.0001, 24.0006), (116.0041, 23.9993)
    scenario = city(at([home]), at([door]), [PRIMARY], roads=roads_of(5, STREET), method="roads")
    way = line(home, (116.0, 24.0)) + 400 + line(door, (116.004, 24.0))
    travel = measure(scenario)
    assert arcs_of(travel, Stage.PRIMARY, 0) == [(way, 0)]
    assert travel.roads.access.blocks.metres.tolist() == [line(home, (116.0, 24.0))]
    assert travel.roads.access.schools.node.tolist() == [4]


def test_a_place_meets_the_nearest_node_its_profile_may_use():
    # N0 is on a footpath alone: a car starts from N1.
    roads = roads_of(3, [(0, 1, 50, BOTH, 0), (1, 2, 50, 0, BACKWARD)])
    assert usable(roads, "walking").tolist() == [True, True, False]
    assert usable(roads, "driving").tolist() == [False, True, True]
    place = at([(115.9999, 24.0), (np.nan, 24.0)])
    assert snap(place, roads, "walking")[0].tolist() == [0, UNPLACED]
    node, away = snap(place, roads, "driving")
    assert node.tolist() == [1, UNPLACED]
    assert away.tolist() == [line((115.9999, 24.0), (116.001, 24.0)), NO_METRES]


def test_equal_distances_fall_to_the_node_of_the_smaller_row():
    roads = roads_of(4, [(0, 1, 1), (2, 3, 1)], [(116.0, 24.1), (116.0, 24.0), (116.0, 24.0), (116.0, 24.2)])
    assert snap(at([(116.0, 24.0)]), roads, "walking")[0].tolist() == [1]


def test_a_node_nearer_by_less_than_a_metre_is_the_nearest_whatever_its_row():
    """0.3 m on the ground; also a quarter of the earth away, where centimetres are large numbers."""
    for away in (0.001, 90.0):
        places = [(116.0 - away, 24.0), (116.0 - away + 0.000003, 24.0)]
        for order in ((0, 1), (1, 0)):
            roads = roads_of(2, [(0, 1, 1)], [places[row] for row in order])
            node, metres = snap(at([(116.0, 24.0)]), roads, "walking")
            nearer = min(order, key=lambda row: GEOD.inv(116.0, 24.0, *places[row])[2])
            assert order[node[0]] == nearer
            assert metres[0] == line((116.0, 24.0), places[nearer])


def islands(**how):
    """Four nodes in a row, apart from them two, and one; blocks and schools are on the first two parts."""
    roads = roads_of(7, [(0, 1, 100), (1, 2, 100), (2, 3, 100), (5, 4, 100, BOTH, FORWARD), (6, 6, 3)])
    at_node = lambda nodes: at([(116 + 0.001 * node, 24.0) for node in nodes])  # noqa: E731
    return city(at_node([0, 4, 5]), at_node([3, 4]), [PRIMARY, JUNIOR], roads=roads, method="roads", **how)


def test_places_cut_off_are_named_with_their_component_and_its_size():
    scenario = islands(profile="driving")
    travel = measure(scenario)
    access = travel.roads.access
    assert access.component_nodes.tolist() == [4, 2, 1]
    assert access.blocks.component.tolist() == [0, 1, 1] and access.schools.component.tolist() == [0, 1]
    assert access.blocks.connected.tolist() == [[True, False, False], [False, True, True]]
    assert access.schools.connected.tolist() == [[True, True]] * 2
    found = warnings(scenario, travel)
    assert found == warnings(scenario)
    assert [(fault.code, fault.value, fault.details["component"]) for fault in found] == [
        ("block_cut_off", "0", 1), ("block_cut_off", "1", 2), ("block_cut_off", "2", 2),
    ]  # fmt: skip
    said = [text(fault.code, "en", **fault.details) for fault in found]
    assert "to any junior school: it lies on connected part 1 of 3 of the network, of 4 nodes" in said[0]
    assert (
        "to any primary school: it lies on connected part 2 of 3 of the network, of 2 nodes; the" in said[1]
    )
    assert "到不了小学" in text(found[1].code, "zh", **found[1].details)


def test_a_one_way_street_leads_out_of_a_place_that_none_leads_to():
    # Cars can leave the school at N5 but not get there; its own component has a block.
    roads = roads_of(2, [(1, 0, 100, BOTH, FORWARD)])
    scenario = city(
        at([(116, 24)]), at([(116.001, 24)]), [PRIMARY], roads=roads, method="roads", profile="driving"
    )
    assert [fault.code for fault in warnings(scenario)] == ["block_cut_off", "school_cut_off"]
    on_foot = city(at([(116, 24)]), at([(116.001, 24)]), [PRIMARY], roads=roads, method="roads")
    assert warnings(on_foot) == ()


def test_places_far_from_the_roads_are_told_and_long_lists_cut_short():
    homes = [(116.0, 24.0 + 0.0001 * row) for row in range(100)]
    scenario = city(
        at(homes),
        at([(116.0, 24.0)]),
        [PRIMARY],
        roads=roads_of(5, STREET),
        method="roads",
        snap_limit_metres=222,
    )
    far = [row for row, home in enumerate(homes) if line(home, (116.0, 24.0)) > 222]
    found = warnings(scenario)
    assert [fault.value for fault in found[:50]] == [str(row) for row in far[:50]]
    assert {fault.code for fault in found[:50]} == {"place_far_from_roads"}
    assert found[50].code == "and_more" and found[50].details["count"] == len(far) - 50 and len(found) == 51


def test_straight_lines_have_no_warnings_of_roads():
    scenario = city(at([(116.0, 25.0)]), at([(116.0, 24.0)]), [PRIMARY], roads=roads_of(5, STREET))
    assert warnings(scenario) == ()


@settings(max_examples=60, deadline=None)
@given(
    roads=networks(),
    profile=st.sampled_from(("walking", "driving")),
    nearest=st.integers(1, 4),
    seed=st.integers(0, 10**6),
)
def test_arcs_and_further_pairs_equal_a_full_search(roads, profile, nearest, seed):
    rng = np.random.default_rng(seed)
    homes, doors = (np.array([[116], [24]]) + 0.005 * rng.random((2, count)) for count in (5, 7))
    kinds = rng.choice([PRIMARY, JUNIOR, NINE], 7)
    ownership = rng.integers(0, 2, 7)
    zone = [(int(block), int(school)) for block, school in rng.integers(0, (5, 7), (4, 2))]
    scenario = city(
        homes, doors, kinds, (tuple(dict.fromkeys(zone)), ()), roads=roads, method="roads", profile=profile,
        ownership=ownership, nearest=nearest,
    )  # fmt: skip
    travel = measure(scenario)
    ways = np.pad(all_ways(roads, profile), (0, 1), constant_values=np.inf)
    access = travel.roads.access
    whole = ways[access.blocks.node[:, None], access.schools.node]
    whole = whole + access.blocks.metres[:, None] + access.schools.metres
    expected = np.where(np.isfinite(whole), whole, NO_METRES).astype(int)
    block, school = (column.ravel() for column in np.indices((5, 7)))
    assert np.array_equal(metres(travel, Stage.PRIMARY, block, school), expected.ravel())
    for stage in Stage:
        serving = scenario.schools.serves(stage)
        for home in range(5):
            wanted = {school for owner, school in zone if owner == home and serving[school] and not stage}
            for sector in (0, 1):
                own = np.flatnonzero(serving & (ownership == sector) & (expected[home] != NO_METRES))
                pairs = sorted(zip(expected[home, own], own, strict=True))
                wanted |= {school for _, school in pairs[:nearest]}
            found = arcs_of(travel, stage, home)
            assert {school for _, school in found} == wanted
            assert all(far == expected[home, school] for far, school in found)
            known = [pair for pair in found if pair[0] != NO_METRES]
            assert known == sorted(known) and found[: len(known)] == known


def test_row_order_of_the_tables_does_not_matter():
    rng = np.random.default_rng(9)
    homes, doors = (np.stack((116 + 0.004 * rng.random(n), 24 + 0.0001 * rng.random(n))) for n in (12, 9))
    roads = roads_of(5, STREET)
    nodes, blocks, schools = rng.permutation(5), rng.permutation(12), rng.permutation(9)
    new = np.argsort(nodes)
    mixed_roads = roads_of(
        5,
        [(new[edge[0]], new[edge[1]], *edge[2:]) for edge in reversed(STREET)],
        np.column_stack((roads.longitude, roads.latitude))[nodes],
    )
    plain = measure(city(homes, doors, [NINE] * 9, roads=roads, method="roads", nearest=9))
    mixed = measure(
        city(homes[:, blocks], doors[:, schools], [NINE] * 9, roads=mixed_roads, method="roads", nearest=9)
    )
    for row, block in enumerate(blocks):
        renamed = sorted((far, schools[school]) for far, school in arcs_of(mixed, Stage.JUNIOR, row))
        assert renamed == sorted(arcs_of(plain, Stage.JUNIOR, block))


@pytest.mark.parametrize("wrong", ["end", "metres"])
def test_roads_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="Roads"):
        roads_of(2, [(0, 2, 5)] if wrong == "end" else [(0, 1, -5)])


def test_a_notebook_lays_roads_under_a_scenario():
    from simulator.travel import with_roads

    straight = city(at([(116.0, 24.0)]), at([(116.004, 24.0)]), [PRIMARY])
    by_road = with_roads(straight, roads_of(5, STREET), profile="driving")
    assert measure(straight).source == "straight_line"
    assert warnings(by_road) and by_road.resolved["travel"] == {"method": "roads", "profile": "driving"}
    on_foot = measure(with_roads(straight, roads_of(5, STREET)))
    assert (on_foot.source, arcs_of(on_foot, Stage.PRIMARY, 0)) == ("roads", [(400, 0)])
    with pytest.raises(ValueError, match="no profile 'walk'; there are: walking, driving"):
        with_roads(straight, roads_of(5, STREET), profile="walk")
