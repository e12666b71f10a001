"""The core: every answer is the optimum, certified, and prices are exactly the saving of one more seat."""

import sys
from subprocess import run

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seat_problems import (
    city,
    leaves,
    optimum,
    parents_first,
    problem,
    problems,
    renamed,
    with_one_more_seat,
)

from simulator.model import UNPLACED
from simulator.transport import ENGINES, Problem, solve
from simulator.transport.prices import minimal_total_prices


@settings(max_examples=150, deadline=None)
@given(p=problems())
def test_total_cost_equals_linear_programming(p):
    answer = solve(p)
    assert answer.certify().objective == answer.objective == optimum(p)


@settings(max_examples=100, deadline=None)
@given(p=problems())
def test_total_price_is_the_saving_of_one_more_seat_all_the_way_up(p):
    """At leaves and inner nodes alike. By weak duality no optimal price is below that saving, so these
    prices are the least ones, node by node."""
    answer = solve(p)
    answer.certify()
    for node in range(p.nodes):
        assert answer.total_prices[node] == answer.objective - optimum(with_one_more_seat(p, node))


@settings(max_examples=60, deadline=None)
@given(p=problems(largest=4), seed=st.integers(0, 10**6))
def test_prices_do_not_depend_on_which_optimal_flow_was_found(p, seed):
    """Noise far below one unit of cost makes the engine choose another of the equally good flows."""
    rng = np.random.default_rng(seed)
    scale = 100 * (int(p.supply.sum()) + 1)
    noisy = Problem(
        p.supply,
        p.offsets,
        p.pool,
        p.cost * scale + rng.integers(0, 100, len(p.cost)),
        p.unplaced_cost * scale + rng.integers(0, 100, p.groups),
        p.seats,
        p.parent,
    )
    answer, other = solve(p), solve(noisy)
    cost = int((other.flow * p.cost).sum() + (other.unplaced * p.unplaced_cost).sum())
    assert cost == answer.objective
    assert np.array_equal(minimal_total_prices(p, other.flow, other.unplaced), answer.total_prices)


@settings(max_examples=60, deadline=None)
@given(p=problems(), seed=st.integers(0, 10**6))
def test_order_of_groups_arcs_and_nodes_is_of_no_matter(p, seed):
    groups = np.random.default_rng(seed).permutation(p.groups)
    nodes = parents_first(p.parent.tolist(), seed)
    other, _ = renamed(p, groups, nodes, seed)
    first, second = solve(p), solve(other)
    second.certify()
    assert second.objective == first.objective
    assert np.array_equal(second.total_prices, first.total_prices[nodes])
    assert np.array_equal(second.prices, first.prices[nodes])


