"""Small worlds in a few lines: schools, blocks, children and rounds as keyword arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from simulator import admission, population
from simulator import travel as travelling
from simulator.model import (
    NO_DATE,
    UNPLACED,
    Admission,
    Blocks,
    Feeders,
    Ownership,
    Placement,
    Policy,
    Ragged,
    Round,
    Scenario,
    SchoolKind,
    Schools,
    Settled,
    Stage,
    Status,
    Students,
    Wishes,
    Zones,
)
from simulator.model.arrays import texts
from simulator.model.tables import FLAGS

KILOMETRE = 1 / 111.2
"""Degrees of latitude; worlds lie on one meridian, so a block's place is one number of kilometres."""


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def school(name: str, at: float = 0.0, kind: str = "primary", seats: int | tuple[int, int] = 0, **more: Any):
    """One school ``at`` kilometres north; ``seats`` planned, for both stages if a pair."""
    both = seats if isinstance(seats, tuple) else ((0, seats) if kind in JUNIOR_ONLY else (seats, 0))
    return {"id": name, "at": at, "kind": kind, "planned_seats": both, **more}


JUNIOR_ONLY = ("junior", "complete_secondary")


def block(name: str, at: float = 0.0, **more: Any) -> dict[str, Any]:
    return {"id": name, "at": at, **more}


def child(name: str, block: str = "", stage: str = "primary", **more: Any) -> dict[str, Any]:
    return {"id": name, "block": block, "stage": stage, **more}


def a_round(name: str = "zone", **settings: Any) -> Round:
    return Round(name=name, **settings)


@dataclass(frozen=True)
class World:
    scenario: Scenario
    students: Students
    wishes: Wishes


