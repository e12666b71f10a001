"""Walls: borders that no zone may cross, by the names of county, town or learning district."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.model import UNPLACED, Blocks, Schools, Sites
from simulator.model.arrays import Booleans, Integers


def columns(place: Blocks | Schools | Sites, walls: Sequence[str]) -> Integers:
    """int32 (walls, rows): the name each block or school has behind each wall, ``UNPLACED`` for none."""
    rows = len(place)
    return np.array([getattr(place, wall) for wall in walls], dtype=np.int32).reshape(len(walls), rows)


def apart(one: Integers, other: Integers) -> Booleans:
    """bool (pairs,): some wall stands between: both sides have a name there, and not the same.

    Args:
        one, other: int32 (walls, pairs), as ``columns`` gives them.
    """
    known = (one != UNPLACED) & (other != UNPLACED)
    return np.asarray(np.any(known & (one != other), axis=0))


def pairs_within(blocks: Integers, schools: Integers) -> tuple[Integers, Integers]:
    """Every (block, school) that no wall keeps apart, by block, then school; int64 (pairs,) each.

    Blocks behind the same walls have the same schools, so those are found once per group of blocks.

    Args:
        blocks: int32 (walls, blocks). schools: int32 (walls, schools).
    """
    groups, group = np.unique(blocks, axis=1, return_inverse=True)
    total = schools.shape[1]
    reach = [
        np.flatnonzero(~apart(np.repeat(groups[:, [g]], total, axis=1), schools))
        for g in range(groups.shape[1])
    ]
    lists = [reach[g] for g in group.reshape(-1).tolist()]
    owner = np.repeat(np.arange(blocks.shape[1]), [len(found) for found in lists])
    return owner, np.concatenate(lists) if lists else np.zeros(0, dtype=np.int64)
