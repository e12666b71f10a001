"""Last year's cut-offs beside this year's, school by school."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_DATE, UNPLACED
from simulator.model.arrays import Integers
from simulator.report.privacy import tells_category
from simulator.report.view import View


def last_year(
    view: View, row: Integers | int, school: Integers, stage: Integers
) -> tuple[Integers, Integers]:
    """Tier (from 0) and date of the last child admitted last year, int64 (schools,) each.

    ``UNPLACED`` and ``NO_DATE`` where the table ``last_cutoffs`` has none, and no date where it would tell a
    protected category.

    Args:
        row: place of the round in ``Policy.rounds``, one or (schools,). school, stage: int (schools,).
    """
    tier = np.full(len(school), UNPLACED, dtype=np.int64)
    date = np.full(len(school), NO_DATE, dtype=np.int64)
    known = view.run.scenario.last_cutoffs
    if known is None or not len(known):
        return tier, date
    schools, rounds = len(view.run.scenario.schools), view.run.scenario.policy.rounds
    key = (known.round.astype(np.int64) * schools + known.school) * 2 + known.stage  # the table is sorted so
    asked = (np.asarray(row, dtype=np.int64) * schools + school) * 2 + stage
    at = np.minimum(np.searchsorted(key, asked), len(key) - 1)
    found = key[at] == asked
    tier[found] = known.tier[at[found]]
    told = np.array(
        [
            not tells_category(rounds[r], t)
            for r, t in zip(known.round.tolist(), known.tier.tolist(), strict=True)
        ]
    )
    found &= told[at]
    date[found] = known.date[at[found]]
    return tier, date
