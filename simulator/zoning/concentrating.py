"""Rural layout (R13): upper grades of small schools concentrated in larger ones, lower grades left.

What a layout means for the way and for boarding is worked out before anybody decides on it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.model import (
    UNPLACED,
    Concentration,
    FramedStage,
    Scenario,
    SchoolKind,
    Stage,
    ZoneProposal,
)
from simulator.model.arrays import Booleans, Integers
from simulator.zoning.part import only

GRADES = 3
"""Grades that are concentrated: 4-6 of primary schools, 7-9 of junior ones."""


def small_schools(scenario: Scenario, stage: Stage, seats: Integers) -> Booleans:
    """bool (schools,): public schools of the stage with seats for less than ``concentrate_classes`` classes.

    Protected schools keep all their grades, but for teaching points, which keep the lower ones (R15).

    Args:
        seats: int64 (schools,), ordinary public seats of the entry grade.
    """
    schools, policy = scenario.schools, scenario.policy
    standard = getattr(policy.class_size, stage.name.lower())
    small = (seats > 0) & (seats < policy.zoning.concentrate_classes * standard)
    ordinary = schools.serves(stage) & schools.public & (schools.kind != SchoolKind.SPECIAL)
    return np.asarray(small & ordinary & (~schools.protected | schools.teaching_point))


def concentrate(
    framed: FramedStage, drawn: ZoneProposal, upper: FramedStage, small: Booleans
) -> Concentration:
    """Where the upper grades go: blocks of small schools to larger ones, all others stay.

    A grade is taken to be as many children as enter, and a larger school to have as many seats in each
    grade as in its first. Whole blocks go to the larger schools of their walls by ``priced``, seats first,
    then way. Where there is none they stay, and their school keeps its upper grades for them.

    Args:
        framed, drawn: the stage and the zones of its entrants, in which lower grades stay.
        upper: the stage framed with seats at larger schools alone. small: bool (schools,), schools that send.
    """
    from simulator.zoning import priced

    problem = upper.problem
    block = problem.block
    lower = drawn.assigned
    sends = (lower != UNPLACED) & small[lower]
    stays = ~sends[block] & (problem.school == lower[block])
    kept = only(problem, stays | sends[block])
    # Whoever stays is no change; nobody is held to today's zones here.
    kept = replace(kept, today=np.full(problem.blocks, UNPLACED), most_changed=-1, balance_metres=0)
    found = priced.draw(kept).assigned
    after = np.where(sends & (found != UNPLACED), found, lower).astype(np.int32)
    loads = problem.loads(after)
    larger = np.where(small, 0, framed.problem.seats)
    return Concentration(
        small=small,
        before=lower,
        after=after,
        before_metres=framed.metres(lower),
        after_metres=np.where(after == lower, framed.metres(lower), upper.metres(after)),
        excess=np.where(small, 0, np.maximum(loads - larger, 0)),
        grades=GRADES,
    )
