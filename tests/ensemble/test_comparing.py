"""Intervals against the textbook's functions; pairs against what they should cancel."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from simulator.indicators.comparing import mean_of, mean_of_sums, pairs_of, share_interval
from simulator.report.sweep import sweep_words
from simulator.report.sweep.printing import often

numbers = st.lists(st.integers(-1000, 1000), min_size=2, max_size=30)


@given(numbers)
def test_the_interval_of_a_mean_is_students(values):
    found = mean_of(np.array(values, dtype=np.float64))
    assert found.mean == pytest.approx(np.mean(values))
    error = scipy.stats.sem(values)
    if error:
        low, high = scipy.stats.t.interval(0.95, len(values) - 1, np.mean(values), error)
        assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    else:
        assert found.low == found.high == found.mean


@given(numbers)
def test_sums_and_squares_give_the_same_interval(values):
    whole = np.array(values, dtype=np.int64)
    mean, half = mean_of_sums(whole.sum(keepdims=True), (whole**2).sum(keepdims=True), len(whole))
    found = mean_of(whole.astype(np.float64))
    assert mean[0] == pytest.approx(found.mean)
    assert half[0] == pytest.approx((found.high - found.low) / 2, abs=1e-9)


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_interval_of_a_share_is_exact(hits, more):
    low, high = share_interval(hits, hits + more)
    if hits + more == 0:
        assert math.isnan(low) and math.isnan(high)
        return
    exact = scipy.stats.binomtest(hits, hits + more).proportion_ci(method="exact")
    assert (low, high) == (pytest.approx(exact.low), pytest.approx(exact.high))


@given(numbers, st.integers(-50, 50))
def test_what_both_share_cancels_out(luck, better):
    """However wild the draws, a constant gain is seen exactly: pairs are what makes it so."""
    first = np.array(luck, dtype=np.float64)
    pairs = pairs_of(first, first + better)
    assert pairs.difference.mean == pytest.approx(better)
    assert pairs.difference.low == pytest.approx(better)
    assert pairs.greater == (len(luck) if better > 0 else 0)
    assert pairs.less == (len(luck) if better < 0 else 0)


def test_draws_without_a_value_are_left_out_in_pairs():
    first, other = np.array([1.0, np.nan, 3.0, 4.0]), np.array([2.0, 5.0, np.nan, 6.0])
    pairs = pairs_of(first, other)
    assert pairs.difference.draws == 2
    assert pairs.difference.mean == 1.5
    one = pairs_of(first[:1], other[:1])
    assert one.difference.mean == 1 and math.isnan(one.difference.low)
    assert math.isnan(pairs_of(first[:0], other[:0]).difference.mean)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(5)
    hits = sum(found.low <= 2 <= found.high for found in (mean_of(rng.normal(2, 3, 12)) for _ in range(2000)))
    assert 0.935 < hits / 2000 < 0.965


@pytest.mark.parametrize("direction", [1, -1])
def test_better_in_how_many_draws_whichever_way_is_better(direction):
    """Nine draws better and one worse: the share told, and its interval, are those of the better ones."""
    first, other = np.zeros(12), np.array([*[1.0] * 9, -1.0, 0, 0]) * direction
    low, high = (round(100 * end) for end in share_interval(9, 10))
    said = often(sweep_words("en"), pairs_of(first, other), direction)
    assert said == f"better in 9 of 12 ({low}–{high}% of the 10 that differ)"