@pytest.mark.parametrize("round_to", [1, 200])
@pytest.mark.parametrize("slack", [1.2, 1.0, 0.95])
def test_a_city_is_certified_and_its_dearest_seats_are_worth_their_price(slack, round_to):
    p = city(slack=slack, round_to=round_to)
    answer = solve(p)
    answer.certify()
    assert answer.unplaced.sum() == max(0, int(p.supply.sum()) - int(p.seats.sum())) or slack >= 1
    for node in np.argsort(answer.total_prices)[[0, len(p.seats) // 2, -2, -1]]:
        better = solve(with_one_more_seat(p, int(node)))
        assert answer.objective - better.objective == answer.total_prices[node]


def test_a_joint_roof_has_the_price_and_the_rooms_below_share_it():
    # A nine-year school (node 0) with room for 3 over primary (1) and junior (2), 3 seats each; both want in.
    p = problem([3, 3], [{1: 100}, {2: 400}], [10_000, 10_000], [3, 3, 3], [UNPLACED, 0, 0])
    answer = solve(p)
    assert answer.certify().placed == 3
    assert answer.flow.tolist() == [3, 0]  # the shorter way wins the joint room
    assert answer.prices.tolist() == [9_600, 0, 0]  # one more joint seat goes to the junior stage
    assert answer.total_prices.tolist() == [9_600, 9_600, 9_600]


EMPTY = {
    "nothing at all": problem([], [], [], []),
    "no groups": problem([], [], [], [4]),
    "no nodes": problem([3], [{}], [7], []),
    "no supply": problem([0, 0], [{0: 1}, {}], [9, 9], [2]),
    "no candidates": problem([3, 2], [{}, {0: 5}], [9, 9], [2]),
    "no seats": problem([3], [{0: 5, 1: 2}], [9], [0, 0]),
    "seats nobody can reach": problem([1], [{1: 4}], [9], [5, 0], [UNPLACED, UNPLACED]),
    "cheaper to stay away": problem([3], [{0: 5}], [2], [3]),
    "seats beyond counting": problem([3], [{1: 5, 2: 4}], [9], [2**63 - 1] * 4, [UNPLACED, 0, 0, 0]),
}


@pytest.mark.parametrize("name", EMPTY)
def test_degenerate_problems_have_certified_answers(name):
    p = EMPTY[name]
    answer = solve(p)
    assert answer.certify().objective == optimum(p)


def test_an_empty_node_below_a_full_one_inherits_its_price():
    # Nobody wants pool 2; still one more seat there and above is one more seat above.
    p = problem([2], [{1: 10}], [50], [1, 2, 2], [UNPLACED, 0, 0])
    answer = solve(p)
    answer.certify()
    assert answer.total_prices.tolist() == [40, 40, 40]


def largest_cost_allowed(p):
    return (2**62 - 1) // (int(p.supply.sum()) + 2 * (p.groups + p.nodes) + 4)


def test_costs_at_the_guard_are_solved_exactly_and_one_more_is_refused():
    small = problem([3, 2], [{0: 0, 1: 1}, {0: 0}], [1, 1], [2, 2])
    top = largest_cost_allowed(small)
    p = problem([3, 2], [{0: top - 5, 1: top}, {0: 0}], [top, top], [2, 2])
    answer = solve(p)
    assert answer.certify().objective == min(
        # all of group 2 at pool 0, group 1 at pool 1 or unplaced: 3 tops; else they share pool 0
        3 * top,
        2 * (top - 5) + top + 2 * top,
    )
    for node in range(2):
        assert answer.total_prices[node] == answer.objective - solve(with_one_more_seat(p, node)).objective
    with pytest.raises(OverflowError, match="2\\*\\*62"):
        problem([3, 2], [{0: 0, 1: top + 1}, {0: 0}], [1, 1], [2, 2])


def test_sums_that_wrap_are_refused_before_they_are_formed():
    with pytest.raises(OverflowError):
        problem([2**62, 2**62], [{0: 0}, {0: 0}], [0, 0], [1])


WRONG = {
    "offsets": {"offsets": np.array([0, 2, 2])},
    "a parent must stand before": {"parent": np.array([1, UNPLACED, UNPLACED])},
    "outside the seat tree": {"pool": np.array([1, 2, 3])},
    "must be a leaf": {"parent": np.array([UNPLACED, 0, 1])},
    "negative supply": {"supply": np.array([1, -1])},
    "negative cost": {"cost": np.array([1, 2, -3])},
    "negative unplaced_cost": {"unplaced_cost": np.array([1, -1])},
    "negative seats": {"seats": np.array([1, 1, -1])},
    "names a pool twice": {"pool": np.array([1, 1, 2])},
    "must be integers": {"cost": np.array([1.0, 2.0, 3.5])},
    "expected 3 rows": {"cost": np.array([1, 2])},
}


@pytest.mark.parametrize("message", WRONG)
def test_a_problem_that_makes_no_sense_is_refused(message):
    good = {
        "supply": np.array([1, 1]),
        "offsets": np.array([0, 2, 3]),
        "pool": np.array([1, 2, 2]),
        "cost": np.array([1, 2, 3]),
        "unplaced_cost": np.array([9, 9]),
        "seats": np.array([1, 1, 1]),
        "parent": np.array([UNPLACED, 0, 0]),
    }
    solve(Problem(**good)).certify()
    with pytest.raises(ValueError, match=message):
        Problem(**(good | WRONG[message]))


def test_the_same_problem_gives_the_same_flow_twice():
    first, second = solve(city(seed=3, round_to=200)), solve(city(seed=3, round_to=200))
    assert np.array_equal(first.flow, second.flow)


def test_engines_are_found_by_name_and_imported_when_asked_for():
    assert list(ENGINES) == ["priced_seats", "ortools"]
    with pytest.raises(KeyError, match="there are: priced_seats, ortools"):
        solve(EMPTY["no groups"], engine="abacus")
    code = (
        "import simulator.transport, simulator.mechanisms, sys; "
        "sys.exit(bool({'ortools', 'numba'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_leaves_of_a_forest():
    assert leaves([UNPLACED, 0, 0, UNPLACED]) == [1, 2, 3]
