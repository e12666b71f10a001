"""Multi-school zones against every way of grouping a few schools."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model import UNPLACED, MultiSchoolProblem
from simulator.zoning.multi_school import counted, group_schools
from tests.zoning.worlds import grid_neighbours

SEEDS = st.integers(0, 2**32 - 1)


def district(rng: np.random.Generator, rows: int, columns: int, **rules: int) -> MultiSchoolProblem:
    """Schools on a grid; one border in six is a river."""
    count = rows * columns
    pairs = rows * (columns - 1) + columns * (rows - 1)
    y, x = np.divmod(np.arange(count), columns)
    return MultiSchoolProblem(
        children=rng.integers(20, 300, count),
        seats=rng.integers(45, 300, count),
        quality=rng.integers(0, 100, count),
        neighbours=grid_neighbours(rows, columns, rng.random(pairs) > 1 / 6),
        metres=1000 * (np.abs(y[:, None] - y) + np.abs(x[:, None] - x)),
        **rules,
    )


def partitions(items: list[int]):
    """Every way to group the items."""
    if not items:
        yield []
        return
    first, *rest = items
    for others in partitions(rest):
        yield [[first], *others]
        for place, group in enumerate(others):
            yield [*others[:place], [first, *group], *others[place + 1 :]]


def hangs(problem: MultiSchoolProblem, group: list[int]) -> bool:
    seen, waiting = {group[0]}, [group[0]]
    while waiting:
        for other in problem.neighbours[waiting.pop()].tolist():
            if other in group and other not in seen:
                seen.add(other)
                waiting.append(other)
    return len(seen) == len(group)


def plain_cost(problem: MultiSchoolProblem, groups: list[list[int]]) -> int:
    """Straight from the definition, in fractions."""
    children, seats = int(problem.children.sum()), int(problem.seats.sum())
    mean = Fraction(int((problem.seats * problem.quality).sum()), seats)
    seats_off = quality_off = Fraction(0)
    metres = 0
    for group in groups:
        own = int(problem.seats[group].sum())
        seats_off += abs(own - Fraction(int(problem.children[group].sum()) * seats, children))
        quality_off += abs(int((problem.seats * problem.quality)[group].sum()) - own * mean)
        metres += min(sum(int(problem.children[i] * problem.metres[i, j]) for i in group) for j in group)
    return (
        problem.seat_weight * int(seats_off / 2)
        + problem.quality_weight * int(quality_off / 2)
        + problem.metre_weight * metres
    )


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_no_grouping_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rules = {"groups": int(rng.integers(0, 5)), "most_schools": int(rng.integers(0, 5))}
    rules["most_schools"] = rules["most_schools"] or (0 if rules["groups"] else 3)
    problem = district(
        rng, 2, 3, seat_weight=int(rng.integers(0, 9)), metre_weight=int(rng.integers(0, 2)), **rules
    )
    answer = group_schools(problem)
    costs = [
        plain_cost(problem, groups)
        for groups in partitions(list(range(problem.schools)))
        if (not problem.groups or len(groups) == problem.groups)
        and (not problem.most_schools or max(map(len, groups)) <= problem.most_schools)
        and all(hangs(problem, group) for group in groups)
    ]
    if not costs:
        assert answer.status == "impossible" and np.all(answer.group == UNPLACED)
    else:
        assert answer.status == "found"
        assert answer.cost == answer.bound == min(costs)


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_the_rules_hold_and_the_bound_too_wherever_it_is_broken_off(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = district(rng, 3, 4, groups=4, most_schools=4)
    for seconds in (0.0, 0.06, 0.3):
        answer = group_schools(problem, seconds=seconds)
        if answer.status != "found":
            continue
        groups = [np.flatnonzero(answer.group == lead).tolist() for lead in np.unique(answer.group)]
        assert len(groups) == answer.groups == 4
        assert all(len(group) <= 4 and hangs(problem, group) for group in groups)
        assert all(lead in group for lead, group in zip(np.unique(answer.group), groups, strict=True))
        assert answer.bound <= answer.cost == plain_cost(problem, groups)
        again = group_schools(problem, seconds=seconds)
        assert again.group.tobytes() == answer.group.tobytes() and again.steps == answer.steps


def test_one_group_of_all_is_even() -> None:
    problem = replace(district(np.random.default_rng(3), 2, 3, groups=1), neighbours=grid_neighbours(2, 3))
    answer = group_schools(problem)
    assert (answer.seats_off, answer.quality_off, answer.cost) == (0, 0, 0)
    assert counted(problem, answer.group).cost == 0


def test_numbers_are_asked_for() -> None:
    with pytest.raises(ValueError, match="needs a number of groups or a greatest group"):
        district(np.random.default_rng(3), 2, 3)
    with pytest.raises(OverflowError, match="past 2"):
        district(np.random.default_rng(3), 2, 3, groups=2, quality_weight=2**50)
