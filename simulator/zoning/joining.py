"""What it takes for a zone to hang together: who can reach a school at all, and what stands in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED, ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.contiguity import detached, islands, parts


@dataclass(frozen=True)
class Ways:
    """The ways over which blocks can be joined to schools, whatever the drawing.

    Attributes:
        problem: the problem.
        usable: bool (arcs,), arcs that some drawing may use: those over which the block can be joined to the
            school through blocks that have it as a candidate; all arcs of blocks that no arc can join.
        free: bool (blocks,), blocks that cannot be joined (islands among them): they may go anywhere.
        homes: per block the schools of which it must hold one, because they stand in it.
    """

    problem: ZoningProblem
    usable: Booleans
    free: Booleans
    homes: dict[int, list[int]]

    def may_go(self, school: int) -> Booleans:
        """bool (blocks,): blocks that may go to ``school``."""
        may = np.zeros(self.problem.blocks, dtype=np.bool_)
        may[self.problem.block[(self.problem.school == school) & self.usable]] = True
        return may


def ways_of(problem: ZoningProblem) -> Ways:
    """Walk from every school through the blocks that may go to it.

    A block in which schools with seats stand must hold one of them (if it may).
    """
    joined = np.zeros(len(problem.school), dtype=np.bool_)
    by_school = np.argsort(problem.school, kind="stable")
    ends = np.cumsum(np.bincount(problem.school, minlength=problem.schools))
    block = problem.block
    homes: dict[int, list[int]] = {}
    for school, arcs in enumerate(np.split(by_school, ends[:-1]) if problem.schools else []):
        home = int(problem.home[school])
        if home == UNPLACED:
            continue
        mine = np.zeros(problem.blocks, dtype=np.bool_)
        mine[block[arcs]] = True
        reach = reached(problem, home, mine)
        joined[arcs] = reach[block[arcs]]
        if problem.seats[school] > 0 and mine[home]:
            homes.setdefault(home, []).append(school)
    some = np.zeros(problem.blocks, dtype=np.bool_)
    some[block[joined]] = True
    free = ~some | islands(problem)
    usable = joined | free[block]
    for home, schools in homes.items():
        own = np.arange(problem.offsets[home], problem.offsets[home + 1])
        usable[own] = np.isin(problem.school[own], schools)
    return Ways(problem, usable, free, homes)


def reached(problem: ZoningProblem, home: int, inside: Booleans) -> Booleans:
    """bool (blocks,): blocks of ``inside`` that can be reached from ``home`` through such blocks, and it."""
    near = problem.neighbours
    seen = np.zeros(problem.blocks, dtype=np.bool_)
    seen[home] = True
    front = np.array([home], dtype=np.int64)
    while len(front):
        around = np.unique(near.take(front).values).astype(np.int64)
        front = around[inside[around] & ~seen[around]]
        seen[front] = True
    return seen


def keeps_together(ways: Ways, assigned: Integers) -> bool:
    """Whether every block that can be joined to a school is, and every school holds its own block."""
    problem = ways.problem
    if np.any(detached(problem, assigned) & ~ways.free):
        return False
    return all(int(assigned[home]) in schools for home, schools in ways.homes.items())


@dataclass(frozen=True)
class Cut:
    """If a block of ``piece`` belongs to ``school``, then one of ``between`` does: they part it from there.

    Attributes:
        school: row. piece: int64, blocks. between: int64, blocks, perhaps none.
    """

    school: int
    piece: Integers
    between: Integers


def cuts_for(ways: Ways, assigned: Integers) -> list[Cut]:
    """One cut per detached piece of ``assigned`` int (blocks,), none if the drawing hangs together.

    Of a piece C of the zone of s let N be the blocks around C that may go to s, and R what can be reached
    from the school through blocks that may go to s and lie in neither C nor N. Every way from C to the school
    leaves C and N for the last time from a block of N beside R: one of those must belong to s.
    """
    problem = ways.problem
    loose = detached(problem, assigned) & ~ways.free
    if not np.any(loose):
        return []
    label = parts(problem.neighbours, assigned)
    found = []
    for piece in np.unique(label[loose]).tolist():
        inside = np.flatnonzero(label == piece)
        found.append(cut_between(ways, int(assigned[inside[0]]), inside))
    return found


def cut_between(ways: Ways, school: int, piece: Integers) -> Cut:
    """The cut that parts ``piece`` int (blocks of it,), no block of which is beside the school's, from it."""
    problem = ways.problem
    may = ways.may_go(school)
    may[piece] = False
    around = np.unique(problem.neighbours.take(piece).values).astype(np.int64)
    around = around[may[around]]
    rest = may.copy()
    rest[around] = False
    reach = reached(problem, int(problem.home[school]), rest)
    beside = np.zeros(problem.blocks, dtype=np.bool_)
    beside[problem.neighbours.take(np.flatnonzero(reach)).values] = True
    return Cut(school, piece[~ways.free[piece]], around[beside[around]])
