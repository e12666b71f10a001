"""Coordination at least total cost: the certified optimum, dealt by the draw, with twins brought together."""

import itertools
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import common_lists, loads, pools, room_for, world, worlds

from simulator import transport
from simulator.mechanisms import least_total as module
from simulator.mechanisms.least_cost import pose
from simulator.mechanisms.least_total import least_total
from simulator.model import UNPLACED, Applications, Seats
from simulator.transport import CertificateError, Flow, split_price


def best_by_trying_everything(w):
    """(children placed, of tier 0, of tier 1, minus metres), the greatest over all ways to sit (no twins)."""
    best = None
    for choice in itertools.product(*[[UNPLACED, *w.arcs(a)] for a in range(len(w.applications))]):
        load = np.zeros(len(w.seats), dtype=int)
        for arc in choice:
            if arc != UNPLACED:
                for node in w.path(w.applications.pool[arc]):
                    load[node] += 1
        if np.all(load <= w.seats.seats):
            value = worth(w, choice)
            best = value if best is None else max(best, value)
    return best


def worth(w, arcs):
    placed = [
        (int(w.applications.tier[a]), int(w.applications.cost[arc])) for a, arc in enumerate(arcs) if arc >= 0
    ]
    tiers = [tier for tier, _ in placed]
    return len(placed), tiers.count(0), tiers.count(1), -sum(metres for _, metres in placed)


@settings(max_examples=100, deadline=None)
@given(w=worlds(twins=False, most=5))
def test_children_then_tiers_then_metres(w):
    answer = w.play(least_total)
    assert worth(w, answer.arc) == best_by_trying_everything(w)
    assert answer.certificate["placed"] == np.sum(answer.arc != UNPLACED)
    assert answer.certificate["cost_of_placed"] == -worth(w, answer.arc)[3]


@settings(max_examples=60, deadline=None)
@given(w=worlds(twins=False, groups=True))
def test_groups_are_dealt_cheapest_school_first_by_the_draw(w):
    answer = w.play(least_total)
    label = np.stack((w.applications.alike, w.applications.tier), axis=1)
    for group in np.unique(label, axis=0):
        members = np.flatnonzero(np.all(label == group, axis=1))
        members = members[np.argsort(w.draw.order[members])]
        arcs = answer.arc[members]
        metres = [10**9 if arc == UNPLACED else int(w.applications.cost[arc]) for arc in arcs]
        assert metres == sorted(metres)


@settings(max_examples=60, deadline=None)
@given(w=worlds(twins=False, most=6))
def test_prices_are_what_one_more_seat_all_the_way_up_would_save(w):
    answer = w.play(least_total)
    children, metres = split_price(answer.prices, answer.certificate["unplaced_base"])
    for node in range(len(w.seats)):
        seats = w.seats.seats.copy()
        for above in w.path(node):
            seats[above] += 1
        more = Seats(w.seats.school, w.seats.stage, w.seats.kind, w.seats.parent, seats)
        better = least_total(w.applications, more, w.draw).certificate
        assert answer.prices[node] == answer.certificate["objective"] - better["objective"]
        assert children[node] == better["placed"] - answer.certificate["placed"]
        assert metres[node] == answer.certificate["cost_of_placed"] - better["cost_of_placed"]


def test_the_certificate_is_plain_facts():
    facts = world([[0, 1]] * 4, [2, 3]).play(least_total).certificate
    assert all(type(value) in (int, str, bool) for value in facts.values())
    assert (facts["engine"], facts["placed"], facts["unplaced"], facts["groups"]) == ("priced_seats", 4, 0, 1)
    assert facts["ties"] == "settled"


@pytest.mark.parametrize("settled", [True, False])
@settings(max_examples=60, deadline=None)
@given(data=st.data(), w=worlds(groups=True))
def test_prices_to_begin_with_change_nothing(settled, data, w):
    """Right, of another round, or absurd; and where ties are left to the engine it begins from nothing."""
    moves = 10**7 if settled else -1
    with patch.multiple("simulator.transport.ties", MOST_MOVES=moves, MOST_MOVES_PER_ARC=moves):
        alone = w.play(least_total)
        left = not settled and len(w.applications.pool) > 0
        assert alone.certificate["ties"] == ("engine" if left else "settled")
        absurd = data.draw(
            st.lists(st.integers(-(2**40), 2**40), min_size=len(w.seats), max_size=len(w.seats))
        )
        for near in (alone.prices, np.zeros(len(w.seats), dtype=np.int64), np.array(absurd, dtype=np.int64)):
            again = least_total(w.applications, w.seats, w.draw, near=near)
            assert np.array_equal(again.arc, alone.arc) and np.array_equal(again.over, alone.over)
            assert np.array_equal(again.prices, alone.prices)
            assert again.certificate == alone.certificate


