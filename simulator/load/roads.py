"""The road network: the tables of nodes and edges, a GraphML file, or a networkx graph in a notebook."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
from pyproj import Geod

from simulator.load.graphml import GRAPH_TYPE, Part, graph_of
from simulator.load.headings import match_headings
from simulator.load.ledger import Ledger
from simulator.load.places import read_places
from simulator.load.readers import Sheet, Unreadable
from simulator.load.references import References, refer
from simulator.load.table import Table
from simulator.model import UNPLACED, Policy, Roads, ScenarioError
from simulator.model.arrays import Booleans, Integers
from simulator.model.dictionary import TABLES
from simulator.model.roads import BACKWARD, FORWARD

GEOD = Geod(ellps="WGS84")
SHORTER_PERCENT, SHORTER_METRES = 2, 2
"""A length may fall short of the straight line by so much: coordinates and lengths are rounded."""

NOT_ON_FOOT = frozenset({"motorway", "motorway_link", "construction", "proposed", "raceway", "busway"})
NOT_BY_CAR = frozenset(
    {"footway", "path", "pedestrian", "steps", "cycleway", "bridleway", "corridor", "elevator", "platform",
     "construction", "proposed", "raceway", "busway"}
)  # fmt: skip
"""Values of OpenStreetMap's ``highway`` that are closed to walkers, and to cars."""

IN_MEMORY = "networkx"
"""Where a graph comes from, in the place of a file's name."""


def read_roads(nodes: Table, edges: Table, system: str) -> Roads | None:
    """The network of two tables; None where nothing can be made of them, which is a fault.

    Walkers take an edge in both directions unless ``walk_oneway``. Cars take it from its start to its end,
    and back where ``oneway`` says no.

    Args:
        system: coordinate system of the nodes, as in ``Coordinates.system``.

    Faults: those of ids, references, places and numbers. Warnings: edge_below_line (a length below the
    straight line between its ends).
    """
    id = nodes.ids("node")
    longitude, latitude, _ = read_places(nodes, system)
    for name in ("longitude", "latitude"):
        nodes.require(name, nodes.filled(name))
    rows = References.of(nodes, "node")
    start, _ = refer(edges, "start", rows, required=True)
    end, _ = refer(edges, "end", rows, required=True)
    metres, given = edges.numbers("metres")
    edges.require("metres", given)
    walking, driving = _directions(edges)
    good = (start != UNPLACED) & (end != UNPLACED) & given
    whole = np.rint(np.where(given, metres, 0)).astype(np.int32)
    with np.errstate(invalid="ignore"):
        placed = good & np.isfinite(longitude)[start] & np.isfinite(longitude)[end]
    _compare_with_lines(edges, longitude, latitude, start, end, metres, placed)
    if nodes.ledger.faults or edges.ledger.faults or not len(id):
        return None
    return Roads(
        id=id,
        longitude=longitude,
        latitude=latitude,
        start=start[good],
        end=end[good],
        metres=whole[good],
        walking=walking[good],
        driving=driving[good],
    )


def _directions(edges: Table) -> tuple[Integers, Integers]:
    """Directions that walkers and cars may take, int8 (edges,) each."""
    kinds = edges.distinct("highway")
    words = [frozenset(re.findall("[a-z_]+", text.lower())) for text in kinds.texts.to_pylist()]

    def open_by_kind(closed: frozenset[str]) -> Booleans:
        return np.array([not word & closed for word in words], dtype=np.bool_)[kinds.codes]

    on_foot = np.where(edges.filled("walk"), edges.yes("walk"), open_by_kind(NOT_ON_FOOT))
    by_car = np.where(edges.filled("drive"), edges.yes("drive"), open_by_kind(NOT_BY_CAR))
    both = FORWARD | BACKWARD
    two_way = edges.filled("oneway") & ~edges.yes("oneway")
    walking = np.where(on_foot, np.where(edges.yes("walk_oneway"), FORWARD, both), 0)
    driving = np.where(by_car, np.where(two_way, both, FORWARD), 0)
    return walking.astype(np.int8), driving.astype(np.int8)


def _compare_with_lines(
    edges: Table, longitude: Any, latitude: Any, start: Integers, end: Integers, metres: Any, placed: Booleans
) -> None:
    """Warn of lengths below the straight line: one warning, with the worst and their number."""
    rows = np.flatnonzero(placed)
    if not len(rows):
        return
    one, other = start[rows], end[rows]
    _, _, line = GEOD.inv(longitude[one], latitude[one], longitude[other], latitude[other])
    short = metres[rows] < np.asarray(line) * (100 - SHORTER_PERCENT) / 100 - SHORTER_METRES
    if short.any():
        worst = np.flatnonzero(short)[np.argmax((line - metres[rows])[short])]
        row = int(rows[worst])
        edges.ledger.add(
            "edge_below_line", edges.file, edges.row(row), edges.heading("metres"), f"{metres[row]:g}",
            warning=True, count=int(short.sum()), line=f"{line[worst]:.0f}",
        )  # fmt: skip


def road_system(file: str, policy: Policy) -> str:
    """The coordinate system of the nodes: a graph file has turned its own to degrees WGS84 already."""
    if file.lower().endswith(GRAPH_TYPE):
        return "wgs84"
    return policy.coordinates.roads or policy.coordinates.system


def roads_from_networkx(graph: Any) -> Roads:
    """The network of a networkx graph, such as OSMnx makes: for notebooks.

    Nodes need ``x`` and ``y`` (degrees WGS84, or in the system of the graph's attribute ``crs``), edges
    ``length`` in metres; ``oneway``, ``highway``, ``foot``, ``motor_vehicle`` and ``oneway:foot`` are heeded
    where they are there. An edge of an undirected graph goes both ways.

    Raises:
        ScenarioError: the graph has faults; it lists every one of them.
    """
    ledger, taken = Ledger(), graph_of(graph)
    tables = [_table_of("road_nodes", taken, ledger), _table_of("road_edges", taken, ledger)]
    ledger.raise_faults()
    nodes, edges = tables
    assert nodes is not None and edges is not None
    roads = read_roads(nodes, edges, "wgs84")
    ledger.raise_faults()
    if roads is None:
        raise ScenarioError(ledger.faults)
    return roads


def _table_of(part: Part, graph: Any, ledger: Ledger) -> Table | None:
    try:
        sheet: Sheet = graph.sheet(part)
    except Unreadable as fault:
        ledger.add(fault.code, IN_MEMORY, fault.row, value=fault.value, table=part)
        return None
    columns = TABLES[part]
    places = match_headings(part, IN_MEMORY, sheet.headings, columns, ledger, row=1, drop_forbidden=False)
    if len(sheet.rows) == 0:
        sheet = Sheet(sheet.headings, [pa.array([], pa.string()) for _ in sheet.headings], sheet.rows)
    return Table(part, IN_MEMORY, sheet, places, {column.name: column for column in columns}, ledger)
