"""A scenario's stage and its land as a ``SitingProblem``: schools that stay, sites that may open."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulator.model import NO_METRES, FramedStage, Scenario, Sites, SitingProblem, Stage
from simulator.model.arrays import Integers
from simulator.model.limits import class_standards
from simulator.zoning import walls


def candidates(scenario: Scenario) -> tuple[Sites, bool]:
    """Where a new school may stand, and whether that is every block for want of a table of land.

    Of the table ``sites`` only land reserved for a school, unless ``siting.reserved_only`` is off (R46).
    """
    if scenario.sites is not None:
        rows = np.arange(len(scenario.sites))
        if scenario.policy.siting.reserved_only:
            rows = np.flatnonzero(scenario.sites.reserved)
        return Sites(**{name: column[rows] for name, column in vars(scenario.sites).items()}), False
    blocks = scenario.blocks
    return (
        Sites(
            id=blocks.id,
            name=blocks.name,
            county=blocks.county,
            town=blocks.town,
            district=blocks.district,
            longitude=blocks.longitude,
            latitude=blocks.latitude,
            seats=np.full(len(blocks), -1, dtype=np.int32),
            reserved=np.zeros(len(blocks), dtype=np.bool_),
        ),
        True,
    )


def frame_sites(
    scenario: Scenario,
    stage: Stage,
    sites: Sites,
    framed: FramedStage,
    most_opened: int,
    metres_of: Callable[[Integers, Integers], Integers],
) -> tuple[SitingProblem, Integers]:
    """State the problem: children and schools as in the problem of the zones, and ``sites`` that may open.

    1. Kept schools are its candidates, with its seats, pairs and metres. A block without a known way to any
       school that has one to a site does not stay where it is (``FramedStage.unmeasured``): it needs one.
    2. A block may go to every site that no wall keeps from it and no farther than
       ``zoning.farthest_metres``.

    Args:
        framed: the stage as ``zoning.frame`` states it. most_opened: how many sites may open.
        metres_of: (blocks, rows of ``sites``), pair by pair, to metres, ``NO_METRES`` if unknown.

    Returns:
        The problem, its sites the kept schools first; and the school of each, int32.
    """
    settings, zones = scenario.policy.siting, framed.problem
    kept = np.unique(zones.school)
    row = np.full(zones.schools, -1, dtype=np.int64)
    row[kept] = np.arange(len(kept))
    block, site = walls.pairs_within(
        walls.columns(scenario.blocks, scenario.policy.zoning.walls),
        walls.columns(sites, scenario.policy.zoning.walls),
    )
    metres = metres_of(block, site).astype(np.int64)
    farthest = scenario.policy.zoning.farthest_metres
    near = (metres != NO_METRES) & ((metres <= farthest) | (farthest == 0))
    stays = framed.unmeasured[zones.block]
    reached = np.isin(zones.block, block[near]) & np.isin(zones.school, zones.school[~stays])
    held = ~(stays & reached)
    owner = np.concatenate((zones.block[held], block[near]))
    target = np.concatenate((row[zones.school[held]], site[near] + len(kept)))
    way = np.concatenate((zones.metres[held], metres[near]))
    order = np.lexsort((target, owner))
    standard = int(class_standards(scenario.policy)[stage, 0])
    seats = np.where(sites.seats >= 0, sites.seats, settings.classes * standard)
    problem = SitingProblem(
        load=zones.load,
        seats=np.concatenate((zones.seats[kept], seats)),
        fixed_metres=np.concatenate(
            (np.zeros(len(kept), dtype=np.int64), np.full(len(sites), settings.cost_metres))
        ),
        kept=np.arange(len(kept) + len(sites)) < len(kept),
        offsets=np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=zones.blocks)))),
        site=target[order],
        metres=way[order],
        most_opened=most_opened,
        limit_metres=zones.limit_metres,
    )
    return problem, kept.astype(np.int32)
