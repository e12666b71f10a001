"""The certificate: it accepts every optimum and nothing else."""

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from seat_problems import city, problem, problems

from simulator.transport import CertificateError, solve
from simulator.transport.prices import minimal_total_prices


def small():
    """Two schools of two seats, five children in three groups: one stays unplaced."""
    arcs = [{0: 100, 1: 300}, {0: 200, 1: 250}, {1: 120}]
    return solve(problem([2, 2, 1], arcs, [10_000] * 3, [2, 2]))


def changed(answer, **columns):
    return dataclasses.replace(answer, **columns)


def plus(column, at, by):
    column = column.copy()
    column[at] += by
    return column


def left(answer):
    """A group with a child unplaced, and its first arc."""
    group = int(np.argmax(answer.unplaced))
    return group, int(answer.problem.offsets[group])


def test_the_small_answer_is_certified():
    proof = small().certify()
    assert (proof.placed, proof.unplaced, proof.priced_nodes, proof.engine) == (4, 1, 2, "priced_seats")


BROKEN = {
    "lost or doubled": lambda f: changed(f, unplaced=plus(f.unplaced, 0, 1)),
    "more children than seats": lambda f: changed(
        f, flow=plus(f.flow, left(f)[1], 1), unplaced=plus(f.unplaced, left(f)[0], -1)
    ),
    "a negative flow": lambda f: changed(f, flow=plus(plus(f.flow, 0, 9), 1, -9)),
    "a negative price": lambda f: changed(f, prices=plus(f.prices, 0, -20_000)),
    "total prices do not add up": lambda f: changed(f, total_prices=plus(f.total_prices, 1, 1)),
    "lower cost \\+ price": lambda f: changed(
        f, prices=plus(f.prices, 0, -1), total_prices=plus(f.total_prices, 0, -1)
    ),
    "the objective says": lambda f: changed(f, objective=f.objective + 1),
    "is no int64": lambda f: changed(f, prices=f.prices.astype(np.float64)),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_broken_answer_is_refused_with_the_condition(message):
    with pytest.raises(CertificateError, match=message):
        BROKEN[message](small()).certify()


def test_a_price_on_a_seat_that_is_left_is_refused():
    answer = solve(problem([1], [{0: 5}], [9], [2]))
    one = np.ones(1, dtype=np.int64)
    with pytest.raises(CertificateError, match="although seats are left"):
        changed(answer, prices=one, total_prices=one).certify()


def test_too_few_children_placed_is_refused_whatever_the_prices():
    p = problem([1], [{0: 5}], [9], [1])
    zero, one = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    for price in (0, 3, 4, 5):
        with pytest.raises(CertificateError):
            changed(
                solve(p), flow=zero, unplaced=one, prices=one * price, total_prices=one * price, objective=9
            ).certify()


@settings(max_examples=150, deadline=None)
@given(p=problems(), data=st.data())
def test_a_worse_flow_is_never_certified_and_has_no_prices(p, data):
    """Move one child anywhere else; if the cost rises, certificate and price pass both refuse."""
    answer = solve(p)
    options = np.concatenate((answer.flow, answer.unplaced))
    group = np.concatenate((p.group, np.arange(p.groups)))
    cost = np.concatenate((p.cost, p.unplaced_cost))
    dearer = (options > 0)[:, None] & (group[:, None] == group) & (cost[:, None] < cost)
    moves = np.argwhere(dearer).tolist()
    if not moves:
        return
    here, there = data.draw(st.sampled_from(moves))
    options[here] -= 1
    options[there] += 1
    flow, unplaced = options[: len(p.pool)].copy(), options[len(p.pool) :].copy()
    worse = changed(answer, flow=flow, unplaced=unplaced, objective=int((options * cost).sum()))
    with pytest.raises(CertificateError):
        worse.certify()
    if np.all(p.loads(flow) <= p.seats):
        with pytest.raises(CertificateError, match="not optimal"):
            minimal_total_prices(p, flow, unplaced)


@settings(max_examples=100, deadline=None)
@given(p=problems(), data=st.data())
def test_prices_off_by_anything_fail_or_are_another_optimal_price(p, data):
    """Own prices changed at one node: if the certificate accepts, they were optimal, hence not below ours."""
    answer = solve(p)
    assume(p.nodes > 0)
    node = data.draw(st.integers(0, p.nodes - 1))
    by = data.draw(st.sampled_from([-7, -1, 1, 7]))
    prices = plus(answer.prices, node, by)
    other = changed(answer, prices=prices, total_prices=p.down_the_tree(prices))
    try:
        other.certify()
    except CertificateError:
        return
    assert by > 0 or np.all(other.total_prices >= answer.total_prices)


def test_children_who_could_change_places_are_found():
    p = problem([1, 1], [{0: 1, 1: 10}, {0: 10, 1: 1}], [99, 99], [1, 1])
    crossed = np.array([0, 1, 1, 0], dtype=np.int64)
    with pytest.raises(CertificateError, match="in a circle"):
        minimal_total_prices(p, crossed, np.zeros(2, dtype=np.int64))


def test_a_seat_left_beside_a_child_who_wants_it_is_found():
    p = problem([1], [{0: 5}], [9], [1])
    with pytest.raises(CertificateError, match="a cheaper way"):
        minimal_total_prices(p, np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64))


def test_prices_of_a_wrong_answer_do_not_wrap():
    answer = small()
    huge = np.full(2, np.iinfo(np.int64).max, dtype=np.int64)
    with pytest.raises(CertificateError):
        changed(answer, prices=huge, total_prices=huge).certify()


def test_a_city_with_one_child_moved_is_refused():
    answer = solve(city(seed=5))
    arc = int(np.flatnonzero(answer.flow > 0)[7])
    first = answer.problem.offsets[answer.problem.group[arc]]
    other = int(first if first != arc else first + 1)
    moved = plus(plus(answer.flow, arc, -1), other, 1)
    with pytest.raises(CertificateError):
        changed(answer, flow=moved).certify()
