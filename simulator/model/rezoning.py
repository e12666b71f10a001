"""What ``xuewei zones`` finds: for each stage the problem, today's zones and the drawing, seen alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import (
    NO_METRES,
    UNPLACED,
    Booleans,
    Integers,
    Ragged,
    Tabular,
    freeze_columns,
    require_lengths,
)
from simulator.model.multi_school import SchoolGroups
from simulator.model.outcome import Notice
from simulator.model.scenario import Scenario, Source
from simulator.model.showing import ShownZones
from simulator.model.terms import Stage
from simulator.model.zoning import ZoneProposal, ZoningProblem
from simulator.model.zoning_settings import NeighbourSource


@dataclass(frozen=True)
class FramedStage:
    """One stage of a scenario as a problem, and what the problem alone does not say.

    Attributes:
        problem: the problem. zones: schools of each block today, several in a multi-school zone.
        today_metres: int64 (blocks,), way to ``problem.today``, ``NO_METRES`` if unknown.
        notices: what had to be decided to state the problem, for people.
    """

    problem: ZoningProblem
    zones: Ragged
    today_metres: Integers
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        require_lengths("FramedStage", self.problem.blocks, today_metres=self.today_metres)
        freeze_columns(self)

    @property
    def unmeasured(self) -> Booleans:
        """bool (blocks,): blocks that stay with today's school, for no metres: the way there is not known."""
        stays = self.problem.arc(self.problem.today) != UNPLACED
        return np.asarray(stays & (self.today_metres == NO_METRES))

    def metres(self, assigned: Integers) -> Integers:
        """int64 (blocks,): way to the school in ``assigned`` int (blocks,), ``NO_METRES`` if unknown."""
        arc = self.problem.arc(assigned)
        found = np.full(self.problem.blocks, NO_METRES, dtype=np.int64)
        found[arc != UNPLACED] = self.problem.metres[arc[arc != UNPLACED]]
        own = (assigned == self.problem.today) & (assigned != UNPLACED)
        return np.where(own, self.today_metres, found)


@dataclass(frozen=True)
class Concentration(Tabular):
    """A rural layout (R13): upper grades of small schools go to larger ones. A proposal, never a decision.

    Attributes:
        small: bool (schools,), schools that send their upper grades. excess: int64 (schools,), children of a
            grade beyond the seats of a larger school.
        before, after: int32 (blocks,), school of the upper grades, ``UNPLACED`` for none.
        before_metres, after_metres: int64 (blocks,), ``NO_METRES`` if unknown.
        grades: how many grades go; each counted as the children who enter.
    """

    not_rows = frozenset({"small", "excess"})

    before: Integers
    after: Integers
    before_metres: Integers
    after_metres: Integers
    small: Booleans
    excess: Integers
    grades: int

    def __post_init__(self) -> None:
        rows = {name: getattr(self, name) for name in ("after", "before_metres", "after_metres")}
        require_lengths("Concentration", len(self.before), **rows)
        require_lengths("Concentration", len(self.small), excess=self.excess)
        freeze_columns(self)

    @property
    def moved(self) -> Booleans:
        """bool (blocks,): blocks whose upper grades go elsewhere."""
        return np.asarray(self.before != self.after)


@dataclass(frozen=True)
class StageZones:
    """Old and new zones of one stage.

    Attributes:
        framed: the problem and today's ways. today, proposed: the zones as they are, and the drawing.
        groups: the drawing's zones joined to multi-school zones, None where that was not asked for.
        concentration: a layout of the upper grades, None where that was not asked for.
    """

    framed: FramedStage
    today: ZoneProposal
    proposed: ZoneProposal
    groups: SchoolGroups | None = None
    concentration: Concentration | None = None

    @property
    def problem(self) -> ZoningProblem:
        """The problem both answer."""
        return self.framed.problem

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.problem.stage

    @property
    def led_by(self) -> Integers:
        """int32 (blocks,): the school that leads the block's group, ``UNPLACED`` where there is none."""
        school = self.proposed.assigned
        if self.groups is None:
            return np.full(len(school), UNPLACED, dtype=np.int32)
        return np.where(school == UNPLACED, UNPLACED, self.groups.group[school]).astype(np.int32)

    @property
    def moved(self) -> Booleans:
        """bool (blocks,): blocks that have a school today and another one in the drawing."""
        return self.problem.leaves_today(self.proposed.assigned)


@dataclass(frozen=True, repr=False)
class Rezoning(ShownZones):
    """The drawing of a scenario's zones beside today's. A proposal, never a decision.

    Attributes:
        scenario: the scenario. method: name of the method.
        source, detour_percent: where the metres come from, as in ``Travel``.
        neighbours: where neighbours come from. stages: the stages drawn, in order.
        versions: library to version, for the manifest. seconds: wall time per step, for ``timings.json``.
    """

    scenario: Scenario
    method: str
    source: Source
    detour_percent: int
    neighbours: NeighbourSource
    stages: tuple[StageZones, ...]
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
