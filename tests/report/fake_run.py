"""A run made up from the nouns' constructors, without playing it: the report's tests need no other room.

Figures hang together (loads are counted from the children, indicators measured from the admission), but no
rule was followed: children fill the schools of their zone until they are full, then any other.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import indicators
from simulator.model import (
    NO_DATE,
    NO_METRES,
    UNPLACED,
    Admission,
    Arcs,
    Blocks,
    Classes,
    Draw,
    Fault,
    Feeders,
    Fixes,
    Indicators,
    Means,
    MoreClasses,
    Notice,
    Ownership,
    Placement,
    Policy,
    Ragged,
    Reason,
    Round,
    RoundRecord,
    Run,
    Scenario,
    SchoolKind,
    Schools,
    SeatKind,
    Seats,
    Settled,
    Status,
    Students,
    Travel,
    Zones,
    ZoneWarnings,
)
from simulator.model.arrays import texts
from simulator.model.policy import MigrantShare, Targets
from simulator.model.tables import FLAGS

COUNTIES = ("梅江区", "梅县区", "兴宁市", "平远县", "蕉岭县", "大埔县", "丰顺县", "五华县")
SPECIAL_ROUND, ZONE_ROUND, PRIVATE_ROUND, MIGRANT_ROUND, LEAST_ROUND = range(5)
ROUNDS = [
    Round(
        name="placements", title="残疾儿童安置", title_en="Placements", who=["mainstream", "special_school"]
    ),
    Round(
        name="zone",
        title="学区录取",
        title_en="Zone admission",
        document="梅市教〔2021〕1号",
        who=["local"],
        tiers=[["preference"], ["household", "home"], ["household"]],
        rank=["tier", "settled_on", "draw"],
    ),
    Round(
        name="private",
        title="民办摇号",
        title_en="Private lottery",
        mechanism="lottery",
        reach=["choices"],
        ownership=["private", "inclusive_private"],
        applied=True,
        choices=1,
        losers="equal",
    ),
    Round(
        name="migrant",
        title="随迁子女",
        title_en="Migrant children",
        who=["migrant"],
        needs=["residence_permit"],
    ),
    Round(
        name="coordination",
        title="统筹调剂",
        title_en="Coordination",
        mechanism="least_total",
        reach=["county"],
        coordination=True,
    ),
]


def fake_run(
    *,
    schools: int = 8,
    blocks: int = 40,
    students: int = 300,
    counties: int = 2,
    seed: int = 7,
    coordinates: bool = True,
    hostile: bool = False,
    language_titles: tuple[str, str] = ("示例市", "Example city"),
) -> Run:
    """A run of the given size; ``hostile`` puts markup and formulas into every name from a table."""
    rng = np.random.default_rng(seed)
    evil = "<script>alert(1)</script>\"&'" if hostile else ""
    formula = "=1+1" if hostile else ""
    names = tuple(f"{formula}{COUNTIES[i % 8]}{evil}" for i in range(counties))
    county_of_block = np.sort(rng.integers(0, counties, blocks)).astype(np.int32)
    county_of_block[:counties] = np.arange(counties)
    county_of_block.sort()
    center = np.stack(
        [115.7 + 0.35 * (np.arange(counties) % 3), 24.0 + 0.35 * (np.arange(counties) // 3)], axis=1
    )
    at_block = center[county_of_block] + rng.normal(0, 0.09, (blocks, 2))
    table = _schools(rng, schools, counties, center, formula, evil)
    if not coordinates:
        at_block = np.full((blocks, 2), np.nan)
        table = replace(table, longitude=np.full(schools, np.nan), latitude=np.full(schools, np.nan))
    zones = Zones(tuple(_zone(table, county_of_block, at_block, stage, coordinates) for stage in (0, 1)))
    roster = _students(rng, students, blocks, table, formula)
    policy = Policy(
        name="fake",
        title=f"{language_titles[0]}{evil}",
        title_en=f"{language_titles[1]}{evil}",
        year=2026,
        seed=20260701,
        rounds=ROUNDS,
        targets=Targets(migrant_share=MigrantShare(target_percent=85)),
    )
    scenario = Scenario(
        policy=policy,
        counties=names,
        towns=(),
        groups=(),
        districts=(),
        schools=table,
        blocks=Blocks(
            id=texts([f"B{i:04d}" for i in range(blocks)]),
            name=texts([f"{formula}第{i}村{evil}" for i in range(blocks)]),
            county=county_of_block,
            town=np.full(blocks, UNPLACED, dtype=np.int32),
            district=np.full(blocks, UNPLACED, dtype=np.int32),
            longitude=at_block[:, 0],
            latitude=at_block[:, 1],
            village=np.zeros(blocks, dtype=bool),
        ),
        zones=zones,
        feeders=Feeders(juniors=Ragged.empty(schools), share=np.zeros(0)),
        settled=Settled(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), texts([])),
        students=roster,
        student_names=texts([f"{formula}学生姓名{i}{evil}" for i in range(students)]),
        sources={"schools.csv": "ab" * 32, "students.csv": "cd" * 32},
        resolved={"name": "fake", "year": 2026, "seed": 20260701, "rounds": [entry.name for entry in ROUNDS]},
        warnings=(Fault("no_such_code", file="students.csv", column="成绩", value=f"{evil}"),),
    )
    travel = _travel(at_block, table, coordinates)
    seats = _seats(table)
    admission = _admission(rng, scenario, roster, seats, coordinates)
    warnings = indicators.early_warning(scenario, roster, admission.seats)
    measured = indicators.measure(scenario, roster, travel, admission, warnings)
    return Run(
        scenario=scenario,
        students=roster,
        travel=travel,
        admission=admission,
        classes=_classes(scenario, admission, roster),
        indicators=measured,
        warnings=warnings,
        fixes=_fixes(warnings, blocks),
        more_classes=_more_classes(),
        versions={"numpy": "2.4.6"},
        seconds={"admission": 1.25},
    )


def without_indicators(run: Run) -> Run:
    """The same run with an empty table of indicators."""
    empty = np.zeros(0)
    return replace(
        run,
        indicators=Indicators(
            code=texts([]), rule=texts([]), county=empty.astype(np.int32), stage=empty.astype(np.int8),
            numerator=empty.astype(np.int64), denominator=empty.astype(np.int64), value=empty, unit=texts([]),
            target=empty, met=empty.astype(np.int8),
        ),
    )  # fmt: skip


def _schools(
    rng: np.random.Generator, schools: int, counties: int, center: np.ndarray, formula: str, evil: str
) -> Schools:
    kinds = np.array([0, 0, 0, 1, 0, 2, 1, 6] if schools <= 8 else [0, 0, 0, 1, 0, 2, 1, 5, 3, 4])
    kind = kinds[np.arange(schools) % len(kinds)].astype(np.int8)
    if schools > 8:
        kind[-3:] = SchoolKind.SPECIAL
    ownership = np.zeros(schools, dtype=np.int8)
    ownership[5::10] = Ownership.PRIVATE
    ownership[6::30] = Ownership.INCLUSIVE_PRIVATE
    county = (np.arange(schools) * counties // schools).astype(np.int32)
    at = center[county] + rng.normal(0, 0.08, (schools, 2))
    serves = np.stack([np.isin(kind, (0, 2, 3, 5, 6)), np.isin(kind, (1, 2, 3, 4, 6))])
    classes = np.where(serves, rng.integers(1, 4, (2, schools)), 0).astype(np.int32)
    classes[:, kind == SchoolKind.SPECIAL] = 1
    zeros = np.zeros((2, schools), dtype=np.int32)
    pupils = np.where(serves, classes * 45 * 4, 0).astype(np.int32)
    pupils[0, 0] = 2600  # an oversized school
    return Schools(
        id=texts([f"{formula}S{i:03d}" for i in range(schools)]),
        name=texts([f"{formula}{COUNTIES[county[i] % 8][:-1]}第{i}学校{evil}" for i in range(schools)]),
        kind=kind,
        ownership=ownership,
        county=county,
        town=np.full(schools, UNPLACED, dtype=np.int32),
        longitude=at[:, 0],
        latitude=at[:, 1],
        classes=classes,
        class_size=np.where(kind == SchoolKind.SPECIAL, 10, zeros).astype(np.int32),
        planned_seats=zeros - 1,
        pupils=pupils,
        leavers=(pupils // 6).astype(np.int32),
        cap=np.zeros(schools, dtype=np.int32),
        ceiling=np.full(schools, -1, dtype=np.int32),
        reserved_seats=zeros,
        purchased_seats=zeros,
        special_class_seats=zeros,
        boarding_beds=np.zeros(schools, dtype=np.int32),
        bus=np.zeros(schools, dtype=bool),
        group=np.full(schools, UNPLACED, dtype=np.int32),
        district=np.full(schools, UNPLACED, dtype=np.int32),
        approval_county=np.full(schools, UNPLACED, dtype=np.int32),
        disabled_pupils=np.zeros(schools, dtype=np.int32),
        resource_room=np.zeros(schools, dtype=bool),
        protected=kind == SchoolKind.TEACHING_POINT,
    )


def _zone(table: Schools, county: np.ndarray, at: np.ndarray, stage: int, coordinates: bool) -> Ragged:
    """Each block to the nearest ordinary public school of its county (by row where there are no points)."""
    open_ = table.public & table.serves(stage) & (table.kind != SchoolKind.SPECIAL)
    owner, school = [], []
    for block in range(len(county)):
        rows = np.flatnonzero(open_ & (table.county == county[block]))
        if not len(rows):
            continue
        if coordinates:
            away = (table.longitude[rows] - at[block, 0]) ** 2 + (table.latitude[rows] - at[block, 1]) ** 2
            rows = rows[np.argsort(away, kind="stable")]
        owner.append(block)
        school.append(rows[0] if coordinates else rows[block % len(rows)])
    return Ragged.from_pairs(len(county), np.array(owner, dtype=np.int64), np.array(school, dtype=np.int32))


def _students(rng: np.random.Generator, students: int, blocks: int, table: Schools, formula: str) -> Students:
    flags = {name: np.zeros(students, dtype=bool) for name in FLAGS}
    flags["migrant"] = rng.random(students) < 0.12
    flags["residence_permit"] = flags["migrant"] & (rng.random(students) < 0.9)
    flags["household"] = ~flags["migrant"]
    flags["home"] = flags["household"] & (rng.random(students) < 0.7)
    flags["preference"] = rng.random(students) < 0.03
    flags["left_behind"] = rng.random(students) < 0.1
    placement = np.zeros(students, dtype=np.int8)
    disabled = rng.random(students) < 0.02
    placement[disabled] = rng.integers(1, 5, disabled.sum())
    placement[:5] = [0, 1, 2, 3, 4]  # one of each, whatever the size
    twins = np.full(students, UNPLACED, dtype=np.int32)
    twins[10:12] = 1
    block = rng.integers(0, blocks, students).astype(np.int32)
    block[20] = UNPLACED
    none = np.full(students, UNPLACED, dtype=np.int32)
    return Students(
        id=texts([f"{formula}X{i * 7919 % 1_000_003:07d}" for i in range(students)]),
        stage=(rng.random(students) < 0.45).astype(np.int8),
        block=block,
        household_block=none,
        origin_school=none,
        sibling_school=none,
        twin_group=twins,
        birth_date=np.full(students, NO_DATE, dtype=np.int32),
        settled_on=rng.integers(15_000, 20_000, students).astype(np.int32),
        permit_on=np.full(students, NO_DATE, dtype=np.int32),
        points=np.zeros(students, dtype=np.int64),
        placement=placement,
        deferral=np.zeros(students, dtype=bool),
        flags=flags,
    )


def _travel(at_block: np.ndarray, table: Schools, coordinates: bool) -> Travel:
    none = np.zeros(0, dtype=np.int32)
    arcs = Arcs(np.zeros(len(at_block) + 1, dtype=np.int64), none, none)
    degrees = np.stack([table.longitude, table.latitude])
    return Travel(
        arcs=(arcs, arcs),
        source="straight_line" if coordinates else "zone_order",
        block_degrees=at_block.T.copy() if coordinates else np.zeros((2, 0)),
        school_degrees=degrees if coordinates else np.zeros((2, 0)),
        detour_percent=130,
    )


def _seats(table: Schools) -> Seats:
    """Per school a root, and per stage a node with one general pool below it."""
    rows: list[tuple[int, int, int, int, int]] = []
    for school in range(len(table)):
        size = (table.class_size[:, school] == 0) * np.array([45, 50]) + table.class_size[:, school]
        offered = (table.classes[:, school] * size).tolist()
        root = len(rows)
        rows.append((school, UNPLACED, SeatKind.SCHOOL, UNPLACED, sum(offered)))
        for stage in (0, 1):
            if offered[stage]:
                rows.append((school, stage, SeatKind.STAGE, root, offered[stage]))
                rows.append((school, stage, SeatKind.GENERAL, len(rows) - 1, offered[stage]))
    school, stage, kind, parent, seats = (np.array(column) for column in zip(*rows, strict=True))
    return Seats(
        school.astype(np.int32), stage.astype(np.int8), kind.astype(np.int8), parent.astype(np.int32), seats
    )


def _admission(
    rng: np.random.Generator, scenario: Scenario, roster: Students, seats: Seats, coordinates: bool
) -> Admission:
    children = len(roster)
    leaf = np.full((2, len(scenario.schools)), UNPLACED)
    general = np.flatnonzero(seats.kind == SeatKind.GENERAL)
    leaf[seats.stage[general], seats.school[general]] = general
    free = seats.seats.copy()
    school = np.full(children, UNPLACED, dtype=np.int32)
    zone_school = np.full(children, UNPLACED, dtype=np.int32)
    for stage in (0, 1):
        ragged = scenario.zones.schools[stage]
        first = np.full(len(scenario.blocks), UNPLACED, dtype=np.int32)
        some = ragged.lengths > 0
        first[some] = ragged.values[ragged.offsets[:-1][some]]
        mine = (roster.stage == stage) & (roster.block != UNPLACED)
        zone_school[mine] = first[roster.block[mine]]
        for target in np.unique(zone_school[mine]):
            if target == UNPLACED:
                continue
            rows = np.flatnonzero(mine & (zone_school == target))[: free[leaf[stage, target]]]
            school[rows] = target
            free[leaf[stage, target]] -= len(rows)
    round_ = np.where(school != UNPLACED, ZONE_ROUND, UNPLACED)
    private = np.flatnonzero(scenario.schools.ownership == Ownership.PRIVATE)
    for stage in (0, 1):
        for target in private:
            if leaf[stage, target] == UNPLACED:
                continue
            rows = np.flatnonzero(
                (roster.stage == stage) & (rng.random(children) < 0.5) & (school == UNPLACED)
            )
            rows = rows[: free[leaf[stage, target]]]
            school[rows], round_[rows] = target, PRIVATE_ROUND
            free[leaf[stage, target]] -= len(rows)
        left = np.flatnonzero((roster.stage == stage) & (school == UNPLACED) & (roster.block != UNPLACED))
        pools = general[(seats.stage[general] == stage) & scenario.schools.public[seats.school[general]]]
        places = np.repeat(seats.school[pools], np.maximum(free[pools] - 1, 0))[: len(left)]
        school[left[: len(places)]], round_[left[: len(places)]] = places, LEAST_ROUND
        np.subtract.at(free, leaf[stage, places], 1)

    special = np.flatnonzero(scenario.schools.kind == SchoolKind.SPECIAL)
    disabled = roster.placement != Placement.NONE
    if len(special):
        school[roster.placement == Placement.SPECIAL_SCHOOL] = special[0]
        school[roster.placement == Placement.TAUGHT_AT_HOME] = special[0]
    round_ = np.where(disabled & (school != UNPLACED), SPECIAL_ROUND, round_)
    placed = school != UNPLACED
    status = np.where(placed, Status.PLACED, Status.UNPLACED)
    status[placed & (scenario.schools.ownership[school] == Ownership.PRIVATE)] = Status.PRIVATE
    status[placed & (roster.placement == Placement.TAUGHT_AT_HOME)] = Status.TAUGHT_AT_HOME
    status[roster.block == UNPLACED] = Status.TO_BE_VERIFIED
    school[roster.block == UNPLACED] = UNPLACED
    placed = school != UNPLACED
    reason = np.where(placed, Reason.ADMITTED, Reason.NO_SEAT_IN_REACH)
    reason[roster.block == UNPLACED] = Reason.ADDRESS_UNKNOWN
    home = placed & (status == Status.TAUGHT_AT_HOME)
    reason[home] = Reason.REGISTERED_ONLY
    metres = np.full(children, NO_METRES, dtype=np.int32)
    if coordinates:
        block = roster.block
        east = (scenario.schools.longitude[school] - scenario.blocks.longitude[block]) * 101_000
        north = (scenario.schools.latitude[school] - scenario.blocks.latitude[block]) * 111_000
        metres[placed] = (1.3 * np.hypot(east, north))[placed].astype(np.int32)
    seated = placed & (status != Status.TAUGHT_AT_HOME)
    sitters = np.zeros(len(seats), dtype=np.int64)
    np.add.at(sitters, leaf[roster.stage[seated], school[seated]], 1)
    means = np.where(metres > 9000, Means.EXCEPTION, np.where(metres > 3500, Means.BUS, Means.NEAR))
    means = np.where(~placed | (metres == NO_METRES), Means.UNKNOWN, means)
    means[home] = Means.HOME
    draws = {
        entry.name: _draw(entry.name, roster, rng.random(children) < 0.8) for entry in scenario.policy.rounds
    }
    kind = np.where(seated, SeatKind.GENERAL, UNPLACED)
    return Admission(
        status=status.astype(np.int8),
        reason=reason.astype(np.int8),
        school=school,
        round=np.where(placed, round_, UNPLACED).astype(np.int16),
        kind=kind.astype(np.int8),
        metres=metres,
        tier=np.where(round_ == ZONE_ROUND, 0, UNPLACED).astype(np.int32),
        draw=np.where(placed, np.arange(children), UNPLACED).astype(np.int64),
        means=means.astype(np.int8),
        in_zone=seated & (school == zone_school),
        nearest=seated & (school == zone_school) & coordinates,
        over=np.zeros(children, dtype=bool),
        seats=seats,
        load=seats.rolled_up(sitters),
        rounds=_records(rng, scenario, seats, sitters),
        notices=_notices(metres, means, roster),
        draws=draws,
    )


def _draw(name: str, roster: Students, on: np.ndarray) -> Draw:
    number = np.full(len(roster), UNPLACED, dtype=np.int64)
    order = np.full(len(roster), UNPLACED, dtype=np.int64)
    rows = np.flatnonzero(on)
    number[rows] = (rows * 6_364_136_223_846_793 + len(name)) % 2**62
    order[rows[np.argsort(number[rows], kind="stable")]] = np.arange(len(rows))
    return Draw(name, 20260701, number, order)


def _records(
    rng: np.random.Generator, scenario: Scenario, seats: Seats, sitters: np.ndarray
) -> tuple[RoundRecord, ...]:
    general = np.flatnonzero(seats.kind == SeatKind.GENERAL)
    private = ~scenario.schools.public[seats.school[general]]
    records = []
    for place, entry in enumerate(scenario.policy.rounds):
        pools = general[private] if entry.mechanism == "lottery" else general[~private]
        full = sitters[pools] >= seats.seats[pools]
        contested = full if entry.mechanism != "least_total" else np.zeros(len(pools), dtype=bool)
        shows = contested & (place != SPECIAL_ROUND)
        applicants = sitters[pools] + np.where(contested, rng.integers(1, 60, len(pools)), 0)
        least = entry.mechanism == "least_total"
        records.append(
            RoundRecord(
                round=place,
                entered=int(applicants.sum()) + 5,
                applied=int(applicants.sum()),
                admitted=int(sitters[pools].sum()),
                school=seats.school[pools],
                stage=seats.stage[pools],
                kind=seats.kind[pools],
                seats=seats.seats[pools],
                first_choice=applicants,
                applicants=applicants,
                taken=sitters[pools],
                lottery=contested,
                cutoff_student=np.where(shows, 0, UNPLACED).astype(np.int32),
                cutoff_tier=np.where(shows, np.arange(len(pools)) % 4, UNPLACED).astype(np.int32),
                cutoff_draw=np.where(shows, rng.integers(0, 300, len(pools)), UNPLACED).astype(np.int64),
                cutoff_date=np.where(shows, 17_000 + np.arange(len(pools)), NO_DATE).astype(np.int32),
                price_children=np.where(least & full, 1, 0).astype(np.int64),
                price_metres=np.where(least & full, 1250, 0).astype(np.int64),
                price_journeys=np.zeros(len(full), dtype=np.int64),
                metres=900 * int(sitters[pools].sum()),
                certificate={"objective": 123_456, "ties": "settled", "violations": 0, "proved": True}
                if least
                else {},
            )
        )
    return tuple(records)


def _more_classes() -> MoreClasses:
    """Four replays: one that places children, one that saves metres, one of no use, one not listed."""
    return MoreClasses(
        school=np.array([0, 3, 1, 2], dtype=np.int32),
        stage=np.array([0, 1, 0, 0], dtype=np.int8),
        seats=np.array([45, 50, 45, 45]),
        zone_short=np.array([102, 0, 7, 8]),
        promised_children=np.array([26, 0, 0, 0]),
        promised_journeys=np.array([0, 50, 0, 0]),
        promised_metres=np.array([0, 512_850, 1_250, 0]),
        placed=np.array([26, 0, 0, -2]),
        own_zone=np.array([40, 42, 0, 0]),
        beyond_limit=np.array([-3, 32, 0, 0]),
        metres=np.array([-13_920, 811_464, 0, -45]),
        gain=np.array([202, 108, 0, 0]),
        lose=np.array([33, 51, 0, 2]),
        listed=np.array([True, True, True, False]),
        possible=508,
        certificates=(((LEAST_ROUND, {"objective": 77, "optimal": True}),), (), (), ()),
    )


def _notices(metres: np.ndarray, means: np.ndarray, roster: Students) -> tuple[Notice, ...]:
    far = np.flatnonzero(means == Means.EXCEPTION)
    return (
        Notice("notice_oversized", school=0, details={"pupils": 2600, "cap": 2000, "ceiling": 2540}),
        Notice("notice_twins_over", school=1, details={"over": 1}),
        Notice("notice_seats_moved", school=1, details={"stage": 1, "seats": 12}),
        Notice("notice_resource_room", school=1, details={"children": 6}),
        Notice("notice_nobody_knows", school=2, details={"number": 3}),
        Notice("notice_far_primary", student=1, school=2, details={"metres": 99_999}),  # a protected child
        *(
            Notice("notice_far_primary", student=int(row), school=0, details={"metres": int(metres[row])})
            for row in far[roster.placement[far] == 0][:500]
        ),
    )


def _classes(scenario: Scenario, admission: Admission, roster: Students) -> Classes:
    """Classes of equal size per school and stage."""
    school, stage, number, size = [], [], [], []
    of_child = np.full(len(roster), UNPLACED, dtype=np.int32)
    for which in (0, 1):
        for row in range(len(scenario.schools)):
            mine = np.flatnonzero(
                (admission.school == row) & (roster.stage == which) & (admission.kind != UNPLACED)
            )
            count = max(int(scenario.schools.classes[which, row]), 1)
            for part, rows in enumerate(np.array_split(mine, count)):
                if len(rows):
                    of_child[rows] = len(school)
                    school.append(row)
                    stage.append(which)
                    number.append(part + 1)
                    size.append(len(rows))
    return Classes(
        school=np.array(school, dtype=np.int32),
        stage=np.array(stage, dtype=np.int8),
        number=np.array(number, dtype=np.int32),
        size=np.array(size, dtype=np.int32),
        student_class=of_child,
    )


def _fixes(warnings: ZoneWarnings, blocks: int) -> Fixes:
    """Two fixes for every red zone."""
    red = np.flatnonzero(warnings.level == 2)
    zone = np.repeat(red, 2)
    short = np.maximum(warnings.children - warnings.seats, 0)[zone]
    first = np.arange(len(zone)) % 2 == 0
    moved = np.empty(len(zone), dtype=object)
    moved[:] = [() if one else (row % blocks, (row + 1) % blocks) for row, one in enumerate(first)]
    taker = [
        int(np.flatnonzero((warnings.school_zone == z).any(axis=0))[0])
        if (warnings.school_zone == z).any()
        else 0
        for z in zone
    ]
    return Fixes(
        zone=zone.astype(np.int32),
        short=short,
        action=texts(["fix_class" if one else "fix_blocks" for one in first]),
        school=np.array(taker, dtype=np.int32),
        classes=first.astype(np.int32),
        blocks=moved,
        children=np.where(first, 45, np.maximum(short, 1)),
        extra_metres=np.where(first, 0, 1800 * np.maximum(short, 1)),
        beyond=np.where(first, 0, np.arange(len(zone)) % 3),
    )  # fmt: skip
