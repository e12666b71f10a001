"""No plan of seats is lost with a heading: an absent or misnamed column is a fault, a blank cell is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.load.headings import misnamed
from simulator.load.schools import STAGE_LABELS, STAGES
from simulator.load.table import Table
from simulator.model import Demand, Ownership, Policy, SchoolKind, Schools, Stage, Students
from simulator.model.arrays import Booleans

PLANS = ("classes", "planned_seats")


def check_seat_columns(
    table: Table, policy: Policy, schools: Schools, students: Students | None, demand: Demand | None
) -> None:
    """Refuse schools without a plan where the column of the plan, and not only its cell, is not there.

    1. Only schools with business: they serve a stage of which there are children and which a round fills with
       schools of that ownership. Special schools plan special classes and are left out.
    2. Such a school whose stage no column of the table could plan: ``no_seat_column``.
    3. One without a plan, where an unread heading resembles a column that is absent and would plan it:
       ``seat_heading_misnamed``.
    """
    unread = misnamed(table.sheet.headings, tuple(table.columns.values()), table.places)
    both = schools.serves(Stage.PRIMARY) & schools.serves(Stage.JUNIOR)
    lost: dict[str, Booleans] = {}
    for stage in STAGES:
        staged = [f"{stage.name.lower()}_{plan}" for plan in PLANS]
        plain = [*PLANS, *staged]
        business = _with_business(policy, schools, stage) & _has_children(stage, students, demand)
        for columns, kind in ((plain, ~both), (staged, both)):
            concerned = business & kind
            blank = concerned & (schools.classes[stage] == 0) & (schools.planned_seats[stage] < 0)
            nearest = [name for name in columns if name in unread]
            for name in nearest:
                lost[name] = lost.get(name, np.zeros(len(schools), dtype=np.bool_)) | blank
            if not nearest and concerned.any() and not any(table.has(name) for name in columns):
                _no_column(table, columns, concerned, stage)
    for name, blank in lost.items():
        if blank.any():
            table.ledger.add(
                "seat_heading_misnamed",
                table.file,
                table.sheet.heading_row,
                unread[name],
                unread[name],
                accepted=", ".join((*table.columns[name].headings, name)),
                count=int(blank.sum()),
            )
            table.ledger.withdraw_warning("heading_misnamed", table.file, unread[name])


def _no_column(table: Table, columns: Sequence[str], concerned: Booleans, stage: Stage) -> None:
    first = np.flatnonzero(concerned)[0]
    table.ledger.add(
        "no_seat_column",
        table.file,
        table.row(first),
        table.heading(columns[0]),
        count=int(concerned.sum()),
        accepted=", ".join(table.heading(name) for name in columns),
        stage=STAGE_LABELS[stage],
    )


def _has_children(stage: Stage, students: Students | None, demand: Demand | None) -> bool:
    """Whether there are children of the stage; where neither roster nor counts could be read, none."""
    noun = demand if students is None else students
    return noun is not None and bool(np.any(noun.stage == stage))


def _with_business(policy: Policy, schools: Schools, stage: Stage) -> Booleans:
    """bool (schools,): serves the stage, and some round of the stage takes children into such schools."""
    played = [entry for entry in policy.rounds if stage.name.lower() in entry.stages]
    owned = [schools.ownership == Ownership[word.upper()] for entry in played for word in entry.ownership]
    taken = np.any(owned, axis=0) if owned else np.zeros(len(schools), dtype=np.bool_)
    return schools.serves(stage) & (schools.kind != SchoolKind.SPECIAL) & taken
