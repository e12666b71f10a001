"""What one play worked out and another may use again: plays of the same year that differ in seats alone.

A round is a function of who enters it, in what standing, and of the seats still free. One more class at one
school leaves most of that as it was, so a second play need not look up, rank and draw again what it can see
to be the same. Nothing is guessed: every input of the step is compared, number by number, and the step is
taken anew where one differs. With or without a memory a play gives the same answer to the last byte.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from simulator.admission.applying import Entry
from simulator.admission.reach import Pairs
from simulator.model import UNPLACED, Assignment, Draw, Scenario, Schools, Seats, Students, Travel, Wishes
from simulator.model.arrays import Booleans, Integers
from simulator.model.features import RANKED

SEATS_ALONE = frozenset(("classes", "planned_seats"))
"""Columns of ``Schools`` in which plays of one memory may differ."""

ONCE_PER_INPUT = frozenset((*RANKED, "serial_dictatorship", "top_trading_cycles"))
"""Mechanisms whose answer is the same wherever the seats of the pools applied for, and above them, are the
same. Coordination is not among them: it is solved, and proved, again in every play."""


@dataclass(frozen=True)
class Opening:
    """All that a round is made ready from besides the scenario.

    Attributes:
        entrants: bool (students,), who enters. standing: int8 (entrants,), in what standing.
        twins_at: int32 (children who are twins,), where twins have a place so far, which the reach ``twin``
            follows. school, stage, kind: (nodes,), the pools of the seat tree, without their seats.
    """

    entrants: Booleans
    standing: Integers
    twins_at: Integers
    school: Integers
    stage: Integers
    kind: Integers

    def same_as(self, other: Opening) -> bool:
        """Whether every column is equal."""
        return all(np.array_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))


@dataclass(frozen=True)
class Prepared:
    """A round made ready: everything about it but the seats.

    Attributes:
        pairs: children and schools in reach. entry: the applications. draw: the draw over the roster; both
            are None in a round that only puts children on a register.
    """

    pairs: Pairs
    entry: Entry | None
    draw: Draw | None


@dataclass(frozen=True)
class _Answered:
    """The answer of a mechanism, and the seats it saw: ``seen`` bool (nodes,), the nodes that mattered."""

    prepared: Prepared
    seen: Booleans
    seats: Integers
    assignment: Assignment


class Memory:
    """The rounds of the first play it is handed to; later plays read it and leave it as it is.

    Attributes:
        id_rank: int64 (students,), place of each child's id among all ids; empty before the first play.
    """

    def __init__(self) -> None:
        self.id_rank: Integers = np.zeros(0, dtype=np.int64)
        self._year: tuple[Scenario, Students, Wishes, Travel] | None = None
        self._prepared: dict[int, tuple[Opening, Prepared]] = {}
        self._answered: dict[int, _Answered] = {}

    def begin(self, scenario: Scenario, students: Students, wishes: Wishes, travel: Travel) -> None:
        """Bind the memory to a year at its first play, and refuse any other year afterwards.

        Raises:
            ValueError: not the children, wishes, distances, settings and schools of the first play, but for
                planned classes and seats.
        """
        if self._year is None:
            self._year = (scenario, students, wishes, travel)
            self.id_rank = np.empty(len(students), dtype=np.int64)
            self.id_rank[np.argsort(students.id, kind="stable")] = np.arange(len(students))
            return
        first, *others = self._year
        same = all(a is b for a, b in zip(others, (students, wishes, travel), strict=True))
        same = same and all(
            getattr(scenario, name) is getattr(first, name)
            for name in ("policy", "blocks", "zones", "feeders", "settled", "drawn")
        )
        if not (same and _but_for_seats(scenario.schools, first.schools)):
            raise ValueError("Memory: a play of another year; only planned classes and seats may differ")

    def prepared(self, row: int, opening: Opening) -> Prepared | None:
        """Round ``row`` made ready, if it was so from an equal opening."""
        known = self._prepared.get(row)
        return known[1] if known is not None and known[0].same_as(opening) else None

    def seen_before(
        self, row: int, opening: Opening, *, twins_matter: bool
    ) -> tuple[Booleans, Prepared] | None:
        """Round ``row`` as an earlier play made it ready, and who entered then, bool (students,).

        What a round finds for a child is its own affair, so it can be taken over child by child; but for the
        reach ``twin`` (``twins_matter``), which follows the other twin: None if twins have other places now.
        """
        known = self._prepared.get(row)
        if known is None or (twins_matter and not np.array_equal(known[0].twins_at, opening.twins_at)):
            return None
        return known[0].entrants, known[1]

    def keep_prepared(self, row: int, opening: Opening, prepared: Prepared) -> None:
        """Remember how round ``row`` was made ready, unless an earlier play did."""
        self._prepared.setdefault(row, (opening, prepared))

    def answer(self, row: int, prepared: Prepared, free: Seats) -> Assignment | None:
        """What the mechanism of round ``row`` said on these very applications and equal seats."""
        known = self._answered.get(row)
        if known is None or known.prepared is not prepared:
            return None
        same = np.array_equal(known.seats, free.seats[known.seen])
        return known.assignment if same else None

    def keep_answer(
        self, row: int, mechanism: str, prepared: Prepared, free: Seats, assignment: Assignment
    ) -> None:
        """Remember the answer of round ``row``, unless an earlier play did or it must be found anew."""
        if mechanism in ONCE_PER_INPUT and row not in self._answered and prepared.entry is not None:
            seen = _pools_and_above(free, prepared.entry.applications.pool)
            self._answered[row] = _Answered(prepared, seen, free.seats[seen], assignment)


def _pools_and_above(seats: Seats, pool: Integers) -> Booleans:
    """bool (nodes,): the pools applied for and every node above them."""
    seen = np.zeros(len(seats), dtype=np.bool_)
    node = np.unique(pool)
    while len(node):
        seen[node] = True
        node = seats.parent[node]
        node = node[node != UNPLACED]
    return seen


def _but_for_seats(one: Schools, other: Schools) -> bool:
    names = [field.name for field in fields(Schools) if field.name not in SEATS_ALONE]
    return all(_equal(getattr(one, name), getattr(other, name)) for name in names)


def _equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other
