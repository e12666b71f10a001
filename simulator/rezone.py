"""A scenario's zones drawn anew beside today's: the table of contents of ``xuewei zones``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from simulator import admission, indicators, load, population, zoning
from simulator import travel as travelling
from simulator.model import NO_METRES, Fault, Rezoning, Scenario, ScenarioError, Stage, StageZones, Travel
from simulator.model.arrays import Integers
from simulator.model.paths import PathName
from simulator.simulate import Clock, Progress, versions


def run(path: PathName, *, variant: str = "", overrides: Sequence[str] = (), method: str = "") -> Rezoning:
    """Load a scenario folder and draw its zones: the shortest way from files to a ``Rezoning``.

    Args:
        path, variant, overrides: as ``simulator.run`` takes them. method: replaces the scenario's.

    Raises:
        ScenarioError: the folder has faults, or zones cannot be drawn from what it holds.
    """
    scenario = load.scenario(path, variant=variant, overrides=overrides, needs_zones=False)
    return rezone(scenario, method=method)


def rezone(scenario: Scenario, *, method: str = "", progress: Progress | None = None) -> Rezoning:
    """Draw the zones of every stage that ``[zoning]`` names.

    1. The roster, given or made from counts: children who can claim an ordinary public seat, by block (R24).
    2. Seats: the ordinary ones of public schools, planned under their caps (R1, R2). 3. Distances.
    4. Per stage: the problem, today's zones seen as a drawing, and the drawing; its zones joined to
       multi-school zones where ``groups`` asks for them, and a layout of its upper grades where
       ``concentrate_classes`` does (R13).

    Args:
        method: a name of ``zoning.METHODS``; "" for the scenario's. progress: told each step as it begins.

    Raises:
        ScenarioError: no distances, or no outlines or roads where neighbours were asked for by them.
        KeyError: no method of that name.
    """
    settings = scenario.policy.zoning
    method = method or settings.method
    clock = Clock(progress)
    clock.begin("population")
    students = scenario.students if scenario.students is not None else population.make_students(scenario)
    entrants = indicators.block_children(scenario, students)
    mixed = np.zeros_like(entrants)
    if settings.balance != "none":
        mixed = indicators.block_children(scenario, students, settings.balance)
    plan = admission.plan_seats(scenario.policy, scenario.schools)
    seats = indicators.ordinary_public_seats(scenario, admission.open_seats(scenario.schools, plan))
    clock.begin("travel")
    travel = travelling.measure(scenario)
    require_places(scenario, travel)
    scenario = replace(scenario, warnings=scenario.warnings + travelling.warnings(scenario, travel))
    by = zoning.neighbours_from(scenario)
    by_road = travelling.neighbours_by_road(scenario, travel) if by == "roads" else None
    drawn = []
    for stage in (Stage[name.upper()] for name in settings.stages):
        clock.begin(f"zoning_{stage.name.lower()}")
        metres_of = partial(_metres, travel, stage)
        framed = zoning.frame(
            scenario,
            stage,
            entrants=entrants[stage],
            mixed=mixed[stage],
            seats=seats[stage],
            metres_of=metres_of,
            by_road=by_road,
        )
        proposed = zoning.draw(framed.problem, method, seconds=settings.seconds)
        groups = None
        if settings.groups:
            groups = zoning.group(framed.problem, proposed, scenario.schools.quality, settings, metres_of)
        concentration = None
        if settings.concentrate_classes:
            small = zoning.small_schools(scenario, stage, seats[stage])
            upper = zoning.frame(
                scenario,
                stage,
                entrants=entrants[stage],
                mixed=np.zeros_like(entrants[stage]),
                seats=np.where(small, 0, seats[stage]),
                metres_of=metres_of,
                by_road=by_road,
            )
            concentration = zoning.concentrate(framed, proposed, upper, small)
        today = zoning.status_quo(framed)
        drawn.append(StageZones(framed, today, proposed, groups, concentration))
    clock.end()
    return Rezoning(
        scenario=scenario,
        method=method,
        source=travel.source,
        detour_percent=travel.detour_percent,
        neighbours=by,
        stages=tuple(drawn),
        versions=versions(),
        seconds=clock.seconds,
    )


def require_places(scenario: Scenario, travel: Travel) -> None:
    """Zones need ways to weigh, and outlines or roads where the settings ask for neighbours by them.

    Raises:
        ScenarioError: one of them is missing, or no block has a known way to any school.
    """
    faults = []
    if travel.source == "zone_order":
        faults.append(Fault("zoning_no_distances", "scenario.toml", 0, "travel.method", travel.source))
    elif all(np.all(arcs.metres == NO_METRES) for arcs in travel.arcs):
        faults.append(Fault("zoning_no_ways", "scenario.toml", 0, "travel.method", travel.source))
    if scenario.policy.zoning.neighbours == "outlines" and scenario.blocks.outline is None:
        faults.append(Fault("zoning_no_outlines", "scenario.toml", 0, "zoning.neighbours", "outlines"))
    if scenario.policy.zoning.neighbours == "roads" and scenario.roads is None:
        faults.append(Fault("zoning_no_roads", "scenario.toml", 0, "zoning.neighbours", "roads"))
    if faults:
        raise ScenarioError(faults)


def _metres(travel: Travel, stage: Stage, blocks: Integers, schools: Integers) -> Integers:
    return travelling.metres(travel, stage, blocks, schools)
