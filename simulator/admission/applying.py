"""From pairs of child and school to the applications of one round: pools, costs, priorities, groups."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.admission.costs import arc_costs
from simulator.admission.ledger import Ledger
from simulator.admission.ranking import arc_priority, own_draw_priority, school_draws
from simulator.admission.reach import Pairs
from simulator.mechanisms.parties import in_joint_order
from simulator.model import (
    UNPLACED,
    Applications,
    Ragged,
    Round,
    SchoolDraw,
    SeatKind,
    Seats,
    Stage,
    Students,
)
from simulator.model.arrays import Booleans, Integers


@dataclass(frozen=True)
class Entry:
    """The applications of one round with the facts behind each arc.

    Attributes:
        applications: what the mechanism gets.
        metres: int32 (arcs,). tier: int32 (applicants,), the tier each applicant was ranked in.
        daily_cost: added to the cost of an arc that sends a junior beyond the walking limit to a day seat
            although the round offers boarding; 0 if there is none. It outweighs any metres, so a bed anywhere
            is preferred, and nobody stays unplaced for want of one.
        school_draws: the draws of the schools' own, where the round draws school by school.
    """

    applications: Applications
    metres: Integers
    tier: Integers
    daily_cost: int
    school_draws: tuple[SchoolDraw, ...] = ()


def leaves_by_kind(seats: Seats, schools: int) -> Integers:
    """Leaf of (seat kind, stage, school), int32 (kinds, 2, schools); ``UNPLACED`` where there is none."""
    table = np.full((len(SeatKind), 2, schools), UNPLACED, dtype=np.int32)
    leaf = np.flatnonzero(seats.kind >= SeatKind.GENERAL)
    table[seats.kind[leaf], seats.stage[leaf], seats.school[leaf]] = leaf
    return table


def make_applications(entry: Round, ledger: Ledger, pairs: Pairs, tier: Integers) -> Entry:
    """Expand pairs into arcs, one per seat pool of the round, and rank them.

    1. A pair becomes one arc per pool named by the round that the school has, in the round's order. With
       ``boarding``, a junior beyond the walking limit tries the boarding pool first.
    2. Cost is metres, or what the round makes of them (``costs.arc_costs``).
    3. Priorities: see ``ranking.arc_priority``; where every school draws for itself ``school_draws``
       and ``own_draw_priority``.
    4. Twins who are both here and share a pool are one unit. Where their lists differ the pools both list
       stand in both lists as the two lists together say (``mechanisms.parties.joint_lists``).
    5. Applicants with the same arcs, costs and tier are alike.
    """
    students, policy = ledger.students, ledger.scenario.policy
    leaf = leaves_by_kind(ledger.seats, len(ledger.scenario.schools))
    stage = students.stage[pairs.student]
    limit = policy.travel.junior_limit_metres
    far = (stage == Stage.JUNIOR) & (pairs.metres > limit) & entry.boarding

    kinds = [SeatKind[name.upper()] for name in entry.pools if name != "register_only"]
    if entry.boarding:
        kinds = [SeatKind.BOARDING, *[kind for kind in kinds if kind != SeatKind.BOARDING]]
    columns = []
    for place, kind in enumerate(kinds):
        node = leaf[kind, stage, pairs.school]
        usable = node != UNPLACED
        if kind == SeatKind.BOARDING and entry.boarding:
            usable &= far
        columns.append((np.flatnonzero(usable), node[usable], np.full(int(usable.sum()), place)))
    pair = np.concatenate([c[0] for c in columns])
    node = np.concatenate([c[1] for c in columns])
    choice = np.concatenate([c[2] for c in columns])
    if len(kinds) > 1:
        sorting = np.lexsort((choice, pair))
        pair, node = pair[sorting], node[sorting]

    student, metres = pairs.student[pair], pairs.metres[pair]
    kind = ledger.seats.kind[node]
    cost, daily_cost = arc_costs(
        entry,
        policy.travel,
        metres=metres,
        order=pairs.order[pair],
        stage=stage[pair],
        kind=kind,
        day_seat_far=far[pair] & (kind != SeatKind.BOARDING),
        pools=int(np.count_nonzero(np.bincount(node))),
    )
    priority = arc_priority(
        entry, students, student, pairs.school[pair], metres, pairs.order[pair], tier, ledger.standing
    )
    together = policy.twins.together
    twins = students.twin_group if together else _single(students.twin_group)
    drawn: tuple[SchoolDraw, ...] = ()
    if entry.tie_break == "per_school":
        school, ids = pairs.school[pair], ledger.scenario.schools.id
        drawn = school_draws(entry, policy.luck, students, twins, ids, student, school)
        priority = own_draw_priority(drawn, student, school, priority)

    starts = (
        np.flatnonzero(np.r_[True, student[1:] != student[:-1]]) if len(student) else np.zeros(0, np.int64)
    )
    offsets = np.r_[starts, len(student)].astype(np.int64)
    applicant = student[starts].astype(np.int32)
    applications = Applications(
        student=applicant,
        offsets=offsets,
        pool=node.astype(np.int32),
        priority=priority,
        cost=cost,
        unit=_units(twins[applicant], offsets, node) if together else _single(applicant),
        tier=tier[applicant].astype(np.int32),
        alike=alike_labels(offsets, node, cost, tier[applicant]),
        favoured=_favoured(entry, students)[applicant],
        bands=tuple(entry.bands),
    )
    if together:
        applications, metres = _with_joint_lists(applications, metres, ledger.seats.school)
    return Entry(applications, metres, tier[applicant], daily_cost, drawn)


def _with_joint_lists(
    applications: Applications, metres: Integers, school: Integers
) -> tuple[Applications, Integers]:
    """The applications and the metres of their arcs with the lists of twins as they apply with them."""
    order = in_joint_order(applications, school)
    if np.all(order[1:] > order[:-1]):
        return applications, metres
    node, cost = applications.pool[order], applications.cost[order]
    joined = replace(
        applications,
        pool=node,
        priority=applications.priority[order],
        cost=cost,
        alike=alike_labels(applications.offsets, node, cost, applications.tier),
    )
    return joined, metres[order]


def _favoured(entry: Round, students: Students) -> Booleans:
    """bool (students,): whom the round's reserves are for."""
    favoured = np.zeros(len(students), dtype=np.bool_)
    for name in entry.reserve_for:
        favoured |= students.yes(name)
    return favoured


