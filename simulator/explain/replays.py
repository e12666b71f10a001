"""Plays of a year with one thing changed for one child: counted, remembered, and never more than allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator import admission
from simulator.explain.facts import Outcomes
from simulator.explain.year import Year
from simulator.model import UNPLACED, Admission, Stage, Students, Wishes
from simulator.model.arrays import Integers
from simulator.replay import with_class


class OutOfReplays(Exception):
    """All plays that were allowed have been made."""


@dataclass(frozen=True)
class Replayed:
    """What one play came to: where the child is, and how many more children have a place than in the run."""

    after: Outcomes
    placed: int


class Replays:
    """Plays of the year with something changed.

    Attributes:
        year: the year as it was. student: row. rows: the children changed as one with it.
        most: plays at most. made: plays so far.
    """

    def __init__(self, year: Year, student: int, rows: Integers, most: int) -> None:
        self.year, self.student, self.rows, self.most, self.made = year, student, rows, most, 0
        self._known: dict[tuple[str, int, int], Replayed] = {}

    def with_students(self, what: tuple[str, int, int], students: Callable[[], Students]) -> Replayed:
        """If the roster is another; ``what`` names the change, so that none is played twice.

        Raises:
            OutOfReplays: no further play is allowed.
        """
        year = self.year
        return self._play(what, lambda: admission.play(year.scenario, students(), year.wishes, year.travel))

    def with_wishes(self, what: tuple[str, int, int], wishes: Callable[[], Wishes]) -> Replayed:
        """If the wishes are others; as ``with_students``."""
        year = self.year
        return self._play(what, lambda: admission.play(year.scenario, year.students, wishes(), year.travel))

    def with_class(self, stage: Stage, school: int) -> Replayed:
        """If a school has one more class; as ``with_students``."""
        year = self.year

        def play() -> Admission:
            changed = with_class(year.scenario, stage, school)
            return admission.play(changed, year.students, year.wishes, year.travel, memory=year.memory)

        return self._play(("class", int(stage), school), play)

    def _play(self, what: tuple[str, int, int], play: Callable[[], Admission]) -> Replayed:
        if what not in self._known:
            if self.made >= self.most:
                raise OutOfReplays
            self.made += 1
            played, before = play(), self.year.admission
            placed = int(np.sum(played.school != UNPLACED)) - int(np.sum(before.school != UNPLACED))
            self._known[what] = Replayed(Outcomes.of(played, self.student), placed)
        return self._known[what]
