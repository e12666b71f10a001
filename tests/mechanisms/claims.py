"""What the words of the table of features mean, searched out by brute force on small rounds."""

import itertools
from dataclasses import replace

import numpy as np
from plain_mechanisms import reserved_choice
from round_worlds import best_priority, choose_one_by_one, common_lists, greatest_flow, pools, world

from simulator.mechanisms import MECHANISMS
from simulator.model import UNPLACED


def values(w, child):
    """Every leaf to its place in a child's list; nowhere comes last."""
    listed = [int(w.applications.pool[a]) for a in w.arcs(child)]
    return {pool: place for place, pool in enumerate([*listed, UNPLACED])}


def retold(w, child, told):
    """The round with the arcs ``told`` as the list of one child."""
    given_ = w.applications
    arcs = [list(told) if a == child else list(w.arcs(a)) for a in range(len(given_))]
    lie = world(
        [[int(given_.pool[a]) for a in row] for row in arcs],
        w.seats.seats.tolist(),
        w.seats.parent.tolist(),
        order=w.draw.order.tolist(),
        priority=[[int(given_.priority[a]) for a in row] for row in arcs],
        cost=[[int(given_.cost[a]) for a in row] for row in arcs],
        unit=given_.unit.tolist(),
        tier=given_.tier.tolist(),
    )
    lie.seats = w.seats
    lie.applications = replace(lie.applications, favoured=given_.favoured, bands=given_.bands)
    return lie


def profitable_lies(w, mechanism):
    """Every (child, list) that serves the child better than its true list, searched exhaustively."""
    honest = pools(w, w.play(mechanism))
    for child in range(len(w.applications)):
        value, arcs = values(w, child), list(w.arcs(child))
        for length in range(len(arcs) + 1):
            for told in itertools.permutations(arcs, length):
                lie = retold(w, child, told)
                if value[pools(lie, lie.play(mechanism))[child]] < value[honest[child]]:
                    yield child, told


def dominating(w, got):
    """A seating that serves somebody better and nobody worse, searched exhaustively, or None."""
    values_ = [values(w, child) for child in range(len(got))]
    better = [
        [pool for pool in value if value[pool] <= value[got[child]]] for child, value in enumerate(values_)
    ]
    for trial in itertools.product(*better):
        load = np.zeros(len(w.seats), dtype=int)
        for pool in trial:
            for node in w.path(pool):
                load[node] += 1
        if list(trial) != got and np.all(load <= w.seats.seats):
            return trial
    return None


def chosen(w, candidates):
    """The arcs a tree takes of candidates (rank, party, arc, size, favoured), one of each party.

    The reserves of the leaves first: the best favoured of each leaf, while its reserve and all above it have
    room. Then everybody else by rank, while the leaf and all above it have room.
    """
    load = np.zeros(len(w.seats), dtype=int)
    left = np.minimum(w.seats.reserves, w.seats.seats).tolist()
    taken = {}
    for reserving in (True, False):
        for rank, party, arc, size, favoured in sorted(candidates):
            leaf = int(w.applications.pool[arc])
            if party in taken or (reserving and not (favoured and left[leaf] > 0)):
                continue
            if choose_one_by_one(w, [(rank, party, arc, size)], load):
                taken[party] = arc
                left[leaf] -= reserving
    return set(taken.values())


def stable(w, answer):
    """For every choice before the one it got: the tree, asked to choose again among those it has (this child
    too, if it has it) and this child there, would not take it there.

    Of two of its own places a tree takes the one where the child ranks better, of equals the one it likes
    better: a seat that a child has by a reserve or a draw of one leaf is no claim on another.
    """
    parties = common_lists(w)
    favoured = w.applications.favoured
    root = [list(w.path(node))[-1] for node in range(len(w.seats))]

    def candidate(party, arc):
        members = parties[party][0]
        return (best_priority(w, arc), party), party, arc, len(members), bool(favoured[members[0]])

    pool = w.applications.pool
    seated = {p: answer.arc[members[0]] for p, (members, _) in enumerate(parties)}
    for party, (members, arcs) in enumerate(parties):
        for arc in itertools.takewhile(lambda a, got=seated[party]: a != got, arcs):
            held = [(p, a) for p, a in seated.items() if a != UNPLACED]
            held = [(p, a) for p, a in held if p != party or root[pool[a]] == root[pool[arc]]]
            asked = [candidate(p, a) for p, a in held] + [candidate(party, arc)]
            assert arc not in chosen(w, asked), (members, arc)


def check(claim, name, w):
    """Hold a mechanism to one claim on one round."""
    mechanism = MECHANISMS[name]
    answer = w.play(mechanism)
    if claim == "most_placed":
        assert np.sum(answer.arc != UNPLACED) == greatest_flow(w)
    elif claim == "efficient":
        assert dominating(w, pools(w, answer)) is None
    elif claim == "strategy_proof":
        assert not list(profitable_lies(w, mechanism))
    elif np.any(w.seats.reserves > 0) and np.all(w.seats.parent == UNPLACED):
        no_blocking_pair_under_reserves(w, pools(w, answer))
    else:
        stable(w, answer)


def no_blocking_pair_under_reserves(w, got):
    """The same for schools of their own, by the choice as the paper tells it."""
    favoured = set(np.flatnonzero(w.applications.favoured).tolist())
    rank = {
        (a, int(w.applications.pool[arc])): (int(w.applications.priority[arc]), w.order(a))
        for a in range(len(got))
        for arc in w.arcs(a)
    }
    for child in range(len(got)):
        value = values(w, child)
        for school in [s for s in value if value[s] < value[got[child]]]:
            asked = [i for i, s in enumerate(got) if s == school] + [child]
            seats, reserve = int(w.seats.seats[school]), int(w.seats.reserves[school])
            taken = reserved_choice(asked, school, lambda i, s: rank[i, s], seats, reserve, favoured)
            assert child not in taken
