"""The mechanisms once more over trees of seats and with twins, in plain Python, each from its definition.

A market is a ``Market`` of plain lists. Answers are the leaf of every party, None for nowhere.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from round_worlds import best_priority, common_lists


@dataclass
class Party:
    """A child or twins: ``lists`` leaves best first, ``rank[leaf]`` distinct, ``cost[leaf]``, ``size``."""

    members: list
    lists: list
    rank: dict
    cost: dict
    size: int
    tier: int


@dataclass
class Market:
    """Parties in the order of the draw; of the tree ``seats``, ``parent`` (None above a root), ``school``."""

    parties: list
    seats: list
    parent: list
    school: list

    @classmethod
    def of(cls, w):
        given, parties = w.applications, []
        for place, (members, arcs) in enumerate(common_lists(w)):
            pool = {arc: int(given.pool[arc]) for arc in arcs}
            own = {m: {int(given.pool[a]): int(given.cost[a]) for a in w.arcs(m)} for m in members}
            parties.append(
                Party(
                    members=members,
                    lists=[pool[arc] for arc in arcs],
                    rank={pool[arc]: (best_priority(w, arc), place) for arc in arcs},
                    cost={leaf: sum(costs[leaf] for costs in own.values()) for leaf in pool.values()},
                    size=len(members),
                    tier=min(int(given.tier[m]) for m in members),
                )
            )
        parent = [None if above < 0 else int(above) for above in w.seats.parent]
        return cls(parties, w.seats.seats.tolist(), parent, w.seats.school.tolist())

    def path(self, node):
        while node is not None:
            yield node
            node = self.parent[node]

    def free(self, room, leaf):
        return min(room[node] for node in self.path(leaf))

    def take(self, room, leaf, count):
        for node in self.path(leaf):
            room[node] -= count

    def answer(self, w, got):
        """The leaf of every applicant, as ``round_worlds.pools`` tells it."""
        found = [-1] * len(w.applications)
        for party, leaf in zip(self.parties, got, strict=True):
            for member in party.members:
                found[member] = -1 if leaf is None else leaf
        return found


def greedy(market, room, asking):
    """Of the parties ``asking`` (party to leaf) the trees take the best ranked while there is room; of the
    last one only as many as there is room are counted. Returns party to how many are counted."""
    room, taken = list(room), {}
    for p, leaf in sorted(asking.items(), key=lambda ask: market.parties[ask[0]].rank[ask[1]]):
        count = min(market.free(room, leaf), market.parties[p].size)
        if count > 0:
            taken[p] = count
            market.take(room, leaf, count)
    return taken


def deferred(market, room, lists):
    """All propose, every tree keeps its best, who is refused proposes on: party to leaf, and counts."""
    lists = {p: list(row) for p, row in lists.items()}
    while True:
        asking = {p: row[0] for p, row in lists.items() if row}
        taken = greedy(market, room, asking)
        refused = [p for p in asking if p not in taken]
        if not refused:
            return asking, taken
        for p in refused:
            lists[p].pop(0)


def choices(market, party):
    """The list by choices: leaves of one school in a row are one."""
    return [
        list(leaves) for _, leaves in itertools.groupby(party.lists, key=lambda leaf: market.school[leaf])
    ]


def parallel(market, bands, last_seat):
    """Deferred acceptance band by band; no bands are one band of everything.

    ``next``: of the twins for whom not all seats are there, the best ranked of each tree give that leaf up,
    and the band begins anew.
    """
    got, room = [None] * len(market.parties), list(market.seats)
    rest = [choices(market, party) for party in market.parties]
    number = 0
    while any(row for p, row in enumerate(rest) if got[p] is None):
        size = bands[min(number, len(bands) - 1)] if bands else max(map(len, rest))
        lists = {
            p: [leaf for choice in row[:size] for leaf in choice]
            for p, row in enumerate(rest)
            if got[p] is None
        }
        while True:
            seated, counted = deferred(market, room, lists)
            short = [p for p in seated if counted[p] < market.parties[p].size]
            if last_seat == "both_in" or not short:
                break
            short.sort(key=lambda p: market.parties[p].rank[seated[p]])
            trees = set()
            for p in short:
                root = list(market.path(seated[p]))[-1]
                if root not in trees:
                    lists[p].remove(seated[p])
                trees.add(root)
        for p, leaf in seated.items():
            got[p] = leaf
            market.take(room, leaf, counted[p])
        rest = [row[size:] for row in rest]
        number += 1
    return got


def dictatorship(market, last_seat):
    """One party after the other takes the first leaf with a seat, or (``next``) with a seat for all of it."""
    got, room = [], list(market.seats)
    for party in market.parties:
        wanted = party.size if last_seat == "next" else 1
        leaf = next((leaf for leaf in party.lists if market.free(room, leaf) >= wanted), None)
        if leaf is not None:
            market.take(room, leaf, min(party.size, market.free(room, leaf)))
        got.append(leaf)
    return got


def trading(market):
    """Point, find the cycles, trade, repeat; leaves under a roof that may bind are one school (no twins)."""
    nodes = range(len(market.seats))
    demand = [sum(leaf in party.lists for party in market.parties) for leaf in nodes]

    def most(node):
        below = [child for child in nodes if market.parent[child] == node]
        return min(market.seats[node], sum(map(most, below)) if below else demand[node])

    def binds(node):
        below = [child for child in nodes if market.parent[child] == node]
        return bool(below) and sum(map(most, below)) > market.seats[node]

    def trader(leaf):
        return ([node for node in market.path(leaf) if binds(node)] or [leaf])[-1]

    got, room, here = [None] * len(market.parties), list(market.seats), set(range(len(market.parties)))
    while here:
        wants = {
            p: next((x for x in market.parties[p].lists if market.free(room, x) > 0), None) for p in here
        }
        gone = {p for p in here if wants[p] is None}
        here -= gone
        if not here:
            break
        offers = {}
        for p in here:
            for leaf in market.parties[p].lists:
                offers.setdefault(trader(leaf), []).append((market.parties[p].rank[leaf], p))
        best = {school: min(asked)[1] for school, asked in offers.items()}
        child = min(here)
        for _ in market.parties:  # as many steps as there are children: on a cycle for certain then
            child = best[trader(wants[child])]
        cycle = [child]
        while (after := best[trader(wants[cycle[-1]])]) != child:
            cycle.append(after)
        for p in cycle:
            got[p] = wants[p]
            market.take(room, wants[p], 1)
        here -= set(cycle)
    return got


def nearest(market, p):
    return sorted(market.parties[p].lists, key=lambda leaf: (market.parties[p].cost[leaf], leaf))


def by_order(market, last_seat):
    """Every outcome that the definition of ``by_order`` leaves open, as a set of tuples of leaves.

    In turn the nearest leaf with room for all, else (``both_in``) with any; then whoever is left, in the same
    order, by the fewest children who change their leaf. Which of equally few is left open.
    """
    turns = sorted(range(len(market.parties)), key=lambda p: (market.parties[p].tier, p))
    got, counted, room = [None] * len(turns), [0] * len(turns), list(market.seats)
    for p in turns:
        size, free = market.parties[p].size, {x: market.free(room, x) for x in nearest(market, p)}
        whole = [leaf for leaf in free if free[leaf] >= size]
        some = [leaf for leaf in free if free[leaf] > 0] if last_seat == "both_in" else []
        if whole or some:
            got[p] = (whole or some)[0]
            counted[p] = min(size, free[got[p]])
            market.take(room, got[p], counted[p])
    states = {(tuple(got), tuple(counted))}
    for p in turns:
        states = {later for state in states for later in made_way(market, state, p, last_seat)}
    return {got for got, _ in states}


def made_way(market, state, p, last_seat):
    """The states after party ``p`` had its turn to be made way for."""
    got, counted = state
    if got[p] is not None:
        return {state}
    if market.parties[p].size == 1:
        return {
            (with_(moved, p, leaf), with_(counted, p, 1))
            for moved, leaf in fewest_changes(market, got, counted, {}, nearest(market, p))
        } or {state}
    best, most = None, 0
    for leaf in nearest(market, p):
        held, count = {got}, 0
        while count < market.parties[p].size:
            more = {m for g in held for m, _ in fewest_changes(market, g, counted, {leaf: count}, [leaf])}
            if not more:
                break
            held, count = more, count + 1
        enough = count == market.parties[p].size or (last_seat == "both_in" and count > 0)
        if enough and count > most:
            best, most = (leaf, held), count
    if best is None:
        return {state}
    return {(with_(moved, p, best[0]), with_(counted, p, most)) for moved in best[1]}


def with_(row, place, value):
    return (*row[:place], value, *row[place + 1 :])


def fewest_changes(market, got, counted, kept, leaves):
    """All ways to have one more seat at one of ``leaves``, by the fewest single children who change their
    leaf, nobody losing a seat: the leaves of all then, and the leaf that has the seat.

    Args:
        kept: leaf to seats that are held there beside those of ``got``.
    """
    movable = [p for p, leaf in enumerate(got) if leaf is not None and market.parties[p].size == 1]
    for changes in range(len(movable) + 1):
        found = set()
        for movers in itertools.combinations(movable, changes):
            others = [[x for x in market.parties[p].lists if x != got[p]] for p in movers]
            for targets in itertools.product(*others):
                moved = list(got)
                for p, leaf in zip(movers, targets, strict=True):
                    moved[p] = leaf
                room = list(market.seats)
                for p, leaf in enumerate(moved):
                    if leaf is not None:
                        market.take(room, leaf, counted[p])
                for leaf, count in kept.items():
                    market.take(room, leaf, count)
                if min(room, default=0) >= 0:
                    found |= {(tuple(moved), leaf) for leaf in leaves if market.free(room, leaf) > 0}
        if found:
            return found
    return set()
