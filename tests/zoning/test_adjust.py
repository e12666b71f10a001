"""``adjust`` begins with whatever today's zones are, moves nothing without need, and little with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import zoning
from simulator.model import UNPLACED, ZoningProblem
from simulator.zoning.few_changes import fewest_changes, lightest_cover
from tests.zoning.plain import every_drawing, permuted
from tests.zoning.worlds import grid_city

SEEDS = st.integers(0, 2**32 - 1)


def outgrown(seed: int, rows: int, columns: int, schools: int, slack: float, children: bool) -> ZoningProblem:
    """Zones that fitted once, and children who have moved since; all of them fit in, elsewhere."""
    rng = np.random.default_rng(seed)
    old = grid_city(rng, rows, columns, schools, slack=1.1)
    load = rng.integers(0, 41, old.blocks)
    seats = np.ceil(old.seats * (load.sum() * slack / old.seats.sum())).astype(np.int64)
    count = load if children else np.ones(old.blocks, dtype=np.int64)
    today = zoning.draw(old, "priced").assigned
    nobody = np.zeros(old.blocks, dtype=np.int64)
    return replace(old, load=load, seats=seats, change_count=count, today=today, mixed=nobody)


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS, gaps=st.booleans(), barriers=st.sampled_from([0.0, 0.4]))
def test_any_zones_will_do_to_begin_with(seed: int, gaps: bool, barriers: float) -> None:
    """Random schools, blocks without one, more than the seats: no new detached block, never more excess."""
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 5, 5, 3, slack=rng.uniform(0.9, 1.3), today=True, barriers=barriers)
    if gaps:
        problem = replace(problem, today=np.where(rng.random(25) < 0.2, UNPLACED, problem.today))
    drawn = zoning.draw(problem, "adjust")
    assert np.all(drawn.assigned != UNPLACED)
    had = problem.today != UNPLACED
    before = zoning.accounting.proposal(problem, "any", np.where(had, problem.today, 0))
    was = zoning.contiguity.detached(problem, problem.today)
    assert not np.any(drawn.detached & ~drawn.island & ~was & had)
    if not gaps:
        assert drawn.excess.sum() <= before.excess.sum()
        assert drawn.steps["today_excess"] == before.excess.sum()
    assert drawn.steps["today_detached_blocks"] == np.count_nonzero(was & ~drawn.island)
    assert drawn.steps["today_blocks_without_school"] == np.count_nonzero(~had)
    assert drawn.bound <= drawn.cost
    if drawn.excess.sum() == 0:
        assert drawn.steps["changes_bound"] <= drawn.changed


@settings(deadline=None, max_examples=50)
@given(seed=SEEDS)
def test_without_an_overload_nothing_moves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 6, 6, 4, today=True)
    roomy = replace(problem, seats=np.maximum(problem.seats, problem.loads(problem.today)))
    drawn = zoning.draw(roomy, "adjust")
    assert np.array_equal(drawn.assigned, roomy.today)
    assert drawn.changed == drawn.steps["changes_bound"] == 0


@pytest.mark.parametrize("children", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_all_overloads_go_where_there_is_room(seed: int, children: bool) -> None:
    problem = outgrown(seed, 9, 9, 6, 1.2, children)
    drawn = zoning.draw(problem, "adjust")
    assert drawn.excess.sum() == 0 and drawn.contiguous
    assert drawn.steps["changes_bound"] <= drawn.changed
    assert (drawn.steps["today_excess"] > 0) == (drawn.steps["changes_bound"] > 0) == (drawn.changed > 0)
    most = problem.load.sum() if children else problem.blocks
    assert drawn.changed <= most / 2


@pytest.mark.parametrize("children", [False, True])
def test_changes_beside_every_drawing_of_tiny_cities(children: bool) -> None:
    """The bound holds for every drawing without overload, and four answers of five need no fewer changes."""
    fewest, cities = 0, 0
    for seed in range(40):
        problem = outgrown(seed, 2, 4, 3, 1.25, children)
        every = every_drawing(problem)
        fits = every.excess == 0
        if not np.any(fits & every.keeps):
            continue
        cities += 1
        drawn = zoning.draw(problem, "adjust")
        assert drawn.steps["changes_bound"] <= every.changed[fits].min()
        assert drawn.excess.sum() == 0
        fewest += drawn.changed <= every.changed[fits & every.keeps].min()
    assert cities > 10 and fewest >= 0.8 * cities


@given(seed=SEEDS)
def test_the_lightest_cover_is_the_lightest(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(1, 9))
    load, weight = rng.integers(0, 12, rows), rng.integers(0, 5, rows)
    wanted = int(rng.integers(0, load.sum() + 1))
    sets = (np.arange(2**rows)[:, None] >> np.arange(rows)) & 1
    assert lightest_cover(load, weight, wanted) == (sets @ weight)[sets @ load >= wanted].min()


def test_no_bound_where_children_cannot_all_have_a_seat() -> None:
    problem = grid_city(np.random.default_rng(1), 5, 5, 3, slack=0.8, today=True)
    assert fewest_changes(problem) == 0
    drawn = zoning.draw(problem, "adjust")
    assert drawn.excess.sum() >= problem.load.sum() - problem.seats.sum()


@pytest.mark.parametrize("seed", range(4))
def test_a_limit_on_changes_is_kept_and_overloads_fall_as_far_as_it_lets_them(seed: int) -> None:
    problem = outgrown(seed, 9, 9, 6, 1.1, children=False)
    free = zoning.draw(problem, "adjust")
    half = zoning.draw(replace(problem, most_changed=free.changed // 2), "adjust")
    assert free.changed >= 2 and half.changed <= free.changed // 2
    assert free.excess.sum() < half.excess.sum() < half.steps["today_excess"]


def test_a_school_that_is_ruled_out_must_be_left() -> None:
    problem = outgrown(3, 7, 7, 4, 1.3, children=False)
    block = next(b for b in range(49) if b not in problem.home)
    keep = (problem.block != block) | (problem.school != problem.today[block])
    offsets = np.concatenate(([0], np.cumsum(np.bincount(problem.block[keep], minlength=49))))
    walled = replace(problem, offsets=offsets, school=problem.school[keep], metres=problem.metres[keep])
    drawn = zoning.draw(walled, "adjust")
    assert drawn.steps["today_blocks_ruled_out"] == 1
    assert drawn.assigned[block] != problem.today[block] and drawn.steps["changes_bound"] >= 1


@pytest.mark.parametrize("seed", range(4))
def test_the_same_again_and_as_good_with_rows_permuted(seed: int) -> None:
    """Changes tie as soon as two blocks have equally many children: rows may decide which, not how many."""
    problem = outgrown(seed, 7, 7, 5, 1.15, children=False)
    drawn, again = zoning.draw(problem, "adjust"), zoning.draw(problem, "adjust")
    assert np.array_equal(drawn.assigned, again.assigned) and drawn.steps == again.steps
    rng = np.random.default_rng(seed)
    other = zoning.draw(permuted(problem, rng.permutation(49), rng.permutation(5)), "adjust")
    assert other.excess.sum() == drawn.excess.sum() == 0
    assert other.steps["changes_bound"] == drawn.steps["changes_bound"]
    assert abs(other.changed - drawn.changed) <= max(2, drawn.changed // 5)
