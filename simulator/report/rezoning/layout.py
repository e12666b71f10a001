"""A layout of upper grades as a reader sees it: who goes where, how far, what beds it takes (R13, R17)."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import NO_METRES, Stage, StageZones
from simulator.model.arrays import Booleans, Integers
from simulator.report.columns import Column, Table, coded, listed
from simulator.report.rezoning.view import ZonesView


def far(stage: StageZones, metres: Integers) -> Booleans:
    """bool (blocks,): beyond the walking limit, so that children board, ride a bus or are an exception."""
    limit = stage.problem.limit_metres
    return np.asarray((metres != NO_METRES) & (metres > limit) & (limit > 0))


def layout_rows(stage: StageZones) -> list[dict[str, int]]:
    """One row per school that sends or takes in upper grades: codes and whole numbers, by row of the school.

    Children are those of all grades that go; ``beds_needed`` are those beyond the walking limit on arrival.
    """
    made = stage.concentration
    if made is None:
        return []
    load, moved = stage.problem.load * made.grades, made.moved
    away = far(stage, made.after_metres)
    rows = []
    for school in np.flatnonzero(
        made.small | np.isin(np.arange(len(made.small)), made.after[moved])
    ).tolist():
        sent, taken = moved & (made.before == school), moved & (made.after == school)
        kept = (made.after == school) & ~moved
        rows.append(
            {
                "school": school,
                "small": int(made.small[school]),
                "sent": int(load[sent].sum()),
                "taken": int(load[taken].sum()),
                "kept": int(load[kept].sum()),
                "beds_needed": int(load[taken & away].sum()),
                "beyond": int(made.excess[school]) * made.grades,
            }
        )
    return rows


def layout_facts(stage: StageZones) -> dict[str, int]:
    """Sums over the blocks whose upper grades go elsewhere."""
    made = stage.concentration
    assert made is not None
    load, moved = stage.problem.load * made.grades, made.moved
    known = moved & (made.before_metres != NO_METRES) & (made.after_metres != NO_METRES)
    return {
        "small": int(np.sum(made.small)),
        "emptied": sum(1 for row in layout_rows(stage) if row["small"] and not row["kept"]),
        "blocks": int(np.sum(moved)),
        "children": int(load[moved].sum()),
        "counted": int(load[known].sum()),
        "before_metres": int((load * made.before_metres)[known].sum()),
        "after_metres": int((load * made.after_metres)[known].sum()),
        "before_far": int(load[moved & far(stage, made.before_metres)].sum()),
        "after_far": int(load[moved & far(stage, made.after_metres)].sum()),
    }


def layout_values(view: ZonesView, stage: StageZones) -> dict[str, Any] | None:
    """The section of a stage; None where no layout was asked for."""
    if stage.concentration is None:
        return None
    words, facts, beds = view.words, layout_facts(stage), view.rezoning.scenario.schools.boarding_beds
    head = f"zones_layout_{stage.stage.name.lower()}"
    counted = max(facts["counted"], 1)

    def mean(metres: int) -> str:
        return words.number((2 * metres + counted) // (2 * counted))

    rows = layout_rows(stage)
    if not rows:
        none = words.text(
            "zones_layout_none", classes=view.rezoning.scenario.policy.zoning.concentrate_classes
        )
        return {"lead": none, "travel": "", "boarding": "", "rows": []}
    short = sum(max(row["beds_needed"] - int(beds[row["school"]]), 0) for row in rows)
    classes = view.rezoning.scenario.policy.zoning.concentrate_classes
    return {
        "lead": words.text(head, classes=classes, small=facts["small"], emptied=facts["emptied"]),
        "travel": words.text(
            "zones_layout_travel",
            blocks=facts["blocks"],
            children=facts["children"],
            before=mean(facts["before_metres"]),
            after=mean(facts["after_metres"]),
        ),
        "boarding": words.text(
            "zones_layout_boarding",
            limit=stage.problem.limit_metres,
            before=facts["before_far"],
            after=facts["after_far"],
            short=short,
        ),
        "rows": [
            {
                "name": str(view.school_names[row["school"]]),
                "sent": words.number(row["sent"]),
                "taken": words.number(row["taken"]),
                "kept": words.number(row["kept"]),
                "beyond": words.number(row["beyond"]),
                "needed": words.number(row["beds_needed"]),
                "beds": words.number(int(beds[row["school"]])),
                "bus": words.text("yes" if view.rezoning.scenario.schools.bus[row["school"]] else "no"),
            }
            for row in rows
        ],
    }


def layout_table(view: ZonesView) -> Table:
    """One row per stage and block whose upper grades go elsewhere."""
    rows = [
        (stage, block)
        for stage in view.rezoning.stages
        if stage.concentration is not None
        for block in np.flatnonzero(stage.concentration.moved).tolist()
    ]
    scenario = view.rezoning.scenario

    def of(row: tuple[StageZones, int], name: str) -> int:
        return int(getattr(row[0].concentration, name)[row[1]])

    def school(name: str) -> tuple[Column, Column]:
        ids, names = scenario.schools.id, view.school_names
        return (
            listed(f"layout_{name}", "text", rows, lambda row: str(ids[of(row, name)])),
            listed(f"layout_{name}_name", "text", rows, lambda row: str(names[of(row, name)])),
        )

    def children(row: tuple[StageZones, int]) -> int:
        made = row[0].concentration
        return int(row[0].problem.load[row[1]]) * (made.grades if made is not None else 0)

    def way(row: tuple[StageZones, int], name: str) -> int | None:
        metres = of(row, name)
        return None if metres == NO_METRES else metres

    return Table(
        "zone_layout",
        (
            coded("stage", Stage, "stage", np.array([row[0].stage for row in rows], dtype=np.int64)),
            listed("block", "text", rows, lambda row: str(scenario.blocks.id[row[1]])),
            listed("block_name", "text", rows, lambda row: str(view.block_names[row[1]])),
            listed("layout_children", "count", rows, children),
            *school("before"),
            listed("old_metres", "count", rows, lambda row: way(row, "before_metres")),
            *school("after"),
            listed("new_metres", "count", rows, lambda row: way(row, "after_metres")),
        ),
    )