def world(
    schools: list[dict[str, Any]],
    blocks: list[dict[str, Any]],
    children: list[dict[str, Any]],
    rounds: list[Round],
    zones: dict[tuple[str, str], list[str]] | None = None,
    wishes: list[tuple[str, str, int, str]] | None = None,
    settled: list[tuple[str, str]] | None = None,
    feeders: dict[str, list[str]] | None = None,
    **policy: Any,
) -> World:
    """Build a world; ``zones``: (block, stage) to schools; ``wishes``: (child, round, place, school)."""
    school_row = {s["id"]: i for i, s in enumerate(schools)}
    block_row = {b["id"]: i for i, b in enumerate(blocks)}
    child_row = {c["id"]: i for i, c in enumerate(children)}
    round_row = {r.name: i for i, r in enumerate(rounds)}
    labels: dict[str, dict[str, int]] = {"county": {}, "town": {}, "group": {}, "district": {}}

    def label(kind: str, record: dict[str, Any], key: str = "") -> int:
        name = record.get(key or kind, "" if kind != "county" or key else "county")
        return UNPLACED if name == "" else labels[kind].setdefault(name, len(labels[kind]))

    def numbers(records: list[dict[str, Any]], key: str, default: Any) -> np.ndarray:
        return np.array([r.get(key, default) for r in records])

    def pairs(key: str, default: int = 0) -> np.ndarray:
        values = [s.get(key, (default, default)) for s in schools]
        return np.array(values, dtype=np.int32).reshape(-1, 2).T

    kinds = np.array([SchoolKind[s["kind"].upper()] for s in schools], dtype=np.int8)
    made = Schools(
        id=texts([s["id"] for s in schools]),
        name=texts([s["id"] for s in schools]),
        kind=kinds,
        ownership=np.array([Ownership[s.get("ownership", "public").upper()] for s in schools], dtype=np.int8),
        county=np.array([label("county", s) for s in schools], dtype=np.int32),
        town=np.array([label("town", s) for s in schools], dtype=np.int32),
        longitude=np.full(len(schools), 116.0),
        latitude=24.0 + numbers(schools, "at", 0.0) * KILOMETRE,
        classes=pairs("classes"),
        class_size=pairs("class_size"),
        planned_seats=pairs("planned_seats", -1),
        pupils=pairs("pupils"),
        leavers=pairs("leavers"),
        cap=numbers(schools, "cap", 0).astype(np.int32),
        ceiling=numbers(schools, "ceiling", -1).astype(np.int32),
        reserved_seats=pairs("reserved_seats"),
        purchased_seats=pairs("purchased_seats"),
        special_class_seats=pairs("special_class_seats"),
        boarding_beds=numbers(schools, "beds", 0).astype(np.int32),
        bus=numbers(schools, "bus", False).astype(bool),
        group=np.array([label("group", s) for s in schools], dtype=np.int32),
        district=np.array([label("district", s) for s in schools], dtype=np.int32),
        approval_county=np.array([label("county", s, "approval_county") for s in schools], dtype=np.int32),
        disabled_pupils=numbers(schools, "disabled_pupils", 0).astype(np.int32),
        resource_room=numbers(schools, "resource_room", False).astype(bool),
        protected=np.zeros(len(schools), dtype=bool),
    )
    made_blocks = Blocks(
        id=texts([b["id"] for b in blocks]),
        name=texts([b["id"] for b in blocks]),
        county=np.array([label("county", b) for b in blocks], dtype=np.int32),
        town=np.array([label("town", b) for b in blocks], dtype=np.int32),
        district=np.array([label("district", b) for b in blocks], dtype=np.int32),
        longitude=np.full(len(blocks), 116.0),
        latitude=24.0 + numbers(blocks, "at", 0.0) * KILOMETRE,
        village=np.zeros(len(blocks), dtype=bool),
    )
    ragged = []
    for stage in Stage:
        owners, values = [], []
        for (name, of_stage), own in (zones or {}).items():
            if of_stage == stage.name.lower():
                owners += [block_row[name]] * len(own)
                values += [school_row[s] for s in own]
        ragged.append(
            Ragged.from_pairs(len(blocks), np.array(owners, dtype=np.int64), np.array(values, dtype=np.int32))
        )
    fed = [(school_row[p], school_row[j]) for p, own in (feeders or {}).items() for j in own]
    juniors = Ragged.from_pairs(
        len(schools),
        np.array([p for p, _ in fed], dtype=np.int64),
        np.array([j for _, j in fed], dtype=np.int32),
    )
    twins: dict[str, int] = {}

    def dates(key: str) -> np.ndarray:
        return np.array([day(c[key]) if key in c else NO_DATE for c in children], dtype=np.int32)

    def rows(key: str, table: dict[str, int]) -> np.ndarray:
        return np.array([table[c[key]] if c.get(key) else UNPLACED for c in children], dtype=np.int32)

    students = Students(
        id=texts([c["id"] for c in children]),
        stage=np.array([Stage[c["stage"].upper()] for c in children], dtype=np.int8),
        block=rows("block", block_row),
        household_block=rows("household_block", block_row),
        origin_school=rows("origin", school_row),
        sibling_school=rows("sibling", school_row),
        twin_group=np.array(
            [twins.setdefault(c["twins"], len(twins)) if c.get("twins") else UNPLACED for c in children],
            dtype=np.int32,
        ),
        birth_date=dates("born"),
        settled_on=dates("settled_on"),
        permit_on=dates("permit_on"),
        points=numbers(children, "points", 0).astype(np.int64) * 100,
        placement=np.array([Placement[c.get("placement", "none").upper()] for c in children], dtype=np.int8),
        deferral=numbers(children, "deferral", False).astype(bool),
        flags={name: numbers(children, name, False).astype(bool) for name in FLAGS},
    )
    listed = sorted((child_row[c], round_row[r], place, school_row[s]) for c, r, place, s in wishes or [])
    columns = np.array(listed, dtype=np.int32).reshape(-1, 4).T
    fixed = [(child_row[c], school_row[s]) for c, s in settled or []]
    scenario = Scenario(
        policy=Policy(name="small", year=2026, rounds=rounds, **policy),
        counties=tuple(labels["county"]),
        towns=tuple(labels["town"]),
        groups=tuple(labels["group"]),
        districts=tuple(labels["district"]),
        schools=made,
        blocks=made_blocks,
        zones=Zones(schools=(ragged[0], ragged[1])),
        feeders=Feeders(juniors=juniors, share=np.ones(len(fed))),
        settled=Settled(
            student=np.array([c for c, _ in fixed], dtype=np.int32),
            school=np.array([s for _, s in fixed], dtype=np.int32),
            reason=texts(["settled"] * len(fixed)),
        ),
        students=students,
        wishes=Wishes(
            student=columns[0],
            round=columns[1].astype(np.int16),
            position=columns[2].astype(np.int16),
            school=columns[3],
        ),
    )
    assert scenario.wishes is not None
    return World(scenario, students, scenario.wishes)


def play(the_world: World) -> Admission:
    scenario = the_world.scenario
    travel = travelling.measure(scenario)
    wishes = population.make_wishes(scenario, the_world.students, travel)
    return admission.play(scenario, the_world.students, wishes, travel)


def places(the_world: World, answer: Admission | None = None) -> dict[str, str]:
    """Child to school, or to its status in capitals where it has no school."""
    answer = answer if answer is not None else play(the_world)
    schools = the_world.scenario.schools.id
    return {
        str(child): str(schools[school]) if school != UNPLACED else Status(status).name
        for child, school, status in zip(the_world.students.id, answer.school, answer.status, strict=True)
    }
