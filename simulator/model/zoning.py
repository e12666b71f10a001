"""The nouns of zone drawing: the problem of one stage, and a proposal that answers it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import (
    UNPLACED,
    Booleans,
    Integers,
    Ragged,
    Tabular,
    freeze_columns,
    require_lengths,
)
from simulator.model.terms import Stage

LARGEST_COST = 2**62
"""The greatest sum a proposal can cost stays below this, so that no int64 ever wraps."""


@dataclass(frozen=True)
class ZoningProblem:
    """Whole blocks to single schools, one stage: what a zone costs and what it must keep; checked here.

    Block ``b`` may go to the schools ``school[offsets[b]:offsets[b + 1]]``. What is no candidate is ruled
    out: a school beyond a wall (learning district, township) simply has no arc, and no pair of ``neighbours``
    crosses a barrier (water, rail). A zone is *contiguous* if each of its blocks can be reached from the
    block of its school through blocks of the same zone. A block is an *island* if no drawing can connect it:
    no way over ``neighbours`` leads from it to the block of any of its candidate schools through blocks that
    may go to that school and hold no other one. It may go anywhere.

    Cost of a proposal = sum over blocks of load x metres, + ``change_metres`` x ``change_count`` of every
    block that leaves today's school, + ``balance_metres`` x the children by which schools miss an even mix,
    + ``excess_metres`` x the children beyond the seats of a school.

    Attributes:
        stage: the stage the zones are for.
        load: int64 (blocks,), expected entrants, >= 0.
        seats: int64 (schools,), entrants a school can take, >= 0; 0 also for schools not of this stage.
        offsets: int64 (blocks + 1,). school: int32 (arcs,), candidates of a block, each once.
        metres: int64 (arcs,), way from block to school, >= 0.
        neighbours: ``Ragged`` of int32 over blocks, rising, symmetric, no block beside itself.
        home: int32 (schools,), block in which the school stands; ``UNPLACED`` for schools without a zone.
        today: int32 (blocks,), school of today's zone, ``UNPLACED`` where there is none (then it cannot be
            left). It need not be a candidate: a block whose today's school lies beyond a wall must leave it.
        limit_metres: walking limit (R8); blocks placed beyond it are listed. 0 means none.
        change_metres: metres that one unit of change weighs, >= 0.
        change_count: int64 (blocks,), units of change of a block that leaves today's school (1: blocks are
            counted; its load: children are), >= 0.
        most_changed: greatest sum of ``change_count`` over blocks that leave; -1 means no limit.
        mixed: int64 (blocks,), children of the group whose share should be even (migrant or left-behind
            children), 0 <= mixed <= load.
        balance_metres: metres that one child of ``unevenness`` weighs, >= 0; 0 means mixes are left alone.
        exempt: bool (blocks,), blocks that may stay with today's school without a way to it: blocks detached
            today whose exception may be kept. None of them by default.
        excess_metres: metres that one child beyond the seats weighs: more than moving one block, or two that
            change places, can ever save, so that no such step buys an overload (derived).

    Raises:
        ValueError: columns that do not fit together, a negative number, neighbours that are not symmetric.
        OverflowError: the greatest possible cost reaches 2**62.
    """

    stage: Stage
    load: Integers
    seats: Integers
    offsets: Integers
    school: Integers
    metres: Integers
    neighbours: Ragged
    home: Integers
    today: Integers
    change_count: Integers
    mixed: Integers
    limit_metres: int = 0
    change_metres: int = 0
    most_changed: int = -1
    balance_metres: int = 0
    exempt: Booleans = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    excess_metres: int = field(init=False)

    def __post_init__(self) -> None:
        for name in ("load", "seats", "offsets", "metres", "change_count", "mixed"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.int64))
        for name in ("school", "home", "today"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.int32))
        exempt = np.asarray(self.exempt, dtype=np.bool_)
        nobody = np.zeros(self.blocks, dtype=np.bool_)
        object.__setattr__(self, "exempt", exempt if len(exempt) else nobody)
        self._check_shapes()
        self._check_numbers()
        self._check_neighbours()
        per_child = int(self.metres.max(initial=0)) + self.balance_metres
        changes = self.change_metres * int(self.change_count.max(initial=0))
        of_a_block = per_child * int(self.load.max(initial=0)) + changes
        object.__setattr__(self, "excess_metres", 2 * of_a_block + 1)
        greatest = (self.excess_metres + per_child) * (int(self.load.sum()) + 1) + changes * (self.blocks + 1)
        if greatest >= LARGEST_COST:
            raise OverflowError(f"ZoningProblem: the cost of a proposal could reach {greatest}, past 2**62")
        freeze_columns(self)

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.load)

    @property
    def schools(self) -> int:
        """Number of schools, also those without a zone."""
        return len(self.seats)

    @property
    def block(self) -> Integers:
        """int64 (arcs,): the block of each arc."""
        return np.repeat(np.arange(self.blocks), np.diff(self.offsets))

    def arc(self, assigned: Integers) -> Integers:
        """int64 (blocks,): the arc from each block to its school in ``assigned`` int (blocks,).

        ``UNPLACED`` where the block has no school or the school is no candidate of it.
        """
        hits = np.flatnonzero(self.school == np.repeat(assigned, np.diff(self.offsets)))
        found = np.full(self.blocks, UNPLACED, dtype=np.int64)
        found[self.block[hits]] = hits
        return found

    def leaves_today(self, assigned: Integers) -> Booleans:
        """bool (blocks,): blocks that have a school today and another one in ``assigned`` int (blocks,)."""
        return np.asarray((self.today != UNPLACED) & (assigned != self.today))

    def stays(self, assigned: Integers) -> Booleans:
        """bool (blocks,): exempt blocks that have today's school in ``assigned`` int (blocks,)."""
        return np.asarray(self.exempt & (self.today != UNPLACED) & (assigned == self.today))

    def loads(self, assigned: Integers, weight: Integers | None = None) -> Integers:
        """int64 (schools,): children (or ``weight`` (blocks,)) of the blocks of each school."""
        some = assigned != UNPLACED
        load = np.zeros(self.schools, dtype=np.int64)
        np.add.at(load, assigned[some], (self.load if weight is None else weight)[some])
        return load

    def unevenness(self, assigned: Integers) -> int:
        """Children of the mixed group that would have to move for every school to have the same share.

        Half the sum over schools of |mixed of the school - load of the school x all mixed / all load|,
        rounded down once at the end.
        """
        whole = max(int(self.load.sum()), 1)
        group = int(self.mixed.sum())
        off = np.abs(self.loads(assigned, self.mixed) * whole - self.loads(assigned) * group)
        return sum(off.tolist()) // (2 * whole)

    def _check_shapes(self) -> None:
        require_lengths(
            "ZoningProblem",
            self.blocks,
            today=self.today,
            change_count=self.change_count,
            mixed=self.mixed,
            exempt=self.exempt,
        )
        require_lengths("ZoningProblem", self.schools, home=self.home)
        require_lengths("ZoningProblem", len(self.school), metres=self.metres)
        fits = len(self.offsets) == self.blocks + 1 and self.offsets[0] == 0
        if not fits or np.any(np.diff(self.offsets) < 0) or self.offsets[-1] != len(self.school):
            raise ValueError("ZoningProblem: offsets do not fit the arcs")
        if len(self.neighbours) != self.blocks:
            raise ValueError("ZoningProblem: neighbours are not one list per block")

    def _check_numbers(self) -> None:
        for name in ("load", "seats", "metres", "change_count", "mixed"):
            if np.any(getattr(self, name) < 0):
                raise ValueError(f"ZoningProblem: negative {name}")
        for name in ("limit_metres", "change_metres", "balance_metres"):
            if getattr(self, name) < 0:
                raise ValueError(f"ZoningProblem: negative {name}")
        if np.any(self.mixed > self.load):
            raise ValueError("ZoningProblem: more mixed children than children")
        for name, rows in (("school", self.schools), ("today", self.schools), ("home", self.blocks)):
            values = getattr(self, name)
            if np.any(values >= rows) or np.any(values < (0 if name == "school" else UNPLACED)):
                raise ValueError(f"ZoningProblem: {name} names a row that is not there")
        key = np.sort(self.block * max(self.schools, 1) + self.school)
        if np.any(key[1:] == key[:-1]):
            raise ValueError("ZoningProblem: a block names a school twice")

    def _check_neighbours(self) -> None:
        one, other = self.neighbours.owners, self.neighbours.values.astype(np.int64)
        if np.any(other < 0) or np.any(other >= self.blocks) or np.any(one == other):
            raise ValueError("ZoningProblem: a neighbour that is not there, or a block beside itself")
        forward = one * self.blocks + other
        if np.any(np.diff(forward) <= 0) or not np.array_equal(forward, np.sort(other * self.blocks + one)):
            raise ValueError("ZoningProblem: neighbours must rise and be symmetric")


