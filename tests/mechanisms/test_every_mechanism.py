"""What holds for every mechanism: seats, lists, twins, and no trace of the order of rows."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import loads, pools, shuffled, world, worlds

from simulator.mechanisms import MECHANISMS
from simulator.model import MECHANISM_FEATURES, UNPLACED
from simulator.model.policy import LEAST_COST
from simulator.model.policy import Mechanism as MechanismName

BOTH = pytest.mark.parametrize("last_seat", ["both_in", "next"])
ALL = pytest.mark.parametrize("name", MECHANISMS)
WITH_TWINS = pytest.mark.parametrize("name", [m for m in MECHANISMS if "twins" in MECHANISM_FEATURES[m]])


def rounds_for(name):
    """Rounds the mechanism supports, bands of all sizes for the one that has them."""
    bands = st.lists(st.integers(1, 3), max_size=2).map(tuple) if name == "parallel" else st.just(())
    return st.tuples(worlds(twins="twins" in MECHANISM_FEATURES[name]), bands).map(
        lambda x: x[0].banded(x[1])
    )


def test_the_names_a_scenario_uses():
    assert set(MECHANISMS) == set(get_args(MechanismName)) and set(LEAST_COST) < set(MECHANISMS)


@ALL
@BOTH
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nobody_sits_where_it_did_not_apply(name, last_seat, data):
    w = data.draw(rounds_for(name))
    answer = w.play(MECHANISMS[name], last_seat=last_seat)
    assert len(answer.arc) == len(w.applications)
    for applicant, arc in enumerate(answer.arc):
        assert arc == UNPLACED or arc in w.arcs(applicant)


@ALL
@BOTH
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_node_is_over_its_seats_but_for_the_twins_listed(name, last_seat, data):
    w = data.draw(rounds_for(name))
    answer = w.play(MECHANISMS[name], last_seat=last_seat)
    over = answer.over.tolist()
    assert over == sorted(set(over))
    assert np.all(loads(w, answer, without=over) <= w.seats.seats)
    if last_seat == "next":
        assert over == []
    for applicant in over:
        assert answer.arc[applicant] != UNPLACED
        unit = np.flatnonzero(w.applications.unit == w.applications.unit[applicant])
        assert w.applications.unit[applicant] != UNPLACED
        assert any(member not in over for member in unit)  # at least one has a seat of its own


@WITH_TWINS
@BOTH
@settings(max_examples=80, deadline=None)
@given(w=worlds())
def test_twins_stay_together(name, last_seat, w):
    answer = w.play(MECHANISMS[name], last_seat=last_seat)
    where = pools(w, answer)
    for members in w.units():
        assert len({where[m] for m in members}) == 1


@ALL
@BOTH
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_is_of_no_matter(name, last_seat, data):
    w = data.draw(rounds_for(name))
    rows = data.draw(st.permutations(range(len(w.applications))))
    first = w.play(MECHANISMS[name], last_seat=last_seat)
    other = shuffled(w, rows)
    second = other.play(MECHANISMS[name], last_seat=last_seat)
    where = pools(w, first)
    assert pools(other, second) == [where[row] for row in rows]
    assert contents(other, second.over) == contents(w, first.over)
    assert dict(first.certificate) == dict(second.certificate)


def contents(w, applicants):
    """What the applicants bring: two twins may change places in an answer only where all of it is equal."""
    given, found = w.applications, []
    for a in applicants:
        columns = [column[list(w.arcs(a))].tolist() for column in (given.pool, given.priority, given.cost)]
        found.append((int(given.unit[a]), int(given.tier[a]), columns))
    return sorted(found)


@ALL
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_the_same_round_gives_the_same_answer(name, data):
    w = data.draw(rounds_for(name))
    first, second = w.play(MECHANISMS[name]), w.play(MECHANISMS[name])
    assert first.arc.tolist() == second.arc.tolist()
    assert first.over.tolist() == second.over.tolist()
    assert dict(first.certificate) == dict(second.certificate)


@ALL
@pytest.mark.parametrize("lists", [[], [[], []]])
def test_a_round_without_choices_places_nobody(name, lists):
    for seats in ([], [3]):
        assert np.all(world(lists, seats).play(MECHANISMS[name]).arc == UNPLACED)


@ALL
def test_zero_seats_everywhere_is_a_result(name):
    answer = world([[0, 1], [1], [0]], [0, 0]).play(MECHANISMS[name])
    assert answer.arc.tolist() == [UNPLACED] * 3


@ALL
def test_room_above_bounds_the_rooms_below(name):
    # Two stages of 3 seats under a joint roof of 4; six children, three of each stage.
    w = world([[1], [1], [1], [2], [2], [2]], [4, 3, 3], [UNPLACED, 0, 0], order=[0, 2, 4, 1, 3, 5])
    answer = w.play(MECHANISMS[name])
    assert np.sum(answer.arc != UNPLACED) == 4


@ALL
def test_an_arc_to_an_inner_node_is_refused(name):
    with pytest.raises(ValueError, match="leaf"):
        world([[0]], [2, 2], [UNPLACED, 0]).play(MECHANISMS[name])


@ALL
def test_an_unknown_rule_for_twins_is_refused(name):
    with pytest.raises(ValueError, match="both_in"):
        world([[0]], [2]).play(MECHANISMS[name], last_seat="toss a coin")


@WITH_TWINS
def test_twins_at_the_last_seat_are_both_in_or_passed_over(name):
    """One school, three seats: a child, twins, a child behind them; and another school with room."""
    queue = [[0], [0], [0], [0]]
    w = world(queue, [2], order=[0, 1, 1, 3], unit=[UNPLACED, 5, 5, UNPLACED])
    both = w.play(MECHANISMS[name], last_seat="both_in")
    assert pools(w, both) == [0, 0, 0, UNPLACED]
    assert both.over.tolist() == [2]
    passed = w.play(MECHANISMS[name], last_seat="next")
    assert pools(w, passed) == [0, UNPLACED, UNPLACED, 0]
    assert passed.over.tolist() == []


@WITH_TWINS
@BOTH
def test_twins_with_room_for_both_sit_together_in_their_next_choice(name, last_seat):
    w = world(
        [[0], [0, 1], [0, 1]], [2, 2], order=[0, 1, 1], unit=[UNPLACED, 5, 5], cost=[[1], [1, 9], [1, 9]]
    )
    answer = w.play(MECHANISMS[name], last_seat=last_seat)
    expected = 0 if last_seat == "both_in" and name not in ("by_order", *LEAST_COST) else 1
    assert pools(w, answer) == [0, expected, expected]
