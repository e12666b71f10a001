"""The exact drawing against every drawing counted out, and against a flow program of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from simulator import zoning
from simulator.model import UNPLACED, ZoningProblem
from simulator.zoning.accounting import proposal
from simulator.zoning.contiguity import detached, islands
from simulator.zoning.joining import ways_of
from simulator.zoning.optimal import draw
from simulator.zoning.search import Search
from tests.zoning.plain import every_drawing
from tests.zoning.worlds import grid_city, thinned

SEEDS = st.integers(0, 2**32 - 1)


def town(rng: np.random.Generator, rows: int, columns: int, schools: int) -> ZoningProblem:
    """A small city with or without barriers, walls, today's zones, a limit on change, a mix to balance."""
    today = bool(rng.integers(0, 2))
    settings_: dict[str, int] = {}
    if today:
        settings_["change_metres"] = int(rng.integers(0, 100))
        settings_["most_changed"] = int(rng.choice([-1, 60, 200]))
    if rng.integers(0, 2):
        settings_["balance_metres"] = int(rng.integers(1, 300))
    problem = grid_city(
        rng,
        rows,
        columns,
        schools,
        slack=float(rng.choice([0.9, 1.0, 1.2])),
        today=today,
        barriers=float(rng.choice([0.0, 0.25])),
        **settings_,
    )
    return thinned(problem, rng, float(rng.choice([0.7, 1.0])))


def own_blocks_held(problem: ZoningProblem, assigned: np.ndarray) -> bool:
    """The block of a school with seats belongs to it if it may (no two schools share one in these towns)."""
    for school, home in enumerate(problem.home.tolist()):
        may = school in problem.school[problem.offsets[home] : problem.offsets[home + 1]]
        if problem.seats[school] > 0 and may and assigned[home] != school:
            return False
    return True


def least_of_all(problem: ZoningProblem) -> int | None:
    """The least cost over every drawing that keeps the rules, by counting them out."""
    options = [
        problem.school[first:last].tolist()
        for first, last in zip(problem.offsets[:-1], problem.offsets[1:], strict=True)
    ]
    joinable = np.zeros(problem.blocks, dtype=np.bool_)
    for school in range(problem.schools):
        # Everything that may go to a school does, but blocks that hold others: whoever can be joined is.
        may = np.zeros(problem.blocks, dtype=np.bool_)
        may[problem.block[problem.school == school]] = True
        for other, home in enumerate(problem.home.tolist()):
            here = problem.school[problem.offsets[home] : problem.offsets[home + 1]]
            may[home] &= other == school or other not in here or problem.seats[other] == 0
        everyone = np.where(may, school, UNPLACED)
        joinable |= may & ~detached(problem, everyone)
    free = ~joinable
    assert np.array_equal(free, islands(problem))
    best = None
    for chosen in product(*options):
        assigned = np.array(chosen, dtype=np.int64)
        if not own_blocks_held(problem, assigned) or np.any(detached(problem, assigned) & ~free):
            continue
        drawn = proposal(problem, "any", assigned)
        if 0 <= problem.most_changed < drawn.changed:
            continue
        best = drawn.cost if best is None else min(best, drawn.cost)
    return best


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_no_drawing_that_keeps_the_rules_costs_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = town(rng, 2, 4, int(rng.integers(2, 4)))
    drawn = draw(problem)
    best = least_of_all(problem)
    if best is None:
        assert {"contiguity_given_up", "limit_given_up"} & set(drawn.steps)
        assert drawn.bound <= drawn.cost
    else:
        assert drawn.cost == drawn.bound == best
        assert not {"contiguity_given_up", "limit_given_up"} & set(drawn.steps)


@pytest.mark.parametrize("most", [0, 30])
def test_a_limit_is_kept_though_zones_of_today_break_everything(most: int) -> None:
    """Today's zones fall apart and lack their schools' own blocks, which few changes cannot mend."""
    given_up = 0
    for seed in range(4):
        problem = grid_city(np.random.default_rng(seed), 3, 4, 3, slack=0.9, today=True, most_changed=most)
        drawn = draw(problem, seconds=4)
        assert drawn.changed <= most and "limit_given_up" not in drawn.steps
        assert drawn.bound <= drawn.cost
        if most == 0:
            assert np.array_equal(drawn.assigned, problem.today)
        given_up += "own_blocks_given_up" in drawn.steps
    assert given_up > 0
    # A block that may not stay where it is leaves in any case.
    stays = (problem.block != 0) | (problem.school != problem.today[0])
    counts = np.bincount(problem.block[stays], minlength=problem.blocks)
    walled = replace(
        problem,
        load=np.maximum(problem.load, 1),
        change_count=np.maximum(problem.load, 1),
        offsets=np.concatenate(([0], np.cumsum(counts))),
        school=problem.school[stays],
        metres=problem.metres[stays],
        most_changed=0,
    )
    drawn = draw(walled, seconds=4)
    assert drawn.steps["limit_given_up"] == 1 and "own_blocks_given_up" not in drawn.steps


