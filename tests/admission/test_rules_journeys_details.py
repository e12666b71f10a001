"""The fine print of pools, costs and journeys: beds, buses and limits of the way.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

import pytest

from simulator.model import Means, SeatKind
from simulator.model.policy import TravelSettings
from tests.admission.rules_worlds import MOVING, PRIVATE, bed_world, means, zone_world
from tests.admission.small import a_round, block, child, places, play, school, world

# Pools and costs


def test_pools_are_tried_in_the_order_of_the_round():
    one = school("S", seats=2, reserved_seats=(1, 0))
    for pools, kind in ((["reserved", "general"], "RESERVED"), (["general", "reserved"], "GENERAL")):
        answer = play(zone_world([child("C", "B")], rounds=[a_round(pools=pools)], schools=[one]))
        assert SeatKind(answer.kind[0]).name == kind


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
