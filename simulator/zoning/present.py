"""Today's zones as a drawing to begin with, whatever they break."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model import UNPLACED, ZoningProblem
from simulator.zoning.cells import arcs_of, put, spread
from simulator.zoning.ground import Drawing, Ground, units_of_change
from simulator.zoning.walks import attach_all, begin


class Present(NamedTuple):
    """Today's zones with every block placed that can be.

    Attributes:
        drawing: the drawing; blocks that hold their own school are fixed.
        without_school: blocks with candidates and no school today. ruled_out: blocks whose school today is
            no candidate. detached: blocks that have no way to their school today, islands left out.
        excess: children beyond the seats of today's zones, before those blocks are placed.
        without_own_block: schools with seats whose own block goes to another school.
    """

    drawing: Drawing
    without_school: int
    ruled_out: int
    detached: int
    excess: int
    without_own_block: int

    def broken(self) -> dict[str, int]:
        """What today's zones break, for ``steps``."""
        return {
            "today_blocks_without_school": self.without_school,
            "today_blocks_ruled_out": self.ruled_out,
            "today_detached_blocks": self.detached,
            "today_excess": self.excess,
            "today_schools_without_own_block": self.without_own_block,
        }


def present_drawing(problem: ZoningProblem, ground: Ground) -> Present:
    """Today's zones; blocks without a school, or with one that is ruled out, grow onto the zones beside them.

    Those out of every zone's reach go to their nearest candidate.
    """
    blocks = problem.blocks
    choosing = np.diff(ground.offsets) > 0
    assigned = problem.today.astype(np.int64)
    ruled_out = (assigned != UNPLACED) & (arcs_of(ground, assigned) == UNPLACED)
    without = (assigned == UNPLACED) & choosing
    assigned[ruled_out] = UNPLACED
    fixed = np.zeros(blocks, dtype=np.bool_)
    standing = np.flatnonzero((ground.home != UNPLACED) & (ground.seats > 0))
    home = ground.home[standing]
    own = assigned[home] == standing
    fixed[home[own]] = True
    held_by_another = ~own & ~fixed[home]
    drawing = begin(ground, assigned, fixed, np.zeros(0, dtype=np.int64))
    detached = ~drawing.attached & (assigned != UNPLACED) & ~ground.island
    excess = int(np.maximum(drawing.load - ground.seats, 0).sum())
    least = np.zeros(blocks, dtype=np.int64)
    some = np.flatnonzero(choosing)
    least[some] = np.minimum.reduceat(ground.metres, ground.offsets[some]) if len(some) else 0
    spread(ground, drawing, ground.metres, least)
    rest = np.flatnonzero((drawing.assigned == UNPLACED) & choosing)
    for block in rest.tolist():
        ways = slice(ground.offsets[block], ground.offsets[block + 1])
        nearest = ground.school[ways][ground.metres[ways].argmin()]
        put(ground, drawing, np.array([block]), np.array([nearest]))
    attach_all(ground, drawing)
    arcs = arcs_of(ground, drawing.assigned)
    drawing.changed[0] = units_of_change(problem)[ground.arc][arcs[arcs != UNPLACED]].sum()
    return Present(
        drawing=drawing,
        without_school=int(np.count_nonzero(without)),
        ruled_out=int(np.count_nonzero(ruled_out)),
        detached=int(np.count_nonzero(detached)),
        excess=excess,
        without_own_block=int(np.count_nonzero(held_by_another)),
    )
