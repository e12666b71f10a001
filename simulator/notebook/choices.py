"""Which of their choices children got: the rank distribution of a round."""

from __future__ import annotations

import numpy as np

from simulator import population
from simulator.model import Run, Wishes
from simulator.model.arrays import Integers


def wishes_of(run: Run) -> Wishes:
    """The choices of a run: those given, or those its choice model makes, which are the same each time."""
    return population.make_wishes(run.scenario, run.students, run.travel)


def ranks(run: Run, wishes: Wishes, round_row: int) -> Integers:
    """The choice by which each child that listed some for a round got its place, int64 (children who did,).

    1 is the first choice, 0 no place by this round.
    """
    rows = np.flatnonzero(wishes.round == round_row)
    student, admission = wishes.student[rows], run.admission
    got = (admission.round[student] == round_row) & (admission.school[student] == wishes.school[rows])
    given = np.zeros(len(run.students), dtype=np.int64)
    given[student[got]] = wishes.position[rows[got]]
    return np.asarray(given[np.unique(student)])


def rounds_with_choices(wishes: Wishes) -> list[int]:
    """Rows of the rounds for which somebody listed a choice, in their order."""
    return np.unique(wishes.round).tolist()


def main_round(run: Run, wishes: Wishes, name: str) -> int | None:
    """The round called ``name``, or, if none is named, the one with the most children who listed choices.

    Raises:
        KeyError: no round of that name with choices.
    """
    rows = rounds_with_choices(wishes)
    names = [run.scenario.policy.rounds[row].name for row in rows]
    if name:
        if name not in names:
            raise KeyError(f"no round {name!r} with listed choices; there are: {', '.join(names) or 'none'}")
        return rows[names.index(name)]
    if not rows:
        return None
    return max(rows, key=lambda row: (len(np.unique(wishes.student[wishes.round == row])), -row))
