"""Last year's cut-offs, which the report sets beside this year's; nothing is decided by them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from simulator.load.choices import round_rows
from simulator.load.references import References, refer
from simulator.load.roster import FIRST_YEAR
from simulator.load.table import Table
from simulator.load.zoning import fault_repeats, read_stage, repeats
from simulator.model import UNPLACED, LastCutoffs, Policy, Schools


def read_last_cutoffs(
    table: Table, policy: Policy, schools: References, of: Schools, round_words: Collection[str] | None
) -> LastCutoffs:
    """The table ``last_cutoffs``, sorted by round, school and stage.

    Faults: blank_cell, unknown_reference, unknown_round_cell, stage_needed, stage_not_served, duplicate_row.
    Warnings: rows_for_no_round.

    Args:
        round_words: as ``choices.read_wishes`` takes them.
    """
    round_, round_known = round_rows(table, policy, round_words, "rows_for_no_round")
    school, _ = refer(table, "school", schools, required=True)
    stage, sound = read_stage(table, school != UNPLACED, school, of)
    tier, tier_given = table.integers("tier")
    date, _ = table.dates("date", FIRST_YEAR, policy.year)
    good = sound & round_known
    again = repeats(good, round_, school, stage)
    fault_repeats(table, "duplicate_row", "school", again)
    rows = np.flatnonzero(good & (again == UNPLACED))
    rows = rows[np.lexsort((stage[rows], school[rows], round_[rows]))]
    return LastCutoffs(
        round_[rows].astype(np.int16),
        school[rows],
        stage[rows],
        np.where(tier_given, tier - 1, UNPLACED)[rows].astype(np.int32),
        date[rows],
        np.where(table.filled("points"), table.hundredths("points"), UNPLACED)[rows],
    )
