"""The rules of the rounds: tiers, siblings, twins, migrant children, coordination.

Each test fails when its rule is broken; the child who would wrongly be placed is in the world on purpose.
"""

import numpy as np
import pytest

from simulator.model import Means, Reason, Status
from simulator.model.policy import Age, TravelSettings, Twins
from tests.admission.rules_worlds import COORDINATION, MIGRANT, PRIVATE, ZONE, zone_world
from tests.admission.small import a_round, block, child, places, play, school, world


def test_r27_tier_goes_before_date_and_date_before_draw():
    children = [
        child("late_both", "B", household=True, home=True, settled_on="2024-01-01"),
        child("early_household", "B", household=True, settled_on="2015-01-01"),
        child("early_both", "B", household=True, home=True, settled_on="2019-01-01"),
        child("collective", "B", collective_household=True, settled_on="2010-01-01"),
        child("neither", "B", settled_on="2009-01-01"),
    ]
    order = ["early_both", "late_both", "early_household", "collective", "neither"]
    for seats in range(len(order) + 1):
        answer = places(zone_world(children, seats))
        assert sorted(name for name, place in answer.items() if place == "S") == sorted(order[:seats])


def test_r27_equals_are_ranked_by_the_draw_which_follows_the_seed():
    children = [child(f"C{i}", "B") for i in range(8)]
    winners = {
        seed: [n for n, place in places(zone_world(children, 3, seed=seed)).items() if place == "S"]
        for seed in range(6)
    }
    assert all(len(names) == 3 for names in winners.values())
    assert len({tuple(names) for names in winners.values()}) > 1
    again = places(zone_world(children[::-1], 3, seed=4))
    assert sorted(n for n, place in again.items() if place == "S") == sorted(winners[4])


def test_r27_an_unknown_settlement_date_ranks_last():
    children = [child("unknown", "B"), child("known", "B", settled_on="2026-01-01")]
    assert places(zone_world(children)) == {"unknown": "UNPLACED", "known": "S"}


def test_siblings_may_follow_an_elder_one_seats_permitting():
    schools = [school("S", seats=1), school("T", at=1, seats=1)]
    zones = {("B", "primary"): ["S"], ("C", "primary"): ["T"]}
    children = [
        child("follower", "C", sibling="S"),
        child("zoned", "B", settled_on="2019-01-01"),
    ]
    blocks = [block("B"), block("C", at=1)]
    first = a_round(reach=["sibling", "zone"], rank=["sibling", "settled_on", "draw"])
    assert places(world(schools, blocks, children, [first], zones))["follower"] == "S"
    after = a_round(reach=["sibling", "zone"], rank=["settled_on", "sibling", "draw"])
    assert places(world(schools, blocks, children, [after], zones)) == {"follower": "T", "zoned": "S"}
    off = a_round(rank=["settled_on", "draw"])
    assert places(world(schools, blocks, children, [off], zones)) == {"follower": "T", "zoned": "S"}


TWINS = [
    child("first", "B", settled_on="2018-01-01"),
    child("twin_a", "B", twins="t", settled_on="2019-01-01"),
    child("twin_b", "B", twins="t", settled_on="2019-01-01"),
    child("next", "B", settled_on="2020-01-01"),
]


def test_twins_both_in_at_the_last_seat_are_listed():
    the_world = zone_world(TWINS, seats=2, twins=Twins(last_seat="both_in"))
    answer = play(the_world)
    assert places(the_world, answer) == {"first": "S", "twin_a": "S", "twin_b": "S", "next": "UNPLACED"}
    assert [n.code for n in answer.notices] == ["notice_twins_over"]
    assert answer.notices[0].details["over"] == 1


def test_twins_next_at_the_last_seat_gives_it_to_the_next():
    answer = places(zone_world(TWINS, seats=2, twins=Twins(last_seat="next")))
    assert answer == {"first": "S", "twin_a": "UNPLACED", "twin_b": "UNPLACED", "next": "S"}


