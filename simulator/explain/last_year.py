"""Last year's cut-off of a school beside this year's; nothing is decided by it."""

from __future__ import annotations

import numpy as np

from simulator.admission.ranking import ranking_date
from simulator.explain.facts import Compared
from simulator.explain.year import Year
from simulator.model import NO_DATE, UNPLACED
from simulator.model.protected import protected_columns, tells_category
from simulator.model.ranked_by import deciding_columns


def last_year(year: Year, round_row: int, school: int, stage: int) -> tuple[Compared, ...]:
    """What the table ``last_cutoffs`` says of a school, as far as the round still ranks by it.

    Nothing where the table says nothing, or where it would tell a protected category.
    """
    protected = protected_columns(year.scenario.policy)
    known, entry = year.scenario.last_cutoffs, year.scenario.policy.rounds[round_row]
    if known is None:
        return ()
    row = int(known.find(round_row, np.array([school]), np.array([stage]))[0])
    if row == UNPLACED or tells_category(entry, int(known.tier[row]), protected):
        return ()
    given: dict[str, tuple[int, int]] = {
        "tier": (int(known.tier[row]) if entry.tiers else UNPLACED, UNPLACED),
        ranking_date(entry): (int(known.date[row]), NO_DATE),
        "points": (int(known.points[row]), UNPLACED),
    }
    return tuple(
        Compared(name, None, given[name][0])
        for name in deciding_columns(entry)
        if name in given and given[name][0] != given[name][1]
    )
