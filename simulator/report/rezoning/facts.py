"""The figures that stand side by side: each of today's zones and of the drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import NO_METRES, UNPLACED, StageZones
from simulator.report.rezoning.view import Side, ZonesView


@dataclass(frozen=True)
class Fact:
    """One figure of both sides.

    Attributes:
        code: message code. unit: count, metres or kilometres (values are metres).
        today, proposed: whole numbers, None where there is none.
        less_is_better: 1, -1 the other way round, 0 neither.
    """

    code: str
    unit: str
    today: int | None
    proposed: int | None
    less_is_better: int = 1

    @property
    def tone(self) -> str:
        """``good`` or ``bad`` where the drawing differs from today, else ""."""
        if self.today is None or self.proposed is None or self.today == self.proposed:
            return ""
        better = (self.proposed < self.today) == (self.less_is_better > 0)
        return "" if not self.less_is_better else "good" if better else "bad"


def facts(view: ZonesView, stage: StageZones) -> list[Fact]:
    """Every figure of a stage, in the order of the report."""
    today, proposed = view.sides[stage.stage]
    found = [
        Fact(f"zones_{name}", unit, old, new, way)
        for (name, unit, old, way), (_, _, new, _) in zip(
            _figures(stage, today), _figures(stage, proposed), strict=True
        )
    ]
    if not stage.problem.balance_metres:
        found = [fact for fact in found if fact.code != "zones_uneven"]
    return found


def _figures(stage: StageZones, side: Side) -> list[tuple[str, str, int | None, int]]:
    """(name, unit, value, whether less is better) of one side."""
    problem, zones = stage.problem, side.zones
    load = problem.load
    known = (side.metres != NO_METRES) & (zones.assigned != UNPLACED)
    children = int(load[known].sum())
    metres = int((load * side.metres)[known].sum())
    with_children = known & (load > 0)
    loose = zones.detached & ~zones.island
    return [
        ("children", "count", int(load.sum()), 0),
        ("without", "count", int(load[zones.assigned == UNPLACED].sum()), 1),
        ("kilometres", "kilometres", metres, 1),
        ("mean_metres", "metres", (2 * metres + children) // (2 * children) if children else None, 1),
        ("greatest_metres", "metres", int(side.metres[with_children].max(initial=0)), 1),
        ("beyond_limit", "count", int(load[side.beyond].sum()), 1),
        ("in_radius", "count", int(load[side.near].sum()), -1),
        ("overloaded", "count", int(np.sum(zones.excess > 0)), 1),
        ("excess", "count", int(zones.excess.sum()), 1),
        ("zones", "count", int(np.sum(side.blocks > 0)), 0),
        ("detached", "count", int(loose.sum()), 1),
        ("islands", "count", int(zones.island.sum()), 0),
        ("uneven", "count", zones.unevenness, 1),
    ]


def moves(view: ZonesView, stage: StageZones) -> dict[str, int]:
    """Blocks and children that leave today's school, and of these those within a multi-school zone."""
    problem, moved, within = stage.problem, stage.moved, view.within_zone(stage)
    return {
        "blocks": int(moved.sum()),
        "children": int(problem.load[moved].sum()),
        "blocks_within": int(within.sum()),
        "children_within": int(problem.load[within].sum()),
        "all_blocks": problem.blocks,
        "all_children": int(problem.load.sum()),
    }
