"""The fine print of seats: caps, classes, plans and pools, exactly at the limit, and what is told of them.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

import numpy as np
import pytest

from simulator.admission.seats import divide_room
from simulator.model import SeatKind, Stage
from tests.admission.rules_worlds import (
    by_classes,
    notices,
    offered,
    seated,
)
from tests.admission.small import a_round, block, child, play, school, world


def test_r2_a_plan_of_no_seats_offers_none_whatever_its_classes():
    assert offered(by_classes("S", (2, 0)) | {"planned_seats": (0, -1)}).offered[Stage.PRIMARY].tolist() == [
        0
    ]


def test_r2_classes_of_a_stage_the_school_does_not_have_take_no_room():
    plan = offered(by_classes("S", (2, 3), cap=100))
    assert plan.planned.tolist() == [[90], [0]] and plan.offered.tolist() == [[90], [0]]


def test_r2_more_than_the_standard_by_named_seats_or_own_class_size_is_listed():
    plan = offered(
        by_classes("at", (2, 0)) | {"planned_seats": (90, -1)},
        by_classes("over", (2, 0)) | {"planned_seats": (91, -1)},
        by_classes("large", (2, 0), class_size=(50, 0)),
    )
    assert plan.above_standard[Stage.PRIMARY].tolist() == [False, True, True]


def test_r1_a_school_exactly_at_its_cap_is_not_oversized():
    plan = offered(by_classes("S", (9, 0), pupils=(2000, 0)), by_classes("T", (9, 0), pupils=(2001, 0)))
    assert plan.oversized.tolist() == [False, True]


def test_r1_a_ceiling_below_the_cap_means_the_cap_and_binds_oversized_schools_only():
    big = by_classes("S", (20, 0), pupils=(2200, 0), leavers=(350, 0))
    for ceiling in (0, 1500):
        assert offered(big | {"ceiling": ceiling}).limit.tolist() == [2000]
    small = by_classes("S", (20, 0), pupils=(1900, 0), ceiling=2600)
    assert offered(small).limit.tolist() == [2000]


def test_r1_a_school_offers_no_more_than_it_planned_though_its_cap_has_room():
    plan = offered(by_classes("S", (2, 0)))
    assert plan.room.tolist() == [90]


def test_r1_room_is_divided_by_planned_seats_without_classes_and_rounded_to_the_nearest():
    assert offered(school("N", kind="nine_year", seats=(6, 2), cap=4)).offered[:, 0].tolist() == [3, 1]
    shares = divide_room(np.array([5]), np.array([[9], [9]]), np.array([[1], [1]]))
    assert shares[:, 0].tolist() == [3, 2]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"GENERAL": 6, "RESERVED": 4, "SPECIAL_CLASS": 3}),
        ({"cap": 2}, {"GENERAL": 0, "SPECIAL_CLASS": 2}),
        ({"ownership": "inclusive_private"}, {"GENERAL": 8, "PURCHASED": 2, "SPECIAL_CLASS": 3}),
        ({"ownership": "inclusive_private", "cap": 4}, {"GENERAL": 0, "PURCHASED": 1, "SPECIAL_CLASS": 3}),
        ({"ownership": "private"}, {"GENERAL": 10, "SPECIAL_CLASS": 3}),
    ],
)
def test_the_pools_of_a_stage_share_out_its_seats(more, expected):
    one = school("S", seats=10, special_class_seats=(3, 0), reserved_seats=(4, 0), purchased_seats=(2, 0))
    seats = play(world([one | more], [block("B")], [], [a_round()])).seats
    found = {SeatKind(k).name: int(n) for k, n in zip(seats.kind, seats.seats, strict=True)}
    total = sum(expected.values())
    assert found == {"SCHOOL": total, "STAGE": total} | expected


@pytest.mark.parametrize(
    "more",
    [
        {"seats": 1, "special_class_seats": (2, 0)},
        {"seats": 3, "ownership": "inclusive_private", "purchased_seats": (2, 0)},
    ],
)
def test_coordination_opens_neither_special_classes_nor_purchased_seats(more):
    last = a_round("last", coordination=True, reach=["county"], ownership=[more.get("ownership", "public")])
    children = [child(f"C{i}", "B") for i in range(3)]
    assert len(seated(world([school("S", **more)], [block("B")], children, [last]))) == 1


def test_seat_notices_name_the_numbers():
    schools = [
        by_classes("big", (9, 0), pupils=(2200, 0), leavers=(350, 0)),
        by_classes("full", (2, 0)) | {"planned_seats": (100, -1), "cap": 95},
    ]
    answer = play(world(schools, [block("B")], [], [a_round()]))
    assert [(n.code, n.school, n.details) for n in answer.notices] == [
        ("notice_oversized", 0, {"pupils": 2200, "cap": 2000, "ceiling": 2180}),
        ("notice_seats_cut_by_cap", 0, {"planned": 405, "seats": 330}),
        ("notice_seats_cut_by_cap", 1, {"planned": 100, "seats": 95}),
        ("notice_above_standard", 1, {"seats": 100}),
    ]


def test_r1_seats_moved_between_stages_are_told_by_their_number_where_they_were_used():
    schools = [
        school("N", kind="nine_year", seats=(3, 3), classes=(1, 1), cap=4),
        school("M", kind="nine_year", seats=(3, 3), classes=(1, 1), cap=4),
    ]
    children = [child(f"J{i}", "B", "junior") for i in range(3)]
    children += [child(f"K{i}", "C", "junior") for i in range(2)]  # just the two seats opened at M
    zones = {("B", "junior"): ["N"], ("C", "junior"): ["M"]}
    last = a_round("last", coordination=True)
    answer = play(world(schools, [block("B"), block("C")], children, [last], zones))
    moved = notices(answer, "notice_seats_moved")
    assert [(n.school, n.details) for n in moved] == [(0, {"stage": Stage.JUNIOR, "seats": 1})]
