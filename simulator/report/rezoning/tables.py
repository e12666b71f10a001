"""The tables of a rezoning: every block, every school, and the zone table that ``xuewei run`` reads."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from simulator.messages import Language
from simulator.model import UNPLACED, Scenario, SchoolKind, Stage, StageZones
from simulator.model.arrays import Booleans, Integers
from simulator.model.dictionary import ZONES
from simulator.report.columns import Column, Table, coded, listed, metres, named
from simulator.report.rezoning.groups import group_rows
from simulator.report.rezoning.view import ZonesView

STAGE_WORDS: dict[Language, tuple[str, str]] = {"zh": ("小学", "初中"), "en": ("primary", "junior")}


def blocks_table(view: ZonesView) -> Table:
    """One row per stage and block, in the order of the blocks."""
    scenario, stages = view.rezoning.scenario, view.rezoning.stages
    rows = np.tile(np.arange(len(scenario.blocks)), len(stages))
    sides = [view.sides[stage.stage] for stage in stages]
    old = _joined(today.zones.assigned for today, _ in sides)
    new = _joined(proposed.zones.assigned for _, proposed in sides)
    everywhere = np.ones(len(rows), dtype=np.bool_)
    ids, names = scenario.schools.id, view.school_names
    return Table(
        "zone_blocks",
        (
            Column("block", "text", scenario.blocks.id[rows]),
            Column("block_name", "text", view.block_names[rows]),
            coded("stage", Stage, "stage", np.repeat([s.stage for s in stages], len(scenario.blocks))),
            Column("entrants", "count", _joined(stage.problem.load for stage in stages)),
            named("old_school", ids, old),
            named("old_school_name", names, old),
            named("new_school", ids, new),
            named("new_school_name", names, new),
            metres("old_metres", _joined(today.metres for today, _ in sides), everywhere),
            metres("new_metres", _joined(proposed.metres for _, proposed in sides), everywhere),
            Column("moved", "yes_no", _joined(stage.moved for stage in stages)),
            Column("within_zone", "yes_no", _joined(view.within_zone(stage) for stage in stages)),
            Column("island", "yes_no", _joined(stage.proposed.island for stage in stages)),
            Column("detached", "yes_no", _joined(s.proposed.detached & ~s.proposed.island for s in stages)),
            Column("beyond_walking_limit", "yes_no", _joined(proposed.beyond for _, proposed in sides)),
        ),
    )


def _joined(columns: Iterable[Integers | Booleans]) -> Integers:
    return np.concatenate(list(columns))


def schools_table(view: ZonesView) -> Table:
    """One row per stage and school that has a zone today or in the drawing."""
    rows = [
        (stage, school)
        for stage in view.rezoning.stages
        for school in np.flatnonzero(
            (view.sides[stage.stage][0].blocks > 0) | (view.sides[stage.stage][1].blocks > 0)
        ).tolist()
    ]

    def sides(row: tuple[StageZones, int]) -> tuple[int, int, int, int, int, int]:
        today, proposed = view.sides[row[0].stage]
        at = row[1]
        return (
            int(today.loads[at]), int(proposed.loads[at]), int(today.zones.excess[at]),
            int(proposed.zones.excess[at]), int(today.blocks[at]), int(proposed.blocks[at]),
        )  # fmt: skip

    def price(row: tuple[StageZones, int]) -> tuple[int, int]:
        proposed = view.sides[row[0].stage][1]
        return int(proposed.price_children[row[1]]), int(proposed.price_metres[row[1]])

    schools = view.rezoning.scenario.schools
    figures = ("old_load", "new_load", "old_excess", "new_excess", "old_blocks", "new_blocks")
    return Table(
        "zone_schools",
        (
            coded("stage", Stage, "stage", np.array([row[0].stage for row in rows], dtype=np.int64)),
            listed("school", "text", rows, lambda row: str(schools.id[row[1]])),
            listed("school_name", "text", rows, lambda row: str(view.school_names[row[1]])),
            listed("seats", "count", rows, lambda row: int(row[0].problem.seats[row[1]])),
            *(
                listed(name, "count", rows, lambda row, place=place: sides(row)[place])  # type: ignore[misc]
                for place, name in enumerate(figures)
            ),
            listed("zone_price_children", "count", rows, lambda row: price(row)[0]),
            listed("zone_price", "count", rows, lambda row: price(row)[1]),
        ),
    )


def zone_rows(scenario: Scenario, stage: StageZones) -> list[tuple[int, int, int]]:
    """(block, school, order) of a stage as the zone table has it; order 0 where a block has one school.

    1. Each block with its school, or with those of its group. One that no school could be found for keeps
       today's.
    2. ``xuewei run`` refuses a public school with seats that no zone names, for it would stand empty. Such a
       school comes second in the zone of the block where it stands, or of a block it has today.
    """
    zones = scenario.zones.schools[stage.stage]
    chosen = {block: [school] for block, school in enumerate(stage.proposed.assigned.tolist()) if school >= 0}
    if stage.groups is not None:
        chosen = group_rows(stage)
    for block in np.flatnonzero(stage.proposed.assigned == UNPLACED).tolist():
        if len(zones[block]):
            chosen[block] = zones[block].tolist()
    named_schools = {school for listed_ in chosen.values() for school in listed_}
    for school in np.flatnonzero(_must_be_named(scenario, stage.stage)).tolist():
        block = int(stage.problem.home[school])
        today = zones.owners[zones.values == school]
        if block == UNPLACED and len(today):
            block = int(today[0])
        if school not in named_schools and block != UNPLACED:
            chosen.setdefault(block, []).append(school)
    return [
        (block, school, place if len(schools) > 1 else 0)
        for block, schools in sorted(chosen.items())
        for place, school in enumerate(schools, start=1)
    ]


def _must_be_named(scenario: Scenario, stage: Stage) -> Booleans:
    """bool (schools,): public schools that plan seats, and junior schools that no primary school feeds."""
    schools = scenario.schools
    planned = np.where(
        schools.planned_seats[stage] >= 0, schools.planned_seats[stage], schools.classes[stage]
    )
    needed = schools.serves(stage) & schools.public & (planned > 0) & (schools.kind != SchoolKind.SPECIAL)
    if stage == Stage.JUNIOR:
        needed[scenario.feeders.juniors.values] = False
    return needed


def zones_csv(view: ZonesView) -> pd.DataFrame:
    """The whole zone table: the drawing of the stages drawn, today's rows of the other stage."""
    scenario, language = view.rezoning.scenario, view.words.language
    drawn = {stage.stage: stage for stage in view.rezoning.stages}
    lines: list[tuple[str, str, str, str]] = []
    for stage in Stage:
        zones = scenario.zones.schools[stage]
        rows = (
            zone_rows(scenario, drawn[stage]) if stage in drawn else _today_rows(zones.owners, zones.values)
        )
        word = STAGE_WORDS[language][stage]
        lines += [
            (str(scenario.blocks.id[block]), str(scenario.schools.id[school]), word, str(order or ""))
            for block, school, order in rows
        ]
    headings = [column.headings[0] if language == "zh" else column.name for column in ZONES]
    return pd.DataFrame(lines, columns=headings, dtype=object)


def _today_rows(blocks: Integers, schools: Integers) -> list[tuple[int, int, int]]:
    """Today's rows, with an order in every zone of several schools."""
    count = np.bincount(blocks) if len(blocks) else blocks
    place = np.arange(len(blocks)) - np.searchsorted(blocks, blocks) + 1
    return [
        (block, school, order if count[block] > 1 else 0)
        for block, school, order in zip(blocks.tolist(), schools.tolist(), place.tolist(), strict=True)
    ]
