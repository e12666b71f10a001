"""The exact search over a few zones, and what no drawing can be better than, against all drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import zoning
from simulator.model import UNPLACED
from simulator.zoning.accounting import counted, proposal
from simulator.zoning.bounds import bounds_beside, fewest_beyond, weighed_bound
from simulator.zoning.contiguity import detached, islands
from simulator.zoning.joining import ways_of
from simulator.zoning.mending import Mending
from simulator.zoning.optimal import draw
from simulator.zoning.part import part_of
from simulator.zoning.split import split_optimum
from tests.zoning.plain import every_drawing, homes_held
from tests.zoning.worlds import grid_city, neighbours_of, thinned

SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("slack", [0.8, 1.0, 1.15])
@pytest.mark.parametrize("method", ["priced", "adjust", "optimal"])
def test_no_drawing_that_keeps_the_rules_has_fewer_beyond_the_seats_nor_less_way(slack, method) -> None:
    sharp = 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        problem = grid_city(rng, 2, 4, 3, slack=slack, today=True, change_metres=40)
        drawn, every = zoning.draw(problem, method), every_drawing(problem)
        excess = int(drawn.excess.sum())
        keeps = drawn.contiguous and homes_held(problem, drawn.assigned)
        rules = every.keeps if keeps else np.ones_like(every.keeps)
        fewest = int(every.excess[rules].min())
        weighed = every.cost - problem.excess_metres * every.excess
        assert drawn.excess_bound <= fewest <= excess
        assert drawn.weighed_bound <= weighed[rules & (every.excess <= excess)].min()
        assert drawn.weighed == counted(problem, drawn.assigned).weighed
        sharp += drawn.excess_bound == fewest
    assert sharp >= 4, "the bound on children beyond the seats is mostly the least there is"


@pytest.mark.parametrize("most", [0, 60])
def test_bounds_with_a_limit_hold_within_it(most: int) -> None:
    for seed in range(6):
        problem = grid_city(np.random.default_rng(seed), 2, 4, 3, slack=0.9, today=True, most_changed=most)
        drawn, every = zoning.draw(problem, "priced"), every_drawing(problem)
        within = every.changed <= most
        within &= every.keeps if drawn.contiguous and homes_held(problem, drawn.assigned) else True
        if not within.any():
            continue
        weighed = every.cost - problem.excess_metres * every.excess
        excess = int(drawn.excess.sum())
        assert drawn.excess_bound <= every.excess[within].min()
        assert drawn.weighed_bound <= weighed[within & (every.excess <= excess)].min()


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, slack=st.sampled_from([0.8, 0.95, 1.1]))
def test_the_bound_at_the_same_excess_is_better_than_that_of_the_whole_cost(seed: int, slack: float) -> None:
    """What the cost's own bound says of the way is nothing as soon as a child is beyond the seats."""
    problem = grid_city(np.random.default_rng(seed), 5, 5, 3, slack=slack)
    drawn = zoning.draw(problem, "priced")
    excess = int(drawn.excess.sum())
    plain = split_optimum(problem)
    of_whole = plain.bound - problem.excess_metres * excess
    bound = weighed_bound(problem, excess, 0, 0)
    assert bound >= of_whole and bound <= drawn.weighed
    assert bound > 0.5 * drawn.weighed
    least = fewest_beyond(problem, drawn.excess, together=True, limited=False, seconds=0.0)
    assert least <= excess


def test_a_block_that_only_fits_in_whole_makes_the_bound_sharper_than_the_core() -> None:
    """Two schools of 30 seats, three blocks of 20: split all find a seat, whole 20 children do not."""
    problem = grid_city(np.random.default_rng(1), 1, 3, 2)
    problem = replace(
        problem, load=np.full(3, 20), mixed=np.zeros(3, dtype=np.int64), seats=np.array([30, 30]),
        home=np.array([0, 2]),
    )  # fmt: skip
    drawn = zoning.draw(problem, "priced")
    assert split_optimum(problem).unplaced == 0
    assert drawn.excess.sum() == 10 == drawn.excess_bound
    assert bounds_beside(problem, drawn, seconds=0.0).excess == 0


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS, limit=st.booleans(), slack=st.sampled_from([0.95, 1.02, 1.2]))
def test_mending_makes_a_drawing_better_within_the_limit(seed: int, limit: bool, slack: float) -> None:
    rng = np.random.default_rng(seed)
    problem = grid_city(rng, 4, 5, 4, slack=slack, today=True, barriers=0.2)
    if limit:
        problem = replace(problem, most_changed=int(rng.integers(0, problem.change_count.sum())))
    begun = rng.integers(0, 4, 20)
    mending = Mending(problem, begun, seconds=0.3)
    before = mending.rank
    mending.connect()
    middle = mending.rank
    assert middle <= before
    mending.relieve()
    mending.improve()
    assert mending.rank <= middle
    after = counted(problem, mending.assigned)
    if limit:
        most = max(problem.most_changed, counted(problem, begun).changed)
        assert after.changed <= most
    again = Mending(problem, begun, seconds=0.3)
    again.connect()
    again.relieve()
    again.improve()
    assert np.array_equal(again.assigned, mending.assigned)


