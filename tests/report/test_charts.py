"""The histogram: every child counted once, marks where they belong."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.charts import HEIGHT, LEFT, WIDTH, histogram, levels, nearest_rank


@given(st.lists(st.integers(0, 80_000), min_size=1, max_size=300), st.integers(100, 10_000))
def test_every_child_is_in_one_bar_and_every_bar_on_the_chart(metres, limit):
    chart = histogram(np.array(metres), limit)
    assert sum(bar.count for bar in chart.bars) == chart.children == len(metres)
    for bar in chart.bars:
        inside = [m for m in metres if m >= bar.low and (not bar.high or m < bar.high)]
        assert len(inside) == bar.count
        assert bar.x >= LEFT and bar.x + bar.width <= WIDTH and 0 <= bar.y <= HEIGHT
    assert len(chart.bars) <= 25
    ordered = sorted(metres)
    assert chart.median.value == ordered[(len(metres) + 1) // 2 - 1]
    assert LEFT <= chart.median.at <= chart.p95.at <= WIDTH


def test_nobody_no_chart():
    assert histogram(np.zeros(0, dtype=np.int32), 2500) is None


@given(st.integers(1, 10**7))
def test_levels_are_few_and_round(top):
    found = levels(top)
    assert found[0] == 0 and found[-1] <= top and 2 <= len(found) <= 5


def test_nearest_rank():
    assert [nearest_rank(np.arange(1, 11), percent) for percent in (10, 50, 95, 100)] == [1, 5, 10, 10]


@given(st.lists(st.integers(0, 2500), min_size=50, max_size=99), st.integers(6_000, 900_000))
def test_far_outliers_do_not_flatten_the_chart(near, far):
    """Three of some hundred children far away: more than the farthest 1 %, all of them in the last bar."""
    limit = 2500
    chart = histogram(np.array([*near, far, far + 1, far + 2]), limit)
    last = chart.bars[-1]
    assert last.high == 0 and last.count >= 3
    assert last.low <= 2 * limit + 250
    assert chart.limit is None or chart.limit.at < WIDTH


def test_the_axis_reaches_twice_the_limit_where_many_go_far():
    chart = histogram(np.linspace(0, 60_000, 500).astype(int), 2500)
    assert 2 * 2500 <= chart.bars[-1].low <= 2 * 2500 + 250
    assert chart.limit is not None and chart.limit.at < WIDTH * 0.6
