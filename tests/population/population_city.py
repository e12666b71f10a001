"""A small city with ids that survive any order of its tables, for the tests of the population."""

from dataclasses import replace

import numpy as np

from simulator.model import (
    Arcs,
    Blocks,
    Demand,
    Feeders,
    Ownership,
    Policy,
    Ragged,
    Round,
    Scenario,
    SchoolKind,
    Schools,
    Settled,
    Stage,
    Travel,
    Zones,
)
from simulator.model.arrays import texts
from simulator.model.roster_settings import Category, ExtraColumn, Population, Preferences

COUNTIES, TOWNS = ("North", "South"), ("N1", "N2", "S1", "S2")
CATEGORIES = {
    "local": Category(
        yes_percent={"household": 100, "home": 70, "artist": 40}, sibling_percent=30, settled_years=8
    ),
    "migrant": Category(
        yes_percent={"migrant": 100, "residence_permit": 60}, points_mean=80, points_spread=15
    ),
    "returning": Category(yes_percent={"household": 100, "returning": 100}),
    "disabled": Category(
        yes_percent={"household": 100},
        placements_percent={
            "mainstream": 50,
            "special_class": 10,
            "special_school": 30,
            "taught_at_home": 10,
        },
    ),
}
KINDS = (
    SchoolKind.PRIMARY,
    SchoolKind.JUNIOR,
    SchoolKind.NINE_YEAR,
    SchoolKind.TEACHING_POINT,
    SchoolKind.PRIMARY,
)


