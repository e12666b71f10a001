"""Where blocks and schools meet the road network: the nearest node, and how far it is."""

from __future__ import annotations

import numpy as np

from simulator.model import NO_METRES, UNPLACED, Profile, Roads
from simulator.model.arrays import Booleans, Floats, Integers
from simulator.travel.straight_line import line_metres, nearest_pairs

STRAIGHT = 100
"""The way to the nearest node is taken as it is, without a detour factor."""

CENTIMETRES = 100 * STRAIGHT
"""Nodes are told apart to the centimetre: in whole metres many tie, and the order of rows would decide. The
way round the half of the earth still fits into 32 bits."""


def usable(roads: Roads, profile: Profile) -> Booleans:
    """bool (nodes,): nodes with an edge that the profile may take in some direction."""
    allowed = (roads.walking if profile == "walking" else roads.driving) > 0
    nodes = np.zeros(len(roads), dtype=np.bool_)
    nodes[roads.start[allowed]] = True
    nodes[roads.end[allowed]] = True
    return nodes


def snap(degrees: Floats, roads: Roads, profile: Profile) -> tuple[Integers, Integers]:
    """The nearest usable node of every place, ties to the centimetre by its row, and the straight line to it.

    The node and not the nearest point of an edge: edges are given without their course, so a point on one
    would be a guess, and in a town nodes lie close. The line is added to the way by road at both ends.

    Args:
        degrees: float64 (2, places), NaN where not given.

    Returns:
        int32 (places,), rows of nodes, ``UNPLACED`` without coordinates or without roads; int32 (places,),
        whole metres, ``NO_METRES`` there.
    """
    node = np.full(degrees.shape[1], UNPLACED, dtype=np.int32)
    metres = np.full(degrees.shape[1], NO_METRES, dtype=np.int32)
    rows = np.flatnonzero(usable(roads, profile))
    targets = np.stack((roads.longitude, roads.latitude))[:, rows]
    place, found = nearest_pairs(degrees, targets, 1, CENTIMETRES)
    node[place] = rows[found]
    metres[place] = line_metres(degrees[:, place], targets[:, found], STRAIGHT)
    return node, metres
