"""The nearest schools of every node by others: one Dijkstra per school, of each node the k best kept.

Distances go from the node to the school, so the searches run on the reversed network. What is kept are
metres and school packed in one number, as ours are, so that answers can be compared entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from simulator.model import Profile, Roads
from simulator.model.roads import NO_WAY
from simulator.travel.contraction import contract
from simulator.travel.nearest_schools import NO_LABEL, SCHOOL_BITS, nearest_schools
from simulator.travel.network import links_of

TOGETHER = 20
"""Schools whose distances are in memory at once: as many as are kept, so that a step takes twice that."""


def ours(roads: Roads, profile: Profile, schools: np.ndarray, nearest: int) -> np.ndarray:
    """Ours, from the roads to the answer: int64 (nodes, nearest), packed, rising."""
    hierarchy = contract(roads, profile)
    nodes = np.arange(len(roads))
    block, school, metres = nearest_schools(
        hierarchy, schools, np.zeros(len(schools), np.int64), nodes, nearest
    )
    answer = np.full((len(roads), nearest), NO_LABEL, dtype=np.int64)
    place = np.arange(len(block)) - np.searchsorted(block, block)
    answer[block, place] = metres << SCHOOL_BITS | school
    return answer


def by_scipy(roads: Roads, profile: Profile, schools: np.ndarray, nearest: int) -> np.ndarray:
    """``scipy.sparse.csgraph.dijkstra`` per school."""
    reverse = reversed_network(roads, profile)
    columns = (dijkstra(reverse, indices=school) for school in schools)
    return keep_best(columns, len(roads), nearest)


def by_igraph(roads: Roads, profile: Profile, schools: np.ndarray, nearest: int) -> np.ndarray:
    """``igraph.Graph.distances`` per school."""
    import igraph

    reverse = reversed_network(roads, profile).tocoo()
    pairs = np.column_stack((reverse.row, reverse.col))
    graph = igraph.Graph(n=len(roads), edges=pairs, directed=True)
    weights = reverse.data.tolist()
    columns = (np.array(graph.distances(source=int(s), weights=weights)[0]) for s in schools)
    return keep_best(columns, len(roads), nearest)


PEERS: dict[str, Callable[[Roads, Profile, np.ndarray, int], np.ndarray]] = {
    "ours": ours,
    "scipy": by_scipy,
    "igraph": by_igraph,
}


def reversed_network(roads: Roads, profile: Profile) -> csr_array:
    """Metres against the direction of travel, float64; entries that are there count even where they are 0."""
    links = links_of(roads, profile, np.arange(len(roads), dtype=np.int32))
    node = np.repeat(np.arange(len(roads)), np.diff(links.offsets))
    open_ = links.back < NO_WAY
    metres = links.back[open_].astype(np.float64)
    return csr_array((metres, (node[open_], links.neighbour[open_])), shape=(len(roads), len(roads)))


def keep_best(columns: Iterator[np.ndarray], nodes: int, nearest: int) -> np.ndarray:
    """Of each node the ``nearest`` least by (metres, school), out of one column of metres per school."""
    best = np.full((nodes, nearest + TOGETHER), NO_LABEL, dtype=np.int64)
    filled = 0
    for school, metres in enumerate(columns):
        known = np.isfinite(metres)
        packed = np.where(known, metres, 0).astype(np.int64) << SCHOOL_BITS | school
        best[:, nearest + filled] = np.where(known, packed, NO_LABEL)
        filled += 1
        if filled == TOGETHER:
            best.partition(nearest - 1, axis=1)
            best[:, nearest:] = NO_LABEL
            filled = 0
    best.partition(nearest - 1, axis=1)
    return np.sort(best[:, :nearest], axis=1)
