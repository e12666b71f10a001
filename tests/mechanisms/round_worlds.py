"""Small rounds of applications, and the slow and obvious way to say what should come out."""

from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from simulator.model import UNPLACED, Applications, Draw, Seats


@dataclass
class World:
    """One round: everything a mechanism is called with."""

    applications: Applications
    seats: Seats
    draw: Draw

    def play(self, mechanism, **rule):
        return mechanism(self.applications, self.seats, self.draw, **rule)

    def banded(self, bands):
        return World(replace(self.applications, bands=tuple(bands)), self.seats, self.draw)

    def arcs(self, applicant):
        return range(self.applications.offsets[applicant], self.applications.offsets[applicant + 1])

    def path(self, node):
        while node != UNPLACED:
            yield int(node)
            node = self.seats.parent[node]

    def order(self, applicant):
        return int(self.draw.order[self.applications.student[applicant]])

    def units(self):
        """Applicants of every unit."""
        labels = [u for u in np.unique(self.applications.unit) if u != UNPLACED]
        return [np.flatnonzero(self.applications.unit == u).tolist() for u in labels]

    def parties(self):
        """Lists of applicants that apply as one, best number first."""
        single = [[a] for a in np.flatnonzero(self.applications.unit == UNPLACED).tolist()]
        return sorted(single + self.units(), key=lambda members: min(self.order(a) for a in members))


def world(lists, seats, parent=None, *, order=None, priority=None, cost=None, unit=None, tier=None):
    """A round from lists: ``lists[a]`` are the pools of applicant ``a``, priority and cost run beside."""
    count, arcs = len(lists), [pool for listed in lists for pool in listed]
    parent = [UNPLACED] * len(seats) if parent is None else parent
    zeros = [[0] * len(listed) for listed in lists]
    costs = [list(range(len(listed))) for listed in lists] if cost is None else cost
    tier = [0] * count if tier is None else tier
    rows = [(tuple(p), tuple(c)) for p, c in zip(lists, costs, strict=True)]
    label = {row: number for number, row in enumerate(sorted(set(rows)))}
    applications = Applications(
        student=np.arange(count, dtype=np.int32),
        offsets=np.concatenate(([0], np.cumsum([len(listed) for listed in lists], dtype=np.int64))),
        pool=np.array(arcs, dtype=np.int32),
        priority=np.array([x for row in (priority or zeros) for x in row], dtype=np.int64),
        cost=np.array([x for row in costs for x in row], dtype=np.int64),
        unit=np.array([UNPLACED] * count if unit is None else unit, dtype=np.int32),
        tier=np.array(tier, dtype=np.int32),
        alike=np.array([label[row] for row in rows], dtype=np.int32),
    )
    nodes = len(seats)
    # Every tree is a school.
    school = list(range(nodes))
    for node, above in enumerate(parent):
        school[node] = node if above == UNPLACED else school[above]
    tree = Seats(
        school=np.array(school, dtype=np.int32),
        stage=np.zeros(nodes, dtype=np.int8),
        kind=np.full(nodes, 2, dtype=np.int8),
        parent=np.array(parent, dtype=np.int32),
        seats=np.array(seats, dtype=np.int64),
    )
    places = np.arange(count) if order is None else np.array(order)
    return World(applications, tree, Draw("test", 1, places.astype(np.int64) * 1000, places.astype(np.int64)))


