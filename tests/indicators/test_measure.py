"""Indicators: every number by hand, the sums of the table, targets in whole numbers, any row order."""

from __future__ import annotations

import math
from statistics import median_low

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from year_world import (
    make_admission,
    make_scenario,
    make_schools,
    make_seats,
    make_students,
    make_travel,
    permuted,
)

from simulator.indicators import INDICATORS, early_warning, measure
from simulator.messages import text
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Means,
    Ownership,
    Placement,
    Round,
    RoundRecord,
    SchoolKind,
    SeatKind,
    Stage,
    Status,
)
from simulator.model.policy import MigrantShare, Targets

CITY, BOTH = UNPLACED, UNPLACED


def table(scenario, students, admission, warnings=None):
    return measure(scenario, students, make_travel(scenario, ({}, {})), admission, warnings)


def cell(found, code, county=CITY, stage=BOTH):
    row = np.flatnonzero((found.code == code) & (found.county == county) & (found.stage == stage))
    assert len(row) == 1, (code, county, stage)
    row = int(row[0])
    return (
        int(found.numerator[row]),
        int(found.denominator[row]),
        float(found.value[row]),
        int(found.met[row]),
    )


def year(status, *, school=0, schools=None, kind=None, policy=None, blocks=None, flags=None, **columns):
    """Children with the given statuses; school 0 unless told otherwise; two counties, block b in county b."""
    rows = len(status)
    schools = schools if schools is not None else make_schools(2, county=[0, 1])
    scenario = make_scenario(schools, 2, block_county=[0, 1], **(policy or {}))
    roster = {k: v for k, v in columns.items() if k in ("stage", "placement", "household_block")}
    students = make_students(rows, block=0 if blocks is None else blocks, flags=flags, **roster)
    with_school = np.isin(status, (Status.PLACED, Status.PRIVATE, Status.TAUGHT_AT_HOME))
    pools = [
        (row, 0, SeatKind.PURCHASED, 7)
        for row in np.flatnonzero(schools.ownership == Ownership.INCLUSIVE_PRIVATE).tolist()
    ]
    seats = make_seats(schools, np.where([schools.serves(stage) for stage in Stage], 20, 0), pools=pools)
    answer = {k: v for k, v in columns.items() if k not in roster}
    admission = make_admission(
        students, seats, np.where(with_school, school, UNPLACED), status=status, kind=kind, **answer
    )
    return scenario, students, admission


def test_every_indicator_has_a_rule_a_name_and_a_unit_in_both_languages():
    for code, indicator in INDICATORS.items():
        assert indicator.rule in {f"R{number}" for number in range(1, 50)}
        assert indicator.measure.__doc__ is not None
        assert indicator.rule in indicator.measure.__doc__
        for language in ("zh", "en"):
            assert text(code, language)
            assert text(f"unit_{indicator.unit}", language)


def test_r3_who_stays_in_the_denominator():
    scenario, students, admission = year([status for status in Status for _ in range(2)])
    found = table(scenario, students, admission)
    # placed, private, at home are placed; to be verified, declined, unplaced stay in the denominator.
    assert cell(found, "placed_percent") == (6, 12, 50.0, 0)
    for status in Status:
        assert cell(found, f"children_{status.name.lower()}")[:2] == (2, 0)
    assert cell(found, "children_on_roster")[0] == 18


@pytest.mark.parametrize(("placed", "target", "met"), [(98, 98, 1), (97, 98, 0), (100, 100, 1), (99, 100, 0)])
def test_r3_r48_targets_compare_whole_numbers(placed, target, met):
    status = [Status.PLACED] * placed + [Status.UNPLACED] * (100 - placed)
    schools = make_schools(2, county=[0, 1])
    scenario, students, admission = year(
        status, schools=schools, policy={"targets": Targets(placed_percent=target)}, blocks=1
    )
    found = table(scenario, students, admission)
    assert cell(found, "placed_percent", county=1)[3] == met
    assert cell(found, "placed_percent", county=0) == (0, 0, pytest.approx(math.nan, nan_ok=True), -1)


