"""The table of features: every property it claims is tested, and what it does not hold is refused by name."""

import itertools

import numpy as np
import pytest
from claims import check, dominating, profitable_lies, stable, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_mechanisms import reserved
from round_worlds import loads, pools, world, worlds
from small_markets import Small, markets

from simulator.mechanisms import MECHANISMS
from simulator.model import MECHANISM_FEATURES, UNPLACED, UnsupportedFeature
from simulator.model.features import FEATURES, PROPERTIES

CLAIMS = [
    (mechanism, feature, claim)
    for mechanism, row in MECHANISM_FEATURES.items()
    for feature, support in row.items()
    for claim in support.properties
]
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@st.composite
def with_reserves(draw, **kind):
    m = draw(markets(**kind))
    m.reserves = tuple(draw(st.integers(0, n)) for n in m.seats)
    m.favoured = frozenset(i for i in range(len(m.lists)) if draw(st.booleans()))
    return m


@st.composite
def with_floors(draw, **kind):
    m = draw(markets(full=True, **kind))
    m.floors = tuple(draw(st.integers(0, n)) for n in m.seats)
    return m


def rounds(feature, claim):
    """Rounds with the feature, small enough for an exhaustive search."""
    most, schools = {"strategy_proof": (4, 3), "efficient": (5, 3)}.get(claim, (7, 4))
    kind = {"children": most, "schools": schools, "full": claim == "strategy_proof"}
    found = {
        "alone": markets(**kind),
        "own_draws": markets(ties=10**6, **kind),
        "reserves": with_reserves(**kind),
        "floors": with_floors(children=most, schools=schools),
    }
    if feature in found:
        return found[feature].map(Small.round)
    full = claim == "strategy_proof"
    return worlds(twins=feature == "twins", most=most, full=full, tiers=feature != "own_draws")


@pytest.mark.parametrize(("name", "feature", "claim"), CLAIMS)
def test_what_the_table_claims_is_true(name, feature, claim):
    @FEW
    @given(w=rounds(feature, claim))
    def holds(w):
        check(claim, name, w)

    holds()


@settings(max_examples=150, deadline=None)
@given(m=with_reserves())
def test_reserves_equal_their_definition_and_leave_no_seat_empty(m):
    got = m.play("deferred_acceptance")
    assert got == reserved(m.lists, m.room, m.rank, m.reserves, m.favoured)
    for child, school in enumerate(got):
        better = m.lists[child] if school is None else m.lists[child][: m.lists[child].index(school)]
        assert all(got.count(s) == m.seats[s] for s in better)


def test_a_reserve_helps_the_best_favoured_and_falls_to_others_where_there_are_none():
    one = Small([[0], [0], [0]], [2], [0, 1, 2], [[0]] * 3, reserves=(1,), favoured=frozenset({2}))
    assert one.play("priority") == [0, None, 0]
    one.favoured = frozenset()
    assert one.play("priority") == [0, 0, None]


def test_beside_the_reserve_favoured_children_rank_as_all_do():
    one = Small([[0], [0], [0]], [2], [0, 1, 2], [[0]] * 3, reserves=(1,), favoured=frozenset({1, 2}))
    assert one.play("priority") == [0, 0, None]


def test_a_reserve_or_a_floor_above_the_seats_is_all_of_them():
    lists, favoured = [[0, 1], [0, 1], [0, 1]], frozenset({2})
    one = Small(lists, [1, 9], [0, 1, 2], [[0, 0]] * 3, reserves=(5, 0), favoured=favoured)
    assert one.play("priority") == [1, 1, 0]
    none = Small(lists, [0, 9], [0, 1, 2], [[0, 0]] * 3, reserves=(5, 0), favoured=favoured)
    assert none.play("priority") == [1, 1, 1]
    floor = Small(lists, [1, 9], [0, 1, 2], [[0, 0]] * 3, floors=(5, 0))
    assert floor.play("priority") == [0, 1, 1]


