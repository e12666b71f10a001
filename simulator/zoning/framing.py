"""A scenario's stage as a ``ZoningProblem``: candidate schools, where they stand, who is next to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely

from simulator.model import (
    NO_METRES,
    UNPLACED,
    FramedStage,
    Notice,
    Ragged,
    Scenario,
    SchoolKind,
    Stage,
    ZoningProblem,
)
from simulator.model.arrays import Booleans, Integers
from simulator.model.limits import may_receive
from simulator.model.zoning_settings import NeighbourSource, ZoningSettings
from simulator.zoning import walls
from simulator.zoning.adjacency import has_outlines, neighbours
from simulator.zoning.today import exempt_today, one_school_each

Metres = Callable[[Integers, Integers], Integers]
"""(blocks, schools), int64 rows pair by pair, to metres, ``NO_METRES`` where not available."""


NAMED = 10
"""Schools of one notice that are named; the rest are counted."""


def neighbours_from(scenario: Scenario) -> NeighbourSource:
    """Where neighbours come from: as the settings say, else outlines, roads or points, the first there is."""
    wanted = scenario.policy.zoning.neighbours
    if wanted != "auto":
        return wanted
    if has_outlines(scenario.blocks):
        return "outlines"
    return "points" if scenario.roads is None else "roads"


def frame(
    scenario: Scenario,
    stage: Stage,
    *,
    entrants: Integers,
    mixed: Integers,
    seats: Integers,
    metres_of: Metres,
    by_road: tuple[Integers, Integers] | None = None,
) -> FramedStage:
    """State the problem of one stage.

    1. Today's school of each block: of a multi-school zone the nearest with room (``one_school_each``).
    2. Candidates of a block: every ordinary public school of the stage with seats that no wall keeps from
       it, or only the near ones (``_near_enough``); and today's school, if it takes blocks at all. A
       teaching point is a candidate of its own villages only (R15). Pairs without a distance are none; a
       block without any, or whose school has none, keeps that school alone, at no metres (``_staying``).
    3. The block in which a school stands: the outline that holds it, else the nearest block it may serve.
    4. Neighbours, walls and barriers (``adjacency``).
    5. With ``keep_detached``, blocks detached today may stay so with today's school (``exempt_today``).

    Args:
        entrants: int64 (blocks,), children who need an ordinary public seat (R24). mixed: int64 (blocks,), of
            these the children whose share should be even.
        seats: int64 (schools,), ordinary public seats of the stage.
        metres_of: ways, pair by pair.
        by_road: pairs of blocks side by side on the roads, needed where neighbours come from there.

    Raises:
        ValueError: neighbours come from roads and ``by_road`` is not given.
        OverflowError: numbers beyond what a drawing can cost (``ZoningProblem``).
    """
    settings, travel = scenario.policy.zoning, scenario.policy.travel
    open_seats = seats.astype(np.int64) * settings.seats_percent // 100
    zones = scenario.zones.schools[stage]
    way = metres_of(zones.owners, zones.values.astype(np.int64)).astype(np.int64)
    today = one_school_each(zones, way, entrants, open_seats)
    zoned = np.flatnonzero(today != UNPLACED)
    today_metres = np.full(len(scenario.blocks), NO_METRES, dtype=np.int64)
    today_metres[zoned] = metres_of(zoned, today[zoned].astype(np.int64))

    block, school, metres, is_candidate = _pairs(scenario, stage, today, open_seats, metres_of)
    by = neighbours_from(scenario)
    walled = walls.columns(scenario.blocks, settings.walls)
    home = _homes(scenario, block, school, metres, by == "outlines")
    staying = _staying(scenario, stage, today, open_seats, block, school)
    is_candidate &= ~np.isin(block, staying)
    block, school, metres = block[is_candidate], school[is_candidate], metres[is_candidate]
    near = _near_enough(settings, block, school, metres, today, home)
    block = np.concatenate((block[near], staying))
    school = np.concatenate((school[near], today[staying].astype(np.int64)))
    metres = np.concatenate((metres[near], np.zeros(len(staying), dtype=np.int64)))
    order = np.lexsort((school, block))
    block, school, metres = block[order], school[order], metres[order]
    by_children = settings.change_counts == "children"
    change_count = entrants.astype(np.int64) if by_children else np.ones(len(entrants), dtype=np.int64)
    limit = getattr(settings, f"{stage.name.lower()}_limit_metres")
    problem = ZoningProblem(
        stage=stage,
        load=entrants,
        seats=open_seats,
        offsets=np.concatenate(([0], np.cumsum(np.bincount(block, minlength=len(entrants))))),
        school=school,
        metres=metres,
        neighbours=neighbours(
            scenario.blocks,
            walled,
            scenario.barriers,
            by=by,
            by_road=by_road,
            gap_metres=settings.neighbour_gap_metres,
            limit_metres=settings.neighbour_limit_metres,
        ),
        home=home,
        today=today,
        change_count=change_count,
        mixed=mixed,
        limit_metres=limit or getattr(travel, f"{stage.name.lower()}_limit_metres"),
        change_metres=settings.change_metres,
        most_changed=_most_changed(settings.most_changed_percent, change_count),
        balance_metres=settings.balance_metres if settings.balance != "none" else 0,
    )
    if settings.keep_detached:
        problem = replace(problem, exempt=exempt_today(problem, zones))
    return FramedStage(problem, zones, today_metres, _notices(scenario, problem, zones, staying))


def _most_changed(percent: int, change_count: Integers) -> int:
    """The limit on changes, -1 for none."""
    return -1 if percent == 100 else int(change_count.sum()) * percent // 100


def _pairs(
    scenario: Scenario, stage: Stage, today: Integers, seats: Integers, metres_of: Metres
) -> tuple[Integers, Integers, Integers, Booleans]:
    """Pairs of block and school with a distance, by block and school, int64; and which are candidates.

    The others are pairs of today that a drawing may not repeat: beyond a wall, private, or without seats.
    """
    schools, settings = scenario.schools, scenario.policy.zoning
    open_to_all = np.flatnonzero(may_receive(schools)[stage] & (seats > 0))
    walled_blocks = walls.columns(scenario.blocks, settings.walls)
    walled_schools = walls.columns(schools, settings.walls)
    block, found = walls.pairs_within(walled_blocks, walled_schools[:, open_to_all])
    school = open_to_all[found]
    zoned = np.flatnonzero(today != UNPLACED)
    own = today[zoned].astype(np.int64)
    key = np.unique(np.concatenate((block * len(schools) + school, zoned * len(schools) + own)))
    block, school = key // max(len(schools), 1), key % max(len(schools), 1)
    metres = metres_of(block, school).astype(np.int64)
    is_candidate = _may_stay(scenario, stage, seats, block, school)
    known = metres != NO_METRES
    return block[known], school[known], metres[known], is_candidate[known]


def _may_stay(
    scenario: Scenario, stage: Stage, seats: Integers, block: Integers, school: Integers
) -> Booleans:
    """bool (pairs,): an ordinary public school of the stage with seats, on the same side of every wall."""
    schools, wanted = scenario.schools, scenario.policy.zoning.walls
    serving = schools.serves(stage) & schools.public & (schools.kind != SchoolKind.SPECIAL) & (seats > 0)
    apart = walls.apart(
        walls.columns(scenario.blocks, wanted)[:, block], walls.columns(schools, wanted)[:, school]
    )
    return np.asarray(serving[school] & ~apart)


def _staying(
    scenario: Scenario, stage: Stage, today: Integers, seats: Integers, block: Integers, school: Integers
) -> Integers:
    """int64, rising: blocks that keep today's school, for it or they are in no pair of known distance.

    No coordinates, or off the roads: nothing says where else they should go, and their children take seats.
    A school that is only missing in the table of given distances keeps its blocks as well.

    Args:
        block, school: int64 (pairs,), those whose distance is known.
    """
    zoned = np.flatnonzero(today != UNPLACED)
    own = today[zoned].astype(np.int64)
    lost = ~np.isin(zoned, block) | ~np.isin(own, school)
    return zoned[lost & _may_stay(scenario, stage, seats, zoned, own)]


def _homes(
    scenario: Scenario, block: Integers, school: Integers, metres: Integers, outlined: bool
) -> Integers:
    """int32 (schools,): the block each school of the pairs stands in, ``UNPLACED`` for all others."""
    home = np.full(len(scenario.schools), UNPLACED, dtype=np.int32)
    order = np.lexsort((block, metres, school))
    served, first = np.unique(school[order], return_index=True)
    home[served] = block[order[first]]
    if not outlined:
        return home
    assert scenario.blocks.outline is not None
    held = np.array([bool(outline) for outline in scenario.blocks.outline])
    rows = np.flatnonzero(held)
    at = shapely.points(scenario.schools.longitude[served], scenario.schools.latitude[served])
    tree = shapely.STRtree(shapely.from_wkb(scenario.blocks.outline[rows]))
    which, within = tree.query(at, predicate="intersects")
    pair = np.isin(rows[within] * len(home) + served[which], block * len(home) + school)
    for place, row in zip(which[pair][::-1].tolist(), rows[within[pair]][::-1].tolist(), strict=True):
        home[served[place]] = row  # backwards: of two outlines that hold it, the first writes last
    return home


def _near_enough(
    settings: ZoningSettings,
    block: Integers,
    school: Integers,
    metres: Integers,
    today: Integers,
    home: Integers,
) -> Booleans:
    """bool (pairs,): near enough by ``candidates`` and ``farthest_metres``.

    Kept in any case: the nearest of all, today's, and the school that stands in the block.
    """
    order = np.lexsort((school, metres, block))
    place = np.empty(len(block), dtype=np.int64)
    place[order] = np.arange(len(block)) - np.searchsorted(block, block[order])
    near = place < (settings.candidates or len(block))
    if settings.farthest_metres:
        near &= (metres <= settings.farthest_metres) | (place == 0)
    return near | (today[block] == school) | (home[school] == block)


def _notices(
    scenario: Scenario, problem: ZoningProblem, zones: Ragged, staying: Integers
) -> tuple[Notice, ...]:
    """What was decided, and what is missing, in the order a reader needs it."""
    settings = scenario.policy.zoning
    found: list[Notice] = []
    several = int(np.sum(zones.lengths > 1))
    if several:
        found.append(Notice("zoning_several_schools", details={"n": several}))
    no_candidate = np.diff(problem.offsets) == 0
    if no_candidate.any():
        children = int(problem.load[no_candidate].sum())
        found.append(
            Notice("zoning_no_candidate", details={"n": int(no_candidate.sum()), "children": children})
        )
    if len(staying):
        children = int(problem.load[staying].sum())
        found.append(Notice("zoning_unmeasured", details={"n": len(staying), "children": children}))
    found += _schools_without_blocks(scenario, problem, staying)
    alone = int(np.sum(problem.neighbours.lengths == 0))
    if alone:
        found.append(Notice("zoning_no_neighbour", details={"n": alone}))
    for wall in settings.walls:
        unnamed = int(np.sum(getattr(scenario.blocks, wall) == UNPLACED))
        if unnamed:
            found.append(Notice("zoning_wall_unnamed", details={"wall": wall, "n": unnamed}))
    return tuple(found)


def _schools_without_blocks(scenario: Scenario, problem: ZoningProblem, staying: Integers) -> list[Notice]:
    """Schools with seats that no block may be given to: by no known way, or for walls around them."""
    wanting = may_receive(scenario.schools)[problem.stage] & (problem.seats > 0)
    wanting[problem.school[~np.isin(problem.block, staying)]] = False
    lost = np.flatnonzero(wanting)
    wanted = scenario.policy.zoning.walls
    here, there = walls.columns(scenario.blocks, wanted), walls.columns(scenario.schools, wanted)
    within = np.zeros(len(lost), dtype=np.bool_)
    within[walls.pairs_within(here, there[:, lost])[1]] = True
    found = []
    for code, rows in (
        ("zoning_school_unmeasured", lost[within]),
        ("zoning_school_walled_off", lost[~within]),
    ):
        if len(rows):
            names = ", ".join(scenario.schools.name[rows[:NAMED]].tolist())
            found.append(Notice(code, details={"n": len(rows), "names": names}))
    return found
