"""Seats of the year: planned classes under the school's cap, as a tree of pools (R1, R2).

The tree of one school: its joint room (root), one node per stage, and in each stage the pools children sit
in. The room left under the cap is divided between the stages by planned classes; before coordination what
one stage does not use may go to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import UNPLACED, Notice, Ownership, Policy, Schools, SeatKind, Seats, Stage
from simulator.model.arrays import Booleans, Integers
from simulator.model.limits import class_sizes, class_standards, school_caps

STAGES = (Stage.PRIMARY, Stage.JUNIOR)


@dataclass(frozen=True)
class SeatPlan:
    """Seats per school and stage, before they are laid out as a tree.

    Attributes:
        planned: int64 (2, schools), seats by planned classes. offered: int64 (2, schools), under the cap.
        room: int64 (schools,), children the school may still take, both stages together.
        special: int64 (2, schools), seats in special classes, part of both.
        pupils: int64 (schools,), on roll now. limit: int64 (schools,), this year's limit of the roll.
        oversized: bool (schools,), over its cap today.
        above_standard: bool (2, schools), by its named seats or its own class size the school offers more
            than the class standard holds.
    """

    planned: Integers
    offered: Integers
    room: Integers
    special: Integers
    pupils: Integers
    limit: Integers
    cap: Integers
    oversized: Booleans
    above_standard: Booleans


def plan_seats(policy: Policy, schools: Schools) -> SeatPlan:
    """Seats offered: ``min(planned classes x class size, limit - pupils who stay)`` (R1, R2).

    1. Planned: the number the plan names, at most classes x hard ceiling; else classes x class size; plus
       the special classes.
    2. Pupils who stay: on roll less the leaving grade of each stage. A child promoted straight from grade 6
       to 7 leaves with its grade and counts again as a junior entrant, so exactly once.
    3. Limit: the cap. A school over its cap today is not emptied: its limit is its own ceiling, or the cap
       plus this year's share of today's excess.
    4. Where both stages together plan more than the room, the room is divided by planned classes (by
       planned seats if no classes are given); what a stage cannot use goes to the other.
    """
    stay = (schools.pupils - schools.leavers).sum(axis=0, dtype=np.int64)
    pupils = schools.pupils.sum(axis=0, dtype=np.int64)
    class_size = np.minimum(class_sizes(policy, schools), policy.class_size.ceiling)
    by_classes = schools.classes * class_size
    named = schools.planned_seats.astype(np.int64)
    hard = np.where(schools.classes > 0, schools.classes * np.int64(policy.class_size.ceiling), named)
    special = schools.special_class_seats.astype(np.int64)
    ordinary = np.where(named >= 0, np.minimum(named, hard), by_classes)
    serves = np.stack([schools.serves(stage) for stage in STAGES])
    planned = np.where(serves, ordinary + special, 0)
    above_standard = (schools.classes > 0) & (ordinary > schools.classes * class_standards(policy))

    cap = school_caps(policy, schools)
    oversized = pupils > cap
    share = policy.caps.path_percent[0] if policy.caps.path_percent else 0
    path = cap + (pupils - cap) * share // 100
    ceiling = np.where(schools.ceiling >= 0, np.minimum(schools.ceiling, pupils), path)
    limit = np.where(oversized, np.maximum(cap, ceiling), cap)
    total = planned.sum(axis=0)
    room = np.minimum(total, np.maximum(limit - stay, 0)) if policy.caps.enforce else total
    return SeatPlan(
        planned=planned,
        offered=divide_room(room, planned, schools.classes),
        room=room,
        special=special,
        pupils=pupils,
        limit=limit,
        cap=cap,
        oversized=oversized,
        above_standard=above_standard,
    )


def divide_room(room: Integers, planned: Integers, classes: Integers) -> Integers:
    """Divide each school's room between its stages by planned classes, int64 (2, schools).

    The share of the primary stage is rounded to the nearest seat; neither stage gets more than it planned,
    and what one cannot use goes to the other, so nothing of the room is lost.
    """
    weight = np.where(classes.sum(axis=0) > 0, classes, planned).astype(np.int64)
    total = np.maximum(weight.sum(axis=0), 1)
    primary = (2 * room * weight[Stage.PRIMARY] + total) // (2 * total)
    primary = np.minimum(primary, planned[Stage.PRIMARY])
    junior = np.minimum(room - primary, planned[Stage.JUNIOR])
    primary = np.minimum(room - junior, planned[Stage.PRIMARY])
    return np.stack([primary, junior])


def open_seats(schools: Schools, plan: SeatPlan) -> Seats:
    """Lay the plan out as a tree of pools.

    Reserved and special-class seats are taken out of the stage's general seats, purchased seats out of an
    inclusive private school's. Boarding seats are bounded by the free beds and, with the general seats, by
    the stage. Pools without seats are left out; every stage has its general pool.
    """
    rows: list[tuple[Integers, int, SeatKind, Integers]] = []
    everyone = np.arange(len(schools))
    rows.append((everyone, UNPLACED, SeatKind.SCHOOL, plan.room))
    for stage in STAGES:
        serving = np.flatnonzero(schools.serves(stage))
        offered = plan.offered[stage][serving]
        special = np.minimum(plan.special[stage][serving], offered)
        purchased = np.minimum(schools.purchased_seats[stage][serving], offered - special)
        purchased = np.where(schools.ownership[serving] == Ownership.INCLUSIVE_PRIVATE, purchased, 0)
        reserved = np.minimum(schools.reserved_seats[stage][serving], offered - special - purchased)
        reserved = np.where(schools.public[serving], reserved, 0)
        beds = schools.boarding_beds[serving] if stage == Stage.JUNIOR else np.zeros_like(reserved)
        rows.append((serving, stage, SeatKind.STAGE, offered))
        rows.append((serving, stage, SeatKind.GENERAL, offered - special - purchased - reserved))
        for kind, seats in (
            (SeatKind.RESERVED, reserved),
            (SeatKind.PURCHASED, purchased),
            (SeatKind.SPECIAL_CLASS, special),
            (SeatKind.BOARDING, beds),
        ):
            some = seats > 0
            rows.append((serving[some], stage, kind, seats[some]))

    school = np.concatenate([r[0] for r in rows]).astype(np.int32)
    stage_of = np.concatenate([np.full(len(r[0]), r[1]) for r in rows]).astype(np.int8)
    kind_of = np.concatenate([np.full(len(r[0]), r[2]) for r in rows]).astype(np.int8)
    seats_of = np.concatenate([r[3] for r in rows]).astype(np.int64)
    stage_node = np.full((2, len(schools)), UNPLACED, dtype=np.int32)
    is_stage = kind_of == SeatKind.STAGE
    stage_node[stage_of[is_stage], school[is_stage]] = np.flatnonzero(is_stage)
    parent = np.where(is_stage, school, stage_node[stage_of, school])
    parent = np.where(kind_of == SeatKind.SCHOOL, UNPLACED, parent).astype(np.int32)
    return Seats(school=school, stage=stage_of, kind=kind_of, parent=parent, seats=seats_of)


def released_seats(seats: Seats, schools: Schools, plan: SeatPlan) -> Seats:
    """The tree as coordination sees it: unused reserved seats and the other stage's unused room are open.

    A stage may now hold all it planned and its general pool all of that but special classes and purchased
    seats; the school's joint room and the stage still bound what sits below them.
    """
    new = seats.seats.copy()
    stage = np.flatnonzero(seats.kind == SeatKind.STAGE)
    new[stage] = plan.planned[seats.stage[stage], seats.school[stage]]
    general = np.flatnonzero(seats.kind == SeatKind.GENERAL)
    open_now = plan.planned[seats.stage[general], seats.school[general]].copy()
    for kind in (SeatKind.SPECIAL_CLASS, SeatKind.PURCHASED):
        rows = np.flatnonzero(seats.kind == kind)
        aside = np.zeros(len(seats), dtype=np.int64)
        np.add.at(aside, seats.parent[rows], seats.seats[rows])
        open_now -= aside[seats.parent[general]]
    new[general] = np.maximum(open_now, 0)
    return Seats(school=seats.school, stage=seats.stage, kind=seats.kind, parent=seats.parent, seats=new)


def seat_notices(plan: SeatPlan) -> list[Notice]:
    """Schools over their cap (R1), seats the cap cut, plans above the class standard (R2)."""
    notices = [
        Notice(
            "notice_oversized",
            school=int(row),
            details={
                "pupils": int(plan.pupils[row]),
                "cap": int(plan.cap[row]),
                "ceiling": int(plan.limit[row]),
            },
        )
        for row in np.flatnonzero(plan.oversized)
    ]
    total = plan.planned.sum(axis=0)
    notices += [
        Notice(
            "notice_seats_cut_by_cap",
            school=int(row),
            details={"planned": int(total[row]), "seats": int(plan.room[row])},
        )
        for row in np.flatnonzero(plan.room < total)
    ]
    notices += [
        Notice("notice_above_standard", school=int(row), details={"seats": int(plan.planned[stage, row])})
        for stage, row in zip(*np.nonzero(plan.above_standard), strict=True)
    ]
    return notices