@settings(max_examples=150, deadline=None)
@given(m=with_floors())
def test_floors_are_met_where_lists_are_full_and_children_and_seats_suffice(m):
    got = m.play("deferred_acceptance")
    assert all(got.count(s) <= n for s, n in enumerate(m.seats))
    if sum(m.floors) <= len(m.lists) <= sum(m.seats):
        assert all(got.count(s) >= floor for s, floor in enumerate(m.floors))
        assert None not in got


@settings(max_examples=100, deadline=None)
@given(m=markets(children=6))
def test_rural_hospitals(m):
    """Children placed, and the children of a school with a seat left, are the same in all stable seatings."""
    w = m.round()
    answer = w.play(MECHANISMS["deferred_acceptance"])
    got = pools(w, answer)
    for other in itertools.product(*[list(values(w, child)) for child in range(len(got))]):
        if any(other.count(s) > n for s, n in enumerate(m.seats)):
            continue
        if _blocked(m, other):
            continue
        assert [p == UNPLACED for p in other] == [p == UNPLACED for p in got]
        for school, seats in enumerate(m.seats):
            if got.count(school) < seats:
                assert [p == school for p in other] == [p == school for p in got]
        for child in range(len(got)):  # and nobody is better off in any of them
            assert values(w, child)[got[child]] <= values(w, child)[other[child]]


def _blocked(m, seating):
    for child, row in enumerate(m.lists):
        for school in itertools.takewhile(lambda s, got=seating[child]: s != got, row):
            here = [i for i, s in enumerate(seating) if s == school]
            if len(here) < m.seats[school] or any(m.rank(child, school) < m.rank(i, school) for i in here):
                return True
    return False


def test_trading_with_short_lists_one_more_school_may_pay():
    """Child 0 has priority at school 1, which it would not take, and no chance at school 0 without it."""
    m = Small([[0], [1]], [1, 1], [1, 0], [[1, 0], [0, 1]])
    m.lists = [[0], [1, 0]]
    assert m.play("top_trading_cycles") == [0, 1]  # child 1 does not need to trade
    rival = Small([[0], [1, 0], [0]], [1, 1], [2, 1, 0], [[1, 0], [0, 1], [1, 1]])
    assert rival.play("top_trading_cycles") == [None, 1, 0]
    assert rival.telling(0, [0, 1]).play("top_trading_cycles")[0] == 0


REFUSED = {
    "twins": lambda: world([[0], [0]], [2], order=[0, 0], unit=[1, 1]),
    "reserves": lambda: Small([[0]], [1], [0], [[0]], reserves=(1,)).round(),
    "floors": lambda: Small([[0]], [1], [0], [[0]], floors=(1,)).round(),
}


@pytest.mark.parametrize("name", MECHANISMS)
@pytest.mark.parametrize("feature", REFUSED)
def test_what_the_table_does_not_hold_is_refused_by_name(name, feature):
    w = REFUSED[feature]()
    if feature in MECHANISM_FEATURES[name]:
        w.play(MECHANISMS[name])
        return
    with pytest.raises(UnsupportedFeature, match=feature) as caught:
        w.play(MECHANISMS[name])
    assert caught.value.features == (feature,)


def test_every_mechanism_has_a_row_and_rows_know_their_words():
    assert set(MECHANISM_FEATURES) >= set(MECHANISMS)
    for row in MECHANISM_FEATURES.values():
        assert set(row) <= set(FEATURES) and "alone" in row
        assert all(set(support.properties) <= set(PROPERTIES) for support in row.values())


def test_the_searches_can_fail():
    m = Small([[0, 2, 1], [1, 0, 2], [0, 1, 2]], [1, 1, 1], [0, 1, 2], [[0, 1, 1], [1, 1, 1], [1, 0, 1]])
    assert list(profitable_lies(m.round(), MECHANISMS["immediate_acceptance"]))
    swap = Small([[0, 1], [1, 0]], [1, 1], [0, 1], [[1, 0], [0, 1]]).round()
    answer = swap.play(MECHANISMS["deferred_acceptance"])
    assert dominating(swap, [1, 0]) == (0, 1) and np.all(loads(swap, answer) == 1)
    with pytest.raises(AssertionError):
        stable(swap, type(answer)(np.array([UNPLACED, UNPLACED])))