def test_r23_a_child_without_a_block_counts_in_its_household_county_or_the_city_alone():
    scenario, students, admission = year(
        [Status.TO_BE_VERIFIED] * 3, blocks=[UNPLACED, UNPLACED, 0], household_block=[1, UNPLACED, 1]
    )
    found = table(scenario, students, admission)
    counts = [cell(found, "children_to_be_verified", county=county)[0] for county in (CITY, 0, 1)]
    assert counts == [3, 1, 1]


def test_r27_zone_and_nearness_are_of_ordinary_seats_with_known_distance():
    schools = make_schools(
        3, county=[0, 0, 0], kind=[SchoolKind.PRIMARY, SchoolKind.SPECIAL, SchoolKind.PRIMARY]
    )
    scenario, students, admission = year(
        [Status.PLACED] * 4 + [Status.PRIVATE],
        schools=schools,
        school=[0, 0, 0, 1, 2],
        in_zone=[True, True, False, False, False],
        nearest=[True, False, False, False, False],
        metres=[100, 200, NO_METRES, 9000, 8000],
    )
    found = table(scenario, students, admission)
    assert cell(found, "in_own_zone_percent")[:2] == (2, 3)
    assert cell(found, "nearest_school_percent")[:2] == (1, 2)
    assert cell(found, "metres_max")[2] == 200
    assert cell(found, "metres_median")[2] == 100
    assert cell(found, "metres_mean")[:3] == (300, 2, 150)
    assert math.isnan(cell(found, "metres_median", county=1)[2])


