"""A few zones of a drawing as a problem of their own: what moves between them, while all others stay."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.model import UNPLACED, Ragged, ZoningProblem
from simulator.model.arrays import Booleans, Integers


@dataclass(frozen=True)
class Part:
    """Some blocks and some schools as a problem.

    Attributes:
        problem: theirs alone.
        rows: int64 (blocks of it,), schools: int64 (schools of it,), rows of the whole.
    """

    problem: ZoningProblem
    rows: Integers
    schools: Integers

    def inside(self, assigned: Integers) -> Integers:
        """int64 (blocks of it,): a drawing of the whole, int (blocks,), seen in it; all of it is here."""
        place = np.full(int(self.schools.max(initial=0)) + 1, UNPLACED, dtype=np.int64)
        place[self.schools] = np.arange(len(self.schools))
        return place[assigned[self.rows]]

    def outside(self, assigned: Integers, drawn: Integers) -> Integers:
        """int64 (blocks,): the whole drawing with ``drawn`` int (blocks of it,) put into it."""
        whole = assigned.astype(np.int64)
        whole[self.rows] = self.schools[drawn]
        return whole


def part_of(problem: ZoningProblem, arcs: Booleans, rows: Integers, schools: Integers, others: int) -> Part:
    """Blocks ``rows`` and ``schools`` (int64, rising) of ``problem``, with those of ``arcs`` between them.

    A block whose school today is none of these leaves it whatever happens: that is left out of account. So
    is an even mix, which is a matter of the whole.

    Args:
        arcs: bool (arcs,), arcs that may be used. others: units of change that are made whatever happens
            here; the limit is what they leave of it.
    """
    block_of = np.full(problem.blocks, UNPLACED, dtype=np.int64)
    block_of[rows] = np.arange(len(rows))
    school_of = np.full(problem.schools, UNPLACED, dtype=np.int64)
    school_of[schools] = np.arange(len(schools))
    block = block_of[problem.block]
    kept = np.flatnonzero(arcs & (block != UNPLACED) & (school_of[problem.school] != UNPLACED))
    one = block_of[problem.neighbours.owners]
    other = block_of[problem.neighbours.values]
    near = (one != UNPLACED) & (other != UNPLACED)
    home, today = problem.home[schools], problem.today[rows]
    counts = np.bincount(block[kept], minlength=len(rows))
    return Part(
        replace(
            problem,
            load=problem.load[rows],
            seats=problem.seats[schools],
            offsets=np.concatenate(([0], np.cumsum(counts))),
            school=school_of[problem.school[kept]],
            metres=problem.metres[kept],
            neighbours=Ragged.from_pairs(len(rows), one[near], other[near].astype(np.int32)),
            home=np.where(home == UNPLACED, UNPLACED, block_of[home]),
            today=np.where(today == UNPLACED, UNPLACED, school_of[today]),
            change_count=problem.change_count[rows],
            mixed=np.zeros(len(rows), dtype=np.int64),
            balance_metres=0,
            exempt=problem.exempt[rows],
            most_changed=max(problem.most_changed - others, 0) if problem.most_changed >= 0 else -1,
        ),
        rows,
        schools,
    )


def only(problem: ZoningProblem, arcs: Booleans) -> ZoningProblem:
    """``problem`` with only these of its arcs, bool (arcs,)."""
    counts = np.bincount(problem.block[arcs], minlength=problem.blocks)
    return replace(
        problem,
        offsets=np.concatenate(([0], np.cumsum(counts))),
        school=problem.school[arcs],
        metres=problem.metres[arcs],
    )