@dataclass(frozen=True)
class ZoneProposal(Tabular):
    """A drawing: one school for every block. A proposal, never a decision.

    Attributes:
        method: name of the method; ``today`` for the present zones seen the same way.
        assigned: int32 (blocks,), school of each block, ``UNPLACED`` where it has no candidate.
        detached: bool (blocks,), blocks without a way to their school inside its zone.
        island: bool (blocks,), blocks that no drawing could connect (see ``ZoningProblem``).
        prices: int64 (schools,), metres per seat from the core; 0 where the method has none.
        metres: sum of load x metres. changed: sum of ``change_count`` of blocks that leave today's school.
        unevenness: as ``ZoningProblem.unevenness``. excess: int64 (schools,), children beyond the seats.
        weighed: the cost without the children beyond the seats. cost: the whole, as in ``ZoningProblem``.
        bound: a proven lower bound on the cost; never above ``cost``.
        bound_of: what the bound holds for: ``split`` (blocks may be split, zones need not hang together: the
            core's optimum), ``search`` (every drawing that keeps the rules) or ``none`` (``bound`` is 0).
        excess_bound: no drawing that keeps the rules this one keeps (zones that hang together, the limit on
            changes) has fewer children beyond the seats. weighed_bound: none of them that has no more such
            children than this one has a lesser ``weighed``. 0 where ``bound_of`` is ``none``.
        steps: counted work and its price, in the order it was done: name to a number (blocks that were
            reattached, metres the repair cost, moves, cuts).
    """

    not_rows = frozenset({"prices", "excess"})

    method: str
    assigned: Integers
    detached: Booleans
    island: Booleans
    prices: Integers
    metres: int
    changed: int
    unevenness: int
    excess: Integers
    weighed: int
    cost: int
    bound: int
    bound_of: str
    excess_bound: int = 0
    weighed_bound: int = 0
    steps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_lengths("ZoneProposal", len(self.assigned), detached=self.detached, island=self.island)
        require_lengths("ZoneProposal", len(self.excess), prices=self.prices)
        if self.bound > self.cost:
            raise ValueError(f"ZoneProposal: a bound of {self.bound} above the cost of {self.cost}")
        if self.excess_bound > int(self.excess.sum()) or self.weighed_bound > self.weighed:
            raise ValueError("ZoneProposal: a bound above what it bounds")
        freeze_columns(self)

    @property
    def contiguous(self) -> bool:
        """True if every block that can be connected to its school is."""
        return not bool(np.any(self.detached & ~self.island))

    @property
    def gap(self) -> float:
        """How far above the bound the cost is, as a share of the cost; 0 where both are 0."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    @property
    def weighed_gap(self) -> float:
        """How far above its bound ``weighed`` is, as a share of it; 0 where both are 0."""
        return (self.weighed - self.weighed_bound) / self.weighed if self.weighed else 0.0
