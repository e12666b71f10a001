"""The ledger of the year: who sits where so far, which seats are left, who is out of which queue.

The only mutable thing in the house; it lives for one call of ``play`` and is frozen into an ``Admission``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulator.admission.statuses import opening_statuses
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Assignment,
    Draw,
    Means,
    Notice,
    Ownership,
    Reason,
    Refill,
    Scenario,
    SchoolDraw,
    SeatKind,
    Seats,
    Standing,
    Status,
    Students,
)
from simulator.model.arrays import Booleans, Integers

if TYPE_CHECKING:
    from simulator.admission.applying import Entry


@dataclass(frozen=True)
class Played:
    """A round that was played: for its record, and so that a freed seat can go to the next in the same order.

    Attributes:
        row: place in ``Policy.rounds``. entered: children the round was open to. entry: its applications.
        draw: its draw. free: the seats that were free when it began. assignment: what the mechanism said.
        unclaimed: int64 (applicants,), the arc by which it admitted who did not come, ``UNPLACED`` for all
            others; filled as its seats are given on.
        refills: what it gave on since: of seats not taken up, and of seats set free by later rounds.
    """

    row: int
    entered: int
    entry: Entry
    draw: Draw
    free: Seats
    assignment: Assignment
    unclaimed: Integers
    refills: list[Refill] = field(default_factory=list)


@dataclass
class Ledger:
    """Columns of shape (students,) unless said otherwise; meanings as in ``Admission``.

    Attributes:
        active: takes part in the rounds. entered, applied: was let into some round; had a school in reach.
        node: int32, leaf of the seat tree the child sits in, ``UNPLACED`` if none.
        standing: int8, a ``Standing``. id_rank: int64, place of the child's id among all ids.
        seats: the tree as it now stands. sitters: int64 (nodes,), children sitting in each leaf.
        beds: int64 (schools,), boarding beds left.
    """

    scenario: Scenario
    students: Students
    seats: Seats
    status: Integers
    reason: Integers
    active: Booleans
    entered: Booleans
    applied: Booleans
    school: Integers
    node: Integers
    round: Integers
    metres: Integers
    tier: Integers
    draw: Integers
    means: Integers
    over: Booleans
    standing: Integers
    id_rank: Integers
    sitters: Integers
    beds: Integers
    played: list[Played] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    draws: dict[str, Draw] = field(default_factory=dict)
    school_draws: dict[str, tuple[SchoolDraw, ...]] = field(default_factory=dict)

    @classmethod
    def opened(cls, scenario: Scenario, students: Students, seats: Seats, id_rank: Integers) -> Ledger:
        """The ledger before anybody is settled."""
        rows = len(students)
        status, reason = opening_statuses(scenario.policy, students)

        def column(value: int, dtype: type[np.generic]) -> Integers:
            return np.full(rows, value, dtype=dtype)

        return cls(
            scenario=scenario,
            students=students,
            seats=seats,
            status=status,
            reason=reason,
            active=status == Status.UNPLACED,
            entered=np.zeros(rows, dtype=np.bool_),
            applied=np.zeros(rows, dtype=np.bool_),
            school=column(UNPLACED, np.int32),
            node=column(UNPLACED, np.int32),
            round=column(UNPLACED, np.int16),
            metres=column(NO_METRES, np.int32),
            tier=column(UNPLACED, np.int32),
            draw=column(UNPLACED, np.int64),
            means=column(Means.UNKNOWN, np.int8),
            over=np.zeros(rows, dtype=np.bool_),
            standing=column(Standing.EQUAL, np.int8),
            id_rank=id_rank,
            sitters=np.zeros(len(seats), dtype=np.int64),
            beds=scenario.schools.boarding_beds.astype(np.int64),
        )

    @property
    def placed(self) -> Booleans:
        """bool (students,): has a school already."""
        return self.school != UNPLACED

    def free(self) -> Seats:
        """The seat tree with what is still free at each node; boarding pools also by the beds left."""
        free = np.maximum(self.seats.seats - self.seats.rolled_up(self.sitters), 0)
        boarding = self.seats.kind == SeatKind.BOARDING
        free[boarding] = np.minimum(free[boarding], self.beds[self.seats.school[boarding]])
        return Seats(self.seats.school, self.seats.stage, self.seats.kind, self.seats.parent, free)

    def seat(
        self,
        rows: Integers,
        node: Integers,
        *,
        round_row: int,
        reason: Reason,
        metres: Integers,
        tier: Integers | None = None,
        draw: Integers | None = None,
    ) -> None:
        """Seat ``rows`` in the leaves ``node``; whoever sat elsewhere leaves that seat."""
        leaving = self.node[rows] != UNPLACED
        np.subtract.at(self.sitters, self.node[rows[leaving]], 1)
        boarded = rows[leaving & (self.means[rows] == Means.BOARDING)]
        np.add.at(self.beds, self.school[boarded], 1)
        np.add.at(self.sitters, node, 1)
        school = self.seats.school[node]
        bought = self.seats.kind[node] == SeatKind.PURCHASED
        private = (self.scenario.schools.ownership[school] != Ownership.PUBLIC) & ~bought
        self.node[rows] = node
        self.school[rows] = school
        self.status[rows] = np.where(private, Status.PRIVATE, Status.PLACED)
        self.reason[rows] = reason
        self.round[rows] = round_row
        self.metres[rows] = metres
        self.tier[rows] = UNPLACED if tier is None else tier
        self.draw[rows] = UNPLACED if draw is None else draw
        self.means[rows] = Means.UNKNOWN
        self.over[rows] = False

    def register(self, rows: Integers, school: Integers, *, round_row: int, metres: Integers) -> None:
        """Put children taught at home on a school's register; no seat is used (R20)."""
        self.school[rows] = school
        self.status[rows] = Status.TAUGHT_AT_HOME
        self.reason[rows] = Reason.REGISTERED_ONLY
        self.round[rows] = round_row
        self.metres[rows] = metres
        self.means[rows] = Means.HOME
