"""What would end a zone's shortage, in policy terms: one more class, or blocks to a neighbouring school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.indicators.early_warning import block_children
from simulator.indicators.eligible import per_school
from simulator.model import (
    NO_METRES,
    Admission,
    Arcs,
    Fixes,
    Scenario,
    SeatKind,
    Stage,
    Students,
    Travel,
    ZoneWarnings,
)
from simulator.model.arrays import Booleans, Integers, texts
from simulator.model.limits import class_sizes, classes_that_fit, may_receive

NEIGHBOURS = 8
"""Neighbouring schools tried per zone, nearest first."""

FIXES_PER_ZONE = 4
"""Fixes named per zone."""


@dataclass(frozen=True)
class _Fix:
    """One candidate; sorts cheapest first by ``cost``."""

    action: str
    school: int
    classes: int
    blocks: tuple[int, ...]
    children: int
    extra_metres: int
    beyond: int
    short: int

    @property
    def cost(self) -> tuple[int, ...]:
        """Ends the shortage; sends nobody beyond the walking limit; covers most; sends fewest beyond; then
        fewest classes, which cost rooms and teachers; then fewest metres and blocks; ties by row of the
        school."""
        aims = (int(self.children < self.short), int(self.beyond > 0), -self.children)
        return (*aims, self.beyond, self.classes, self.extra_metres, len(self.blocks), self.school)


@dataclass(frozen=True)
class _Ground:
    """What all zones of one stage share.

    Attributes:
        children: int64 (blocks,), eligible children. left: int64 (schools,), seats left at the end of the
            run. size: int64 (schools,), pupils per class. more_classes: int64 (schools,), classes that fit
            under the cap. takes: bool (schools,), public ordinary schools of the stage that may receive.
        limit: metres a child of the stage may walk (``travel``).
    """

    arcs: Arcs
    children: Integers
    left: Integers
    size: Integers
    more_classes: Integers
    takes: Booleans
    limit: int


def fixes(
    scenario: Scenario, students: Students, travel: Travel, admission: Admission, warnings: ZoneWarnings
) -> Fixes:
    """The cheapest fixes of every zone with more children than seats, cheapest first (R9, R44).

    Each fix stands alone and is an estimate from this run: two zones may be told of the same seats, and only
    playing the procedure again with the fix confirms it. For each short zone:

    1. *Classes in the zone* (``fix_class``): n more classes at each of its public schools, n the fewest that
       cover the shortage, but no more than the cap leaves room for: pupils on roll - leavers + seats of both
       stages + classes x size <= cap. No child walks farther: 0 extra metres.
    2. *Blocks to a neighbour* (``fix_blocks``): for each of the ``NEIGHBOURS`` nearest public schools outside
       the zone with seats left at the end of the run (as the seat tree says), move whole blocks there.
       Greedy: blocks in rising order of extra metres per child (to that school, less to the zone's nearest
       public school, never below 0), larger blocks first, then by row; a block that does not fit is passed
       over; stop when the shortage is covered; then, farthest first, give back blocks not needed.
    3. *Classes at a neighbour* (``fix_class_blocks``), only if no class fits in the zone: as 2, with the
       seats of n more classes added to those left there.
    4. Order by cost: those that end the shortage first; then those that send nobody beyond the walking limit
       who has a school within it now; then those that cover most children, send fewest beyond, and have the
       fewest new classes (rooms and teachers), then the fewest metres, then the fewest blocks.
    5. Keep ``FIXES_PER_ZONE``: the cheapest of every kind, then the cheapest of all.

    Teaching points and special schools never receive. Without distances only step 1 is possible.

    Returns:
        Fixes; a zone for which nothing was found has no row.
    """
    short = warnings.children - warnings.seats
    grounds = [_ground(scenario, students, travel, admission, stage) for stage in Stage]
    found: list[tuple[int, _Fix]] = []
    for zone in np.flatnonzero(short > 0).tolist():
        stage = Stage(int(warnings.stage[zone]))
        ground = grounds[stage]
        blocks = np.flatnonzero(warnings.block_zone[stage] == zone)
        inside = np.asarray(warnings.school_zone[stage] == zone)
        missing = int(short[zone])
        candidates = _classes_inside(ground, inside, missing)
        neighbours = _neighbours(ground, blocks, inside)
        candidates += _blocks_to(ground, neighbours, missing, with_classes=False)
        if not any(fix.action == "fix_class" for fix in candidates):
            candidates += _blocks_to(ground, neighbours, missing, with_classes=True)
        found += [(zone, fix) for fix in cheapest(candidates)]

    block_lists = np.empty(len(found), dtype=object)
    block_lists[:] = [fix.blocks for _, fix in found]
    zones = np.array([zone for zone, _ in found], dtype=np.int32)
    return Fixes(
        zone=zones,
        short=short[zones],
        action=texts([fix.action for _, fix in found]),
        school=np.array([fix.school for _, fix in found], dtype=np.int32),
        classes=np.array([fix.classes for _, fix in found], dtype=np.int32),
        blocks=block_lists,
        children=np.array([fix.children for _, fix in found], dtype=np.int64),
        extra_metres=np.array([fix.extra_metres for _, fix in found], dtype=np.int64),
        beyond=np.array([fix.beyond for _, fix in found], dtype=np.int64),
    )


def cheapest(candidates: Sequence[_Fix]) -> list[_Fix]:
    """Steps 4 and 5: the fixes to be told, in order of cost."""
    ordered = sorted(candidates, key=lambda fix: fix.cost)
    kinds: dict[str, _Fix] = {}
    for fix in ordered:
        kinds.setdefault(fix.action, fix)
    first = list(kinds.values())
    kept = first + [fix for fix in ordered if fix not in first]
    return sorted(kept[:FIXES_PER_ZONE], key=lambda fix: fix.cost)


def _ground(
    scenario: Scenario, students: Students, travel: Travel, admission: Admission, stage: Stage
) -> _Ground:
    schools, seats = scenario.schools, admission.seats
    rows = len(schools)
    stage_node = np.flatnonzero((seats.kind == SeatKind.STAGE) & (seats.stage == stage))
    left = np.zeros(rows, dtype=np.int64)
    left[seats.school[stage_node]] = seats.room(admission.load)[stage_node]
    # What only special classes may still use is not left for others. A pool's load may exceed its seats
    # where coordination released a reserved pool, so the pools are added up before anything is cut at 0.
    pools = np.isin(seats.kind, (SeatKind.GENERAL, SeatKind.RESERVED))
    unused = per_school(seats, pools, seats.seats - admission.load, rows)[stage]
    left = np.maximum(np.minimum(left, unused), 0)

    return _Ground(
        arcs=travel.arcs[stage],
        children=block_children(scenario, students)[stage],
        left=left,
        size=class_sizes(scenario.policy, schools)[stage],
        more_classes=classes_that_fit(scenario.policy, schools, seats)[stage],
        takes=may_receive(schools)[stage],
        limit=getattr(scenario.policy.travel, f"{stage.name.lower()}_limit_metres"),
    )


def _classes_inside(ground: _Ground, inside: Booleans, short: int) -> list[_Fix]:
    """Step 1: more classes at schools of the zone."""
    found = []
    for school in np.flatnonzero(inside & ground.takes & (ground.more_classes > 0)).tolist():
        size = int(ground.size[school])
        classes = min(-(-short // size), int(ground.more_classes[school]))
        found.append(_Fix("fix_class", school, classes, (), min(short, classes * size), 0, 0, short))
    return found


Neighbour = tuple[int, Integers, Integers, Booleans]
"""A school, block rows, extra metres per child, and whether the way becomes longer than the walking limit."""


def _neighbours(ground: _Ground, blocks: Integers, inside: Booleans) -> list[Neighbour]:
    """The nearest receiving schools outside the zone, each school's blocks in the order in which step 2 moves
    them."""
    arcs = ground.arcs
    lengths = (arcs.offsets[blocks + 1] - arcs.offsets[blocks]).astype(np.int64)
    owner = np.repeat(np.arange(len(blocks)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    arc = arcs.offsets[blocks][owner] + within
    school, metres = arcs.school[arc], arcs.metres[arc].astype(np.int64)

    known = (metres != NO_METRES) & ground.takes[school]
    own = known & inside[school]
    home = np.full(len(blocks), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(home, owner[own], metres[own])

    out = known & ~inside[school] & (ground.children[blocks[owner]] > 0)
    out &= home[owner] != np.iinfo(np.int64).max
    extra = np.maximum(metres[out] - home[owner[out]], 0)
    far = (metres[out] > ground.limit) & (home[owner[out]] <= ground.limit)
    school, row = school[out], blocks[owner[out]]
    order = np.lexsort((row, -ground.children[row], extra, school))
    school, row, extra, far = school[order], row[order], extra[order], far[order]
    receivers, first = np.unique(school, return_index=True)
    last = np.append(first[1:], len(school))
    able = (ground.left[receivers] > 0) | (ground.more_classes[receivers] > 0)
    nearest = np.lexsort((receivers, extra[first] if len(first) else first, ~able))
    return [
        (int(receivers[k]), row[first[k] : last[k]], extra[first[k] : last[k]], far[first[k] : last[k]])
        for k in nearest[:NEIGHBOURS]
        if able[k]
    ]


def _blocks_to(ground: _Ground, neighbours: list[Neighbour], short: int, *, with_classes: bool) -> list[_Fix]:
    """Steps 2 and 3: move whole blocks to each neighbour, within its seats left (and new classes)."""
    found = []
    for school, rows, extra, far in neighbours:
        room, classes = int(ground.left[school]), 0
        if with_classes:
            size = int(ground.size[school])
            classes = min(max(-(-(short - room) // size), 0), int(ground.more_classes[school]))
            room += classes * size
            if classes == 0:
                continue
        chosen, moved = _move(ground.children[rows], room, short)
        if not chosen:
            continue
        children = ground.children[rows[chosen]]
        metres, beyond = int(np.sum(children * extra[chosen])), int(np.sum(children[far[chosen]]))
        action = "fix_class_blocks" if with_classes else "fix_blocks"
        blocks = tuple(sorted(int(rows[k]) for k in chosen))
        found.append(_Fix(action, school, classes, blocks, min(short, moved), metres, beyond, short))
    return found


def _move(children: Integers, room: int, short: int) -> tuple[list[int], int]:
    """Choose blocks in the given order, passing over what does not fit; then give back what is not needed."""
    chosen: list[int] = []
    moved = 0
    for place, count in enumerate(children.tolist()):
        if moved >= short:
            break
        if moved + count <= room:
            chosen.append(place)
            moved += count
    for place in reversed(chosen.copy()):
        count = int(children[place])
        if moved - count >= short:
            chosen.remove(place)
            moved -= count
    return chosen, moved
