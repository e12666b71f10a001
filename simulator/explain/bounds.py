"""How good a date, or how many points, would have been needed or enough: found by plays, never by sums.

What is told is two values next to each other and where each of them leads, both played. Of the values beyond
nothing is said: with a better date a child may be at a better school, and not at the one the line is about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import numpy as np

from simulator.explain.changing import with_column
from simulator.explain.facts import Change, Outcomes, Step, Tried
from simulator.explain.ranks import queue_at, values
from simulator.explain.replays import Replayed, Replays
from simulator.model import UNPLACED

COLUMNS = ("settled_on", "permit_on", "points")
"""Columns of a rank that come in degrees: an earlier day is better, and so are more points."""

FIRST_DAY = (date(1950, 1, 1) - date(1970, 1, 1)).days
"""The first settlement or permit day the reader of rosters accepts; its last is in the entry year."""

MOST_POINTS = 100_000 * 100
"""Hundredths of the most points the reader accepts."""


def best_and_worst(replays: Replays, column: str) -> tuple[int, int]:
    """The best and the worst that may be written down in a column, as steps (see ``step_of``)."""
    if column == "points":
        return -MOST_POINTS, 0
    year = replays.year.scenario.policy.year
    return FIRST_DAY, (date(year, 12, 31) - date(1970, 1, 1)).days


def step_of(column: str, value: int) -> int:
    """A value as a number that is smaller where it is better: the day, or points below zero."""
    return -value if column == "points" else value


def needed(replays: Replays, outcome: Outcomes, step: Step, tried: Tried, column: str) -> list[Change]:
    """The worst value found by which the child would be at a school that put it behind, and one worse.

    Tried from the value of the last one admitted, else from the best that may be written down, else from
    where that one's school is lost. If none of them brings the child there, what the best one comes to is
    told.
    """
    best, worst = best_and_worst(replays, column)
    own = own_step(replays, column)
    play = partial(_play, replays, outcome, column)

    def works(at: int) -> bool:
        return play(at).after.school == tried.school

    high, turns = min(own, worst), turning_steps(replays, column)
    low = _first_that_works(play, works, best, high, _guess(replays, step, tried, column, "last"), turns)
    if low is None:
        changed = not play(best).after.same_place(outcome)
        return [_change("needed", step, UNPLACED, changed, play(best), column, best)]
    low, bound = last_that_works(works, low, high, turns)
    worse = play(low + 1).after if bound else None
    return [_change("needed", step, tried.school, True, play(low), column, low, bound, worse)]


def enough(replays: Replays, outcome: Outcomes, step: Step, tried: Tried, column: str) -> list[Change]:
    """How much worse the child's value could be: one at which nothing changes, and one worse."""
    _, worst = best_and_worst(replays, column)
    own = own_step(replays, column)
    play = partial(_play, replays, outcome, column)

    def works(at: int) -> bool:
        return play(at).after.same_place(outcome)

    if own >= worst or not works(own):  # without a value; or twins of whom only both together are sure
        return []
    if works(worst):
        return [_change("enough", step, tried.school, False, play(worst), column, worst)]
    guess = _guess(replays, step, tried, column, "first_refused")
    low = guess if guess is not None and own < guess < worst and works(guess) else own
    low, _ = last_that_works(works, low, worst, turning_steps(replays, column))
    return [_change("enough", step, tried.school, True, play(low + 1), column, low, bound=True)]


def own_step(replays: Replays, column: str) -> int:
    """The child's own value as a step; above the worst that may be written down where it has none."""
    value = int(getattr(replays.year.students, column)[replays.student])
    return step_of(column, value)


