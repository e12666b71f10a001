"""Taking nodes out of a network one by one while every distance between those left stays what it was.

When a node goes, each pair of its neighbours is linked by the way through it, unless a shorter link is
there. Dead ends and chains of a road network go for nothing, ordinary crossings for a few links. What was
linked to a node when it went is all that is ever needed of it: its distance to anything that outlived it is
the least over those neighbours. So a search runs over the few nodes that are left (the core), and all
others read their answer off their neighbours in one sweep, in the order opposite to the one they went in.

This is the contraction of Geisberger, Sanders, Schultes and Delling (Contraction hierarchies, 2008), in the
order of least degree, with witnesses looked for over one more node and in between only, stopped where the
core gets dense; the sweep is that of Delling, Goldberg, Nowatzyk and Werneck (PHAST, 2011). Metres are whole
numbers, so nothing is lost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import Hierarchy, Profile, Roads
from simulator.model.arrays import Integers
from simulator.model.roads import NO_WAY
from simulator.travel.compiled import compiled, inlined
from simulator.travel.network import Links, along_a_curve, links_of

GREATEST_DEGREE = 12
"""A node of more neighbours than this stays in the core: taking it out would cost more than it saves."""

WORTH = 50
"""Another go is worth its while if the last one took out one node for every so many that were left."""

NOBODY = -1
"""A degree that no node is below."""

ROOM = 4
"""Links a node has room for at first, beyond those it has."""


def contract(roads: Roads, profile: Profile, greatest_degree: int = GREATEST_DEGREE) -> Hierarchy:
    """The hierarchy of a network for one profile; the same for the same roads, on every machine.

    1. Take out nodes of few neighbours.
    2. Drop links between those left that are longer than a way over two others: no shortest way takes them.
    3. Again, on what is left, as long as that takes out a good part of it.
    """
    number = along_a_curve(roads)
    links = links_of(roads, profile, number)
    stages: list[_Stage] = []
    going_on = True
    while going_on:
        stage = _Stage(*_take_out(links.offsets, links.neighbour, links.there, links.back, greatest_degree))
        stages.append(stage)
        links = _without_detours(stage.core())
        going_on = stage.taken * WORTH > len(stage.rank) - stage.taken > 0
    stages.append(_Stage(*_take_out(links.offsets, links.neighbour, links.there, links.back, NOBODY)))
    return _joined(stages, number)


class _Stage(NamedTuple):
    """What one go of taking out nodes gave: ranks of its own nodes, how many went, links by rank."""

    rank: Integers
    taken: int
    offsets: Integers
    neighbour: Integers
    there: Integers
    back: Integers

    def core(self) -> Links:
        """The links of the nodes that are left, counted from 0."""
        first = self.offsets[self.taken]
        return Links(
            self.offsets[self.taken :] - first,
            self.neighbour[first:] - np.int32(self.taken),
            self.there[first:],
            self.back[first:],
        )


def _joined(stages: list[_Stage], number: Integers) -> Hierarchy:
    """All goes as one hierarchy: who went in an earlier one ranks lower.

    What a go calls its core are the nodes of the next one, so ranks are joined from the last to the first.
    """
    taken = np.cumsum([0, *(stage.taken for stage in stages)])
    last = stages[-1]
    final = np.arange(len(last.rank)) + taken[-2]  # by rank within the last go
    parts = [(np.diff(last.offsets), final[last.neighbour], last.there, last.back)]
    for stage, first, after in zip(stages[-2::-1], taken[-3::-1], stages[:0:-1], strict=True):
        final = np.concatenate((np.arange(stage.taken) + first, final[after.rank]))
        end = stage.offsets[stage.taken]
        counts = np.diff(stage.offsets[: stage.taken + 1])
        parts.append((counts, final[stage.neighbour[:end]], stage.there[:end], stage.back[:end]))
    counts, neighbour, there, back = (np.concatenate(column) for column in zip(*parts[::-1], strict=True))
    return Hierarchy(
        final[stages[0].rank][number].astype(np.int32),
        int(taken[-1]),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        neighbour.astype(np.int32),
        there.astype(np.int32),
        back.astype(np.int32),
    )


def _without_detours(links: Links) -> Links:
    """The links without those, in either direction, that are longer than two others one after the other."""
    there = _shortest(links.offsets, links.neighbour, links.there)
    back = _shortest(links.offsets, links.neighbour, links.back)
    kept = np.minimum(there, back) < NO_WAY
    before = np.concatenate(([0], np.cumsum(kept)))
    return Links(before[links.offsets], links.neighbour[kept], there[kept], back[kept])


@compiled
def _shortest(offsets: Integers, neighbour: Integers, metres: Integers) -> Integers:
    """``metres`` with ``NO_WAY`` for links longer than a way over one more node.

    Strictly longer: a link that is left out is on no shortest way, so all may be left out at once.
    """
    nodes = len(offsets) - 1
    answer = metres.copy()
    place = np.full(nodes, -1, dtype=np.int64)
    for node in range(nodes):
        for link in range(offsets[node], offsets[node + 1]):
            place[neighbour[link]] = link
        for link in range(offsets[node], offsets[node + 1]):
            if metres[link] >= NO_WAY:
                continue
            over = neighbour[link]
            for further in range(offsets[over], offsets[over + 1]):
                direct = place[neighbour[further]]
                if direct >= 0 and metres[link] + metres[further] < metres[direct]:
                    answer[direct] = NO_WAY
        for link in range(offsets[node], offsets[node + 1]):
            place[neighbour[link]] = -1
    return answer


@compiled
def _take_out(
    offsets: Integers, neighbour: Integers, there: Integers, back: Integers, greatest_degree: int
) -> tuple[Integers, int, Integers, Integers, Integers, Integers]:
    """Rank of each node, how many were taken out, and by rank their links, neighbours as ranks.

    Rounds of rising degree; within a round first come first served, which takes nodes that are no neighbours
    of each other and keeps the hierarchy flat. The links of a node lie in a row of the pool; one that needs
    more room than it has moves to the end.
    """
    nodes = len(offsets) - 1
    first = np.zeros(nodes, dtype=np.int64)
    count = np.zeros(nodes, dtype=np.int32)
    room = np.zeros(nodes, dtype=np.int32)
    used = 0
    for node in range(nodes):
        first[node] = used
        count[node] = offsets[node + 1] - offsets[node]
        room[node] = count[node] + ROOM
        used += room[node]
    pool: Integers = np.empty((2 * used + 16, 3), dtype=np.int32)  # neighbour, metres there, metres back
    for node in range(nodes):
        for place in range(count[node]):
            pool[first[node] + place, 0] = neighbour[offsets[node] + place]
            pool[first[node] + place, 1] = there[offsets[node] + place]
            pool[first[node] + place, 2] = back[offsets[node] + place]

    rank = np.full(nodes, -1, dtype=np.int32)
    place_of = np.zeros(nodes, dtype=np.int32)
    kept_offsets = np.zeros(nodes + 1, dtype=np.int64)
    kept: Integers = np.empty((2 * len(neighbour) + 16, 3), dtype=np.int32)
    written, taken = 0, 0
    queue = np.empty(nodes, dtype=np.int32)  # a ring: every node is in it once at most
    queued = np.zeros(nodes, dtype=np.bool_)
    for degree in range(greatest_degree + 1):
        head, waiting = 0, 0
        for node in range(nodes):
            if rank[node] < 0 and count[node] <= degree:
                queue[waiting], queued[node] = node, True
                waiting += 1
        while waiting:
            node = queue[head]
            head = (head + 1) % nodes
            waiting -= 1
            queued[node] = False
            links = count[node]
            if links > degree:
                continue
            kept = _with_room(kept, written, links)
            kept[written : written + links] = pool[first[node] : first[node] + links]
            for place in range(written, written + links):
                one = kept[place, 0]
                if count[one] + links > room[one]:
                    wanted = 2 * (count[one] + links)
                    pool = _with_room(pool, used, wanted)
                    pool[used : used + count[one]] = pool[first[one] : first[one] + count[one]]
                    first[one], room[one] = used, wanted
                    used += wanted
                here = first[one]
                gone = 0
                for at in range(count[one]):
                    place_of[pool[here + at, 0]] = at
                    if pool[here + at, 0] == node:
                        gone = at
                count[one] -= 1
                pool[here + gone] = pool[here + count[one]]
                place_of[pool[here + gone, 0]] = gone
                for beside in range(written, written + links):
                    if beside == place:
                        continue
                    other = kept[beside, 0]
                    on = _sum(kept[place, 2], kept[beside, 1])
                    home = _sum(kept[beside, 2], kept[place, 1])
                    if on == NO_WAY and home == NO_WAY:
                        continue
                    at = place_of[other]  # where it is among the links of ``one``, if it is there at all
                    if at < count[one] and pool[here + at, 0] == other:
                        pool[here + at, 1] = min(pool[here + at, 1], on)
                        pool[here + at, 2] = min(pool[here + at, 2], home)
                    else:
                        at = count[one]
                        pool[here + at, 0], pool[here + at, 1], pool[here + at, 2] = other, on, home
                        place_of[other] = at
                        count[one] += 1
                if count[one] <= degree and not queued[one]:
                    queue[(head + waiting) % nodes], queued[one] = one, True
                    waiting += 1
            rank[node] = taken
            taken += 1
            written += links
            kept_offsets[taken] = written
    end = taken
    for node in range(nodes):  # the core, in the order of its nodes
        if rank[node] < 0:
            links = count[node]
            kept = _with_room(kept, written, links)
            kept[written : written + links] = pool[first[node] : first[node] + links]
            rank[node] = end
            end += 1
            written += links
            kept_offsets[end] = written
    for place in range(written):
        kept[place, 0] = rank[kept[place, 0]]
    kept = kept[:written]
    return rank, taken, kept_offsets, kept[:, 0].copy(), kept[:, 1].copy(), kept[:, 2].copy()


@inlined
def _sum(one: int, other: int) -> int:
    """Metres of two links one after the other; ``NO_WAY`` if either is none."""
    if one >= NO_WAY or other >= NO_WAY:
        return NO_WAY
    return min(one + other, NO_WAY)


@compiled
def _with_room(rows: Integers, used: int, more: int) -> Integers:
    """``rows`` with room for ``more`` behind the ``used`` ones; more than twice as many if they must move."""
    if used + more <= len(rows):
        return rows
    wider = np.empty((2 * len(rows) + more, 3), dtype=np.int32)
    wider[:used] = rows[:used]
    return wider
