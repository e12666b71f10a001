"""Chains of shifts over several zones: the cheapest ones there are, found layer by layer. Compiled.

A chain takes a shift out of a first zone, another out of the zone that the first one entered, and so on. It
ends in a zone that keeps what came (a path) or comes back to its first zone (a ring; of two shifts: a swap).
No zone is passed twice, so what a chain does to the seats is what it does to each zone on its own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.model.arrays import Integers
from simulator.transport.compiled import compiled, inlined
from simulator.zoning.ground import Aim, Drawing, Ground
from simulator.zoning.shifts import Shifts

UNKNOWN = np.int64(2**62)


class Chains(NamedTuple):
    """Chains that pay, in no order.

    Attributes:
        first, second: int64 (chains,), what each changes the two levels of the aim by.
        layer, last: int64 (chains,), the label of its last shift. closing: int64 (chains,), a shift that
            leads back to the first zone, -1 for a path.
        before: int64 (layers, shifts), the shift before in the cheapest chain to a shift, -1 at the start.
    """

    first: Integers
    second: Integers
    layer: Integers
    last: Integers
    closing: Integers
    before: Integers


@inlined
def school_changes(
    ground: Ground, drawing: Drawing, aim: Aim, school: int, load: int, mixed: int
) -> tuple[int, int]:
    """What the two levels change by when ``load`` and ``mixed`` children come to a school (or leave)."""
    now = drawing.load[school]
    room = ground.seats[school]
    excess = max(now + load - room, 0) - max(now - room, 0)
    second = excess * aim.excess_second
    if aim.balance:
        have = drawing.mixed[school]
        off = abs((have + mixed) * aim.whole - (now + load) * aim.group)
        second += aim.balance * (off - abs(have * aim.whole - now * aim.group))
    return excess * aim.excess_first, second


@inlined
def pays(first: int, second: int) -> bool:
    """Whether two levels are below nothing."""
    return first < 0 or (first == 0 and second < 0)


@compiled
def find_chains(ground: Ground, drawing: Drawing, aim: Aim, shifts: Shifts, longest: int) -> Chains:
    """The cheapest chains of up to ``longest`` shifts, one for each end, and every swap that pays.

    1. A label of a shift holds the cheapest chain known that ends with it, without what its arrival does.
    2. Only labels below nothing are led on: a ring that pays has such a beginning at each of its steps if
       it is begun at the right one, and the beginning of a path that does not is better left away.
    3. Each layer leads every label on by every shift out of the zone it came to.

    One label is kept for each shift and layer, so a chain can be missed; no single shift and no swap is.
    """
    count = len(shifts.source)
    before = np.full((longest, count), -1, dtype=np.int64)
    first = np.full((2, count), UNKNOWN, dtype=np.int64)
    second = np.full((2, count), UNKNOWN, dtype=np.int64)
    passed = np.empty(longest + 1, dtype=np.int64)
    space, chains = 4 * count + 64, 0
    rows: Integers = np.empty((5, space), dtype=np.int64)
    for shift in range(count):
        one, two = school_changes(
            ground, drawing, aim, shifts.source[shift], -shifts.load[shift], -shifts.mixed[shift]
        )
        first[0, shift] = one + shifts.first[shift]
        second[0, shift] = two + shifts.second[shift]
    for layer in range(longest):
        now, then = layer % 2, (layer + 1) % 2
        for shift in range(count):
            if first[now, shift] == UNKNOWN:
                continue
            one, two = school_changes(
                ground, drawing, aim, shifts.target[shift], shifts.load[shift], shifts.mixed[shift]
            )
            one, two = one + first[now, shift], two + second[now, shift]
            if pays(one, two):
                if chains == space:
                    rows, space = _wider(rows), 2 * space
                rows[0, chains], rows[1, chains], rows[2, chains] = one, two, layer
                rows[3, chains], rows[4, chains] = shift, -1
                chains += 1
        if layer + 1 == longest:
            break
        first[then, :] = UNKNOWN
        second[then, :] = UNKNOWN
        for shift in range(count):
            one, two = first[now, shift], second[now, shift]
            if one == UNKNOWN or not pays(one, two):
                continue
            begun = shift
            passed[layer] = shifts.source[shift]
            for back in range(layer, 0, -1):
                begun = before[back, begun]
                passed[back - 1] = shifts.source[begun]
            through = shifts.target[shift]
            for k in range(shifts.offsets[through], shifts.offsets[through + 1]):
                other = shifts.out_of[k]
                more, metres = school_changes(
                    ground,
                    drawing,
                    aim,
                    through,
                    shifts.load[shift] - shifts.load[other],
                    shifts.mixed[shift] - shifts.mixed[other],
                )
                more += one + shifts.first[other]
                metres += two + shifts.second[other]
                to = shifts.target[other]
                if to == passed[0]:
                    closed, closed_metres = school_changes(
                        ground,
                        drawing,
                        aim,
                        to,
                        shifts.load[other] - shifts.load[begun],
                        shifts.mixed[other] - shifts.mixed[begun],
                    )
                    opened, opened_metres = school_changes(
                        ground, drawing, aim, to, -shifts.load[begun], -shifts.mixed[begun]
                    )
                    more += closed - opened
                    metres += closed_metres - opened_metres
                    if pays(more, metres):
                        if chains == space:
                            rows, space = _wider(rows), 2 * space
                        rows[0, chains], rows[1, chains], rows[2, chains] = more, metres, layer
                        rows[3, chains], rows[4, chains] = shift, other
                        chains += 1
                    continue
                if not pays(more - first[then, other], metres - second[then, other]):
                    continue
                known = False
                for back in range(1, layer + 1):
                    known = known or passed[back] == to
                if not known:
                    first[then, other] = more
                    second[then, other] = metres
                    before[layer + 1, other] = shift
    return Chains(
        rows[0, :chains], rows[1, :chains], rows[2, :chains], rows[3, :chains], rows[4, :chains], before
    )


@compiled
def _wider(rows: Integers) -> Integers:
    """The same rows with twice the room."""
    wider = np.empty((rows.shape[0], 2 * rows.shape[1]), dtype=np.int64)
    wider[:, : rows.shape[1]] = rows
    return wider