def test_a_hint_beyond_the_limit_on_changes_is_no_answer() -> None:
    problem = grid_city(np.random.default_rng(2), 3, 4, 3, slack=1.3, today=True)
    free = draw(problem, seconds=4)
    most = free.changed - 1
    held = draw(replace(problem, most_changed=most), free, seconds=4)
    assert free.changed > 0 and held.changed <= most and held.cost >= free.cost
    assert "limit_given_up" not in held.steps and "rules_not_met" not in held.steps


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_every_drawing_costs_the_bound_of_prices_and_what_its_arcs_are_above_it(seed: int) -> None:
    """So an arc that alone lifts the bound above a known cost is in no better drawing."""
    rng = np.random.default_rng(seed)
    problem = town(rng, 4, 5, 4)
    search = Search(ways_of(problem), [])
    usable = np.flatnonzero(search.ways.usable)
    for _ in range(20):
        order = rng.permutation(usable)
        _, first = np.unique(problem.block[order], return_index=True)
        arcs = order[first]
        drawn = proposal(problem, "any", problem.school[arcs])
        assert search.priced_bound + int(search.reduced[arcs].sum()) <= drawn.cost


class FlowProgram:
    """The same problem for HiGHS: each block sends one unit through its zone to the block of its school."""

    def __init__(self, problem: ZoningProblem) -> None:
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[int] = []
        self.problem = problem

    def variable(self, cost: float, upper: float, whole: int) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def solve(self) -> float | None:
        self._build()
        entries = [(i, j, v) for i, (terms, _, _) in enumerate(self.rows) for j, v in terms.items()]
        i, j, v = (np.array(column) for column in zip(*entries, strict=True))
        found = milp(
            np.array(self.cost),
            integrality=np.array(self.whole),
            bounds=Bounds(0, np.array(self.upper)),
            constraints=LinearConstraint(
                coo_array((v, (i, j)), shape=(len(self.rows), len(self.cost))).tocsr(),
                np.array([low for _, low, _ in self.rows]),
                np.array([high for _, _, high in self.rows]),
            ),
            options={"mip_rel_gap": 0},
        )
        assert found.status in (0, 2)
        return None if found.status == 2 else float(found.fun)

    def _build(self) -> None:
        p = self.problem
        blocks, infinite = p.blocks, np.inf
        leaves = (p.today[p.block] != UNPLACED) & (p.school != p.today[p.block])
        use = {}
        for a, (b, s) in enumerate(zip(p.block.tolist(), p.school.tolist(), strict=True)):
            cost = p.load[b] * p.metres[a] + leaves[a] * p.change_metres * p.change_count[b]
            use[b, s] = self.variable(float(cost), 1, 1)
        for b in range(blocks):
            self.row({v: 1.0 for (c, _), v in use.items() if c == b}, 1, 1)
        group, whole = int(p.mixed.sum()), max(int(p.load.sum()), 1)
        sizes = {}
        for s in range(p.schools):
            over = self.variable(float(p.excess_metres), infinite, 0)
            mine = {v: b for (b, t), v in use.items() if t == s}
            self.row(
                {v: float(p.load[b]) for v, b in mine.items()} | {over: -1.0}, -infinite, float(p.seats[s])
            )
            sizes[self.variable(0, infinite, 0)] = mine
        for size, mine in sizes.items():
            off = {v: (p.mixed[b] * whole - p.load[b] * group) / (2 * whole) for v, b in mine.items()}
            self.row({v: -w for v, w in off.items()} | {size: 1.0}, 0, infinite)
            self.row(off | {size: 1.0}, 0, infinite)
        uneven = self.variable(float(p.balance_metres), infinite, 1)
        self.row(dict.fromkeys(sizes, -1.0) | {uneven: 1.0}, -1 + 0.5 / (2 * whole), infinite)
        if p.most_changed >= 0:
            left = {
                use[b, s]: float(p.change_count[b])
                for (b, s) in use
                if p.today[b] != UNPLACED and s != p.today[b]
            }
            self.row(left, -infinite, float(p.most_changed))
        free = ways_of(p).free
        for s in range(p.schools):
            home = int(p.home[s])
            if p.seats[s] > 0 and (home, s) in use:
                self.row({use[home, s]: 1.0}, 1, 1)
            flow = {
                (b, c): self.variable(0, infinite, 0)
                for b, c in zip(p.neighbours.owners.tolist(), p.neighbours.values.tolist(), strict=True)
                if (b, s) in use and b != home and (c == home or (c, s) in use)
            }
            for b in range(blocks):
                if b == home or (b, s) not in use or free[b]:
                    continue
                out = {v: 1.0 for (c, _), v in flow.items() if c == b}
                into = {v: 1.0 for (_, c), v in flow.items() if c == b}
                self.row(out | dict.fromkeys(into, -1.0) | {use[b, s]: -1.0}, 0, 0)
                self.row(into | {use[b, s]: -float(blocks)}, -infinite, 0)


