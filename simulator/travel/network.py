"""Roads to the network of one profile: one link per pair of neighbouring nodes, with the metres both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.model import Profile, Roads
from simulator.model.arrays import Integers
from simulator.model.roads import BACKWARD, FORWARD, NO_WAY

CURVE_BITS = 16
"""Places are told apart to one part in 65,536 of the network's width when they are put along a curve."""


@dataclass(frozen=True)
class Links:
    """Neighbours of every node; a pair of neighbours stands at both of them.

    Attributes:
        offsets: int64 (nodes + 1,). neighbour: int32 (links,), rising within a node.
        there, back: int32 (links,), metres to the neighbour and from it, the least of parallel edges,
            ``NO_WAY`` where there is none.
    """

    offsets: Integers
    neighbour: Integers
    there: Integers
    back: Integers


def links_of(roads: Roads, profile: Profile, number: Integers) -> Links:
    """The links that a profile may take, of nodes counted anew.

    Loops and edges closed to the profile are left out.

    Args:
        number: int (nodes,), the new number of each row of ``roads``.
    """
    allowed = roads.walking if profile == "walking" else roads.driving
    start, end = number[roads.start].astype(np.int64), number[roads.end].astype(np.int64)
    forward, backward = (allowed & FORWARD) > 0, (allowed & BACKWARD) > 0
    # Every edge seen from both of its ends: where it leads, the metres there and back.
    here, other = np.concatenate((start, end)), np.concatenate((end, start))
    out = np.where(forward, roads.metres, NO_WAY)
    home = np.where(backward, roads.metres, NO_WAY)
    there, back = np.concatenate((out, home)), np.concatenate((home, out))
    open_ = (here != other) & (np.minimum(there, back) < NO_WAY)
    here, other, there, back = here[open_], other[open_], there[open_], back[open_]
    order = np.argsort(here * len(roads) + other, kind="stable")
    here, other, there, back = here[order], other[order], there[order], back[order]
    first = np.flatnonzero(np.r_[True, (here[1:] != here[:-1]) | (other[1:] != other[:-1])][: len(here)])
    counts = np.bincount(here[first], minlength=len(roads))
    return Links(
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        other[first].astype(np.int32),
        (np.minimum.reduceat(there, first) if len(first) else there).astype(np.int32),
        (np.minimum.reduceat(back, first) if len(first) else back).astype(np.int32),
    )


def along_a_curve(roads: Roads) -> Integers:
    """New numbers of the nodes, int32 (nodes,), along a Z-order curve: neighbours lie near in memory.

    Ties and nodes without a place keep the order of their rows.
    """
    keys = np.zeros(len(roads), dtype=np.int64)
    for bit, degrees in enumerate((roads.longitude, roads.latitude)):
        known = np.isfinite(degrees)
        low, high = (degrees[known].min(), degrees[known].max()) if known.any() else (0.0, 0.0)
        span = (high - low) or 1.0
        cell = np.zeros(len(roads), dtype=np.int64)
        cell[known] = (degrees[known] - low) / span * (2**CURVE_BITS - 1)
        keys |= _spread(cell) << bit
    number = np.empty(len(roads), dtype=np.int32)
    number[np.argsort(keys, kind="stable")] = np.arange(len(roads), dtype=np.int32)
    return number


def _spread(cell: Integers) -> Integers:
    """The 16 bits of each number with a gap of one bit between them."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        cell = (cell | (cell << shift)) & mask
    return cell
