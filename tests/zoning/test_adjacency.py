"""Neighbours: shared borders and not corners, the Gabriel graph by its definition, walls and barriers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from year_world import make_scenario, make_schools

from simulator.model import Barriers, Blocks, Ragged
from simulator.zoning import adjacency, walls
from tests.zoning.grid_town import squares
from tests.zoning.worlds import grid_neighbours

SEEDS = st.integers(0, 2**32 - 1)
NO_WALLS = np.zeros((0, 0), dtype=np.int32)


def blocks_of(outline=None, *, longitude=None, latitude=None) -> Blocks:
    rows = len(outline if outline is not None else longitude)
    blocks = make_scenario(make_schools(1), rows).blocks
    if longitude is None:
        return replace(blocks, outline=outline)
    return replace(blocks, longitude=np.asarray(longitude, float), latitude=np.asarray(latitude, float))


def pairs(found: Ragged) -> set[tuple[int, int]]:
    return {(a, b) for a, b in zip(found.owners.tolist(), found.values.tolist(), strict=True) if a < b}


def near(
    blocks: Blocks, *, outlines: bool = False, barriers=None, walled=None, limit=0, gap=1, by_road=None
) -> set[tuple[int, int]]:
    walled = np.zeros((0, len(blocks)), dtype=np.int32) if walled is None else walled
    by = "outlines" if outlines else "points" if by_road is None else "roads"
    return pairs(
        adjacency.neighbours(
            blocks, walled, barriers, by=by, by_road=by_road, limit_metres=limit, gap_metres=gap
        )
    )


def test_squares_touch_along_edges_and_not_at_corners():
    assert near(blocks_of(squares(3, 4)), outlines=True) == pairs(grid_neighbours(3, 4))


def test_outlines_that_overlap_a_little_or_leave_a_slit():
    box, metre = shapely.box, 1 / adjacency.METRES_PER_DEGREE
    shapes = [
        box(0, 0, 1, 1),
        box(1 - metre, 0, 2, 1),  # overlaps the first
        box(2 + 8 * metre, 0, 3, 1),  # a street beyond the second
        box(1, 1, 2, 2),  # lies on the second, shares a corner with the first and, nearly, with the third
    ]
    blocks = blocks_of(np.array(shapely.to_wkb(shapes), dtype=object))
    assert near(blocks, outlines=True) == {(0, 1), (1, 3)}
    assert near(blocks, outlines=True, gap=10) == {(0, 1), (1, 2), (1, 3)}
    assert near(blocks, outlines=True, gap=0) == {(0, 1), (1, 3)}


@given(seed=SEEDS)
def test_the_order_of_outlines_does_not_matter(seed: int):
    order = np.random.default_rng(seed).permutation(12)
    straight, turned = squares(3, 4), squares(3, 4)[order]
    found = near(blocks_of(turned), outlines=True)
    wanted = near(blocks_of(straight), outlines=True)
    assert {tuple(sorted((int(order[a]), int(order[b])))) for a, b in found} == wanted


def test_a_block_without_an_outline_has_no_neighbour():
    outline = squares(2, 2)
    outline[3] = None
    assert not adjacency.has_outlines(blocks_of(outline))
    assert near(blocks_of(outline), outlines=True) == {(0, 1), (0, 2)}


def gabriel(x: np.ndarray, y: np.ndarray) -> set[tuple[int, int]]:
    """By the definition: no third point nearer to the middle of a pair than half its length."""
    found = set()
    for a in range(len(x)):
        for b in range(a + 1, len(x)):
            away = np.hypot(x - (x[a] + x[b]) / 2, y - (y[a] + y[b]) / 2)
            radius = np.hypot(x[a] - x[b], y[a] - y[b]) / 2
            others = [c for c in range(len(x)) if c not in (a, b)]
            if not np.any(away[others] < radius - adjacency.TOUCH_METRES):
                found.add((a, b))
    return found


@given(seed=SEEDS, rows=st.integers(2, 25))
def test_points_are_neighbours_by_the_definition_and_hang_together(seed: int, rows: int):
    rng = np.random.default_rng(seed)
    blocks = blocks_of(longitude=116 + rng.random(rows) / 10, latitude=24 + rng.random(rows) / 10)
    found = near(blocks, outlines=False)
    assert found == gabriel(*adjacency.plane(blocks))
    one, other = np.array(sorted(found)).T
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(rows, rows))
    assert connected_components(graph, directed=False)[0] == 1


@given(seed=SEEDS)
def test_the_order_of_the_blocks_does_not_matter(seed: int):
    rng = np.random.default_rng(seed)
    longitude, latitude = 116 + rng.random(15) / 10, 24 + rng.random(15) / 10
    order = rng.permutation(15)
    straight = near(blocks_of(longitude=longitude, latitude=latitude), outlines=False)
    turned = near(blocks_of(longitude=longitude[order], latitude=latitude[order]), outlines=False)
    assert {tuple(sorted((int(order[a]), int(order[b])))) for a, b in turned} == straight


def test_points_on_a_line_on_one_spot_and_nowhere():
    line = blocks_of(longitude=[116.0, 116.2, 116.1], latitude=[24.0, 24.0, 24.0])
    assert near(line, outlines=False) == {(0, 2), (1, 2)}
    spot = blocks_of(longitude=[116.0, 116.0, 116.0, 116.1], latitude=[24.0, 24.0, 24.0, 24.0])
    assert near(spot, outlines=False) == {(0, 1), (1, 2), (0, 3)}
    nowhere = blocks_of(longitude=[116.0, np.nan, 116.1], latitude=[24.0, np.nan, 24.0])
    assert near(nowhere, outlines=False) == {(0, 2)}
    assert near(blocks_of(longitude=[116.0], latitude=[24.0]), outlines=False) == set()


def test_a_limit_on_the_line_between_points():
    blocks = blocks_of(longitude=[116.0, 116.01, 116.2], latitude=[24.0, 24.0, 24.0])
    assert near(blocks, outlines=False) == {(0, 1), (1, 2)}
    assert near(blocks, outlines=False, limit=5_000) == {(0, 1)}


def test_walls_and_barriers_take_pairs_away():
    blocks = blocks_of(squares(2, 2))
    barriers = Barriers(np.array([0]), np.array([1]))
    assert near(blocks, outlines=True, barriers=barriers) == {(0, 2), (1, 3), (2, 3)}
    towns = np.array([[0, 0, 1, -1]], dtype=np.int32)  # the last names none: no wall around it
    assert near(blocks, outlines=True, walled=towns) == {(0, 1), (1, 3), (2, 3)}


@given(seed=SEEDS)
def test_pairs_within_walls_are_those_no_wall_keeps_apart(seed: int):
    rng = np.random.default_rng(seed)
    blocks, schools = rng.integers(-1, 3, (2, 12)), rng.integers(-1, 3, (2, 5))
    block, school = walls.pairs_within(blocks.astype(np.int32), schools.astype(np.int32))
    wanted = [
        (b, s)
        for b in range(12)
        for s in range(5)
        if all(x < 0 or y < 0 or x == y for x, y in zip(blocks[:, b], schools[:, s], strict=True))
    ]
    assert list(zip(block.tolist(), school.tolist(), strict=True)) == wanted


def test_no_walls_at_all():
    block, school = walls.pairs_within(np.zeros((0, 3), dtype=np.int32), np.zeros((0, 2), dtype=np.int32))
    assert list(zip(block.tolist(), school.tolist(), strict=True)) == [
        (b, s) for b in range(3) for s in range(2)
    ]


def test_pairs_by_road_lose_what_walls_barriers_and_the_limit_part():
    blocks = blocks_of(longitude=[116.0, 116.01, 116.02, 116.2], latitude=[24.0] * 4)
    by_road = (np.array([0, 1, 0, 2]), np.array([1, 2, 3, 3]))
    assert near(blocks, by_road=by_road) == {(0, 1), (1, 2), (0, 3), (2, 3)}
    assert near(blocks, by_road=by_road, limit=5_000) == {(0, 1), (1, 2)}
    barriers = Barriers(np.array([0], dtype=np.int32), np.array([1], dtype=np.int32))
    assert near(blocks, by_road=by_road, barriers=barriers) == {(1, 2), (0, 3), (2, 3)}
    towns = np.array([[0, 0, 1, 1]], dtype=np.int32)
    assert near(blocks, by_road=by_road, walled=towns) == {(0, 1), (2, 3)}
    with pytest.raises(ValueError, match="no pairs by road"):
        adjacency.neighbours(blocks, towns, None, by="roads")