def test_twins_have_one_number_and_stay_together_over_many_draws():
    children = [child(f"C{i}", "B", twins=f"t{i // 2}" if i < 8 else "") for i in range(12)]
    zones = {("B", "primary"): ["S", "T"]}
    schools = [school("S", seats=5), school("T", at=1, seats=7)]
    for seed in range(20):
        the_world = zone_world(children, rounds=[a_round()], schools=schools, zones=zones, seed=seed)
        answer = play(the_world)
        assert all(answer.draw[i] == answer.draw[i + 1] for i in range(0, 8, 2))
        assert all(answer.school[i] == answer.school[i + 1] for i in range(0, 8, 2))


def test_twins_apart_when_the_rule_is_off():
    split = 0
    for seed in range(20):
        answer = places(zone_world(TWINS[1:3], seats=1, twins=Twins(together=False), seed=seed))
        split += sorted(answer.values()) == ["S", "UNPLACED"]
    assert split == 20


def test_r28_junior_children_go_by_feeder_or_by_zone():
    schools = [school("P", seats=9), school("J", kind="junior", seats=1), school("K", kind="junior", seats=1)]
    blocks = [block("B")]
    children = [child("a", "B", "junior", origin="P"), child("b", "B", "junior")]
    rounds = [a_round("feeder", reach=["feeder"], stages=["junior"]), a_round()]
    answer = world(schools, blocks, children, rounds, {("B", "junior"): ["K"]}, feeders={"P": ["J"]})
    assert places(answer) == {"a": "J", "b": "K"}


def test_r28_direct_promotion_is_for_pupils_of_the_same_school_entering_junior_stage():
    schools = [school("N", kind="nine_year", seats=(5, 5)), school("P", seats=5)]
    children = [
        child("own", "B", "junior", origin="N"),
        child("other", "B", "junior", origin="P"),
        child("young", "B", "primary", origin="N"),
    ]
    answer = places(world(schools, [block("B")], children, [a_round("direct", reach=["direct"])]))
    assert answer == {"own": "N", "other": "UNPLACED", "young": "UNPLACED"}


@pytest.mark.parametrize(
    ("rank", "winner"),
    [(["settled_on", "draw"], "back"), (["returning_last", "settled_on", "draw"], "here")],
)
def test_r28_a_child_returning_to_its_household_zone_ranks_by_a_named_rule(rank, winner):
    schools = [school("J", kind="junior", seats=1)]
    children = [
        child("back", "C", "junior", household_block="B", returning=True, settled_on="2014-01-01"),
        child("here", "B", "junior", household_block="B", settled_on="2016-01-01"),
    ]
    rounds = [a_round(reach=["household_zone"], rank=rank)]
    answer = places(world(schools, [block("B"), block("C")], children, rounds, {("B", "junior"): ["J"]}))
    assert answer[winner] == "J" and sorted(answer.values()) == ["J", "UNPLACED"]


def test_r24_migrant_children_need_a_residence_permit():
    children = [child("with", "B", migrant=True, residence_permit=True), child("without", "B", migrant=True)]
    the_world = zone_world(children, 5, rounds=[a_round("migrant", **MIGRANT)])
    answer = play(the_world)
    assert places(the_world, answer) == {"with": "S", "without": "UNPLACED"}
    assert Reason(answer.reason[1]) == Reason.NO_RESIDENCE_PERMIT


def test_r24_migrant_children_are_ranked_by_points_then_permit_date():
    children = [
        child("few", "B", migrant=True, residence_permit=True, points=60, permit_on="2015-01-01"),
        child("late", "B", migrant=True, residence_permit=True, points=80, permit_on="2024-01-01"),
        child("early", "B", migrant=True, residence_permit=True, points=80, permit_on="2020-01-01"),
    ]
    for seats, expected in ((1, ["early"]), (2, ["early", "late"])):
        answer = places(zone_world(children, seats, rounds=[a_round("migrant", **MIGRANT)]))
        assert sorted(n for n, place in answer.items() if place == "S") == expected


def test_r25_reserved_seats_are_for_migrant_children_and_displace_nobody():
    schools = [school("S", seats=3, reserved_seats=(1, 0))]
    children = [child(f"L{i}", "B") for i in range(3)]
    children += [child("M", "B", migrant=True, residence_permit=True)]
    rounds = [a_round(who=["local"]), a_round("migrant", pools=["reserved", "general"], **MIGRANT)]
    answer = places(zone_world(children, rounds=rounds, schools=schools))
    assert answer["M"] == "S"
    assert sum(answer[f"L{i}"] == "S" for i in range(3)) == 2


