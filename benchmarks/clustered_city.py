"""Seeded transportation problems: a city whose children and schools gather around the same centres."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from simulator.model import UNPLACED
from simulator.transport import Problem, unplaced_base


def clustered_city(
    children: int,
    schools: int,
    seed: int,
    *,
    nearest: int = 20,
    slack: float = 1.05,
    group: int = 1,
    round_to: int = 1,
    half_in_one: bool = False,
    bare: float = 0.0,
) -> Problem:
    """A city: ``children`` around centres, each group with its ``nearest`` schools, distances in metres.

    Args:
        children: how many, about; exactly where ``group`` is 1. schools: number of schools.
        slack: seats per child. group: children of a group on average (1 to twice as many, less one).
        round_to: distances are rounded down to multiples of so many metres.
        half_in_one: school 0 has half of all the seats.
        bare: the share of schools, from the west, that keep a twentieth of their seats.
    """
    rng = np.random.default_rng(seed)
    centres = max(3, schools // 10)
    side = 20_000 * np.sqrt(schools / 300)
    spread = side / np.sqrt(centres)
    centre = rng.uniform(0, side, (centres, 2))
    weight = rng.dirichlet(np.full(centres, 2.0))

    def places(count: int, width: float) -> np.ndarray:
        chosen = centre[rng.choice(centres, count, p=weight)]
        return np.clip(chosen + rng.normal(0, width, (count, 2)), 0, side)

    home, school = places(children // group, 0.5 * spread), places(schools, 0.4 * spread)
    nearest = min(nearest, schools)
    metres, near = cKDTree(school).query(home, k=nearest)
    cost = np.rint(metres).astype(np.int64) // round_to * round_to
    supply = np.ones(len(home), np.int64) if group == 1 else rng.integers(1, 2 * group, len(home))
    share = rng.uniform(0.5, 1.5, schools)
    if half_in_one:
        share[0] = share[1:].sum()
    wanted = round(int(supply.sum()) * slack)
    seats = np.floor(share / share.sum() * wanted).astype(np.int64)
    seats[: wanted - int(seats.sum())] += 1
    if bare:
        west = np.argsort(school[:, 0], kind="stable")[: round(schools * bare)]
        seats[west] //= 20
    return Problem(
        supply=supply,
        offsets=np.arange(len(home) + 1) * nearest,
        pool=near.astype(np.int32).ravel(),
        cost=cost.ravel(),
        unplaced_cost=np.full(len(home), unplaced_base(int(cost.max()), schools)),
        seats=seats,
        parent=np.full(schools, UNPLACED),
    )


def by_pool(problem: Problem) -> Problem:
    """The same problem, the arcs of every group in the order of their pools."""
    order = np.lexsort((problem.pool, problem.group))
    return Problem(
        supply=problem.supply,
        offsets=problem.offsets,
        pool=problem.pool[order],
        cost=problem.cost[order],
        unplaced_cost=problem.unplaced_cost,
        seats=problem.seats,
        parent=problem.parent,
    )


def under_roofs(problem: Problem, seed: int) -> Problem:
    """Each school as a roof of its seats over two pools: a general one of seven tenths of them for two thirds
    of the groups, and a reserved one of four tenths for the others. Roofs and pools are short at once."""
    schools, rng = problem.nodes, np.random.default_rng((seed, 2))
    reserved = np.repeat(rng.random(problem.groups) < 1 / 3, np.diff(problem.offsets))
    return Problem(
        supply=problem.supply,
        offsets=problem.offsets,
        pool=problem.pool + np.where(reserved, 2 * schools, schools),
        cost=problem.cost,
        unplaced_cost=problem.unplaced_cost,
        seats=np.concatenate((problem.seats, problem.seats * 7 // 10, problem.seats * 4 // 10)),
        parent=np.concatenate((np.full(schools, UNPLACED), np.arange(schools), np.arange(schools))),
    )
