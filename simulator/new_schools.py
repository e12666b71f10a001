"""Where new schools save most: the table of contents of ``xuewei site``."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from simulator import admission, indicators, population, zoning
from simulator import travel as travelling
from simulator.model import (
    Fault,
    NewSchools,
    Ragged,
    Scenario,
    ScenarioError,
    SchoolKind,
    Schools,
    Sites,
    Stage,
    StageName,
    stage_of,
)
from simulator.model.arrays import Integers
from simulator.simulate import Clock, Progress, versions
from simulator.zoning import siting, walls
from simulator.zoning.siting.framing import candidates, frame_sites


def place(
    scenario: Scenario,
    stage: Stage | StageName,
    most_opened: int,
    *,
    aim: str = "",
    progress: Progress | None = None,
) -> NewSchools:
    """Choose where up to ``most_opened`` new schools of ``stage`` save most, beside the schools that stay.

    1. Children and seats as in ``rezone``. 2. Land: the table ``sites``, or every block's point.
    3. Ways to schools and sites, by the scenario's own travel. 4. The search, with a proven bound.

    Args:
        stage: as a word ("primary", "junior") or as ``Stage``. most_opened: 1 or more.
        aim: a name of ``zoning.siting.AIMS``; "" for the scenario's. progress: told each step as it begins.

    Raises:
        ScenarioError: there is no land to build on, or no way to it is known.
        KeyError: no aim of that name. ValueError: no stage of that name, or ``most_opened`` is below 1.
    """
    stage = stage_of(stage)
    if most_opened < 1:
        raise ValueError(f"most_opened is {most_opened}; at least one school must be allowed to open")
    aim = aim or scenario.policy.siting.aim
    clock = Clock(progress)
    clock.begin("population")
    students = scenario.students if scenario.students is not None else population.make_students(scenario)
    entrants = indicators.block_children(scenario, students)[stage]
    plan = admission.plan_seats(scenario.policy, scenario.schools)
    seats = indicators.ordinary_public_seats(scenario, admission.open_seats(scenario.schools, plan))[stage]
    clock.begin("travel")
    sites, from_blocks = candidates(scenario)
    if not len(sites):
        raise ScenarioError([Fault("siting_no_land", "scenario.toml", 0, "siting.reserved_only", "true")])
    schools = len(scenario.schools)
    travel = travelling.measure(with_schools_on(scenario, sites))

    def metres_of(blocks: Integers, rows: Integers) -> Integers:
        return travelling.metres(travel, stage, blocks, rows)

    clock.begin("siting")
    # Nothing here asks who is beside whom, so it need not be known by outlines or roads.
    by_points = replace(scenario.policy.zoning, neighbours="points")
    framed = zoning.frame(
        replace(scenario, policy=replace(scenario.policy, zoning=by_points)),
        stage,
        entrants=entrants,
        mixed=np.zeros_like(entrants),
        seats=seats,
        metres_of=metres_of,
    )
    problem, kept = frame_sites(
        scenario, stage, sites, framed, most_opened, lambda b, s: metres_of(b, s + schools)
    )
    if not np.any(~problem.kept[problem.site]):
        raise ScenarioError([_no_way(scenario, sites, travel.source)])
    found = siting.site(problem, aim)
    # Nothing is to be chosen here, so no work is spent on a bound.
    before = siting.site(replace(problem, most_opened=0), aim, work=0)
    clock.end()
    return NewSchools(
        scenario=scenario,
        stage=stage,
        sites=sites,
        from_blocks=from_blocks,
        problem=problem,
        kept=kept,
        proposal=found,
        before=before,
        source=travel.source,
        detour_percent=travel.detour_percent,
        versions=versions(),
        seconds=clock.seconds,
    )


def _no_way(scenario: Scenario, sites: Sites, source: str) -> Fault:
    """Why no block can go to any site: walls between them (a county written otherwise), or unknown ways."""
    names = scenario.policy.zoning.walls
    block, _ = walls.pairs_within(walls.columns(scenario.blocks, names), walls.columns(sites, names))
    if len(block):
        return Fault("siting_no_ways", "scenario.toml", 0, "travel.method", source)
    return Fault("siting_walled_off", "scenario.toml", 0, "zoning.walls", ", ".join(names))


def with_schools_on(scenario: Scenario, sites: Sites) -> Scenario:
    """The scenario with a school of both stages on every site, behind its own, to measure ways to."""
    old, more = scenario.schools, len(sites)
    given: dict[str, Any] = {name: getattr(sites, name) for name in ("id", "name", "county", "town")}
    given |= {name: getattr(sites, name) for name in ("longitude", "latitude", "district")}
    given["kind"] = np.full(more, SchoolKind.NINE_YEAR)
    columns = {}
    for field in fields(Schools):
        column = getattr(old, field.name)
        if column is None:
            continue
        added = given.get(field.name, np.zeros((*column.shape[:-1], more), dtype=column.dtype))
        columns[field.name] = np.concatenate((column, added.astype(column.dtype)), axis=-1)
    feeders = scenario.feeders.juniors
    offsets = np.concatenate((feeders.offsets, np.full(more, feeders.offsets[-1])))
    return replace(
        scenario,
        schools=Schools(**columns),
        feeders=replace(scenario.feeders, juniors=Ragged(offsets, feeders.values)),
    )
