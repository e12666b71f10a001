"""From odds to a seating: one sample whose expectation is the odds, exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from simulator.mechanisms.probabilistic_serial import Odds
from simulator.model import UNPLACED
from simulator.model.arrays import Integers


def sample(odds: Odds, rng: np.random.Generator) -> Integers:
    """The arc of every applicant, int64 (applicants,); arc ``x`` is drawn with odds ``odds.exact(x)``.

    The decomposition of Birkhoff and von Neumann is not written out; one of its seatings is reached by a walk
    (Budish, Che, Kojima and Milgrom 2013):

    1. The arcs whose odds are neither 0 nor 1 form a graph between children and schools. Walk it from a node
       with one such arc, if there is one, until the walk ends or meets itself: a path or a cycle.
    2. Along it raise every second arc and lower the others by the same amount, as far as an arc reaches 0 or
       1: either up by u, or the other way by v, the first with probability v / (u + v). So the expectation of
       every arc is kept, and the sum at every node inside; at the end of a path it stays between the whole
       numbers around it.
    3. An arc is settled by every step; repeat until all are. No child gets two schools, no school more than
       its seats, and each fills all of its seats that the odds fill.

    Exact fractions and an exact coin; time grows with arcs times the length of walks, so for research.
    """
    walk = _Walk(odds)
    while walk.live:
        arcs = walk.find()
        up = min(_room(walk.odds[arc], step % 2 == 0) for step, arc in enumerate(arcs))
        down = min(_room(walk.odds[arc], step % 2 == 1) for step, arc in enumerate(arcs))
        shift = up if _coin(down / (up + down), rng) else -down
        for step, arc in enumerate(arcs):
            walk.set(arc, walk.odds[arc] + (shift if step % 2 == 0 else -shift))
    got = np.full(len(odds.offsets) - 1, UNPLACED, dtype=np.int64)
    for arc, value in walk.odds.items():
        if value == 1:
            got[walk.child[arc]] = arc
    return got


def _room(value: Fraction, rising: bool) -> Fraction:
    return 1 - value if rising else value


def _coin(probability: Fraction, rng: np.random.Generator) -> bool:
    """True with exactly this probability."""
    sides = probability.denominator
    size = (sides.bit_length() + 7) // 8
    while True:
        thrown = int.from_bytes(rng.bytes(size), "big") >> (8 * size - sides.bit_length())
        if thrown < sides:
            return thrown < probability.numerator


class _Walk:
    """The graph of arcs that are not settled.

    Attributes:
        odds: every arc with odds above 0. child, school: the ends of every arc. live: unsettled arcs by node,
            children as they are, schools as ``-1 - school``.
    """

    def __init__(self, odds: Odds) -> None:
        owner = np.repeat(np.arange(len(odds.offsets) - 1), np.diff(odds.offsets))
        some = np.flatnonzero(odds.begin != odds.end).tolist()
        self.odds = {arc: odds.exact(arc) for arc in some}
        self.child: dict[int, int] = {arc: int(owner[arc]) for arc in some}
        self.school: dict[int, int] = {arc: -1 - int(odds.pool[arc]) for arc in some}
        self.live: dict[int, dict[int, None]] = {}
        self.ends: list[int] = []  # nodes that may have one arc left
        for arc in some:
            if self.odds[arc] < 1:
                for node in (self.child[arc], self.school[arc]):
                    self.live.setdefault(node, {})[arc] = None
        self.ends = [node for node, arcs in self.live.items() if len(arcs) == 1]

    def set(self, arc: int, value: Fraction) -> None:
        """Change the odds of an arc; settle it at 0 or 1."""
        self.odds[arc] = value
        if value not in (0, 1):
            return
        for node in (self.child[arc], self.school[arc]):
            del self.live[node][arc]
            if not self.live[node]:
                del self.live[node]
            elif len(self.live[node]) == 1:
                self.ends.append(node)

    def find(self) -> list[int]:
        """The arcs of a path from end to end, or of a cycle, in order."""
        while self.ends and len(self.live.get(self.ends[-1], ())) != 1:
            self.ends.pop()
        node = self.ends[-1] if self.ends else next(iter(self.live))
        seen, last = {node: 0}, UNPLACED
        arcs: list[int] = []
        while True:
            onward = next((arc for arc in self.live[node] if arc != last), None)
            if onward is None:
                return arcs
            node = self.school[onward] if node == self.child[onward] else self.child[onward]
            arcs.append(onward)
            if node in seen:
                return arcs[seen[node] :]
            seen[node], last = len(arcs), onward
