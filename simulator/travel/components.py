"""Connected parts of the network, which places are cut off from every school, and the warnings about both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simulator.messages import Bilingual, text
from simulator.model import UNPLACED, Blocks, Fault, Places, RoadAccess, Scenario, Schools, Stage
from simulator.model.arrays import Booleans, Integers
from simulator.model.roads import NO_WAY
from simulator.travel.compiled import compiled
from simulator.travel.network import Links

GREATEST = 0
"""The greatest component; its places are the ordinary case."""

LISTED = 50
"""Warnings of one kind that are listed singly; the rest are counted."""


def components(links: Links) -> tuple[Integers, Integers]:
    """The connected part of every node, one-way edges counted both ways, the greatest first.

    Returns:
        int32 (nodes,); int64 (components,), nodes of each. Equal sizes: by the first node.
    """
    nodes = len(links.offsets) - 1
    ones = np.ones(len(links.neighbour), dtype=np.int8)
    found, label = connected_components(
        csr_array((ones, links.neighbour, links.offsets), shape=(nodes, nodes)), directed=False
    )
    size = np.bincount(label, minlength=found)
    first = np.full(found, nodes, dtype=np.int64)
    np.minimum.at(first, label, np.arange(nodes))
    order = np.lexsort((first, -size))
    new = np.empty(found, dtype=np.int32)
    new[order] = np.arange(found)
    return new[label], size[order].astype(np.int64)


@compiled
def reached(offsets: Integers, neighbour: Integers, metres: Integers, seeds: Integers) -> Booleans:
    """bool (nodes,): nodes that a way over links with ``metres`` leads to from one of ``seeds``."""
    found = np.zeros(len(offsets) - 1, dtype=np.bool_)
    waiting = np.empty(len(offsets) - 1, dtype=np.int64)
    size = 0
    for seed in seeds:
        if not found[seed]:
            found[seed] = True
            waiting[size] = seed
            size += 1
    while size:
        size -= 1
        node = waiting[size]
        for link in range(offsets[node], offsets[node + 1]):
            if metres[link] < NO_WAY and not found[neighbour[link]]:
                found[neighbour[link]] = True
                waiting[size] = neighbour[link]
                size += 1
    return found


def road_warnings(scenario: Scenario, access: RoadAccess) -> tuple[Fault, ...]:
    """Places far from the network, and places cut off, with the component they are in and its size.

    They come of several tables, so they have no row: the value is the place's id. Long lists are cut short
    and counted.
    """
    limit = scenario.policy.travel.snap_limit_metres
    nouns = (("blocks", scenario.blocks, access.blocks), ("schools", scenario.schools, access.schools))
    found: list[Fault] = []
    for table, noun, places in nouns:

        def fault(
            code: str, row: int, table: str = table, noun: Blocks | Schools = noun, **more: Any
        ) -> Fault:
            return Fault(code, table, value=str(noun.id[row]), details={"name": str(noun.name[row]), **more})

        far = np.flatnonzero(places.metres > limit)
        found += _cut_short(
            fault("place_far_from_roads", row, metres=int(places.metres[row]), limit=limit)
            for row in far.tolist()
        )
        cut_off = np.flatnonzero((places.node != UNPLACED) & ~places.connected.all(axis=0))
        found += _cut_short(
            fault(
                f"{table[:-1]}_cut_off",
                row,
                stage=_missing_stage(places, row),
                component=int(places.component[row]) + 1,
                components=len(access.component_nodes),
                nodes=int(access.component_nodes[places.component[row]]),
                greatest=int(access.component_nodes[GREATEST]),
            )
            for row in cut_off.tolist()
        )
    return tuple(found)


def _missing_stage(places: Places, row: int) -> Bilingual:
    """Schools of which stage are out of reach."""
    primary, junior = (bool(places.connected[stage, row]) for stage in Stage)
    code = "cut_off_any" if primary == junior else "cut_off_junior" if primary else "cut_off_primary"
    return Bilingual(text(code, "zh"), text(code, "en"))


def _cut_short(faults: Iterable[Fault]) -> list[Fault]:
    """The first ``LISTED``, and how many more there are."""
    every = list(faults)
    listed = every[:LISTED]
    if len(every) > LISTED:
        of = every[0]
        listed.append(Fault("and_more", of.file, details={"count": len(every) - LISTED, "of": of.code}))
    return listed
