"""The answer of the core, and the proof that it is the best one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.model import UNPLACED
from simulator.model.arrays import Booleans, Integers, freeze_columns
from simulator.transport.prices import CertificateError
from simulator.transport.problem import Problem, exact_dot

Ties = Literal["settled", "engine"]
"""How ties between equally good flows were settled: by the order of groups, or as the engine came to it."""


@dataclass(frozen=True)
class Certificate:
    """What ``Flow.certify`` proved.

    Attributes:
        engine: name of the engine. objective: total cost. bound: the dual value; no flow costs less.
        placed, unplaced: children with and without a seat.
        arcs_checked: candidate arcs whose cost + total price was compared.
        priced_nodes: nodes with a price of their own, every one of them full.
        ties: as ``Flow.ties``.
        candidates: ``all`` where the problem held every candidate; else how they came in (``solve_lazily``).
    """

    engine: str
    objective: int
    bound: int
    placed: int
    unplaced: int
    arcs_checked: int
    priced_nodes: int
    ties: Ties
    candidates: str = "all"

    @property
    def optimal(self) -> bool:
        """Whether no flow costs less."""
        return self.objective == self.bound


@dataclass(frozen=True)
class Flow:
    """A least-cost flow with the minimal seat prices.

    Attributes:
        problem: the problem it answers. engine: the engine's name.
        flow: int64 (arcs,), children over each arc.
        unplaced: int64 (groups,), children without a seat.
        prices: int64 (nodes,), each node's own price, >= 0, above zero only where the node is full.
        total_prices: int64 (nodes,), own price plus those of all ancestors: exactly what one more seat at
            the node and at all its ancestors would save. More seats save at most so much each.
        objective: total cost.
        ties: ``settled`` if among equally good flows this is the one that gives way to the groups in their
            order, whichever engine solved (``ties.py``); ``engine`` if it is the one the engine found.
    """

    problem: Problem
    engine: str
    flow: Integers
    unplaced: Integers
    prices: Integers
    total_prices: Integers
    objective: int
    ties: Ties = "engine"

    def __post_init__(self) -> None:
        freeze_columns(self)

    def certify(self) -> Certificate:
        """Prove feasibility and optimality in one pass over the arcs, trusting neither engine nor prices.

        1. Every group's children are all somewhere and no flow is negative.
        2. No node holds more than its seats.
        3. Prices are >= 0, a node with one is full, and total prices are their sums down the tree.
        4. Each child sits where cost + total price is least, staying unplaced included.
        5. Hence total cost = what children pay - seats x price, the dual value: both are compared.

        Raises:
            CertificateError: naming the first condition that fails and where.
        """
        problem = self.problem
        self._require_shapes()
        _require(np.all(self.flow >= 0) and np.all(self.unplaced >= 0), "a negative flow")
        seated = np.zeros(problem.groups, dtype=np.int64)
        some = np.flatnonzero(np.diff(problem.offsets) > 0)
        if len(some):
            seated[some] = np.add.reduceat(self.flow, problem.offsets[some])
        _require_equal(seated + self.unplaced, problem.supply, "group", "children are lost or doubled")
        load = problem.loads(self.flow)
        _require_none(load > problem.seats, "node", "more children than seats")
        _require_none(self.prices < 0, "node", "a negative price")
        _require_none((self.prices > 0) & (load < problem.seats), "node", "a price although seats are left")
        _require_equal(
            problem.down_the_tree(self.prices), self.total_prices, "node", "total prices do not add up"
        )
        paid = self.paid_per_child()
        _require_none(
            (self.flow > 0) & (problem.cost + self.total_prices[problem.pool] != paid[problem.group]),
            "arc",
            "a child has a candidate of lower cost + price",
        )
        _require_none(
            (self.unplaced > 0) & (problem.unplaced_cost != paid),
            "group",
            "a child stays unplaced though a candidate has lower cost + price",
        )
        primal = exact_dot(self.flow, problem.cost) + exact_dot(self.unplaced, problem.unplaced_cost)
        dual = exact_dot(problem.supply, paid) - exact_dot(problem.seats, self.prices)
        _require(primal == dual, f"total cost {primal} differs from the dual value {dual}")
        _require(primal == self.objective, f"total cost is {primal}, the objective says {self.objective}")
        return Certificate(
            engine=self.engine,
            objective=primal,
            bound=dual,
            placed=int(self.flow.sum()),
            unplaced=int(self.unplaced.sum()),
            arcs_checked=len(problem.pool),
            priced_nodes=int(np.count_nonzero(self.prices)),
            ties=self.ties,
        )

    def _require_shapes(self) -> None:
        expected = {"flow": len(self.problem.pool), "unplaced": self.problem.groups}
        expected |= {"prices": self.problem.nodes, "total_prices": self.problem.nodes}
        for name, length in expected.items():
            column = getattr(self, name)
            _require(
                column.shape == (length,) and column.dtype == np.int64, f"{name} is no int64 ({length},)"
            )

    def paid_per_child(self) -> Integers:
        """int64 (groups,): the least of cost + total price over a group's options."""
        problem = self.problem
        paid = np.array(problem.unplaced_cost)
        some = np.flatnonzero(np.diff(problem.offsets) > 0)
        if len(some):
            # Total prices above any cost change no least option; bounding them keeps sums of a wrong
            # answer, too, within int64.
            bound = int(problem.unplaced_cost.max(initial=0)) + 1
            option = problem.cost + np.minimum(self.total_prices, bound)[problem.pool]
            least = np.minimum.reduceat(option, problem.offsets[some])
            paid[some] = np.minimum(paid[some], least)
        return paid


def own_prices(problem: Problem, total_prices: Integers) -> Integers:
    """int64 (nodes,): each node's own share of its total price."""
    below = np.flatnonzero(problem.parent != UNPLACED)
    own = np.array(total_prices, dtype=np.int64)
    own[below] -= total_prices[problem.parent[below]]
    return own


def _require(holds: bool | np.bool_, what: str) -> None:
    if not holds:
        raise CertificateError(what)


def _require_none(broken: Booleans, where: str, what: str) -> None:
    if np.any(broken):
        rows = np.flatnonzero(broken)
        raise CertificateError(f"{what}: {where} {rows[0]} (and {len(rows) - 1} more)")


def _require_equal(left: Integers, right: Integers, where: str, what: str) -> None:
    _require_none(left != right, where, what)
