"""Old and new zones as a reader sees them: names, ways and loads, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.model import NO_METRES, UNPLACED, Rezoning, Stage, StageZones, ZoneProposal
from simulator.model.arrays import Booleans, Integers, Texts
from simulator.report.maps import Ground, ground
from simulator.report.naming import unique_names
from simulator.report.words import Words

SERVICE_METRES = {Stage.PRIMARY: 500, Stage.JUNIOR: 1000}
"""Service radius of a school in a town: GB 50099-2011, 4.1.4."""


@dataclass(frozen=True)
class Side:
    """One side of the comparison: today's zones, or the drawing.

    Attributes:
        zones: the proposal. metres: int64 (blocks,), way to its school, ``NO_METRES`` if unknown.
        loads: int64 (schools,), children. blocks: int64 (schools,), blocks of each zone.
        price_children, price_metres: int64 (schools,), the two parts of what one more seat saves: a child
            more within the seats, and metres (below 0 where that child then walks farther).
        beyond: bool (blocks,), with children and beyond the walking limit. near: within the service radius.
    """

    zones: ZoneProposal
    metres: Integers
    loads: Integers
    blocks: Integers
    price_children: Integers
    price_metres: Integers
    beyond: Booleans
    near: Booleans


@dataclass(frozen=True)
class ZonesView:
    """A rezoning in one language.

    Attributes:
        rezoning: what is reported. words: its language.
    """

    rezoning: Rezoning
    words: Words

    @cached_property
    def school_names(self) -> Texts:
        """object (schools,): each school's name, told apart where two schools share one."""
        scenario = self.rezoning.scenario
        schools = scenario.schools
        return unique_names(self.words, schools.name, schools.id, schools.town, scenario.towns)

    @cached_property
    def block_names(self) -> Texts:
        """object (blocks,): each block's name, told apart where two blocks share one."""
        scenario = self.rezoning.scenario
        blocks = scenario.blocks
        return unique_names(self.words, blocks.name, blocks.id, blocks.town, scenario.towns)

    @cached_property
    def ground(self) -> Ground:
        """The polygon of each block: its outline or the cell around its point."""
        return ground(self.rezoning.scenario.blocks, self.rezoning.scenario.schools)

    @cached_property
    def sides(self) -> dict[Stage, tuple[Side, Side]]:
        """Today's zones and the drawing, by stage."""
        return {
            stage.stage: (side_of(stage, stage.today), side_of(stage, stage.proposed))
            for stage in self.rezoning.stages
        }

    def stage_name(self, stage: Stage) -> str:
        """The stage in words."""
        return self.words.text(f"stage_{stage.name.lower()}")

    def within_zone(self, stage: StageZones) -> Booleans:
        """bool (blocks,): moved, but to another school of its own multi-school zone of today."""
        zones = self.rezoning.scenario.zones.schools[stage.stage]
        listed = zones.values == np.repeat(stage.proposed.assigned, zones.lengths)
        of_zone = np.zeros(len(zones), dtype=np.bool_)
        of_zone[zones.owners[listed]] = True
        return np.asarray(stage.moved & of_zone)

    @cached_property
    def distance_source(self) -> str:
        """Where the metres come from, in words."""
        made = self.rezoning
        return self.words.text(f"source_{made.source}", detour=f"{made.detour_percent / 100:.2f}")


def side_of(stage: StageZones, zones: ZoneProposal) -> Side:
    """What one side needs for every table."""
    problem = stage.problem
    metres = stage.framed.metres(zones.assigned)
    with_way = (metres != NO_METRES) & (problem.load > 0)
    zoned = zones.assigned[zones.assigned != UNPLACED]
    # A child beyond the seats weighs more than twice all that metres and change can: take the nearest.
    children = (2 * zones.prices + problem.excess_metres) // (2 * problem.excess_metres)
    return Side(
        zones=zones,
        metres=metres,
        loads=problem.loads(zones.assigned),
        blocks=np.bincount(zoned, minlength=problem.schools),
        price_children=children,
        price_metres=zones.prices - children * problem.excess_metres,
        beyond=with_way & (metres > problem.limit_metres) & (problem.limit_metres > 0),
        near=with_way & (metres <= SERVICE_METRES[problem.stage]),
    )