def test_where_ties_are_left_to_the_engine_it_begins_from_nothing():
    """A begin elsewhere does end at another of the equally good flows, so the guard is needed."""
    rng, other_flows = np.random.default_rng(5), 0
    with patch.multiple("simulator.transport.ties", MOST_MOVES=-1, MOST_MOVES_PER_ARC=-1):
        for _ in range(20):
            costs = rng.integers(1, 4, (40, 5)).tolist()
            w = world([list(range(5))] * 40, [8] * 5, cost=costs)
            near = rng.integers(0, 5, len(w.seats))
            problem = pose(w.applications, w.seats, w.draw, last_seat="both_in").problem
            other_flows += not np.array_equal(
                transport.solve(problem).flow, transport.solve(problem, warm_start=near).flow
            )
            again = least_total(w.applications, w.seats, w.draw, near=near)
            assert np.array_equal(again.arc, w.play(least_total).arc)
    assert other_flows


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_where_the_total_is_the_same_the_better_number_has_the_nearer_school(order):
    # Both are 200 metres nearer to the first school, one of them farther from both.
    w = world([[0, 1], [0, 1]], [1, 1], cost=[[300, 500], [500, 700]], order=order)
    better = order.index(0)
    answer = w.play(least_total)
    assert answer.certificate["cost_of_placed"] == 1000
    assert pools(w, answer)[better] == 0 and pools(w, answer)[1 - better] == 1


def test_an_answer_that_is_not_optimal_stops_the_run(monkeypatch):
    def wasteful(problem, **options):
        answer = solve(problem, **options)
        object.__setattr__(answer, "objective", answer.objective + 1)
        return answer

    solve = module.solve
    monkeypatch.setattr(module, "solve", wasteful)
    with pytest.raises(CertificateError):
        world([[0]], [1]).play(least_total)


def test_applicants_labelled_alike_must_be():
    w = world([[0, 1], [0, 1], [0]], [2, 3], cost=[[5, 6], [5, 7], [5]])
    for alike in ([0, 0, 1], [0, 1, 0]):
        columns = vars(w.applications) | {"alike": np.array(alike, dtype=np.int32)}
        with pytest.raises(ValueError, match="identical"):
            least_total(Applications(**columns), w.seats, w.draw)


def test_twins_dealt_apart_change_places_at_no_cost_within_their_group():
    # Two nearer seats, two farther; the draw puts the twins second and third.
    w = world([[0, 1]] * 4, [2, 2], order=[0, 1, 1, 3], unit=[UNPLACED, 6, 6, UNPLACED])
    answer = w.play(least_total)
    facts = answer.certificate
    assert pools(w, answer) in ([0, 1, 1, 0], [1, 0, 0, 1])
    assert (facts["twins_dealt_apart"], facts["twin_extra_metres"], len(answer.over)) == (1, 0, 0)


def test_twins_come_together_by_the_fewest_metres_and_the_rest_is_reported():
    # The twins are dealt one near seat each at schools 0 and 1; a place is free at school 2, far for both;
    # the child at school 1 could go to school 0 for 40 metres more.
    w = world(
        [[0, 1, 2], [0, 1, 2], [1, 0]],
        [1, 2, 2],
        order=[0, 0, 2],
        unit=[6, 6, UNPLACED],
        cost=[[100, 110, 900], [100, 110, 900], [100, 140]],
    )
    answer = w.play(least_total)
    assert pools(w, answer) == [1, 1, 0]
    assert answer.certificate["twin_extra_metres"] == 10 + 40
    assert answer.certificate["twins_dealt_apart"] == 1


def test_optimal_is_said_by_the_proof_and_not_by_the_mechanism(monkeypatch):
    w = world([[0], [0]], [2], cost=[[10], [20]])
    assert w.play(least_total).certificate["optimal"] is True
    certify = Flow.certify
    monkeypatch.setattr(Flow, "certify", lambda flow: replace(certify(flow), bound=29))
    assert w.play(least_total).certificate["optimal"] is False


def test_under_next_the_seat_given_up_goes_to_the_next_child():
    w = world([[0], [0], [0]], [1], order=[0, 0, 2], unit=[3, 3, UNPLACED])
    passed = w.play(least_total, last_seat="next")
    assert pools(w, passed) == [UNPLACED, UNPLACED, 0]
    assert passed.certificate["placed_after_twins"] == 1


def test_under_next_others_make_way_so_that_the_seat_is_used():
    # The twins give up school 0; the child left over can only use school 1, whose child can go to school 0.
    w = world(
        [[0], [0], [1, 0], [1]],
        [1, 1],
        order=[0, 0, 2, 3],
        unit=[3, 3, UNPLACED, UNPLACED],
        cost=[[1], [1], [5, 50], [9]],
    )
    assert pools(w, w.play(least_total, last_seat="next")) == [UNPLACED, UNPLACED, 0, 1]


@settings(max_examples=100, deadline=None)
@given(w=worlds(groups=True))
def test_both_in_leaves_nobody_unplaced_for_the_twins(w):
    answer = w.play(least_total, last_seat="both_in")
    if all(same_lists(w, members) for members in w.units()):
        assert answer.certificate["placed_after_twins"] >= answer.certificate["placed"]


