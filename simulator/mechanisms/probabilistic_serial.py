"""Probabilistic serial, for research: the odds of every child at every school it lists, without a draw."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.mechanisms.asked import features_asked
from simulator.mechanisms.choosing import Tree
from simulator.mechanisms.market import may_bind
from simulator.model import Applications, Seats, UnsupportedFeature
from simulator.model.arrays import Floats, Integers, freeze_columns


@dataclass(frozen=True)
class Odds:
    """Odds of every arc, sparse and exact: an arc is eaten from one event to a later one.

    Attributes:
        offsets: int64 (applicants + 1,), pool: int32 (arcs,), as in ``Applications``.
        begin, end: int32 (arcs,), rows of ``times``; equal where the odds are 0.
        times: exact times of the events, rising from 0 to 1.
    """

    offsets: Integers
    pool: Integers
    begin: Integers
    end: Integers
    times: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        freeze_columns(self)

    @property
    def probability(self) -> Floats:
        """float64 (arcs,), rounded; for exact odds see ``exact``."""
        time = np.array([float(t) for t in self.times])
        return np.asarray(time[self.end] - time[self.begin])

    def exact(self, arc: int) -> Fraction:
        """The odds of one arc."""
        return self.times[self.end[arc]] - self.times[self.begin[arc]]

    @property
    def unplaced(self) -> Floats:
        """float64 (applicants,): the odds of getting nothing."""
        owner = np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))
        placed = np.bincount(owner, weights=self.probability, minlength=len(self.offsets) - 1)
        return np.maximum(1.0 - placed, 0.0)


def odds(applications: Applications, seats: Seats) -> Odds:
    """The outcome of simultaneous eating (Bogomolnaia and Moulin 2001), seats as divisible goods.

    1. All applicants eat from the first school of their list, at speed one, from time 0 to time 1.
    2. When a school is eaten up, those at it go on to the next school of their list with something left; who
       has none stops. The share a child has eaten of a school are its odds there.
    3. Between events nothing changes, so only the times when a school is eaten up are computed: a school with
       r seats left and n eaters is done r / n later. Times are fractions; nothing is rounded.

    The odds are ordinally efficient and free of envy, and no false list gives odds that are better however
    the child weighs its choices (weakly strategy-proof; a child with certain weights may gain). Priorities
    and the draw are not looked at. ``decomposition.sample`` turns odds into a seating.

    Raises:
        ValueError: an arc to a node that is no leaf.
        UnsupportedFeature: twins, shared room that may bind, reserves or floors.
    """
    Tree.of(seats).require_leaves(applications.pool)
    demand = np.bincount(applications.pool, minlength=len(seats))
    asked = features_asked(applications, seats)
    if np.any(may_bind(seats, demand)):
        asked = (*asked, "shared_room")
    if asked:
        raise UnsupportedFeature("probabilistic_serial", asked[:1])
    table = _Table(applications, seats)
    table.eat()
    return Odds(applications.offsets, applications.pool, table.begin, table.end, tuple(table.times))


class _Table:
    """Who eats where, and what is left."""

    def __init__(self, applications: Applications, seats: Seats) -> None:
        self.offsets, self.pool = applications.offsets, applications.pool
        self.begin = np.zeros(len(self.pool), dtype=np.int32)
        self.end = np.zeros(len(self.pool), dtype=np.int32)
        self.times = [Fraction(0)]
        self.at = self.offsets[:-1].copy()
        self.left = [Fraction(int(n)) for n in seats.seats]
        self.since = [Fraction(0)] * len(seats)
        self.eaters: list[list[Integers]] = [[] for _ in range(len(seats))]
        self.eating = [0] * len(seats)
        self.over = seats.seats == 0
        self.done: list[tuple[Fraction, int, int]] = []  # (time, school, eaters it was reckoned with)

    def eat(self) -> None:
        """Go from event to event until time 1."""
        self._sit_down(np.arange(len(self.at)), Fraction(0))
        while self.done and self.done[0][0] < 1:
            now = self.done[0][0]
            up: list[int] = []
            while self.done and self.done[0][0] == now:
                _, school, eaters = heapq.heappop(self.done)
                if not self.over[school] and eaters == self.eating[school]:
                    self.over[school] = True
                    up.append(school)
            if not up:
                continue
            self.times.append(now)
            leaving = np.concatenate([part for school in up for part in self.eaters[school]])
            self.end[self.at[leaving]] = len(self.times) - 1
            for school in up:
                self.eaters[school] = []
            self._sit_down(np.sort(leaving), now)
        self.times.append(Fraction(1))
        for parts in self.eaters:
            for part in parts:
                self.end[self.at[part]] = len(self.times) - 1

    def _sit_down(self, rows: Integers, now: Fraction) -> None:
        """Let the applicants ``rows`` go on to the next school with something left."""
        looking = rows
        while len(looking):
            looking = looking[self.at[looking] < self.offsets[looking + 1]]
            looking = looking[self.over[self.pool[self.at[looking]]]]
            self.at[looking] += 1
        rows = rows[self.at[rows] < self.offsets[rows + 1]]
        self.begin[self.at[rows]] = len(self.times) - 1
        if not len(rows):
            return
        school = self.pool[self.at[rows]]
        by_school = np.argsort(school, kind="stable")
        schools, first = np.unique(school[by_school], return_index=True)
        for where, part in zip(schools.tolist(), np.split(rows[by_school], first[1:]), strict=True):
            self.left[where] -= (now - self.since[where]) * self.eating[where]
            self.since[where] = now
            self.eaters[where].append(part)
            self.eating[where] += len(part)
            heapq.heappush(
                self.done, (now + self.left[where] / self.eating[where], where, self.eating[where])
            )
