"""Results as pandas tables by ids and words, beside the plain columns of the nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.messages import Language
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Means,
    Reason,
    Rezoning,
    Run,
    SeatKind,
    Stage,
    Status,
)
from simulator.model.arrays import Integers
from simulator.notebook.choices import ranks, rounds_with_choices, wishes_of
from simulator.report.frames import frames
from simulator.report.rezoning.view import ZonesView
from simulator.report.words import Words

if TYPE_CHECKING:
    import pandas as pd

OWN_TABLES = ("children", "choices")


def table_of_run(run: Run, table: str, language: Language) -> pd.DataFrame:
    """The table ``table`` of a run; see ``ShownRun.to_pandas``."""
    if table == "children":
        return children(run)
    if table == "choices":
        return choices(run)
    found = frames(run, language)
    if table not in found:
        known = ", ".join((*OWN_TABLES, *found))
        raise KeyError(f"no table {table!r}; there are: {known}")
    return found[table]


def children(run: Run) -> pd.DataFrame:
    """One row per child: ids for rows, words of the model for codes, ``NA`` for what there is none of."""
    import pandas

    students, admission, scenario = run.students, run.admission, run.scenario
    rounds = np.array([entry.name for entry in scenario.policy.rounds], dtype=object)
    return pandas.DataFrame(
        {
            "student": students.id,
            "stage": _words(Stage, students.stage),
            "block": _named(scenario.blocks.id, students.block),
            "status": _words(Status, admission.status),
            "reason": _words(Reason, admission.reason),
            "school": _named(scenario.schools.id, admission.school),
            "round": _named(rounds, admission.round),
            "pool": _words(SeatKind, admission.kind),
            "metres": _known(admission.metres, NO_METRES),
            "tier": _known(admission.tier, UNPLACED),
            "draw": _known(admission.draw, UNPLACED),
            "means": _words(Means, admission.means),
            "in_zone": admission.in_zone,
            "nearest": admission.nearest,
        }
    )


def choices(run: Run) -> pd.DataFrame:
    """One row per round and choice (0 = no place by that round): children, and their share in percent."""
    import pandas

    wishes, rows = wishes_of(run), []
    for row in rounds_with_choices(wishes):
        counts = np.bincount(ranks(run, wishes, row))
        most = int(wishes.position[wishes.round == row].max())
        counts = np.pad(counts, (0, most + 1 - len(counts)))
        name = run.scenario.policy.rounds[row].name
        rows += [
            (name, rank, int(counts[rank]), 100 * counts[rank] / counts.sum()) for rank in range(most + 1)
        ]
    return pandas.DataFrame(rows, columns=["round", "choice", "children", "percent"])


def table_of_zones(rezoning: Rezoning) -> pd.DataFrame:
    """One row per stage and school that has a zone today or in the drawing."""
    import pandas

    view = ZonesView(rezoning, Words("en", rezoning.scenario.policy))
    parts = []
    for stage in rezoning.stages:
        today, proposed = view.sides[stage.stage]
        rows = np.flatnonzero((today.blocks > 0) | (proposed.blocks > 0))
        columns: dict[str, Any] = {
            "stage": stage.stage.name.lower(),
            "school": rezoning.scenario.schools.id[rows],
            "name": view.school_names[rows],
            "seats": stage.problem.seats[rows],
            "old_children": today.loads[rows],
            "new_children": proposed.loads[rows],
            "old_excess": today.zones.excess[rows],
            "new_excess": proposed.zones.excess[rows],
            "price_children": proposed.price_children[rows],
            "price_metres": proposed.price_metres[rows],
        }
        parts.append(pandas.DataFrame(columns))
    return pandas.concat(parts, ignore_index=True)


def _words(terms: Any, codes: Integers) -> Any:
    """The members' names in small letters; ``UNPLACED`` is missing."""
    said = {int(member): member.name.lower() for member in terms}
    return np.array([said.get(code) for code in codes.tolist()], dtype=object)


def _named(ids: Any, rows: Integers) -> Any:
    """Ids by row; ``UNPLACED`` is missing."""
    return np.array([*ids.tolist(), None], dtype=object)[rows]


def _known(values: Integers, missing: int) -> Any:
    import pandas

    gone = values == missing
    return pandas.arrays.IntegerArray(np.where(gone, 0, values).astype(np.int64), gone)
