"""The other two aims of a least-cost round: what they share with least total, and what each puts first."""

import numpy as np
import pytest
from hypothesis import given, settings
from round_worlds import pools, world, worlds

from simulator.mechanisms.least_greatest import least_greatest
from simulator.mechanisms.least_total import least_total
from simulator.mechanisms.least_total_by_tier import least_total_by_tier
from simulator.model import UNPLACED, Seats
from simulator.transport import split_price

AIMS = pytest.mark.parametrize("aim", [least_total_by_tier, least_greatest])


def by_tier(w, answer):
    """(children, metres) of each tier."""
    tiers = sorted(set(w.applications.tier.tolist()))
    seated = np.flatnonzero(answer.arc != UNPLACED)
    tier_of, cost = w.applications.tier[seated], w.applications.cost[answer.arc[seated]]
    return [(int(np.sum(tier_of == tier)), int(cost[tier_of == tier].sum())) for tier in tiers]


@AIMS
@settings(max_examples=60, deadline=None)
@given(w=worlds(twins=False, groups=True))
def test_as_many_of_every_tier_as_at_least_total(aim, w):
    answer, total = w.play(aim), w.play(least_total)
    assert [tier[0] for tier in by_tier(w, answer)] == [tier[0] for tier in by_tier(w, total)]
    assert answer.certificate["cost_of_placed"] >= total.certificate["cost_of_placed"]
    assert answer.certificate["cost_of_placed"] == sum(tier[1] for tier in by_tier(w, answer))


@settings(max_examples=60, deadline=None)
@given(w=worlds(twins=False, groups=True))
def test_by_tier_no_tier_walks_more_than_at_least_total_unless_a_higher_one_walks_less(w):
    answer, total = by_tier(w, w.play(least_total_by_tier)), by_tier(w, w.play(least_total))
    assert answer <= total
    assert not answer or answer[0][1] <= total[0][1]
    facts = w.play(least_total_by_tier).certificate
    assert facts["cost_by_tier"] == (", ".join(str(metres) for _, metres in answer) or "0")
    assert facts["steps_proved"] == max(1, len(answer))


@settings(max_examples=60, deadline=None)
@given(w=worlds(twins=False, groups=True))
def test_nobody_goes_farther_than_the_greatest_and_somebody_goes_so_far(w):
    answer, total = w.play(least_greatest), w.play(least_total)
    cost = w.applications.cost[answer.arc[answer.arc != UNPLACED]]
    farthest = w.applications.cost[total.arc[total.arc != UNPLACED]].max(initial=0)
    assert cost.max(initial=0) == answer.certificate["greatest_cost"] <= farthest


@settings(max_examples=30, deadline=None)
@given(w=worlds(twins=False, most=5))
def test_prices_by_tier_are_what_one_more_seat_all_the_way_up_would_save(w):
    answer = w.play(least_total_by_tier)
    children, metres = split_price(answer.prices, answer.certificate["unplaced_base"])
    for node in range(len(w.seats)):
        seats = w.seats.seats.copy()
        for above in w.path(node):
            seats[above] += 1
        more = Seats(w.seats.school, w.seats.stage, w.seats.kind, w.seats.parent, seats)
        better = least_total_by_tier(w.applications, more, w.draw).certificate
        assert answer.prices[node] == answer.certificate["objective"] - better["objective"]
        assert children[node] == better["placed"] - answer.certificate["placed"]
        assert metres[node] == answer.certificate["cost_of_placed"] - better["cost_of_placed"]


def test_the_first_tier_keeps_the_near_school():
    w = world([[0, 1], [0, 1]], [1, 1], order=[1, 0], tier=[0, 1], cost=[[10, 11], [10, 90]])
    assert pools(w, w.play(least_total)) == [1, 0]
    answer = w.play(least_total_by_tier)
    assert pools(w, answer) == [0, 1]
    assert answer.certificate["cost_by_tier"] == "10, 90"


def test_two_go_half_way_rather_than_one_the_whole():
    w = world([[0, 1], [1, 2]], [1, 1, 1], cost=[[1, 60], [60, 100]])
    assert pools(w, w.play(least_total)) == [0, 1]
    w = world([[0, 1], [0, 2]], [1, 1, 1], cost=[[1, 60], [60, 100]])
    assert pools(w, w.play(least_total)) == [0, 2]
    answer = w.play(least_greatest)
    assert pools(w, answer) == [1, 0]
    assert answer.certificate["greatest_cost"] == 60 and answer.certificate["unplaced_with_less"] == 1


@AIMS
def test_the_certificate_is_plain_facts(aim):
    facts = world([[0, 1]] * 4, [2, 3]).play(aim).certificate
    assert all(type(value) in (int, str, bool) for value in facts.values())
    assert facts["optimal"] is True and facts["placed"] == 4