def test_a_part_of_the_whole_city_is_the_city() -> None:
    problem = grid_city(np.random.default_rng(3), 4, 5, 3, today=True, most_changed=90)
    everything = np.ones(len(problem.school), dtype=np.bool_)
    part = part_of(problem, everything, np.arange(20), np.arange(3), 0)
    assert part.problem.most_changed == 90 and np.array_equal(part.problem.metres, problem.metres)
    drawn = zoning.draw(problem, "nearest").assigned
    assert np.array_equal(part.outside(drawn, part.inside(drawn)), drawn)
    two = part_of(problem, everything, np.flatnonzero(drawn != 1), np.array([0, 2]), 30)
    assert two.problem.most_changed == 60 and set(two.problem.school.tolist()) == {0, 1}
    outside = problem.today[two.rows] == 1
    assert np.all(two.problem.today[outside] == UNPLACED), "it leaves that school whatever happens"


@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, share=st.sampled_from([0.5, 0.7]))
def test_with_walls_zones_hang_together_wherever_some_drawing_does(seed: int, share: float) -> None:
    """Candidates are ruled out at random: connected if that can be had, what cannot is listed."""
    rng = np.random.default_rng(seed)
    problem = thinned(grid_city(rng, 4, 5, 3, slack=1.3, barriers=0.15), rng, share)
    drawn, best = zoning.draw(problem, "priced"), draw(problem, seconds=4)
    if "contiguity_given_up" in best.steps:
        assert not drawn.contiguous, "no drawing hangs together: what is detached is listed"
        assert np.any(drawn.detached & ~drawn.island)
    elif "rules_not_met" not in best.steps:
        assert drawn.contiguous
    assert np.array_equal(drawn.island, islands(problem))
    assert np.array_equal(drawn.detached, detached(problem, drawn.assigned))


def test_a_branch_behind_two_narrow_places_is_connected_by_moving_a_whole_zone() -> None:
    """A block of a road may only go to the far school: the blocks before it have to go there, too."""
    row = grid_city(np.random.default_rng(1), 1, 6, 2)
    road = np.arange(5)
    problem = replace(
        row,
        load=np.array([10, 10, 10, 10, 10, 10]),
        mixed=np.zeros(6, dtype=np.int64),
        seats=np.array([60, 60]),
        home=np.array([0, 5]),
        neighbours=neighbours_of(6, np.concatenate((road[:4], [1])), np.concatenate((road[1:], [5]))),
    )
    keep = ~((problem.block == 4) & (problem.school == 1))
    problem = replace(
        problem,
        offsets=np.array([0, 2, 4, 6, 8, 9, 11]),
        school=problem.school[keep],
        metres=np.where(problem.school[keep] == 0, 900, 100),
    )
    drawn = zoning.draw(problem, "priced")
    assert drawn.contiguous and not drawn.island.any()
    assert drawn.assigned.tolist() == [0, 0, 0, 0, 0, 1]
    assert not np.any(ways_of(problem).free)


def test_optimal_is_never_worse_than_priced_and_says_how_far_it_can_be_off() -> None:
    for seed in range(2):
        problem = grid_city(np.random.default_rng(seed), 9, 9, 8, slack=1.02, today=True, change_metres=20)
        first = zoning.draw(problem, "priced")
        for seconds in (0, 3):
            drawn = zoning.draw(problem, "optimal", seconds=seconds)
            assert drawn.contiguous and drawn.cost <= first.cost
            assert drawn.bound >= first.bound and drawn.bound_of == "search"
            assert 0 <= drawn.gap <= first.gap
            assert drawn.weighed_bound <= drawn.weighed
    assert proposal(problem, "any", drawn.assigned).cost == drawn.cost
