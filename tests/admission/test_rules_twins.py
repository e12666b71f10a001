"""Twins in the rounds: what they share, and that the rows of the roster decide nothing about them."""

from itertools import permutations

import pytest

from simulator.model import Means, Stage
from simulator.model.policy import Twins
from tests.admission.small import a_round, block, child, places, play, school, world

ZONE = {("B", "primary"): ["S"]}
COUNTIES = [block("B", county="one"), block("C", at=5, county="two")]


def test_twins_rank_by_the_better_of_their_dates_in_whatever_row_they_stand():
    children = [
        child("T1", "B", twins="t", settled_on="2024-01-01"),
        child("T2", "B", twins="t", settled_on="2015-01-01"),
        child("X", "B", settled_on="2020-01-01"),
    ]
    schools, dated = [school("S", seats=2)], a_round(rank=["settled_on", "draw"])
    for rows in permutations(children):
        answer = places(world(schools, [block("B")], list(rows), [dated], ZONE))
        assert answer == {"T1": "S", "T2": "S", "X": "UNPLACED"}


def test_the_twin_beyond_the_seats_is_told_by_id_and_not_by_row():
    children = [child("T1", "B", twins="t"), child("T2", "B", twins="t")]
    for rows in permutations(children):
        the_world = world([school("S", seats=1)], [block("B")], list(rows), [a_round()], ZONE)
        over = the_world.students.id[play(the_world).over]
        assert over.tolist() == ["T2"]


@pytest.mark.parametrize("mechanism", ["priority", "by_order", "least_total"])
@pytest.mark.parametrize("last_seat", ["both_in", "next"])
def test_twins_who_share_no_school_apply_each_alone(mechanism, last_seat):
    schools = [school("S", seats=1, county="one"), school("R", at=5, seats=1, county="two")]
    children = [child("T1", "B", twins="t"), child("T2", "C", twins="t")]
    coordination = a_round(mechanism=mechanism, reach=["county"], coordination=True)
    the_world = world(schools, COUNTIES, children, [coordination], twins=Twins(last_seat=last_seat))
    assert places(the_world) == {"T1": "S", "T2": "R"}


def test_r26_a_bought_seat_is_open_to_a_child_who_confirms_no_private_place():
    schools = [school("P", seats=2, ownership="inclusive_private", purchased_seats=(1, 0))]
    children = [child("M", "B", migrant=True, private_declined=True)]
    bought = a_round("purchased", reach=["county"], ownership=["inclusive_private"], pools=["purchased"])
    assert places(world(schools, [block("B")], children, [bought])) == {"M": "P"}


def test_r17_a_child_in_a_boarding_pool_takes_its_bed_without_a_known_distance():
    schools = [school("origin", kind="primary"), school("J", at=20, kind="junior", seats=3, beds=1)]
    children = [
        child("unknown", stage="junior", origin="origin"),
        child("far", "B", stage="junior"),
    ]
    rounds = [
        a_round("boarders", reach=["feeder"], pools=["boarding"]),
        a_round("zone"),
    ]
    the_world = world(
        schools,
        [block("B")],
        children,
        rounds,
        {("B", Stage.JUNIOR.name.lower()): ["J"]},
        feeders={"origin": ["J"]},
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"unknown": "J", "far": "J"}
    assert answer.means.tolist() == [Means.BOARDING, Means.EXCEPTION]


def test_a_twin_follows_the_other_who_was_placed_earlier_when_the_round_says_so():
    schools = [school("S", seats=3), school("T", at=1, seats=3)]
    children = [
        child("first", "B", twins="t", placement="mainstream"),
        child("second", "B", twins="t"),
        child("other", "B"),
    ]
    zones = {("B", "primary"): ["S"]}
    for reach, expected in ((["twin", "zone"], "T"), (["zone"], "S")):
        rounds = [a_round(reach=reach)]
        the_world = world(schools, [block("B")], children, rounds, zones, settled=[("first", "T")])
        assert places(the_world) == {"first": "T", "second": expected, "other": "S"}
