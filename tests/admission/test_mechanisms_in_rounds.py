"""Mechanisms, bands, draws of every school's own and reserves, as a round of a scenario asks for them."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from simulator import lottery
from simulator.model import UNPLACED, UnsupportedFeature
from simulator.model.policy import Twins
from tests.admission.small import a_round, block, child, places, play, school, world

ZONES = {("B", "primary"): ["S", "T"]}
APART = {"twins": Twins(together=False)}


def wished(mechanism, lists, seats, *, children=None, seed=1, **settings):
    """A round over wishes: ``lists`` child to schools, ``seats`` school to seats."""
    wishes = [(name, "wish", place, s) for name, row in lists.items() for place, s in enumerate(row, 1)]
    entry = a_round("wish", mechanism=mechanism, reach=["choices"], applied=True, **settings)
    return world(
        [school(name, at, seats=n) for at, (name, n) in enumerate(seats.items())],
        [block("B")],
        children or [child(name, "B") for name in lists],
        [entry],
        ZONES if {"S", "T"} <= set(seats) else None,
        wishes=wishes,
        seed=seed,
        **(APART if mechanism == "top_trading_cycles" or settings.get("reserve_percent") else {}),
    )


@pytest.mark.parametrize(
    "mechanism",
    ["deferred_acceptance", "immediate_acceptance", "serial_dictatorship", "top_trading_cycles", "parallel"],
)
def test_every_mechanism_seats_whom_it_can(mechanism):
    lists = {"a": ["S", "T"], "b": ["S", "T"], "c": ["T"], "d": ["S"]}
    bands = {"bands": [2]} if mechanism == "parallel" else {}
    for seed in range(5):
        got = places(wished(mechanism, lists, {"S": 1, "T": 1}, seed=seed, rank=["draw"], **bands))
        assert sorted(got.values()) == ["S", "T", "UNPLACED", "UNPLACED"]


def test_bands_of_a_round_decide_when_acceptance_is_final():
    """a and b like S; b and c like T next; c put T first. With bands of two T may still go to b."""
    dates = {"a": "2001-01-01", "b": "2002-01-01", "c": "2003-01-01"}
    children = [child(name, "B", settled_on=day) for name, day in dates.items()]
    lists = {"a": ["S"], "b": ["S", "T"], "c": ["T"]}
    ranked = {"children": children, "rank": ["settled_on"]}
    one = places(wished("parallel", lists, {"S": 1, "T": 1}, bands=[1], **ranked))
    two = places(wished("parallel", lists, {"S": 1, "T": 1}, bands=[2], **ranked))
    assert one == {"a": "S", "b": "UNPLACED", "c": "T"}
    assert two == {"a": "S", "b": "T", "c": "UNPLACED"}


def number(seed, name, student):
    text = f"xuewei-draw-1\n{seed}\n{name}\n{student}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") // 2


@pytest.mark.parametrize("seed", range(6))
def test_a_school_that_draws_for_itself_uses_a_draw_of_its_own_name(seed):
    """Every school takes the child with its own smallest number; anybody can recompute it."""
    lists = {name: ["S"] for name in "abcd"} | {name: ["T"] for name in "efgh"}
    own = wished("priority", lists, {"S": 1, "T": 1}, seed=seed, rank=["draw"], tie_break="per_school")
    got = places(own)
    for school_id, names in (("S", "abcd"), ("T", "efgh")):
        winner = min(names, key=lambda n, s=school_id: number(seed, f"wish/{s}", n))
        assert [n for n in names if got[n] == school_id] == [winner]


@pytest.mark.parametrize("method", ["keyed", "descending", "direction", "circle", "interval"])
def test_the_draws_of_the_schools_are_kept_and_are_what_decided(method):
    """Who was seated is the first of the school's own draw, by the procedure the round names."""
    lists = {name: ["S", "T"] for name in "abcd"} | {name: ["T", "S"] for name in "efgh"} | {"i": ["T"]}
    for seed in range(4):
        the_world = wished(
            "deferred_acceptance",
            lists,
            {"S": 1, "T": 1, "U": 1},
            seed=seed,
            rank=["draw"],
            tie_break="per_school",
            draw_method=method,
        )
        answer = play(the_world)
        drawn = answer.school_draws["wish"]
        assert [own.school for own in drawn] == [0, 1]  # nobody lists U
        assert [len(own.student) for own in drawn] == [8, 9]
        for own, name in zip(drawn, "ST", strict=True):
            ids = the_world.students.id[own.student]
            alone = lottery.draw(f"wish/{name}", seed, ids, np.full(len(ids), -1), method=method)
            assert own.draw.order.tolist() == alone.order.tolist() and own.draw.method == method
            place = dict(zip(own.student.tolist(), own.draw.order.tolist(), strict=True))
            seated = np.flatnonzero(answer.school == own.school)
            behind = [row for row in place if answer.school[row] == UNPLACED]
            assert all(place[int(seated[0])] < place[row] for row in behind)


