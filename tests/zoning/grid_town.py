"""A small town on a grid as a scenario: square blocks of about 500 m, a roster, today's zones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from year_world import make_scenario, make_schools, make_students

from simulator.model import UNPLACED, Barriers, Round, Scenario
from simulator.model.arrays import Texts
from simulator.model.zoning_settings import ZoningSettings

STEP = 0.005
WEST, SOUTH = 116.0, 24.0


def squares(rows: int, columns: int) -> Texts:
    """WKB outlines of the grid, row by row."""
    y, x = np.divmod(np.arange(rows * columns), columns)
    west, south = WEST + STEP * x, SOUTH + STEP * y
    return np.array(shapely.to_wkb(shapely.box(west, south, west + STEP, south + STEP)), dtype=object)


def town(
    rows: int = 4,
    columns: int = 5,
    *,
    homes: tuple[int, ...] = (6, 13),
    seats: tuple[int, ...] = (60, 60),
    children: int = 5,
    zones: tuple[tuple[int, int], ...] | None = None,
    outlines: bool = True,
    barriers: tuple[tuple[int, int], ...] = (),
    flags: dict[str, np.ndarray] | None = None,
    schools: dict[str, object] | None = None,
    names: tuple[list[str], list[str]] | None = None,
    block_county: object = 0,
    **zoning: object,
) -> Scenario:
    """``children`` entrants per block; schools stand in the middle of the blocks ``homes``.

    Args:
        zones: (block, school) of today's primary zones; None puts every block to its nearest school.
        flags: yes/no columns of the roster. schools: columns of the schools. names: of schools and blocks.
    """
    blocks = rows * columns
    y, x = np.divmod(np.arange(blocks), columns)
    longitude, latitude = WEST + STEP * (x + 0.5), SOUTH + STEP * (y + 0.5)
    at = np.array(homes)
    made = make_schools(
        len(homes),
        longitude=longitude[at],
        latitude=latitude[at],
        planned_seats=np.stack([np.array(seats), np.zeros(len(homes))]),
        classes=np.stack([np.zeros(len(homes)), np.zeros(len(homes))]),
        **(schools or {}),
    )
    if zones is None:
        away = np.hypot(x[:, None] - x[at], y[:, None] - y[at])
        zones = tuple(enumerate(away.argmin(axis=1).tolist()))
    scenario = make_scenario(
        made,
        blocks,
        (zones, ()),
        block_county=block_county,
        rounds=[Round(name="zone", stages=["primary"])],
        zoning=ZoningSettings(**{"stages": ["primary"], **zoning}),
    )
    students = make_students(
        blocks * children,
        block=np.repeat(np.arange(blocks), children),
        household_block=UNPLACED,
        flags=flags,
    )
    placed = replace(
        scenario.blocks,
        longitude=longitude,
        latitude=latitude,
        outline=squares(rows, columns) if outlines else None,
    )
    if names is not None:
        made = replace(made, name=np.array(names[0], dtype=object))
        placed = replace(placed, name=np.array(names[1], dtype=object))
    pairs = np.array(barriers, dtype=np.int32).reshape(-1, 2)
    kept = Barriers(pairs.min(axis=1), pairs.max(axis=1)) if len(pairs) else None
    return replace(scenario, schools=made, blocks=placed, students=students, barriers=kept)
