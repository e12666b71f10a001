"""The order of arcs within their groups, repeats, and exact sums of products."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.transport.arc_order import NO_TIES, cheapest_first, names_twice
from simulator.transport.problem import exact_dot


@settings(max_examples=200, deadline=None)
@given(
    longest=st.sampled_from([0, 1, 5, 33, 64, 65, 300]), costs=st.integers(1, 40), seed=st.integers(0, 10**6)
)
def test_arcs_are_ordered_as_one_sort_of_all_would_order_them(longest, costs, seed):
    rng = np.random.default_rng(seed)
    lengths = rng.integers(0, longest + 1, 12)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    group = np.repeat(np.arange(12), lengths)
    cost, tie = rng.integers(0, costs, len(group)), rng.integers(0, 4, len(group)).astype(np.int32)
    assert np.array_equal(cheapest_first(offsets, cost, NO_TIES), np.lexsort((cost, group)))
    assert np.array_equal(cheapest_first(offsets, cost, tie), np.lexsort((tie, cost, group)))


def test_a_pool_named_twice_is_seen_within_a_group_alone():
    offsets = np.array([0, 2, 2, 4])
    assert not names_twice(offsets, np.array([1, 0, 0, 1], dtype=np.int32), 2)
    assert names_twice(offsets, np.array([1, 0, 1, 1], dtype=np.int32), 2)
    assert not names_twice(np.array([0]), np.zeros(0, dtype=np.int32), 0)


@pytest.mark.parametrize("size", [3, 2**20, 2**40, 2**62])
def test_sums_of_products_do_not_wrap(size):
    left, right = np.array([size, 1, -size]), np.array([size, 7, size - 1])
    assert exact_dot(left, right) == size * size + 7 - size * (size - 1)
    assert exact_dot(left[:0], right[:0]) == 0
