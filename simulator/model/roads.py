"""A road network as it is given, and what was made of it for one profile: where places meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.model.arrays import Booleans, Floats, Integers, Texts, freeze_columns, require_lengths

Profile = Literal["walking", "driving"]

FORWARD, BACKWARD = 1, 2
"""Bits of the directions of an edge that a profile may take: from its start to its end, and back."""

NO_WAY = 2**30 - 1
"""Metres of a way that is not there. Two of them still fit into 32 bits, so sums need no guard."""


@dataclass(frozen=True)
class Roads:
    """A road network: nodes, and edges between them.

    Attributes:
        id: object (str) (nodes,). longitude, latitude: float64 (nodes,), degrees WGS84.
        start, end: int32 (edges,), rows of nodes. metres: int32 (edges,), whole metres, so that every sum of
            them is exact.
        walking, driving: int8 (edges,), per profile the directions allowed: 0 none, ``FORWARD``,
            ``BACKWARD``, or both bits.
    """

    id: Texts
    longitude: Floats
    latitude: Floats
    start: Integers
    end: Integers
    metres: Integers
    walking: Integers
    driving: Integers

    def __post_init__(self) -> None:
        require_lengths("Roads: nodes", len(self.id), longitude=self.longitude, latitude=self.latitude)
        require_lengths(
            "Roads: edges",
            len(self.start),
            end=self.end,
            metres=self.metres,
            walking=self.walking,
            driving=self.driving,
        )
        if len(self.start):
            rows = (self.start.min(), self.end.min(), self.start.max(), self.end.max())
            if min(rows) < 0 or max(rows) >= len(self.id):
                raise ValueError("Roads: an edge names a node that is not there")
            if self.metres.min() < 0:
                raise ValueError("Roads: an edge of negative length")
        freeze_columns(self)

    def __len__(self) -> int:
        """Nodes."""
        return len(self.id)


@dataclass(frozen=True)
class Places:
    """Where blocks or schools meet the network, one row each.

    Attributes:
        node: int32, row in ``Roads``, ``UNPLACED`` where the place has no coordinates (or there is no road).
        metres: int32, straight line from the place to its node, ``NO_METRES`` beside no node.
        component: int32, connected part of the network the node is in, 0 the greatest; ``UNPLACED`` beside
            no node.
        connected: bool (2, rows), by ``Stage``: a way leads from the block to some school of the stage, or
            from some block to the school; True of a stage that no school has.
    """

    node: Integers
    metres: Integers
    component: Integers
    connected: Booleans

    def __post_init__(self) -> None:
        require_lengths("Places", len(self.node), **vars(self))
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.node)


@dataclass(frozen=True)
class RoadAccess:
    """Where all places meet the network.

    Attributes:
        blocks, schools: one row each. component_nodes: int64 (components,), nodes of each connected part of
            the network, one-way edges counted both ways, the greatest first.
    """

    blocks: Places
    schools: Places
    component_nodes: Integers

    def __post_init__(self) -> None:
        freeze_columns(self)


@dataclass(frozen=True)
class Hierarchy:
    """A network of one profile with its nodes taken out one after the other (``travel.contraction``).

    Nodes are counted by rank: the order in which they were taken out, those that never were (the core) last.
    A node's neighbours are those it had when it was taken out, all of higher rank; a core node's are core
    nodes.

    Attributes:
        rank: int32 (nodes,), rank of each row of ``Roads``. taken: how many nodes were taken out.
        offsets: int64 (nodes + 1,), by rank. neighbour: int32 (links,), ranks.
        there, back: int32 (links,), metres to the neighbour and from it, ``NO_WAY`` where there is none.
    """

    rank: Integers
    taken: int
    offsets: Integers
    neighbour: Integers
    there: Integers
    back: Integers

    def __post_init__(self) -> None:
        require_lengths("Hierarchy", len(self.neighbour), there=self.there, back=self.back)
        freeze_columns(self)


@dataclass(frozen=True)
class RoadTravel:
    """What travel by roads keeps beside the arcs.

    Attributes:
        profile: who travels. access: where places meet the network. hierarchy: the network of the profile,
            for the metres of any further pair.
    """

    profile: Profile
    access: RoadAccess
    hierarchy: Hierarchy
