"""A road network as a graph file or a graph in memory, turned to the two tables of roads as cells of text.

GraphML as OSMnx writes it: attributes ``x``, ``y`` (or ``lon``, ``lat``) of nodes, ``length``, ``oneway``,
``highway`` of edges, all as text; the coordinate system in the attribute ``crs`` of the graph. A networkx
graph in a notebook holds the same attributes as numbers and lists. Attributes that the data dictionary does
not know are not taken over: such a graph has many, and none is missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from simulator.load.readers import Sheet, Unreadable
from simulator.model.arrays import Integers

Part = Literal["road_nodes", "road_edges"]
GRAPH_TYPE = ".graphml"
NODE_HEADINGS = ("node", "longitude", "latitude")
EDGE_HEADINGS = ("start", "end", "metres", "oneway", "highway", "walk", "drive", "walk_oneway")
NODE_ATTRIBUTES = (("longitude", "lon", "x"), ("latitude", "lat", "y"))
"""Where a node's degrees are looked for, in this order: a projected graph keeps them in lon and lat."""

EDGE_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "metres": ("length", "metres"),
    "oneway": ("oneway",),
    "highway": ("highway",),
    "walk": ("foot", "walk"),
    "drive": ("motor_vehicle", "drive"),
    "walk_oneway": ("oneway:foot", "walk_oneway"),
}
OPENSTREETMAP_YES_NO = {
    "walk": {"designated": "yes", "permissive": "yes", "private": "no", "use_sidepath": "no"},
    "drive": {"designated": "yes", "permissive": "yes", "destination": "yes", "private": "no"},
}
"""What OpenStreetMap says beside yes and no; any other word is left to the kind of road."""

DEGREES = 4326


@dataclass
class Graph:
    """What is taken over from a graph: one record of attributes per node and edge, and where it stood.

    Attributes:
        crs: coordinate system of x and y, "" for degrees. directed: an edge is one direction.
    """

    crs: str = ""
    directed: bool = True
    nodes: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    edges: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    node_rows: list[int] = field(default_factory=list)
    edge_rows: list[int] = field(default_factory=list)

    def sheet(self, part: Part) -> Sheet:
        """The nodes or the edges as a table.

        Raises:
            Unreadable: no_coordinate_system, empty_file.
        """
        if not self.nodes:
            raise Unreadable("empty_file")
        if part == "road_nodes":
            columns = [[id for id, _ in self.nodes], *self._degrees()]
            return _sheet(NODE_HEADINGS, columns, self.node_rows)
        rows = [
            [start, end, *map(_edge_cell(attributes), EDGE_ATTRIBUTES)]
            for start, end, attributes in self.edges
        ]
        if not self.directed:
            for row in rows:
                row[EDGE_HEADINGS.index("oneway")] = row[EDGE_HEADINGS.index("oneway")] or "no"
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in EDGE_HEADINGS]
        return _sheet(EDGE_HEADINGS, columns, self.edge_rows)

    def _degrees(self) -> list[list[str]]:
        """Longitude and latitude of the nodes, out of a projected system where the graph is in one."""
        import pyproj

        if not self.crs or any("lon" in attributes for _, attributes in self.nodes[:1]):
            return [[_first(attributes, names) for _, attributes in self.nodes] for names in NODE_ATTRIBUTES]
        try:
            system = pyproj.CRS.from_user_input(self.crs)
            turn = pyproj.Transformer.from_crs(system, DEGREES, always_xy=True)
        except pyproj.exceptions.CRSError:
            raise Unreadable("no_coordinate_system", value=self.crs) from None
        places = [[_first(attributes, names) for _, attributes in self.nodes] for names in NODE_ATTRIBUTES]
        if system.equals(pyproj.CRS.from_epsg(DEGREES), ignore_axis_order=True):
            return places
        try:
            x, y = (np.array(column, dtype=np.float64) for column in places)
        except ValueError:
            return places  # the columns say themselves which cell is no number
        return [[repr(value) for value in axis.tolist()] for axis in turn.transform(x, y)]


def _first(attributes: Mapping[str, str], names: Iterable[str]) -> str:
    return next((attributes[name] for name in names if name in attributes), "")


def _edge_cell(attributes: Mapping[str, str]) -> Callable[[str], str]:
    """The cell of a column, of an edge with these attributes."""

    def cell(column: str) -> str:
        text = _first(attributes, EDGE_ATTRIBUTES[column])
        if column == "oneway" and text.startswith("["):
            # Edges that OSMnx joined to one: one-way where any of its parts is.
            return "yes" if re.search("true|yes|1", text.lower()) else "no"
        if column in OPENSTREETMAP_YES_NO:
            words = OPENSTREETMAP_YES_NO[column]
            return text if text.lower() in ("yes", "no", "true", "false") else words.get(text.lower(), "")
        return text

    return cell


