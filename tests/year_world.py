"""A small year built by hand: schools, blocks, children and what became of them, for tests of the results."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import (
    NO_DATE,
    NO_METRES,
    UNPLACED,
    Admission,
    Arcs,
    Blocks,
    Feeders,
    Policy,
    Ragged,
    Round,
    Scenario,
    SchoolKind,
    Schools,
    SeatKind,
    Seats,
    Settled,
    Stage,
    Status,
    Students,
    Travel,
    Zones,
)
from simulator.model.arrays import texts
from simulator.model.tables import FLAGS

INT_COLUMNS = {
    "kind": 0,
    "ownership": 0,
    "county": 0,
    "town": -1,
    "cap": 0,
    "ceiling": -1,
    "boarding_beds": 0,
}
INT_COLUMNS |= {"group": -1, "district": -1, "approval_county": -1, "disabled_pupils": 0}
PAIR_COLUMNS = {"classes": 1, "class_size": 0, "planned_seats": -1, "pupils": 0, "leavers": 0}
PAIR_COLUMNS |= {"reserved_seats": 0, "purchased_seats": 0, "special_class_seats": 0}


def make_schools(rows: int, **columns) -> Schools:
    """``rows`` public primary schools with one class; any column may be given, (2, rows) ones as such."""
    values = {name: np.full(rows, value, dtype=np.int32) for name, value in INT_COLUMNS.items()}
    values |= {name: np.full((2, rows), value, dtype=np.int32) for name, value in PAIR_COLUMNS.items()}
    values |= {name: np.zeros(rows, dtype=bool) for name in ("bus", "resource_room", "protected")}
    values |= {name: np.full(rows, np.nan) for name in ("longitude", "latitude")}
    for name, given in columns.items():
        values[name][...] = given
    return Schools(
        id=texts([f"s{row}" for row in range(rows)]), name=texts([f"S{row}" for row in range(rows)]), **values
    )


def make_students(rows: int, *, ids=None, flags=None, **columns) -> Students:
    """``rows`` local primary entrants of block 0 without dates; any column or flag may be given."""
    values = {name: np.full(rows, UNPLACED, dtype=np.int32) for name in ("household_block", "origin_school")}
    values |= {name: np.full(rows, UNPLACED, dtype=np.int32) for name in ("sibling_school", "twin_group")}
    values |= {
        name: np.full(rows, NO_DATE, dtype=np.int32) for name in ("birth_date", "settled_on", "permit_on")
    }
    values |= {"stage": np.zeros(rows, dtype=np.int8), "block": np.zeros(rows, dtype=np.int32)}
    values |= {"points": np.zeros(rows, dtype=np.int64), "placement": np.zeros(rows, dtype=np.int8)}
    values |= {"deferral": np.zeros(rows, dtype=bool)}
    for name, given in columns.items():
        values[name][...] = given
    yes = {name: np.zeros(rows, dtype=bool) for name in FLAGS}
    for name, given in (flags or {}).items():
        yes[name][...] = given
    return Students(
        id=texts(ids if ids is not None else [f"c{row}" for row in range(rows)]), flags=yes, **values
    )


def make_scenario(
    schools: Schools,
    blocks: int = 1,
    zones=((), ()),
    *,
    block_county=0,
    block_town=-1,
    counties=("A", "B"),
    **policy,
) -> Scenario:
    """``zones``: per stage a sequence of (block, school). ``policy``: settings."""
    settings = {"name": "t", "year": 2026, "rounds": [Round(name="one")]} | policy
    ragged = []
    for pairs in zones:
        owner, school = (np.array([pair[k] for pair in pairs], dtype=np.int32) for k in (0, 1))
        ragged.append(Ragged.from_pairs(blocks, owner, school))
    column = lambda value: np.broadcast_to(np.asarray(value, dtype=np.int32), (blocks,)).copy()  # noqa: E731
    return Scenario(
        policy=Policy(**settings),
        counties=counties,
        towns=("T0", "T1街道", "T2"),
        groups=("G0", "G1"),
        districts=(),
        schools=schools,
        blocks=Blocks(
            id=texts([f"b{row}" for row in range(blocks)]),
            name=texts([f"B{row}" for row in range(blocks)]),
            county=column(block_county),
            town=column(block_town),
            district=column(UNPLACED),
            longitude=np.full(blocks, np.nan),
            latitude=np.full(blocks, np.nan),
            village=np.zeros(blocks, dtype=bool),
        ),
        zones=Zones((ragged[0], ragged[1])),
        feeders=Feeders(Ragged.empty(len(schools)), np.zeros(0)),
        settled=Settled(np.zeros(0, np.int32), np.zeros(0, np.int32), texts([])),
    )


def make_travel(scenario: Scenario, distances: tuple[dict, dict], source="given") -> Travel:
    """``distances``: per stage (block, school) to metres."""
    arcs = []
    for given in distances:
        rows = sorted((block, metres, school) for (block, school), metres in given.items())
        counts = np.bincount([row[0] for row in rows], minlength=len(scenario.blocks)) if rows else []
        offsets = np.concatenate(([0], np.cumsum(counts))) if rows else np.zeros(len(scenario.blocks) + 1)
        arcs.append(
            Arcs(
                offsets=offsets.astype(np.int64),
                school=np.array([row[2] for row in rows], dtype=np.int32),
                metres=np.array([row[1] for row in rows], dtype=np.int32),
            )
        )
    return Travel((arcs[0], arcs[1]), source, np.zeros((2, 0)), np.zeros((2, 0)), 100)


def make_seats(schools: Schools, stage_seats, *, pools=()) -> Seats:
    """Root, stage and general pool per school; ``stage_seats`` (2, schools); ``pools``: (school, stage,
    kind, seats), each taken out of the stage's general seats (boarding excepted)."""
    rows = len(schools)
    seats = np.asarray(stage_seats, dtype=np.int64)
    general = seats.copy()
    for school, stage, kind, count in pools:
        general[stage, school] -= count if kind != SeatKind.BOARDING else 0
    nodes = [(s, UNPLACED, SeatKind.SCHOOL, UNPLACED, int(seats[:, s].sum())) for s in range(rows)]
    node_of = {}
    for stage in Stage:
        for school in np.flatnonzero(schools.serves(stage)).tolist():
            node_of[school, stage] = len(nodes)
            nodes.append((school, stage, SeatKind.STAGE, school, int(seats[stage, school])))
    for (school, stage), node in node_of.items():
        nodes.append((school, stage, SeatKind.GENERAL, node, int(general[stage, school])))
    nodes += [(s, t, kind, node_of[s, t], count) for s, t, kind, count in pools]
    columns = [np.array([node[k] for node in nodes]) for k in range(5)]
    dtypes = (np.int32, np.int8, np.int8, np.int32, np.int64)
    return Seats(*(column.astype(dtype) for column, dtype in zip(columns, dtypes, strict=True)))


