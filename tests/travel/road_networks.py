"""Small road networks for the tests of travel by road, and what others say of them."""

from __future__ import annotations

import networkx
import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from simulator.model import Roads
from simulator.model.arrays import texts
from simulator.model.roads import BACKWARD, FORWARD

BOTH = FORWARD | BACKWARD


def roads_of(nodes, edges, places=None) -> Roads:
    """``edges``: (start, end, metres, walking, driving), or without the last two for both ways for all."""
    rows = [(*edge, BOTH, BOTH)[:5] for edge in edges]
    start, end, metres, walking, driving = (
        np.array(column, dtype=np.int64) for column in (zip(*rows, strict=True) if rows else [()] * 5)
    )
    if places is None:
        places = [(116 + 0.001 * node, 24.0) for node in range(nodes)]
    longitude, latitude = np.array(places, dtype=float).reshape(-1, 2).T
    return Roads(
        texts([f"N{node}" for node in range(nodes)]),
        longitude,
        latitude,
        start.astype(np.int32),
        end.astype(np.int32),
        metres.astype(np.int32),
        walking.astype(np.int8),
        driving.astype(np.int8),
    )


@st.composite
def networks(draw, most_nodes=14):
    """Any network: loops, parallel edges, lengths of nothing, one-way edges, islands."""
    nodes = draw(st.integers(1, most_nodes))
    node, bits = st.integers(0, nodes - 1), st.integers(0, 3)
    longest = draw(st.sampled_from((0, 1, 3, 1000)))  # short lengths make ties
    edges = draw(st.lists(st.tuples(node, node, st.integers(0, longest), bits, bits), max_size=3 * nodes))
    step = st.integers(0, 5)  # so that nodes may share a place
    steps = draw(st.lists(st.tuples(step, step), min_size=nodes, max_size=nodes))
    return roads_of(nodes, edges, [(116 + 0.001 * east, 24 + 0.001 * north) for east, north in steps])


def multigraph(roads, profile):
    """The same network of networkx, parallel edges and loops and all."""
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(range(len(roads)))
    allowed = roads.walking if profile == "walking" else roads.driving
    for start, end, metres, bits in zip(
        roads.start.tolist(), roads.end.tolist(), roads.metres.tolist(), allowed.tolist(), strict=True
    ):
        if bits & FORWARD:
            graph.add_edge(start, end, metres=metres)
        if bits & BACKWARD:
            graph.add_edge(end, start, metres=metres)
    return graph


def all_ways(roads, profile):
    """Metres between all nodes by scipy's Dijkstra, float64 (nodes, nodes), infinite for no way."""
    least = {}
    for start, end, metres in multigraph(roads, profile).edges(data="metres"):
        least[start, end] = min(metres, least.get((start, end), metres))
    start, end = (np.array([pair[side] for pair in least], dtype=np.int64) for side in (0, 1))
    metres = np.array(list(least.values()), dtype=float)
    matrix = csr_array((metres, (start, end)), shape=(len(roads), len(roads)))
    return dijkstra(matrix)
