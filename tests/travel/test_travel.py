"""Travel: against pyproj pair by pair, against a full search, and whatever order the tables are in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from travel_city import city

from simulator.model import NO_METRES, UNPLACED, SchoolKind, Stage
from simulator.travel import METHODS, measure, metres

GEOD = Geod(ellps="WGS84")
PRIMARY, JUNIOR, NINE = SchoolKind.PRIMARY, SchoolKind.JUNIOR, SchoolKind.NINE_YEAR


def reference(block, school, detour=130):
    """One pair, one call: what the vectorised code must agree with."""
    return round(GEOD.inv(*block, *school)[2] * detour / 100)


def scattered(rng, rows, centre=(116.1, 24.3), spread=0.4):
    return np.stack((rng.normal(centre[0], spread, rows), rng.normal(centre[1], spread, rows)))


def random_city(seed, blocks=40, schools=60, **kwargs):
    rng = np.random.default_rng(seed)
    kinds = rng.choice([PRIMARY, JUNIOR, NINE, SchoolKind.SPECIAL, SchoolKind.TEACHING_POINT], schools)
    return city(
        scattered(rng, blocks),
        scattered(rng, schools),
        kinds,
        ownership=rng.integers(0, 3, schools),
        **kwargs,
    )


def brute_force(scenario, stage, block, nearest):
    home = scenario.blocks.longitude[block], scenario.blocks.latitude[block]
    degrees = zip(scenario.schools.longitude, scenario.schools.latitude, strict=True)
    serving = scenario.schools.serves(stage)
    pairs = [(reference(home, place), row) for row, place in enumerate(degrees) if serving[row]]
    public = sorted(pair for pair in pairs if scenario.schools.public[pair[1]])
    private = sorted(pair for pair in pairs if not scenario.schools.public[pair[1]])
    return sorted(public[:nearest] + private[:nearest])


def arcs_of(travel, stage, block):
    arcs = travel.arcs[stage]
    part = slice(arcs.offsets[block], arcs.offsets[block + 1])
    return list(zip(arcs.metres[part].tolist(), arcs.school[part].tolist(), strict=True))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), nearest=st.integers(1, 70))
def test_k_nearest_equal_a_full_search(seed, nearest):
    scenario = random_city(seed, blocks=6, nearest=nearest)
    travel = measure(scenario)
    for stage in Stage:
        for block in range(6):
            assert arcs_of(travel, stage, block) == brute_force(scenario, stage, block, nearest)


def test_many_schools_at_one_place_are_all_tried():
    # 100 schools on two spots: the first look of the tree cannot prove which rows come first.
    degrees = np.stack((np.where(np.arange(100) % 2, 116.0, 116.2), np.full(100, 24.0)))
    scenario = city([[116.05], [24.0]], degrees, [PRIMARY] * 100, nearest=3)
    assert [school for _, school in arcs_of(measure(scenario), Stage.PRIMARY, 0)] == [1, 3, 5]


def test_metres_agree_with_pyproj_pair_by_pair_and_both_ways():
    rng = np.random.default_rng(4)
    one, other = scattered(rng, 200, spread=3), scattered(rng, 200, spread=3)
    there = measure(city(one, other, [PRIMARY] * 200, detour_percent=147))
    back = measure(city(other, one, [PRIMARY] * 200, detour_percent=147))
    rows = np.arange(200)
    answer = metres(there, Stage.PRIMARY, rows, rows)
    assert answer.tolist() == [reference(one[:, row], other[:, row], 147) for row in rows]
    assert np.array_equal(answer, metres(back, Stage.PRIMARY, rows, rows))
    assert answer.dtype == np.int32


def test_across_the_date_line_and_at_the_pole():
    scenario = city(
        [[179.9, 0.0], [10.0, 89.9]], [[-179.9, 170.0, 180.0], [10.0, 10.0, 89.9]], [PRIMARY] * 3, nearest=1
    )
    travel = measure(scenario)
    assert [arcs_of(travel, Stage.PRIMARY, block)[0][1] for block in (0, 1)] == [0, 2]


def test_zone_schools_are_kept_however_far_and_only_of_the_stage():
    # School 4 is the farthest; school 1 is in the table but has no primary stage.
    degrees = [[116.0, 116.1, 116.2, 116.3, 118.0], [24.0] * 5]
    kinds = [PRIMARY, JUNIOR, PRIMARY, NINE, PRIMARY]
    scenario = city([[116.0], [24.0]], degrees, kinds, (((0, 4), (0, 1), (0, 0)), ()), nearest=2)
    travel = measure(scenario)
    assert [school for _, school in arcs_of(travel, Stage.PRIMARY, 0)] == [0, 2, 4]
    assert [school for _, school in arcs_of(travel, Stage.JUNIOR, 0)] == [1, 3]


def test_a_missing_coordinate_means_no_metres_and_zone_order_last():
    degrees = [[116.0, np.nan, np.nan, 116.3], [24.0] * 4]
    scenario = city(
        [[116.0, np.nan], [24.0, 24.0]],
        degrees,
        [PRIMARY] * 4,
        (((0, 2), (0, 1), (0, 3), (1, 3), (1, 0)), ()),
        nearest=1,
    )
    travel = measure(scenario)
    assert arcs_of(travel, Stage.PRIMARY, 0) == [
        (0, 0),
        (reference((116.0, 24.0), (116.3, 24.0)), 3),
        (NO_METRES, 2),
        (NO_METRES, 1),
    ]
    assert arcs_of(travel, Stage.PRIMARY, 1) == [(NO_METRES, 3), (NO_METRES, 0)]
    pairs = metres(travel, Stage.PRIMARY, np.array([0, 0, 1, UNPLACED, 0]), np.array([0, 1, 0, 0, UNPLACED]))
    assert pairs.tolist() == [0, NO_METRES, NO_METRES, NO_METRES, NO_METRES]


def test_given_metres_are_used_as_they_are():
    table = ([1, 0, 0, 1, 0], [2, 1, 0, 1, 3], [900, 50, 70, 10, 5])
    nowhere = np.full((2, 2), np.nan), np.full((2, 4), np.nan)
    scenario = city(
        *nowhere, [PRIMARY, PRIMARY, NINE, JUNIOR], (((0, 2), (1, 0)), ()), given=table, method="given"
    )
    travel = measure(scenario)
    assert travel.source == "given"
    assert arcs_of(travel, Stage.PRIMARY, 0) == [(50, 1), (70, 0), (NO_METRES, 2)]
    assert arcs_of(travel, Stage.PRIMARY, 1) == [(10, 1), (900, 2), (NO_METRES, 0)]
    assert arcs_of(travel, Stage.JUNIOR, 0) == [(5, 3)]
    assert metres(travel, Stage.PRIMARY, np.array([1, 0, 1, 1]), np.array([2, 3, 3, UNPLACED])).tolist() == [
        900,
        5,
        NO_METRES,
        NO_METRES,
    ]


def test_given_keeps_the_nearest_of_each_block():
    table = ([0, 0, 0, 1, 1], [0, 1, 2, 2, 0], [30, 20, 10, 5, 6])
    nowhere = np.full((2, 2), np.nan), np.full((2, 3), np.nan)
    scenario = city(*nowhere, [PRIMARY] * 3, given=table, method="given", nearest=2)
    travel = measure(scenario)
    assert [arcs_of(travel, Stage.PRIMARY, block) for block in (0, 1)] == [
        [(10, 2), (20, 1)],
        [(5, 2), (6, 0)],
    ]
    assert metres(travel, Stage.PRIMARY, np.array([0]), np.array([0])).tolist() == [30]


def test_zone_order_keeps_the_table_and_knows_no_metres():
    scenario = random_city(
        1, blocks=2, schools=5, zones=(((0, 4), (0, 2), (1, 3)), ((0, 0),)), method="zone_order"
    )
    serving = [set(np.flatnonzero(scenario.schools.serves(stage))) for stage in Stage]
    travel = measure(scenario)
    assert travel.source == "zone_order"
    expected = [(NO_METRES, s) for s in (4, 2) if s in serving[Stage.PRIMARY]]
    assert arcs_of(travel, Stage.PRIMARY, 0) == expected
    assert metres(travel, Stage.PRIMARY, np.array([0, 1]), np.array([4, 3])).tolist() == [NO_METRES] * 2


def test_row_order_of_the_tables_does_not_matter():
    rng = np.random.default_rng(9)
    block_degrees, school_degrees = scattered(rng, 30), scattered(rng, 50)
    kinds = rng.choice([PRIMARY, NINE], 50)
    blocks, schools = rng.permutation(30), rng.permutation(50)
    straight = measure(city(block_degrees, school_degrees, kinds, nearest=7))
    mixed = measure(city(block_degrees[:, blocks], school_degrees[:, schools], kinds[schools], nearest=7))
    for row, block in enumerate(blocks):
        # Ties in whole metres fall to the smaller row, so compare as sets of (metres, school).
        renamed = {(m, schools[s]) for m, s in arcs_of(mixed, Stage.PRIMARY, row)}
        assert renamed == set(arcs_of(straight, Stage.PRIMARY, block))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_states_its_source_and_survives_an_empty_city(method):
    travel = measure(city(np.zeros((2, 0)), np.zeros((2, 0)), [], method=method))
    assert travel.source == method
    assert [len(arcs.school) for arcs in travel.arcs] == [0, 0]
    assert metres(travel, Stage.JUNIOR, np.zeros(0, dtype=int), np.zeros(0, dtype=int)).tolist() == []
