"""Improve a drawing by chains of shifts until none pays that keeps zones together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Booleans, Integers
from simulator.transport.compiled import compiled, in_place
from simulator.zoning.chains import Chains, find_chains
from simulator.zoning.ground import Aim, Drawing, Ground
from simulator.zoning.shifts import Shifts, list_shifts
from simulator.zoning.walks import attach, hang_together

PATIENCE = 100
"""Chains that may be refused in a round that has taken some, before new ones are looked for."""


class Improved(NamedTuple):
    """Counted work.

    ``rounds`` in which shifts were listed, ``chains`` taken, of ``shifts`` in all, and ``refused`` because
    zones would have come apart.
    """

    rounds: int
    chains: int
    shifts: int
    refused: int

    def then(self, other: Improved) -> Improved:
        """Both together."""
        return Improved(*(one + two for one, two in zip(self, other, strict=True)))


def improve(ground: Ground, drawing: Drawing, aim: Aim, longest: int = 8) -> Improved:
    """Take the best chains, round after round, until none is left that pays; writes into ``drawing``.

    In a round the chains are taken from the best one on, each only if no zone it passes has changed in the
    round, and only if no block that had a way to its school loses it. So every round makes the aim smaller,
    and the search ends; when it does, no single shift and no swap is left that pays. (A round that has taken
    chains ends early when too many are refused.)

    Args:
        longest: most shifts of a chain.
    """
    done = Improved(0, 0, 0, 0)
    while True:
        shifts = list_shifts(ground, drawing, aim)
        found = find_chains(ground, drawing, aim, shifts, longest)
        order = np.lexsort((found.layer, found.second, found.first))
        chains, moved, refused = take(ground, drawing, aim, shifts, found, order, PATIENCE)
        done = done.then(Improved(1, chains, moved, refused))
        if chains == 0:
            return done


@compiled
def take(
    ground: Ground,
    drawing: Drawing,
    aim: Aim,
    shifts: Shifts,
    chains: Chains,
    order: Integers,
    patience: int,
) -> tuple[int, int, int]:
    """Take chains in ``order``: how many, with how many shifts, and how many were refused."""
    blocks, schools = len(ground.load), len(ground.seats)
    touched = np.zeros(schools, dtype=np.bool_)
    concerned = np.zeros(schools, dtype=np.bool_)
    was_attached = np.zeros(blocks, dtype=np.bool_)
    size = np.zeros(schools, dtype=np.int64)
    loose = np.zeros(schools, dtype=np.bool_)
    for block in range(blocks):
        school = drawing.assigned[block]
        if school >= 0:
            size[school] += 1
            loose[school] = loose[school] or not drawing.attached[block]
    chain = np.empty(chains.before.shape[0] + 1, dtype=np.int64)
    taken, moved, refused = 0, 0, 0
    for at in order:
        length = 0
        if chains.closing[at] >= 0:
            chain[0] = chains.closing[at]
            length = 1
        shift = chains.last[at]
        for layer in range(chains.layer[at], -1, -1):
            chain[length] = shift
            length += 1
            shift = chains.before[layer, shift]
        free, units, easy = True, 0, True
        for k in range(length):
            source, target = shifts.source[chain[k]], shifts.target[chain[k]]
            free = free and not touched[source] and not touched[target]
            easy = easy and not loose[source] and not loose[target]
            for m in range(shifts.member_offsets[chain[k]], shifts.member_offsets[chain[k] + 1]):
                easy = easy and ground.stays[shifts.member[m]] != target
            units += shifts.units[chain[k]]
        if not free:
            continue
        if aim.most_changed >= 0 and units > 0 and drawing.changed[0] + units > aim.most_changed:
            continue
        _put(drawing, shifts, chain, length, True)
        for k in range(length):
            concerned[shifts.source[chain[k]]] = True
            concerned[shifts.target[chain[k]]] = True
        if easy:
            whole = _all_hang_together(ground, drawing, shifts, chain, length, size)
        else:
            whole = _none_comes_loose(ground, drawing, shifts, chain, length, concerned, was_attached)
        if whole:
            taken += 1
            moved += length
            drawing.changed[0] += units
        else:
            refused += 1
            _put(drawing, shifts, chain, length, False)
        for k in range(length):
            concerned[shifts.source[chain[k]]] = False
            concerned[shifts.target[chain[k]]] = False
            if whole:
                touched[shifts.source[chain[k]]] = True
                touched[shifts.target[chain[k]]] = True
        if taken > 0 and refused > patience:
            break
    return taken, moved, refused


@in_place
def _put(drawing: Drawing, shifts: Shifts, chain: Integers, length: int, forward: bool) -> None:
    """Make the shifts of a chain, or undo them."""
    for k in range(length):
        shift = chain[k]
        source, target = shifts.source[shift], shifts.target[shift]
        if not forward:
            source, target = target, source
        for m in range(shifts.member_offsets[shift], shifts.member_offsets[shift + 1]):
            drawing.assigned[shifts.member[m]] = target
        drawing.load[source] -= shifts.load[shift]
        drawing.mixed[source] -= shifts.mixed[shift]
        drawing.load[target] += shifts.load[shift]
        drawing.mixed[target] += shifts.mixed[shift]


@in_place
def _all_hang_together(
    ground: Ground, drawing: Drawing, shifts: Shifts, chain: Integers, length: int, size: Integers
) -> bool:
    """Whether each zone of a chain hangs together, all of which did before, of ``size`` blocks each."""
    for k in range(-1, length):
        # The zones are the source of the first shift (taken last) and the target of each.
        school = shifts.source[chain[length - 1]] if k < 0 else shifts.target[chain[k]]
        blocks = size[school]
        for other in range(length):
            members = shifts.member_offsets[chain[other] + 1] - shifts.member_offsets[chain[other]]
            if shifts.target[chain[other]] == school:
                blocks += members
            if shifts.source[chain[other]] == school:
                blocks -= members
        if hang_together(ground, drawing, school) != blocks:
            return False
    return True


@in_place
def _none_comes_loose(
    ground: Ground,
    drawing: Drawing,
    shifts: Shifts,
    chain: Integers,
    length: int,
    concerned: Booleans,
    was_attached: Booleans,
) -> bool:
    """Whether no block of the ``concerned`` zones loses its way, and those that move find one.

    Islands need none, nor do exempt blocks with today's school. The marks of the blocks are renewed, or left
    as they were.
    """
    blocks = len(ground.load)
    for block in range(blocks):
        if drawing.assigned[block] >= 0 and concerned[drawing.assigned[block]]:
            was_attached[block] = drawing.attached[block]
            drawing.attached[block] = False
    for k in range(length):
        attach(ground, drawing, shifts.source[chain[k]])
        attach(ground, drawing, shifts.target[chain[k]])
    whole = True
    for block in range(blocks):
        if drawing.assigned[block] >= 0 and concerned[drawing.assigned[block]]:
            stays = ground.stays[block] == drawing.assigned[block]
            whole = whole and (drawing.attached[block] or stays or not was_attached[block])
    for k in range(length):
        for m in range(shifts.member_offsets[chain[k]], shifts.member_offsets[chain[k] + 1]):
            block = shifts.member[m]
            stays = ground.stays[block] == drawing.assigned[block]
            whole = whole and (drawing.attached[block] or stays or ground.island[block])
    if not whole:
        for block in range(blocks):
            if drawing.assigned[block] >= 0 and concerned[drawing.assigned[block]]:
                drawing.attached[block] = was_attached[block]
    return whole
