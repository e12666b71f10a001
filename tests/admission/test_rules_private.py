"""R29, R30: private schools beside public ones: who moves, who loses, who is next."""

import numpy as np
import pytest

from simulator.model import Status
from tests.admission.rules_worlds import COORDINATION, PRIVATE, ZONE
from tests.admission.small import a_round, block, child, places, play, school, world


def private_world(applicants, plan=1, losers="equal", zone_seats=2, **more):
    schools = [school("S", seats=zone_seats), school("P", seats=plan, ownership="private")]
    children = [child(f"C{i}", "B", settled_on=f"201{i}-01-01") for i in range(4)]
    rounds = [a_round("private", losers=losers, **PRIVATE), a_round(rank=["settled_on", "draw"])]
    wishes = [(f"C{i}", "private", 1, "P") for i in range(applicants)]
    return world(schools, [block("B")], children, rounds, ZONE, wishes=wishes, **more)


def test_r30_an_oversubscribed_private_school_draws_all_its_seats():
    drawn = {next(n for n, p in places(private_world(4, seed=s)).items() if p == "P") for s in range(40)}
    assert drawn == {"C0", "C1", "C2", "C3"}  # anybody may win: no rank but the draw


def test_r30_a_private_school_not_oversubscribed_takes_all_without_a_draw():
    answer = play(private_world(2, plan=3))
    record = answer.rounds[0]
    assert record.taken.tolist() == [2] and not record.lottery[0]


def test_r29_a_private_school_recruits_inside_its_approving_authoritys_area_only():
    schools = [school("P", seats=5, ownership="private", approval_county="east")]
    blocks = [block("B", county="east"), block("C", county="west")]
    children = [child("in", "B"), child("out", "C"), child("nowhere")]
    wishes = [(name, "private", 1, "P") for name in ("in", "out", "nowhere")]
    answer = places(world(schools, blocks, children, [a_round("private", **PRIVATE)], wishes=wishes))
    assert answer == {"in": "P", "out": "UNPLACED", "nowhere": "TO_BE_VERIFIED"}


@pytest.mark.parametrize(("losers", "ranks_first"), [("equal", True), ("behind", False)])
def test_r29_losers_return_to_the_zone_queue_as_the_scenario_says(losers, ranks_first):
    # Nobody is drawn (plan 0): C0 and C1 lose, C2 and C3 never applied; C0 has the earliest date.
    answer = places(private_world(2, plan=0, losers=losers))
    seated = sorted(name for name, place in answer.items() if place == "S")
    assert seated == (["C0", "C1"] if ranks_first else ["C2", "C3"])


def test_r29_losers_of_the_strictest_kind_wait_for_coordination_but_are_not_left_out():
    schools = [school("S", seats=9), school("P", ownership="private")]
    children = [child("lost", "B"), child("other", "B")]
    rounds = [a_round("private", losers="coordination", **PRIVATE), a_round()]
    wishes = [("lost", "private", 1, "P")]
    without = world(schools, [block("B")], children, rounds, ZONE, wishes=wishes)
    assert places(without) == {"lost": "UNPLACED", "other": "S"}
    having = world(schools, [block("B")], children, [*rounds, COORDINATION], ZONE, wishes=wishes)
    assert places(having) == {"lost": "S", "other": "S"}


def test_r29_a_confirmed_private_place_frees_the_public_seat_for_the_next_in_order():
    schools = [school("S", seats=2), school("P", seats=1, ownership="private")]
    children = [child(f"C{i}", "B", settled_on=f"201{i}-01-01") for i in range(4)]
    rounds = [
        a_round(rank=["settled_on", "draw"]),
        a_round("private", may_move=True, **PRIVATE),
    ]
    the_world = world(schools, [block("B")], children, rounds, ZONE, wishes=[("C0", "private", 1, "P")])
    answer = play(the_world)
    assert places(the_world, answer) == {"C0": "P", "C1": "S", "C2": "S", "C3": "UNPLACED"}
    assert answer.round[2] == 0 and Status(answer.status[0]) == Status.PRIVATE


def test_r29_a_private_place_not_confirmed_leaves_the_public_seat_and_goes_to_the_next_number():
    schools = [school("S", seats=1), school("P", seats=1, ownership="private")]
    children = [child("no", "B", private_declined=True), child("yes", "B")]
    rounds = [a_round("private", **PRIVATE), a_round()]
    wishes = [("no", "private", 1, "P"), ("yes", "private", 1, "P")]
    assert places(world(schools, [block("B")], children, rounds, ZONE, wishes=wishes)) == {
        "no": "S",
        "yes": "P",
    }


