"""Who is admitted and does not come: the next of the same draw gets the seat, and there is no second draw."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import lottery
from simulator.model import UNPLACED
from simulator.model.policy import Twins
from tests.admission.small import a_round, block, child, places, play, school, world

PRIVATE = {
    "mechanism": "lottery",
    "applied": True,
    "reach": ["choices"],
    "ownership": ["private"],
    "rank": ["draw"],
    "no_shows": ["private_declined"],
}
CHILDREN = 9


def lottery_world(away=(), seats=3, rounds=None, more=None, **settings):
    """Nine children apply to a private school with three seats; ``away`` say which do not come."""
    names = [f"C{i}" for i in range(CHILDREN)]
    made = [
        child(
            name,
            "B",
            private_declined=name in away,
            settled_on=f"20{10 + i}-01-01",
            **(more or {}).get(name, {}),
        )
        for i, name in enumerate(names)
    ]
    schools = [school("S", seats=4), school("P", seats=seats, ownership="private")]
    entry = a_round("private", **PRIVATE | settings)
    wishes = [(name, "private", 1, "P") for name in names]
    later = [a_round(rank=["settled_on"])] if rounds is None else rounds
    return world(
        schools, [block("B")], made, [entry, *later], {("B", "primary"): ["S"]}, wishes=wishes, seed=3
    )


def seated(the_world, answer=None):
    return {name for name, place in places(the_world, answer).items() if place == "P"}


def by_number(answer):
    """Children by their place in the draw of the round."""
    order = answer.draws["private"].order
    return [f"C{row}" for row in np.argsort(order[:CHILDREN], kind="stable")]


@pytest.mark.parametrize("method", tuple(lottery.METHODS))
def test_the_seats_go_to_the_first_who_come_in_one_and_the_same_draw(method):
    everybody = by_number(play(lottery_world(draw_method=method)))
    differs = False
    for away in ((), everybody[:1], everybody[1:4], everybody[2:3] + everybody[4:7], everybody[5:]):
        the_world = lottery_world(away, draw_method=method)
        answer = play(the_world)
        assert by_number(answer) == everybody, "the draw knows nothing of who will come"
        coming = [name for name in everybody if name not in away]
        assert seated(the_world, answer) == set(coming[:3])
        differs |= seated(the_world, answer) != set(everybody[:3])
    assert differs


def test_the_counts_tell_every_offer():
    everybody = by_number(play(lottery_world()))
    answer = play(lottery_world([everybody[0], everybody[3], everybody[8]]))
    (notice,) = [n for n in answer.notices if n.code == "notice_no_shows"]
    assert notice.details == {
        "round": "private",
        "count": 2,
        "refilled": 1,
    }  # the last one was offered nothing
    record = answer.rounds[0]
    assert (record.applied, record.admitted) == (9, 3)
    assert f"C{record.cutoff_student[0]}" == everybody[4] and record.cutoff_draw[0] == 4
    assert [(r.after, r.admitted) for r in record.refills] == [(0, 0), (0, 1)]
    assert not [n for n in play(lottery_world()).notices if n.code == "notice_no_shows"]


def test_nobody_comes_and_the_seats_stay_empty():
    names = [f"C{i}" for i in range(CHILDREN)]
    the_world = lottery_world(names)
    answer = play(the_world)
    assert not seated(the_world, answer)
    (notice,) = [n for n in answer.notices if n.code == "notice_no_shows"]
    assert notice.details["count"] == 9 and notice.details["refilled"] == 0


def test_a_round_that_names_no_column_leaves_them_out_of_its_draw():
    everybody = by_number(play(lottery_world()))
    out = play(lottery_world(everybody[:2], no_shows=[]))
    assert np.sum(out.draws["private"].order != UNPLACED) == 7
    assert out.rounds[0].applied == 7
    kept = play(lottery_world(everybody[:2], no_shows=["home"]))  # nobody stays away by this column
    assert kept.rounds[0].applied == 7 and not kept.notices


def test_what_a_child_that_did_not_come_keeps():
    everybody = by_number(play(lottery_world()))
    first = everybody[0]
    oldest = {first: {"settled_on": "2001-01-01"}}

    def zone(keeps, seats_of_zone):
        names = [f"C{i}" for i in range(CHILDREN)]
        made = [
            child(n, "B", private_declined=n == first, **{"settled_on": "2015-01-01", **oldest.get(n, {})})
            for n in names
        ]
        rounds = [
            a_round("private", **PRIVATE, no_shows_keep=keeps),
            a_round(rank=["settled_on", "draw"]),
            a_round("coordination", mechanism="least_total", coordination=True, reach=["county"]),
        ]
        schools = [
            school("S", seats=seats_of_zone),
            school("P", seats=3, ownership="private"),
            school("T", at=1, seats=9),
        ]
        wishes = [(n, "private", 1, "P") for n in names]
        the_world = world(
            schools, [block("B")], made, rounds, {("B", "primary"): ["S"]}, wishes=wishes, seed=3
        )
        return rounds[play(the_world).round[names.index(first)]].name

    assert zone("equal", 1) == "zone"
    for keeps in ("behind", "behind_in_tier"):
        assert zone(keeps, 5) == "coordination" and zone(keeps, 6) == "zone"
    assert zone("coordination", 9) == "coordination"


def test_the_next_number_may_hold_a_public_seat_and_leaves_it_to_the_next_there():
    """The private round comes after the zone; of two who wish to move the first does not come."""
    children = [child(f"C{i}", "B", settled_on=f"201{i}-01-01") for i in range(4)]
    wishes = [("C0", "private", 1, "P"), ("C1", "private", 1, "P")]
    rounds = [a_round(rank=["settled_on"]), a_round("private", may_move=True, **PRIVATE)]
    schools = [school("S", seats=2), school("P", seats=1, ownership="private")]

    def of(away):
        made = [c | {"private_declined": c["id"] == away} for c in children]
        the_world = world(schools, [block("B")], made, rounds, {("B", "primary"): ["S"]}, wishes=wishes)
        return places(the_world)

    free = of("")
    winner = next(name for name in ("C0", "C1") if free[name] == "P")
    other = "C1" if winner == "C0" else "C0"
    assert free == {winner: "P", other: "S", "C2": "S", "C3": "UNPLACED"}
    assert of(winner) == {winner: "S", other: "P", "C2": "S", "C3": "UNPLACED"}


def test_second_choices_come_after_first_ones_when_a_seat_is_given_on():
    names = ("gone", "first", "second")
    children = [child(n, "B", private_declined=n == "gone") for n in names]
    schools = [school("P", seats=1, ownership="private"), school("Q", seats=1, ownership="private")]
    wishes = [("gone", "private", 1, "P"), ("first", "private", 1, "P"), ("second", "private", 1, "Q")]
    wishes += [("second", "private", 2, "P"), ("other", "private", 1, "Q")]
    children.append(child("other", "B"))
    for seed in range(12):
        the_world = world(
            schools, [block("B")], children, [a_round("private", **PRIVATE)], wishes=wishes, seed=seed
        )
        answer = places(the_world)
        assert answer["first"] == "P" and "Q" in (answer["second"], answer["other"])


def test_of_twins_one_may_come_alone():
    children = [child(f"T{i}", "B", twins="t", private_declined=i == 1) for i in range(2)]
    children += [child("next", "B")]
    schools = [school("P", seats=2, ownership="private")]
    wishes = [(c["id"], "private", 1, "P") for c in children]
    for last_seat in ("both_in", "next"):
        for seed in range(10):
            the_world = world(
                schools,
                [block("B")],
                children,
                [a_round("private", **PRIVATE)],
                wishes=wishes,
                seed=seed,
                twins=Twins(last_seat=last_seat),
            )
            answer = play(the_world)
            found = places(the_world, answer)
            assert found["T1"] == "UNPLACED" and found["next"] == "P"
            if last_seat == "both_in":
                assert found["T0"] == "P" and not answer.over.any()


def test_a_public_round_may_have_no_shows_too():
    children = [child(f"C{i}", "B", settled_on=f"201{i}-01-01", late=i == 0) for i in range(3)]
    entry = a_round(rank=["settled_on"], no_shows=["late"])
    the_world = world([school("S", seats=2)], [block("B")], children, [entry], {("B", "primary"): ["S"]})
    assert places(the_world) == {"C0": "UNPLACED", "C1": "S", "C2": "S"}