def test_r27_a_child_of_unknown_block_counts_as_outside_its_zone():
    """It stays in the denominator, so that a gap in the data never raises the share."""
    known = year([Status.PLACED] * 2, in_zone=[True, True])
    gap = year([Status.PLACED] * 2, in_zone=[True, False], blocks=[0, UNPLACED])
    assert cell(table(*known), "in_own_zone_percent")[:2] == (2, 2)
    assert cell(table(*gap), "in_own_zone_percent")[:2] == (1, 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_percentiles_are_order_statistics(metres):
    scenario, students, admission = year([Status.PLACED] * len(metres), metres=metres)
    found = table(scenario, students, admission)
    rising = sorted(metres)
    assert cell(found, "metres_median")[2] == median_low(rising)
    assert cell(found, "metres_max")[2] == rising[-1]
    p95 = cell(found, "metres_p95")[2]
    # Nearest rank: the least distance that at least 95 % of the children do not exceed.
    assert p95 == next(m for m in rising if 100 * sum(x <= m for x in rising) >= 95 * len(rising))
    assert abs(cell(found, "metres_mean")[2] - sum(metres) / len(metres)) <= 0.5


@pytest.mark.parametrize(
    ("seats", "children", "expected"),
    [
        ("public", "eligible", (2, 5)),
        ("public_and_purchased", "eligible", (3, 5)),
        ("public", "all", (2, 6)),
        ("public_and_purchased", "all", (3, 6)),
    ],
)
def test_r25_the_share_by_each_definition_unplaced_in_the_denominator(seats, children, expected):
    schools = make_schools(2, county=[0, 0], ownership=[Ownership.PUBLIC, Ownership.INCLUSIVE_PRIVATE])
    # Two public, one purchased, one private, one unplaced; one without permit, unplaced; two local.
    status = [Status.PLACED] * 3 + [Status.PRIVATE] + [Status.UNPLACED] * 2 + [Status.PLACED] * 2
    kind = [SeatKind.GENERAL, SeatKind.GENERAL, SeatKind.PURCHASED, SeatKind.GENERAL, -1, -1] + [
        SeatKind.GENERAL
    ] * 2
    migrant = [True] * 6 + [False] * 2
    scenario, students, admission = year(
        status,
        schools=schools,
        school=[0, 0, 1, 1, 0, 0, 0, 0],
        kind=kind,
        flags={"migrant": migrant, "residence_permit": [True] * 5 + [False] * 3},
        policy={
            "targets": Targets(migrant_share=MigrantShare(target_percent=60, seats=seats, children=children))
        },
    )
    found = table(scenario, students, admission)
    assert cell(found, "migrant_share_percent", county=0)[:2] == expected
    assert cell(found, "migrant_share_percent", county=0)[3] == int(100 * expected[0] >= 60 * expected[1])
    assert cell(found, "migrant_share_percent", county=1)[3] == -1
    # R26
    assert cell(found, "purchased_used")[0] == 1
    assert cell(found, "purchased_used_percent", stage=Stage.PRIMARY)[:2] == (1, 7)
    assert cell(found, "private_percent")[:2] == (1, 6)


def test_r19_r20_r21_children_with_disabilities():
    schools = make_schools(2, county=[0, 1], disabled_pupils=[3, 4], resource_room=[False, True])
    scenario, students, admission = year(
        [Status.PLACED, Status.PLACED, Status.TAUGHT_AT_HOME, Status.UNPLACED, Status.PLACED],
        schools=schools,
        school=[0, 0, 1, 0, 1],
        placement=[
            Placement.MAINSTREAM,
            Placement.MAINSTREAM,
            Placement.TAUGHT_AT_HOME,
            Placement.MAINSTREAM,
            0,
        ],
    )
    found = table(scenario, students, admission)
    assert cell(found, "disabled_percent") == (3, 4, 75.0, 0)
    assert cell(found, "mainstream_percent")[:2] == (2, 3)
    assert [cell(found, "resource_rooms_due", county=county)[0] for county in (CITY, 0, 1)] == [2, 1, 1]
    assert cell(found, "resource_rooms_missing")[0] == 1


def test_r21_four_owe_nothing():
    schools = make_schools(2, county=[0, 1], disabled_pupils=[3, 0])
    scenario, students, admission = year([Status.PLACED], schools=schools, placement=Placement.MAINSTREAM)
    assert cell(table(scenario, students, admission), "resource_rooms_due")[0] == 0


def test_r22_left_behind_children_placed():
    scenario, students, admission = year(
        [Status.PLACED, Status.UNPLACED, Status.DEFERRED, Status.PLACED],
        flags={"left_behind": [True, True, True, False]},
    )
    assert cell(table(scenario, students, admission), "left_behind_percent")[:2] == (1, 2)


@pytest.mark.parametrize(
    ("pupils", "leavers", "before", "after"), [(102, 1, 1, 1), (102, 7, 1, 0), (100, 4, 0, 1)]
)
def test_r1_oversized_before_and_after_entry(pupils, leavers, before, after):
    given_pupils, given_leavers = np.zeros((2, 2)), np.zeros((2, 2))
    given_pupils[:, 0], given_leavers[:, 0] = (pupils - 40, 40), (leavers, 0)
    schools = make_schools(
        2, county=[0, 1], cap=100, kind=SchoolKind.NINE_YEAR, pupils=given_pupils, leavers=given_leavers
    )
    scenario, students, admission = year(
        [Status.PLACED] * 4 + [Status.PRIVATE], schools=schools, stage=[0, 0, 0, 1, 1]
    )
    found = table(scenario, students, admission)
    assert cell(found, "oversized_schools_before", county=0)[0] == before
    assert cell(found, "oversized_schools", county=0)[0] == after


def test_r2_planned_classes_above_standard_and_ceiling():
    schools = make_schools(
        4,
        kind=[SchoolKind.PRIMARY, SchoolKind.PRIMARY, SchoolKind.PRIMARY, SchoolKind.SPECIAL],
        classes=[[2, 3, 4, 5], [0, 0, 0, 0]],
        class_size=[[0, 50, 0, 0], [0, 0, 0, 0]],
        planned_seats=[[-1, -1, 221, -1], [-1, -1, -1, -1]],
    )
    scenario, students, admission = year([Status.PLACED], schools=schools)
    found = table(scenario, students, admission)
    assert cell(found, "classes_planned")[0] == 9
    assert cell(found, "classes_above_standard")[0] == 7
    assert cell(found, "classes_above_ceiling", stage=Stage.PRIMARY)[0] == 4  # 221 in 4 classes: 56 in one


def test_r16_towns_without_a_boarding_school_subdistricts_left_out():
    schools = make_schools(3, county=[0, 0, 1], town=[0, 1, 0], boarding_beds=[10, 0, 0])
    scenario, students, admission = year([Status.PLACED], schools=schools)
    found = table(scenario, students, admission)
    # T0 of county 0 boards; T1街道 is a subdistrict; T0 of county 1 does not board.
    assert [cell(found, "towns_without_boarding", county=county)[0] for county in (CITY, 0, 1)] == [1, 0, 1]


def test_r36_groups_per_county_and_city():
    schools = make_schools(4, county=[0, 0, 1, 1], group=[0, 0, 0, 1])
    scenario, students, admission = year([Status.PLACED], schools=schools)
    found = table(scenario, students, admission)
    assert [cell(found, "education_groups", county=county)[0] for county in (CITY, 0, 1)] == [2, 1, 2]


def test_r17_means_of_travel():
    means = [Means.NEAR, Means.BOARDING, Means.BUS, Means.EXCEPTION, Means.EXCEPTION]
    found = table(*year([Status.PLACED] * 5, means=means))
    codes = ("children_boarding", "children_by_bus", "children_beyond_limit")
    assert [cell(found, code)[0] for code in codes] == [1, 1, 2]


def pool_record(round_row, school, *, applicants, taken, lottery, kind=SeatKind.GENERAL):
    rows = len(school)
    zero, none = np.zeros(rows, np.int64), np.full(rows, UNPLACED)
    return RoundRecord(
        round=round_row, entered=0, applied=0, admitted=0,
        school=np.array(school), stage=np.zeros(rows, np.int8), kind=np.full(rows, kind, np.int8),
        seats=zero, first_choice=zero, applicants=np.array(applicants), taken=np.array(taken),
        lottery=np.array(lottery), cutoff_student=none, cutoff_tier=none, cutoff_draw=none, cutoff_date=none,
        price_children=zero, price_metres=zero, price_journeys=zero,
    )  # fmt: skip


def test_r30_odds_of_the_lotteries_that_were_drawn():
    schools = make_schools(
        3, county=[0, 0, 1], ownership=[Ownership.PRIVATE, Ownership.PRIVATE, Ownership.PUBLIC]
    )
    rounds = [Round(name="zone"), Round(name="private", mechanism="lottery")]
    records = (
        pool_record(0, [0], applicants=[999], taken=[1], lottery=[True]),
        pool_record(1, [0, 1, 2], applicants=[80, 10, 50], taken=[20, 10, 5], lottery=[True, False, True]),
    )
    found = table(*year([Status.PLACED], schools=schools, policy={"rounds": rounds}, rounds=records))
    assert cell(found, "lottery_odds_percent", county=0, stage=Stage.PRIMARY) == (20, 80, 25.0, -1)
    assert cell(found, "private_lotteries")[0] == 1


@pytest.mark.parametrize(
    ("settings", "picked"),
    [
        ({"mechanism": "lottery", "rank": ["draw"]}, 0),
        ({"mechanism": "lottery", "rank": ["order", "draw"]}, 0),
        ({"mechanism": "lottery", "rank": ["tier", "draw"]}, 0),  # no tiers: the draw decides alone
        ({"mechanism": "lottery", "rank": ["points", "draw"]}, 1),
        ({"mechanism": "lottery", "rank": ["tier", "draw"], "tiers": [["home"]]}, 1),
        ({"mechanism": "priority", "rank": ["metres", "draw"]}, 1),
        ({"mechanism": "deferred_acceptance", "rank": ["draw", "points"]}, 0),
        ({"mechanism": "least_total", "rank": ["points", "draw"]}, 0),  # coordination ranks nobody
    ],
)
def test_r31_private_pools_filled_by_picking_pupils(settings, picked):
    schools = make_schools(2, county=[0, 1], ownership=[Ownership.PRIVATE, Ownership.PUBLIC])
    records = (
        pool_record(0, [0, 1], applicants=[80, 50], taken=[20, 5], lottery=[True, True]),
        pool_record(0, [0], applicants=[9], taken=[9], lottery=[False]),
        pool_record(0, [0], applicants=[9], taken=[2], lottery=[True], kind=SeatKind.PURCHASED),
    )
    rounds = [Round(name="private", **settings)]
    found = table(*year([Status.PLACED], schools=schools, policy={"rounds": rounds}, rounds=records))
    assert cell(found, "private_picked")[0] == picked
    assert (
        cell(found, "private_picked", county=0)[0] == picked
        and cell(found, "private_picked", county=1)[0] == 0
    )


def test_r9_seats_and_fill_are_of_public_schools():
    schools = make_schools(2, county=[0, 1], ownership=[Ownership.PUBLIC, Ownership.PRIVATE])
    found = table(*year([Status.PLACED] * 5 + [Status.PRIVATE], schools=schools, school=[0] * 5 + [1]))
    assert cell(found, "public_seats")[0] == 20
    assert cell(found, "seat_fill_percent")[:3] == (5, 20, 25.0)


def test_r44_zones_by_level_only_where_warnings_are_given():
    schools = make_schools(3, county=[0, 1, 1])
    scenario = make_scenario(schools, 3, ([(0, 0), (1, 1), (2, 2)], ()), block_county=[0, 1, 1])
    students = make_students(29, block=[0] * 10 + [1] * 10 + [2] * 9)
    seats = make_seats(schools, [[8, 20, 10], [0, 0, 0]])
    admission = make_admission(students, seats, UNPLACED)
    warnings = early_warning(scenario, students, seats)
    found = table(scenario, students, admission, warnings)
    assert [cell(found, "zones_red", county=county)[0] for county in (CITY, 0, 1)] == [1, 1, 0]
    assert [cell(found, "zones_yellow", county=county)[0] for county in (CITY, 0, 1)] == [1, 0, 1]
    assert cell(found, "seats_short", stage=Stage.PRIMARY)[0] == 2
    assert "zones_red" not in set(table(scenario, students, admission).code)


@st.composite
def answers(draw):
    rows = draw(st.integers(0, 60))
    bits = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = [SchoolKind.NINE_YEAR] * 3
    schools = make_schools(3, county=[0, 1, UNPLACED], kind=kinds, ownership=[0, 1, 2])
    status = bits.integers(0, len(Status), rows)
    scenario, students, admission = year(
        status,
        schools=schools,
        school=bits.integers(0, 3, rows),
        stage=bits.integers(0, 2, rows),
        blocks=bits.integers(-1, 2, rows),
        placement=bits.integers(0, 5, rows),
        metres=bits.integers(-1, 4000, rows),
        means=bits.integers(0, len(Means), rows),
        in_zone=bits.random(rows) < 0.5,
        flags={name: bits.random(rows) < 0.5 for name in ("migrant", "residence_permit", "left_behind")},
    )
    return scenario, students, admission


@settings(max_examples=40, deadline=None)
@given(answers(), st.randoms(use_true_random=False))
def test_sums_of_the_table_hold_and_row_order_does_not_matter(answer, random):
    scenario, students, admission = answer
    found = table(scenario, students, admission)
    for county in (CITY, 0, 1):
        for stage in (BOTH, *Stage):
            statuses = [cell(found, f"children_{s.name.lower()}", county, stage)[0] for s in Status]
            assert sum(statuses) == cell(found, "children_on_roster", county, stage)[0]
    for code, indicator in INDICATORS.items():
        if indicator.of_zones or not indicator.by_stage or code.startswith("metres"):
            continue
        whole = cell(found, code)
        parts = [cell(found, code, stage=stage) for stage in Stage]
        assert whole[:2] == tuple(sum(part[k] for part in parts) for k in (0, 1)), code
        if indicator.unit == "percent" and code != "seat_fill_percent":
            assert whole[0] <= whole[1]
    order = list(range(len(students)))
    random.shuffle(order)
    other = table(scenario, *permuted(students, admission, order))
    for column in vars(found):
        assert getattr(found, column).tobytes() == getattr(other, column).tobytes() or column in (
            "code",
            "rule",
            "unit",
        )
    assert found.code.tolist() == other.code.tolist()


def test_city_first_then_counties_both_stages_first():
    found = table(*year([Status.PLACED]))
    rows = np.flatnonzero(found.code == "placed_percent")
    expected = [(county, stage) for county in (-1, 0, 1) for stage in (-1, 0, 1)]
    assert list(zip(found.county[rows].tolist(), found.stage[rows].tolist(), strict=True)) == expected
    assert list(dict.fromkeys(found.code)) == [
        code for code, entry in INDICATORS.items() if not entry.of_zones
    ]
