"""How applicants are ranked: tiers, then an ordered list of columns, each named in the scenario."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import lottery
from simulator.model import NO_DATE, NO_METRES, UNPLACED, Draw, Round, SchoolDraw, Standing, Students
from simulator.model.arrays import Integers, Texts
from simulator.model.ranked_by import DESCENDING, LAST, deciding_columns

FAR = np.int64(2) ** 40
"""Rank of a missing distance: behind every real one."""


OF_SCHOOLS = frozenset(("sibling", "metres", "order"))
"""Columns by which a child may have another rank at another school."""


def tiers(entry: Round, students: Students) -> Integers:
    """Tier 顺位 of every student, int32 (students,): the first list that holds; else one past the last."""
    tier = np.full(len(students), len(entry.tiers), dtype=np.int32)
    for place in range(len(entry.tiers) - 1, -1, -1):
        holds = np.ones(len(students), dtype=np.bool_)
        for name in entry.tiers[place]:
            holds &= students.yes(name)
        tier[holds] = place
    return tier


def ranking_date(entry: Round) -> str:
    """The date column the round ranks by, ``""`` if none."""
    return next((name for name in entry.rank if name in ("settled_on", "permit_on")), "")


def arc_priority(
    entry: Round,
    students: Students,
    student: Integers,
    school: Integers,
    metres: Integers,
    order: Integers,
    tier: Integers,
    standing: Integers,
) -> Integers:
    """Rank of every arc before the draw, int64 (arcs,), smaller first; equal ranks are left to the draw.

    1. ``standing`` comes first: losers who were put behind stay behind in every queue. Those put behind in
       their tier stand behind the others of the same tier; in a round that does not rank by tier all are one.
    2. Then the round's columns in their order, up to the draw.
    3. The key columns are ranked together by one lexicographic sort; equal keys share a rank. Where no column
       tells schools apart, a child has one rank at all of its schools and children are sorted, not arcs.

    Args:
        student, school, metres, order: int (arcs,), rows of the child and the school, the distance, and the
            place of the school in the child's list; arcs of a child side by side.
        tier, standing: int (students,).
    """
    first = np.flatnonzero(np.diff(student, prepend=-1))
    if len(first) < len(student) and not OF_SCHOOLS & set(deciding_columns(entry)):
        rows = (student[first], school[first], metres[first], order[first])
        ranks = arc_priority(entry, students, *rows, tier, standing)
        return np.repeat(ranks, np.diff(first, append=len(student)))
    behind_in_tier = (standing[student] == Standing.BEHIND_IN_TIER).astype(np.int64)
    keys: list[Integers] = [np.where(behind_in_tier, Standing.EQUAL, standing[student]).astype(np.int64)]
    columns = deciding_columns(entry)
    if "tier" not in columns:
        keys.append(behind_in_tier)
    for name in columns:
        keys.append(_rank_column(name, students, student, school, metres, order, tier))
        if name == "tier":
            keys.append(behind_in_tier)
    keys = [key for key in keys if len(key) and key.min() != key.max()]
    if not keys:
        return np.zeros(len(student), dtype=np.int64)
    sorting = np.lexsort(keys[::-1])
    changes = np.zeros(len(student), dtype=np.bool_)
    for key in keys:
        ranked = key[sorting]
        changes[1:] |= ranked[1:] != ranked[:-1]
    priority = np.empty(len(student), dtype=np.int64)
    priority[sorting] = np.cumsum(changes)
    return priority


def school_draws(
    entry: Round,
    seed: int,
    students: Students,
    twins: Integers,
    schools: Texts,
    student: Integers,
    school: Integers,
) -> tuple[SchoolDraw, ...]:
    """One draw for every school that is listed, over the children who list it.

    The draw of school ``S1`` has the name of the round's draw, a stroke, and the school's id, as in
    ``zone/S1``, and the round's procedure. So luck stays what it is elsewhere, keyed and open to anybody's
    recomputation. (Of the procedures only the stride needs a plan of seats; the settings' check refuses it.)

    Args:
        seed: the public seed. twins: int32 (students,), labels who draw as one. schools: object (str), ids.
        student, school: int (arcs,), rows.
    """
    by_school = np.argsort(school, kind="stable")
    found, first = np.unique(school[by_school], return_index=True)
    drawn = []
    for row, arcs in zip(found.tolist(), np.split(by_school, first[1:]) if len(found) else [], strict=True):
        roster = np.unique(student[arcs]).astype(np.int32)
        name = f"{entry.draw or entry.name}/{schools[row]}"
        own = lottery.draw(name, seed, students.id[roster], twins[roster], method=entry.draw_method)
        drawn.append(SchoolDraw(row, roster, own))
    return tuple(drawn)


def told_apart(draw: Draw, id_rank: Integers) -> Draw:
    """The draw with a place of its own for every child: those who share one stand in the order of their ids.

    Twins share a place. Where they apply as one, that is of no matter; where they do not, for want of a
    school in common, something that is the child's own must decide, and no row of the roster.

    Args:
        id_rank: int64 (students,), place of each child's id among all ids.
    """
    roster = np.flatnonzero(draw.order != UNPLACED)
    place = draw.order[roster]
    if not len(place) or int(np.bincount(place).max()) == 1:
        return draw
    order = draw.order.copy()
    order[roster[np.lexsort((id_rank[roster], place))]] = np.arange(len(roster))
    return replace(draw, order=order)


def own_draw_priority(
    drawn: tuple[SchoolDraw, ...], student: Integers, school: Integers, priority: Integers
) -> Integers:
    """Rank of every arc where every school draws for itself, int64 (arcs,): by priority, then its own draw.

    Args:
        drawn: by ``school_draws`` of these arcs. student, school, priority: int (arcs,).
    """
    place = np.zeros(len(student), dtype=np.int64)
    by_school = np.argsort(school, kind="stable")
    ends = np.searchsorted(school[by_school], [own.school for own in drawn], side="right")
    for own, arcs in zip(drawn, np.split(by_school, ends[:-1]) if drawn else [], strict=True):
        place[arcs] = own.draw.order[np.searchsorted(own.student, student[arcs])]
    sorting = np.lexsort((place, priority))
    changes = np.zeros(len(student), dtype=np.bool_)
    changes[1:] = (np.diff(priority[sorting]) != 0) | (np.diff(place[sorting]) != 0)
    rank = np.empty(len(student), dtype=np.int64)
    rank[sorting] = np.cumsum(changes)
    return rank


def _rank_column(
    name: str,
    students: Students,
    student: Integers,
    school: Integers,
    metres: Integers,
    order: Integers,
    tier: Integers,
) -> Integers:
    if name == "tier":
        return tier[student].astype(np.int64)
    if name == "sibling":
        return (students.sibling_school[student] != school).astype(np.int64)
    if name == "metres":
        return np.where(metres == NO_METRES, FAR, metres).astype(np.int64)
    if name == "order":
        return order.astype(np.int64)
    if name == "points":
        return -students.points[student].astype(np.int64)
    if name in ("settled_on", "permit_on", "birth_date"):
        dates: Integers = getattr(students, name)
        return dates[student].astype(np.int64)
    if name in students.extra:
        return students.extra[name][student].astype(np.int64)
    if name.endswith(DESCENDING):
        values = students.extra[name.removesuffix(DESCENDING)][student].astype(np.int64)
        return np.where(values == NO_DATE, FAR, -values)
    if name.endswith(LAST):
        return students.yes(name.removesuffix(LAST))[student].astype(np.int64)
    return (~students.yes(name)[student]).astype(np.int64)
