"""Road networks in: tables in both languages, Parquet, GraphML as OSMnx writes it, and networkx graphs."""

from __future__ import annotations

import networkx
import numpy as np
import pandas as pd
import pyproj
import pytest
from load_folders import rows_of, sound_copy

import simulator as sim
from simulator import load
from simulator.load.coordinates import wgs84_to_gcj02
from simulator.model import Roads, ScenarioError
from simulator.model.roads import BACKWARD, FORWARD

BOTH = FORWARD | BACKWARD
NODES = [
    ["路口编号", "经度", "纬度"],
    ["n1", "116.10", "24.30"],
    ["n2", "116.11", "24.30"],
    ["n3", "116.12", "24.31"],
]
EDGES = [
    ["起点", "终点", "长度（米）", "单行", "道路类型", "可步行", "可行车", "步行单向"],
    ["n1", "n2", "1100", "", "", "", "", ""],
    ["n2", "n3", "1600.5", "否", "secondary", "", "", ""],
    ["n3", "n2", "1601.5", "是", "footway", "", "", "是"],
    ["n1", "n3", "2700", "否", "motorway", "", "", ""],
    ["n3", "n1", "2700", "否", "['motorway', 'trunk']", "是", "否", ""],
]
BY_ROAD = '[travel]\nmethod = "roads"\n'


def folder_of(tmp_path, nodes=NODES, edges=EDGES, settings=BY_ROAD):
    return sound_copy(tmp_path / "roads", settings, road_nodes=nodes, road_edges=edges)


def read(folder) -> Roads:
    return load.scenario(folder).roads


def same(one: Roads, other: Roads) -> None:
    assert one.id.tolist() == other.id.tolist()
    for name in ("start", "end", "metres", "walking", "driving"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
    for name in ("longitude", "latitude"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), atol=2e-7)


def test_lengths_are_whole_metres_and_each_profile_has_its_directions(tmp_path):
    roads = read(folder_of(tmp_path))
    assert roads.id.tolist() == ["n1", "n2", "n3"]
    assert roads.start.tolist() == [0, 1, 2, 0, 2] and roads.end.tolist() == [1, 2, 1, 2, 0]
    assert roads.metres.tolist() == [1100, 1600, 1602, 2700, 2700] and roads.metres.dtype == np.int32
    assert roads.walking.tolist() == [BOTH, BOTH, FORWARD, 0, BOTH]
    assert roads.driving.tolist() == [FORWARD, BOTH, 0, BOTH, 0]


def test_english_headings_parquet_and_aliases(tmp_path):
    expected = read(folder_of(tmp_path))
    folder = sound_copy(tmp_path / "parquet", BY_ROAD)
    nodes = pd.DataFrame(NODES[1:], columns=["osmid", "x", "y"]).astype({"x": float, "y": float})
    names = ["u", "v", "length", "oneway", "highway", "foot", "motor_vehicle", "oneway:foot"]
    edges = pd.DataFrame(EDGES[1:], columns=names).astype({"length": float})
    nodes.to_parquet(folder / "road_nodes.parquet")
    edges.to_parquet(folder / "road_edges.parquet")
    same(read(folder), expected)


def test_nodes_are_in_the_system_of_the_other_tables_or_in_their_own(tmp_path):
    shifted = read(folder_of(tmp_path))  # the sound county is in GCJ-02
    back = wgs84_to_gcj02(shifted.longitude, shifted.latitude)
    np.testing.assert_allclose(back, [[116.10, 116.11, 116.12], [24.30, 24.30, 24.31]], atol=2e-7)
    own = load.scenario(folder_of(tmp_path), overrides=("coordinates.roads=wgs84",)).roads
    assert own.longitude.tolist() == [116.10, 116.11, 116.12]


def openstreetmap(crs="EPSG:4326"):
    """A graph as OSMnx makes it: numbers, lists, attributes nobody here asks for."""
    graph = networkx.MultiDiGraph(crs=crs, created_with="OSMnx")
    turn = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
    for node, degrees in ((25, (116.10, 24.30)), (7, (116.11, 24.30)), (9, (116.12, 24.31))):
        x, y = turn.transform(*degrees) if crs != "EPSG:4326" else degrees
        graph.add_node(node, x=x, y=y, street_count=3)
    common = {"osmid": 1, "lanes": "2", "reversed": False, "name": "中山路 <一>"}
    graph.add_edge(25, 7, length=1100.2, oneway=True, highway="primary", **common)
    graph.add_edge(7, 9, length=1600.4, oneway=False, highway=["residential", "footway"], **common)
    graph.add_edge(9, 7, length=1600.4, oneway=[False, True], highway="steps", foot="designated", **common)
    graph.add_edge(25, 7, length=1200.0, oneway=False, highway="motorway_link", **common)
    return graph


