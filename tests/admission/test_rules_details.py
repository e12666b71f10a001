"""The fine print of the rules: what happens exactly at a limit, in which order, and what is told.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

from dataclasses import replace

import numpy as np
import pytest

from simulator.admission import AccountingError, closing
from simulator.admission.seats import divide_room
from simulator.model import NO_DATE, NO_METRES, UNPLACED, Means, Reason, SeatKind, Stage, Status
from simulator.model.policy import TravelSettings, Twins
from tests.admission.small import World, a_round, block, child, day, places, play, school, world
from tests.admission.test_rules_rounds import COORDINATION, MIGRANT, PRIVATE, ZONE, zone_world
from tests.admission.test_rules_seats import by_classes, offered


def seated(the_world, name="S"):
    return sorted(who for who, place in places(the_world).items() if place == name)


def notices(answer, code):
    return [n for n in answer.notices if n.code == code]


# Seats


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


# Statuses and reasons


def reasons(the_world):
    answer = play(the_world)
    return {str(n): Reason(r).name for n, r in zip(the_world.students.id, answer.reason, strict=True)}


def test_every_reason_for_staying_unplaced_is_the_first_that_explains_it():
    schools = [school("S"), school("P", seats=9, ownership="private")]
    blocks = [block("B"), block("open"), block("private_only")]
    zones = {("B", "primary"): ["S"], ("private_only", "primary"): ["P"]}
    children = [
        child("full", "B"),
        child("full_no_zone", "open"),
        child("no_round", "B", late=True),
        child("no_round_no_zone", "open", late=True),
        child("permit_no_round", "B", late=True, migrant=True, residence_permit=True),
        child("no_permit", "B", late=True, migrant=True),
        child("no_permit_but_entered", "B", migrant=True),
        child("nothing_in_reach", "private_only", household=True),
    ]
    rounds = [
        a_round(exclude=["late"]),
        a_round("others", exclude=["late", "household"], reach=["county"]),
    ]
    assert reasons(world(schools, blocks, children, rounds, zones)) == {
        "full": "NO_SEAT_IN_REACH",
        "full_no_zone": "NO_SEAT_IN_REACH",
        "no_round": "NO_ROUND",
        "no_round_no_zone": "NO_ROUND",
        "permit_no_round": "NO_ROUND",
        "no_permit": "NO_RESIDENCE_PERMIT",
        "no_permit_but_entered": "NO_SEAT_IN_REACH",
        "nothing_in_reach": "NO_SCHOOL_IN_REACH",
    }


def test_the_later_status_covers_the_earlier():
    facts = {"born": "2021-01-01", "deferral": True, "enrolled_elsewhere": True, "declined": True}
    expected = ["NOT_OF_AGE", "DEFERRED", "ENROLLED_ELSEWHERE", "DECLINED"]
    children = [child(f"C{i}", "B", **dict(list(facts.items())[: i + 1])) for i in range(4)]
    answer = play(zone_world(children, seats=9))
    assert [Status(s).name for s in answer.status] == expected


# Ranking


def test_nothing_named_behind_the_draw_decides():
    children = [child("early", "B", settled_on="2001-01-01"), child("late", "B", settled_on="2020-01-01")]
    rounds = [a_round(rank=["draw", "settled_on"])]
    winners = {tuple(seated(zone_world(children, rounds=rounds, seed=s))) for s in range(20)}
    assert winners == {("early",), ("late",)}


def test_a_sibling_counts_at_its_own_school_only():
    children = [
        child("elsewhere", "B", sibling="T", settled_on="2020-01-01"),
        child("early", "B", settled_on="2010-01-01"),
    ]
    rounds = [a_round(rank=["sibling", "settled_on", "draw"])]
    assert seated(zone_world(children, rounds=rounds, schools=[school("S", seats=1), school("T")])) == [
        "early"
    ]


def test_ranked_by_metres_the_unknown_address_comes_last():
    children = [
        child("unknown", sibling="S"),
        child("far", "far", sibling="S"),
        child("near", "B", sibling="S"),
    ]
    blocks = [block("B"), block("far", at=9)]
    for seats, expected in ((1, ["near"]), (2, ["far", "near"])):
        rounds = [a_round(reach=["sibling"], rank=["metres", "draw"])]
        assert seated(world([school("S", seats=seats)], blocks, children, rounds)) == expected


def test_ranked_by_order_the_first_choice_goes_first():
    wishes = [("second", "zone", 1, "T"), ("second", "zone", 2, "S"), ("first", "zone", 1, "S")]
    children = [child("second", "B"), child("first", "B")]
    rounds = [a_round(reach=["choices"], rank=["order", "draw"])]
    for seed in range(8):
        answer = world(
            [school("S", seats=1), school("T")], [block("B")], children, rounds, wishes=wishes, seed=seed
        )
        assert seated(answer) == ["first"]


def test_a_yes_no_column_ranks_yes_first_and_a_birth_date_the_eldest():
    children = [child(name, "B", household=name == "yes") for name in ("no", "yes")]
    assert all(
        seated(zone_world(children, rounds=[a_round(rank=["household", "draw"])], seed=s)) == ["yes"]
        for s in range(8)
    )
    children = [child("younger", "B", born="2020-03-01"), child("elder", "B", born="2019-10-01")]
    assert seated(zone_world(children, rounds=[a_round(rank=["birth_date"])])) == ["elder"]


def test_a_declared_column_ranks_the_smallest_first():
    plain = zone_world([child("nine", "B"), child("three", "B")], rounds=[a_round(rank=["waiting"])])
    students = replace(plain.students, extra={"waiting": np.array([900, 300])})
    assert seated(World(replace(plain.scenario, students=students), students, plain.wishes)) == ["three"]


def test_losers_put_behind_once_stay_behind():
    schools = [school("S", seats=1), school("P", ownership="private"), school("Q", ownership="private")]
    children = [child("lost", "B", settled_on="2001-01-01"), child("other", "B", settled_on="2020-01-01")]
    rounds = [
        a_round("one", losers="behind", **PRIVATE),
        a_round("two", losers="equal", **PRIVATE),
        a_round(),
    ]
    wishes = [("lost", "one", 1, "P"), ("lost", "two", 1, "Q")]
    assert seated(world(schools, [block("B")], children, rounds, ZONE, wishes=wishes)) == ["other"]


def test_twins_draw_apart_when_they_may_be_parted():
    children = [child("a", "B", twins="t"), child("b", "B", twins="t")]
    apart = play(zone_world(children, 2, rounds=[a_round()], twins=Twins(together=False)))
    assert sorted(apart.draw.tolist()) == [0, 1]


def test_rounds_that_name_one_draw_share_its_numbers():
    children = [child(f"C{i}", "B") for i in range(6)]
    rounds = [a_round("one", draw="common"), a_round("two", draw="common"), a_round("three")]
    answer = play(zone_world(children, 0, rounds))
    one, two, three = (answer.draws[name] for name in ("one", "two", "three"))
    assert np.array_equal(one.number, two.number) and one.name == "common"
    assert not np.array_equal(one.number, three.number)


# Who enters


def entering(children, wishes=None, **settings):
    zones = {("B", "primary"): ["N"], ("B", "junior"): ["N"]}
    schools = [school("N", kind="nine_year", seats=(9, 9))]
    rounds = [a_round("other", who=["late"]), a_round(**settings)]
    return seated(world(schools, [block("B")], children, rounds, zones, wishes=wishes), "N")


def test_who_lets_in_by_any_column_and_needs_asks_for_all():
    children = [
        child("both", "B", household=True, home=True),
        child("household", "B", household=True),
        child("home", "B", home=True),
        child("neither", "B"),
    ]
    assert entering(children, who=["household", "home"]) == ["both", "home", "household"]
    assert entering(children, needs=["household", "home"]) == ["both"]
    assert entering(children, exclude=["household", "home"]) == ["neither"]


def test_a_round_of_one_stage_leaves_the_other_out():
    children = [child("p", "B"), child("j", "B", "junior")]
    assert entering(children, stages=["junior"]) == ["j"]
    assert entering(children, stages=["primary"]) == ["p"]


def test_applied_means_a_wish_for_this_very_round():
    children = [child("here", "B"), child("there", "B"), child("nowhere", "B")]
    wishes = [("here", "zone", 1, "N"), ("there", "other", 1, "N")]
    assert entering(children, wishes, applied=True) == ["here"]
    assert entering(children, wishes, reach=["choices"]) == ["here"]


MOVING = {"may_move": True, **PRIVATE}


def test_neither_a_settled_child_nor_one_taught_at_home_moves():
    schools = [school("S", seats=9), school("P", seats=9, ownership="private")]
    children = [child("settled", "B"), child("home", "B", placement="taught_at_home"), child("placed", "B")]
    home = a_round("home", who=["taught_at_home"], pools=["register_only"])
    rounds = [home, a_round(exclude=["taught_at_home"]), a_round("private", **MOVING)]
    wishes = [(c["id"], "private", 1, "P") for c in children]
    the_world = world(
        schools, [block("B")], children, rounds, ZONE, wishes=wishes, settled=[("settled", "S")]
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"settled": "S", "home": "S", "placed": "P"}
    assert answer.round.tolist() == [UNPLACED, 0, 2]
    assert Means(answer.means[1]) == Means.HOME
    assert Reason(answer.reason[1]) == Reason.REGISTERED_ONLY


def test_a_child_with_a_place_that_loses_a_draw_is_no_loser():
    schools = [
        school("S", seats=1),
        school("P", ownership="private"),
        school("Q", seats=1, ownership="private"),
    ]
    rounds = [a_round(), a_round("one", losers="coordination", **MOVING), a_round("two", **MOVING)]
    wishes = [("C", "one", 1, "P"), ("C", "two", 1, "Q")]
    the_world = world(schools, [block("B")], [child("C", "B")], rounds, ZONE, wishes=wishes)
    assert places(the_world) == {"C": "Q"}


# Reach


def test_a_round_reaches_schools_of_the_childs_stage_only():
    schools = [school("J", kind="junior", seats=5), school("S", at=3, seats=5)]
    rounds = [a_round(reach=["county"], choices=1)]
    assert places(world(schools, [block("B")], [child("C", "B")], rounds)) == {"C": "S"}


def test_special_schools_take_part_only_where_they_are_named_and_then_alone():
    schools = [school("X", at=1, kind="special", seats=(5, 5)), school("S", at=3, seats=5)]
    for kinds, expected in (([], "S"), (["special"], "X"), (["primary"], "S")):
        rounds = [a_round(reach=["county"], kinds=kinds)]
        assert places(world(schools, [block("B")], [child("C", "B")], rounds)) == {"C": expected}
    rounds = [a_round(reach=["county"], kinds=["primary"])]
    assert places(world(schools[:1], [block("B")], [child("C", "B")], rounds)) == {"C": "UNPLACED"}


def test_r15_teaching_points_take_the_household_zone_but_no_sibling_choice_or_feeder_from_elsewhere():
    schools = [school("point", kind="teaching_point", seats=9), school("S")]
    zones = {("V", "primary"): ["point"], ("B", "primary"): ["S"]}
    children = [
        child("back", "B", household_block="V"),
        child("sibling", "B", sibling="point"),
        child("c", "B"),
    ]
    rounds = [a_round(reach=["sibling", "choices", "household_zone"])]
    wishes = [("c", "zone", 1, "point")]
    answer = places(world(schools, [block("V"), block("B")], children, rounds, zones, wishes=wishes))
    assert answer == {"back": "point", "sibling": "UNPLACED", "c": "UNPLACED"}


def test_r29_an_approval_area_bounds_private_schools_only():
    schools = [school("S", seats=1, approval_county="west")]
    blocks = [block("B", county="east"), block("W", county="west")]
    assert places(world(schools, blocks, [child("C", "B")], [a_round()], ZONE)) == {"C": "S"}


def test_r29_a_place_declined_beforehand_is_offered_by_no_private_school():
    schools = [school("P", seats=1, ownership="private")]
    children = [child("no", "B", private_declined=True)]
    wishes = [("no", "private", 1, "P")]
    answer = places(world(schools, [block("B")], children, [a_round("private", **PRIVATE)], wishes=wishes))
    assert answer == {"no": "UNPLACED"}


def test_the_approval_area_reaches_private_schools_of_the_county_and_of_the_whole_city():
    area = {"seats": 1, "ownership": "private"}
    schools = [
        school("public", seats=1),
        school("east", at=1, approval_county="east", **area),
        school("city", at=2, **area),
        school("west", at=3, approval_county="west", **area),
    ]
    children = [child(f"C{i}", "B") for i in range(4)]
    blocks = [block("B", county="east"), block("W", county="west")]
    both = a_round(reach=["approval_area"], ownership=["public", "private"])
    answer = places(world(schools, blocks, children, [both]))
    assert sorted(answer.values()) == ["UNPLACED", "UNPLACED", "city", "east"]


def test_the_county_reaches_schools_of_the_childs_county_only():
    schools = [school("near", county="west", seats=1), school("own", at=9, county="east", seats=1)]
    blocks = [block("B", county="east"), block("W", county="west")]
    children = [child("a", "B"), child("b", "B")]
    answer = places(world(schools, blocks, children, [a_round(reach=["county"])]))
    assert sorted(answer.values()) == ["UNPLACED", "own"]


def test_no_label_meets_nobody():
    schools = [school("S", seats=1, district="d"), school("T", seats=9), school("Z", group="g", seats=0)]
    blocks = [block("B"), block("C", district="other"), block("D", district="d")]
    children = [child(name, name) for name in ("B", "C", "D")]
    zones = {(name, "primary"): ["T"] for name in ("B", "C", "D")}
    rounds = [a_round(reach=["learning_district", "education_group"])]
    answer = places(world(schools, blocks, children, rounds, zones))
    assert answer == {"B": "UNPLACED", "C": "UNPLACED", "D": "S"}


@pytest.mark.parametrize("reach", ["zone", "within_metres"])
def test_within_metres_is_inclusive(reach):
    def reached(limit):
        rounds = [a_round(reach=[reach], within_metres=limit)]
        return play(zone_world([child("C", "B")], rounds=rounds, schools=[school("S", at=2, seats=1)]))

    metres = int(reached(9000).metres[0])
    assert 2500 < metres < 2700
    assert reached(metres).school[0] == 0 and reached(metres - 1).school[0] == UNPLACED


def test_within_metres_is_not_shown_without_a_distance():
    rounds = [a_round(reach=["sibling"], within_metres=9000)]
    answer = places(zone_world([child("C", sibling="S")], rounds=rounds))
    assert answer == {"C": "TO_BE_VERIFIED"}


def test_reach_goes_before_wish_and_wish_before_distance():
    schools = [
        school("near", at=1, seats=9),
        school("wished", at=2, seats=9),
        school("zoned", at=4, seats=9),
        school("zoned_far", at=5, seats=9),
    ]
    zones = {("B", "primary"): ["zoned_far", "zoned"]}
    for wish, reach, expected in (
        ("wished", ["zone", "county"], "zoned"),
        ("wished", ["county"], "wished"),
        ("zoned_far", ["zone", "county"], "zoned_far"),
        ("", ["zone", "county"], "zoned"),
        ("", ["county"], "near"),
    ):
        wishes = [("C", "zone", 1, wish)] if wish else []
        wishes += [("C", "other", 1, "zoned_far")]
        rounds = [a_round(reach=reach), a_round("other")]
        the_world = world(schools, [block("B")], [child("C", "B")], rounds, zones, wishes=wishes)
        assert places(the_world) == {"C": expected}


def test_without_distances_the_order_of_the_zone_table_counts():
    schools = [school(name, seats=1) for name in ("later", "first")]
    zones = {("B", "primary"): ["first", "later"]}
    for mechanism in ("priority", "by_order", "least_total"):
        rounds = [a_round(mechanism=mechanism)]
        travel = TravelSettings(method="zone_order")
        the_world = world(schools, [block("B")], [child("C", "B")], rounds, zones, travel=travel)
        assert places(the_world) == {"C": "first"}


def test_only_so_many_choices_count():
    schools = [school("S"), school("T", seats=1)]
    wishes = [("C", "zone", 1, "S"), ("C", "zone", 2, "T")]
    for choices, expected in ((1, "UNPLACED"), (2, "T"), (0, "T")):
        rounds = [a_round(reach=["choices"], choices=choices)]
        the_world = world(schools, [block("B")], [child("C", "B")], rounds, wishes=wishes)
        assert places(the_world) == {"C": expected}


def test_r28_direct_promotion_asks_for_a_school_attended_that_has_both_stages():
    schools = [school("J", kind="junior", seats=5), school("N", kind="nine_year", seats=(5, 5))]
    children = [child("none", "B", "junior"), child("again", "B", "junior", origin="J")]
    answer = places(world(schools, [block("B")], children, [a_round("direct", reach=["direct"])]))
    assert answer == {"none": "UNPLACED", "again": "UNPLACED"}


def test_r20_the_register_is_that_of_the_first_school_in_reach():
    schools = [school("far", at=5, seats=1), school("near", at=1, seats=1), school("last", at=9, seats=1)]
    zones = {("B", "primary"): ["far", "near", "last"]}
    home = a_round("home", who=["taught_at_home"], pools=["register_only"])
    children = [child("C", "B", placement="taught_at_home")]
    assert places(world(schools, [block("B")], children, [home], zones)) == {"C": "near"}


# Pools and costs


def test_pools_are_tried_in_the_order_of_the_round():
    one = school("S", seats=2, reserved_seats=(1, 0))
    for pools, kind in ((["reserved", "general"], "RESERVED"), (["general", "reserved"], "GENERAL")):
        answer = play(zone_world([child("C", "B")], rounds=[a_round(pools=pools)], schools=[one]))
        assert SeatKind(answer.kind[0]).name == kind


def bed_world(children, rounds, at=(1, 5, 8), seats=5, **policy):
    """A junior school with two beds; blocks K1, K5, K8 lie so many kilometres from it."""
    blocks = [block(f"K{k}", at=k) for k in at]
    zones = {(b["id"], "junior"): ["J"] for b in blocks}
    schools = [school("J", kind="junior", seats=seats, **({"beds": 2} | policy.pop("school", {})))]
    return world(schools, blocks, children, rounds, zones, **policy)


def means(the_world):
    answer = play(the_world)
    return {str(n): Means(m).name for n, m in zip(the_world.students.id, answer.means, strict=True)}


@pytest.mark.parametrize("mechanism", ["by_order", "least_total"])
def test_r17_a_round_with_boarding_gives_beds_to_juniors_beyond_the_limit_only(mechanism):
    rounds = [a_round(mechanism=mechanism, boarding=True)]
    children = [child("near", "K1", "junior"), child("far", "K5", "junior")]
    answer = play(bed_world(children, rounds))
    assert [SeatKind(k).name for k in answer.kind] == ["GENERAL", "BOARDING"]
    assert [Means(m).name for m in answer.means] == ["NEAR", "BOARDING"]


def test_r17_the_walking_limit_itself_is_near():
    children = [child("C", "K5", "junior")]
    rounds = [a_round(boarding=True)]
    metres = int(play(bed_world(children, rounds)).metres[0])
    for limit, expected in ((metres, "NEAR"), (metres - 1, "BOARDING")):
        the_world = bed_world(children, rounds, travel=TravelSettings(junior_limit_metres=limit))
        assert means(the_world) == {"C": expected}


def test_r17_a_round_that_names_the_boarding_pool_boards_juniors_near_and_far_but_no_primary_child():
    nine = school("N", kind="nine_year", seats=(5, 5), beds=5)
    children = [child("primary", "B"), child("junior", "B", "junior")]
    zones = {("B", "primary"): ["N"], ("B", "junior"): ["N"]}
    the_world = world([nine], [block("B")], children, [a_round(pools=["boarding"])], zones)
    assert places(the_world) == {"primary": "UNPLACED", "junior": "N"}
    assert means(the_world)["junior"] == "BOARDING"


def test_r17_the_limit_of_juniors_is_no_cost_for_primary_children():
    """The least metres send both beyond 3 km; sparing one of them the way would cost 2.6 km more."""
    schools = [school("A", at=1, seats=1), school("W", at=-4, seats=1)]
    blocks = [block("O"), block("E", at=5)]
    children = [child("o", "O"), child("e", "E")]
    last = a_round(
        "coordination", mechanism="least_total", coordination=True, reach=["county"], boarding=True
    )
    travel = TravelSettings(junior_limit_metres=3000)
    assert places(world(schools, blocks, children, [last], travel=travel)) == {"o": "W", "e": "A"}


def test_least_total_prefers_a_known_distance_to_an_unknown_one():
    children = [child("unknown", sibling="S"), child("known", "B", sibling="S")]
    for seed in range(4):
        rounds = [a_round(mechanism="least_total", reach=["sibling"])]
        the_world = zone_world(children, rounds=rounds, schools=[school("S", at=9, seats=1)], seed=seed)
        assert places(the_world) == {"unknown": "TO_BE_VERIFIED", "known": "S"}


# Journeys


def two_rounds(**first):
    return [a_round("one", exclude=["late"], **first), a_round("two", needs=["late"])]


@pytest.mark.parametrize("boarding", [False, True])
def test_r17_a_bed_is_given_once(boarding):
    children = [child("early", "K5", "junior"), child("late", "K8", "junior", late=True)]
    children += [child("later", "K8", "junior", late=True)]
    the_world = bed_world(children, two_rounds(boarding=boarding))
    # two beds: the child of the first round has one, the smaller id of equally far children the other
    assert means(the_world) == {"early": "BOARDING", "late": "BOARDING", "later": "EXCEPTION"}


def test_r17_children_near_by_take_no_bed():
    children = [child(f"near{i}", "K1", "junior") for i in range(2)] + [
        child("far", "K8", "junior", late=True)
    ]
    assert means(bed_world(children, two_rounds()))["far"] == "BOARDING"


def test_r17_boarding_seats_end_with_the_beds_left():
    children = [child("early", "K5", "junior"), child("early2", "K5", "junior")]
    children += [child("late", "K8", "junior", late=True)]
    rounds = [a_round("one", exclude=["late"]), a_round("two", needs=["late"], pools=["boarding"])]
    the_world = bed_world(children, rounds)
    assert places(the_world) == {"early": "J", "early2": "J", "late": "UNPLACED"}


def test_r17_settled_children_have_their_beds_before_the_rounds():
    children = [child("settled", "K5", "junior"), child("a", "K8", "junior"), child("b", "K8", "junior")]
    the_world = bed_world(children, [a_round()], settled=[("settled", "J")])
    assert means(the_world) == {"settled": "BOARDING", "a": "BOARDING", "b": "EXCEPTION"}


def test_r17_who_moves_leaves_its_bed_and_takes_the_new_way():
    schools = [
        school("J", kind="junior", seats=5, beds=1),
        school("P", at=8, kind="junior", seats=5, ownership="private"),
    ]
    children = [child("mover", "K8", "junior"), child("late", "K8", "junior", late=True)]
    zones = {("K8", "junior"): ["J"]}
    rounds = [
        a_round("one", exclude=["late"]),
        a_round("private", **MOVING),
        a_round("two", needs=["late"], pools=["boarding"]),
    ]
    the_world = world(
        schools, [block("K8", at=8)], children, rounds, zones, wishes=[("mover", "private", 1, "P")]
    )
    assert places(the_world) == {"mover": "P", "late": "J"}
    assert means(the_world) == {"mover": "NEAR", "late": "BOARDING"}


@pytest.mark.parametrize(("bus", "expected"), [(False, "OWN_WAY"), (True, "BUS")])
def test_r17_a_private_place_far_away_is_the_familys_own_way_unless_there_is_a_bus(bus, expected):
    schools = [school("P", at=9, seats=1, ownership="private", bus=bus)]
    wishes = [("C", "private", 1, "P")]
    rounds = [a_round("private", **PRIVATE)]
    the_world = world(schools, [block("B")], [child("C", "B")], rounds, wishes=wishes)
    assert means(the_world) == {"C": expected}
    assert play(the_world).notices == ()


def test_r17_each_stage_has_its_own_limit_and_exceptions_are_listed_farthest_first():
    schools = [school("N", kind="nine_year", seats=(5, 5))]
    blocks = [block("B", at=2), block("C", at=3), block("D", at=4)]
    children = [child(f"{s}{b['id']}", b["id"], s) for s in ("primary", "junior") for b in blocks]
    zones = {(b["id"], s): ["N"] for s in ("primary", "junior") for b in blocks}
    travel = TravelSettings(primary_limit_metres=3000, junior_limit_metres=4500)
    the_world = world(schools, blocks, children, [a_round()], zones, travel=travel)
    answer = play(the_world)
    far = [(n.code, str(the_world.students.id[n.student]), n.details["metres"]) for n in answer.notices]
    metres = dict(zip(the_world.students.id, answer.metres.tolist(), strict=True))
    assert far == [
        ("notice_far_junior", "juniorD", metres["juniorD"]),
        ("notice_far_primary", "primaryD", metres["primaryD"]),
        ("notice_far_primary", "primaryC", metres["primaryC"]),
    ]


# Moving and refilling


def test_a_freed_seat_brings_neither_released_seats_nor_seats_of_other_schools():
    schools = [
        school("S", seats=2, reserved_seats=(1, 0)),
        school("T", at=1, seats=1),
        school("P", seats=1, ownership="private"),
    ]
    zones = {("B", "primary"): ["S"], ("C", "primary"): ["T"]}
    children = [
        child("in", "B", settled_on="2001-01-01"),
        child("waiting", "B", settled_on="2020-01-01"),
        child("mover", "C"),
    ]
    rounds = [
        a_round(),
        a_round("coordination", coordination=True, who=["migrant"]),
        a_round("private", **MOVING),
    ]
    wishes = [("mover", "private", 1, "P")]
    the_world = world(schools, [block("B"), block("C", at=1)], children, rounds, zones, wishes=wishes)
    assert places(the_world) == {"in": "S", "waiting": "UNPLACED", "mover": "P"}


def moving_world(zone_children, rounds_before=(), **policy):
    schools = [school("S", seats=1), school("P", seats=9, ownership="private")]
    children = [child("mover", "B", settled_on="2001-01-01"), *zone_children]
    rounds = [*rounds_before, a_round(), a_round("private", **MOVING)]
    wishes = [("mover", "private", 1, "P")]
    return world(schools, [block("B")], children, rounds, ZONE, wishes=wishes, **policy)


def test_a_freed_seat_goes_to_waiting_children_of_any_earlier_round():
    before = [a_round("first", who=["late"])]
    assert seated(moving_world([child("next", "B")], before)) == ["next"]


def test_twins_next_in_line_share_the_freed_seat_and_are_listed():
    pair = [child(name, "B", twins="t") for name in ("a", "b")]
    the_world = moving_world(pair, twins=Twins(last_seat="both_in"))
    assert seated(the_world) == ["a", "b"]
    listed = notices(play(the_world), "notice_twins_over")
    assert [(n.school, n.details) for n in listed] == [(0, {"over": 1})]


def test_a_freed_seat_is_the_one_the_next_child_applied_to():
    schools = [school("T", seats=1), school("S", seats=1), school("P", seats=9, ownership="private")]
    zones = {("C", "primary"): ["T"], ("B", "primary"): ["S"]}
    children = [child("stays", "C"), child("mover", "B", settled_on="2001-01-01"), child("next", "B")]
    rounds = [a_round(), a_round("private", **MOVING)]
    wishes = [("mover", "private", 1, "P")]
    the_world = world(schools, [block("B"), block("C")], children, rounds, zones, wishes=wishes)
    assert places(the_world) == {"stays": "T", "mover": "P", "next": "S"}


def test_the_freed_seat_goes_by_rank_and_keeps_the_facts_of_its_round():
    schools = [school("S", seats=2), school("P", seats=9, ownership="private")]
    children = [
        child("stays", "B", household=True, settled_on="2001-01-01"),
        child("mover", "B", household=True, settled_on="2002-01-01"),
        child("second", "B", settled_on="2004-01-01"),
        child("first", "B", settled_on="2003-01-01"),
    ]
    rounds = [a_round(tiers=[["household"]]), a_round("private", **MOVING)]
    wishes = [("mover", "private", 1, "P")]
    the_world = world(schools, [block("B", at=1)], children, rounds, ZONE, wishes=wishes)
    answer = play(the_world)
    assert places(the_world, answer) == {"stays": "S", "mover": "P", "second": "UNPLACED", "first": "S"}
    assert answer.tier.tolist() == [0, 0, UNPLACED, 1]
    assert answer.draw[3] == answer.draws["zone"].order[3] and answer.draw[2] == UNPLACED
    assert answer.metres[0] == answer.metres[3] > 1000 and answer.metres[2] == NO_METRES
    assert answer.round.tolist() == [0, 1, UNPLACED, 0]


def test_twins_who_leave_the_extra_seat_are_no_longer_listed():
    schools = [school("S", seats=1), school("P", seats=9, ownership="private")]
    pair = [child(name, "B", twins="t") for name in ("a", "b")]
    rounds = [a_round(), a_round("private", **MOVING)]
    wishes = [(name, "private", 1, "P") for name in ("a", "b")]
    answer = play(world(schools, [block("B")], pair, rounds, ZONE, wishes=wishes))
    assert not answer.over.any() and answer.notices == ()


# What is told


def test_in_zone_and_nearest_are_told_of_placed_children():
    schools = [
        school("point", kind="teaching_point"),
        school("special", kind="special", seats=(1, 1)),
        school("private", seats=1, ownership="private"),
        school("S", at=1, seats=1),
        school("T", at=2, seats=1),
    ]
    children = [child("near", "B", settled_on="2001-01-01"), child("far", "B"), child("out", "B", late=True)]
    rounds = [a_round(exclude=["late"]), a_round("county", exclude=["late"], reach=["county"])]
    answer = play(world(schools, [block("B")], children, rounds, ZONE))
    assert answer.school.tolist() == [3, 4, UNPLACED]
    assert answer.in_zone.tolist() == [True, False, False]
    assert answer.nearest.tolist() == [True, False, False]


def test_three_of_a_birth_at_the_last_seat_are_two_over():
    children = [child(name, "B", twins="t") for name in "abc"]
    listed = notices(play(zone_world(children)), "notice_twins_over")
    assert [(n.school, n.details) for n in listed] == [(0, {"over": 2})]


def test_twins_in_different_schools_are_listed_by_name():
    schools = [school("S", seats=1), school("T", at=1, seats=1)]
    children = [child(name, "B", twins="t") for name in ("b", "a")]
    zones = {("B", "primary"): ["S", "T"]}
    the_world = world(schools, [block("B")], children, [a_round()], zones, twins=Twins(together=False))
    listed = notices(play(the_world), "notice_twins_apart")
    assert [(n.student, n.details) for n in listed] == [(1, {"students": "a, b"})]


def test_r21_neither_other_children_nor_special_schools_raise_the_duty():
    schools = [school("S", seats=9, disabled_pupils=4), school("X", kind="special", disabled_pupils=90)]
    assert play(zone_world([child("C", "B")], schools=schools)).notices == ()


def test_the_record_of_a_round_counts_pool_by_pool():
    schools = [school("S", at=1, seats=2), school("T", at=2, seats=5)]
    blocks = [block("B"), block("C", at=2)]
    children = [
        child("tier0", "B", household=True, settled_on="2020-01-01"),
        child("last", "B", settled_on="2001-01-01"),
        child("later", "B", settled_on="2002-01-01"),
        child("other", "C", settled_on="2003-01-01"),
        child("nowhere", settled_on="2003-01-01"),
    ]
    zones = {("B", "primary"): ["S", "T"], ("C", "primary"): ["T", "S"]}
    answer = play(world(schools, blocks, children, [a_round(tiers=[["household"]])], zones))
    record = answer.rounds[0]
    assert (record.entered, record.applied, record.admitted) == (5, 4, 4)
    columns = {
        "school": [0, 1],
        "seats": [2, 5],
        "first_choice": [3, 1],
        "applicants": [4, 4],
        "taken": [2, 2],
        "lottery": [True, False],
        "cutoff_student": [1, UNPLACED],
        "cutoff_tier": [1, UNPLACED],
        "cutoff_draw": [int(answer.draw[1]), UNPLACED],
        "cutoff_date": [day("2001-01-01"), NO_DATE],
    }
    assert {name: getattr(record, name).tolist() for name in columns} == columns


def test_the_last_one_in_is_the_last_of_the_draw_among_equals():
    children = [child(f"C{i}", "B") for i in range(9)]
    for seed in range(4):
        the_world = zone_world(children, 4, rounds=[a_round(rank=["draw"])], seed=seed)
        answer = play(the_world)
        last = int(answer.rounds[0].cutoff_draw[0])
        assert last == 3 == answer.draw[answer.rounds[0].cutoff_student[0]]


def test_a_pool_nobody_got_into_or_a_round_of_least_cost_has_no_last_one_in():
    children = [child(f"C{i}", "B") for i in range(3)]
    nobody = play(zone_world(children, 0)).rounds[0]
    assert nobody.lottery.tolist() == [True] and nobody.cutoff_student.tolist() == [UNPLACED]
    least = play(zone_world(children, 1, rounds=[COORDINATION])).rounds[0]
    assert least.lottery.tolist() == [True] and least.cutoff_student.tolist() == [UNPLACED]
    assert (least.applied, least.admitted) == (3, 1)


def test_r24_the_cut_off_date_of_a_round_ranked_by_permit_is_the_permits():
    children = [
        child(f"C{i}", "B", migrant=True, residence_permit=True, permit_on=f"202{i}-05-01") for i in range(2)
    ]
    record = play(zone_world(children, rounds=[a_round("migrant", **MIGRANT)])).rounds[0]
    assert record.cutoff_date.tolist() == [day("2020-05-01")]


def test_the_record_bounds_the_seats_of_a_pool_by_the_joint_room():
    for cap, seats in ((4, 3), (2, 2)):
        nine = school("N", kind="nine_year", seats=(3, 3), classes=(1, 1), cap=cap)
        last = a_round("last", coordination=True)
        the_world = world([nine], [block("B")], [child("C", "B")], [last], {("B", "primary"): ["N"]})
        assert play(the_world).rounds[0].seats.tolist() == [seats]


# The sums


@pytest.fixture
def sums(monkeypatch):
    """What the closing sums were asserted of, in a world with one child in and one out."""
    seen = []
    monkeypatch.setattr(closing, "assert_totals", lambda *given: seen.append(given))
    play(zone_world([child("in", "B", settled_on="2001-01-01"), child("out", "B")]))
    monkeypatch.undo()
    closing.assert_totals(*seen[0])
    return seen[0]


def spoil_school(admission, ledger):
    return replace(admission, school=np.array([0, 0], dtype=np.int32))


def spoil_roster(admission, ledger):
    return replace(
        admission,
        **{
            name: np.append(column, column[:1])
            for name in vars(admission)
            if isinstance(column := getattr(admission, name), np.ndarray) and len(column) == 2
        },
    )


def spoil_node(admission, ledger):
    ledger.node[0] = UNPLACED
    return admission


def spoil_sitters(admission, ledger):
    ledger.sitters = ledger.sitters + 1
    return admission


def spoil_load(admission, ledger):
    return replace(admission, load=admission.load + 1)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_roster, "roster"),
        (spoil_school, "status and school"),
        (spoil_node, "without a seat"),
        (spoil_sitters, "seats taken"),
        (spoil_load, "exceeded"),
    ],
)
def test_a_child_or_a_seat_lost_stops_the_run(sums, spoil, message):
    admission, ledger, plan = sums
    with pytest.raises(AccountingError, match=message):
        closing.assert_totals(spoil(admission, ledger), ledger, plan)
