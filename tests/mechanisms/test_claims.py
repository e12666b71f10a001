"""The table of features: every property it claims is tested, and what it does not hold is refused by name."""

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_mechanisms import reserved, reserved_choice
from round_worlds import (
    best_priority,
    choose_one_by_one,
    common_lists,
    greatest_flow,
    loads,
    pools,
    world,
    worlds,
)
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


def values(w, child):
    """Every leaf to its place in a child's list; nowhere comes last."""
    listed = [int(w.applications.pool[a]) for a in w.arcs(child)]
    return {pool: place for place, pool in enumerate([*listed, UNPLACED])}


def retold(w, child, told):
    """The round with the arcs ``told`` as the list of one child."""
    given_ = w.applications
    arcs = [list(told) if a == child else list(w.arcs(a)) for a in range(len(given_))]
    lie = world(
        [[int(given_.pool[a]) for a in row] for row in arcs],
        w.seats.seats.tolist(),
        w.seats.parent.tolist(),
        order=w.draw.order.tolist(),
        priority=[[int(given_.priority[a]) for a in row] for row in arcs],
        cost=[[int(given_.cost[a]) for a in row] for row in arcs],
    )
    lie.seats = w.seats
    object.__setattr__(lie.applications, "favoured", given_.favoured)
    return lie.banded(given_.bands)


def profitable_lies(w, mechanism):
    """Every (child, list) that serves the child better than its true list, searched exhaustively."""
    honest = pools(w, w.play(mechanism))
    for child in range(len(w.applications)):
        value, arcs = values(w, child), list(w.arcs(child))
        for length in range(len(arcs) + 1):
            for told in itertools.permutations(arcs, length):
                lie = retold(w, child, told)
                if value[pools(lie, lie.play(mechanism))[child]] < value[honest[child]]:
                    yield child, told


def dominating(w, got):
    """A seating that serves somebody better and nobody worse, searched exhaustively, or None."""
    values_ = [values(w, child) for child in range(len(got))]
    better = [
        [pool for pool in value if value[pool] <= value[got[child]]] for child, value in enumerate(values_)
    ]
    for trial in itertools.product(*better):
        load = np.zeros(len(w.seats), dtype=int)
        for pool in trial:
            for node in w.path(pool):
                load[node] += 1
        if list(trial) != got and np.all(load <= w.seats.seats):
            return trial
    return None


def stable(w, answer):
    """For every choice before the one it got: the school, asked to choose again among those it has and this
    child, would not take it."""
    parties = common_lists(w)
    seated = {p: answer.arc[members[0]] for p, (members, _) in enumerate(parties)}
    for party, (members, arcs) in enumerate(parties):
        for arc in itertools.takewhile(lambda a, got=seated[party]: a != got, arcs):
            held = [(p, a) for p, a in seated.items() if a != UNPLACED and p != party]
            asked = [*held, (party, arc)]
            candidates = [(_rank(w, a, p), p, a, len(parties[p][0])) for p, a in asked]
            assert party not in choose_one_by_one(w, candidates), (members, arc)


def _rank(w, arc, party):
    return best_priority(w, arc), party


def check(claim, feature, name, w):
    mechanism = MECHANISMS[name]
    answer = w.play(mechanism)
    if claim == "most_placed":
        assert np.sum(answer.arc != UNPLACED) == greatest_flow(w)
    elif claim == "efficient":
        assert dominating(w, pools(w, answer)) is None
    elif claim == "strategy_proof":
        assert not list(profitable_lies(w, mechanism))
    elif feature == "reserves":
        no_blocking_pair_under_reserves(w, pools(w, answer))
    else:
        stable(w, answer)


def no_blocking_pair_under_reserves(w, got):
    favoured = set(np.flatnonzero(w.applications.favoured).tolist())
    rank = {
        (a, int(w.applications.pool[arc])): (int(w.applications.priority[arc]), w.order(a))
        for a in range(len(got))
        for arc in w.arcs(a)
    }
    for child in range(len(got)):
        value = values(w, child)
        for school in [s for s in value if value[s] < value[got[child]]]:
            asked = [i for i, s in enumerate(got) if s == school] + [child]
            seats, reserve = int(w.seats.seats[school]), int(w.seats.reserves[school])
            chosen = reserved_choice(asked, school, lambda i, s: rank[i, s], seats, reserve, favoured)
            assert child not in chosen