def city(demand, *, blocks=40, seed=7, block_order=None, school_order=None, demand_order=None, **population):
    """``demand``: rows of (block number, stage, category, count). Orders permute the tables' rows.

    Twenty schools lie one per two blocks; block b is zoned to schools b // 2 and b // 2 + 1 of the stage.
    """
    b_order = np.arange(blocks) if block_order is None else np.asarray(block_order)
    s_order = np.arange(20) if school_order is None else np.asarray(school_order)
    block_row = np.argsort(b_order)
    kind = np.array([KINDS[s % 5] for s in range(20)], dtype=np.int8)[s_order]
    ownership = np.array([Ownership.PRIVATE if s % 5 == 4 else Ownership.PUBLIC for s in range(20)])
    ints = lambda value=0: np.full(20, value, dtype=np.int32)  # noqa: E731
    pair = lambda value=0: np.full((2, 20), value, dtype=np.int32)  # noqa: E731
    schools = Schools(
        id=texts([f"S{s:02d}" for s in s_order]),
        name=texts([f"school {s}" for s in s_order]),
        kind=kind,
        ownership=ownership[s_order].astype(np.int8),
        county=(s_order // 10).astype(np.int32),
        town=(s_order // 5).astype(np.int32),
        longitude=116 + 0.02 * s_order,
        latitude=np.full(20, 24.0),
        classes=pair(2),
        class_size=pair(),
        planned_seats=pair(-1),
        pupils=pair(),
        leavers=pair(),
        cap=ints(),
        ceiling=ints(-1),
        reserved_seats=pair(),
        purchased_seats=pair(),
        special_class_seats=pair(),
        boarding_beds=ints(),
        bus=ints().astype(bool),
        group=ints(-1),
        district=ints(-1),
        approval_county=np.where(ownership == Ownership.PRIVATE, np.arange(20) // 10, -1)[s_order].astype(
            np.int32
        ),
        disabled_pupils=ints(),
        resource_room=ints().astype(bool),
        protected=ints().astype(bool),
    )
    place = np.minimum(b_order // 2, 19)
    block_table = Blocks(
        id=texts([f"B{b:03d}" for b in b_order]),
        name=texts([f"block {b}" for b in b_order]),
        county=(place // 10).astype(np.int32),
        town=(place // 5).astype(np.int32),
        district=np.full(blocks, -1, dtype=np.int32),
        longitude=116 + 0.01 * b_order,
        latitude=np.full(blocks, 24.0),
        village=np.zeros(blocks, dtype=bool),
    )
    ragged = []
    for stage in Stage:
        serving = schools.serves(stage)
        pairs = [
            (row, column)
            for row, p in enumerate(place)
            for column in np.flatnonzero(serving & (np.abs(s_order - p) <= 1) & schools.public)
        ]
        owner, school = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
        ragged.append(Ragged.from_pairs(blocks, owner, school))
    rows = [demand[i] for i in (range(len(demand)) if demand_order is None else demand_order)]
    return Scenario(
        policy=Policy(
            name="t",
            year=2026,
            seed=seed,
            rounds=[
                Round(
                    name="private",
                    mechanism="lottery",
                    applied=True,
                    reach=["choices"],
                    ownership=["private"],
                ),
                Round(name="zone"),
            ],
            population=Population(categories=CATEGORIES, **population),
            columns={"artist": ExtraColumn(kind="yes_no"), "months": ExtraColumn(kind="number")},
        ),
        counties=COUNTIES,
        towns=TOWNS,
        groups=(),
        districts=(),
        schools=schools,
        blocks=block_table,
        zones=Zones((ragged[0], ragged[1])),
        feeders=Feeders(Ragged.empty(20), np.zeros(0)),
        settled=Settled(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), texts([])),
        demand=Demand(
            block=np.array([block_row[row[0]] for row in rows], dtype=np.int32),
            stage=np.array([row[1] for row in rows], dtype=np.int8),
            category=texts([row[2] for row in rows]),
            count=np.array([row[3] for row in rows], dtype=np.int32),
        ),
    )


def travel_of(scenario):
    """Every school of the stage for every block, 100 km a degree."""
    both = []
    for stage in Stage:
        school = np.flatnonzero(scenario.schools.serves(stage))
        metres = np.rint(
            100_000 * np.abs(scenario.blocks.longitude[:, None] - scenario.schools.longitude[school])
        ).astype(np.int32)
        order = np.lexsort((np.broadcast_to(school, metres.shape), metres), axis=1)
        blocks = len(scenario.blocks)
        both.append(
            Arcs(
                np.arange(blocks + 1) * len(school),
                school[order].ravel().astype(np.int32),
                np.take_along_axis(metres, order, axis=1).ravel(),
            )
        )
    return Travel((both[0], both[1]), "given", np.zeros((2, 0)), np.zeros((2, 0)), 100)


def with_preferences(scenario, *preferences, **policy):
    """The scenario with choice models, and whatever else of its policy."""
    entries = [Preferences(**entry) for entry in preferences]
    return replace(scenario, policy=replace(scenario.policy, preferences=entries, **policy))


def table_of(scenario, students):
    """Every child by id, rows told by ids: what must not depend on the order of the tables."""

    def named(rows, ids):
        return [None if row < 0 else ids[row] for row in rows]

    groups = {}
    for row, group in enumerate(students.twin_group):
        groups.setdefault(group, []).append(students.id[row])
    columns = {
        "stage": students.stage.tolist(),
        "block": named(students.block, scenario.blocks.id),
        "household_block": named(students.household_block, scenario.blocks.id),
        "origin": named(students.origin_school, scenario.schools.id),
        "sibling": named(students.sibling_school, scenario.schools.id),
        "twins": [None if g < 0 else tuple(sorted(groups[g])) for g in students.twin_group],
        "birth": students.birth_date.tolist(),
        "settled": students.settled_on.tolist(),
        "permit": students.permit_on.tolist(),
        "points": students.points.tolist(),
        "placement": students.placement.tolist(),
        "deferral": students.deferral.tolist(),
    } | {f"yes:{name}": values.tolist() for name, values in students.flags.items()}
    return {
        student: {name: values[row] for name, values in columns.items()}
        for row, student in enumerate(students.id)
    }