@pytest.mark.parametrize("last_seat", ["both_in", "next"])
@settings(max_examples=100, deadline=None)
@given(w=worlds(groups=True))
def test_no_single_child_is_left_beside_a_free_seat(last_seat, w):
    answer = w.play(least_total, last_seat=last_seat)
    load = loads(w, answer, without=answer.over.tolist())
    for members, arcs in common_lists(w):
        if answer.arc[members[0]] == UNPLACED and len(members) == 1:
            assert all(room_for(w, load, w.applications.pool[arc]) <= 0 for arc in arcs)


@settings(max_examples=100, deadline=None)
@given(w=worlds(groups=True))
def test_the_extra_metres_of_twins_are_the_difference_to_the_flow(w):
    answer = w.play(least_total)
    walked = -worth(w, answer.arc)[3]
    assert answer.certificate["twin_extra_metres"] == walked - answer.certificate["cost_of_placed"]
    if not answer.certificate["twins_dealt_apart"]:
        assert answer.certificate["twin_extra_metres"] == 0


def same_lists(w, members):
    lists = {tuple(w.applications.pool[list(w.arcs(m))]) for m in members}
    return len(lists) == 1 and len({int(w.applications.tier[m]) for m in members}) == 1


def test_children_alike_but_for_their_tier_are_two_groups():
    w = world([[0], [0], [0]], [1], order=[0, 1, 2], tier=[1, 0, 0])
    answer = w.play(least_total)
    assert pools(w, answer) == [UNPLACED, 0, UNPLACED]
    assert (answer.certificate["groups"], answer.certificate["tiers"]) == (2, 2)


def test_a_twin_who_leaves_makes_the_room_above_that_it_needs():
    # Roof of two over leaves of one and two seats: one twin each is cheapest, both fit in the second.
    w = world(
        [[1, 2], [1, 2]], [2, 1, 2], [UNPLACED, 0, 0], order=[0, 0], unit=[3, 3], cost=[[10, 12], [10, 12]]
    )
    answer = w.play(least_total)
    assert pools(w, answer) == [2, 2] and not len(answer.over)
    assert answer.certificate["twin_extra_metres"] == 2


def test_a_child_who_changed_places_for_one_pair_is_not_asked_again_where_it_was():
    # One pair has a seat at schools 0 and 1, the other at 0 and 2; the child at 0 can change places once.
    w = world(
        [[0, 1], [0, 1], [0, 2], [0, 2], [0, 1, 2]],
        [3, 1, 1],
        order=[0, 0, 2, 2, 4],
        unit=[3, 3, 4, 4, UNPLACED],
        cost=[[10, 20], [10, 20], [10, 20], [10, 20], [10, 500, 500]],
    )
    answer = w.play(least_total)
    assert pools(w, answer) == [0, 0, 0, 0, 1]
    assert answer.over.tolist() == [3]


def test_the_seat_a_twin_gives_up_is_not_given_twice_under_one_roof():
    """One stage with three seats in two pools: the twins' own seat went to the second twin already."""
    costs = [[466, 50466], [789, 50789], [440, 50440], [789, 50789], [789, 50789], [466, 50466], [440, 50000]]
    w = world(
        [[2, 1]] * 7,
        [3, 3, 2],
        [UNPLACED, 0, 0],
        order=[5, 6, 0, 1, 4, 1, 3],
        cost=costs,
        unit=[UNPLACED, UNPLACED, UNPLACED, 3, UNPLACED, 3, UNPLACED],
    )
    for last_seat in ("both_in", "next"):
        answer = w.play(least_total, last_seat=last_seat)
        seated = [a for a in np.flatnonzero(answer.arc != UNPLACED) if a not in answer.over]
        assert len(seated) == 3


def test_a_seat_one_twin_gives_up_is_not_given_away_twice():
    # Roof of two. One twin is unplaced, the other at pool 1, a child at pool 2. If the first takes pool 2
    # on the room the second leaves, the child cannot have the seat at pool 1 as well.
    w = world(
        [[1, 2], [1, 2], [2, 1]],
        [2, 1, 3],
        [UNPLACED, 0, 0],
        order=[0, 0, 2],
        unit=[3, 3, UNPLACED],
        cost=[[50, 50], [1, 9], [5, 7]],
    )
    answer = w.play(least_total)
    assert pools(w, answer) == [1, 1, 2]
    # At one place in the draw twins stand in the order of what they bring, here of their costs, not of rows.
    assert answer.over.tolist() == [0]


@settings(max_examples=60, deadline=None)
@given(w=worlds(twins=False, groups=True))
def test_grouping_changes_neither_the_objective_nor_the_prices(w):
    grouped = w.play(least_total)
    apart = replace(w.applications, alike=np.arange(len(w.applications), dtype=np.int32))
    single = least_total(apart, w.seats, w.draw)
    assert single.certificate["groups"] == len(w.applications) >= grouped.certificate["groups"]
    assert single.certificate["objective"] == grouped.certificate["objective"]
    assert np.array_equal(single.prices, grouped.prices)
    assert grouped.certificate["candidates"] == "all"
