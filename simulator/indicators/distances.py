"""Indicators about the way to school, in whole metres of the source the travel names (R17, R27)."""

from __future__ import annotations

import numpy as np

from simulator.indicators.facts import Facts, Measure, Share
from simulator.model import Stage

MEDIAN, P95, GREATEST = 50, 95, 100


def metres_percentile(percent: int) -> Measure:
    """R27: the indicator that gives the ``percent``-th percentile of metres by the nearest-rank method.

    Of n distances in rising order it is the one at place ceil(percent x n / 100), counted from 1: always a
    distance some child has, found with whole numbers only, so it is the same on every machine. The median of
    an even number of children is thus the lower of the two in the middle; percent 100 is the greatest.
    """

    def percentile(facts: Facts) -> Share:
        admission, students = facts.admission, facts.students
        rows = facts.by_metres
        metres, county, stage = admission.metres[rows], facts.child_county[rows], students.stage[rows]
        shape = (len(facts.scenario.counties) + 1, len(Stage) + 1)
        values, known = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row in range(shape[0]):
            of_county = metres if row == 0 else metres[county == row - 1]
            stages = stage if row == 0 else stage[county == row - 1]
            for column in range(shape[1]):
                of_cell = of_county if column == 0 else of_county[stages == column - 1]
                if len(of_cell):
                    values[row, column] = of_cell[(percent * len(of_cell) + 99) // 100 - 1]
                    known[row, column] = 1
        return Share(values, known)

    percentile.__name__ = f"metres_percentile_{percent}"
    percentile.__doc__ = f"R27: percentile {percent} of metres, nearest rank."
    return percentile


def metres_mean(facts: Facts) -> Share:
    """R27: mean metres of the children in ordinary seats whose distance is known."""
    metres = facts.admission.metres.astype(np.int64)
    return Share(facts.children(facts.measured, metres), facts.children(facts.measured))