def test_r29_nobody_local_is_unplaced_for_having_applied():
    """Same children with and without their private wishes: as many are placed, whatever losers keep."""
    for losers in ("equal", "behind", "coordination"):
        for seed in range(8):
            rng = np.random.default_rng(seed)
            schools = [
                school("S", seats=5),
                school("T", at=2, seats=4),
                school("P", seats=1, ownership="private"),
            ]
            children = [child(f"C{i}", "B") for i in range(10)]
            rounds = [a_round("private", losers=losers, **PRIVATE), a_round(), COORDINATION]
            applying = [f"C{i}" for i in np.flatnonzero(rng.random(10) < 0.5)]
            wishes = [(name, "private", 1, "P") for name in applying]
            answer = places(world(schools, [block("B")], children, rounds, ZONE, wishes=wishes, seed=seed))
            expected = 9 + min(1, len(applying))
            assert sum(place != "UNPLACED" for place in answer.values()) == min(expected, 10)


def test_r30_direct_promotion_in_a_private_nine_year_school_is_off_unless_the_round_names_it():
    schools = [school("N", kind="nine_year", seats=(0, 5), ownership="private")]
    children = [child("C", "B", "junior", origin="N")]
    for ownership, expected in ((["public"], "UNPLACED"), (["public", "private"], "N")):
        rounds = [a_round("direct", reach=["direct"], ownership=ownership)]
        assert places(world(schools, [block("B")], children, rounds)) == {"C": expected}
    assert a_round("direct").ownership == ["public"]


def test_a_freed_seat_goes_to_nobody_when_nobody_waits():
    schools = [school("S", seats=1), school("P", seats=1, ownership="private")]
    rounds = [a_round(), a_round("private", may_move=True, **PRIVATE)]
    the_world = world(
        schools, [block("B")], [child("C", "B")], rounds, ZONE, wishes=[("C", "private", 1, "P")]
    )
    answer = play(the_world)
    assert places(the_world, answer) == {"C": "P"}
    assert answer.load[answer.seats.school == 0].sum() == 0


def test_r29_losers_may_stand_behind_others_of_their_own_tier_only():
    """Seats in the zone one by one: where a loser of the first tier stands, by what losers keep."""
    schools = [school("P", seats=1, ownership="private")]
    children = [
        child("winner", "B", household=True),
        child("loser", "B", household=True, home=True, settled_on="2010-01-01"),
        child("first_tier", "B", household=True, home=True, settled_on="2020-01-01"),
        child("second_tier", "B", household=True, settled_on="2005-01-01"),
    ]
    wishes = [("winner", "private", 1, "P"), ("loser", "private", 1, "P")]
    seed = next(s for s in range(50) if _winner(schools, children, wishes, s) == "winner")
    queues = {
        "equal": ["loser", "first_tier", "second_tier"],
        "behind_in_tier": ["first_tier", "loser", "second_tier"],
        "behind": ["first_tier", "second_tier", "loser"],
    }
    for losers, queue in queues.items():
        for seats in range(4):
            rounds = [
                a_round("private", losers=losers, **PRIVATE),
                a_round(tiers=[["household", "home"], ["household"]], rank=["tier", "settled_on", "draw"]),
            ]
            every = [*schools, school("S", seats=seats)]
            answer = places(world(every, [block("B")], children, rounds, ZONE, wishes=wishes, seed=seed))
            assert [name for name in queue if answer[name] == "S"] == queue[:seats], losers


def test_r29_without_tiers_a_loser_behind_in_its_tier_is_behind_all():
    schools = [school("P", seats=1, ownership="private"), school("S", seats=1)]
    children = [child("winner", "B"), child("loser", "B", settled_on="2010-01-01")]
    children += [child("other", "B", settled_on="2020-01-01")]
    wishes = [("winner", "private", 1, "P"), ("loser", "private", 1, "P")]
    seed = next(s for s in range(50) if _winner(schools[:1], children, wishes, s) == "winner")
    rounds = [a_round("private", losers="behind_in_tier", **PRIVATE), a_round(rank=["settled_on", "draw"])]
    answer = places(world(schools, [block("B")], children, rounds, ZONE, wishes=wishes, seed=seed))
    assert answer == {"winner": "P", "loser": "UNPLACED", "other": "S"}


def _winner(schools, children, wishes, seed):
    drawn = places(
        world(schools, [block("B")], children, [a_round("private", **PRIVATE)], wishes=wishes, seed=seed)
    )
    return next(name for name, place in drawn.items() if place == "P")
