"""The input of a year with one thing changed for one child and those who apply as one with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.explain.year import Year
from simulator.model import UNPLACED, Students, Wishes
from simulator.model.arrays import Integers


def together(year: Year, student: int) -> Integers:
    """Rows of the children who apply as one with a child: its twins of the stage, itself among them."""
    group = int(year.students.twin_group[student])
    if group == UNPLACED or not year.scenario.policy.twins.together:
        return np.array([student])
    same = (year.students.twin_group == group) & (year.students.stage == year.students.stage[student])
    return np.flatnonzero(same)


def with_column(students: Students, rows: Integers, column: str, value: int) -> Students:
    """The roster with another value of ``rows`` in a column such as ``settled_on`` or ``points``."""
    changed = getattr(students, column).copy()
    changed[rows] = value
    return replace(students, **{column: changed})


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