def test_r26_purchased_seats_come_after_public_ones_and_in_inclusive_private_schools_only():
    schools = [
        school("S", seats=1),
        school("Q", at=1, seats=3, ownership="inclusive_private", purchased_seats=(2, 0)),
        school("P", at=1, seats=3, ownership="private", purchased_seats=(2, 0)),
    ]
    children = [child(f"M{i}", "B", migrant=True, residence_permit=True) for i in range(4)]
    rounds = [
        a_round("migrant", **MIGRANT),
        a_round(
            "purchased",
            pools=["purchased"],
            reach=["county"],
            ownership=["private", "inclusive_private"],
            **MIGRANT,
        ),
    ]
    the_world = zone_world(children, rounds=rounds, schools=schools)
    answer = play(the_world)
    assert sorted(places(the_world, answer).values()) == ["Q", "Q", "S", "UNPLACED"]
    assert np.all(
        answer.status[answer.school == 1] == Status.PLACED
    )  # no private place: bought by government


SPECIAL_ROUNDS = [
    a_round("mainstream", who=["mainstream"], rank=["metres", "draw"]),
    a_round(
        "class", who=["special_class"], reach=["county"], pools=["special_class"], rank=["metres", "draw"]
    ),
    a_round("school", who=["special_school"], reach=["county"], kinds=["special"], rank=["metres", "draw"]),
    a_round("home", who=["taught_at_home"], pools=["register_only"]),
    a_round(),
]


def test_r20_four_placements_come_first_and_a_child_taught_at_home_is_on_a_register():
    schools = [
        school("S", seats=1, special_class_seats=(1, 0)),
        school("X", at=9, kind="special", seats=(2, 2)),
    ]
    children = [child("other", "B", settled_on="2001-01-01")]
    children += [
        child(name, "B", placement=name)
        for name in ("mainstream", "special_class", "special_school", "taught_at_home")
    ]
    the_world = zone_world(children, rounds=SPECIAL_ROUNDS, schools=schools)
    answer = play(the_world)
    assert places(the_world, answer) == {
        "other": "UNPLACED",
        "mainstream": "S",
        "special_class": "S",
        "special_school": "X",
        "taught_at_home": "S",
    }
    assert Status(answer.status[4]) == Status.TAUGHT_AT_HOME
    assert int(answer.load[0]) == 2  # the register takes no seat


def test_r21_five_children_raise_the_resource_room_duty_and_the_fifth_is_not_refused():
    def duties(entering, on_roll=2, **more):
        children = [child(f"D{i}", "B", placement="mainstream") for i in range(entering)]
        schools = [school("S", seats=9, disabled_pupils=on_roll, **more)]
        the_world = zone_world(children, rounds=SPECIAL_ROUNDS, schools=schools)
        answer = play(the_world)
        assert set(places(the_world, answer).values()) == {"S"}
        return [n.details for n in answer.notices if n.code == "notice_resource_room"]

    assert duties(2) == []
    assert duties(3) == [{"children": 5}]
    assert duties(3, resource_room=True) == []


def test_r3_coordination_leaves_nobody_unplaced_while_a_seat_is_left():
    schools = [school("S", seats=1), school("T", at=3, seats=2), school("U", at=30, seats=1)]
    children = [child(f"C{i}", "B") for i in range(5)]
    for mechanism in ("least_total", "by_order"):
        last = a_round("coordination", mechanism=mechanism, coordination=True, reach=["county"])
        answer = places(zone_world(children, rounds=[a_round(), last], schools=schools))
        assert sorted(answer.values()) == ["S", "T", "T", "U", "UNPLACED"]


def test_r3_coordination_takes_the_learning_district_and_the_group_first_when_asked():
    schools = [
        school("S", seats=1, group="g"),
        school("near", at=1, seats=5),
        school("grouped", at=5, seats=1, group="g"),
        school("district", at=4, seats=1, district="d"),
    ]
    children = [child(f"C{i}", "B") for i in range(4)]
    blocks = [block("B", district="d")]
    first = a_round(
        "first", mechanism="least_total", coordination=True, reach=["learning_district", "education_group"]
    )
    asked = world(schools, blocks, children, [a_round(), first, COORDINATION], ZONE)
    assert sorted(places(asked).values()) == ["S", "district", "grouped", "near"]
    plain = world(schools, blocks, children, [a_round(), COORDINATION], ZONE)
    assert sorted(places(plain).values()) == ["S", "near", "near", "near"]


