"""Why a round let a child in or did not, and on which rules of the table (docs/rules.md) a round rests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import admission
from simulator.admission.reach import Field, admitting_schools, find_pairs
from simulator.explain.facts import Hindrance
from simulator.explain.year import Year
from simulator.model import UNPLACED, Ownership, Placement, Round, Stage, Standing, Status


def hindrances(year: Year, seen: admission.Seen, student: int) -> tuple[Hindrance, ...]:
    """Every reason why round ``seen`` did not let the child in; none where it did.

    The conditions are those of ``admission.play.who_enters``, one by one.
    """
    entry, students = year.scenario.policy.rounds[seen.row], year.students
    found = []
    if Stage(int(students.stage[student])).name.lower() not in entry.stages:
        found.append(Hindrance("stage"))
    if seen.school[student] != UNPLACED and not may_move(year, seen, student):
        found.append(Hindrance("placed"))
    if entry.who and not any(students.yes(name)[student] for name in entry.who):
        found.append(Hindrance("who", tuple(entry.who)))
    missing = tuple(name for name in entry.needs if not students.yes(name)[student])
    if missing:
        found.append(Hindrance("needs", missing))
    held = tuple(name for name in entry.exclude if students.yes(name)[student])
    if held:
        found.append(Hindrance("exclude", held))
    if not entry.coordination and seen.standing[student] == Standing.COORDINATION_ONLY:
        away = stayed_away(year, seen, student)
        found.append(Hindrance("standing_absent" if away else "standing"))
    wishes = year.wishes
    if entry.applied and not ((wishes.student == student) & (wishes.round == seen.row)).any():
        found.append(Hindrance("applied"))
    return tuple(found)


def stayed_away(year: Year, seen: admission.Seen, student: int) -> bool:
    """Whether a round before ``seen`` left the child to coordination for not coming where it was admitted."""
    for before in year.seen[: seen.row]:
        keeps = year.scenario.policy.rounds[before.row].no_shows_keep
        if before.played is None or keeps != "coordination":
            continue
        rows = np.flatnonzero(before.played.entry.applications.student == student)
        if np.any(before.played.unclaimed[rows] != UNPLACED):
            return True
    return False


def may_move(year: Year, seen: admission.Seen, student: int) -> bool:
    """Whether a child placed before may enter: the round lets such children in, and it sits in a seat.

    A child on a school's register only has no seat to leave; settled children are out of the rounds.
    """
    entry = year.scenario.policy.rounds[seen.row]
    registered = year.admission.status[student] == Status.TAUGHT_AT_HOME
    return entry.may_move and not registered


def private_left_out(year: Year, seen: admission.Seen, student: int) -> bool:
    """Whether a child let in would have had private schools in reach, and has not for confirming none.

    Looked up as the round itself does (``admission.reach.find_pairs``), without that entry of the child.
    """
    entry, students = year.scenario.policy.rounds[seen.row], year.students
    if "private_declined" in entry.no_shows or not students.yes("private_declined")[student]:
        return False
    stage, none = Stage(int(students.stage[student])), np.zeros(len(students), dtype=np.bool_)
    found = find_pairs(
        Field(
            scenario=year.scenario,
            students=replace(students, flags={**students.flags, "private_declined": none}),
            travel=year.travel,
            wishes=year.wishes,
            entry=entry,
            round_row=seen.row,
            stage=stage,
            entrants=np.array([student], dtype=np.int64),
            open_schools=admitting_schools(entry, year.scenario, stage),
            school_now=seen.school,
        )
    )
    has = seen.pairs.school[seen.pairs.student == student]
    private = year.scenario.schools.ownership[found.school] != Ownership.PUBLIC
    return bool(np.any(private & ~np.isin(found.school, has)))


def takes_part(year: Year, student: int) -> bool:
    """Whether the child is in the rounds at all: not settled beforehand, of age, not declined, ..."""
    outside = (Status.NOT_OF_AGE, Status.DEFERRED, Status.ENROLLED_ELSEWHERE, Status.DECLINED)
    settled = year.scenario.settled.student
    return int(year.admission.status[student]) not in outside and not bool((settled == student).any())


PLACEMENTS = frozenset(placement.name.lower() for placement in Placement if placement != Placement.NONE)


def rules_of(entry: Round) -> tuple[str, ...]:
    """Rules of the table that a round rests on, by its settings, rising."""
    private = {Ownership.PRIVATE.name.lower(), Ownership.INCLUSIVE_PRIVATE.name.lower()}
    reach, who = set(entry.reach), {*entry.who, *entry.needs}
    holds = {
        "R3": entry.coordination,
        "R17": entry.boarding,
        "R20": bool(PLACEMENTS & who) or {"special_class", "register_only"} & set(entry.pools),
        "R24": "residence_permit" in entry.needs or "migrant" in entry.who,
        "R25": "reserved" in entry.pools and "migrant" in who,
        "R26": "purchased" in entry.pools,
        "R27": reach & {"zone", "household_zone"} or (entry.coordination and "county" in reach),
        "R28": reach & {"feeder", "direct"},
        "R29": bool(private & set(entry.ownership)) and "purchased" not in entry.pools,
        "R30": entry.mechanism == "lottery" and bool(private & set(entry.ownership)),
        "R36": "education_group" in reach,
        "R37": "learning_district" in reach,
    }
    return tuple(rule for rule, applies in holds.items() if applies)
