"""Contiguity against a plain walk, and what a drawing costs against plain sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import zoning
from simulator.model import UNPLACED, ZoningProblem
from simulator.zoning.accounting import proposal
from simulator.zoning.contiguity import detached, islands
from tests.zoning.worlds import grid_city, thinned

SEEDS = st.integers(0, 2**32 - 1)


def walked(problem: ZoningProblem, assigned: np.ndarray, school: int) -> set[int]:
    """Blocks of a zone that a walk from the school's block reaches."""
    home = int(problem.home[school])
    seen, waiting = {home}, [home]
    while waiting:
        for block in problem.neighbours[waiting.pop()].tolist():
            if block not in seen and assigned[block] == school:
                seen.add(block)
                waiting.append(block)
    return seen


@given(seed=SEEDS, barriers=st.sampled_from([0.0, 0.3, 0.7]))
def test_detached_blocks_are_those_no_walk_from_the_school_reaches(seed: int, barriers: float) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 5, 6, 4, barriers=barriers)
    assigned = rng.integers(-1, 4, problem.blocks).astype(np.int32)
    found = detached(problem, assigned)
    reached = [walked(problem, assigned, school) for school in range(4)]
    for block, school in enumerate(assigned.tolist()):
        assert found[block] == (school != UNPLACED and block not in reached[school])


@given(seed=SEEDS)
def test_islands_are_blocks_no_drawing_connects(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = thinned(grid_city(rng, 5, 5, 3, barriers=0.4), rng, float(rng.choice([0.6, 1.0])))
    found = islands(problem)
    connected = np.zeros(problem.blocks, dtype=np.bool_)
    for school in range(3):
        # Everything that may goes to the school, but for the blocks that hold the others.
        may = np.zeros(problem.blocks, dtype=np.bool_)
        may[problem.block[problem.school == school]] = True
        for other, home in enumerate(problem.home.tolist()):
            if other != school and other in problem.school[problem.offsets[home] : problem.offsets[home + 1]]:
                may[home] = False
        connected |= may & ~detached(problem, np.where(may, school, UNPLACED))
    assert np.array_equal(found, ~connected)


def test_a_block_behind_another_school_is_an_island() -> None:
    """A road of four blocks, schools in the first and third: the last has no way to the first school."""
    row = grid_city(np.random.default_rng(1), 1, 4, 2)
    row = replace(row, home=np.array([0, 2]))
    assert not islands(row).any()
    keep = ~((row.block == 3) & (row.school == 1))
    walled = replace(row, offsets=np.array([0, 2, 4, 6, 7]), school=row.school[keep], metres=row.metres[keep])
    assert np.flatnonzero(islands(walled)).tolist() == [3]
    empty = replace(walled, seats=np.array([50, 0]))
    assert not islands(empty).any(), "a school without seats holds no block"


@given(seed=SEEDS)
def test_a_proposal_is_counted_from_the_problem(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 4, 5, 3, today=True, change_metres=70, balance_metres=40)
    assigned = rng.integers(0, 3, problem.blocks).astype(np.int32)
    counted = proposal(problem, "any", assigned)
    metres = sum(
        int(problem.load[b]) * int(problem.metres[b * 3 + s]) for b, s in enumerate(assigned.tolist())
    )
    changed = sum(int(problem.load[b]) for b in range(problem.blocks) if assigned[b] != problem.today[b])
    load = [int(problem.load[assigned == s].sum()) for s in range(3)]
    excess = [max(n - int(seats), 0) for n, seats in zip(load, problem.seats, strict=True)]
    assert (counted.metres, counted.changed, counted.excess.tolist()) == (metres, changed, excess)
    assert counted.cost == (
        metres + 70 * changed + 40 * counted.unevenness + problem.excess_metres * sum(excess)
    )


def test_nearest_takes_the_first_school_among_equals() -> None:
    problem = grid_city(np.random.default_rng(3), 6, 6, 4)
    drawn = zoning.draw(problem, "nearest")
    metres = problem.metres.reshape(problem.blocks, 4)
    assert np.array_equal(drawn.assigned, metres.argmin(axis=1))
    with pytest.raises(KeyError, match="no method 'best'; there are"):
        zoning.draw(problem, "best")