def test_a_round_with_one_draw_keeps_no_draws_of_schools():
    assert not play(wished("priority", {"a": ["S"]}, {"S": 1}, rank=["draw"])).school_draws


def test_the_order_at_two_schools_differs_only_where_each_draws_for_itself():
    lists = {name: ["S", "T"] for name in "abcdefgh"}
    for tie_break, differs in (("common", False), ("per_school", True)):
        first, second = [], []
        for closed, winners in (("T", first), ("S", second)):
            seats = {"S": 1, "T": 1, closed: 0}
            for seed in range(8):
                got = places(wished("priority", lists, seats, seed=seed, rank=["draw"], tie_break=tie_break))
                winners += [n for n, place in got.items() if place != "UNPLACED"]
        assert (first != second) == differs


def test_own_draws_come_after_the_rank_and_tell_no_place_of_the_common_draw():
    children = [child(n, "B", settled_on=f"200{i}-01-01") for i, n in enumerate("abc")]
    lists = {n: ["S"] for n in "abc"}
    answer = play(wished("priority", lists, {"S": 1}, children=children, tie_break="per_school"))
    assert answer.school.tolist() == [0, UNPLACED, UNPLACED]
    record = answer.rounds[0]
    assert record.cutoff_student.tolist() == [0] and record.cutoff_draw.tolist() == [UNPLACED]


MIGRANTS = [child(f"m{i}", "B", migrant=True, settled_on=f"2020-01-0{i + 1}") for i in range(2)]
LOCALS = [child(f"l{i}", "B", settled_on=f"2010-01-0{i + 1}") for i in range(4)]


def reserved(percent, children=None, **settings):
    children = [*LOCALS, *MIGRANTS] if children is None else children
    lists = {c["id"]: ["S"] for c in children}
    share = {"reserve_for": ["migrant"], "reserve_percent": percent} if percent else {}
    return wished("priority", lists, {"S": 4}, children=children, rank=["settled_on"], **share, **settings)


def test_a_reserve_lets_the_favoured_in_first_and_falls_to_others_where_they_leave_it():
    def seated(the_world):
        return sorted(name for name, place in places(the_world).items() if place == "S")

    assert seated(reserved(0)) == ["l0", "l1", "l2", "l3"]
    assert seated(reserved(25)) == ["l0", "l1", "l2", "m0"]
    assert seated(reserved(50)) == ["l0", "l1", "m0", "m1"]
    assert seated(reserved(100)) == ["l0", "l1", "m0", "m1"]
    assert seated(reserved(50, LOCALS)) == ["l0", "l1", "l2", "l3"]


def test_a_round_with_reserves_tells_no_cut_off():
    assert play(reserved(25)).rounds[0].cutoff_student.tolist() == [UNPLACED]


@pytest.mark.parametrize(("mover", "next_in"), [("m0", "m1"), ("l0", "l3")])
def test_a_seat_freed_goes_to_the_next_by_the_same_reserve(mover, next_in):
    the_world = reserved(25)
    private = a_round(
        "private", mechanism="lottery", reach=["choices"], applied=True, may_move=True, ownership=["private"]
    )
    wishes = [(c["id"], "wish", 1, "S") for c in [*LOCALS, *MIGRANTS]]
    the_world = world(
        [school("S", seats=4), school("P", seats=1, ownership="private")],
        [block("B")],
        [*LOCALS, *MIGRANTS],
        [*the_world.scenario.policy.rounds, private],
        wishes=[*wishes, (mover, "private", 1, "P")],
        **APART,
    )
    got = places(the_world)
    assert got[mover] == "P" and got[next_in] == "S"
    assert sum(place == "S" for place in got.values()) == 4


def test_what_the_reader_would_refuse_is_refused_in_play_too():
    lists = {"a": ["S"], "b": ["S"]}
    w = wished("top_trading_cycles", lists, {"S": 2})
    students = replace(w.students, twin_group=np.zeros(2, dtype=np.int32))
    policy = replace(w.scenario.policy, twins=Twins())
    w = type(w)(replace(w.scenario, students=students, policy=policy), students, w.wishes)
    with pytest.raises(UnsupportedFeature, match="twins"):
        play(w)
