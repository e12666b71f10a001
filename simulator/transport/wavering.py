"""Groups with several equally good options, and every move of their children between two pools."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled
from simulator.transport.problem import Problem


class Wavering(NamedTuple):
    """Groups with children and two or more tight options, in the order of their rows.

    An option is tight where cost + total price is what the group pays: no child can do better, no child of
    an optimal flow does worse. Staying unplaced is an option too; its place is the sink, numbered after the
    nodes. Which groups and options these are follows from the prices alone.

    Attributes:
        group: int32 (groups,), the group of the problem. offsets: int64 (groups + 1,), into the options.
        place: int32 (options,), pool or sink; by cost, then position in the problem, unplaced last.
        arc: int64 (options,), the arc of the problem, ``UNPLACED`` for none.
        children: int64 (options,), children there now; what is being settled.
        owner: int32 (options,), the row in ``group``.
    """

    group: Integers
    offsets: Integers
    place: Integers
    arc: Integers
    children: Integers
    owner: Integers


class Ways(NamedTuple):
    """For each pair of places, a list of the children who could move from the one to the other.

    An entry says: this group has children at option ``source`` and could seat them at option ``target``.
    A group takes one row of entries, one for each of its options, per option with children: never more rows
    than children, never more than options. It owns that many from the start, so lists need no more memory
    while children move.

    Attributes:
        offsets: int64 (places + 1,), into the pairs. to: int32 (pairs,), ascending for each place.
        first: int32 (pairs,), the first entry of the list, -1 where nobody could move.
        entries: int64 (groups,), where each group's entries begin.
        row: int32 (options,), the row of an option with children. spare: int32 (options,), the rows of each
            group, those not in use after the first ``used``: int32 (groups,).
        source, target: int32 (entries,), options.
        after, before: int32 (entries,), neighbours in the list; -1 at its end; at its head -2 - pair.
    """

    offsets: Integers
    to: Integers
    first: Integers
    entries: Integers
    row: Integers
    spare: Integers
    used: Integers
    source: Integers
    target: Integers
    after: Integers
    before: Integers


class Survey(NamedTuple):
    """Who wavers.

    Attributes:
        group: int32 (groups,). paid: int64 (groups,), cost + price of the tight options.
        options: how many options all have. moves: how many entries ``Ways`` would have.
    """

    group: Integers
    paid: Integers
    options: int
    moves: int


def survey(problem: Problem, total_prices: Integers) -> Survey:
    """One pass over the arcs for the groups with two or more tight options."""
    group, paid, options, moves = _survey(
        problem.supply, problem.offsets, problem.pool, problem.cost, problem.unplaced_cost, total_prices
    )
    return Survey(group, paid, int(options), int(moves))


@compiled
def _survey(
    supply: Integers,
    offsets: Integers,
    pool: Integers,
    cost: Integers,
    unplaced_cost: Integers,
    total_prices: Integers,
) -> tuple[Integers, Integers, int, int]:
    group = np.empty(len(supply), dtype=np.int32)
    paid = np.empty(len(supply), dtype=np.int64)
    found, options, moves = 0, 0, 0
    for g in range(len(supply)):
        if supply[g] == 0:
            continue
        least = unplaced_cost[g]
        equal = 1
        for a in range(offsets[g], offsets[g + 1]):
            if cost[a] <= least:  # prices are >= 0
                pays = cost[a] + total_prices[pool[a]]
                if pays < least:
                    least = pays
                    equal = 1
                elif pays == least:
                    equal += 1
        if equal > 1:
            group[found] = g
            paid[found] = least
            found += 1
            options += equal
            moves += equal * min(equal, supply[g])
    return group[:found], paid[:found], options, moves


def list_options(
    problem: Problem, total_prices: Integers, flow: Integers, unplaced: Integers, found: Survey
) -> Wavering:
    """The tight options of the groups found, with the children who take them in ``flow``."""
    wavering = Wavering(
        group=found.group,
        offsets=np.zeros(len(found.group) + 1, dtype=np.int64),
        place=np.empty(found.options, dtype=np.int32),
        arc=np.empty(found.options, dtype=np.int64),
        children=np.empty(found.options, dtype=np.int64),
        owner=np.empty(found.options, dtype=np.int32),
    )
    _list_options(
        wavering,
        found.paid,
        problem.offsets,
        problem.pool,
        problem.cost,
        problem.unplaced_cost,
        total_prices,
        flow,
        unplaced,
    )
    return wavering


@compiled
def _list_options(
    wavering: Wavering,
    paid: Integers,
    offsets: Integers,
    pool: Integers,
    cost: Integers,
    unplaced_cost: Integers,
    total_prices: Integers,
    flow: Integers,
    unplaced: Integers,
) -> None:
    end = 0
    for w in range(len(wavering.group)):
        g = wavering.group[w]
        low = end
        for a in range(offsets[g], offsets[g + 1]):
            if cost[a] <= paid[w] and cost[a] + total_prices[pool[a]] == paid[w]:
                at = end
                while at > low and cost[wavering.arc[at - 1]] > cost[a]:
                    wavering.arc[at] = wavering.arc[at - 1]
                    at -= 1
                wavering.arc[at] = a
                end += 1
        for o in range(low, end):
            wavering.place[o] = pool[wavering.arc[o]]
            wavering.children[o] = flow[wavering.arc[o]]
        if unplaced_cost[g] == paid[w]:
            wavering.arc[end] = UNPLACED
            wavering.place[end] = len(total_prices)
            wavering.children[end] = unplaced[g]
            end += 1
        for o in range(low, end):
            wavering.owner[o] = w
        wavering.offsets[w + 1] = end


def list_ways(wavering: Wavering, supply: Integers, places: int, moves: int) -> Ways:
    """All moves of children who waver, every one of them in the list of its two places."""
    by_place = np.argsort(wavering.place, kind="stable")
    at_place = np.zeros(places + 1, dtype=np.int64)
    np.cumsum(np.bincount(wavering.place, minlength=places), out=at_place[1:])
    pairs = np.sort(_pairs(wavering, by_place, at_place, np.full(places, -1)))
    to = (pairs % places).astype(np.int32)
    offsets = np.searchsorted(pairs, np.arange(places + 1) * places)
    degree = np.diff(wavering.offsets)
    own = degree * np.minimum(degree, supply[wavering.group])
    options = len(wavering.place)
    ways = Ways(
        offsets=offsets,
        to=to,
        first=np.full(len(to), -1, dtype=np.int32),
        entries=np.cumsum(own) - own,
        row=np.empty(options, dtype=np.int32),
        spare=(np.arange(options) - np.repeat(wavering.offsets[:-1], degree)).astype(np.int32),
        used=np.zeros(len(degree), dtype=np.int32),
        source=np.empty(moves, dtype=np.int32),
        target=np.empty(moves, dtype=np.int32),
        after=np.empty(moves, dtype=np.int32),
        before=np.empty(moves, dtype=np.int32),
    )
    _enlist_all(wavering, ways)
    return ways


@compiled
def _pairs(wavering: Wavering, by_place: Integers, at_place: Integers, seen: Integers) -> Integers:
    """The pairs of places p, q that some group has among its options, as p x places + q, int64 (pairs,).

    ``seen`` (places,) begins at -1. (Filling, sorting or copying a part of a column here would be shorter to
    read and take seconds more to compile.)
    """
    places = len(at_place) - 1
    waver = 0
    for p in range(places):
        waver += at_place[p + 1] > at_place[p]
    pairs = np.empty(16 * places, dtype=np.int64)
    count = 0
    for p in range(places):
        if count + places > len(pairs):
            longer = np.empty(2 * len(pairs), dtype=np.int64)
            for k in range(count):
                longer[k] = pairs[k]
            pairs = longer
        seen[p] = p
        others = 0
        for k in range(at_place[p], at_place[p + 1]):
            if others == waver - 1:
                break
            w = wavering.owner[by_place[k]]
            for o in range(wavering.offsets[w], wavering.offsets[w + 1]):
                q = wavering.place[o]
                if seen[q] != p:
                    seen[q] = p
                    pairs[count] = p * places + q
                    count += 1
                    others += 1
    return pairs[:count]


@compiled
def _enlist_all(wavering: Wavering, ways: Ways) -> None:
    for o in range(len(wavering.place)):
        if wavering.children[o] > 0:
            enlist(wavering, ways, o)


@compiled
def enlist(wavering: Wavering, ways: Ways, source: int | np.int64) -> None:
    """List the moves of the children at option ``source`` to every other option of their group."""
    w = wavering.owner[source]
    low, high = wavering.offsets[w], wavering.offsets[w + 1]
    row = ways.spare[low + ways.used[w]]
    ways.used[w] += 1
    ways.row[source] = row
    entry = ways.entries[w] + row * (high - low)
    here = wavering.place[source]
    for target in range(low, high):
        if target != source:
            pair = _pair(ways, here, wavering.place[target])
            following = ways.first[pair]
            ways.source[entry] = source
            ways.target[entry] = target
            ways.after[entry] = following
            ways.before[entry] = -2 - pair
            ways.first[pair] = entry
            if following >= 0:
                ways.before[following] = entry
        entry += 1


@compiled
def strike(wavering: Wavering, ways: Ways, source: int | np.int64) -> None:
    """Take the moves from option ``source`` off their lists."""
    w = wavering.owner[source]
    low, high = wavering.offsets[w], wavering.offsets[w + 1]
    row = ways.row[source]
    ways.used[w] -= 1
    ways.spare[low + ways.used[w]] = row
    entry = ways.entries[w] + row * (high - low)
    for target in range(low, high):
        if target != source:
            following, preceding = ways.after[entry], ways.before[entry]
            if following >= 0:
                ways.before[following] = preceding
            if preceding >= 0:
                ways.after[preceding] = following
            else:
                ways.first[-2 - preceding] = following
        entry += 1


@compiled
def _pair(ways: Ways, here: int, there: int) -> int:
    """The number of the pair, by halving."""
    low, high = ways.offsets[here], ways.offsets[here + 1] - 1
    while low < high:
        middle = (low + high) // 2
        if ways.to[middle] < there:
            low = middle + 1
        else:
            high = middle
    return low
