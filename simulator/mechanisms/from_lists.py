"""A market from plain lists, for research: children who list schools, schools with seats of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from simulator.model import UNPLACED, Applications, Assignment, Draw, SeatKind, Seats, Stage
from simulator.model.arrays import Booleans, Integers


class PlainMarket(NamedTuple):
    """What a mechanism is called with: ``mechanism(*market)``."""

    applications: Applications
    seats: Seats
    draw: Draw


Lists = Sequence[Sequence[int]] | Integers
"""One list per child: sequences, or int (children, most) with ``UNPLACED`` behind the end of a list."""


def plain_market(
    choices: Lists,
    seats: ArrayLike,
    *,
    priority: Lists | None = None,
    order: ArrayLike | None = None,
) -> PlainMarket:
    """Single children and schools as applications, seats and a draw.

    Args:
        choices: the schools each child lists, rows of ``seats``, best first.
        seats: int (schools,), >= 0.
        priority: beside ``choices``, the child's rank at the school listed there, smaller first; equal ones
            are told apart by ``order``. All equal if not given; all distinct, each school's own draw.
        order: int (children,), distinct, the place of each child in the draw; their own order if not given.

    Raises:
        ValueError: a row beyond the schools, a school listed twice, places that are not 0 to children - 1, or
            columns that do not fit.
    """
    room = np.asarray(seats, dtype=np.int64)
    offsets, pool = _flat(choices)
    count, schools = len(offsets) - 1, len(room)
    child = np.repeat(np.arange(count), np.diff(offsets))
    if len(pool) and (pool.min() < 0 or pool.max() >= schools):
        raise ValueError(f"plain_market: schools are 0 to {schools - 1}")
    if len(np.unique(child * np.int64(schools + 1) + pool)) < len(pool):
        raise ValueError("plain_market: a child lists a school twice")
    places = np.arange(count) if order is None else np.asarray(order, dtype=np.int64)
    if not np.array_equal(np.sort(places), np.arange(count)):
        raise ValueError(f"plain_market: order must hold 0 to {count - 1}, each once")
    ranks = np.zeros(len(pool), dtype=np.int64) if priority is None else _beside(choices, priority, offsets)
    applications = Applications(
        student=np.arange(count, dtype=np.int32),
        offsets=offsets,
        pool=pool.astype(np.int32),
        priority=ranks,
        cost=np.arange(len(pool)) - offsets[:-1][child],
        unit=np.full(count, UNPLACED, dtype=np.int32),
        tier=np.zeros(count, dtype=np.int32),
        alike=np.arange(count, dtype=np.int32),
    )
    tree = Seats(
        school=np.arange(schools, dtype=np.int32),
        stage=np.full(schools, Stage.PRIMARY, dtype=np.int8),
        kind=np.full(schools, SeatKind.GENERAL, dtype=np.int8),
        parent=np.full(schools, UNPLACED, dtype=np.int32),
        seats=room,
    )
    return PlainMarket(applications, tree, Draw("plain_market", 0, places, places))


def _flat(lists: Lists) -> tuple[Integers, Integers]:
    """Lists one behind the other: offsets int64 (children + 1,), and what they hold."""
    if isinstance(lists, np.ndarray) and lists.ndim == 2:
        listed = lists != UNPLACED
        if np.any(listed[:, 1:] & ~listed[:, :-1]):
            raise ValueError("plain_market: UNPLACED may stand behind the end of a list only")
        return np.concatenate(([0], np.cumsum(listed.sum(axis=1)))), lists[listed].astype(np.int64)
    lengths = [len(listed) for listed in lists]
    flat = [value for listed in lists for value in listed]
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))), np.array(flat, dtype=np.int64)


def _beside(choices: Lists, priority: Lists, offsets: Integers) -> Integers:
    """The ranks of all arcs, int64 (arcs,)."""
    if isinstance(choices, np.ndarray) and isinstance(priority, np.ndarray):
        if priority.shape != choices.shape:
            raise ValueError(f"plain_market: priority is {priority.shape}, choices {choices.shape}")
        return priority[choices != UNPLACED].astype(np.int64)
    at, ranks = _flat(priority)
    if not np.array_equal(at, offsets):
        raise ValueError("plain_market: a list of priority is not as long as that of choices")
    return ranks


def choices_given(applications: Applications, assignment: Assignment) -> Integers:
    """int64 (applicants,): 1 for the first arc of the list, 2 for the second, ...; 0 for no place."""
    got = assignment.arc != UNPLACED
    return np.asarray(np.where(got, assignment.arc - applications.offsets[:-1] + 1, 0))


def schools_given(applications: Applications, seats: Seats, assignment: Assignment) -> Integers:
    """int32 (applicants,): the school each applicant got, ``UNPLACED`` for none."""
    at = np.append(applications.pool, UNPLACED)[assignment.arc]
    return np.asarray(np.append(seats.school, np.int32(UNPLACED))[at])


def justified_envy(applications: Applications, draw: Draw, assignment: Assignment) -> Booleans:
    """bool (applicants,): who would rather have a seat that went to somebody ranked behind at that pool.

    Ranked by priority, then the place in the draw; the schools' own draws are in the priorities. Nobody is in
    a stable outcome of single children (Gale and Shapley 1962). Seats left empty are not looked at.
    """
    applicant = applications.applicant
    place = draw.order[applications.student[applicant]]
    rank = np.empty(len(applicant), dtype=np.int64)
    rank[np.lexsort((place, applications.priority))] = np.arange(len(applicant))
    worst = np.full(int(applications.pool.max(initial=-1)) + 1, -1, dtype=np.int64)
    held = assignment.arc[assignment.arc != UNPLACED]
    np.maximum.at(worst, applications.pool[held], rank[held])
    got = assignment.arc[applicant]
    preferred = (got == UNPLACED) | (np.arange(len(applicant)) < got)
    envies = np.zeros(len(applications), dtype=np.bool_)
    envies[applicant[preferred & (rank < worst[applications.pool])]] = True
    return envies
