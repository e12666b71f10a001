"""A drawing's zones joined to multi-school zones: area by area, as many as asked for, each in one piece."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator import zoning
from simulator.model import NO_METRES, UNPLACED
from simulator.model.zoning_settings import ZoningSettings
from simulator.zoning.grouping import mean_ways, shared_out
from tests.zoning.worlds import grid_city

SEEDS = st.integers(0, 2**32 - 1)


def ways(problem):
    """Metres of any pair of a town whose blocks may all go to every school."""
    metres = problem.metres.reshape(problem.blocks, problem.schools)
    return lambda blocks, schools: metres[blocks, schools]


def grouped(problem, groups: int, quality=None, **weights):
    drawn = zoning.draw(problem, "priced")
    how = ZoningSettings(groups=groups, seconds=8, **weights)
    return drawn, zoning.group(problem, drawn, quality, how, ways(problem))


def pieces(problem, member: np.ndarray) -> int:
    """Pieces in which some blocks hang together."""
    left, count = set(np.flatnonzero(member).tolist()), 0
    while left:
        waiting, count = [left.pop()], count + 1
        while waiting:
            for block in problem.neighbours[waiting.pop()].tolist():
                if block in left:
                    left.discard(block)
                    waiting.append(block)
    return count


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, groups=st.integers(1, 6), river=st.booleans())
@example(seed=40489, groups=1, river=True)  # all schools on one bank
def test_every_school_is_in_one_group_that_hangs_together(seed: int, groups: int, river: bool) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 6, 6, 6, slack=1.3)
    if river:
        one, other = problem.neighbours.owners, problem.neighbours.values
        same = (one % 6 < 3) == (other % 6 < 3)
        near = type(problem.neighbours).from_pairs(36, one[same], other[same])
        problem = replace(problem, neighbours=near)
    drawn, made = grouped(problem, groups, rng.integers(0, 100, 6))
    leads = made.group
    zoned = np.unique(drawn.assigned)
    assert np.all(leads[zoned] != UNPLACED) and np.all(leads[leads[zoned]] == leads[zoned])
    assert made.areas <= 1 + river
    assert made.groups == max(min(groups, len(zoned)), made.areas)
    for leader in np.unique(leads[zoned]):
        # What is apart from its own zone, such as all beyond a river without a school, cannot hang together.
        member = (leads[drawn.assigned] == leader) & ~drawn.detached
        assert pieces(problem, member) == 1
        assert not river or len({int(b) % 6 < 3 for b in np.flatnonzero(member)}) == 1
    assert made.bound <= made.cost and made.with_quality
    again = zoning.group(
        problem, drawn, rng.integers(0, 1, 6), ZoningSettings(groups=groups, seconds=8), ways(problem)
    )
    assert np.array_equal(again.group != UNPLACED, leads != UNPLACED)


def test_short_schools_go_with_roomy_ones() -> None:
    """Four schools in a row, seats 10, 90, 90, 10 for 50 children each: pairs of a short and a roomy one."""
    problem = grid_city(np.random.default_rng(1), 1, 8, 4)
    problem = replace(
        problem,
        load=np.full(8, 25),
        mixed=np.zeros(8, dtype=np.int64),
        seats=np.array([10, 90, 90, 10]),
        home=np.array([0, 2, 4, 6]),
        metres=(100 * np.abs(np.arange(8)[:, None] - np.array([0, 2, 4, 6]))).ravel(),
        today=np.array([0, 0, 1, 1, 2, 2, 3, 3]),
        most_changed=0,
    )
    drawn, made = grouped(problem, 2)
    assert drawn.assigned.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert made.group[0] == made.group[1] != made.group[2] == made.group[3]
    assert made.seats_off == 0 and made.cost == made.bound and not made.with_quality
    # With quality weighed as well, and no even seats to be had, a good school goes with a bad one.
    same = replace(problem, seats=np.full(4, 50))
    _, good = grouped(same, 2, np.array([90, 10, 90, 10]))
    assert good.group[0] == good.group[1] and good.quality_off == 0
    _, alone = grouped(same, 2, np.array([90, 90, -1, 10]))
    assert not alone.with_quality, "a score is missing: quality is left alone"
    _, far = grouped(same, 2, np.array([90, 90, 10, 10]), group_quality_metres=0)
    assert far.groups == 2


def test_groups_are_shared_out_by_schools_and_every_area_has_one() -> None:
    assert shared_out(6, np.array([8, 4, 1])).tolist() == [3, 2, 1]
    assert shared_out(1, np.array([8, 4, 1])).tolist() == [1, 1, 1]
    assert shared_out(99, np.array([3, 2])).tolist() == [3, 2]


@pytest.mark.parametrize("unknown", [False, True])
def test_mean_ways_are_those_of_the_children(unknown: bool) -> None:
    problem = grid_city(np.random.default_rng(2), 1, 4, 2)
    problem = replace(problem, load=np.array([1, 3, 0, 0]), mixed=np.zeros(4, dtype=np.int64))
    metres = np.array([[100, 900], [200, 800], [300, 50], [500, 70]])
    if unknown:
        metres[0, 1] = NO_METRES
    found = mean_ways(problem, np.array([0, 0, 1, 1]), np.array([0, 1]), lambda b, s: metres[b, s])
    longest = 800 if unknown else 900
    assert found.tolist() == [[(100 + 600) // 4, (longest + 2400) // 4], [400, 60]]
