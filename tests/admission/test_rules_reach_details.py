"""The fine print of entering a round and of the schools in reach: who, where, in which order.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

import pytest

from simulator.model import UNPLACED, Means, Reason
from simulator.model.policy import TravelSettings
from tests.admission.rules_worlds import MOVING, PRIVATE, ZONE, seated, zone_world
from tests.admission.small import a_round, block, child, places, play, school, world

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
