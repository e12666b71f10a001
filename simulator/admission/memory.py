"""What one play worked out and another may use again: plays of one year that differ in seats or in the draw.

A round is a function of who enters it, in what standing, of the luck and of the seats still free. One more
class at one school, or another draw, leaves most of that as it was, so a second play need not look up, rank
and draw again what it can see to be the same. Nothing is guessed: every input of the step is compared, number
by number, and the step is taken anew where one differs. With or without a memory a play gives the same answer
to the last byte.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from simulator.admission.applying import Entry
from simulator.admission.found import FoundSchools
from simulator.admission.reach import Pairs
from simulator.lottery import BY_HASHED_NUMBER
from simulator.model import (
    UNPLACED,
    Assignment,
    Draw,
    Policy,
    Round,
    Scenario,
    Schools,
    Seats,
    Students,
    Travel,
    Wishes,
)
from simulator.model.arrays import Booleans, Integers, Texts
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


class Numbers:
    """Lottery numbers of one roster and one seed, by draw: rival variants on the same luck may share them.

    A number depends on the seed, the name of the draw and the child alone (twins excepted, which
    ``lottery.draw`` sees to), so whoever hashed it first has hashed it for all.
    """

    def __init__(self) -> None:
        self._ids: Texts | None = None
        self._seed = UNPLACED
        self._drawn: dict[str, Integers] = {}

    def begin(self, ids: Texts, seed: int) -> None:
        """Forget all numbers that are not of this roster (object (str) (students,)) and seed."""
        if self._ids is not ids or self._seed != seed:
            self._ids, self._seed, self._drawn = ids, seed, {}

    def known(self, name: str) -> Integers | None:
        """Numbers that draw ``name`` has given so far, int64 (students,), ``UNPLACED`` elsewhere."""
        return self._drawn.get(name)

    def keep(self, draw: Draw) -> None:
        """Add the numbers of a draw whose numbers are hashed; of the others there is nothing to keep."""
        if draw.method in BY_HASHED_NUMBER:
            known = self._drawn.get(draw.name)
            self._drawn[draw.name] = (
                draw.number if known is None else np.where(draw.number == UNPLACED, known, draw.number)
            )


@dataclass(frozen=True)
class _Answered:
    """The answer of a mechanism, and the seats it saw: ``seen`` bool (nodes,), the nodes that mattered."""

    prepared: Prepared
    seen: Booleans
    seats: Integers
    assignment: Assignment


class Memory:
    """The rounds of the first play it is handed to; later plays read them.

    Schools in reach are remembered child by child, so later plays add what they had to look up.

    Attributes:
        id_rank: int64 (students,), place of each child's id among all ids; empty before the first play.
        numbers: lottery numbers, which memories of rival variants may share.
    """

    def __init__(self, numbers: Numbers | None = None) -> None:
        self.id_rank: Integers = np.zeros(0, dtype=np.int64)
        self.numbers = Numbers() if numbers is None else numbers
        self._year: tuple[Scenario, Students, Wishes, Travel] | None = None
        self._seed = UNPLACED
        self._found: dict[int, tuple[Integers, FoundSchools]] = {}
        self._prepared: dict[int, tuple[Opening, int, Prepared]] = {}
        self._answered: dict[int, _Answered] = {}
        self._prices: dict[int, tuple[Integers, Integers]] = {}

    def begin(self, scenario: Scenario, students: Students, wishes: Wishes, travel: Travel) -> None:
        """Bind the memory to a year at its first play, and refuse any other year afterwards.

        Raises:
            ValueError: not the children, wishes, distances, settings and schools of the first play, but for
                planned classes and seats, and the seed of the lottery.
        """
        self._seed = scenario.policy.luck
        self.numbers.begin(students.id, self._seed)
        if self._year is None:
            self._year = (scenario, students, wishes, travel)
            self.id_rank = np.empty(len(students), dtype=np.int64)
            self.id_rank[np.argsort(students.id, kind="stable")] = np.arange(len(students))
            return
        first, *others = self._year
        same = all(a is b for a, b in zip(others, (students, wishes, travel), strict=True))
        same = same and all(
            getattr(scenario, name) is getattr(first, name)
            for name in ("blocks", "zones", "feeders", "settled", "drawn")
        )
        same = same and _but_for_luck(scenario.policy, first.policy) and scenario.own == first.own
        if not (same and _but_for_seats(scenario.schools, first.schools)):
            raise ValueError("Memory: a play of another year; only seats and the lottery's seed may differ")

    def prepared(self, row: int, opening: Opening) -> Prepared | None:
        """Round ``row`` made ready, if it was so from an equal opening and on the same luck."""
        known = self._prepared.get(row)
        same = known is not None and known[1] == self._seed and known[0].same_as(opening)
        return known[2] if known is not None and same else None

    def found(self, row: int, opening: Opening, entry: Round) -> FoundSchools:
        """Schools found so far for the children of round ``row``; what is added to them is remembered.

        What a round finds for a child is its own affair, so it can be taken over child by child; but for the
        reach ``twin``, which follows the other twin: nothing if twins have other places now.
        """
        known = self._found.get(row)
        if known is None or ("twin" in entry.reach and not np.array_equal(known[0], opening.twins_at)):
            known = self._found[row] = (opening.twins_at, FoundSchools(self.id_rank))
        return known[1]

    def entries(self, row: int, opening: Opening, entry: Round) -> Entry | None:
        """The applications of round ``row`` if they must be those of an earlier play, else None.

        From an equal opening they are the same whatever the luck, unless every school draws for itself.
        """
        first = self._prepared.get(row)
        again = first is not None and entry.tie_break == "common" and first[0].same_as(opening)
        return first[2].entry if first is not None and again else None

    def keep_prepared(self, row: int, opening: Opening, prepared: Prepared) -> None:
        """Remember how round ``row`` was made ready, unless an earlier play did."""
        self._prepared.setdefault(row, (opening, self._seed, prepared))

    def answer(self, row: int, prepared: Prepared, free: Seats) -> Assignment | None:
        """What the mechanism of round ``row`` said on these very applications and equal seats."""
        known = self._answered.get(row)
        if known is None or known.prepared is not prepared:
            return None
        same = np.array_equal(known.seats, free.seats[known.seen])
        return known.assignment if same else None

    def prices(self, row: int, free: Seats) -> Integers | None:
        """Seat prices of round ``row`` in the first play, int64 (nodes,): those of another are near them.

        None before it, and where ``free`` is another tree: one more class may open a pool.
        """
        parent, prices = self._prices.get(row, (None, None))
        return prices if parent is not None and np.array_equal(parent, free.parent) else None

    def keep_answer(
        self, row: int, mechanism: str, prepared: Prepared, free: Seats, assignment: Assignment
    ) -> None:
        """Remember the answer of round ``row``, unless an earlier play did or it must be found anew.

        Its seat prices always, of the first play.
        """
        if len(assignment.prices):
            self._prices.setdefault(row, (free.parent, assignment.prices))
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


def _but_for_luck(one: Policy, other: Policy) -> bool:
    return one is other or replace(one, lottery_seed=other.lottery_seed) == other


def _but_for_seats(one: Schools, other: Schools) -> bool:
    if one is other:
        return True
    names = [field.name for field in fields(Schools) if field.name not in SEATS_ALONE]
    return all(_equal(getattr(one, name), getattr(other, name)) for name in names)


def _equal(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other
