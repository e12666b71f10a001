"""A scenario as a problem: candidates, walls, homes, limits; and today's zones, whatever they break."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import rezone, zoning
from simulator.messages import text
from simulator.model import (
    NO_METRES,
    UNPLACED,
    GivenTravel,
    Ownership,
    Ragged,
    ScenarioError,
    SchoolKind,
    Stage,
)
from simulator.model.policy import TravelSettings
from simulator.model.zoning_settings import ZoningMethod
from simulator.zoning.today import one_school_each
from tests.zoning.grid_town import town


def only(scenario, **how):
    (stage,) = rezone.rezone(scenario, **how).stages
    return stage


def schools_of(problem, block: int) -> list[int]:
    return problem.school[problem.offsets[block] : problem.offsets[block + 1]].tolist()


def test_every_school_with_seats_is_a_candidate_and_stands_in_its_block():
    stage = only(town())
    problem = stage.problem
    assert problem.load.tolist() == [5] * 20 and problem.seats.tolist() == [60, 60]
    assert all(schools_of(problem, block) == [0, 1] for block in range(20))
    assert problem.home.tolist() == [6, 13]
    assert problem.most_changed == -1 and problem.limit_metres == 2500
    assert stage.proposed.contiguous and stage.today.contiguous
    assert stage.today.metres == stage.proposed.metres and not stage.moved.any()


def test_only_children_who_can_claim_an_ordinary_seat_count():
    declined = np.zeros(100, dtype=bool)
    declined[:5] = True
    migrant = np.zeros(100, dtype=bool)
    migrant[5:10] = True
    problem = only(town(flags={"declined": declined, "migrant": migrant}, balance="migrant")).problem
    assert problem.load[:3].tolist() == [0, 0, 5]  # a migrant child without a permit is not eligible (R24)
    permit = migrant | declined
    problem = only(
        town(flags={"declined": declined, "migrant": migrant, "residence_permit": permit}, balance="migrant")
    ).problem
    assert problem.load[:3].tolist() == [0, 5, 5] and problem.mixed[:3].tolist() == [0, 5, 0]
    assert problem.balance_metres == 1000


def test_a_county_is_a_wall_for_candidates_and_for_neighbours():
    county = np.where(np.arange(20) % 5 < 3, 0, 1)
    scenario = town(homes=(6, 13), block_county=county, schools={"county": np.array([0, 1])})
    problem = only(scenario).problem
    for block in range(20):
        assert schools_of(problem, block) == [county[block]]
    assert 3 not in problem.neighbours[2].tolist() and 2 not in problem.neighbours[3].tolist()
    free = only(replace(scenario, policy=replace(scenario.policy, zoning=town(walls=[]).policy.zoning)))
    assert schools_of(free.problem, 0) == [0, 1] and 3 in free.problem.neighbours[2].tolist()


def test_a_barrier_parts_neighbours():
    problem = only(town(barriers=((7, 6),))).problem
    assert 7 not in problem.neighbours[6].tolist() and 6 not in problem.neighbours[7].tolist()
    assert 11 in problem.neighbours[6].tolist()


@pytest.mark.parametrize(
    "columns",
    [
        {"ownership": np.array([Ownership.PUBLIC, Ownership.PUBLIC, Ownership.PRIVATE])},
        {"kind": np.array([SchoolKind.PRIMARY, SchoolKind.PRIMARY, SchoolKind.SPECIAL])},
    ],
)
def test_private_and_special_schools_have_no_zone(columns):
    scenario = town(homes=(6, 13, 18), seats=(60, 60, 60), schools=columns)
    stage = only(scenario)
    assert 2 not in stage.problem.school.tolist()
    # Blocks zoned to it today are counted where they are, and must leave it.
    zoned = stage.today.assigned == 2
    assert zoned.any() and stage.moved[zoned].all()
    assert stage.today.metres > 0


def test_a_teaching_point_keeps_to_its_own_villages():
    kinds = {"kind": np.array([SchoolKind.PRIMARY, SchoolKind.PRIMARY, SchoolKind.TEACHING_POINT])}
    zones = tuple((block, 2 if block in (14, 19) else block % 2) for block in range(20))
    problem = only(town(homes=(6, 13, 19), seats=(60, 60, 20), schools=kinds, zones=zones)).problem
    assert {b for b in range(20) if 2 in schools_of(problem, b)} == {14, 19}


def test_a_school_without_seats_is_no_candidate_but_todays_zone_is_seen():
    stage = only(town(homes=(6, 13, 18), seats=(60, 60, 0)))
    assert 2 not in stage.problem.school.tolist()
    assert stage.today.excess[2] == stage.problem.load[stage.today.assigned == 2].sum() > 0


def test_few_candidates_keep_the_nearest_todays_and_the_own_block():
    zones = tuple((block, 2) for block in range(20))
    stage = only(town(homes=(6, 13, 18), seats=(60, 60, 60), zones=zones, candidates=1))
    for block in range(20):
        found = schools_of(stage.problem, block)
        assert 2 in found and len(found) <= 2
    assert 0 in schools_of(stage.problem, 6) and 1 in schools_of(stage.problem, 13)


def test_no_block_goes_far_but_to_its_nearest_or_todays_school():
    zones = ((0, 1),)
    problem = only(town(homes=(6, 13), zones=zones, farthest_metres=1000)).problem
    for block in range(20):
        span = slice(problem.offsets[block], problem.offsets[block + 1])
        found = dict(zip(problem.school[span].tolist(), problem.metres[span].tolist(), strict=True))
        nearest = min(found.values())
        assert all(m <= 1000 or m == nearest or (block, s) == (0, 1) for s, m in found.items())
    assert schools_of(problem, 0) == [0, 1] and problem.metres[:2].max() > 1000
    assert schools_of(problem, 19) == [1], "beyond the limit from both: the nearest is kept"
    free = only(town(homes=(6, 13), zones=zones, farthest_metres=0)).problem
    assert len(free.school) == 40


def test_limits_shares_and_weights_come_from_the_settings():
    problem = only(
        town(
            primary_limit_metres=500, seats_percent=90, change_counts="blocks", most_changed_percent=10,
            change_metres=77,
        )
    ).problem  # fmt: skip
    assert problem.limit_metres == 500 and problem.seats.tolist() == [54, 54]
    assert problem.change_count.tolist() == [1] * 20 and problem.most_changed == 2
    assert problem.change_metres == 77


def with_travel(scenario, pairs):
    """The scenario with given distances: (block, school, metres)."""
    block, school, metres = np.array(pairs).T
    return replace(
        scenario,
        given_travel=GivenTravel(block, school, metres),
        policy=replace(scenario.policy, travel=TravelSettings(method="given")),
    )


def test_pairs_without_a_distance_are_no_candidates():
    """Block 3 is nowhere and has no school today; block 1 must leave the school it cannot reach."""
    zones = ((0, 0), (1, 0), (2, 0), (4, 1))
    pairs = [(0, 0, 400), (0, 1, 900), (1, 1, 300), (2, 0, 200)]
    stage = only(with_travel(town(zones=zones), pairs))
    assert [schools_of(stage.problem, b) for b in range(6)] == [[0, 1], [1], [0], [], [1], []]
    assert stage.proposed.assigned[3] == UNPLACED and stage.proposed.assigned[1] == 1
    assert stage.framed.today_metres[1] == NO_METRES
    codes = {notice.code: dict(notice.details) for notice in stage.framed.notices}
    assert codes["zoning_no_candidate"] == {"n": 16, "children": 80}
    assert codes["zoning_unmeasured"] == {"n": 1, "children": 5}


@pytest.mark.parametrize("method", sorted(zoning.METHODS))
def test_a_block_that_is_nowhere_stays_with_todays_school_and_takes_its_seats(method):
    """Nothing says where else its children should go: they go on to count there, and no way is made up."""
    scenario = town(seats=(60, 60))
    nowhere = np.where(np.arange(20) == 7, np.nan, scenario.blocks.longitude)
    scenario = replace(scenario, blocks=replace(scenario.blocks, longitude=nowhere))
    stage = only(scenario, method=method)
    assert stage.problem.today[7] == 0 and schools_of(stage.problem, 7) == [0]
    assert stage.proposed.assigned[7] == 0 and not stage.moved[7]
    assert stage.problem.loads(stage.proposed.assigned).sum() == 100
    assert stage.framed.metres(stage.proposed.assigned)[7] == NO_METRES
    assert np.flatnonzero(stage.framed.unmeasured).tolist() == [7]
    assert 7 not in stage.problem.home.tolist(), "a school stands in no block that is nowhere"
    assert {n.code: dict(n.details) for n in stage.framed.notices}["zoning_unmeasured"] == {
        "n": 1,
        "children": 5,
    }
    full = only(town(seats=(40, 80)), method=method)
    lost = replace(town(seats=(40, 80)), blocks=scenario.blocks)
    assert only(lost, method=method).problem.load.sum() == full.problem.load.sum()


def test_a_school_that_is_nowhere_keeps_its_blocks_and_is_named():
    scenario = town(homes=(6, 13), names=(["East", "West"], [f"B{row}" for row in range(20)]))
    schools = replace(scenario.schools, longitude=np.array([np.nan, scenario.schools.longitude[1]]))
    stage = only(replace(scenario, schools=schools))
    own = stage.problem.today == 0
    assert own.any() and np.array_equal(stage.proposed.assigned, stage.problem.today)
    assert all(schools_of(stage.problem, block) == [0] for block in np.flatnonzero(own))
    codes = {notice.code: dict(notice.details) for notice in stage.framed.notices}
    assert codes["zoning_school_unmeasured"] == {"n": 1, "names": "East"}
    assert codes["zoning_unmeasured"]["n"] == own.sum()


def test_a_block_that_is_nowhere_does_not_stay_beyond_a_wall():
    county = np.where(np.arange(20) == 7, 1, 0)
    scenario = town(block_county=county, schools={"county": np.array([0, 0])})
    nowhere = np.where(np.arange(20) == 7, np.nan, scenario.blocks.longitude)
    stage = only(replace(scenario, blocks=replace(scenario.blocks, longitude=nowhere)))
    assert schools_of(stage.problem, 7) == [] and stage.proposed.assigned[7] == UNPLACED
    assert not stage.framed.unmeasured.any()


def test_a_school_walled_off_from_every_block_is_told_as_that():
    """Not as one of unknown way: its county is written otherwise, coordinates would not help."""
    names = (["East", "West"], [f"B{row}" for row in range(20)])
    county = {"county": np.array([0, 1])}
    stage = only(town(block_county=np.zeros(20, dtype=int), schools=county, names=names))
    codes = {notice.code: dict(notice.details) for notice in stage.framed.notices}
    told = codes["zoning_school_walled_off"]
    assert told == {"n": 1, "names": "West"} and "zoning_school_unmeasured" not in codes
    assert all("zoning.walls" in text("zoning_school_walled_off", one, **told) for one in ("zh", "en"))


def test_where_no_way_at_all_is_known_it_says_so():
    scenario = town(outlines=False)
    nowhere = np.full(20, np.nan)
    scenario = replace(scenario, blocks=replace(scenario.blocks, longitude=nowhere, latitude=nowhere))
    with pytest.raises(ScenarioError) as refused:
        rezone.rezone(scenario)
    (fault,) = refused.value.faults
    assert (fault.code, fault.file, fault.column) == ("zoning_no_ways", "scenario.toml", "travel.method")
    for language in ("zh", "en"):
        assert "travel" in text(fault.code, language, value=fault.value)


def test_without_distances_or_outlines_it_says_so():
    scenario = town(outlines=False, neighbours="outlines")
    scenario = replace(scenario, policy=replace(scenario.policy, travel=TravelSettings(method="zone_order")))
    with pytest.raises(ScenarioError) as refused:
        rezone.rezone(scenario)
    assert [fault.code for fault in refused.value.faults] == ["zoning_no_distances", "zoning_no_outlines"]


def test_todays_zones_may_break_everything():
    """No zone, a far school, overload and a detached block: seen, counted, never an error."""
    zones = tuple((block, 0) for block in range(19) if block != 7)
    stage = only(town(seats=(10, 60), zones=zones))
    assert stage.today.excess.tolist() == [80, 0]
    assert stage.today.assigned[[7, 19]].tolist() == [UNPLACED, UNPLACED]
    assert stage.today.bound_of == "none" and stage.today.changed == 0
    zones = ((0, 0), (19, 0), (6, 0))
    stage = only(town(zones=zones))
    assert np.flatnonzero(stage.today.detached).tolist() == [0, 19]
    nothing = only(town(zones=()))
    assert (nothing.today.assigned == UNPLACED).all() and nothing.today.metres == 0
    assert nothing.proposed.changed == 0, "who has no school today leaves none"


def test_a_multi_school_zone_hangs_together_as_a_whole():
    zones = tuple((block, school) for block in range(20) for school in (0, 1))
    stage = only(town(zones=zones))
    assert stage.today.contiguous and (stage.today.assigned != UNPLACED).all()
    apart = ((0, 0), (0, 1), (6, 0), (6, 1), (13, 1))
    stage = only(town(zones=apart))
    assert np.flatnonzero(stage.today.detached).tolist() == [0]


def test_blocks_detached_today_are_exempt_when_asked_but_not_those_that_hold_a_school():
    zones = ((0, 0), (19, 0), (6, 0), (13, 0))
    assert not only(town(zones=zones)).problem.exempt.any()
    stage = only(town(zones=zones, keep_detached=True))
    assert np.flatnonzero(stage.today.detached).tolist() == [0, 13, 19]
    assert np.flatnonzero(stage.problem.exempt).tolist() == [0, 19], "13 holds the other school"
    several = ((0, 0), (0, 1), (6, 0), (6, 1), (13, 1))
    assert np.flatnonzero(only(town(zones=several, keep_detached=True)).problem.exempt).tolist() == [0]
    beyond = town(zones=((0, 1), (19, 0)), keep_detached=True, farthest_metres=1, candidates=1)
    county = np.zeros(20, dtype=np.int64)
    county[19] = 1
    parted = town(zones=((0, 1), (19, 0)), keep_detached=True, walls=["county"], block_county=county)
    assert np.flatnonzero(only(beyond).problem.exempt).tolist() == [0, 19]
    assert 19 not in np.flatnonzero(only(parted).problem.exempt), "its school today is no candidate"


@given(seed=st.integers(0, 2**32 - 1))
def test_one_school_of_each_multi_school_zone(seed: int):
    rng = np.random.default_rng(seed)
    lists = [rng.permutation(4)[: rng.integers(0, 4)] for _ in range(15)]
    owner = np.repeat(np.arange(15), [len(found) for found in lists])
    zones = Ragged.from_pairs(15, owner, np.concatenate(lists).astype(np.int32))
    metres, load, seats = rng.integers(0, 900, len(owner)), rng.integers(0, 9, 15), rng.integers(0, 40, 4)
    found = one_school_each(zones, metres, load, seats)
    for block in range(15):
        assert found[block] in (lists[block].tolist() or [UNPLACED])
    roomy = one_school_each(zones, metres, load, np.full(4, 10_000))
    for block in np.flatnonzero(zones.lengths):
        of_block = metres[zones.offsets[block] : zones.offsets[block + 1]]
        assert roomy[block] == zones[block][np.argmin(of_block)]


def test_every_method_of_the_settings_is_there_and_has_a_name():
    assert set(get_args(ZoningMethod)) == set(zoning.METHODS)
    for method in zoning.METHODS:
        assert text(f"zone_method_{method}", "zh") and text(f"zone_method_{method}", "en")


@pytest.mark.parametrize("method", sorted(zoning.METHODS))
def test_every_method_answers_a_scenario(method):
    """An overloaded school beside an empty one: all but ``nearest`` mend it, and keep zones together."""
    stage = only(town(seats=(40, 80), zones=tuple((block, 0) for block in range(20))), method=method)
    assert stage.today.excess.sum() == 60
    assert stage.proposed.method == method and (stage.proposed.assigned >= 0).all()
    if method != "nearest":
        assert stage.proposed.excess.sum() == 0 and stage.proposed.contiguous
        assert stage.proposed.bound_of != "none" and stage.proposed.bound <= stage.proposed.cost


def test_both_stages_and_the_same_answer_twice():
    scenario = town(stages=["primary", "junior"])
    made = rezone.rezone(scenario)
    assert [stage.stage for stage in made.stages] == [Stage.PRIMARY, Stage.JUNIOR]
    assert len(made.stages[1].problem.school) == 0 and made.stages[1].proposed.cost == 0
    again = rezone.rezone(scenario)
    for one, other in zip(made.stages, again.stages, strict=True):
        assert np.array_equal(one.proposed.assigned, other.proposed.assigned)
