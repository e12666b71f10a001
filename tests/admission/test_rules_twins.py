"""Twins in the rounds: what they share, and that the rows of the roster decide nothing about them."""

from itertools import permutations

import pytest

from simulator import admission
from simulator import travel as travelling
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


SCHOOLS = [school("S", seats=2), school("T", at=1, seats=2), school("U", at=2, seats=2)]
THREE = {("B", "primary"): ["S", "T", "U"]}


def wished(children, lists, schools=SCHOOLS, **settings):
    """A round over wishes, ``lists`` child to schools."""
    wishes = [(name, "wish", place, s) for name, row in lists.items() for place, s in enumerate(row, 1)]
    entry = a_round("wish", reach=["choices"], applied=True, **settings)
    return world(schools, [block("B")], children, [entry], THREE, wishes=wishes)


@pytest.mark.parametrize("mechanism", ["priority", "lottery", "serial_dictatorship"])
def test_twins_with_unlike_lists_apply_with_both_in_whatever_row_they_stand(mechanism):
    """T1 puts S, T, U; T2 puts U, T, S. Every school has the sum 4; the worst place of T is the least bad."""
    lists = {"T1": ["S", "T", "U"], "T2": ["U", "T", "S"], "X": ["T"]}
    children = [
        child("T1", "B", twins="t"),
        child("T2", "B", twins="t"),
        child("X", "B", settled_on="2024-01-01"),
    ]
    for rows in permutations(children):
        got = places(wished(list(rows), lists, mechanism=mechanism, rank=["settled_on", "draw"]))
        assert got["T1"] == got["T2"]
    alone = {name: lists[name] for name in ("T1", "T2")}
    for rows in permutations(children[:2]):
        assert places(wished(list(rows), alone, mechanism=mechanism)) == {"T1": "T", "T2": "T"}


def test_twins_keep_the_schools_only_one_of_them_lists_where_it_listed_them():
    """The record tells the lists as they were applied with: T1's own S first, then what both list."""
    children = [child("T1", "B", twins="t"), child("T2", "B", twins="t")]
    the_world = wished(children, {"T1": ["S", "U", "T"], "T2": ["T", "U"]})
    travel, seen = travelling.measure(the_world.scenario), []
    answer = admission.play(the_world.scenario, the_world.students, the_world.wishes, travel, witness=seen)
    applied, free = seen[0].played.entry, seen[0].played.free
    schools = [str(the_world.scenario.schools.id[free.school[p]]) for p in applied.applications.pool]
    # T and U have the sum 3 and the worst place 2; T is nearer to the block of both.
    assert schools == ["S", "T", "U", "T", "U"]
    arcs = zip(applied.applications.applicant.tolist(), schools, strict=True)
    metres = dict(zip(arcs, applied.metres.tolist(), strict=True))
    assert metres[0, "T"] == metres[1, "T"] < metres[0, "U"] == metres[1, "U"]
    assert places(the_world, answer) == {"T1": "T", "T2": "T"}


@pytest.mark.parametrize(
    "mechanism", ["priority", "parallel", "serial_dictatorship", "by_order", "least_total"]
)
def test_twins_apart_with_one_number_are_told_apart_by_id_and_not_by_row(mechanism):
    """Triplets with no school in common apply each alone, with the one number of all three."""
    lists = {"T1": ["S"], "T2": ["S"], "T3": ["T"]}
    children = [child(name, "B", twins="t") for name in lists]
    schools = [school("S", seats=1), school("T", at=1, seats=1), school("U", at=2)]
    bands = {"bands": [2]} if mechanism == "parallel" else {}
    for rows in permutations(children):
        got = places(wished(list(rows), lists, schools, mechanism=mechanism, rank=["draw"], **bands))
        assert got == {"T1": "S", "T2": "UNPLACED", "T3": "T"}


def test_a_freed_seat_goes_to_the_twin_by_id_too():
    """X gives up S for a private place; of T1 and T2, apart with one number, T1 comes first by id."""
    children = [child("X", "B", settled_on="2010-01-01")]
    children += [child(name, "B", twins="t", settled_on="2020-01-01") for name in ("T1", "T2", "T3")]
    schools = [school("S", seats=1), school("T", at=1), school("U", at=2)]
    schools.append(school("P", at=3, seats=1, ownership="private"))
    wishes = [("X", "wish", 1, "S"), ("T1", "wish", 1, "S"), ("T2", "wish", 1, "S"), ("T3", "wish", 1, "T")]
    wish = a_round("wish", reach=["choices"], applied=True, rank=["settled_on", "draw"])
    private = a_round("private", mechanism="lottery", reach=["choices"], applied=True, may_move=True,
                      ownership=["private"])  # fmt: skip
    for rows in permutations(children):
        the_world = world(schools, [block("B")], list(rows), [wish, private], THREE,
                          wishes=[*wishes, ("X", "private", 1, "P")])  # fmt: skip
        got = places(the_world)
        assert (got["X"], got["T1"], got["T2"]) == ("P", "S", "UNPLACED")


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