def make_admission(
    students: Students, seats: Seats, school, *, status=None, kind=None, **columns
) -> Admission:
    """Children placed in ``school`` (``UNPLACED``: unplaced) in general seats unless told otherwise."""
    rows = len(students)
    school = np.broadcast_to(np.asarray(school, dtype=np.int32), (rows,)).copy()
    if status is None:
        status = np.where(school == UNPLACED, Status.UNPLACED, Status.PLACED)
    status = np.broadcast_to(np.asarray(status, dtype=np.int8), (rows,)).copy()
    seated = (school != UNPLACED) & np.isin(status, (Status.PLACED, Status.PRIVATE))
    if kind is None:
        kind = SeatKind.GENERAL
    kind = np.where(seated, kind, UNPLACED).astype(np.int8)
    sitters = np.zeros(len(seats), dtype=np.int64)
    node_of = {key: node for node, key in enumerate(zip(seats.school, seats.stage, seats.kind, strict=True))}
    for row in np.flatnonzero(seated):
        sitters[node_of[school[row], students.stage[row], kind[row]]] += 1
    values = {
        "reason": np.zeros(rows, dtype=np.int8),
        "round": np.zeros(rows, dtype=np.int16),
        "metres": np.full(rows, NO_METRES, dtype=np.int32),
        "tier": np.full(rows, UNPLACED, dtype=np.int32),
        "draw": np.full(rows, UNPLACED, dtype=np.int64),
        "means": np.zeros(rows, dtype=np.int8),
        "in_zone": np.zeros(rows, dtype=bool),
        "nearest": np.zeros(rows, dtype=bool),
        "over": np.zeros(rows, dtype=bool),
    }
    for name, given in columns.items():
        if name in values:
            values[name][...] = given
    return Admission(
        status=status,
        school=school,
        kind=kind,
        seats=seats,
        load=seats.rolled_up(sitters),
        rounds=columns.get("rounds", ()),
        notices=(),
        draws={},
        **values,
    )


def permuted(students: Students, admission: Admission, order) -> tuple[Students, Admission]:
    """The same children and places in another row order."""
    rows = np.asarray(order, dtype=np.int64)
    columns = {k: v[rows] for k, v in vars(students).items() if isinstance(v, np.ndarray)}
    flags = {name: column[rows] for name, column in students.flags.items()}
    columns_of = {k: v for k, v in vars(admission).items() if isinstance(v, np.ndarray) and k != "load"}
    return (
        replace(students, **columns, flags=flags),
        replace(admission, **{name: column[rows] for name, column in columns_of.items()}),
    )


__all__ = [
    "SchoolKind",
    "make_admission",
    "make_scenario",
    "make_schools",
    "make_seats",
    "make_students",
    "make_travel",
    "permuted",
]
