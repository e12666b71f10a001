"""A drawing's single-school zones joined to multi-school zones (多校划片), area by area."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simulator.model import (
    NO_METRES,
    UNPLACED,
    MultiSchoolProblem,
    Ragged,
    SchoolGroups,
    ZoneProposal,
    ZoningProblem,
)
from simulator.model.arrays import Integers
from simulator.model.zoning_settings import ZoningSettings
from simulator.zoning.adjacency import both_ways
from simulator.zoning.proving import WORK_OF_A_SECOND

SHARE_OF_SECONDS = 0.25
"""Share of the settings' limit of work that the groups of a stage may take."""

Metres = Callable[[Integers, Integers], Integers]
"""(blocks, schools), int64 rows pair by pair, to metres, ``NO_METRES`` where not available."""


def group(
    problem: ZoningProblem,
    drawn: ZoneProposal,
    quality: Integers | None,
    settings: ZoningSettings,
    metres_of: Metres,
) -> SchoolGroups:
    """Groups of neighbouring zones with as many seats for each child and as good schools as one another.

    1. Zones are neighbours if blocks of theirs are, blocks apart from their zone left aside. What hangs
       together that way is an area; walls and barriers part areas.
    2. The groups asked for are shared out over the areas by their schools, at least one for each.
    3. In each area the best groups, or the best found within the limit of work, with a bound
       (``multi_school``): seats and quality even, and children near the school that leads.

    Args:
        quality: int32 (schools,), scores, -1 for none; quality is left alone where one is missing.
        settings: ``groups``, their weights and ``seconds``. metres_of: ways, pair by pair.
    """
    from simulator.zoning.multi_school import group_schools

    zoned = np.unique(drawn.assigned[drawn.assigned != UNPLACED]).astype(np.int64)
    place = np.full(problem.schools, UNPLACED, dtype=np.int64)
    place[zoned] = np.arange(len(zoned))
    # A block apart from its zone, as an island is, joins it to nobody.
    of_one_piece = np.where(drawn.detached, UNPLACED, drawn.assigned)
    beside = _zones_beside(problem, of_one_piece, place, len(zoned))
    graph = csr_array(
        (np.ones(len(beside.values), dtype=np.int8), (beside.owners, beside.values)),
        shape=(len(zoned), len(zoned)),
    )
    areas, label = connected_components(graph, directed=False)
    sizes = np.bincount(label, minlength=areas)
    counts = shared_out(settings.groups, sizes)
    with_quality = quality is not None and bool(np.all(quality[zoned] >= 0))
    score = np.zeros(problem.schools, dtype=np.int64)
    if quality is not None and with_quality:
        score = np.maximum(quality, 0).astype(np.int64)
    leads = np.full(problem.schools, UNPLACED, dtype=np.int32)
    metres = np.zeros(problem.schools, dtype=np.int64)
    sums = {"seats_off": 0, "quality_off": 0, "cost": 0, "bound": 0}
    steps = {"rounds": 0, "cuts": 0}
    work = (
        WORK_OF_A_SECOND
        * settings.seconds
        * SHARE_OF_SECONDS
        / max(int(np.sum(sizes[counts < sizes] ** 2)), 1)
    )
    for area in range(areas):
        rows = zoned[label == area]
        way = mean_ways(problem, drawn.assigned, rows, metres_of)
        answer = group_schools(
            MultiSchoolProblem(
                children=problem.loads(drawn.assigned)[rows],
                seats=problem.seats[rows],
                quality=score[rows],
                neighbours=_among(beside, np.flatnonzero(label == area)),
                metres=way,
                groups=int(counts[area]),
                seat_weight=settings.group_seats_metres,
                quality_weight=settings.group_quality_metres if with_quality else 0,
                metre_weight=1,
            ),
            seconds=work * int(sizes[area]) ** 2,
        )
        # An area hangs together, so that any number of groups can be made of it.
        leads[rows] = rows[answer.group]
        metres[rows] = way[np.arange(len(rows)), answer.group]
        for name in sums:
            sums[name] += getattr(answer, name)
        for name in steps:
            steps[name] += answer.steps[name]
    return SchoolGroups(
        group=leads,
        metres=metres,
        wanted=settings.groups,
        areas=areas,
        with_quality=with_quality,
        steps=steps,
        **sums,
    )


def shared_out(groups: int, sizes: Integers) -> Integers:
    """int64 (areas,): ``groups`` over areas of so many schools, one each, the rest where most is left over.

    No area gets more groups than it has schools.
    """
    counts = np.ones(len(sizes), dtype=np.int64)
    for _ in range(min(groups, int(sizes.sum())) - len(sizes)):
        # The area with most schools for each of its groups, the first of equals, in whole numbers.
        best = max(
            np.flatnonzero(counts < sizes).tolist(),
            key=lambda area: (int(sizes[area]) * 2**20 // int(counts[area]), -area),
        )
        counts[best] += 1
    return counts


def mean_ways(problem: ZoningProblem, assigned: Integers, rows: Integers, metres_of: Metres) -> Integers:
    """int64 (schools, schools): mean way of a child of the row's zone to the column's school, metres.

    Rounded down. Zones without children count each block once. A way nobody knows counts as the longest that
    is known.
    """
    count = len(rows)
    place = np.full(problem.schools, UNPLACED, dtype=np.int64)
    place[rows] = np.arange(count)
    blocks = np.flatnonzero(np.isin(assigned, rows))
    zone = place[assigned[blocks]]
    load = np.bincount(zone, weights=problem.load[blocks], minlength=count)
    weight = np.where(load[zone] > 0, problem.load[blocks], 1).astype(np.int64)
    way = metres_of(np.repeat(blocks, count), np.tile(rows, len(blocks))).astype(np.int64)
    way = way.reshape(len(blocks), count)
    longest = int(way.max(initial=0, where=way != NO_METRES))
    way = np.where(way == NO_METRES, longest, way)
    sums = np.zeros((count, count), dtype=np.int64)
    np.add.at(sums, zone, weight[:, None] * way)
    heads = np.zeros(count, dtype=np.int64)
    np.add.at(heads, zone, weight)
    return np.asarray(sums // np.maximum(heads, 1)[:, None])


def _zones_beside(problem: ZoningProblem, assigned: Integers, place: Integers, count: int) -> Ragged:
    """Neighbours of each zone, counted by ``place`` int64 (schools,)."""
    near = problem.neighbours
    one, other = assigned[near.owners], assigned[near.values]
    apart = (one != other) & (one != UNPLACED) & (other != UNPLACED)
    return both_ways(count, place[one[apart]], place[other[apart]])


def _among(beside: Ragged, rows: Integers) -> Ragged:
    """The neighbours of ``rows`` int64, counted anew; all of them are among ``rows``."""
    place = np.full(len(beside), UNPLACED, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    inside = place[beside.owners] != UNPLACED
    return Ragged.from_pairs(
        len(rows), place[beside.owners[inside]], place[beside.values[inside]].astype(np.int32)
    )
