"""Where only the ruled children use the disfavoured seats, a share rule is a cap on those seats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers
from simulator.transport.problem import Problem
from simulator.transport.shares.rule import RuledProblem


@dataclass(frozen=True)
class Cap:
    """A cap on the seats at or below some nodes of the tree.

    Attributes:
        rule: place of the rule. nodes: int64, the nodes under the cap; all roots or of one parent.
        seats: children who may sit below all of them together, >= 0.
    """

    rule: int
    nodes: Integers
    seats: int


def cap_for(given: RuledProblem, rule: int, unplaced: Integers) -> Cap | None:
    """The cap that says the same as the rule, or ``None`` where no cap does.

    1. A ruled child counts, sits on a disfavoured arc, or is unplaced. So the rule says: on disfavoured arcs
       no more than children - unplaced - needed.
    2. The number unplaced must be the same in every flow that places most, tier by tier. How many of each
       tier are unplaced is (sets of children who can be placed are a matroid); so it is where each tier with
       children unplaced is ruled as a whole or not at all.
    3. The pools of the disfavoured arcs must be nobody else's, and the largest nodes that hold nothing but
       them must be all roots or of one parent, so that one node can be put above them.

    Args:
        unplaced: int64 (groups,), of a flow without the rules.
    """
    problem = given.problem
    ruled = given.ruled[rule] & (problem.supply > 0)
    if not _same_number_unplaced(given, ruled, unplaced):
        return None
    seats = int(given.children[rule] - unplaced[ruled].sum() - given.needed[rule])
    own = _arcs_below(problem, given.disfavoured[rule])
    others = _arcs_below(problem, ~given.disfavoured[rule])
    covered = (own > 0) & (others == 0)
    above = np.where(problem.parent == UNPLACED, False, covered[problem.parent])
    tops = np.flatnonzero(covered & ~above)
    whole = int(own[tops].sum()) == int(np.count_nonzero(given.disfavoured[rule]))
    if seats < 0 or not len(tops) or not whole or len(np.unique(problem.parent[tops])) > 1:
        return None
    return Cap(rule, tops, seats)


def _arcs_below(problem: Problem, marked: Booleans) -> Integers:
    """int64 (nodes,): marked arcs, bool (arcs,), to leaves at or below each node."""
    below = np.bincount(problem.pool[marked], minlength=problem.nodes)
    for depth in range(int(problem.depth.max(initial=0)), 0, -1):
        rows = np.flatnonzero(problem.depth == depth)
        np.add.at(below, problem.parent[rows], below[rows])
    return below


def _same_number_unplaced(given: RuledProblem, ruled: Booleans, unplaced: Integers) -> bool:
    """Whether every best flow leaves the same number of the ruled children unplaced."""
    waiting = unplaced > 0
    for weight in np.unique(np.append(given.weight[waiting], 0)):
        tier = (given.weight == weight) & (given.problem.supply > 0)
        inside = ruled[tier]
        if np.any(inside) and (weight == 0 or not np.all(inside)):
            return False
    return True


def put_caps(problem: Problem, caps: list[Cap]) -> tuple[Problem, Integers, Integers]:
    """The problem with a node put above the nodes of each cap.

    Returns:
        problem: the capped one. node: int64 (nodes,), the new row of every old node. cap: int64 (caps,), the
        row of the node of each cap.
    """
    seats, parent = problem.seats, problem.parent.astype(np.int64)
    node, made = np.arange(problem.nodes), np.zeros(0, dtype=np.int64)
    for cap in caps:
        below = node[cap.nodes]
        above = int(parent[below[0]])
        at = above + 1  # behind its parent, before all that hang below it
        seats, parent = np.insert(seats, at, cap.seats), np.insert(parent, at, above)
        later = np.arange(len(parent)) != at
        parent[later & (parent >= at)] += 1
        node, made = node + (node >= at), made + (made >= at)
        parent[node[cap.nodes]] = at
        made = np.append(made, at)
    capped = Problem(
        supply=problem.supply,
        offsets=problem.offsets,
        pool=node[problem.pool],
        cost=problem.cost,
        unplaced_cost=problem.unplaced_cost,
        seats=seats,
        parent=parent,
    )
    return capped, node, made