def _sheet(headings: tuple[str, ...], columns: list[list[str]], rows: list[int]) -> Sheet:
    """A table without the columns that hold nothing at all: of a needed one that is one fault, not many."""
    kept = [place for place, column in enumerate(columns) if any(column) or not rows]
    lines: Integers = np.array(rows, dtype=np.int64)
    return Sheet([headings[p] for p in kept], [pa.array(columns[p], pa.string()) for p in kept], lines)


def read_graphml(data: bytes, part: Part) -> Sheet:
    """The nodes or the edges of a GraphML file; a row is the line of the file where the element begins.

    Raises:
        Unreadable: half_written (no XML, or it declares entities, which may expand without end),
            no_coordinate_system, empty_file.
    """
    graph, names = Graph(), _Names()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, given: names.begin(graph, tag, given, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda tag: names.end(graph, tag)
    parser.CharacterDataHandler = names.text
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("half_written", error.lineno, str(error)) from None
    return graph.sheet(part)


def _refuse_entities(*declared: Any) -> None:
    raise Unreadable("half_written", value=f"entity {declared[0]}")


class _Names:
    """The state of reading: keys declared so far, and the element that is open."""

    def __init__(self) -> None:
        self.keys: dict[str, tuple[str, str]] = {}  # key id -> (attribute, default)
        self.attributes: dict[str, str] = {}
        self.key = ""
        self.within = ""
        self.default_of = ""
        self.parts: list[str] = []

    def begin(self, graph: Graph, tag: str, given: Mapping[str, str], line: int) -> None:
        """An element opens."""
        tag = tag.rpartition(" ")[2]
        self.parts.clear()
        if tag == "key":
            self.keys[given.get("id", "")] = (given.get("attr.name", ""), "")
            self.default_of = given.get("id", "")
        elif tag == "graph":
            graph.directed = given.get("edgedefault", "directed") == "directed"
        elif tag == "node":
            self.attributes = {}
            graph.nodes.append((given.get("id", ""), self.attributes))
            graph.node_rows.append(line)
        elif tag == "edge":
            self.attributes = {}
            if given.get("directed") == "false":
                self.attributes["oneway"] = "no"
            graph.edges.append((given.get("source", ""), given.get("target", ""), self.attributes))
            graph.edge_rows.append(line)
        elif tag == "data":
            self.key = given.get("key", "")
        if tag in ("graph", "node", "edge"):
            self.within = tag

    def end(self, graph: Graph, tag: str) -> None:
        """An element closes."""
        tag = tag.rpartition(" ")[2]
        if tag == "data":
            name = self.keys.get(self.key, (self.key, ""))[0]
            if self.within == "graph":
                graph.crs = "".join(self.parts).strip() if name == "crs" else graph.crs
            elif name in _KNOWN:
                self.attributes[name] = "".join(self.parts).strip()
        elif tag in ("node", "edge"):
            self.within = "graph"
        self.parts.clear()

    def text(self, text: str) -> None:
        """Text within an element."""
        self.parts.append(text)


_KNOWN = frozenset(name for names in (*NODE_ATTRIBUTES, *EDGE_ATTRIBUTES.values()) for name in names)


def graph_of(graph: Any) -> Graph:
    """A networkx graph (``Graph``, ``DiGraph`` or a multigraph), as OSMnx makes them.

    Rows are counted as in a Parquet file: node or edge 0 is row 2.
    """
    taken = Graph(crs=str(graph.graph.get("crs", "") or ""), directed=bool(graph.is_directed()))
    for node, attributes in graph.nodes(data=True):
        taken.nodes.append((str(node), _texts_of(attributes)))
    for start, end, attributes in graph.edges(data=True):
        taken.edges.append((str(start), str(end), _texts_of(attributes)))
    taken.node_rows = list(range(2, 2 + len(taken.nodes)))
    taken.edge_rows = list(range(2, 2 + len(taken.edges)))
    return taken


def _texts_of(attributes: Mapping[Any, Any]) -> dict[str, str]:
    """The attributes we know, as text; missing values are left out."""
    known = ((str(name), value) for name, value in attributes.items() if str(name) in _KNOWN)
    return {name: str(value) for name, value in known if value is not None and value == value}
