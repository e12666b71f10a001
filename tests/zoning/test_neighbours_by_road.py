"""Zones over the road network: whose neighbours a scenario's blocks are, and what that does to zones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator import new_schools, rezone, zoning
from simulator.model import Roads, Scenario, ScenarioError, Stage
from simulator.model.arrays import texts
from tests.zoning.grid_town import town

ROWS, COLUMNS = 4, 5


def with_streets(scenario: Scenario, streets: list[tuple[int, int]], method: str = "roads") -> Scenario:
    """The grid town on roads whose nodes are its blocks; a street is 500 m."""
    start, end = (np.array(side, dtype=np.int32) for side in zip(*streets, strict=True))
    both = np.full(len(streets), 3, dtype=np.int8)
    blocks = scenario.blocks
    roads = Roads(
        texts([f"N{n}" for n in range(len(blocks))]),
        blocks.longitude.copy(),
        blocks.latitude.copy(),
        start,
        end,
        np.full(len(streets), 500, dtype=np.int32),
        both,
        both,
    )
    travel = replace(scenario.policy.travel, method=method)
    return replace(scenario, roads=roads, policy=replace(scenario.policy, travel=travel))


def along_rows(bridge: int) -> list[tuple[int, int]]:
    """Streets along every row of the grid, and one column of streets across them."""
    streets = [(r * COLUMNS + c, r * COLUMNS + c + 1) for r in range(ROWS) for c in range(COLUMNS - 1)]
    return streets + [(r * COLUMNS + bridge, (r + 1) * COLUMNS + bridge) for r in range(ROWS - 1)]


def pairs_of(scenario: Scenario) -> set[tuple[int, int]]:
    (stage,) = rezone.rezone(scenario).stages
    near = stage.problem.neighbours
    return {(a, b) for a, b in zip(near.owners.tolist(), near.values.tolist(), strict=True) if a < b}


@pytest.mark.parametrize("method", ["roads", "straight_line"])
def test_points_with_roads_are_neighbours_along_them(method):
    streets = along_rows(bridge=4)
    scenario = with_streets(town(outlines=False), streets, method)
    assert zoning.neighbours_from(scenario) == "roads"
    assert pairs_of(scenario) == {(min(s), max(s)) for s in streets}
    assert rezone.rezone(scenario).neighbours == "roads"


def test_settings_and_outlines_come_first():
    scenario = with_streets(town(outlines=True), along_rows(4))
    assert zoning.neighbours_from(scenario) == "outlines"
    asked = with_streets(town(outlines=True, neighbours="roads"), along_rows(4))
    assert zoning.neighbours_from(asked) == "roads"
    points = with_streets(town(outlines=False, neighbours="points"), along_rows(4))
    assert zoning.neighbours_from(points) == "points"
    assert (0, 5) in pairs_of(points) and (0, 5) not in pairs_of(asked)
    assert zoning.neighbours_from(town(outlines=False)) == "points"


def test_a_zone_reaches_over_the_river_by_the_bridge_alone():
    """Block 5 lies opposite the north bank's school, but its way there is over the bridge, block 4."""
    zones = tuple((block, 0) for block in range(20))
    river = with_streets(
        town(outlines=False, homes=(0, 19), seats=(50, 60), zones=zones, change_metres=0), along_rows(4)
    )
    (stage,) = rezone.rezone(river).stages
    assert stage.proposed.contiguous and stage.proposed.excess.sum() == 0
    mine = set(np.flatnonzero(stage.proposed.assigned == 0).tolist())
    assert mine == set(range(10)), "row 1 as a whole: every piece of it hangs on the bridge"
    barriers = with_streets(
        town(outlines=False, homes=(0, 19), seats=(50, 60), zones=zones, barriers=((4, 9),)), along_rows(4)
    )
    (cut,) = rezone.rezone(barriers).stages
    assert (4, 9) not in pairs_of(barriers)
    assert set(np.flatnonzero(cut.proposed.assigned == 0).tolist()) <= set(range(5))


def test_without_roads_it_says_so_and_sites_need_no_neighbours():
    asked = town(outlines=False, neighbours="roads")
    with pytest.raises(ScenarioError) as refused:
        rezone.rezone(asked)
    assert [fault.code for fault in refused.value.faults] == ["zoning_no_roads"]
    assert new_schools.place(asked, Stage.PRIMARY, 1).proposal is not None
    by_outlines = town(outlines=False, neighbours="outlines")
    assert new_schools.place(by_outlines, Stage.PRIMARY, 1).proposal is not None