def written_by_osmnx(graph, path):
    """OSMnx writes every attribute as text (``save_graphml``)."""
    plain = graph.copy()
    plain.graph = {name: str(value) for name, value in plain.graph.items()}
    for _, attributes in plain.nodes(data=True):
        attributes.update({name: str(value) for name, value in attributes.items()})
    for *_, attributes in plain.edges(data=True):
        attributes.update({name: str(value) for name, value in attributes.items()})
    networkx.write_graphml(plain, path, encoding="utf-8")


def test_a_networkx_graph_in_a_notebook():
    roads = sim.roads_from_networkx(openstreetmap())
    assert roads.id.tolist() == ["25", "7", "9"]
    assert roads.longitude.tolist() == [116.10, 116.11, 116.12]
    assert roads.start.tolist() == [0, 0, 1, 2] and roads.metres.tolist() == [1100, 1200, 1600, 1600]
    assert roads.walking.tolist() == [BOTH, 0, BOTH, BOTH]
    assert roads.driving.tolist() == [FORWARD, BOTH, 0, 0]


def test_graphml_as_osmnx_writes_it(tmp_path):
    folder = sound_copy(tmp_path / "graphml", BY_ROAD)
    written_by_osmnx(openstreetmap(), folder / "roads.graphml")
    faults, warnings = load.check(folder)
    assert faults == [] and not [warning for warning in warnings if "graphml" in warning.file]
    # The tables are in GCJ-02, a graph file is not: it names its own system.
    same(read(folder), sim.roads_from_networkx(openstreetmap()))


def test_a_graph_file_of_another_name_for_both_tables(tmp_path):
    names = '[tables]\nroad_nodes = "city.graphml"\nroad_edges = "city.graphml"\n'
    folder = sound_copy(tmp_path / "named", names + BY_ROAD)
    written_by_osmnx(openstreetmap(), folder / "city.graphml")
    same(read(folder), sim.roads_from_networkx(openstreetmap()))
    assert "city.graphml" in load.scenario(folder).sources


def test_a_projected_graph_is_turned_to_degrees(tmp_path):
    same(sim.roads_from_networkx(openstreetmap("EPSG:32650")), sim.roads_from_networkx(openstreetmap()))
    kept = openstreetmap("EPSG:32650")
    for node, attributes in openstreetmap().nodes(data=True):  # OSMnx keeps the degrees beside the metres
        kept.nodes[node].update(lon=attributes["x"], lat=attributes["y"])
    same(sim.roads_from_networkx(kept), sim.roads_from_networkx(openstreetmap()))


def test_an_undirected_graph_goes_both_ways():
    graph = networkx.Graph()
    graph.add_node("a", x=116.0, y=24.0)
    graph.add_node("b", x=116.01, y=24.0)
    graph.add_edge("a", "b", length=1100)
    assert sim.roads_from_networkx(graph).driving.tolist() == [BOTH]


def test_faults_of_a_graph_name_node_and_edge():
    graph = openstreetmap()
    graph.nodes[7]["x"] = "east"
    graph.add_edge(7, 25, length=-3.0)
    graph.add_edge(7, 25)
    with pytest.raises(ScenarioError) as refused:
        sim.roads_from_networkx(graph)
    found = {(fault.code, fault.row, fault.column) for fault in refused.value.faults}
    rows = [
        place
        for place, (start, end) in enumerate(graph.edges(keys=False), start=2)
        if (start, end) == (7, 25)
    ]
    assert found == {
        ("not_number", 3, "longitude"), ("negative", rows[0], "metres"), ("blank_cell", rows[1], "metres"),
    }  # fmt: skip


@pytest.mark.parametrize("graph", [networkx.DiGraph(), networkx.DiGraph([("a", "b")])])
def test_a_graph_without_places_is_refused(graph):
    with pytest.raises(ScenarioError):
        sim.roads_from_networkx(graph)


def test_an_attribute_that_is_nowhere_is_one_fault_and_not_one_for_every_edge():
    graph = openstreetmap()
    for *_, attributes in graph.edges(data=True):
        del attributes["length"]
    for _, attributes in graph.nodes(data=True):
        del attributes["x"]
    with pytest.raises(ScenarioError) as refused:
        sim.roads_from_networkx(graph)
    (one, other) = refused.value.faults
    assert {one.code, other.code} == {"missing_column"}
    assert {one.details["name"], other.details["name"]} == {"longitude", "metres"}
    assert {"x", "length"} <= set(f"{one.details['accepted']}, {other.details['accepted']}".split(", "))


def test_an_unknown_coordinate_system_is_a_fault():
    with pytest.raises(ScenarioError) as refused:
        sim.roads_from_networkx(networkx.MultiDiGraph(openstreetmap(), crs="moon"))
    assert {fault.code for fault in refused.value.faults} == {"no_coordinate_system"}


