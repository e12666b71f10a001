"""Small random transportation problems, and answers found without the core."""

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from simulator.model import UNPLACED
from simulator.transport import Problem


def problem(supply, arcs, unplaced_cost, seats, parent=None):
    """A problem from lists; ``arcs`` holds one dictionary of pool -> cost per group."""
    pool = [p for group in arcs for p in group]
    cost = [c for group in arcs for c in group.values()]
    return Problem(
        supply=np.array(supply, dtype=np.int64),
        offsets=np.concatenate(([0], np.cumsum([len(group) for group in arcs], dtype=np.int64))),
        pool=np.array(pool, dtype=np.int32),
        cost=np.array(cost, dtype=np.int64),
        unplaced_cost=np.array(unplaced_cost, dtype=np.int64),
        seats=np.array(seats, dtype=np.int64),
        parent=np.array([UNPLACED] * len(seats) if parent is None else parent, dtype=np.int32),
    )


def leaves(parent):
    return [node for node in range(len(parent)) if node not in parent]


@st.composite
def trees(draw, most=7):
    """(seats, parent): a forest of up to three levels or deeper, some nodes without a seat."""
    nodes = draw(st.integers(1, most))
    parent = [draw(st.integers(UNPLACED, node - 1)) for node in range(nodes)]
    return [draw(st.integers(0, 6)) for _ in range(nodes)], parent


@st.composite
def problems(draw, largest=9):
    """Few groups, small costs: ties everywhere, empty groups, groups without candidates, empty pools."""
    seats, parent = draw(trees())
    groups = draw(st.integers(0, 6))
    pools = st.sampled_from(leaves(parent))
    cost = st.integers(0, largest)
    arcs = [draw(st.dictionaries(pools, cost, max_size=4)) for _ in range(groups)]
    supply = [draw(st.integers(0, 4)) for _ in range(groups)]
    unplaced = [draw(st.sampled_from([0, 3, largest, 4 * largest, 100 * largest])) for _ in range(groups)]
    return problem(supply, arcs, unplaced, seats, parent)


def optimum(p):
    """The least total cost by linear programming over the whole constraint matrix (HiGHS)."""
    if p.groups == 0:
        return 0
    arcs = len(p.pool)
    inside = np.zeros((p.nodes, arcs + p.groups))
    for arc, pool in enumerate(p.pool):
        node = pool
        while node != UNPLACED:
            inside[node, arc] = 1
            node = p.parent[node]
    supplied = np.zeros((p.groups, arcs + p.groups))
    supplied[p.group, np.arange(arcs)] = 1
    supplied[np.arange(p.groups), arcs + np.arange(p.groups)] = 1
    found = linprog(
        np.concatenate((p.cost, p.unplaced_cost)), A_ub=inside, b_ub=p.seats, A_eq=supplied, b_eq=p.supply
    )
    assert found.status == 0
    return round(found.fun)


def with_one_more_seat(p, node):
    """The problem with one more seat at ``node`` and at all its ancestors."""
    seats = p.seats.copy()
    while node != UNPLACED:
        seats[node] += 1
        node = p.parent[node]
    return Problem(p.supply, p.offsets, p.pool, p.cost, p.unplaced_cost, seats, p.parent)


def renamed(p, groups, nodes, arcs_seed):
    """The same problem with groups and nodes in another order (``nodes`` keeps parents first)."""
    rng = np.random.default_rng(arcs_seed)
    new_node = np.empty(p.nodes, dtype=np.int64)
    new_node[nodes] = np.arange(p.nodes)
    arcs, order = [], []
    for group in groups:
        own = rng.permutation(np.arange(p.offsets[group], p.offsets[group + 1]))
        order.extend(own.tolist())
        arcs.append({int(new_node[p.pool[a]]): int(p.cost[a]) for a in own})
    parent = [UNPLACED if p.parent[n] == UNPLACED else int(new_node[p.parent[n]]) for n in nodes]
    other = problem(p.supply[groups], arcs, p.unplaced_cost[groups], p.seats[nodes], parent)
    return other, np.array(order, dtype=np.int64)


def parents_first(parent, seed):
    """A random order of the nodes in which parents stand before their children."""
    rng = np.random.default_rng(seed)
    order, ready = [], [n for n, above in enumerate(parent) if above == UNPLACED]
    while ready:
        node = ready.pop(rng.integers(len(ready)))
        order.append(node)
        ready += [n for n, above in enumerate(parent) if above == node]
    return np.array(order, dtype=np.int64)


def city(children=3000, schools=40, nearest=10, group=10, slack=1.02, seed=0, round_to=1):
    """A clustered city: blocks of about ``group`` children around schools on a plane of 20 km."""
    rng = np.random.default_rng(seed)
    school = rng.uniform(0, 20_000, (schools, 2))
    blocks = children // group
    block = school[rng.integers(0, schools, blocks)] + rng.normal(0, 2_500, (blocks, 2))
    metres = (
        np.hypot(*(block[:, None] - school[None]).transpose(2, 0, 1)).astype(np.int64) // round_to * round_to
    )
    near = np.argsort(metres, axis=1, kind="stable")[:, :nearest]
    supply = rng.integers(1, 2 * group, blocks)
    seats = rng.multinomial(int(supply.sum() * slack), np.ones(schools) / schools)
    cost = np.take_along_axis(metres, near, axis=1).ravel()
    unplaced = np.full(blocks, (2 * schools + 1) * int(cost.max()) + 1)
    offsets = np.arange(blocks + 1) * nearest
    return Problem(supply, offsets, near.ravel(), cost, unplaced, seats, np.full(schools, UNPLACED))