def test_r15_teaching_points_take_their_own_villages_and_no_coordination():
    schools = [school("S", seats=0), school("point", at=1, kind="teaching_point", seats=9)]
    zones = {("B", "primary"): ["S"], ("V", "primary"): ["point"]}
    children = [child("town", "B"), child("village", "V")]
    reaches = ["county", "within_metres", "learning_district"]
    last = a_round("coordination", mechanism="by_order", coordination=True, reach=reaches, within_metres=9000)
    blocks = [block("B", district="d"), block("V", at=1, district="d")]
    answer = places(world(schools, blocks, children, [a_round(), last], zones))
    assert answer == {"town": "UNPLACED", "village": "point"}


def test_r17_juniors_beyond_the_limit_board_and_the_farthest_come_first():
    schools = [school("J", kind="junior", seats=5, beds=1)]
    blocks = [block("near", at=1), block("far", at=5), block("farther", at=8)]
    children = [child(b["id"], b["id"], "junior") for b in blocks]
    zones = {(b["id"], "junior"): ["J"] for b in blocks}
    answer = play(world(schools, blocks, children, [a_round()], zones))
    assert [Means(m).name for m in answer.means] == ["NEAR", "EXCEPTION", "BOARDING"]
    assert [n.code for n in answer.notices] == ["notice_far_junior"]


def test_r17_coordination_prefers_a_bed_and_leaves_nobody_out_for_want_of_one():
    schools = [
        school("day", at=6, kind="junior", seats=9),
        school("boarding", at=9, kind="junior", seats=9, beds=1),
    ]
    children = [child(f"C{i}", "B", "junior") for i in range(2)]
    last = a_round(
        "coordination", mechanism="least_total", coordination=True, reach=["county"], boarding=True
    )
    the_world = world(schools, [block("B")], children, [last])
    answer = play(the_world)
    assert sorted(places(the_world, answer).values()) == ["boarding", "day"]
    assert sorted(Means(m).name for m in answer.means) == ["BOARDING", "EXCEPTION"]


def test_r17_primary_entrants_never_board():
    schools = [
        school("N", at=6, kind="nine_year", seats=(5, 5), beds=9),
        school("M", at=7, seats=1, bus=True),
    ]
    children = [child(f"C{i}", "B") for i in range(6)]
    last = a_round(
        "coordination", mechanism="least_total", coordination=True, reach=["county"], boarding=True
    )
    answer = play(world(schools, [block("B")], children, [last]))
    assert sorted(Means(m).name for m in answer.means) == ["BUS"] + ["EXCEPTION"] * 5
    assert sum(n.code == "notice_far_primary" for n in answer.notices) == 5


def test_r17_the_walking_limit_is_a_setting():
    schools = [school("S", at=2, seats=1)]
    for limit, expected in ((3000, "NEAR"), (2000, "EXCEPTION")):
        travel = TravelSettings(primary_limit_metres=limit)
        answer = play(zone_world([child("C", "B")], schools=schools, travel=travel))
        assert Means(answer.means[0]).name == expected


def test_age_is_six_by_the_thirty_first_of_august_inclusive():
    children = [
        child("on_the_day", "B", born="2020-08-31"),
        child("a_day_late", "B", born="2020-09-01"),
        child("unknown", "B"),
        child("junior", "B", "junior", born="2020-09-01"),
    ]
    answer = places(zone_world(children, seats=9))
    assert answer == {
        "on_the_day": "S",
        "a_day_late": "NOT_OF_AGE",
        "unknown": "S",
        "junior": "UNPLACED",
    }
    relaxed = places(zone_world(children, seats=9, age=Age(enforce=False)))
    assert relaxed["a_day_late"] == "S"
    moved = places(zone_world(children, seats=9, age=Age(cutoff="12-31")))
    assert moved["a_day_late"] == "S"


