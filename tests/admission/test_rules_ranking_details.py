"""The fine print of ranks and reasons: who goes before whom, and why somebody stays without a place.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

from dataclasses import replace

import numpy as np

from simulator.model import Status
from simulator.model.policy import Twins
from tests.admission.rules_worlds import (
    PRIVATE,
    ZONE,
    reasons,
    seated,
    zone_world,
)
from tests.admission.small import World, a_round, block, child, play, school, world

# Statuses and reasons


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
