"""Twins whom the core dealt to different schools are brought together: share rules first, then metres."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulator.mechanisms.choosing import Tree
from simulator.mechanisms.parties import Parties, arcs_to, gather
from simulator.mechanisms.seating import Seating
from simulator.mechanisms.share_counts import ShareCounts
from simulator.model import UNPLACED, Applications, Draw, Seats
from simulator.model.arrays import Integers


@dataclass(frozen=True)
class Joined:
    """The answer of ``keep_together``.

    Attributes:
        arc: int64 (applicants,). over: int32, applicants beyond the seats.
        apart: units that had been dealt apart.
        extra_metres: cost of all arcs taken, afterwards less before.
    """

    arc: Integers
    over: Integers
    apart: int
    extra_metres: int


@dataclass(frozen=True)
class _Plan:
    """How a unit comes together at one pool: who moves along which arc, and who finds no seat there."""

    extra: int
    pool: int
    moves: list[tuple[int, int]] = field(default_factory=list)
    beyond: int = 0
    short: int = 0

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Smaller is better: beyond the seats, short of the share rules, metres, the lower pool."""
        return self.beyond, self.short, self.extra, self.pool


class _Change(NamedTuple):
    """A child who changes places with a member, along ``arc``: children short then, and metres added."""

    short: int
    extra: int
    applicant: int
    arc: int


def keep_together(
    applications: Applications, seats: Seats, draw: Draw, arc: Integers, *, last_seat: str
) -> Joined:
    """Bring the members of each unit to one pool, or leave them all unplaced.

    Units in the order of the draw; for each that was dealt apart:

    1. For every pool all members list, each member elsewhere takes a free seat there, or changes places with
       a child applying alone who sits there and lists the member's school: whichever leaves the fewest
       children short of the share rules of the round (``Applications.shares``; a share is the law, metres are
       not), then whichever adds the fewest metres. Nobody is left unplaced for it. Of the pools with a seat
       for everyone the one that leaves the fewest short, with the least extra, is taken (then the lower
       pool).
    2. If there is none: ``both_in`` takes the pool where the fewest sit beyond the seats (then the fewest
       short, the least extra) and lists them; ``next`` leaves the unit unplaced.
    3. Seats given up this way go to those still unplaced, in the order of (tier, draw), others making way by
       the fewest moves where that helps (``Seating.make_way``): a child more with a seat comes before the
       share rules.

    Args:
        arc: int64 (applicants,), as dealt.
    """
    parties, tree = gather(applications, draw, seats.school), Tree.of(seats)
    repair = _Repair(applications, parties, tree, seats.seats, arc)
    several = np.flatnonzero(parties.size > 1).tolist()
    apart = [party for party in several if repair.is_apart(party)]
    for party in apart:
        repair.join(party, both_in=last_seat == "both_in")
    got, over = repair.arc, parties.last_members(repair.beyond)
    if repair.gave_up_seats and np.any(got == UNPLACED):
        got, over = _hand_on(parties, tree, seats.seats, got, repair.beyond, both_in=last_seat == "both_in")
    before = int(applications.cost[arc[arc != UNPLACED]].sum())
    after = int(applications.cost[got[got != UNPLACED]].sum())
    return Joined(got, over, len(apart), after - before)


