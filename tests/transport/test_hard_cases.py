"""What makes the problem hard, at the size of a small city: exact all the same, by every engine."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import city, parents_first, problem, problems, renamed, with_one_more_seat

from simulator.model import UNPLACED
from simulator.transport import ENGINES, Problem, solve, unplaced_base

ENGINE = pytest.mark.parametrize("engine", ENGINES)


def changed(p, **columns):
    names = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")
    return Problem(**({name: getattr(p, name) for name in names} | columns))


def first_candidates(p, degree):
    """The problem with only the ``degree`` (groups,) first arcs of every group."""
    kept = np.arange(len(p.pool)) - p.offsets[p.group] < degree[p.group]
    offsets = np.concatenate(([0], np.cumsum(np.minimum(degree, np.diff(p.offsets)))))
    return changed(p, offsets=offsets, pool=p.pool[kept], cost=p.cost[kept])


def half_in_one(p):
    """School 0 has as many seats as all others together."""
    seats = p.seats.copy()
    seats[0] = seats[1:].sum()
    return changed(p, seats=seats)


def without_seats(p):
    """Every third school has none."""
    return changed(p, seats=np.where(np.arange(p.nodes) % 3 == 0, 0, p.seats * 3 // 2))


def a_region_unplaced(p):
    """A third of the schools have a tenth of their seats, and nobody near them another candidate."""
    few = np.arange(p.nodes) < p.nodes // 3
    degree = np.where(few[p.pool[p.offsets[:-1]]], 2, 20)
    return first_candidates(changed(p, seats=np.where(few, p.seats // 10, p.seats)), degree)


def nobody_wants(p):
    """Five schools stand in nobody's list, two of them without seats."""
    seats = np.concatenate((p.seats, [40, 0, 1, 0, 500]))
    return changed(p, seats=seats, parent=np.full(len(seats), UNPLACED))


