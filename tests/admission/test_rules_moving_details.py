"""The fine print of seats that come free again: who moves, and who is next.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

from simulator.model import NO_METRES, UNPLACED
from simulator.model.policy import Twins
from tests.admission.rules_worlds import MOVING, ZONE, notices, seated
from tests.admission.small import a_round, block, child, places, play, school, world


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