@settings(max_examples=12, deadline=None)
@given(seed=SEEDS)
def test_a_flow_program_finds_the_same_optimum(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = replace(town(rng, 4, 5, 3), most_changed=-1)
    if np.any(ways_of(problem).free):
        return  # the flow program says nothing of ways through blocks without one
    drawn = draw(problem)
    best = FlowProgram(problem).solve()
    if best is None:
        assert "contiguity_given_up" in drawn.steps
    else:
        assert drawn.contiguous and drawn.cost == drawn.bound
        assert abs(drawn.cost - best) < 1e-6 * max(best, 1) + 0.5


@pytest.mark.parametrize(("seed", "slack", "barriers"), [(3, 1.0, 0.0), (4, 1.1, 0.2)])
def test_sixty_blocks_are_proved_as_the_flow_program_has_it(seed: int, slack: float, barriers: float) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 6, 10, 4, slack=slack, barriers=barriers, today=True, change_metres=30)
    assert not np.any(ways_of(problem).free)
    drawn = draw(problem)
    assert drawn.contiguous and own_blocks_held(problem, drawn.assigned)
    assert drawn.cost == drawn.bound == round(FlowProgram(problem).solve())


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_the_rules_hold_and_the_bound_too_wherever_it_is_broken_off(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = replace(grid_city(rng, 6, 7, 4, today=True), change_metres=50)
    best = draw(problem)
    assert best.cost == best.bound and best.bound_of == "search"
    for seconds in (0.0, 0.06, 0.2):
        drawn = draw(problem, seconds=seconds)
        assert drawn.bound <= best.cost <= drawn.cost
        assert drawn.contiguous and own_blocks_held(problem, drawn.assigned)
    again = draw(problem, seconds=0.2)
    assert again.assigned.tobytes() == drawn.assigned.tobytes() and again.steps == drawn.steps
    hinted = draw(problem, best, seconds=0.0)
    assert hinted.cost == best.cost
    assert np.array_equal(draw(problem, best).assigned, best.assigned)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, most=st.integers(0, 90), seconds=st.sampled_from([0.0, 0.1]))
def test_its_bounds_hold_for_every_drawing_within_a_limit_and_are_no_worse_than_those_of_priced(
    seed: int, most: int, seconds: float
) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 2, 4, 3, slack=float(rng.choice([0.9, 1.1])), today=True, most_changed=most)
    every, begun = every_drawing(problem), zoning.draw(problem, "priced")
    drawn = draw(problem, begun, seconds=seconds)
    keeps = every.keeps & (every.changed <= most)
    if not np.any(keeps):
        return
    assert drawn.bound <= every.cost[keeps].min()
    assert drawn.excess_bound <= every.excess[keeps].min()
    few = keeps & (every.excess <= drawn.excess.sum())
    if np.any(few):
        weighed = every.cost - problem.excess_metres * every.excess
        assert drawn.weighed_bound <= weighed[few].min()
    if not {"contiguity_given_up", "limit_given_up", "rules_not_met"} & set(drawn.steps):
        assert drawn.bound >= begun.bound and drawn.excess_bound >= begun.excess_bound
        if drawn.excess.sum() <= begun.excess.sum():
            assert drawn.weighed_bound >= min(begun.weighed_bound, drawn.weighed)


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_rows_changes_no_cost(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 4, 5, 3, today=True, change_metres=30, balance_metres=80)
    order = rng.permutation(problem.blocks)
    place = np.argsort(order)
    one, other = place[problem.neighbours.owners], place[problem.neighbours.values]
    key = np.lexsort((other, one))
    metres = problem.metres.reshape(problem.blocks, 3)[order]
    moved = replace(
        problem,
        load=problem.load[order],
        metres=metres.ravel(),
        neighbours=type(problem.neighbours).from_pairs(problem.blocks, one[key], other[key].astype(np.int32)),
        home=place[problem.home],
        today=problem.today[order],
        change_count=problem.change_count[order],
        mixed=problem.mixed[order],
    )
    assert draw(moved).cost == draw(problem).cost


def test_it_is_there_by_name() -> None:
    problem = grid_city(np.random.default_rng(4), 4, 4, 2)
    assert zoning.draw(problem, "optimal").cost <= zoning.draw(problem, "nearest").cost


def test_one_of_two_schools_in_a_block_holds_it_and_the_other_begins_beside_it() -> None:
    rng = np.random.default_rng(5)
    problem = grid_city(rng, 4, 4, 2)
    both = replace(problem, home=np.array([5, 5]))
    drawn = draw(both)
    assert drawn.contiguous and drawn.cost == drawn.bound
    assert drawn.assigned[5] in (0, 1)
