"""The nouns of multi-school zones (多校划片): schools to group, and a proposal of groups."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import UNPLACED, Integers, Ragged, Tabular, freeze_columns, require_lengths

LARGEST_COST = 2**60
"""Every sum formed of a problem stays below this, so that no int64 ever wraps."""


@dataclass(frozen=True)
class MultiSchoolProblem:
    """Single-school zones of one stage, to be joined into zones of several schools each; checked here.

    A group hangs together over ``neighbours``, led by one of its schools (牵头校). Between groups should be
    even, in the order of the summands of the cost:

    - seats: half the sum over groups of |seats - children x all seats / all children|, rounded down once:
      seats that would have to move for every group to have as many for each child;
    - quality: half the sum over groups of |seats x quality - seats x mean quality|, rounded down once: points
      times seats that would have to move for every group to have the same mean;
    - metres: children of every school x the way to the school that leads.

    Attributes:
        children: int64 (schools,), expected entrants of the school's zone today, >= 0.
        seats: int64 (schools,), >= 0. quality: int64 (schools,), a score, the same scale for all, >= 0.
        neighbours: ``Ragged`` of int32 over schools whose zones touch, rising, symmetric.
        metres: int64 (schools, schools), way from the zone of the row to the school of the column, >= 0.
        groups: number of groups; 0 means as many as are best.
        most_schools: greatest number of schools of a group; 0 means no limit.
        seat_weight, quality_weight, metre_weight: what one unit of each weighs, >= 0.

    Raises:
        ValueError: columns that do not fit together, a negative number, neither ``groups`` nor
            ``most_schools``. OverflowError: a sum could reach 2**60.
    """

    children: Integers
    seats: Integers
    quality: Integers
    neighbours: Ragged
    metres: Integers
    groups: int = 0
    most_schools: int = 0
    seat_weight: int = 1
    quality_weight: int = 1
    metre_weight: int = 0

    def __post_init__(self) -> None:
        for name in ("children", "seats", "quality", "metres"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.int64))
        require_lengths("MultiSchoolProblem", self.schools, seats=self.seats, quality=self.quality)
        if self.metres.shape != (self.schools, self.schools) or len(self.neighbours) != self.schools:
            raise ValueError("MultiSchoolProblem: metres or neighbours are not one row per school")
        for name in ("children", "seats", "quality", "metres"):
            if np.any(getattr(self, name) < 0):
                raise ValueError(f"MultiSchoolProblem: negative {name}")
        numbers = (self.groups, self.most_schools, self.seat_weight, self.quality_weight, self.metre_weight)
        if min(numbers) < 0 or self.groups > self.schools or not (self.groups or self.most_schools):
            raise ValueError(
                "MultiSchoolProblem: needs a number of groups or a greatest group, none negative"
            )
        one, other = self.neighbours.owners, self.neighbours.values.astype(np.int64)
        if np.any(other < 0) or np.any(other >= self.schools) or np.any(one == other):
            raise ValueError("MultiSchoolProblem: a neighbour that is not there, or a school beside itself")
        if not np.array_equal(one * self.schools + other, np.sort(other * self.schools + one)):
            raise ValueError("MultiSchoolProblem: neighbours must rise and be symmetric")
        children, seats = sum(self.children.tolist()) + 1, sum(self.seats.tolist()) + 1
        points = seats * int(self.quality.max(initial=0)) + 1
        greatest = 4 * max(children, seats) * (
            (self.seat_weight + 1) * seats + (self.quality_weight + 1) * points
        ) + self.metre_weight * children * int(self.metres.max(initial=0))
        if greatest >= LARGEST_COST:
            raise OverflowError(f"MultiSchoolProblem: a sum could reach {greatest}, past 2**60")
        freeze_columns(self)

    @property
    def schools(self) -> int:
        """Number of schools."""
        return len(self.children)

    @property
    def seat_shares(self) -> tuple[Integers, int]:
        """int64 (schools,): summed over a group its seats beyond an even share; in 1 / the number beside."""
        children = max(int(self.children.sum()), 1)
        return self.seats * children - self.children * int(self.seats.sum()), children

    @property
    def quality_shares(self) -> tuple[Integers, int]:
        """int64 (schools,): summed over a group its points beyond an even share; in 1 / the number beside."""
        seats = max(int(self.seats.sum()), 1)
        points = self.seats * self.quality
        return points * seats - self.seats * int(points.sum()), seats

    def unevenness(self, group: Integers) -> tuple[int, int]:
        """Of seats and of quality, as above; ``group`` int (schools,), rows of the schools that lead."""
        found = []
        for shares, unit in (self.seat_shares, self.quality_shares):
            off = np.zeros(self.schools, dtype=np.int64)
            np.add.at(off, group, shares)
            found.append(sum(np.abs(off).tolist()) // (2 * unit))
        return found[0], found[1]


class Grouped(Tabular):
    """What groups of schools tell of themselves: how many, and how far from the bound.

    Attributes:
        group: int32 (schools,), the school that leads each. cost, bound: of the groups, and proven.
    """

    group: Integers
    cost: int
    bound: int

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(np.unique(self.group[self.group != UNPLACED]))

    @property
    def gap(self) -> float:
        """How far above the bound the cost is, as a share of the cost; 0 where it is proved best."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True)
class SchoolGroups(Grouped):
    """The single-school zones of a drawing joined to multi-school zones. A proposal, never a decision.

    Zones that hang together form an *area*; a group never reaches over two, so each is grouped on its own.

    Attributes:
        group: int32 (schools,), row of the school that leads the group, ``UNPLACED`` for schools without a
            zone.
        metres: int64 (schools,), mean way of the children of the school's zone to the school that leads.
        wanted: groups asked for. areas: number of areas, the least there can be.
        with_quality: whether every school has a score, so that quality was evened, too.
        seats_off, quality_off, cost, bound: sums over the areas, as in ``MultiSchoolProposal``.
        steps: counted work.
    """

    group: Integers
    metres: Integers
    wanted: int
    areas: int
    with_quality: bool
    seats_off: int
    quality_off: int
    cost: int
    bound: int
    steps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_lengths("SchoolGroups", len(self.group), metres=self.metres)
        freeze_columns(self)


@dataclass(frozen=True)
class MultiSchoolProposal(Grouped):
    """Groups of schools. A proposal, never a decision.

    Attributes:
        group: int32 (schools,), row of the school that leads the group; ``UNPLACED`` everywhere if none was
            found.
        seats_off, quality_off: unevenness between groups. metres: see ``MultiSchoolProblem``.
        cost: the three with their weights. bound: proven lower bound; equal to ``cost`` where it is best.
        status: ``found``; ``impossible`` where it is proved that no groups keep the rules; ``not_found``.
        steps: counted work, name to number.
    """

    group: Integers
    seats_off: int
    quality_off: int
    metres: int
    cost: int
    bound: int
    status: str
    steps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.status == "found" and self.bound > self.cost:
            raise ValueError(f"MultiSchoolProposal: a bound of {self.bound} above the cost of {self.cost}")
        freeze_columns(self)
