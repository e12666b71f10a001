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
