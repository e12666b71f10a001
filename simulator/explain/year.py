"""The year played again, witnessed: what every explanation looks things up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from simulator import admission, population
from simulator import travel as travelling
from simulator.admission import Memory, Seen
from simulator.messages import Bilingual, text
from simulator.model import (
    UNPLACED,
    Admission,
    Fault,
    Recorded,
    RoundRecord,
    Scenario,
    ScenarioError,
    SeatKind,
    Students,
    Travel,
    Wishes,
)
from simulator.model.arrays import Integers

NEAR = 3
"""Ids suggested for an unknown one."""

COMPARED = 20_000
"""Ids held against an unknown one at most."""


@dataclass(frozen=True)
class Year:
    """One scenario played to its end, with what each round saw.

    Attributes:
        memory: of this play, for plays with other seats. seen: one per round. records: round to its record.
    """

    scenario: Scenario
    students: Students
    wishes: Wishes
    travel: Travel
    admission: Admission
    memory: Memory
    seen: tuple[Seen, ...]
    records: Mapping[int, RoundRecord]


def play_year(scenario: Scenario) -> Year:
    """Play a scenario as ``simulate`` does, up to the admission, and keep what each round saw.

    Raises:
        AccountingError, CertificateError: as ``admission.play``.
    """
    students = scenario.students if scenario.students is not None else population.make_students(scenario)
    travel = travelling.measure(scenario)
    wishes = population.make_wishes(scenario, students, travel)
    memory, seen = Memory(), list[Seen]()
    played = admission.play(scenario, students, wishes, travel, memory=memory, witness=seen)
    records = {record.round: record for record in played.rounds}
    return Year(scenario, students, wishes, travel, played, memory, tuple(seen), records)


def require_same_outcome(year: Year, recorded: Recorded, versions: Mapping[str, str]) -> None:
    """Hold the replay against what the run recorded: status, school and round of every child.

    Raises:
        ScenarioError: they differ, with how many and one of them; nothing may then be explained.
    """
    played, students = year.admission, year.students
    known = np.append(year.scenario.schools.id, "")
    names = np.array([entry.name for entry in year.scenario.policy.rounds] + [""], dtype=object)
    if not np.array_equal(students.id, recorded.id):
        differs = np.ones(max(len(students), len(recorded)), dtype=np.bool_)
        one = str(recorded.id[0]) if len(recorded) else ""
    else:
        differs = played.status != recorded.status
        differs |= known[played.school] != recorded.school
        differs |= names[played.round] != recorded.round
        one = str(students.id[np.argmax(differs)]) if differs.any() else ""
    if not differs.any():
        return
    other = {name: value for name, value in recorded.versions.items() if versions.get(name) != value}
    shown = other or {"xuewei": recorded.versions.get("xuewei", "")}
    details = {
        "count": int(differs.sum()),
        "student": one,
        "recorded": ", ".join(f"{name} {value}" for name, value in shown.items()),
        "used": ", ".join(f"{name} {versions.get(name, '-')}" for name in shown),
    }
    raise ScenarioError([Fault("run_not_repeated", details=details)])


def find_student(year: Year, student: str) -> int:
    """Row of the child with this id.

    Raises:
        ScenarioError: there is none; ids like it are named.
    """
    rows = np.flatnonzero(year.students.id == student)
    if len(rows):
        return int(rows[0])
    near = nearest(student, year.students.id.tolist())
    raise ScenarioError([Fault("unknown_child", value=student, details={"nearest": did_you_mean(near)})])


def find_school(year: Year, school: str) -> int:
    """Row of the school with this id, or with this name if only one has it.

    Raises:
        ScenarioError: there is none, with ids and names like it; or several have the name.
    """
    schools = year.scenario.schools
    rows = np.flatnonzero(schools.id == school)
    rows = rows if len(rows) else np.flatnonzero(schools.name == school)
    if len(rows) == 1:
        return int(rows[0])
    if len(rows):
        details = {"count": len(rows), "ids": ", ".join(schools.id[rows].tolist())}
        raise ScenarioError([Fault("several_schools_named", value=school, details=details)])
    pairs = zip(schools.id.tolist(), schools.name.tolist(), strict=True)
    labels = {word: f"{name} {row}".strip() for row, name in pairs for word in (row, name) if word}
    near = list(dict.fromkeys(labels[word] for word in nearest(school, list(labels))))
    fault = Fault("unknown_school_named", value=school, details={"nearest": did_you_mean(near)})
    raise ScenarioError([fault])


def nearest(word: str, known: Sequence[str]) -> list[str]:
    """At most ``NEAR`` of ``known`` that are most like ``word``: that hold it, else that resemble it."""
    folded = word.strip().casefold()
    holding = [one for one in known if folded and folded in one.casefold()]
    if holding:
        return sorted(holding, key=lambda one: (len(one), one))[:NEAR]
    head = folded[: max(len(folded) // 2, 1)]
    alike = [one for one in known if one.casefold().startswith(head)] or list(known)
    return get_close_matches(word, alike[:COMPARED], n=NEAR, cutoff=0.5)


def did_you_mean(near: Sequence[str]) -> Bilingual:
    """The near ones in brackets, nothing where there are none."""
    if not near:
        return Bilingual("", "")
    return Bilingual(
        text("nearest", "zh", suggestion="、".join(near)), text("nearest", "en", suggestion=", ".join(near))
    )


def pool_row(record: RoundRecord, school: int, stage: int, kind: int) -> int:
    """Row of one pool in the record of a round, ``UNPLACED`` where nobody applied to it."""
    rows = np.flatnonzero((record.school == school) & (record.stage == stage) & (record.kind == kind))
    return int(rows[0]) if len(rows) else UNPLACED


def final_pool(year: Year, seen: Seen, students: Integers) -> Integers:
    """The pool of the round's seat tree in which each child holds a place of this round at the end.

    int64 (children,), ``UNPLACED`` where it holds none of this round.
    """
    assert seen.played is not None
    seats, played = seen.played.free, year.admission
    leaf = np.full((len(SeatKind), 2, len(year.scenario.schools)), UNPLACED, dtype=np.int64)
    leaves = np.flatnonzero(seats.kind >= SeatKind.GENERAL)
    leaf[seats.kind[leaves], seats.stage[leaves], seats.school[leaves]] = leaves
    here = (played.round[students] == seen.row) & (played.kind[students] != UNPLACED)
    node = leaf[played.kind[students], year.students.stage[students], played.school[students]]
    return np.where(here, node, UNPLACED)


def beyond_seats(year: Year, record: RoundRecord, row: int) -> int:
    """Children a round seated beyond the seats of one pool, to keep twins together (``twins.last_seat``)."""
    played = year.admission
    here = played.over & (played.round == record.round) & (played.school == record.school[row])
    here &= (played.kind == record.kind[row]) & (year.students.stage == record.stage[row])
    return int(here.sum())
