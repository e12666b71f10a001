"""Last year's cut-offs beside this year's, school by school; and the points of both."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from simulator.model import NO_DATE, UNPLACED, Round, RoundRecord, Students
from simulator.model.arrays import Integers
from simulator.report.privacy import tells_category
from simulator.report.view import View


@dataclass(frozen=True)
class LastYear:
    """The last child admitted last year, int64 (schools,) each.

    Attributes:
        tier: from 0, ``UNPLACED`` if not known. date: days, ``NO_DATE`` if not. points: hundredths,
            ``UNPLACED`` if not.
    """

    tier: Integers
    date: Integers
    points: Integers


def last_year(view: View, row: Integers | int, school: Integers, stage: Integers) -> LastYear:
    """What the table ``last_cutoffs`` says of each school; no date or points that tell a protected category.

    Args:
        row: place of the round in ``Policy.rounds``, one or (schools,). school, stage: int (schools,).
    """
    tier, points = (np.full(len(school), UNPLACED, dtype=np.int64) for _ in range(2))
    date = np.full(len(school), NO_DATE, dtype=np.int64)
    known = view.run.scenario.last_cutoffs
    if known is None or not len(known):
        return LastYear(tier, date, points)
    rounds = view.run.scenario.policy.rounds
    at = known.find(row, school, stage)
    found = at != UNPLACED
    tier[found] = known.tier[at[found]]
    of_round = zip(known.round.tolist(), known.tier.tolist(), strict=True)
    found &= np.array([not tells_category(rounds[r], t, view.protected_columns) for r, t in of_round])[at]
    date[found] = known.date[at[found]]
    points[found] = known.points[at[found]]
    return LastYear(tier, date, points)


def cutoff_points(entry: Round, record: RoundRecord, students: Students, protected: Set[str]) -> Integers:
    """Points of the last child admitted, int64 (pools,), hundredths; ``UNPLACED`` where none is ranked so.

    None where its tier or round tells a protected category.
    """
    points = np.full(len(record.school), UNPLACED, dtype=np.int64)
    if "points" in entry.rank:
        told = np.array(
            [not tells_category(entry, tier, protected) for tier in record.cutoff_tier.tolist()],
            dtype=np.bool_,
        )
        last = np.flatnonzero((record.cutoff_student != UNPLACED) & told)
        points[last] = students.points[record.cutoff_student[last]]
    return points


def points_words(points: int) -> str:
    """Points in hundredths as people write them, "" for none."""
    return "" if points == UNPLACED else f"{points / 100:.2f}".rstrip("0").rstrip(".")
