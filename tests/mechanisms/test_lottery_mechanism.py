"""The lottery: everybody's draw counts the same, an earlier choice comes first, twins draw as one."""

import itertools
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from round_worlds import best_priority, choose_one_by_one, common_lists, pools, room_for, world, worlds

from simulator.mechanisms.lottery import lottery
from simulator.model import UNPLACED


def chances(lists, seats, last_seat="both_in", **columns):
    """The chance of every (applicant, pool) over all orders of the draw, each equally likely."""
    unit = columns.get("unit", [UNPLACED] * len(lists))
    parties = sorted({u if u != UNPLACED else -2 - a for a, u in enumerate(unit)})
    got, orders = Counter(), list(itertools.permutations(range(len(parties))))
    for places in orders:
        place = dict(zip(parties, places, strict=True))
        order = [place[u if u != UNPLACED else -2 - a] for a, u in enumerate(unit)]
        w = world(lists, seats, order=order, **columns)
        got.update(enumerate(pools(w, w.play(lottery, last_seat=last_seat))))
    return {key: Fraction(count, len(orders)) for key, count in got.items()}


def test_a_complete_lottery_gives_every_applicant_the_same_chance():
    found = chances([[0]] * 5, [2])
    assert [found[applicant, 0] for applicant in range(5)] == [Fraction(2, 5)] * 5


def test_everybody_is_in_where_the_applicants_fit():
    assert chances([[0], [0], [0, 1]], [3, 0]) == {(a, 0): 1 for a in range(3)}


def test_losers_go_to_their_second_choice_behind_those_who_put_it_first():
    # Three want school 0 (1 seat) and then school 1 (2 seats), which one other child puts first.
    found = chances([[0, 1], [0, 1], [0, 1], [1]], [1, 2])
    assert found[3, 1] == 1
    assert [found[a, 0] for a in range(3)] == [Fraction(1, 3)] * 3
    assert [found[a, 1] for a in range(3)] == [Fraction(1, 3)] * 3


def test_priority_comes_before_the_draw_where_the_round_names_one():
    found = chances([[0], [0], [0]], [2], priority=[[0], [1], [1]])
    assert found[0, 0] == 1
    assert found[1, 0] == found[2, 0] == Fraction(1, 2)


def test_twins_draw_as_one():
    # One pair and two children for two seats; three parties. The pair loses only when drawn last; drawn
    # second it begins on the last seat.
    pair = {"unit": [1, 1, UNPLACED, UNPLACED]}
    both = chances([[0]] * 4, [2], "both_in", **pair)
    assert both[0, 0] == both[1, 0] == Fraction(2, 3)
    assert both[2, 0] == both[3, 0] == Fraction(1, 2)
    passed = chances([[0]] * 4, [2], "next", **pair)
    assert passed[0, 0] == passed[1, 0] == Fraction(1, 3)
    assert passed[2, 0] == passed[3, 0] == Fraction(2, 3)


def choice_by_choice(w, last_seat):
    """Walk through the choices with one list of seats, one applicant after the other; every pool is a school
    of its own here."""
    parties, load = common_lists(w), np.zeros(len(w.seats), dtype=int)
    got = {}
    for position in range(4):
        asking = sorted(
            (best_priority(w, arcs[position]), party, arcs[position], len(members))
            for party, (members, arcs) in enumerate(parties)
            if party not in got and position < len(arcs)
        )
        for priority, party, arc, size in asking:
            if last_seat == "next" and room_for(w, load, w.applications.pool[arc]) < size:
                continue
            if choose_one_by_one(w, [(priority, party, arc, size)], load):
                got[party] = arc
    answer = [UNPLACED] * len(w.applications)
    for party, arc in got.items():
        for member in parties[party][0]:
            answer[member] = int(w.applications.pool[arc])
    return answer


@pytest.mark.parametrize("last_seat", ["both_in", "next"])
@settings(max_examples=120, deadline=None)
@given(w=worlds())
def test_equals_walking_through_the_choices(last_seat, w):
    w.seats = replace(w.seats, school=np.arange(len(w.seats)))
    assert pools(w, w.play(lottery, last_seat=last_seat)) == choice_by_choice(w, last_seat)
