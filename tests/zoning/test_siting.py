"""Siting against every choice of sites and every way of serving, on problems small enough to count them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model import UNPLACED, SitingProblem
from simulator.transport import Problem, solve
from simulator.zoning.siting import AIMS, least_total, site
from simulator.zoning.siting.gains import gains_of
from simulator.zoning.siting.relaxation import FREE, OPEN, Relaxation
from simulator.zoning.siting.search import Search
from simulator.zoning.siting.task import Serving

SEEDS = st.integers(0, 2**32 - 1)


def small_town(rng: np.random.Generator, *, whole: bool, blocks: int = 6, sites: int = 5) -> SitingProblem:
    """A few blocks and sites; some arcs ruled out, some blocks empty, some sites kept, seats short or not."""
    away = rng.integers(0, 60, (blocks, sites))
    there = rng.random((blocks, sites)) < 0.8
    load = rng.integers(0, 12, blocks)
    return SitingProblem(
        load=load,
        seats=rng.integers(0, int(load.sum()) + 1, sites),
        fixed_metres=rng.integers(0, 200, sites) * int(rng.integers(0, 2)),
        kept=rng.random(sites) < 0.3,
        offsets=np.concatenate(([0], np.cumsum(there.sum(axis=1)))),
        site=np.nonzero(there)[1],
        metres=away[there],
        most_opened=int(rng.integers(-1, 4)),
        whole_blocks=whole,
        limit_metres=25,
        weight=rng.integers(0, 5, blocks) if whole and rng.random() < 0.5 else None,
    )


def choices(problem: SitingProblem):
    """Every set of open sites."""
    candidates = np.flatnonzero(~problem.kept)
    for count in range(problem.room_to_open + 1):
        for some in combinations(candidates.tolist(), count):
            is_open = problem.kept.copy()
            is_open[list(some)] = True
            yield is_open


def plain_cost(problem: SitingProblem, aim: str, is_open: np.ndarray) -> int:
    """Cost of serving from these sites, in the plainest way there is."""
    fixed = int(problem.fixed_metres[is_open & ~problem.kept].sum())
    options = []
    for b in range(problem.blocks):
        arcs = [a for a in range(problem.offsets[b], problem.offsets[b + 1]) if is_open[problem.site[a]]]
        children, weight = int(problem.load[b]), int(problem.weights[b])
        options.append(
            [(int(problem.site[a]), weight * int(problem.metres[a]), int(problem.metres[a])) for a in arcs]
            + [(UNPLACED, problem.unplaced_metres * max(children, weight), -1)]
        )
    if aim == "coverage":
        near = [any(0 <= metres <= problem.limit_metres for *_, metres in some) for some in options]
        return int(problem.load[~np.array(near)].sum())
    if aim == "p_median":
        return fixed + sum(min(cost for _, cost, _ in some) for some in options)
    if not problem.whole_blocks:
        arcs = np.flatnonzero(is_open[problem.site])
        counts = [len(some) - 1 for some in options]
        core = Problem(
            supply=problem.load,
            offsets=np.concatenate(([0], np.cumsum(counts))),
            pool=problem.site[arcs],
            cost=problem.metres[arcs],
            unplaced_cost=np.full(problem.blocks, problem.unplaced_metres),
            seats=np.where(is_open, problem.seats, 0),
            parent=np.full(problem.sites, UNPLACED),
        )
        return fixed + solve(core, "ortools").objective
    best = None
    for chosen in product(*options):
        load = np.zeros(problem.sites, dtype=np.int64)
        for b, (s, *_) in enumerate(chosen):
            if s != UNPLACED:
                load[s] += problem.load[b]
        if np.all(load <= problem.seats):
            cost = sum(cost for _, cost, _ in chosen)
            best = cost if best is None else min(best, cost)
    return fixed + best


@pytest.mark.parametrize("aim", AIMS)
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_the_best_of_all_choices_is_found_and_proved(aim: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = small_town(rng, whole=False)
    answer = site(problem, aim)
    costs = [plain_cost(problem, aim, is_open) for is_open in choices(problem)]
    assert answer.cost == answer.bound == min(costs)
    assert answer.cost_before == costs[0]
    for opened in np.flatnonzero(answer.opened):  # none that saves nothing
        without = answer.opened | problem.kept
        without[opened] = False
        assert plain_cost(problem, aim, without) > answer.cost


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_whole_blocks_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = small_town(rng, whole=True, blocks=5, sites=4)
    answer = site(problem, "least_total")
    best = min(plain_cost(problem, "least_total", is_open) for is_open in choices(problem))
    assert answer.cost == answer.bound == best


@pytest.mark.parametrize("whole", [False, True])
@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_a_proposal_keeps_the_rules_and_its_bound_holds_wherever_it_is_broken_off(
    whole: bool, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    problem = small_town(rng, whole=whole, blocks=14, sites=8)
    best = site(problem, "least_total")
    assert best.bound == best.cost
    for work in (0, 5_000, 50_000):
        answer = site(problem, "least_total", work=work)
        assert answer.bound <= best.cost <= answer.cost <= answer.cost_before
        served = np.zeros(problem.blocks, dtype=np.int64)
        np.add.at(served, problem.block, answer.children)
        assert np.array_equal(served + answer.unplaced, problem.load)
        load = np.zeros(problem.sites, dtype=np.int64)
        np.add.at(load, problem.site, answer.children)
        assert np.all(load <= np.where(answer.opened | problem.kept, problem.seats, 0))
        assert answer.opened.sum() <= problem.room_to_open and not np.any(answer.opened & problem.kept)


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS, whole=st.booleans())
def test_the_same_answer_again_and_the_same_cost_in_any_order_of_rows(seed: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    problem = small_town(rng, whole=whole, blocks=10, sites=6)
    answer = site(problem, "least_total")
    again = site(problem, "least_total")
    for name in ("opened", "assigned", "children", "prices"):
        assert getattr(answer, name).tobytes() == getattr(again, name).tobytes()
    assert answer.steps == again.steps

    block, place = rng.permutation(problem.blocks), rng.permutation(problem.sites)
    order = np.lexsort((place[problem.site], np.argsort(block)[problem.block]))
    moved = replace(
        problem,
        load=problem.load[block],
        weight=problem.weights[block],
        seats=problem.seats[np.argsort(place)],
        fixed_metres=problem.fixed_metres[np.argsort(place)],
        kept=problem.kept[np.argsort(place)],
        offsets=np.concatenate(([0], np.cumsum(np.diff(problem.offsets)[block]))),
        site=place[problem.site][order],
        metres=problem.metres[order],
    )
    assert site(moved, "least_total").cost == answer.cost


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, serving=st.sampled_from(list(Serving)))
def test_a_gain_is_never_below_what_the_best_packing_leaves(seed: int, serving: Serving) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(0, 9))
    load, cost, pays = (rng.integers(0, 20, count) for _ in range(3))
    seats = np.array([int(rng.integers(0, 40))])
    gain, taken = np.zeros(1, dtype=np.int64), np.zeros(count, dtype=np.int64)
    starts, block = np.array([0, count]), np.arange(count)
    gains_of(starts, block, cost, load, seats, int(serving), np.zeros(1, np.bool_), pays, gain, taken)
    packings = [
        sum(int(pays[i] - cost[i]) for i in some)
        for size in range(count + 1)
        for some in combinations(range(count), size)
        if serving == Serving.NEAREST or sum(int(load[i]) for i in some) <= seats[0]
    ]
    if serving == Serving.SPLIT:
        assert gain[0] >= max(packings)
        # The best of all whole prices per seat.
        assert gain[0] == min(
            price * int(seats[0]) + int(np.maximum(pays - cost - price * load, 0).sum())
            for price in range(41)
        )
    else:
        assert gain[0] == max(packings)
        assert int(((pays - cost) * taken).sum()) == 256 * gain[0]


@given(seed=SEEDS, whole=st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_relaxation_is_below_every_choice_whatever_blocks_pay(seed: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    problem = small_town(rng, whole=whole, blocks=5, sites=4)
    search = Search(least_total.task(problem), 10**9)
    relaxation = Relaxation(search.task)
    state = np.where(problem.kept, OPEN, FREE).astype(np.int8)
    pays = rng.integers(0, relaxation.ceiling + 1)
    at = relaxation.evaluate(state, pays)
    best = min(plain_cost(problem, "least_total", is_open) for is_open in choices(problem))
    assert at.bound <= best * search.task.scale


def test_names_and_limits_are_asked_for() -> None:
    problem = small_town(np.random.default_rng(1), whole=False)
    with pytest.raises(KeyError, match="no aim 'best'; there are"):
        site(problem, "best")
    with pytest.raises(ValueError, match="no walking limit"):
        site(replace(problem, limit_metres=0), "coverage")
    with pytest.raises(OverflowError, match="past 2"):
        replace(problem, unplaced_metres=2**58)
    with pytest.raises(ValueError, match="needs whole blocks"):
        replace(problem, weight=problem.load + 1)
