"""Ties between equally good flows, settled by the order of the groups: one flow, whichever engine solved.

**Which flows are equally good.** The minimal total prices are unique (``minimal_total_prices``), and with any
optimal prices a flow is optimal exactly when every child has a *tight* option (cost + price is what its group
pays; staying unplaced is an option of price 0) and every node with a price of its own is full. So what the
optimal flows are follows from the prices, not from the engine.

**Which of them is taken.** Groups have their turn in the order of their rows, which the caller makes that
of the draw. The first group gets as many children as possible on its first option, then on its second and
so on, in the order of (cost, position in the problem), staying unplaced last; then the second group, with all
that the groups before it were given kept; and so forth. That is a serial dictatorship by the draw among the
optimal flows: where the total does not care who has the nearer school, the better number has it. It is the
lexicographically greatest of the optimal flows. They are finitely many and the order is total, so there is
one greatest: any engine and any optimal flow to begin with end at the same bytes.

**How.** Consider the residual network of the optimal flows. Its nodes are the groups that have not had their
turn, the places (nodes of the seat tree; the sink, which is where the unplaced are and what lies above the
roots). Its arcs: from a group to its tight options; from the place of an option with children back to their
group; from a node with a seat left to its parent; from a parent to a node with children and without a price
of its own. Two optimal flows that agree on the groups already settled differ by cycles in it.

1. On the turn of group g and its option o, more children can be had on o exactly when some way leads from
   its place, through groups still to come, to the place of a later option of g with children. If x is a flow
   with more on o that agrees on all before, one of the cycles by which it differs uses g -> o; it comes
   back to g from an option with children that is not yet settled and is not o: a later one. Conversely a
   cycle can be walked by at least one child, as all numbers are whole.
2. Walk such ways, several children at once, until there is none; those on o stay. Then o is settled, and
   with its last option g leaves the network.
3. Searches are few, because *strong components are only ever split*: walking a cycle adds only arcs between
   nodes of that cycle, which reach each other already, and settling removes arcs. Places carry labels such
   that a strong component has one label. A way that closes a cycle stays within its component, so it is
   searched for only where o and a later option with children have one label, only among places of that
   label. A search in vain has found places that nothing leaves within the label, and that miss the place of
   the later option: they become a label of their own. That happens less often than there are places. All
   other searches end with a child moved to its final option; nearly all find the way in a step or two.

Only integers are compared and added, and nothing depends on a clock.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Integers
from simulator.transport.compiled import in_place, inlined
from simulator.transport.flow import Ties
from simulator.transport.problem import Problem
from simulator.transport.wavering import Wavering, Ways, enlist, list_options, list_ways, strike, survey

MOST_MOVES = 10_000_000
MOST_MOVES_PER_ARC = 8
"""The pass is made up to the larger of so many moves listed and so many for each arc of the problem."""
COUNTABLE = 2**31 - 1
UP, DOWN = np.int64(-1), np.int64(-2)


class Settled(NamedTuple):
    """``flow`` int64 (arcs,), ``unplaced`` int64 (groups,), and whether ``ties`` are settled."""

    flow: Integers
    unplaced: Integers
    ties: Ties


def settle_ties(
    problem: Problem,
    total_prices: Integers,
    flow: Integers,
    unplaced: Integers,
    wanted: bool | None = None,
) -> Settled:
    """The one optimal flow that gives way to the groups in their order.

    The work is counted beforehand by the moves to be listed: for every group with two or more tight options
    their number, times itself or the group's children, whichever is less. That follows from the prices, so
    either every engine makes the pass or none does. A move takes some tens of nanoseconds and 16 bytes, about
    what a solve takes for an arc of a group of many children for every eight moves. So where whole groups
    find a dozen options equal the pass would cost more than the solve (and several times the memory of the
    problem). Then, beyond the first ten million moves, the flow is left as the engine found it, whose
    arithmetic is the same on every machine.

    Args:
        total_prices: int64 (nodes,), the minimal ones. flow: int64 (arcs,), unplaced: int64 (groups,): any
            optimal flow. wanted: True to settle ties whatever it costs, False to leave them.

    Raises:
        OverflowError: settling is asked for and there are more than 2**31 moves.
    """
    left = Settled(flow, unplaced, "engine")
    if wanted is False:
        return left
    found = survey(problem, total_prices)
    if wanted is None and found.moves > max(MOST_MOVES, MOST_MOVES_PER_ARC * len(problem.pool)):
        return left
    if found.moves > COUNTABLE:
        raise OverflowError(f"settle_ties: {found.moves} moves between equally good options")
    if not len(found.group):
        return Settled(flow, unplaced, "settled")
    wavering = list_options(problem, total_prices, flow, unplaced, found)
    ways = list_ways(wavering, problem.supply, problem.nodes + 1, found.moves)
    _settle(wavering, ways, _tree(problem, total_prices, flow), _search_room(problem.nodes + 1))
    flow, unplaced = flow.copy(), unplaced.copy()
    seated = wavering.arc != UNPLACED
    flow[wavering.arc[seated]] = wavering.children[seated]
    unplaced[wavering.group[wavering.owner[~seated]]] = wavering.children[~seated]
    return Settled(flow, unplaced, "settled")


class Tree(NamedTuple):
    """The seat tree as far as it lets children through.

    Attributes:
        above: int32 (nodes,), the parent, the sink for roots. seats, load: int64 (nodes,).
        offsets: int64 (nodes + 2,). below: int32, by place: the nodes right below without a price of their
            own. Those with one are full and stay so; nothing passes them either way.
    """

    above: Integers
    seats: Integers
    load: Integers
    offsets: Integers
    below: Integers


def _tree(problem: Problem, total_prices: Integers, flow: Integers) -> Tree:
    sink = problem.nodes
    above = np.where(problem.parent == UNPLACED, sink, problem.parent).astype(np.int32)
    free = np.flatnonzero(total_prices == np.append(total_prices, 0)[above])
    offsets = np.zeros(sink + 2, dtype=np.int64)
    np.cumsum(np.bincount(above[free], minlength=sink + 1), out=offsets[1:])
    below = free[np.argsort(above[free], kind="stable")].astype(np.int32)
    return Tree(above, problem.seats, problem.loads(flow), offsets, below)


class Search(NamedTuple):
    """What searches know and note, by place.

    Attributes:
        label: int32, the same for places of one strong component. goal: int32, the later option of the group
            in turn with children there, -1 for none.
        queue: int32, places in the order reached. turn: int64, the last search that came by.
        previous: int32, from where. step: int64, how: a pair of places, ``UP`` or ``DOWN`` the tree.
        counts: int64 (3,), searches begun, labels given, places reached.
    """

    label: Integers
    goal: Integers
    queue: Integers
    turn: Integers
    previous: Integers
    step: Integers
    counts: Integers


def _search_room(places: int) -> Search:
    return Search(
        label=np.zeros(places, dtype=np.int32),
        goal=np.full(places, -1, dtype=np.int32),
        queue=np.empty(places, dtype=np.int32),
        turn=np.zeros(places, dtype=np.int64),
        previous=np.empty(places, dtype=np.int32),
        step=np.empty(places, dtype=np.int64),
        counts=np.zeros(3, dtype=np.int64),
    )


@in_place
def _settle(wavering: Wavering, ways: Ways, tree: Tree, search: Search) -> None:
    """Give every group its turn; ``later`` are its children at options after the one in hand."""
    for w in range(len(wavering.group)):
        low, high = wavering.offsets[w], wavering.offsets[w + 1]
        later = np.int64(0)
        for o in range(low, high):
            if wavering.children[o] > 0:
                later += wavering.children[o]
                search.goal[wavering.place[o]] = o
                strike(wavering, ways, o)
        for o in range(low, high):
            if wavering.children[o] > 0:
                search.goal[wavering.place[o]] = -1
                later -= wavering.children[o]
            while later > 0 and _may_reach(wavering, search, o, high):
                end = _way(ways, tree, search, wavering.place[o])
                if end < 0:
                    break
                later -= _walk(wavering, ways, tree, search, o, end)
            if later == 0:
                break


@inlined
def _may_reach(wavering: Wavering, search: Search, option: int, high: int) -> bool:
    """Whether a later option with children has the label of this one."""
    label = search.label[wavering.place[option]]
    for o in range(option + 1, high):
        if wavering.children[o] > 0 and search.label[wavering.place[o]] == label:
            return True
    return False


@in_place
def _way(ways: Ways, tree: Tree, search: Search, start: int) -> int:
    """The nearest goal a child can be passed on to from ``start``; if none, -1 and a new label."""
    label = search.label[start]
    search.counts[0] += 1
    search.turn[start] = search.counts[0]
    search.queue[0] = start
    search.counts[2] = 1
    looked_at = 0
    while looked_at < search.counts[2]:
        here = search.queue[looked_at]
        looked_at += 1
        for pair in range(ways.offsets[here], ways.offsets[here + 1]):
            if ways.first[pair] >= 0 and _reach(search, label, here, ways.to[pair], pair):
                return ways.to[pair]
        rising = here < len(tree.above) and tree.load[here] < tree.seats[here]
        if rising and _reach(search, label, here, tree.above[here], UP):
            return tree.above[here]
        for k in range(tree.offsets[here], tree.offsets[here + 1]):
            if tree.load[tree.below[k]] > 0 and _reach(search, label, here, tree.below[k], DOWN):
                return tree.below[k]
    search.counts[1] += 1
    for k in range(search.counts[2]):
        search.label[search.queue[k]] = search.counts[1]
    return -1


@inlined
def _reach(search: Search, label: int, here: int, there: int, step: int | np.int64) -> bool:
    """Note that ``there`` is reached from ``here``, if for the first time; whether it is a goal."""
    if search.label[there] != label or search.turn[there] == search.counts[0]:
        return False
    search.turn[there] = search.counts[0]
    search.previous[there] = here
    search.step[there] = step
    search.queue[search.counts[2]] = there
    search.counts[2] += 1
    return search.goal[there] >= 0


@in_place
def _walk(wavering: Wavering, ways: Ways, tree: Tree, search: Search, option: int, end: int) -> int:
    """Move children of the group in turn from the goal at ``end`` to ``option``, passing others on; how many.

    Steps are walked from the end, and moving a child changes only the lists of the two places it moves
    between, so the first entry of each list is still the one whose children were counted.
    """
    start = wavering.place[option]
    goal = search.goal[end]
    children = wavering.children[goal]
    v = end
    while v != start:
        before, step = search.previous[v], search.step[v]
        if step == UP:
            children = min(children, tree.seats[before] - tree.load[before])
        elif step != DOWN:  # as many are below a node as leave its pools afterwards
            children = min(children, wavering.children[ways.source[ways.first[step]]])
        v = before
    v = end
    while v != start:
        before, step = search.previous[v], search.step[v]
        if step == UP:
            tree.load[before] += children
        elif step == DOWN:
            tree.load[v] -= children
        else:
            entry = ways.first[step]
            source, target = np.int64(ways.source[entry]), np.int64(ways.target[entry])
            _pass_on(wavering, ways, source, target, children)
        v = before
    wavering.children[option] += children
    wavering.children[goal] -= children
    if wavering.children[goal] == 0:
        search.goal[end] = -1
    return children


@inlined
def _pass_on(
    wavering: Wavering, ways: Ways, source: int | np.int64, target: int | np.int64, children: int
) -> None:
    """Move children of one group from one option to another, and keep the lists."""
    wavering.children[source] -= children
    if wavering.children[source] == 0:
        strike(wavering, ways, source)
    if wavering.children[target] == 0:
        enlist(wavering, ways, target)
    wavering.children[target] += children
