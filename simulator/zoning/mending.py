"""Mend and improve a drawing by the exact search over a few zones at a time.

Chains of shifts end where no step pays; a few neighbouring zones drawn anew, all blocks at once, go on from
there: they connect what no step could, empty overfull schools, and cost less.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from simulator.model import UNPLACED, ZoningProblem
from simulator.model.arrays import Integers
from simulator.zoning.accounting import counted
from simulator.zoning.joining import Ways, ways_of
from simulator.zoning.part import part_of
from simulator.zoning.search import Search

SIZES = (4, 6, 8)
"""Zones that are drawn together: few first, more where few gain nothing."""

SECONDS_OF_A_PART = 0.5
"""Limit of deterministic seconds for one part; they count its work, and are no clock."""

Rank = tuple[int, int, int]
"""Blocks that lack a way which some drawing has, children beyond the seats, cost: less is better."""


class Mending:
    """A drawing in the making, and what is left of the work.

    Attributes:
        assigned: int64 (blocks,), the drawing. rank: see ``Rank``. left: deterministic seconds left.
        parts: how many parts were searched. gains: how many made the drawing better.
    """

    def __init__(self, problem: ZoningProblem, assigned: Integers, seconds: float) -> None:
        self.problem = problem
        self.ways: Ways = ways_of(problem)
        self.assigned: Integers = np.asarray(assigned, dtype=np.int64)
        self.rank = rank(self.ways, self.assigned)
        self.left = seconds
        self.parts = self.gains = 0

    def connect(self) -> None:
        """Draw the zones around every block without a way anew, so that it has one."""
        for block in np.flatnonzero(self._lost()).tolist():
            for school in self._nearest_by_zones(block):
                if not self._lost()[block] or self.left <= 0:
                    break
                zones = self._zones_to(block, school)
                for more in (0, 3):
                    if self._draw_anew(self._with_neighbours(zones, len(zones) + more)):
                        break

    def relieve(self) -> None:
        """Draw the zones around every overfull school anew, again and again until none of that helps."""
        gains = -1
        while self.gains > gains and self.left > 0:
            gains = self.gains
            over = self._over()
            for school in sorted(np.flatnonzero(over).tolist(), key=lambda s: (-over[s], s)):
                self._around(school, SIZES)

    def improve(self) -> None:
        """Draw the zones around every school anew, again and again until none of that helps."""
        for size in SIZES:
            gains = -1
            while self.gains > gains and self.left > 0:
                gains = self.gains
                over = self._over()
                zoned = np.unique(self.assigned[self.assigned != UNPLACED]).tolist()
                for school in sorted(zoned, key=lambda s: (-over[s], s)):
                    self._around(school, (size,))

    def _around(self, school: int, sizes: tuple[int, ...]) -> None:
        for size in sizes:
            if self.left <= 0 or self._draw_anew(self._with_neighbours([school], size)):
                return

    def _over(self) -> Integers:
        """int64 (schools,): children beyond the seats."""
        return np.maximum(self.problem.loads(self.assigned) - self.problem.seats, 0)

    def _lost(self) -> np.ndarray:
        """bool (blocks,): without a way that they should have."""
        return self.ways.loose(self.assigned)

    def _draw_anew(self, zones: list[int]) -> bool:
        """The exact search over the blocks of some zones; True if the whole drawing is better for it."""
        if len(zones) < 2:
            return False
        problem, schools = self.problem, np.array(sorted(zones), dtype=np.int64)
        rows = np.flatnonzero(np.isin(self.assigned, schools))
        leaves = problem.leaves_today(self.assigned)
        free = np.zeros(problem.blocks, dtype=np.bool_)
        free[rows[np.isin(problem.today[rows], schools)]] = True
        part = part_of(
            problem, self.ways.usable, rows, schools, int(problem.change_count[leaves & ~free].sum())
        )
        if np.any(np.diff(part.problem.offsets) == 0):
            return False
        # Ways that lead out of the part and back are not seen in it: its islands are none of the whole.
        search = Search(ways_of(part.problem), [part.inside(self.assigned)])
        self.parts += 1
        search.run(min(self.left, SECONDS_OF_A_PART))
        self.left -= max(search.seconds, 0.001)
        if search.best is None:
            return False
        whole: Integers = part.outside(self.assigned, search.best)
        found = rank(self.ways, whole)
        if found >= self.rank or not self._within_limit(whole):
            return False
        self.assigned, self.rank = whole, found
        self.gains += 1
        return True

    def _within_limit(self, assigned: Integers) -> bool:
        """Whether no more changes than may be, or no more than there were."""
        most = self.problem.most_changed
        return most < 0 or self._changed(assigned) <= max(most, self._changed(self.assigned))

    def _changed(self, assigned: Integers) -> int:
        return int(self.problem.change_count[self.problem.leaves_today(assigned)].sum())

    def _beside(self) -> dict[int, list[int]]:
        """Zones beside each zone, those with the longest common border first."""
        near, schools = self.problem.neighbours, self.problem.schools
        one, other = self.assigned[near.owners], self.assigned[near.values]
        apart = (one != other) & (one != UNPLACED) & (other != UNPLACED)
        pair, length = np.unique(one[apart] * schools + other[apart], return_counts=True)
        found: dict[int, list[int]] = {}
        for key in pair[np.lexsort((pair, -length))].tolist():
            found.setdefault(key // schools, []).append(key % schools)
        return found

    def _with_neighbours(self, zones: list[int], size: int) -> list[int]:
        """``zones`` and those around them, nearest first, until there are ``size``."""
        beside, found, at = self._beside(), list(dict.fromkeys(zones)), 0
        while at < len(found) and len(found) < size:
            found += [zone for zone in beside.get(found[at], []) if zone not in found][: size - len(found)]
            at += 1
        return found

    def _nearest_by_zones(self, block: int) -> list[int]:
        """Schools that ``block`` may be joined to, those reached over the fewest other zones first."""
        problem = self.problem
        own = np.arange(problem.offsets[block], problem.offsets[block + 1])
        schools = problem.school[own[self.ways.usable[own]]].tolist()
        paths = {school: len(self._zones_to(block, school)) for school in schools}
        return sorted(schools, key=lambda school: (paths[school], school))

    def _zones_to(self, block: int, school: int) -> list[int]:
        """Zones on the way from ``block`` to the school over the fewest blocks of others; its own first."""
        problem, may = self.problem, self.ways.may_go(school)
        home = int(problem.home[school])
        before: dict[int, int] = {}
        waiting = [(0, block, block)]
        while waiting and home not in before:
            crossed, here, came_from = heappop(waiting)
            if here in before:
                continue
            before[here] = came_from
            for beside in problem.neighbours[here].tolist():
                if beside not in before and (may[beside] or beside == home):
                    step = int(self.assigned[beside] != school)
                    heappush(waiting, (crossed + step, beside, here))
        zones, here = [school], home
        while here in before and here != block:
            here = before[here]
            zones.append(int(self.assigned[here]))
        return [zone for zone in dict.fromkeys(zones) if zone != UNPLACED]


def rank(ways: Ways, assigned: Integers) -> Rank:
    """How good a drawing is, see ``Rank``; blocks that hold a school of theirs no more count as well."""
    problem = ways.problem
    lost = int(np.count_nonzero(ways.loose(assigned)))
    lost += sum(int(assigned[home]) not in schools for home, schools in ways.homes.items())
    found = counted(problem, assigned)
    return lost, int(found.excess.sum()), found.cost
