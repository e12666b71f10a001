"""What the searches read and what they change: the problem in bare columns, and a drawing in the making."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED, Ragged, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.contiguity import islands


class Ground(NamedTuple):
    """A problem in bare columns, the candidates of a block in the order of the schools' rows.

    Attributes:
        offsets, school: int64 (blocks + 1,) and (arcs,), candidates of a block, schools rising.
        arc, metres: int64 (arcs,), the arc of the problem each of them is, and its metres.
        near_offsets, near: int64 (blocks + 1,) and (pairs,), neighbours.
        home: int64 (schools,), ``UNPLACED`` for schools without a zone.
        standing_offsets, standing: int64 (blocks + 1,) and (schools with a zone,), schools that stand in a
            block.
        load, mixed: int64 (blocks,). seats: int64 (schools,).
        island: bool (blocks,), as ``contiguity.islands``.
        stays: int64 (blocks,), the school an exempt block may stay with without a way, else ``UNPLACED``.
    """

    offsets: Integers
    school: Integers
    arc: Integers
    metres: Integers
    near_offsets: Integers
    near: Integers
    home: Integers
    standing_offsets: Integers
    standing: Integers
    load: Integers
    mixed: Integers
    seats: Integers
    island: Booleans
    stays: Integers

    def own(self, block: int, school: int) -> int:
        """The place of ``school`` among the candidates, -1 where it is none of the block's."""
        start, end = self.offsets[block], self.offsets[block + 1]
        at = int(start + np.searchsorted(self.school[start:end], school))
        return at if at < end and self.school[at] == school else -1


class Drawing(NamedTuple):
    """A drawing in the making; the searches write into it.

    Attributes:
        assigned: int64 (blocks,), school or ``UNPLACED``.
        attached: bool (blocks,), a way leads to the school inside the zone.
        fixed: bool (blocks,), blocks that may not move: those that hold their own school.
        load, mixed: int64 (schools,), children of the zone, and those of the mixed group.
        changed: int64 (1,), units of change.
        stamp: int64 (blocks,), seen: int64 (1,), queue: int64 (blocks,): where walks leave their marks.
    """

    assigned: Integers
    attached: Booleans
    fixed: Booleans
    load: Integers
    mixed: Integers
    changed: Integers
    stamp: Integers
    seen: Integers
    queue: Integers


class Aim(NamedTuple):
    """What a search makes small: two levels, the second only counts among equals of the first.

    Attributes:
        first, second: int64 (arcs,), of a whole block over an arc of the ground.
        units: int64 (arcs,), units of change over an arc.
        excess_first, excess_second: what one child beyond the seats weighs on each level.
        balance: weight of one unit of |mixed of a school x whole - load of the school x group|.
        whole, group: all children, and those of the mixed group.
        most_changed: units of change that may not be passed, -1 for no limit.
    """

    first: Integers
    second: Integers
    units: Integers
    excess_first: int
    excess_second: int
    balance: int
    whole: int
    group: int
    most_changed: int


def lay_out(problem: ZoningProblem) -> Ground:
    """The columns of ``problem``."""
    arc = np.lexsort((problem.school, problem.block))
    standing = np.flatnonzero(problem.home != UNPLACED)
    at = Ragged.from_pairs(problem.blocks, problem.home[standing], standing)
    wide = np.int64
    return Ground(
        offsets=problem.offsets.astype(wide),
        school=problem.school[arc].astype(wide),
        arc=arc.astype(wide),
        metres=problem.metres[arc].astype(wide),
        near_offsets=problem.neighbours.offsets.astype(wide),
        near=problem.neighbours.values.astype(wide),
        home=problem.home.astype(wide),
        standing_offsets=at.offsets.astype(wide),
        standing=at.values.astype(wide),
        load=problem.load.astype(wide),
        mixed=problem.mixed.astype(wide),
        seats=problem.seats.astype(wide),
        island=islands(problem),
        stays=np.where(problem.exempt, problem.today, UNPLACED).astype(wide),
    )


def aim_at_cost(problem: ZoningProblem, ground: Ground, change_metres: int | None = None) -> Aim:
    """The children beyond the seats first, then the cost of ``ZoningProblem``.

    Args:
        change_metres: in place of the problem's.
    """
    weight = problem.change_metres if change_metres is None else change_metres
    units = units_of_change(problem)
    metres = problem.load[problem.block] * problem.metres
    scale, balance = _scale(problem)
    return Aim(
        first=np.zeros(len(ground.arc), dtype=np.int64),
        second=(scale * (metres + weight * units))[ground.arc],
        units=units[ground.arc],
        excess_first=1,
        excess_second=0,
        balance=balance,
        whole=int(problem.load.sum()),
        group=int(problem.mixed.sum()),
        most_changed=problem.most_changed,
    )


def aim_at_few_changes(problem: ZoningProblem, ground: Ground) -> Aim:
    """The children beyond the seats first, then units of change, then metres (and the even mix)."""
    units = units_of_change(problem)[ground.arc]
    plain = aim_at_cost(problem, ground, 0)
    return plain._replace(first=units, excess_first=int(problem.change_count.sum()) + 1)


def units_of_change(problem: ZoningProblem) -> Integers:
    """int64 (arcs,): ``change_count`` of the block where the arc leads to another school than today's."""
    block = problem.block
    today = problem.today[block]
    leaves = (today != UNPLACED) & (today != problem.school)
    return np.where(leaves, problem.change_count[block], 0)


def _scale(problem: ZoningProblem) -> tuple[int, int]:
    """What the metres are multiplied by, so that the weight of an uneven mix is a whole number; and that."""
    if problem.balance_metres == 0 or int(problem.load.sum()) == 0:
        return 1, 0
    return 2 * int(problem.load.sum()), problem.balance_metres