def one_candidate_or_none(p):
    """A third of the groups has one school to go to, a third has none, seats for half of the rest."""
    thirds = np.random.default_rng(1).integers(0, 3, p.groups)
    return first_candidates(changed(p, seats=p.seats // 2), np.choose(thirds, [0, 1, 20]))


def of_one_to_ten_thousand(p):
    """Supplies spread evenly over the orders of magnitude, seats for 97 % of the children."""
    rng = np.random.default_rng(2)
    supply = np.rint(10.0 ** rng.uniform(0, 4, p.groups)).astype(np.int64)
    supply[:2] = 1, 10_000
    return changed(
        p, supply=supply, seats=rng.multinomial(int(supply.sum() * 0.97), np.ones(p.nodes) / p.nodes)
    )


def near_the_guard(p):
    """Every cost times the largest number that ``Problem`` lets through."""
    units = int(p.supply.sum()) + 2 * (p.groups + p.nodes) + 4
    scale = (2**62 - 1) // (int(p.unplaced_cost.max()) * units)
    assert scale > 1_000
    return changed(p, cost=p.cost * scale, unplaced_cost=p.unplaced_cost * scale)


def small_city(**settings_):
    return city(**({"children": 1_500, "schools": 24, "group": 3, "seed": 31} | settings_))


HARD = {
    "seats short": small_city(slack=0.97),
    "exactly enough": small_city(slack=1.00),
    "rounded to 50 m": small_city(round_to=50, slack=1.00),
    "rounded to 200 m": small_city(round_to=200, slack=0.97),
    "a region unplaced": a_region_unplaced(small_city(slack=1.1)),
    "half the seats in one school": half_in_one(small_city(slack=0.55)),
    "schools without seats": without_seats(small_city()),
    "schools nobody wants": nobody_wants(small_city(slack=1.00)),
    "one candidate or none": one_candidate_or_none(small_city()),
    "supplies of 1 to 10,000": of_one_to_ten_thousand(small_city()),
    "costs near the guard": near_the_guard(small_city(slack=0.97)),
}


def test_the_cases_are_what_they_say():
    short = {name: solve(p, "ortools").unplaced for name, p in HARD.items()}
    assert not short["exactly enough"].sum() and short["seats short"].sum()
    region, guard = HARD["a region unplaced"], HARD["costs near the guard"]
    near_home = region.pool[region.offsets[:-1]] < region.nodes // 3
    assert short["a region unplaced"][near_home].sum() > region.supply[near_home].sum() / 2
    assert (
        2 * HARD["half the seats in one school"].seats[0] == HARD["half the seats in one school"].seats.sum()
    )
    assert set(np.diff(HARD["one candidate or none"].offsets)) == {0, 1, 10}
    assert {1, 10_000} <= set(HARD["supplies of 1 to 10,000"].supply.tolist())
    with pytest.raises(OverflowError):
        changed(guard, unplaced_cost=guard.unplaced_cost + guard.unplaced_cost // 500)


@pytest.mark.parametrize("name", HARD)
def test_engines_agree_and_are_certified(name):
    answers = [solve(HARD[name], engine) for engine in ENGINES]
    assert {answer.certify().objective for answer in answers} == {answers[0].objective}
    assert len({answer.total_prices.tobytes() for answer in answers}) == 1


@ENGINE
@pytest.mark.parametrize("name", HARD)
def test_one_more_seat_saves_its_price(name, engine):
    """Two full solves; of all schools the dearest, a cheap one and, where there is one, a free one."""
    p = HARD[name]
    answer = solve(p, engine)
    by_price = np.argsort(answer.total_prices, kind="stable")
    for node in {int(by_price[0]), int(by_price[p.nodes // 3]), int(by_price[-1])}:
        assert (
            answer.total_prices[node]
            == answer.objective - solve(with_one_more_seat(p, node), engine).objective
        )


@ENGINE
@pytest.mark.parametrize("name", HARD)
def test_order_is_of_no_matter(name, engine):
    """Groups, arcs within them and schools in another order: the same prices, the same total."""
    p = HARD[name]
    nodes = parents_first(p.parent.tolist(), seed=5)
    other, _ = renamed(p, np.random.default_rng(5).permutation(p.groups), nodes, 5)
    answer, again = solve(p, engine), solve(other, engine)
    assert again.certify().objective == answer.objective
    assert np.array_equal(again.total_prices, answer.total_prices[nodes])


@ENGINE
@settings(max_examples=60, deadline=None)
@given(p=problems())
def test_every_price_is_the_saving_of_one_more_seat(engine, p):
    answer = solve(p, engine)
    for node in range(p.nodes):
        assert (
            answer.total_prices[node]
            == answer.objective - solve(with_one_more_seat(p, node), engine).objective
        )


@ENGINE
@settings(max_examples=40, deadline=None)
@given(
    supply=st.lists(st.sampled_from([1, 2, 99, 10_000]), min_size=1, max_size=6),
    seats=st.lists(st.sampled_from([0, 1, 5_000, 20_000]), min_size=1, max_size=4),
    data=st.data(),
)
def test_lone_candidates_and_very_unequal_groups(engine, supply, seats, data):
    """Where everybody has one candidate at most, each school takes its cheapest children: known by hand."""
    school = [data.draw(st.integers(UNPLACED, len(seats) - 1)) for _ in supply]
    cost = [data.draw(st.integers(0, 50)) for _ in supply]
    arcs = [{s: c} if s != UNPLACED else {} for s, c in zip(school, cost, strict=True)]
    base = unplaced_base(50, len(seats))
    expected = 0
    left = list(seats)
    for metres, at, children in sorted(zip(cost, school, supply, strict=True)):
        placed = 0 if at == UNPLACED else min(children, left[at])
        if placed:
            left[at] -= placed
        expected += metres * placed + base * (children - placed)
    answer = solve(problem(supply, arcs, [base] * len(supply), seats), engine)
    assert answer.certify().objective == expected
