"""Parties: what applies as one. A child alone, or twins together, with the place in the draw they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED, Applications, Draw, Ragged
from simulator.model.arrays import Booleans, Integers, freeze_columns


@dataclass(frozen=True)
class Parties:
    """The parties of one round, in the order of the draw: row 0 has the best number.

    Party ``p`` lists the arcs ``offsets[p]:offsets[p + 1]``, preferred first. Rows follow the draw and not
    the rows of the applications, so nothing computed here depends on how the roster was sorted.

    Attributes:
        applications: where they come from.
        members: ``Ragged`` of applicants by party, rising.
        size: int64 (parties,), members.
        tier: int64 (parties,), the best tier among the members.
        offsets: int64 (parties + 1,). pool, priority, cost: (arcs,) as in ``Applications``.
        origin: int64 (arcs,), the first member's arc in ``applications``.
    """

    applications: Applications
    members: Ragged
    size: Integers
    tier: Integers
    offsets: Integers
    pool: Integers
    priority: Integers
    cost: Integers
    origin: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.size)

    @property
    def party(self) -> Integers:
        """int64 (arcs,): the party each arc belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def applicant_arcs(self, choice: Integers) -> Integers:
        """int64 (applicants,): every applicant's arc from its party's; ``UNPLACED`` for none."""
        arc = np.full(len(self.applications), UNPLACED, dtype=np.int64)
        seated = np.flatnonzero(choice != UNPLACED)
        first = self.members.values[self.members.offsets[seated]]
        arc[first] = self.origin[choice[seated]]
        several = seated[self.size[seated] > 1]
        members = self.members.take(several)
        others = np.ones(len(members.values), dtype=np.bool_)
        others[members.offsets[:-1]] = False
        pool = self.pool[choice[several]][members.owners]
        arc[members.values[others]] = arcs_to(self.applications, members.values[others], pool[others])
        return arc

    def last_members(self, count: Integers) -> Integers:
        """int32: the last ``count`` (parties,) members of every party, rising."""
        party = np.flatnonzero(count > 0)
        members = self.members.take(party)
        from_end = members.offsets[1:][members.owners] - np.arange(len(members.values))
        return np.sort(members.values[from_end <= count[party][members.owners]]).astype(np.int32)


def gather(applications: Applications, draw: Draw) -> Parties:
    """Gather applicants into parties.

    1. Applicants with the same ``unit`` are one party; its place in the draw is the best of its members',
       its tier and its priority at every pool too.
    2. Parties are sorted by place; equal places (twins who apply apart) by student.
    3. A party has the arcs of its first member, of which a pool is kept only if every member lists it.

    Raises:
        ValueError: an applicant names a pool twice.
    """
    rows = np.arange(len(applications))
    leader = rows.copy()
    joined = np.flatnonzero(applications.unit != UNPLACED)
    _, first, back = np.unique(applications.unit[joined], return_index=True, return_inverse=True)
    leader[joined] = joined[first][back]
    place, tier = draw.order[applications.student].astype(np.int64), applications.tier.astype(np.int64)
    np.minimum.at(place, leader, place.copy())
    np.minimum.at(tier, leader, tier.copy())

    leaders = np.flatnonzero(leader == rows)
    leaders = leaders[np.lexsort((applications.student[leaders], place[leaders]))]
    party_of_leader = np.full(len(rows), UNPLACED, dtype=np.int64)
    party_of_leader[leaders] = np.arange(len(leaders))
    members = Ragged.from_pairs(len(leaders), party_of_leader[leader], rows)

    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(leaders)
    shared = _shared_by_all(applications, joined, leader)
    keep = shared[arcs.values]
    lengths = np.bincount(arcs.owners[keep], minlength=len(leaders))
    origin = arcs.values[keep]
    return Parties(
        applications=applications,
        members=members,
        size=members.lengths,
        tier=tier[leaders],
        offsets=np.concatenate(([0], np.cumsum(lengths))),
        pool=applications.pool[origin],
        priority=_best_priority(applications, joined, leader)[origin],
        cost=applications.cost[origin],
        origin=origin,
    )


def _best_priority(applications: Applications, joined: Integers, leader: Integers) -> Integers:
    """int64 (arcs,): the best priority any member of the applicant's unit has at the arc's pool."""
    priority = applications.priority.astype(np.int64)
    if len(joined):
        arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(joined)
        unit = leader[joined][arcs.owners]
        _, back = np.unique(np.stack([unit, applications.pool[arcs.values]]), axis=1, return_inverse=True)
        back = back.reshape(-1)
        best = np.full(len(back), np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(best, back, priority[arcs.values])
        priority[arcs.values] = best[back]
    return priority


def _shared_by_all(applications: Applications, joined: Integers, leader: Integers) -> Booleans:
    """bool (arcs,): false where the applicant's unit has a member who does not list the pool."""
    shared = np.ones(len(applications.pool), dtype=np.bool_)
    if not len(joined):
        return shared
    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(joined)
    owner, pool = joined[arcs.owners], applications.pool[arcs.values].astype(np.int64)
    width = np.int64(pool.max(initial=0) + 1)
    if len(np.unique(owner * width + pool)) != len(pool):
        raise ValueError("Applications: an applicant names a pool twice")
    _, back, count = np.unique(leader[owner] * width + pool, return_inverse=True, return_counts=True)
    size = np.bincount(leader[joined], minlength=len(leader))
    shared[arcs.values] = count[back] == size[leader[owner]]
    return shared


def arcs_to(applications: Applications, applicant: Integers, pool: Integers) -> Integers:
    """The arc of each applicant to each pool, int64 (pairs,), ``UNPLACED`` where it lists no such pool.

    Args:
        applicant, pool: int (pairs,).
    """
    start = applications.offsets[applicant]
    length = applications.offsets[applicant + 1] - start
    owner = np.repeat(np.arange(len(applicant)), length)
    arc = np.arange(len(owner)) + np.repeat(start - np.cumsum(length) + length, length)
    found = np.full(len(applicant), UNPLACED, dtype=np.int64)
    hit = np.flatnonzero(applications.pool[arc] == pool[owner])
    found[owner[hit]] = arc[hit]
    return found
