"""Early warning 学位预警: eligible children of a zone over the seats of its schools."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from simulator.indicators.eligible import eligible_children, ordinary_public_seats
from simulator.model import UNPLACED, Scenario, Seats, Stage, Students, ZoneWarnings
from simulator.model.arrays import Integers

GREEN, YELLOW, RED = 0, 1, 2


def early_warning(scenario: Scenario, students: Students, seats: Seats) -> ZoneWarnings:
    """Compare the eligible children of every zone with its public seats (R9, R44).

    A zone is a connected component of the graph that joins every block to the schools it is zoned to, one
    graph per stage: blocks of a multi-school zone, and all schools they share, are one zone. A school to
    which no block is zoned (a teaching point outside the zone table, say) is in no zone.

    1. Label the components of each stage; number zones by stage, then by their first block.
    2. Count eligible children by the zone of their block (``eligible_children``).
    3. Add up the ordinary seats of the zone's public schools (``ordinary_public_seats``).
    4. Red from ``red_percent`` of the seats, else yellow from ``yellow_percent``, compared in whole numbers:
       ``100 x children >= percent x seats``. A zone with neither children nor seats is green.

    Returns:
        ZoneWarnings, one row per zone.
    """
    blocks, schools = len(scenario.blocks), len(scenario.schools)
    block_zone = np.full((len(Stage), blocks), UNPLACED, dtype=np.int32)
    school_zone = np.full((len(Stage), schools), UNPLACED, dtype=np.int32)
    stage_of_zone: list[Integers] = []
    found = 0
    for stage in Stage:
        of_block, of_school = _components(scenario, stage)
        count = int(of_block.max(initial=UNPLACED)) + 1
        block_zone[stage] = np.where(of_block == UNPLACED, UNPLACED, of_block + found)
        school_zone[stage] = np.where(of_school == UNPLACED, UNPLACED, of_school + found)
        stage_of_zone.append(np.full(count, stage, dtype=np.int8))
        found += count

    children = zone_children(scenario, students, block_zone, found)
    offered = ordinary_public_seats(scenario, seats)
    zoned = school_zone != UNPLACED
    zone_seats = np.zeros(found, dtype=np.int64)
    np.add.at(zone_seats, school_zone[zoned], offered[zoned])

    percent = scenario.policy.early_warning
    level = np.full(found, GREEN, dtype=np.int8)
    level[100 * children >= percent.yellow_percent * zone_seats] = YELLOW
    level[100 * children >= percent.red_percent * zone_seats] = RED
    level[children == 0] = GREEN
    return ZoneWarnings(
        stage=np.concatenate(stage_of_zone),
        children=children,
        seats=zone_seats,
        level=level,
        block_zone=block_zone,
        school_zone=school_zone,
    )


def zone_children(scenario: Scenario, students: Students, block_zone: Integers, zones: int) -> Integers:
    """Eligible children by zone, int64 (zones,), from ``block_zone`` (2, blocks)."""
    counts = block_children(scenario, students)
    zoned = block_zone != UNPLACED
    children = np.zeros(zones, dtype=np.int64)
    np.add.at(children, block_zone[zoned], counts[zoned])
    return children


def block_children(scenario: Scenario, students: Students, column: str = "") -> Integers:
    """Eligible children by stage and block, int64 (2, blocks); children without a block are in none.

    Args:
        column: count only those who are "yes" in this column; "" counts all.
    """
    blocks = len(scenario.blocks)
    counted = eligible_children(scenario, students) & (students.block != UNPLACED)
    if column:
        counted &= students.yes(column)
    cell = students.stage[counted].astype(np.int64) * blocks + students.block[counted]
    return np.bincount(cell, minlength=len(Stage) * blocks).reshape(len(Stage), blocks)


def _components(scenario: Scenario, stage: Stage) -> tuple[Integers, Integers]:
    """Component of each block and each school of one stage, ``UNPLACED`` for those without a zone row."""
    zoned = scenario.zones.schools[stage]
    blocks, schools = len(scenario.blocks), len(scenario.schools)
    edges = np.ones(len(zoned.values), dtype=np.int8)
    nodes = blocks + schools
    graph = coo_array((edges, (zoned.owners, blocks + zoned.values.astype(np.int64))), shape=(nodes, nodes))
    _, label = connected_components(graph, directed=False)
    joined = np.zeros(nodes, dtype=np.bool_)
    joined[zoned.owners] = True
    joined[blocks + zoned.values.astype(np.int64)] = True
    # Blocks stand first, so the order of first appearance is the order of each zone's first block.
    found, first, inverse = np.unique(label[joined], return_index=True, return_inverse=True)
    renumber = np.empty(len(found), dtype=np.int64)
    renumber[np.argsort(first, kind="stable")] = np.arange(len(found))
    zone = np.full(nodes, UNPLACED, dtype=np.int64)
    zone[joined] = renumber[inverse]
    return zone[:blocks], zone[blocks:]
