"""One child: where it is, and every round on the way there."""

from __future__ import annotations

from simulator.explain.changes import what_would_have_changed
from simulator.explain.entering import takes_part
from simulator.explain.facts import Outcomes, StudentExplained
from simulator.explain.rounds import step
from simulator.explain.year import Year
from simulator.model import Reason

REPLAYS = 40
"""Plays of all rounds that staff may have for one child, if not told otherwise."""


def explain_student(
    year: Year, student: int, *, staff: bool = False, replays: int = REPLAYS
) -> StudentExplained:
    """Why a child is where it is.

    1. Where it is, and how it gets there.
    2. Every round in order: let in or not, schools tried, what decided (``rounds.step``).
    3. For staff, what would have changed it, each played again (``changes``).

    Args:
        student: row. staff: with seat prices and changes; without, fit for the family.
        replays: plays of all rounds at most, 0 for no changes.
    """
    played, students = year.admission, year.students
    steps = tuple(step(year, seen, student, staff=staff) for seen in year.seen)
    outcome = Outcomes.of(played, student)
    settled = year.scenario.settled
    reasons = settled.reason[settled.student == student]
    within = takes_part(year, student)
    changes = what_would_have_changed(year, student, outcome, steps, replays) if staff and within else None
    return StudentExplained(
        student=str(students.id[student]),
        stage=int(students.stage[student]),
        block=int(students.block[student]),
        outcome=outcome,
        means=int(played.means[student]),
        over=bool(played.over[student]),
        settled=str(reasons[0]) if len(reasons) and outcome.reason == Reason.SETTLED else "",
        staff=staff,
        steps=steps if within else (),
        changes=changes,
    )
