"""Ties between equally good flows: the lexicographic greatest by the order of groups, from every engine."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from seat_problems import city, optimum, parents_first, problem, problems
from test_priced_seats import changed, random_problem

from simulator.model import UNPLACED
from simulator.transport import solve, ties, unplaced_costs
from simulator.transport.lazy import ListedCandidates, solve_lazily
from simulator.transport.ties import settle_ties

ENGINES = ("ortools", "priced_seats")


def greatest(p):
    """The lexicographically greatest optimal flow and its unplaced, one linear programme per option.

    Knows no prices: the total cost is held at its least value, and what was found is held, option by option.
    The matrix stays that of a flow, so the greatest value of every option is a whole number.
    """
    arcs, options = len(p.pool), len(p.pool) + p.groups
    cost = np.concatenate((p.cost, p.unplaced_cost))
    group = np.concatenate((p.group, np.arange(p.groups)))
    inside = np.zeros((p.nodes, options))
    for arc, node in enumerate(p.pool):
        while node != UNPLACED:
            inside[node, arc] = 1
            node = p.parent[node]
    equal = np.vstack([group == g for g in range(p.groups)] + [cost]).astype(float)
    right = np.append(p.supply, optimum(p))
    low, high = np.zeros(options), p.supply[group].astype(float)
    for option in sorted(range(options), key=lambda o: (group[o], o >= arcs, cost[o], o)):
        if high[option] > 0:
            best = linprog(
                -(np.arange(options) == option).astype(float),
                A_ub=inside,
                b_ub=p.seats,
                A_eq=equal,
                b_eq=right,
                bounds=np.column_stack((low, high)),
            )
            assert best.status == 0
            assert abs(best.fun - round(best.fun)) < 1e-6
            low[option] = high[option] = -round(best.fun)
    return low[:arcs].astype(np.int64), low[arcs:].astype(np.int64)


@settings(max_examples=120, deadline=None)
@given(p=problems(largest=2))
def test_the_settled_flow_is_the_greatest_in_the_order_of_groups(p):
    flow, unplaced = greatest(p)
    for engine in ENGINES:
        answer = solve(p, engine, settle_ties=True)
        assert answer.certify().ties == "settled"
        assert answer.flow.tolist() == flow.tolist()
        assert answer.unplaced.tolist() == unplaced.tolist()


@settings(max_examples=150, deadline=None)
@given(p=problems(largest=3), seed=st.integers(0, 10**6))
def test_any_optimal_flow_ends_at_the_same(p, seed):
    """Noise far below one unit of cost begins with another of the equally good flows."""
    rng = np.random.default_rng(seed)
    scale = 100 * (int(p.supply.sum()) + 1)
    noisy = changed(
        p,
        cost=p.cost * scale + rng.integers(0, 100, len(p.cost)),
        unplaced_cost=p.unplaced_cost * scale + rng.integers(0, 100, p.groups),
    )
    answer, other = solve(p), solve(noisy, settle_ties=False)
    settled = settle_ties(p, answer.total_prices, other.flow, other.unplaced)
    assert settled.flow.tobytes() == answer.flow.tobytes()
    assert settled.unplaced.tobytes() == answer.unplaced.tobytes()
    again = settle_ties(p, answer.total_prices, answer.flow, answer.unplaced)
    assert again.flow.tobytes() == answer.flow.tobytes()


@settings(max_examples=80, deadline=None)
@given(p=problems(largest=2), seed=st.integers(0, 10**6))
def test_numbers_of_nodes_are_of_no_matter(p, seed):
    order = parents_first(p.parent.tolist(), seed)
    new = np.empty(p.nodes, dtype=np.int64)
    new[order] = np.arange(p.nodes)
    parent = p.parent[order]
    parent = np.where(parent == UNPLACED, UNPLACED, new[parent])
    other = solve(changed(p, seats=p.seats[order], parent=parent, pool=new[p.pool]))
    assert other.flow.tobytes() == solve(p).flow.tobytes()


def assert_same_flow(p):
    first, second = (solve(p, engine) for engine in ENGINES)
    assert first.certify().ties == second.certify().ties == "settled"
    assert first.flow.tobytes() == second.flow.tobytes()
    assert first.unplaced.tobytes() == second.unplaced.tobytes()
    return first


@pytest.mark.parametrize("round_to", [1, 50, 200, 50_000])
@pytest.mark.parametrize("slack", [1.05, 1.0, 0.9])
@pytest.mark.parametrize("group", [1, 10])
def test_engines_agree_on_cities(round_to, slack, group):
    assert_same_flow(city(children=4000, schools=30, slack=slack, round_to=round_to, group=group, seed=21))


def test_engines_agree_with_tiers_and_a_tree_of_roofs():
    p = city(children=4000, schools=30, group=4, slack=0.9, round_to=200, seed=22)
    roof = np.arange(30) % 5
    low = np.bincount(roof, p.seats).astype(np.int64) * 95 // 100
    seats = np.concatenate(([low.sum() * 98 // 100], low, p.seats))
    parent = np.concatenate(([UNPLACED], np.zeros(5, np.int64), roof + 1))
    unplaced = unplaced_costs(np.random.default_rng(22).integers(0, 4, p.groups), 4, int(p.cost.max()), 36)
    p = changed(p, seats=seats, parent=parent, pool=p.pool + 6, unplaced_cost=unplaced)
    assert assert_same_flow(p).unplaced.sum() > 0


@pytest.mark.slow
def test_engines_agree_on_two_thousand_random_problems():
    rng = np.random.default_rng(20_260_702)
    for _ in range(2000):
        assert_same_flow(random_problem(rng))


def two_equal_schools(better_first):
    """Two children, both 200 metres nearer to the first school: whoever has it, the total is the same."""
    near, far = {0: 300, 1: 500}, {0: 500, 1: 700}
    return problem([1, 1], [near, far] if better_first else [far, near], [9000, 9000], [1, 1])


@pytest.mark.parametrize("engine", ENGINES)
def test_who_draws_better_has_the_nearer_school(engine):
    for better_first in (True, False):
        answer = solve(two_equal_schools(better_first), engine)
        assert answer.objective == 1000
        assert answer.flow.tolist() == [1, 0, 0, 1]


def test_who_draws_better_is_placed_where_one_must_stay_unplaced():
    p = problem([2, 2], [{0: 100}, {0: 100}], [9000, 9000], [3])
    for engine in ENGINES:
        answer = solve(p, engine)
        assert answer.flow.tolist() == [2, 1]
        assert answer.unplaced.tolist() == [0, 1]


def test_of_equal_options_the_seat_comes_before_none_and_then_the_earlier_arc():
    p = problem([1], [{1: 5, 0: 5}], [5], [1, 1])
    assert solve(p).flow.tolist() == [1, 0]


def test_a_long_chain_of_moves_and_several_children_at_once():
    """All are better off one pool further on the ring, at equal cost, but for the last group, which stays."""
    pools = 40
    arcs = [{k: 1, (k + 1) % pools: 1} for k in range(pools)]
    p = problem([7] * pools, arcs, [99] * pools, [7] * pools)
    total = solve(p).total_prices
    shifted = np.tile([0, 7], pools)
    settled = settle_ties(p, total, shifted, np.zeros(pools, dtype=np.int64))
    assert settled.flow.tolist() == [7, 0] * pools


@settings(max_examples=60, deadline=None)
@given(p=problems(largest=2), first=st.integers(1, 3))
def test_candidates_on_demand_end_at_the_same_flow(p, first):
    """Every candidate that an optimal flow uses is in the last problem, at the same place in the order."""
    by_pool = np.lexsort((p.pool, p.group))
    p = changed(p, pool=p.pool[by_pool], cost=p.cost[by_pool])
    candidates = ListedCandidates(p.offsets, p.pool, p.cost)
    lazy = solve_lazily(p.supply, p.unplaced_cost, p.seats, p.parent, candidates, first=first, batch=1)
    assert lazy.over(p).tobytes() == solve(p).flow.tobytes()


def test_asking_for_it_and_not():
    p = city(children=4000, schools=30, group=1, round_to=200, seed=23)
    left = [solve(p, engine, settle_ties=False) for engine in ENGINES]
    made = [solve(p, engine, settle_ties=True) for engine in ENGINES]
    assert [answer.certify().ties for answer in left + made] == ["engine"] * 2 + ["settled"] * 2
    assert left[0].flow.tobytes() != left[1].flow.tobytes()  # or nothing here is put to the test
    assert left[0].objective == made[0].objective


def test_too_much_work_is_told_the_same_by_every_engine(monkeypatch):
    p = city(children=4000, schools=30, group=1, round_to=200, seed=23)
    monkeypatch.setattr(ties, "MOST_MOVES_PER_ARC", 0)
    found = ties.survey(p, solve(p).total_prices)
    assert 500 < found.moves < 4000
    for most, told in ((found.moves, "settled"), (found.moves - 1, "engine")):
        monkeypatch.setattr(ties, "MOST_MOVES", most)
        assert {solve(p, engine).ties for engine in ENGINES} == {told}
        assert solve(p, settle_ties=True).ties == "settled"
    monkeypatch.setattr(ties, "COUNTABLE", found.moves - 1)
    with pytest.raises(OverflowError, match="moves"):
        solve(p, settle_ties=True)


def test_a_county_whose_distances_say_nothing_is_settled():
    """A hundred villages with every school at the same cost."""
    rng = np.random.default_rng(24)
    schools = 60
    arcs = [dict.fromkeys(rng.permutation(schools).tolist(), 1000) for _ in range(100)]
    supply = rng.integers(1, 80, 100)
    seats = rng.multinomial(int(supply.sum()), np.ones(schools) / schools)
    p = problem(supply, arcs, [10**6] * 100, seats)
    answer = assert_same_flow(p)
    # Who comes first fills the first schools of the own list.
    first = answer.flow[: p.offsets[1]]
    assert (
        first.tolist() == np.diff(np.minimum(np.cumsum(np.append(0, seats[p.pool[:60]])), supply[0])).tolist()
    )
