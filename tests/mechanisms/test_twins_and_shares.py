"""Twins dealt apart under share rules: the place with room that leaves the fewest children short."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from round_worlds import world

from simulator.mechanisms.share_counts import ShareCounts
from simulator.mechanisms.together import keep_together
from simulator.model import UNPLACED, ShareDemand

POOLS = 3


@st.composite
def rounds_of_twins(draw):
    """Twins (0 and 1) at different schools, children alone around them, all seated, up to two rules."""
    count = draw(st.integers(2, 7))
    at = [0, 1] + [draw(st.integers(0, POOLS - 1)) for _ in range(count - 2)]
    seats = [at.count(pool) + draw(st.integers(0, 2)) for pool in range(POOLS)]
    cost = [[draw(st.integers(0, 9)) for _ in range(POOLS)] for _ in range(count)]
    w = world(
        [list(range(POOLS))] * count,
        seats,
        order=[0, 0, *range(2, count)],
        cost=cost,
        unit=[0, 0] + [UNPLACED] * (count - 2),
    )
    yes = st.booleans()
    demands = tuple(
        ShareDemand(
            name=f"rule {r}",
            ruled=np.array([draw(yes) for _ in range(count)]),
            counts=np.array([draw(yes) for _ in range(POOLS)]),
            at_least=draw(st.integers(1, 4)),
        )
        for r in range(draw(st.integers(0, 2)))
    )
    return replace(w, applications=replace(w.applications, shares=demands)), at


def short(w, at):
    return ShareCounts.of(w.applications.shares, np.array(at)).short


def metres(w, at):
    return sum(int(w.applications.cost[a * POOLS + pool]) for a, pool in enumerate(at))


def after_one_comes(w, at):
    """Every seating in which one twin has come to the other: to a free seat, or changing places."""
    for comer, to in ((0, at[1]), (1, at[0])):
        came = [to if a == comer else pool for a, pool in enumerate(at)]
        if at.count(to) < w.seats.seats[to]:
            yield came
        for partner in range(2, len(at)):
            if at[partner] == to:
                yield [at[comer] if a == partner else pool for a, pool in enumerate(came)]


@settings(max_examples=300, deadline=None)
@given(given_round=rounds_of_twins())
def test_fewest_short_of_the_shares_then_fewest_metres(given_round):
    w, at = given_round
    arc = np.array([a * POOLS + pool for a, pool in enumerate(at)])
    joined = keep_together(w.applications, w.seats, w.draw, arc, last_seat="both_in")
    got = w.applications.pool[joined.arc].tolist()
    ways = [(short(w, way), metres(w, way)) for way in after_one_comes(w, at)]
    if not len(joined.over):
        assert got[0] == got[1]
        assert all(got.count(pool) <= w.seats.seats[pool] for pool in range(POOLS))
        assert not ways or (short(w, got), metres(w, got)) <= min(ways)
    else:
        assert not ways
    assert joined.extra_metres == metres(w, got) - metres(w, at)


@settings(max_examples=100, deadline=None)
@given(given_round=rounds_of_twins(), moves=st.lists(st.tuples(st.integers(0, 6), st.integers(-1, 2))))
def test_counts_follow_every_move(given_round, moves):
    w, at = given_round
    counts = ShareCounts.of(w.applications.shares, np.array(at))
    for applicant, pool in moves:
        if applicant < len(at):
            left, at[applicant] = at[applicant], pool
            alone = counts.short_after(np.array([applicant]), left, pool)
            counts = counts.after(applicant, left, pool)
            assert alone.tolist() == [counts.short]
    assert counts == ShareCounts.of(w.applications.shares, np.array(at))