@st.composite
def worlds(
    draw, *, twins=True, most=9, groups=False, tiers=True, full=False, shared=None, own=False, most_nodes=6
):
    """Few applicants over a random forest: single schools, joint roofs, whole trees; ties in priority and
    cost, pools without a seat, empty lists, twins and triplets with equal or different lists.

    ``groups``: lists are drawn from few, so that applicants are alike. ``full``: lists hold all leaves.
    ``shared``: there is a roof over two leaves at least, or (False) none anywhere. ``own``: everybody's
    priority is its place in a draw of every school's own; a tree is a school, or it stands over schools of
    one leaf each. ``twins``: there may be some,
    or (``"some"``) there are, where there are two children.
    """
    nodes = draw(st.integers(3 if shared else 1, most_nodes))
    parent = [draw(st.integers(UNPLACED, node - 1)) for node in range(nodes)]
    if shared is not None:
        parent = [UNPLACED, 0, 0, *parent[3:]] if shared else [UNPLACED] * nodes
    seats = [draw(st.integers(0, 4)) for _ in range(nodes)]
    leaves = [node for node in range(nodes) if node not in parent]
    listed = st.lists(st.sampled_from(leaves), max_size=4, unique=True)
    if full:
        listed = st.permutations(leaves).map(list)
    numbers = st.lists(st.integers(0, 5), min_size=6, max_size=6)
    rows = st.tuples(listed, numbers, st.integers(0, 2 if tiers else 0))
    if groups:
        rows = st.sampled_from([draw(rows) for _ in range(draw(st.integers(1, 3)))])
    count = draw(st.integers(0, most))
    drawn = [draw(rows) for _ in range(count)]
    order = list(draw(st.permutations(range(count))))
    unit = [UNPLACED] * count
    if twins:
        for label in range(draw(st.integers(int(twins == "some" and count > 1), count // 2))):
            free = [a for a in range(count) if unit[a] == UNPLACED]
            members = draw(st.permutations(free))[: draw(st.sampled_from([2, 2, 2, 3]))]
            if len(members) < 2:
                break
            for member in members:
                unit[member] = label
                order[member] = min(order[m] for m in members)
            if draw(st.booleans()) or groups:
                for member in members:
                    drawn[member] = drawn[members[0]]
    lists = [pools for pools, _, _ in drawn]
    cost = [numbers[: len(pools)] for pools, numbers, _ in drawn]
    root = list(range(nodes))
    for node in range(nodes):
        root[node] = node if parent[node] == UNPLACED else root[parent[node]]
    # A child's priority is the same at all pools of one school.
    ranks = [draw(st.lists(st.integers(0, 2), min_size=nodes, max_size=nodes)) for _ in lists]
    if own:
        root = school = root if draw(st.booleans()) else list(range(nodes))
        head = [unit.index(label) if label != UNPLACED else a for a, label in enumerate(unit)]
        numbers = [draw(st.permutations(range(count))) for _ in range(nodes)]
        ranks = [[numbers[node][head[a]] for node in range(nodes)] for a in range(count)]
    priority = [[row[root[pool]] for pool in pools] for row, pools in zip(ranks, lists, strict=True)]
    tier = [t for _, _, t in drawn]
    w = world(lists, seats, parent, order=order, priority=priority, cost=cost, unit=unit, tier=tier)
    if own:
        w.seats = replace(w.seats, school=np.array(school, dtype=np.int32))
    return w


def shuffled(w, rows):
    """The same round with its applicants (and students) in the order ``rows``."""
    given, rows = w.applications, list(rows)
    old = [a for row in rows for a in w.arcs(row)]
    applications = Applications(
        student=np.arange(len(rows), dtype=np.int32),
        offsets=np.concatenate(([0], np.cumsum(np.diff(given.offsets)[rows], dtype=np.int64))),
        pool=given.pool[old],
        priority=given.priority[old],
        cost=given.cost[old],
        unit=given.unit[rows],
        tier=given.tier[rows],
        alike=given.alike[rows],
        favoured=given.favoured[rows],
        bands=given.bands,
    )
    return World(applications, w.seats, Draw("test", 1, w.draw.number[rows], w.draw.order[rows]))


def pools(w, assignment):
    """The pool of every applicant, ``UNPLACED`` for none."""
    return [UNPLACED if arc == UNPLACED else int(w.applications.pool[arc]) for arc in assignment.arc]


def loads(w, assignment, without=()):
    load = np.zeros(len(w.seats), dtype=int)
    for applicant, pool in enumerate(pools(w, assignment)):
        if applicant not in without:
            for node in w.path(pool):
                load[node] += 1
    return load


def room_for(w, load, pool):
    """Seats free at a leaf, its ancestors counted."""
    return min(int(w.seats.seats[node] - load[node]) for node in w.path(pool))


def common_lists(w):
    """For every party: its members, and the first member's arcs to the pools all of them list, as all lists
    together say; for the priority see ``best_priority``."""
    return [(members, joint_list(w, members)) for members in w.parties()]


def joint_list(w, members):
    """The arcs of the first member in the order of the joint list, from the definition in ``joint_lists``."""
    school, given = w.seats.school, w.applications
    listed = [[int(given.pool[a]) for a in w.arcs(m)] for m in members]
    common = set.intersection(*map(set, listed))
    listed = [[pool for pool in pools if pool in common] for pools in listed]
    choices = [choice_numbers(pools, school) for pools in listed]
    metres = {
        p: sum(int(given.cost[a]) for m in members for a in w.arcs(m) if given.pool[a] == p) for p in common
    }

    def standing(pool):
        near = min(metres[p] for p in common if school[p] == school[pool])
        numbers = [choice[pool] for choice in choices]
        places = sum(pools.index(pool) for pools in listed)
        return sum(numbers), max(numbers), near, int(school[pool]), places, metres[pool], pool

    arcs = {int(given.pool[a]): a for a in w.arcs(members[0])}
    return [arcs[pool] for pool in sorted(common, key=standing)]


def choice_numbers(pools, school):
    """Pool to the number of its choice in a list; pools of one school in a row are one choice."""
    number, found = 0, {}
    for before, pool in zip([None, *pools], pools, strict=False):
        number += before is None or school[before] != school[pool]
        found[pool] = number
    return found


def best_priority(w, arc):
    """The best priority any member of the party that has ``arc`` has at the pool of ``arc``."""
    pool = w.applications.pool[arc]
    members = next(m for m in w.parties() if any(arc in w.arcs(one) for one in m))
    return min(
        int(w.applications.priority[a]) for m in members for a in w.arcs(m) if w.applications.pool[a] == pool
    )


def choose_one_by_one(w, candidates, load=None):
    """The obvious choice: (rank, party, arc, size) in the order of rank, each seated if all its path has a
    seat; who does not fit whole is counted up to the room. Returns party -> seats counted."""
    load = np.zeros(len(w.seats), dtype=int) if load is None else load
    taken = {}
    for _, party, arc, size in sorted(candidates):
        room = room_for(w, load, w.applications.pool[arc])
        if room > 0:
            taken[party] = min(size, room)
            for node in w.path(w.applications.pool[arc]):
                load[node] += taken[party]
    return taken


def greatest_flow(w):
    """The greatest number of applicants that can be placed at all (networkx, every child alone)."""
    graph = nx.DiGraph()
    graph.add_nodes_from(("source", "sink"))
    for node, parent in enumerate(w.seats.parent.tolist()):
        above = "sink" if parent == UNPLACED else ("node", parent)
        graph.add_edge(("node", node), above, capacity=int(w.seats.seats[node]))
    for applicant in range(len(w.applications)):
        graph.add_edge("source", applicant, capacity=1)
        for arc in w.arcs(applicant):
            graph.add_edge(applicant, ("node", int(w.applications.pool[arc])), capacity=1)
    return nx.maximum_flow_value(graph, "source", "sink")
