"""Small cities for the tests of zoning: a grid of blocks, schools in some of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import UNPLACED, Ragged, Stage, ZoningProblem


def grid_neighbours(rows: int, columns: int, keep: np.ndarray | None = None) -> Ragged:
    """Blocks of a grid beside each other; ``keep`` (pairs,) drops some pairs of neighbours (barriers)."""
    number = np.arange(rows * columns).reshape(rows, columns)
    one = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    other = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    if keep is not None:
        one, other = one[keep[: len(one)]], other[keep[: len(other)]]
    return neighbours_of(rows * columns, one, other)


def neighbours_of(blocks: int, one: np.ndarray, other: np.ndarray) -> Ragged:
    """Both directions of each pair, sorted."""
    key = np.unique(np.concatenate((one * blocks + other, other * blocks + one)).astype(np.int64))
    return Ragged.from_pairs(blocks, key // blocks, (key % blocks).astype(np.int32))


def grid_city(
    rng: np.random.Generator,
    rows: int,
    columns: int,
    schools: int,
    *,
    slack: float = 1.1,
    today: bool = False,
    barriers: float = 0.0,
    **settings: int,
) -> ZoningProblem:
    """A city on a grid: streets of 100 m, 0-40 entrants a block, schools in different blocks."""
    blocks = rows * columns
    load = rng.integers(0, 41, blocks)
    home = np.sort(rng.choice(blocks, schools, replace=False))
    y, x = np.divmod(np.arange(blocks), columns)
    away = np.abs(y[:, None] - y[home]) + np.abs(x[:, None] - x[home])
    metres = 100 * away + rng.integers(0, 30, (blocks, schools))
    share = rng.dirichlet(np.full(schools, 20.0))
    seats = np.ceil(share * load.sum() * slack).astype(np.int64)
    pairs = rows * (columns - 1) + columns * (rows - 1)
    neighbours = grid_neighbours(rows, columns, rng.random(pairs) >= barriers if barriers else None)
    return ZoningProblem(
        stage=Stage.PRIMARY,
        load=load,
        seats=seats,
        offsets=np.arange(blocks + 1) * schools,
        school=np.tile(np.arange(schools, dtype=np.int32), blocks),
        metres=metres.ravel(),
        neighbours=neighbours,
        home=home,
        today=rng.integers(0, schools, blocks) if today else np.full(blocks, UNPLACED),
        change_count=load,
        mixed=rng.integers(0, load + 1),
        **settings,
    )


def thinned(problem: ZoningProblem, rng: np.random.Generator, share: float) -> ZoningProblem:
    """The problem with some candidates ruled out (walls); the last of each block stays."""
    keep = rng.random(len(problem.school)) < share
    keep[problem.offsets[1:] - 1] = True
    counts = np.bincount(problem.block[keep], minlength=problem.blocks)
    return replace(
        problem,
        offsets=np.concatenate(([0], np.cumsum(counts))),
        school=problem.school[keep],
        metres=problem.metres[keep],
    )