class _Repair:
    """The seating while units are joined.

    Attributes:
        arc: int64 (applicants,), as it stands. beyond: int64 (parties,), members beyond the seats.
        gave_up_seats: whether a seat was left that nobody of the unit's swaps took.
    """

    def __init__(
        self, applications: Applications, parties: Parties, tree: Tree, room: Integers, arc: Integers
    ) -> None:
        self.applications, self.parties, self.tree = applications, parties, tree
        self.arc = arc.copy()
        self.beyond = np.zeros(len(parties), dtype=np.int64)
        self.gave_up_seats = False
        self._pool = np.full(len(arc), UNPLACED, dtype=np.int64)
        self._pool[arc != UNPLACED] = applications.pool[arc[arc != UNPLACED]]
        load = np.zeros(len(room), dtype=np.int64)
        seated = self._pool[self._pool != UNPLACED]
        tree.add_up(load, seated, np.ones(len(seated), dtype=np.int64))
        self._room = room - load
        self._shares = ShareCounts.of(applications.shares, self._pool)
        self._turn = np.empty(len(applications), dtype=np.int64)
        self._turn[parties.members.values] = parties.members.owners
        alone = np.flatnonzero((parties.size == 1)[self._turn] & (self._pool != UNPLACED))
        self._alone: dict[int, set[int]] = {}
        for applicant, pool in zip(alone.tolist(), self._pool[alone].tolist(), strict=True):
            self._alone.setdefault(pool, set()).add(applicant)

    def is_apart(self, party: int) -> bool:
        """Whether the members do not all have the same pool (or none)."""
        return len(np.unique(self._pool[self.parties.members[party]])) > 1

    def join(self, party: int, *, both_in: bool) -> None:
        """Bring one unit together."""
        members = self.parties.members[party].tolist()
        arcs = range(int(self.parties.offsets[party]), int(self.parties.offsets[party + 1]))
        plans = [self._plan(members, int(self.parties.pool[a])) for a in arcs]
        whole = [plan for plan in plans if plan.beyond == 0]
        if whole:
            self._apply(party, min(whole, key=lambda plan: plan.rank))
            return
        partly = [plan for plan in plans if plan.beyond < len(members)]
        if both_in and partly:
            self._apply(party, min(partly, key=lambda plan: plan.rank))
            return
        for member in members:
            self._put(member, UNPLACED)
        self.gave_up_seats = True

    def _plan(self, members: list[int], pool: int) -> _Plan:
        """The best way to bring the members to ``pool``; who finds no seat is counted beyond."""
        moves: list[tuple[int, int]] = []
        extra = beyond = 0
        shares = self._shares
        room = self._room.copy()
        coming = [m for m in members if self._pool[m] != pool]
        for member in coming:  # all leave first: a seat given up may be the room they need above
            self._count(room, int(self._pool[member]), -1)
        partners: set[int] = set()
        for member in coming:
            arc = int(self._arcs_to(pool, [member])[0])
            here = int(self._pool[member])
            shares = shares.after(member, here, pool)
            own = self._cost(arc) - self._cost(int(self.arc[member]))
            free = self._has_room(room, pool)
            # The seat given up may be taken by now: another member's came from the same stage or school.
            gives = here != UNPLACED and self._has_room(room, here)
            change = self._best_partner(here, pool, partners, shares) if gives else None
            if change is not None and ((change.short, change.extra) < (shares.short, 0) or not free):
                moves += [(member, arc), (change.applicant, change.arc)]
                partners.add(change.applicant)
                shares = shares.after(change.applicant, pool, here)
                extra += own + change.extra
                self._count(room, here, 1)
            elif free:
                moves.append((member, arc))
                extra += own
                self._count(room, pool, 1)
            else:
                moves.append((member, arc))
                extra += own
                beyond += 1
        return _Plan(extra, pool, moves, beyond, shares.short)

    def _best_partner(self, here: int, pool: int, taken: set[int], shares: ShareCounts) -> _Change | None:
        """The child at ``pool`` who goes to ``here`` with the fewest short, then at least extra, if any.

        Of equals the one with the worst number in the draw.
        """
        sitting = sorted(self._alone.get(pool, set()) - taken)
        if not sitting:
            return None
        arc = self._arcs_to(here, sitting)
        willing = np.flatnonzero(arc != UNPLACED)
        if not len(willing):
            return None
        applicant, arc = np.array(sitting)[willing], arc[willing]
        extra = self.applications.cost[arc] - self.applications.cost[self.arc[applicant]]
        short = shares.short_after(applicant, pool, here)
        best = int(np.lexsort((-self._turn[applicant], extra, short))[0])
        return _Change(int(short[best]), int(extra[best]), int(applicant[best]), int(arc[best]))

    def _apply(self, party: int, plan: _Plan) -> None:
        seats_left = [int(self._pool[m]) for m, _ in plan.moves]
        for applicant, arc in plan.moves:
            self._put(applicant, arc)
        # Those beyond the seats take none.
        self._count(self._room, plan.pool, -plan.beyond)
        self.beyond[party] = plan.beyond
        entered = [int(self._pool[m]) for m, _ in plan.moves]
        self.gave_up_seats |= any(p != UNPLACED and p not in entered for p in seats_left)

    def _put(self, applicant: int, arc: int) -> None:
        left = int(self._pool[applicant])
        entered = UNPLACED if arc == UNPLACED else int(self.applications.pool[arc])
        self._shares = self._shares.after(applicant, left, entered)
        self._count(self._room, left, -1)
        self._count(self._room, entered, 1)
        if applicant in self._alone.get(left, set()):
            self._alone[left].discard(applicant)
            self._alone.setdefault(entered, set()).add(applicant)
        self._pool[applicant], self.arc[applicant] = entered, arc

    def _has_room(self, room: Integers, pool: int) -> bool:
        return all(room[node] > 0 for node in self.tree.ancestor[:, pool] if node != UNPLACED)

    def _count(self, room: Integers, pool: int, taken: int) -> None:
        if pool != UNPLACED:
            for node in self.tree.ancestor[:, pool]:
                if node != UNPLACED:
                    room[node] -= taken

    def _arcs_to(self, pool: int, applicants: list[int]) -> Integers:
        """Their arcs to ``pool``, int64 (applicants,), ``UNPLACED`` where one does not list it."""
        rows = np.array(applicants, dtype=np.int64)
        return arcs_to(self.applications, rows, np.full(len(rows), pool))

    def _cost(self, arc: int) -> int:
        return 0 if arc == UNPLACED else int(self.applications.cost[arc])


def _hand_on(
    parties: Parties, tree: Tree, room: Integers, arc: Integers, beyond: Integers, *, both_in: bool
) -> tuple[Integers, Integers]:
    """Give seats left over to those still unplaced; returns arcs and who sits beyond."""
    first = parties.members.values[parties.members.offsets[:-1]]
    where = np.full(len(parties.applications.pool), UNPLACED, dtype=np.int64)
    where[parties.origin] = np.arange(len(parties.origin))
    choice = np.full(len(parties), UNPLACED, dtype=np.int64)
    choice[arc[first] != UNPLACED] = where[arc[first][arc[first] != UNPLACED]]
    seating = Seating(parties, tree, room)
    for party in np.flatnonzero(choice != UNPLACED).tolist():
        seating.sit(party, int(choice[party]), int(parties.size[party] - beyond[party]))
    for party in seating.turns:
        if seating.place[party] == UNPLACED:
            seating.make_way(party, beyond=both_in)
    got = np.array(seating.place, dtype=np.int64)
    return parties.applicant_arcs(got), parties.last_members(np.array(seating.beyond, dtype=np.int64))
