"""Multi-school zones of a drawing as a reader sees them: each group with its schools, children and seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model import UNPLACED, Stage, StageZones
from simulator.report.columns import Column, Table, coded, listed
from simulator.report.rezoning.view import ZonesView


@dataclass(frozen=True)
class Group:
    """One group of schools.

    Attributes:
        leader: row of the school that leads. schools: rows of all, it first, then by row.
        blocks, children, seats: of their zones. quality: mean score in tenths, by seats; None without scores.
        mean_metres: from the blocks to the school that leads.
    """

    leader: int
    schools: tuple[int, ...]
    blocks: int
    children: int
    seats: int
    quality: int | None
    mean_metres: int

    @property
    def excess(self) -> int:
        """Children beyond the seats of the group."""
        return max(self.children - self.seats, 0)


def groups_of(view: ZonesView, stage: StageZones) -> list[Group]:
    """The groups of a stage by the rows of the schools that lead; none where none were asked for."""
    if stage.groups is None:
        return []
    side = view.sides[stage.stage][1]
    leads, score = stage.groups.group, view.rezoning.scenario.schools.quality
    found = []
    for leader in np.unique(leads[leads != UNPLACED]).tolist():
        rows = np.flatnonzero(leads == leader)
        children, seats = int(side.loads[rows].sum()), int(stage.problem.seats[rows].sum())
        walked = int((side.loads[rows] * stage.groups.metres[rows]).sum())
        quality = None
        if score is not None and stage.groups.with_quality:
            points = int((stage.problem.seats[rows] * score[rows]).sum())
            quality = (20 * points + seats) // (2 * seats) if seats else None
        found.append(
            Group(
                leader=leader,
                schools=(leader, *(row for row in rows.tolist() if row != leader)),
                blocks=int(side.blocks[rows].sum()),
                children=children,
                seats=seats,
                quality=quality,
                mean_metres=(2 * walked + children) // (2 * children) if children else 0,
            )
        )
    return found


def group_name(view: ZonesView, group: Group) -> str:
    """The group by the school that leads it."""
    return view.words.text("zones_group_name", school=str(view.school_names[group.leader]))


def group_values(view: ZonesView, stage: StageZones) -> dict[str, Any] | None:
    """The section of a stage: lead, bound and rows; None where no groups were asked for."""
    made, words = stage.groups, view.words
    if made is None:
        return None
    rows = [
        {
            "name": group_name(view, group),
            "schools": [str(view.school_names[row]) for row in group.schools],
            "blocks": words.number(group.blocks),
            "children": words.number(group.children),
            "seats": words.number(group.seats),
            "per_child": words.percent(group.seats, group.children) if group.children else "",
            "excess": words.number(group.excess),
            "quality": "" if group.quality is None else f"{group.quality / 10:.1f}",
            "metres": words.number(group.mean_metres),
        }
        for group in groups_of(view, stage)
    ]
    tenths = (20_000 * (made.cost - made.bound) + made.cost) // (2 * made.cost) if made.cost else 0
    schools = int(np.sum(made.group != UNPLACED))
    lead = words.text("zones_groups_lead", groups=made.groups, schools=schools, areas=made.areas)
    alone = words.text("zones_groups_few_schools", wanted=made.wanted, schools=schools)
    fewer = words.text("zones_groups_areas", wanted=made.wanted, areas=made.areas)
    return {
        "lead": lead,
        "notes": [
            *([fewer] if made.wanted < made.areas else []),
            *([alone] if made.wanted > schools else []),
            *([] if made.with_quality else [words.text("zones_groups_no_quality")]),
        ],
        "bound": words.text(
            "zones_groups_bound",
            cost=words.kilometres(made.cost),
            bound=words.kilometres(made.bound),
            gap=f"{tenths // 100}.{tenths % 100:02d}%",
            seats=made.seats_off,
        ),
        "with_quality": made.with_quality,
        "rows": rows,
    }


def groups_table(view: ZonesView) -> Table:
    """One row per stage, group and school, the school that leads first."""
    rows = [
        (stage, group, school)
        for stage in view.rezoning.stages
        for group in groups_of(view, stage)
        for school in group.schools
    ]
    schools = view.rezoning.scenario.schools

    def load(row: tuple[StageZones, Group, int]) -> int:
        return int(view.sides[row[0].stage][1].loads[row[2]])

    return Table(
        "zone_groups",
        (
            coded("stage", Stage, "stage", np.array([row[0].stage for row in rows], dtype=np.int64)),
            listed("zone_group", "text", rows, lambda row: str(schools.id[row[1].leader])),
            listed("zone_group_name", "text", rows, lambda row: group_name(view, row[1])),
            listed("school", "text", rows, lambda row: str(schools.id[row[2]])),
            listed("school_name", "text", rows, lambda row: str(view.school_names[row[2]])),
            Column("leads", "yes_no", np.array([row[2] == row[1].leader for row in rows], dtype=np.bool_)),
            listed("new_load", "count", rows, load),
            listed("seats", "count", rows, lambda row: int(row[0].problem.seats[row[2]])),
            listed("group_children", "count", rows, lambda row: row[1].children),
            listed("group_seats", "count", rows, lambda row: row[1].seats),
        ),
    )


def group_rows(stage: StageZones) -> dict[int, list[int]]:
    """Block to all schools of its group, nearest first, those without a known way last, by row."""
    assert stage.groups is not None
    problem, led = stage.problem, stage.led_by
    found: dict[int, list[int]] = {}
    for block in np.flatnonzero(led != UNPLACED).tolist():
        own = slice(int(problem.offsets[block]), int(problem.offsets[block + 1]))
        way = dict(zip(problem.school[own].tolist(), problem.metres[own].tolist(), strict=True))
        schools = np.flatnonzero(stage.groups.group == led[block]).tolist()
        found[block] = sorted(schools, key=lambda school: (school not in way, way.get(school, 0), school))
    return found
