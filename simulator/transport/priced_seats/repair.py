"""Exact repair: shortest augmenting paths on the graph of pools until every node is balanced."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import in_place, inlined
from simulator.transport.priced_seats.forest import Forest
from simulator.transport.priced_seats.heap import Heap, empty_heap, pop_nearest, push_or_raise
from simulator.transport.priced_seats.layout import Layout
from simulator.transport.priced_seats.lots import Lots, add_lot, more_room_for_lots
from simulator.transport.priced_seats.moves import Moves, more_room_for_moves, offer, rebuild, renew

FAR = 2**62
UP, DOWN, NOWHERE = -1, -2, -3
"""Steps that are no move. Handed on as ``int(UP)``: a literal is a type, and a compilation, of its own."""
BALANCED, MORE_LOTS, MORE_MOVES, CUT_OFF, TOO_SHORT = -10, -11, -12, -13, -14
FURTHER = 64
"""A horizon moves on by the largest cost divided by this at least, so that few searches are made again."""


class Balance(NamedTuple):
    """What flows in the forest, at which prices, and what is out of balance.

    Attributes:
        price: int64 (nodes + 1,), total price of each node, the sink's last; only differences matter.
        lift: int64 (nodes,), cost of the way from a node to its parent: 0 but for classes in the last part.
        taken: int64 (nodes,), seats of a node that are sold: children passed on to its parent.
        excess: int64 (nodes + 1,), children who came in less those passed on; the sum is zero.
        distance, previous, step: (nodes + 1,), the search: by which node and which move a node was reached.
        visited, settled: int32 (nodes + 1,), nodes with a distance, and with a final one.
        counts: int64 (4,), visited, settled, augmentations, searches begun.
    """

    price: Integers
    lift: Integers
    taken: Integers
    excess: Integers
    distance: Integers
    previous: Integers
    step: Integers
    visited: Integers
    settled: Integers
    counts: Integers


def balance_of(forest: Forest, total_price: Integers, load: Integers) -> Balance:
    """The balance when ``load`` children chose their pools at these prices.

    A node with a price of its own sells all its seats, any other what is asked for and there: so the
    reduced cost of each way up (0 or minus the own price) is >= 0 wherever more could go up, and that of the
    way down (the own price) is >= 0 anyway. What does not add up is an excess or a deficit.
    """
    nodes = len(forest.seats)
    taken = np.zeros(nodes, dtype=np.int64)
    excess = np.zeros(nodes + 1, dtype=np.int64)
    _sell(forest, total_price, load, taken, excess)
    return Balance(
        price=total_price.copy(),
        lift=np.zeros(nodes, dtype=np.int64),
        taken=taken,
        excess=excess,
        distance=np.full(nodes + 1, FAR, dtype=np.int64),
        previous=np.full(nodes + 1, -1, dtype=np.int32),
        step=np.full(nodes + 1, NOWHERE, dtype=np.int64),
        visited=np.zeros(nodes + 1, dtype=np.int32),
        settled=np.zeros(nodes + 1, dtype=np.int32),
        counts=np.zeros(4, dtype=np.int64),
    )


@in_place
def _sell(forest: Forest, price: Integers, load: Integers, taken: Integers, excess: Integers) -> None:
    sink = len(taken)
    children = np.int64(0)
    for v in range(sink - 1, -1, -1):
        above = forest.parent[v]
        children += load[v]
        excess[v] += load[v]
        own = price[v] - price[above]
        taken[v] = forest.seats[v] if own > 0 else min(excess[v], forest.seats[v])
        excess[v] -= taken[v]
        excess[above] += taken[v]
    excess[sink] -= children


def lift_unplaced(balance: Balance, nodes: int, lifts: Integers) -> None:
    """Raise the cost of staying unplaced to its true height, in place.

    The way from a class to the sink now costs its lift. Reduced costs upwards only grow; those downwards
    would fall below zero, so the unplaced children are taken off that way: they are an excess of their class
    and missing at the sink. Repair then finds each the cheapest seat, or the way up at the true cost.
    """
    taken = balance.taken[nodes:]
    raised = lifts > 0
    moved = np.where(raised, taken, 0)
    balance.lift[nodes:] = lifts
    balance.excess[nodes:-1] += moved
    balance.excess[-1] -= int(moved.sum())
    taken -= moved


def repair(layout: Layout, forest: Forest, lots: Lots, moves: Moves, balance: Balance) -> tuple[Lots, Moves]:
    """Balance every node at the least cost; lots, moves and balance are changed.

    Successive shortest paths: all reduced costs (cost + price there - price here) are >= 0, so Dijkstra
    finds the way from an excess to the nearest deficit; raising the price of each node nearer than that
    deficit by the difference keeps reduced costs >= 0 and makes the way free; children moved along it leave
    residual arcs of reduced cost 0. When nothing is out of balance, the flow is feasible and no reduced
    cost is negative: it is optimal. All numbers are integers; each step balances at least one child.
    """
    heap = empty_heap(len(forest.seats) + 1)
    further = max(1, int(layout.cost.max()) // FURTHER)
    while True:
        outcome = _balance(layout, forest, lots, moves, balance, heap, further)
        if outcome == BALANCED:
            return lots, moves
        if outcome == MORE_LOTS:
            lots = more_room_for_lots(lots)
        elif outcome == MORE_MOVES:
            moves = more_room_for_moves(moves)
        else:
            raise RuntimeError("priced_seats: children who can go nowhere, though anyone may stay unplaced")


@in_place
def _balance(
    layout: Layout, forest: Forest, lots: Lots, moves: Moves, balance: Balance, heap: Heap, further: int
) -> int:
    """Augment from every excess in turn; stops early where room runs out, with all columns in order."""
    for source in range(len(balance.excess)):
        while balance.excess[source] > 0:
            if lots.used[0] + len(balance.excess) > len(lots.row):
                return MORE_LOTS
            target = _search(layout, forest, lots, moves, balance, heap, source, further)
            if target == TOO_SHORT:
                continue
            if target < 0:
                return target
            _augment(layout, forest, lots, moves, balance, source, target)
    return BALANCED


@in_place
def _search(
    layout: Layout,
    forest: Forest,
    lots: Lots,
    moves: Moves,
    balance: Balance,
    heap: Heap,
    source: int,
    further: int,
) -> int:
    """The nearest deficit from ``source``, prices raised so that the way there is free; below 0: none."""
    sink = len(forest.parent)
    balance.counts[0] = 0
    balance.counts[1] = 0
    balance.counts[3] += 1
    found = CUT_OFF
    within = FAR - 1
    within = _reach(balance, heap, source, 0, source, int(NOWHERE), within)
    while heap.size[0] > 0:
        here = pop_nearest(heap, balance.distance)
        if balance.excess[here] < 0:
            found = here
            break
        balance.settled[balance.counts[1]] = here
        balance.counts[1] += 1
        base = balance.distance[here] - balance.price[here]
        if here < sink:
            if balance.taken[here] < forest.seats[here]:
                above = forest.parent[here]
                way = base + balance.lift[here] + balance.price[above]
                within = _reach(balance, heap, above, way, here, int(UP), within)
            within = _reach_by_moves(layout, lots, moves, balance, heap, here, base, within)
            if within < 0:
                found = MORE_MOVES
                break
        for k in range(forest.below_offsets[here], forest.below_offsets[here + 1]):
            below = forest.below[k]
            if balance.taken[below] > 0:
                way = base - balance.lift[below] + balance.price[below]
                within = _reach(balance, heap, below, way, here, int(DOWN), within)
    if found != MORE_MOVES and _short_lists(lots, moves, balance, found, further):
        found = TOO_SHORT
    if found >= 0:
        for k in range(balance.counts[1]):
            v = balance.settled[k]
            balance.price[v] += balance.distance[found] - balance.distance[v]
    for k in range(balance.counts[0]):
        v = balance.visited[k]
        balance.distance[v] = FAR
        heap.place[v] = -1
    heap.size[0] = 0
    return found


@inlined
def _short_lists(lots: Lots, moves: Moves, balance: Balance, found: int, further: int) -> bool:
    """Whether a move beyond a horizon could lead on within the distance found; if so, horizons move on.

    Such a move out of v costs more than the horizon of v, so the way over it is longer than
    distance + horizon - price of v + the lowest price. Where that is no less than the distance found for
    every v settled, no way is shorter, and raising their prices leaves the reduced costs of all unlisted
    moves >= 0 as well.
    """
    lowest = balance.price[0]
    for price in balance.price:
        lowest = min(lowest, price)
    short = False
    for k in range(balance.counts[1]):
        v = balance.settled[k]
        if v >= len(moves.horizon) or lots.first[v] < 0 or moves.horizon[v] >= FAR:
            continue  # the sink, a node with nobody to move, or a list of everything
        if found >= 0:
            needed = balance.distance[found] - balance.distance[v] + balance.price[v] - lowest
        else:
            needed = min(2 * moves.horizon[v] + further, FAR)
        if moves.horizon[v] < needed:
            moves.horizon[v] = needed + further
            moves.stale[v] = True
            short = True
    return short


@inlined
def _reach(balance: Balance, heap: Heap, v: int, distance: int, previous: int, step: int, within: int) -> int:
    """Note a way to ``v`` if it is the shortest so far and no longer than the way to a known deficit."""
    if distance >= balance.distance[v] or distance > within:
        return within
    if balance.distance[v] == FAR:
        balance.visited[balance.counts[0]] = v
        balance.counts[0] += 1
    balance.distance[v] = distance
    balance.previous[v] = previous
    balance.step[v] = step
    push_or_raise(heap, balance.distance, v)
    if balance.excess[v] < 0:
        return distance
    return within


@inlined
def _reach_by_moves(
    layout: Layout,
    lots: Lots,
    moves: Moves,
    balance: Balance,
    heap: Heap,
    here: int,
    base: int,
    within: int,
) -> int:
    """Follow the moves out of a pool; -1 if its list has to be rebuilt and there is no space for it."""
    if moves.stale[here] and not rebuild(layout, lots, moves, here):
        return -1
    k = moves.start[here]
    while k < moves.start[here] + moves.length[here]:
        target = moves.target[k]
        way = base + moves.cost[k] + balance.price[target]
        if way < balance.distance[target] and way <= within:
            if lots.children[moves.lot[k]] == 0:
                # Only a lower bound, and it would be used: look again with the move that is left, if any.
                renew(layout, lots, moves, here, k)
                continue
            within = _reach(balance, heap, target, way, here, k, within)
        k += 1
    return within


@inlined
def _augment(
    layout: Layout,
    forest: Forest,
    lots: Lots,
    moves: Moves,
    balance: Balance,
    source: int,
    target: int,
) -> None:
    """Move as many children as the way allows from ``source`` to ``target``."""
    units = _units(forest, lots, moves, balance, source, target)
    balance.excess[source] -= units
    balance.excess[target] += units
    balance.counts[2] += 1
    v = target
    while v != source:
        before = balance.previous[v]
        step = balance.step[v]
        if step == UP:
            balance.taken[before] += units
        elif step == DOWN:
            balance.taken[v] -= units
        else:
            _move(layout, lots, moves, step, v, units)
        v = before


@inlined
def _units(forest: Forest, lots: Lots, moves: Moves, balance: Balance, source: int, target: int) -> int:
    """Children who can go the whole way: the least of excess, deficit and what each step lets through."""
    units = min(balance.excess[source], -balance.excess[target])
    v = target
    while v != source:
        before = balance.previous[v]
        step = balance.step[v]
        if step == UP:
            units = min(units, forest.seats[before] - balance.taken[before])
        elif step == DOWN:
            units = min(units, balance.taken[v])
        else:
            units = min(units, lots.children[moves.lot[step]])
        v = before
    return units


@inlined
def _move(layout: Layout, lots: Lots, moves: Moves, step: int, to: int, units: int) -> None:
    """Let children of a lot change to another arc, in a lot of their own or with their equals."""
    lot = moves.lot[step]
    arc = moves.arc[step]
    lots.children[lot] -= units
    newest = lots.first[to]
    if newest >= 0 and lots.arc[newest] == arc:
        lots.children[newest] += units
        # An entry may have been left as a lower bound while this lot was empty: it is good again.
        if lots.children[newest] == units:
            offer(layout, lots, moves, to, newest)
        return
    offer(layout, lots, moves, to, add_lot(lots, lots.row[lot], arc, to, units))
