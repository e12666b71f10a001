"""One more class here: what seat prices promise of it, and what all rounds played again make of it.

A seat price is exact for one seat in one round. A class is many seats, the rounds before and after hand
children on to each other, and a child who gets a better seat leaves one behind. So the promise only chooses
whom to try; what is told is the whole procedure played again with the class, on the same luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from simulator import admission
from simulator.admission import Memory
from simulator.model import (
    NO_METRES,
    UNPLACED,
    Admission,
    Means,
    MoreClasses,
    Scenario,
    SeatKind,
    Stage,
    StageName,
    Status,
    Students,
    Travel,
    Wishes,
    ZoneWarnings,
    stage_of,
)
from simulator.model.arrays import Integers
from simulator.model.limits import class_sizes, classes_that_fit, may_receive
from simulator.model.policy import LEAST_COST

ZONE_SHARE = 4
"""One in so many of the schools tried is chosen by the shortage of its zone, the others by seat prices."""


def more_classes(
    scenario: Scenario,
    students: Students,
    wishes: Wishes,
    travel: Travel,
    played: Admission,
    warnings: ZoneWarnings,
    memory: Memory,
) -> MoreClasses:
    """Try one more class at the most promising schools; the best come first.

    1. A school and stage may be tried if it is public and ordinary and the class fits under the cap (R1).
    2. ``promises`` says what the class is worth by seat prices, and how short its zone is.
    3. Three in four of the ``replays`` go to the schools that promise most (children, then journeys, then
       metres), the rest to those whose zones are shortest of seats; each county and stage has
       ``per_county`` before others have their turn. Who promises nothing is not tried.
    4. Every one of them is played again in full (``replayed``).
    5. They are sorted by what happened: children placed, then metres in all, then fewer beyond the walking
       limit, then more in the own zone, then the school's id. ``listed`` are the best, again with
       ``per_county`` first.

    Args:
        played: the run without the class. memory: of that run.

    Raises:
        AccountingError, CertificateError: as ``admission.play``.
    """
    settings = scenario.policy.one_more_class
    fits = classes_that_fit(scenario.policy, scenario.schools, played.seats) > 0
    stage, school = np.nonzero(may_receive(scenario.schools) & fits)
    promise = promises(scenario, students, played, warnings)
    id_rank = np.empty(len(scenario.schools), dtype=np.int64)
    id_rank[np.argsort(scenario.schools.id, kind="stable")] = np.arange(len(scenario.schools))
    place = id_rank[school]

    by_price = (promise.children, promise.journeys, promise.metres, promise.zone)
    by_zone = (promise.zone, promise.children, promise.journeys, promise.metres)
    county = stage * (len(scenario.counties) + 1) + scenario.schools.county[school]
    worth = [best_first([column[stage, school] for column in key], place) for key in (by_price, by_zone)]
    hopeful = np.logical_or.reduce([column[stage, school] > 0 for column in by_price])
    short = promise.zone[stage, school] > 0
    priced = in_turn(worth[0][hopeful[worth[0]]], county, settings.replays, settings.per_county)
    zoned = in_turn(worth[1][short[worth[1]]], county, settings.replays, settings.per_county)
    tried = chosen(priced, zoned, settings.replays)

    effects = [
        replayed(scenario, students, wishes, travel, played, memory, Stage(int(stage[row])), int(school[row]))
        for row in tried.tolist()
    ]
    columns = {
        field.name: np.array([getattr(effect, field.name) for effect in effects], dtype=np.int64)
        for field in fields(Effect)
        if field.name != "certificates"
    }
    best = best_first(
        [columns[name] for name in ("placed", "metres", "beyond_limit", "own_zone")], place[tried]
    )
    listed = np.zeros(len(tried), dtype=np.bool_)
    listed[in_turn(best, county[tried], settings.listed, settings.per_county)] = True
    tried = tried[best]
    cell = (stage[tried], school[tried])
    return MoreClasses(
        school=school[tried].astype(np.int32),
        stage=stage[tried].astype(np.int8),
        zone_short=promise.short[cell],
        promised_children=promise.children[cell],
        promised_journeys=promise.journeys[cell],
        promised_metres=promise.metres[cell],
        listed=listed[best],
        possible=len(school),
        certificates=tuple(effects[row].certificates for row in best.tolist()),
        **{name: column[best] for name, column in columns.items()},
    )


@dataclass(frozen=True)
class Promise:
    """What one more class promises, int64 (2, schools) each; meanings as in ``MoreClasses``.

    Attributes:
        zone: of the children its zone is short of, those the class would hold. short: all of them.
    """

    children: Integers
    journeys: Integers
    metres: Integers
    zone: Integers
    short: Integers


def promises(scenario: Scenario, students: Students, played: Admission, warnings: ZoneWarnings) -> Promise:
    """Seats of the class x price of a general seat, of the least-cost round that prices each part highest.

    n seats save at most n times the price in the round that sets it, and only as many as have applicants are
    used. Rounds are not added up: who is left out by one is looked after by the next. A child that a price
    places may find a place later; children count at most as many as of the school's county and stage have
    none at the end. Where a price places a child, its metres are that child's way to school and no saving;
    they are left out, and so are prices in other units than metres.
    """
    schools = scenario.schools
    size = new_seats(scenario)
    parts = np.zeros((3, len(Stage), len(schools)), dtype=np.int64)
    for record in played.rounds:
        entry = scenario.policy.rounds[record.round]
        if entry.mechanism not in LEAST_COST:
            continue
        rows = np.flatnonzero(record.kind == SeatKind.GENERAL)
        cell = (record.stage[rows], record.school[rows])
        used = np.minimum(size[cell], record.applicants[rows])
        for part, price in zip(
            parts, (record.price_children, record.price_journeys, record.price_metres), strict=True
        ):
            if price is not record.price_metres or (record.measured and not entry.bends_metres):
                part[cell] = np.maximum(part[cell], used * price[rows])
    children, journeys, metres = parts

    unplaced = np.zeros((len(Stage), len(scenario.counties) + 1), dtype=np.int64)  # the last for no county
    waiting = np.flatnonzero((played.status == Status.UNPLACED) & (students.block != UNPLACED))
    np.add.at(unplaced, (students.stage[waiting], scenario.blocks.county[students.block[waiting]]), 1)
    missing = np.append(np.maximum(warnings.children - warnings.seats, 0), 0)  # the last for no zone
    short = missing[warnings.school_zone]
    return Promise(
        children=np.minimum(children, unplaced[:, schools.county]),
        journeys=journeys,
        metres=metres,
        zone=np.minimum(short, size),
        short=short,
    )


def best_first(keys: list[Integers], place: Integers) -> Integers:
    """Rows sorted by the ``keys``, greatest first, the first key above the second; ties by ``place``."""
    return np.lexsort((place, *(-key for key in reversed(keys))))


def in_turn(rows: Integers, county: Integers, most: int, per_county: int) -> Integers:
    """The first ``most`` of ``rows``, but of each county at first no more than ``per_county`` (0: any).

    If there are places left they go to the next of the rows passed over. The answer keeps their order.

    Args:
        rows: int (rows,), best first. county: int, label by row.
    """
    order = np.argsort(county[rows], kind="stable")
    label = county[rows][order]
    turn = np.empty(len(rows), dtype=np.int64)
    turn[order] = np.arange(len(rows)) - np.searchsorted(label, label)
    passed_over = turn >= per_county if per_county else np.zeros(len(rows), dtype=np.bool_)
    taken = np.argsort(passed_over, kind="stable")[:most]
    return rows[np.sort(taken)]


def chosen(by_price: Integers, by_zone: Integers, most: int) -> Integers:
    """At most ``most`` rows to try: by price, one in ``ZONE_SHARE`` by zone, then who is left."""
    zoned = most // ZONE_SHARE
    priced = by_price[: most - zoned]
    others = by_zone[~np.isin(by_zone, priced)]
    queue = np.concatenate((priced, others[:zoned], by_price, by_zone))
    return queue[np.sort(np.unique(queue, return_index=True)[1])][:most]


def new_seats(scenario: Scenario) -> Integers:
    """Seats of one more class, int64 (2, schools): the class size, at most the hard ceiling (R2)."""
    policy = scenario.policy
    return np.minimum(class_sizes(policy, scenario.schools), policy.class_size.ceiling)


def with_class(scenario: Scenario, stage: Stage | StageName, school: int) -> Scenario:
    """The scenario with one more class planned at one school and stage, and its seats where seats are named.

    Named seats without a number of classes stay without one.

    Raises:
        ValueError: no stage of that name.
    """
    stage = stage_of(stage)
    schools, ceiling = scenario.schools, scenario.policy.class_size.ceiling
    classes, named = schools.classes.copy(), schools.planned_seats.copy()
    planned = classes[stage, school]
    if named[stage, school] < 0 or planned > 0:
        classes[stage, school] += 1
    if named[stage, school] >= 0:
        if planned > 0:
            named[stage, school] = min(named[stage, school], planned * ceiling)
        named[stage, school] += new_seats(scenario)[stage, school]
    return replace(scenario, schools=replace(schools, classes=classes, planned_seats=named))


@dataclass(frozen=True)
class Effect:
    """What one more class changed; meanings as in ``MoreClasses``."""

    seats: int
    placed: int
    own_zone: int
    beyond_limit: int
    metres: int
    gain: int
    lose: int
    certificates: tuple[tuple[int, Mapping[str, int | str | bool]], ...]


def replayed(
    scenario: Scenario,
    students: Students,
    wishes: Wishes,
    travel: Travel,
    before: Admission,
    memory: Memory,
    stage: Stage,
    school: int,
) -> Effect:
    """Play all rounds again with one more class, on the same luck, and tell what changed."""
    after = admission.play(with_class(scenario, stage, school), students, wishes, travel, memory=memory)
    return effect(before, after)


def effect(before: Admission, after: Admission) -> Effect:
    """What is different between two plays of one year, child by child."""
    was, now = before.school != UNPLACED, after.school != UNPLACED
    better = better_off(before, after)
    return Effect(
        seats=offered(after) - offered(before),
        placed=int(now.sum()) - int(was.sum()),
        own_zone=int(after.in_zone.sum()) - int(before.in_zone.sum()),
        beyond_limit=int(np.sum(before.means == Means.EXCEPTION))
        - int(np.sum(after.means == Means.EXCEPTION)),
        metres=total_metres(before) - total_metres(after),
        gain=int(np.sum(better > 0)),
        lose=int(np.sum(better < 0)),
        certificates=tuple(certificates(after)),
    )


def better_off(before: Admission, after: Admission) -> Integers:
    """Whether each child is better (1) or worse (-1) off by ``after``, or neither (0), int64 (students,).

    Placed or not decides; of those placed by both, nearer or farther; where metres are not available, in the
    own zone or not.
    """
    was, now = before.school != UNPLACED, after.school != UNPLACED
    known = (before.metres != NO_METRES) & (after.metres != NO_METRES)
    saved = np.where(known, before.metres.astype(np.int64) - after.metres, 0)
    nearer = np.where(known, np.sign(saved), after.in_zone.astype(np.int64) - before.in_zone)
    return np.where(was & now, nearer, now.astype(np.int64) - was)


def certificates(played: Admission) -> Iterator[tuple[int, Mapping[str, int | str | bool]]]:
    """Place of the round and proof of every least-cost step, refills included."""
    for record in played.rounds:
        for proof in (record.certificate, *(refill.certificate for refill in record.refills)):
            if proof:
                yield record.round, proof


def offered(played: Admission) -> int:
    """Seats offered by all schools and stages together."""
    return int(played.seats.seats[played.seats.kind == SeatKind.STAGE].sum())


def total_metres(played: Admission) -> int:
    """Metres of all children placed whose distance is known."""
    return int(played.metres[played.metres != NO_METRES].sum(dtype=np.int64))