def with_reserves(entry: Round, free: Seats) -> Seats:
    """The free seats with the round's share of every pool reserved, rounded down."""
    reserves = np.where(free.kind >= SeatKind.GENERAL, free.seats * entry.reserve_percent // 100, 0)
    return replace(free, reserves=reserves)


def _single(applicant: Integers) -> Integers:
    return np.full(len(applicant), UNPLACED, dtype=np.int32)


def _units(twin_group: Integers, offsets: Integers, node: Integers) -> Integers:
    """Twin labels of which at least two are here and share a pool, int32 (applicants,); the others are alone.

    Twins who list no pool in common (two addresses, two wishes) cannot be seated as one; kept as one they
    would be turned away everywhere.
    """
    units = np.full(len(twin_group), UNPLACED, dtype=np.int32)
    twins = np.flatnonzero(twin_group != UNPLACED)
    _, group, count = np.unique(twin_group[twins], return_inverse=True, return_counts=True)
    lists = Ragged(offsets, node).take(twins)
    pair, listed = np.unique(np.stack([group[lists.owners], lists.values]), axis=1, return_counts=True)
    together = np.zeros(len(count), dtype=np.bool_)
    together[pair[0][(listed == count[pair[0]]) & (listed > 1)]] = True
    units[twins] = np.where(together[group], twin_group[twins], UNPLACED)
    return units


MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Odd numbers with well mixed bits, by which the arcs of a list become one number."""


def alike_labels(offsets: Integers, node: Integers, cost: Integers, tier: Integers) -> Integers:
    """Label of applicants with the same arcs, costs and tier, int32 (applicants,), in order of appearance.

    1. Sum up each list in one number modulo 2**64, in which every arc counts by its place.
    2. Lists with one number are one label. Each is held against the first of its label, arc by arc: if two
       lists ever had the same number and were not the same, all lists are compared in full instead.

    Args:
        offsets: int64 (applicants + 1,), every list with at least one arc. node, cost: int (arcs,).
        tier: int (applicants,).
    """
    if not len(tier):
        return np.zeros(0, dtype=np.int32)
    lengths = np.diff(offsets)
    place = np.arange(len(node)) - np.repeat(offsets[:-1], lengths)
    arc = node.astype(np.uint64) * MIX[0] + cost.astype(np.uint64) * MIX[1]
    arc = (arc ^ (arc >> np.uint64(29))) * (MIX[2] * (2 * place.astype(np.uint64) + np.uint64(1)))
    number = np.add.reduceat(arc ^ (arc >> np.uint64(32)), offsets[:-1]) + tier.astype(np.uint64) * MIX[0]
    _, first, label = np.unique(number, return_index=True, return_inverse=True)
    appears = np.empty(len(first), dtype=np.int32)
    appears[np.argsort(first)] = np.arange(len(first))
    head = first[label]
    same = np.array_equal(lengths, lengths[head]) and np.array_equal(tier, tier[head])
    if same:
        arcs = np.repeat(offsets[:-1][head], lengths) + place
        same = np.array_equal(node, node[arcs]) and np.array_equal(cost, cost[arcs])
    return appears[label] if same else alike_in_full(offsets, node, cost, tier)


def alike_in_full(offsets: Integers, node: Integers, cost: Integers, tier: Integers) -> Integers:
    """The same as ``alike_labels``, list by list."""
    rows = np.ascontiguousarray(np.stack([node, cost], axis=1), dtype=np.int64)
    labels: dict[tuple[int, bytes], int] = {}
    ends = zip(tier.tolist(), offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    found = [labels.setdefault((t, rows[a:b].tobytes()), len(labels)) for t, a, b in ends]
    return np.array(found, dtype=np.int32)