def turning_steps(replays: Replays, column: str) -> list[int]:
    """Steps where a play may turn, rising: the values of the children it stood in a queue with, and those
    next to them. It is beside others alone that a value counts, so plays between these are spared."""
    year, values = replays.year, [np.zeros(0, dtype=np.int64)]
    for seen in year.seen:
        if seen.played is not None:
            made = seen.played.entry.applications
            pools = made.pool[np.isin(made.student[made.applicant], replays.rows)]
            beside = made.student[made.applicant[np.isin(made.pool, pools)]]
            values.append(getattr(year.students, column)[beside].astype(np.int64))
    at = np.unique(np.concatenate(values)) * (-1 if column == "points" else 1)
    return np.unique([at - 1, at, at + 1]).tolist()


def _first_that_works(
    play: Callable[[int], Replayed],
    works: Callable[[int], bool],
    best: int,
    high: int,
    guess: int | None,
    turns: list[int],
) -> int | None:
    """A step that works, from which to look for the last one; None if none was found.

    A better value may lead past the school to a better one: then the step at which that one is lost is tried.
    """
    if guess is not None and best <= guess < high and works(guess):
        return guess
    if works(best):
        return best
    better = play(best).after
    if play(high).after.same_place(better):
        return None
    lost, _ = last_that_works(lambda at: play(at).after.same_place(better), best, high, turns)
    return lost + 1 if works(lost + 1) else None


def last_that_works(
    works: Callable[[int], bool], low: int, high: int, turns: Sequence[int] = ()
) -> tuple[int, bool]:
    """The last number that works, from ``low``, which does, up to ``high``; and whether the next was played.

    The number after ``low`` is tried first, for ``low`` is mostly a guess that is right; then by halves, of
    ``turns`` (rising) as long as any is left between. What comes out works and the next one does not,
    whatever lies beyond.
    """
    if low < high:
        if not works(low + 1):
            return low, True
        low += 1
    if low == high or works(high):
        return high, False
    while high - low > 1:
        between = turns[bisect_right(turns, low) : bisect_left(turns, high)]
        middle = between[len(between) // 2] if between else (low + high) // 2
        low, high = (middle, high) if works(middle) else (low, middle)
    return low, True


def _play(replays: Replays, outcome: Outcomes, column: str, at: int) -> Replayed:
    """All rounds with another value in a column of the child's row, and of its twins'."""
    value = -at if column == "points" else at
    if np.all(getattr(replays.year.students, column)[replays.rows] == value):
        return Replayed(outcome, 0)  # as it was
    changed = partial(with_column, replays.year.students, replays.rows, column, value)
    return replays.with_students((column, at, UNPLACED), changed)


def _change(
    kind: str,
    step: Step,
    school: int,
    changed: bool,
    played: Replayed,
    column: str,
    at: int,
    bound: bool = False,
    worse: Outcomes | None = None,
) -> Change:
    value = -at if column == "points" else at
    return Change(
        kind, step.round, school, changed, played.after, column, value, bound, played.placed, worse=worse
    )


def _guess(replays: Replays, step: Step, tried: Tried, column: str, other: str) -> int | None:
    """The step by which the child would stand just before another one; None where none would do that.

    Args:
        other: "last", the last one admitted, or "first_refused", the best of those who were not.
    """
    year = replays.year
    seen = year.seen[step.round]
    assert seen.played is not None
    free, stage = seen.played.free, year.students.stage[replays.student]
    here = (free.school == tried.school) & (free.stage == stage) & (free.kind == tried.kind)
    queue = queue_at(year, seen, int(np.flatnonzero(here)[0]))
    row = getattr(queue, other)
    if row == UNPLACED:
        return None
    applications = seen.played.entry.applications
    own = queue.row_of(int(np.flatnonzero(applications.student == replays.student)[0]))
    mine, theirs = (values(year, seen, queue, at) for at in (own, row))
    names = list(mine)
    before, after = names[: names.index(column)], names[names.index(column) + 1 :]
    value = theirs[column]
    if value is None or any(mine[name] != theirs[name] for name in before):
        return None
    sure = after == ["draw"] and queue.place[own] < queue.place[row]
    return step_of(column, value) - (0 if sure else 1)
