"""Parties: what applies as one. A child alone, or twins together, with the place in the draw they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulator.mechanisms.market import in_turn
from simulator.model import UNPLACED, Applications, Draw, Ragged
from simulator.model.arrays import Booleans, Integers, freeze_columns


@dataclass(frozen=True)
class Parties:
    """The parties of one round, in the order of the draw: row 0 has the best number.

    Party ``p`` lists the arcs ``offsets[p]:offsets[p + 1]``, preferred first. Rows follow the draw and not
    the rows of the applications, so nothing computed here depends on how the roster was sorted.

    Attributes:
        applications: where they come from.
        members: ``Ragged`` of applicants by party, in the order of ``market.in_turn``.
        size: int64 (parties,), members.
        tier: int64 (parties,), the best tier among the members.
        offsets: int64 (parties + 1,). pool, priority: (arcs,) as in ``Applications``, the best priority any
            member has at the pool. cost: int64 (arcs,), of all members together.
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


def gather(applications: Applications, draw: Draw, school: Integers) -> Parties:
    """Gather applicants into parties.

    1. Applicants with the same ``unit`` are one party; its place in the draw is the best of its members',
       its tier and its priority at every pool too.
    2. Parties and their members are sorted as ``market.in_turn`` says.
    3. A party lists the pools that every member lists, as all their lists together say (``joint_lists``).

    No row decides anything: with other rows for the same children the same children get the same.

    Args:
        school: int (nodes,), the school of every node of the seat tree.

    Raises:
        ValueError: an applicant names a pool twice, or two applicants who are not one share a place.
    """
    turn = in_turn(applications, draw)
    owner = np.arange(len(turn))
    joined = np.flatnonzero(applications.unit[turn] != UNPLACED)
    _, first, back = np.unique(applications.unit[turn[joined]], return_index=True, return_inverse=True)
    owner[joined] = joined[first][back.reshape(-1)]  # the turn of the first member
    leads = owner == np.arange(len(turn))
    party = (np.cumsum(leads) - 1)[owner]
    members = Ragged.from_pairs(int(leads.sum()), party, turn)

    tier = np.full(len(members), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(tier, party, applications.tier[turn])
    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(turn[leads])
    single = members.lengths == 1
    alone = single[arcs.owners]
    joint = joint_lists(applications, members.take(np.flatnonzero(~single)), school)
    owner = np.concatenate((arcs.owners[alone], np.flatnonzero(~single)[joint.owner]))
    sorting = np.argsort(owner, kind="stable") if len(joint.owner) else np.arange(len(owner))
    lengths = np.bincount(owner, minlength=len(members))
    origin, of_one = np.concatenate((arcs.values[alone], joint.origin))[sorting], arcs.values[alone]
    return Parties(
        applications=applications,
        members=members,
        size=members.lengths,
        tier=tier,
        offsets=np.concatenate(([0], np.cumsum(lengths))),
        pool=applications.pool[origin],
        priority=np.concatenate((applications.priority[of_one], joint.priority))[sorting],
        cost=np.concatenate((applications.cost[of_one], joint.cost))[sorting],
        origin=origin,
    )


class Joint(NamedTuple):
    """The lists of twins, int64 (arcs,) each, one after another.

    Attributes:
        owner: the party. origin: the first member's arc. priority: the best of the members'. cost: their sum.
    """

    owner: Integers
    origin: Integers
    priority: Integers
    cost: Integers


def joint_lists(applications: Applications, members: Ragged, school: Integers) -> Joint:
    """One list for those who apply as one.

    1. It has the pools that every member lists.
    2. Schools stand in the order of the sum of the places the members give them, counted among these pools;
       of equal sums first the one whose worst place is better, then the one with the least cost of all
       members together, then the lower number. Pools of one school in a row are one place.
    3. Pools of one school stand in the order of the sum of their own places, then of cost, then of number.

    Members with one list keep it. No member counts more than another, so neither rows nor ids decide.

    Args:
        members: applicants by party. school: int (nodes,), the school of every node.

    Raises:
        ValueError: an applicant names a pool twice.
    """
    arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(members.values)
    row, arc = arcs.owners, arcs.values
    party, pool = members.owners[row], applications.pool[arc].astype(np.int64)
    width = np.int64(pool.max(initial=0) + 1)
    if len(np.unique(row * width + pool)) != len(pool):
        raise ValueError("Applications: an applicant names a pool twice")
    _, back, count = np.unique(party * width + pool, return_inverse=True, return_counts=True)
    kept = count[back.reshape(-1)] == members.lengths[party]
    row, arc, party, pool = row[kept], arc[kept], party[kept], pool[kept]
    if not len(arc):
        return Joint(*(np.zeros(0, dtype=np.int64) for _ in Joint._fields))

    at = school[pool].astype(np.int64)
    begins = np.concatenate(([True], row[1:] != row[:-1]))
    place = _counted_from(begins, np.ones(len(arc), dtype=np.bool_))
    choice = _counted_from(begins, begins | np.concatenate(([True], at[1:] != at[:-1])))

    together = np.lexsort(
        (row, pool, party)
    )  # the members' arcs to one pool side by side, first member first
    head = np.flatnonzero(np.concatenate(([True], np.diff(party[together] * width + pool[together]) != 0)))
    arc = arc[together]
    first, at = together[head], at[together][head]
    owner, pool = party[first], pool[first]
    cost = np.add.reduceat(applications.cost[arc].astype(np.int64), head)
    choices, worst = np.add.reduceat(choice[together], head), np.maximum.reduceat(choice[together], head)
    places = np.add.reduceat(place[together], head)
    _, of_school = np.unique(owner * (np.int64(school.max()) + 1) + at, return_inverse=True)
    nearest = np.full(int(of_school.max()) + 1, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(nearest, of_school.reshape(-1), cost)
    keys = (pool, cost, places, at, nearest[of_school.reshape(-1)], worst, choices, owner)
    sorting = np.lexsort(keys)
    return Joint(
        owner=owner[sorting],
        origin=arc[head][sorting],
        priority=np.minimum.reduceat(applications.priority[arc].astype(np.int64), head)[sorting],
        cost=cost[sorting],
    )


def in_joint_order(applications: Applications, school: Integers) -> Integers:
    """The arcs as those who apply as one list them, int64 (arcs,): a new order of ``range(arcs)``.

    Where a member lists pools that all members list, these stand in the order of ``joint_lists``; all other
    arcs stay where they are.

    Args:
        school: int (nodes,), the school of every node.

    Raises:
        ValueError: an applicant names a pool twice.
    """
    order = np.arange(len(applications.pool))
    unit = applications.unit
    labels, party = np.unique(unit, return_inverse=True)
    rows = np.flatnonzero((unit != UNPLACED) & (np.bincount(party.reshape(-1))[party.reshape(-1)] > 1))
    members = Ragged.from_pairs(len(labels), party.reshape(-1)[rows], rows)
    joint = joint_lists(applications, members, school)
    if not len(joint.owner):
        return order
    width = np.int64(len(school))
    wanted = joint.owner * width + applications.pool[joint.origin]
    by_pool = np.argsort(wanted)
    arcs = Ragged(applications.offsets, order).take(rows)
    own = party.reshape(-1)[rows][arcs.owners] * width + applications.pool[arcs.values]
    found = np.minimum(np.searchsorted(wanted[by_pool], own), len(wanted) - 1)
    shared = wanted[by_pool][found] == own
    slot, standing = arcs.values[shared], by_pool[found[shared]]
    order[slot] = slot[np.lexsort((standing, arcs.owners[shared]))]
    return order


def _counted_from(begins: Booleans, counted: Booleans) -> Integers:
    """int64 (arcs,): how many of the ``counted`` arcs there are from the begin of the list to each arc."""
    number = np.cumsum(counted)
    first = np.flatnonzero(begins)
    lengths = np.diff(np.append(first, len(begins)))
    found: Integers = number - np.repeat(number[first] - counted[first], lengths)
    return found


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
