"""The input of a year with one thing changed for one child, or one class more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.explain.year import Year
from simulator.model import UNPLACED, Stage, Students, Wishes
from simulator.model.arrays import Integers
from simulator.model.terms import STAGES_OF_KIND, SchoolKind


def together(year: Year, student: int) -> Integers:
    """Rows of the children who apply as one with a child: its twins of the stage, itself among them."""
    group = int(year.students.twin_group[student])
    if group == UNPLACED or not year.scenario.policy.twins.together:
        return np.array([student])
    same = (year.students.twin_group == group) & (year.students.stage == year.students.stage[student])
    return np.flatnonzero(same)


def with_date(students: Students, rows: Integers, column: str, day: int) -> Students:
    """The roster with another date of ``rows`` in a column such as ``settled_on``."""
    dates = getattr(students, column).copy()
    dates[rows] = day
    return replace(students, **{column: dates})


def with_first_wish(wishes: Wishes, rows: Integers, round_row: int, school: int) -> Wishes:
    """The wishes with ``school`` before all others that ``rows`` list for a round."""
    own = np.isin(wishes.student, rows) & (wishes.round == round_row)
    kept = ~(own & (wishes.school == school))
    position = wishes.position + own.astype(np.int16)
    columns = (
        np.concatenate((wishes.student[kept], rows)),
        np.concatenate((wishes.round[kept], np.full(len(rows), round_row))),
        np.concatenate((position[kept], np.ones(len(rows), dtype=np.int64))),
        np.concatenate((wishes.school[kept], np.full(len(rows), school))),
    )
    order = np.lexsort((columns[2], columns[1], columns[0]))
    kinds = (np.int32, np.int16, np.int16, np.int32)
    return Wishes(*(column[order].astype(kind) for column, kind in zip(columns, kinds, strict=True)))


def without_wishes(wishes: Wishes, rows: Integers, round_row: int) -> Wishes:
    """The wishes without those that ``rows`` list for a round."""
    kept = ~(np.isin(wishes.student, rows) & (wishes.round == round_row))
    return Wishes(wishes.student[kept], wishes.round[kept], wishes.position[kept], wishes.school[kept])


def serves(year: Year, school: int, stage: int) -> bool:
    """Whether a school has a stage."""
    return Stage(stage) in STAGES_OF_KIND[SchoolKind(int(year.scenario.schools.kind[school]))]
