"""What it takes for a zone to hang together: who can reach a school at all, and what stands in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.model import ZoningProblem
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.contiguity import detached, holders, joinable, parts


@dataclass(frozen=True)
class Ways:
    """The ways over which blocks can be joined to schools, whatever the drawing.

    Attributes:
        problem: the problem.
        usable: bool (arcs,), arcs that some drawing may use (``contiguity.joinable``), all arcs of blocks
            that no arc can join, and those over which an exempt block stays with today's school.
        stays: bool (arcs,), these last.
        free: bool (blocks,), blocks that cannot be joined (islands): they may go anywhere.
        homes: per block the schools of which it must hold one, because they stand in it.
    """

    problem: ZoningProblem
    usable: Booleans
    stays: Booleans
    free: Booleans
    homes: dict[int, list[int]]

    def loose(self, assigned: Integers) -> Booleans:
        """bool (blocks,): blocks of ``assigned`` int (blocks,) without a way that they should have.

        All that are detached but those that no drawing can join, and exempt ones with today's school.
        """
        apart = detached(self.problem, assigned) & ~self.free
        return np.asarray(apart & ~self.problem.stays(assigned))

    def may_go(self, school: int) -> Booleans:
        """bool (blocks,): blocks that may go to ``school``."""
        may = np.zeros(self.problem.blocks, dtype=np.bool_)
        may[self.problem.block[(self.problem.school == school) & self.usable]] = True
        return may


def ways_of(problem: ZoningProblem) -> Ways:
    """Which arcs a drawing that hangs together may use, and which blocks hold schools.

    A block in which schools with seats stand must hold one of them (if it may).
    """
    joined = joinable(problem)
    homes: dict[int, list[int]] = {}
    for school in np.flatnonzero(holders(problem)).tolist():
        homes.setdefault(int(problem.home[school]), []).append(school)
    free = np.ones(problem.blocks, dtype=np.bool_)
    free[problem.block[joined]] = False
    staying = problem.stays(problem.today)
    staying[list(homes)] = False
    stays = staying[problem.block] & (problem.today[problem.block] == problem.school)
    return Ways(problem, joined | free[problem.block] | stays, stays, free, homes)


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
    """Whether no block lacks a way that it should have, and every school holds its own block."""
    if np.any(ways.loose(assigned)):
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
    loose = ways.loose(assigned)
    if not np.any(loose):
        return []
    label = parts(problem.neighbours, assigned)
    found = []
    for piece in np.unique(label[loose]).tolist():
        inside = np.flatnonzero(label == piece)
        found.append(cut_between(ways, int(assigned[inside[0]]), inside))
    return found


def first_cuts(ways: Ways, arcs: Booleans) -> Iterator[Cut]:
    """A block that is not beside a school's own belongs to it only if one of those around it does.

    One cut for each of ``arcs`` bool (arcs,), but for blocks that cannot be joined or may stay.
    """
    problem, near = ways.problem, ways.problem.neighbours
    beside = [set() if home < 0 else {home, *near[home].tolist()} for home in problem.home.tolist()]
    asked = arcs & ~ways.stays
    for b, s in zip(problem.block[asked].tolist(), problem.school[asked].tolist(), strict=True):
        if not ways.free[b] and b not in beside[s]:
            yield Cut(s, np.array([b]), near[b])


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
    stays = problem.exempt[piece] & (problem.today[piece] == school)
    return Cut(school, piece[~ways.free[piece] & ~stays], around[beside[around]])