GRAPHML = """<?xml version="1.0"?>
{declared}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="x" for="node" attr.name="x"/><key id="y" for="node" attr.name="y"/>
  <key id="l" for="edge" attr.name="length"/><key id="o" for="edge" attr.name="oneway"/>
  <graph edgedefault="undirected">
    <node id="a"><data key="x">116.1</data><data key="y">24.3</data></node>
    <node id="b"><data key="x">116.11</data><data key="y">24.3</data></node>
    <edge source="a" target="b"><data key="l">1100</data></edge>
    <edge source="b" target="c"><data key="l">{length}</data></edge>
  </graph>
</graphml>
"""


def test_a_row_of_a_graph_file_is_the_line_of_the_element(tmp_path):
    folder = sound_copy(tmp_path / "lines", BY_ROAD)
    (folder / "roads.graphml").write_text(GRAPHML.format(declared="", length="long"), encoding="utf-8")
    faults, _ = load.check(folder)
    assert [(fault.code, fault.file, fault.row, fault.column) for fault in faults] == [
        ("unknown_reference", "roads.graphml", 9, "end"),
        ("not_number", "roads.graphml", 9, "metres"),
    ]


def test_entities_that_could_grow_without_end_are_refused(tmp_path):
    folder = sound_copy(tmp_path / "entities", BY_ROAD)
    declared = '<!DOCTYPE graphml [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n'
    (folder / "roads.graphml").write_text(GRAPHML.format(declared=declared, length="&b;"), encoding="utf-8")
    faults, _ = load.check(folder)
    assert {fault.code for fault in faults} == {"half_written"}


def test_lengths_below_the_straight_line_are_one_warning_with_the_worst(tmp_path):
    edges = [row[:4] for row in EDGES]
    edges[1][2], edges[3][2] = "900", "1000"
    faults, warnings = load.check(folder_of(tmp_path, edges=edges))
    assert faults == []
    (warning,) = [warning for warning in warnings if warning.code == "edge_below_line"]
    assert (warning.row, warning.value, warning.details["count"]) == (4, "1000", 2)
    line = pyproj.Geod(ellps="WGS84").inv(116.11, 24.30, 116.12, 24.31)[2]
    assert abs(int(warning.details["line"]) - line) < 3  # the shift of GCJ-02 is nearly the same at both ends
    assert read(folder_of(tmp_path, edges=edges)).metres.tolist()[0] == 900


def test_roads_are_read_and_checked_though_distances_are_straight(tmp_path):
    folder = folder_of(tmp_path, settings="")
    assert load.scenario(folder).roads is not None
    edges = [[*row] for row in EDGES]
    edges[1][0] = "n9"
    assert [fault.code for fault in load.check(folder_of(tmp_path, edges=edges, settings=""))[0]] == [
        "unknown_reference"
    ]


def test_one_table_of_roads_alone_is_not_enough(tmp_path):
    folder = sound_copy(tmp_path / "half", BY_ROAD, road_nodes=NODES)
    (fault,) = load.check(folder)[0]
    assert fault.code == "no_road_table" and fault.details["table"] == "road_edges"


def test_check_and_report_name_places_off_the_roads(tmp_path, capsys):
    """Blocks of the sound county lie kilometres from this network, and a part of it has no school."""
    from simulator import report, simulate
    from simulator.cli import main

    nodes = [*NODES, ["n4", "115.9310", "24.3911"], ["n5", "115.9320", "24.3911"]]
    edges = [*(row[:4] for row in EDGES[:3]), ["n4", "n5", "110", "否"]]
    without = {name: [row for row in rows_of(name) if "006" not in row] for name in ("schools", "zones")}
    folder = sound_copy(
        tmp_path / "off", BY_ROAD, road_nodes=nodes, road_edges=edges, settled=None, **without
    )
    assert main(["check", str(folder), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    far = [line for line in said.splitlines() if "from the nearest node of the roads" in line]
    assert any("“西郊小区”" in line for line in far) and not any("“石坑村”" in line for line in far)
    cut_off = [
        line for line in said.splitlines() if "No way by road leads from “石坑村” to any school" in line
    ]
    assert len(cut_off) == 1 and "part 2 of 2 of the network, of 2 nodes; the greatest has 3" in cut_off[0]
    run = simulate.simulate(load.scenario(folder))
    places = report.frames(run, "zh")["places"].set_index("代码")
    assert places.loc["B05", ["最近路口", "连通路网序号", "沿道路可达（小学）"]].tolist() == ["n4", 2, "否"]
    page = (report.write(run, tmp_path / "run", language="zh") / "report.html").read_text(encoding="utf-8")
    assert "从“石坑村”沿道路到不了任何学校" in page