@pytest.mark.parametrize(("name", "feature", "claim"), CLAIMS)
def test_what_the_table_claims_is_true(name, feature, claim):
    @FEW
    @given(w=rounds(feature, claim))
    def holds(w):
        check(claim, feature, name, w)

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


@pytest.mark.parametrize("name", ["immediate_acceptance", "parallel"])
def test_where_acceptance_is_final_a_false_list_may_pay(name):
    """Child 2 wants 0, then 1. Truly told it loses both; naming the school it is sure of first it is in."""
    m = Small([[0, 2, 1], [1, 0, 2], [0, 1, 2]], [1, 1, 1], [0, 1, 2], [[0, 1, 1], [1, 1, 1], [1, 0, 1]])
    m.bands = (1, 2) if name == "parallel" else ()
    assert m.play(name)[2] == 2
    assert m.telling(2, [1, 0, 2]).play(name)[2] == 1


def test_trading_with_short_lists_one_more_school_may_pay():
    """Child 0 has priority at school 1, which it would not take, and no chance at school 0 without it."""
    m = Small([[0], [1]], [1, 1], [1, 0], [[1, 0], [0, 1]])
    m.lists = [[0], [1, 0]]
    assert m.play("top_trading_cycles") == [0, 1]  # child 1 does not need to trade
    rival = Small([[0], [1, 0], [0]], [1, 1], [2, 1, 0], [[1, 0], [0, 1], [1, 1]])
    assert rival.play("top_trading_cycles") == [None, 1, 0]
    assert rival.telling(0, [0, 1]).play("top_trading_cycles")[0] == 0


def test_deferred_acceptance_with_twins_a_false_list_may_pay():
    """Where twins begin on the last seat both are in, and a child may gain by crowding them elsewhere."""
    found = None
    rng = np.random.default_rng(3)
    for _ in range(4_000):
        lists = [rng.permutation(3)[: rng.integers(1, 4)].tolist() for _ in range(5)]
        lists[1] = lists[0]
        order = rng.permutation(5).tolist()
        order[1] = order[0] = min(order[0], order[1])
        priority = rng.integers(0, 5, (5, 3))
        priority[1] = priority[0]
        ranks = [[int(priority[i, s]) for s in row] for i, row in enumerate(lists)]
        seats, unit = rng.integers(1, 3, 3).tolist(), [7, 7, -1, -1, -1]
        w = world(lists, seats, order=order, priority=ranks, unit=unit)
        honest = pools(w, w.play(MECHANISMS["deferred_acceptance"]))
        for child in (2, 3, 4):
            value = values(w, child)
            for told in itertools.permutations(lists[child]):
                rows = [list(told) if i == child else row for i, row in enumerate(lists)]
                marks = [[int(priority[i, s]) for s in row] for i, row in enumerate(rows)]
                lie = world(rows, seats, order=order, priority=marks, unit=unit)
                if (
                    value[pools(lie, lie.play(MECHANISMS["deferred_acceptance"]))[child]]
                    < value[honest[child]]
                ):
                    found = (w, child, told)
        if found:
            break
    assert found


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


def test_features_that_do_not_go_together_are_refused():
    w = world([[0], [0]], [2], order=[0, 0], unit=[1, 1])
    w.seats = Small([[0]], [2], [0], [[0]], reserves=(1,)).round().seats
    with pytest.raises(UnsupportedFeature, match="twins with reserves"):
        w.play(MECHANISMS["priority"])
    roof = world([[1], [2]], [1, 1, 1], [-1, 0, 0])
    object.__setattr__(roof.seats, "floors", np.array([0, 1, 0]))
    with pytest.raises(UnsupportedFeature, match="shared_room with floors"):
        roof.play(MECHANISMS["priority"])


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