def test_statuses_of_those_who_take_no_seat():
    children = [
        child("deferred", "B", deferral=True),
        child("elsewhere", "B", enrolled_elsewhere=True),
        child("gave_up", "B", declined=True),
        child("unknown_address"),
        child("no_zone", "C"),
        child("turned_away", "B", settled_on="2025-01-01"),
        child("in", "B", settled_on="2015-01-01"),
    ]
    the_world = world([school("S", seats=1)], [block("B"), block("C")], children, [a_round()], ZONE)
    answer = play(the_world)
    found = {
        name: (Status(status).name, Reason(reason).name)
        for name, status, reason in zip(the_world.students.id, answer.status, answer.reason, strict=True)
    }
    assert found == {
        "deferred": ("DEFERRED", "DEFERRAL_APPROVED"),
        "elsewhere": ("ENROLLED_ELSEWHERE", "ELSEWHERE"),
        "gave_up": ("DECLINED", "GAVE_UP"),
        "unknown_address": ("TO_BE_VERIFIED", "ADDRESS_UNKNOWN"),
        "no_zone": ("UNPLACED", "NO_ZONE"),
        "turned_away": ("UNPLACED", "NO_SEAT_IN_REACH"),
        "in": ("PLACED", "ADMITTED"),
    }


def test_settled_places_come_first_and_are_never_moved():
    children = [child("settled", "B"), child("ranked", "B", household=True, settled_on="2001-01-01")]
    the_world = zone_world(children, seats=1, settled=[("settled", "S")])
    answer = play(the_world)
    assert places(the_world, answer) == {"settled": "S", "ranked": "UNPLACED"}
    assert Reason(answer.reason[0]) == Reason.SETTLED
    over = play(zone_world(children, seats=1, settled=[("settled", "S"), ("ranked", "S")]))
    assert [n.code for n in over.notices] == ["notice_settled_over"]
    assert over.notices[0].details == {"over": 1}


def test_multi_school_zones_follow_wishes_then_distance():
    schools = [school("near", at=1, seats=1), school("far", at=2, seats=5)]
    zones = {("B", "primary"): ["near", "far"]}
    children = [child("wants_far", "B"), child("a", "B"), child("b", "B")]
    wishes = [("wants_far", "zone", 1, "far")]
    answer = places(world(schools, [block("B")], children, [a_round()], zones, wishes=wishes))
    assert answer["wants_far"] == "far" and sorted([answer["a"], answer["b"]]) == ["far", "near"]


def test_within_metres_reaches_across_zones_but_not_farther():
    schools = [school("S", seats=0), school("T", at=2.5, seats=1), school("U", at=3.5, seats=1)]
    children = [child("a", "B"), child("b", "B")]
    rounds = [a_round(), a_round("near", reach=["within_metres"], within_metres=3900)]
    answer = places(zone_world(children, rounds=rounds, schools=schools))
    assert sorted(answer.values()) == ["T", "UNPLACED"]  # 3.5 km x 1.3 is beyond 3.9 km


def test_late_registration_waits_for_its_own_round():
    children = [child("late", "B", late=True, household=True), child("in_time", "B")]
    rounds = [a_round(exclude=["late"], tiers=[["household"]]), a_round("late", needs=["late"])]
    assert places(zone_world(children, 1, rounds)) == {"late": "UNPLACED", "in_time": "S"}
    assert places(zone_world(children, 2, rounds)) == {"late": "S", "in_time": "S"}


def test_records_tell_the_year_as_it_ended_freed_seats_included():
    schools = [school("S", seats=2), school("P", seats=1, ownership="private")]
    children = [child(f"C{i}", "B", settled_on=f"201{i}-01-01") for i in range(4)]
    rounds = [a_round(rank=["settled_on", "draw"]), a_round("private", may_move=True, **PRIVATE)]
    answer = play(world(schools, [block("B")], children, rounds, ZONE, wishes=[("C0", "private", 1, "P")]))
    zone, private = answer.rounds
    assert (zone.admitted, private.admitted) == (2, 1)
    assert zone.taken.tolist() == [2] and zone.cutoff_student.tolist() == [2]  # C2 got the seat C0 left
    without = play(world(schools, [block("B")], children, rounds, ZONE))
    assert without.rounds[0].cutoff_student.tolist() == [1]
