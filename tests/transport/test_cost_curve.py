"""The cost curve: in order of the metres, convex, whole; a metre is a unit up to a kilometre."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.transport.cost_curve import cost_of_metres

METRES = np.concatenate((np.arange(12_000), np.arange(99_000, 100_000)))


@pytest.mark.parametrize("power", [1, 2, 3])
def test_the_farther_the_dearer_by_at_least_a_unit_a_metre(power):
    cost = cost_of_metres(METRES, power=power)
    assert np.all(np.diff(cost) >= np.diff(METRES))
    assert cost[:1001].tolist() == list(range(1001))
    assert cost[2_000] == 1000 * 2**power and cost[11_000] == 1000 * 11**power


@pytest.mark.parametrize("power", [1, 2, 3])
def test_convex_but_for_the_rounding_of_one_unit(power):
    cost = cost_of_metres(np.arange(0, 50_000), power=power, limit=2_500, per_metre_beyond=2)
    assert np.all(np.diff(cost, n=2) >= -1)
    exact = cost_of_metres(np.arange(0, 50_000, 1000), power=power, limit=3_000, per_metre_beyond=2)
    assert np.all(np.diff(exact, n=2) >= 0)


def test_the_penalty_begins_beyond_the_limit_of_each_arc():
    metres, limit = np.array([2_500, 2_501, 2_510, 2_510]), np.array([2_500, 2_500, 2_500, 3_500])
    assert cost_of_metres(metres, limit=limit, once_beyond=700).tolist() == [2_500, 3_201, 3_210, 2_510]
    assert cost_of_metres(metres, limit=limit, per_metre_beyond=3).tolist() == [2_500, 2_504, 2_540, 2_510]
    assert cost_of_metres(metres, limit=limit).tolist() == metres.tolist()


@given(st.lists(st.integers(0, 200_000)), st.integers(1, 3), st.integers(0, 9), st.integers(0, 10**6))
def test_each_distance_by_itself_in_unbounded_integers(metres, power, per_metre, once):
    cost = cost_of_metres(
        np.array(metres, dtype=np.int64),
        power=power,
        limit=3_000,
        once_beyond=once,
        per_metre_beyond=per_metre,
    )
    assert cost.dtype == np.int64
    assert cost.tolist() == [
        max(m, m**power // 1000 ** (power - 1)) + (once + per_metre * (m - 3_000) if m > 3_000 else 0)
        for m in metres
    ]


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="power"):
        cost_of_metres(np.array([1]), power=4)
    with pytest.raises(ValueError, match="negative"):
        cost_of_metres(np.array([-1]))
    with pytest.raises(OverflowError, match="2\\*\\*62"):
        cost_of_metres(np.array([2**22]), power=3)
