"""The one figure that is asserted: the core against OR-tools on the same instances in the same run."""

from __future__ import annotations

import statistics

import pytest

from benchmarks.cases import CASES, SEEDS, Case
from benchmarks.clock import warm_up
from benchmarks.transport_ratios import compare

AT_LEAST = 5
TRIES = 2
"""A ratio of processor times hardly feels other work on the machine; should it, once more."""


def median_ratio(case: Case) -> float:
    """Of three instances of 100,000 children and 300 schools."""
    seconds = [compare(case.problem(seed)) for seed in SEEDS[:3]]
    return statistics.median(theirs / ours for ours, theirs in seconds)


@pytest.mark.parametrize("name", ["100k", "100k-roofs"])
def test_five_times_as_fast_as_ortools(name):
    """As the other tables have it, and as a county's rounds have it: pools under roofs, arcs by pool."""
    warm_up([CASES[name]])
    ratios = []
    while not ratios or (ratios[-1] < AT_LEAST and len(ratios) < TRIES):
        ratios.append(median_ratio(CASES[name]))
    print(f"times as fast as OR-tools: {ratios}")
    assert ratios[-1] >= AT_LEAST, f"only {ratios} times as fast as OR-tools"
