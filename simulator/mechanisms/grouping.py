"""Groups of applicants whom the core need not tell apart, and dealing their seats out again by the draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.mechanisms.market import in_turn
from simulator.model import UNPLACED, Applications, Draw, Ragged
from simulator.model.arrays import Integers, freeze_columns


@dataclass(frozen=True)
class Groups:
    """Groups in the order of the draw.

    Attributes:
        of: int64 (applicants,), the group of each. first: int64 (groups,), the best placed member.
        turn: int64 (applicants,), the place of each among all here, distinct.
    """

    of: Integers
    first: Integers
    turn: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.first)


def group(applications: Applications, draw: Draw) -> Groups:
    """Applicants with the same label ``alike``, the same tier and the same share rules are one group.

    Groups are numbered by the best place in the draw among their members, so that nothing depends on the
    order of rows. It is as a group that they have their turn where seatings cost the same: a child may be
    served before another with a better number, for one of its own group has a better one still.

    Raises:
        ValueError: applicants labelled alike do not have the same pools at the same costs, arc by arc; or two
            applicants who are not one share a place.
    """
    row = in_turn(applications, draw).astype(np.int64)
    turn = np.empty(len(applications), dtype=np.int64)
    turn[row] = np.arange(len(applications))
    ruled = [demand.ruled for demand in applications.shares]
    label = np.stack((applications.alike, applications.tier, *ruled), axis=1)
    _, best, back = np.unique(label[row], axis=0, return_index=True, return_inverse=True)
    number = np.empty(len(best), dtype=np.int64)
    number[np.argsort(best)] = np.arange(len(best))
    of = np.empty(len(applications), dtype=np.int64)
    of[row] = number[back.reshape(-1)]
    groups = Groups(of, row[np.sort(best)], turn)
    _require_alike(applications, groups)
    return groups


def _require_alike(applications: Applications, groups: Groups) -> None:
    first = groups.first[groups.of]
    lengths = np.diff(applications.offsets)
    same = bool(np.all(lengths == lengths[first]))
    if same:
        arcs = Ragged(applications.offsets, np.arange(len(applications.pool))).take(first).values
        same = np.array_equal(applications.pool, applications.pool[arcs])
        same = same and np.array_equal(applications.cost, applications.cost[arcs])
    if not same:
        raise ValueError("Applications: applicants labelled alike must have identical arcs and costs")


def deal(
    applications: Applications, groups: Groups, origin: Integers, owner: Integers, flow: Integers
) -> Integers:
    """Deal the seats of every group to its members: cheapest school first, best number in the draw first.

    Args:
        origin: int64 (arcs,), the arc of the group's first member behind each arc of the core.
        owner: int (arcs,), its group. flow: int64 (arcs,), seats the group has over it.

    Returns:
        int64 (applicants,), the arc of each, ``UNPLACED`` for none.
    """
    count = len(groups)
    used = np.flatnonzero(flow)  # nearly all arcs of the core carry nobody
    origin, owner, flow = origin[used], owner[used], flow[used]
    seated = np.zeros(count, dtype=np.int64)
    np.add.at(seated, owner, flow)
    arc = np.concatenate((origin, np.full(count, UNPLACED)))
    held_by = np.concatenate((owner, np.arange(count)))
    children = np.concatenate((flow, np.bincount(groups.of, minlength=count) - seated))
    none = arc == UNPLACED
    no_key = np.zeros(count, dtype=np.int64)
    cost = np.concatenate((applications.cost[origin], no_key))
    pool = np.concatenate((applications.pool[origin], no_key))
    sorting = np.lexsort((pool, cost, none, held_by))
    slot = np.repeat(sorting, children[sorting])
    member = np.lexsort((groups.turn, groups.of))
    within = arc[slot] - applications.offsets[groups.first][held_by[slot]]
    dealt = np.empty(len(applications), dtype=np.int64)
    dealt[member] = np.where(none[slot], UNPLACED, applications.offsets[:-1][member] + within)
    return dealt
