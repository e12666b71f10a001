"""Small random problems with share rules, and their optimum by integer programming (HiGHS)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, vstack
from seat_problems import problem

from simulator.model import UNPLACED
from simulator.transport import unplaced_costs
from simulator.transport.shares import ShareRule


def town(seed, rules=1, blocks=24, schools=7, slack=1.05, tiers=1, private_for_all=True, tree=False):
    """Children on a plane, some migrant; private schools lie among the public ones and do not count.

    ``private_for_all``: every child may use them; else the ruled children alone, so that a rule is a cap.
    """
    rng = np.random.default_rng(seed)
    school, block = rng.integers(0, 1000, (schools, 2)), rng.integers(0, 1000, (blocks, 2))
    private = rng.random(schools) < 0.4
    metres = np.abs(block[:, None] - school[None]).sum(axis=2)
    ruled = rng.random((rules, blocks)) < 0.4
    ruled[1:] &= ~ruled[0] | (rng.random((rules - 1, blocks)) < 0.3)
    supply = rng.integers(1, 7, blocks)
    nearest = int(rng.integers(3, schools + 1))
    arcs = []
    for b in range(blocks):
        near = np.argsort(metres[b], kind="stable")[:nearest]
        allowed = [s for s in near if private_for_all or not private[s] or ruled[:, b].any()]
        arcs.append({int(s): int(metres[b, s]) for s in allowed})
    seats = rng.multinomial(int(supply.sum() * slack) + 1, np.ones(schools) / schools)
    parent = [UNPLACED] * schools
    if tree:  # pairs of schools under one roof, a little too low
        roofs = schools // 2
        low = [int(seats[2 * r] + seats[2 * r + 1]) * 9 // 10 for r in range(roofs)]
        parent = [UNPLACED] * roofs + [min(s // 2, roofs - 1) for s in range(schools)]
        low[-1] += int(seats[-1]) * (schools % 2)
        seats = np.concatenate((low, seats))
        arcs = [{s + roofs: c for s, c in group.items()} for group in arcs]
        private = np.concatenate((np.zeros(roofs, bool), private))
    largest = max((c for group in arcs for c in group.values()), default=0)
    unplaced = unplaced_costs(rng.integers(0, tiers, blocks), tiers, largest, schools)
    p = problem(supply.tolist(), arcs, unplaced.tolist(), seats.tolist(), parent)
    counts = ~private[p.pool]
    if rules == 1:
        return p, [ShareRule("share", ruled[0], counts, 0)]
    return p, [
        ShareRule(f"share {r}", ruled[r], counts if r % 2 == 0 else rng.random(len(p.pool)) < 0.6, 0)
        for r in range(rules)
    ]


def asking(rule, children):
    return ShareRule(rule.name, rule.ruled, rule.counts, children)


@dataclass
class Programme:
    """The integer programme of a problem: arcs, then children unplaced by group."""

    p: object

    def __post_init__(self):
        p, arcs = self.p, len(self.p.pool)
        rows, columns = [], []
        for arc, pool in enumerate(p.pool.tolist()):
            node = pool
            while node != UNPLACED:
                rows.append(node)
                columns.append(arc)
                node = int(p.parent[node])
        inside = csr_matrix((np.ones(len(rows)), (rows, columns)), (p.nodes, arcs))
        supplied = csr_matrix((np.ones(arcs), (p.group, np.arange(arcs))), (p.groups, arcs))
        self.matrix = vstack(
            (hstack((inside, csr_matrix((p.nodes, p.groups)))), hstack((supplied, np.eye(p.groups))))
        ).tocsr()
        self.low = np.concatenate((np.full(p.nodes, -np.inf), p.supply))
        self.high = np.concatenate((p.seats, p.supply)).astype(float)
        self.fixed = []

    def least(self, cost):
        """The least value of ``cost`` (arcs + groups,), or None."""
        found = milp(
            cost,
            constraints=[LinearConstraint(self.matrix, self.low, self.high), *self.fixed],
            integrality=np.ones(len(cost)),
            options={"mip_rel_gap": 0},
        )
        return None if found.x is None else round(float(cost @ np.round(found.x)))

    def least_short(self, counted, needed):
        """The least sum of max(0, needed - counted), as a column more for each rule."""
        rules, columns = len(needed), self.matrix.shape[1]
        wide = hstack((self.matrix, csr_matrix((self.matrix.shape[0], rules)))).tocsr()
        held = [
            LinearConstraint(hstack((csr_matrix(c.A), csr_matrix((1, rules)))), c.lb, c.ub)
            for c in self.fixed
        ]
        rows = hstack((csr_matrix(np.array(counted)), csr_matrix(np.eye(rules))))
        cost = np.concatenate((np.zeros(columns), np.ones(rules)))
        found = milp(
            cost,
            constraints=[
                LinearConstraint(wide, self.low, self.high),
                *held,
                LinearConstraint(rows, needed, np.inf),
            ],
            integrality=np.ones(columns + rules),
        )
        return round(found.fun)

    def hold(self, row, low=-np.inf, high=np.inf):
        self.fixed.append(LinearConstraint(csr_matrix(row), low, high))


def placing_most(p):
    """The integer programme with as few children unplaced as can be, tier by tier."""
    programme = Programme(p)
    _, order = np.unique(p.unplaced_cost, return_inverse=True)
    weight = np.concatenate((np.zeros(len(p.pool)), 2 * order + 1)).astype(float)
    programme.hold(weight, high=programme.least(weight))
    return programme


def counted_by(p, rule):
    """The row of a rule: 1 for arcs of its groups that count."""
    return np.concatenate(((rule.counts & rule.ruled[p.group]).astype(float), np.zeros(p.groups)))


def least_short(p, rules):
    """The fewest children short over all rules, with most placed."""
    counted = [counted_by(p, rule) for rule in rules]
    programme = placing_most(p)
    return programme.least_short(counted, [rule.at_least for rule in rules])


def optimum_with_shares(p, rules):
    """(children short over all rules, cost of the seats): children placed first, then rules, then cost."""
    programme = placing_most(p)
    counted = [counted_by(p, rule) for rule in rules]
    cost = np.concatenate((p.cost, np.zeros(p.groups))).astype(float)
    held = len(programme.fixed)
    for row, rule in zip(counted, rules, strict=True):
        programme.hold(row, low=rule.at_least)
    found = programme.least(cost)
    if found is not None:
        return 0, found
    del programme.fixed[held:]
    if len(rules) > 1:
        return None, None
    most = -programme.least(-counted[0])
    programme.hold(counted[0], low=most)
    return rules[0].at_least - most, programme.least(cost)
