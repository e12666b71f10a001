"""Improve a drawing by chains of shifts until none pays that keeps zones together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled
from simulator.zoning.chains import Chains, find_chains
from simulator.zoning.ground import Aim, Drawing, Ground
from simulator.zoning.shifts import Shifts, list_shifts
from simulator.zoning.walks import attach


class Improved(NamedTuple):
    """Counted work: ``rounds`` in which shifts were listed, ``chains`` taken (by how many ``shifts``) and
    ``refused`` because zones would have come apart."""

    rounds: int
    chains: int
    shifts: int
    refused: int


def improve(ground: Ground, drawing: Drawing, aim: Aim, longest: int, most_rounds: int) -> Improved:
    """Take the best chains, round after round, until none is left that pays; writes into ``drawing``.

    In a round the chains are taken from the best one on, each only if no zone it passes has changed in the
    round, and only if no block that had a way to its school loses it. So every round makes the aim smaller,
    and the search ends.

    Args:
        longest: most shifts of a chain. most_rounds: a limit on counted work.
    """
    done = Improved(0, 0, 0, 0)
    while done.rounds < most_rounds:
        shifts = list_shifts(ground, drawing, aim)
        found = find_chains(ground, drawing, aim, shifts, longest)
        order = np.lexsort((found.layer, found.second, found.first))
        chains, moved, refused = take(ground, drawing, aim, shifts, found, order)
        done = Improved(
            done.rounds + 1, done.chains + chains, done.shifts + moved, done.refused + refused
        )
        if chains == 0:
            break
    return done


@compiled
def take(
    ground: Ground, drawing: Drawing, aim: Aim, shifts: Shifts, chains: Chains, order: Integers
) -> tuple[int, int, int]:
    """Take chains in ``order``: how many, with how many shifts, and how many were refused."""
    blocks, schools = len(ground.load), len(ground.seats)
    touched = np.zeros(schools, dtype=np.bool_)
    concerned = np.zeros(schools, dtype=np.bool_)
    was_attached = np.zeros(blocks, dtype=np.bool_)
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
        free, units = True, 0
        for k in range(length):
            free = free and not touched[shifts.source[chain[k]]] and not touched[shifts.target[chain[k]]]
            units += shifts.units[chain[k]]
        if not free:
            continue
        if aim.most_changed >= 0 and units > 0 and drawing.changed[0] + units > aim.most_changed:
            continue
        for k in range(length):
            concerned[shifts.source[chain[k]]] = True
            concerned[shifts.target[chain[k]]] = True
        if _shift_all(ground, drawing, shifts, chain, length, concerned, was_attached):
            taken += 1
            moved += length
            drawing.changed[0] += units
            for k in range(length):
                touched[shifts.source[chain[k]]] = True
                touched[shifts.target[chain[k]]] = True
        else:
            refused += 1
        for k in range(length):
            concerned[shifts.source[chain[k]]] = False
            concerned[shifts.target[chain[k]]] = False
    return taken, moved, refused


@compiled
def _shift_all(
    ground: Ground,
    drawing: Drawing,
    shifts: Shifts,
    chain: Integers,
    length: int,
    concerned: Integers,
    was_attached: Integers,
) -> bool:
    """Make the shifts of a chain; undo them and say False if a block would lose its way to its school."""
    blocks = len(ground.load)
    for k in range(length):
        shift = chain[k]
        for m in range(shifts.member_offsets[shift], shifts.member_offsets[shift + 1]):
            drawing.assigned[shifts.member[m]] = shifts.target[shift]
    for block in range(blocks):
        if drawing.assigned[block] >= 0 and concerned[drawing.assigned[block]]:
            was_attached[block] = drawing.attached[block]
            drawing.attached[block] = False
    for k in range(length):
        for school in (shifts.source[chain[k]], shifts.target[chain[k]]):
            attach(ground, drawing, school)
    whole = True
    for block in range(blocks):
        if drawing.assigned[block] >= 0 and concerned[drawing.assigned[block]]:
            whole = whole and (drawing.attached[block] or not was_attached[block])
    for k in range(length):
        shift = chain[k]
        for m in range(shifts.member_offsets[shift], shifts.member_offsets[shift + 1]):
            block = shifts.member[m]
            whole = whole and (drawing.attached[block] or ground.island[block])
    if whole:
        for k in range(length):
            shift = chain[k]
            drawing.load[shifts.source[shift]] -= shifts.load[shift]
            drawing.mixed[shifts.source[shift]] -= shifts.mixed[shift]
            drawing.load[shifts.target[shift]] += shifts.load[shift]
            drawing.mixed[shifts.target[shift]] += shifts.mixed[shift]
        return True
    for block in range(blocks):
        if drawing.assigned[block] >= 0 and concerned[drawing.assigned[block]]:
            drawing.attached[block] = was_attached[block]
    for k in range(length):
        shift = chain[k]
        for m in range(shifts.member_offsets[shift], shifts.member_offsets[shift + 1]):
            drawing.assigned[shifts.member[m]] = shifts.source[shift]
    return False
