"""A town made on a real road network runs: its ways are those of networkx, and twice give the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import networkx
import numpy as np
import pandas as pd
import pytest

from simulator import load, report, rezone, simulate
from simulator.cli import main
from simulator.model import NO_METRES, Stage
from simulator.travel import measure, metres

REPOSITORY = Path(__file__).resolve().parents[2]
MAKER = REPOSITORY / "scenarios" / "make_roads_town.py"
SHARED = Path(os.environ.get("XUEWEI_SHARED") or REPOSITORY.parent / "shared")
ROADS = SHARED / "data" / "roads"
pytestmark = pytest.mark.skipif(
    not (ROADS / "nodes.csv").is_file(),
    reason="no folder data/roads under XUEWEI_SHARED or ../shared beside the repository",
)


def make(folder: Path) -> Path:
    command = [sys.executable, str(MAKER), str(ROADS), str(folder)]
    subprocess.run(command, check=True, cwd=REPOSITORY, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return make(tmp_path_factory.mktemp("roads") / "town")


@pytest.fixture(scope="module")
def written(town, tmp_path_factory):
    """The run folder as the command writes it."""
    out = tmp_path_factory.mktemp("roads") / "run"
    assert main(["run", str(town), "--out", str(out), "--lang", "en", "--quiet"]) == 0
    return out


def digests(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "timings.json")
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_maker_writes_the_same_bytes_again(town, tmp_path):
    assert digests(make(tmp_path / "again")) == digests(town)


def test_it_is_sound(town):
    faults, warnings = load.check(town)
    assert faults == []
    assert "edge_below_line" in {warning.code for warning in warnings}  # some real lengths are


def test_the_command_runs_on_it_and_the_report_says_whose_metres_they_are(written):
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    source = manifest["distance_source"]
    assert source == {
        "method": "roads", "profile": "walking", "nodes": 2067, "components": 1, "detour_percent": 130,
    }  # fmt: skip
    assert {"road_nodes.csv", "road_edges.csv"} <= manifest["inputs_sha256"].keys()
    page = (written / "report.html").read_text(encoding="utf-8")
    assert "the shortest way on the road network" in page
    assert manifest["totals"]["children"] == 20_600


def test_places_on_the_roads_are_a_table(written, town):
    places = pd.read_parquet(written / "places.parquet")
    scenario = load.scenario(town)
    assert places["place_kind"].value_counts().to_dict() == {
        "block": len(scenario.blocks), "school": len(scenario.schools),
    }  # fmt: skip
    assert places["snap_metres"].between(0, 400).all() and (places["component"] == 1).all()
    assert places["way_primary"].all() and places["way_junior"].all()
    assert set(places["road_node"]) <= set(scenario.roads.id)
    sheet = pd.read_excel(
        written / "results.xlsx", sheet_name="Places on roads", header=None, engine="openpyxl"
    )
    assert "nearest node" in sheet.to_string()


def test_twice_the_same_bytes(town, written, tmp_path):
    again = report.write(simulate.simulate(load.scenario(town)), tmp_path / "again", language="en")
    assert digests(again) == digests(written)


@pytest.mark.parametrize("profile", ["walking", "driving"])
def test_ways_are_those_of_networkx(town, profile):
    scenario = load.scenario(town, overrides=(f"travel.profile={profile}",))
    travel, roads = measure(scenario), scenario.roads
    graph = networkx.DiGraph()
    ends = (
        [(roads.start, roads.end)]
        if profile == "driving"
        else [(roads.start, roads.end), (roads.end, roads.start)]
    )
    for start, end in ends:
        for one, other, far in zip(start.tolist(), end.tolist(), roads.metres.tolist(), strict=True):
            least = min(far, graph.edges[one, other]["far"]) if graph.has_edge(one, other) else far
            graph.add_edge(one, other, far=least)
    access = travel.roads.access
    schools = np.arange(len(scenario.schools))
    for block in range(0, len(scenario.blocks), 35):
        ways = networkx.single_source_dijkstra_path_length(
            graph, int(access.blocks.node[block]), weight="far"
        )
        whole = np.array([
            ways[node] + access.blocks.metres[block] + door if node in ways else NO_METRES
            for node, door in zip(access.schools.node.tolist(), access.schools.metres, strict=True)
        ])  # fmt: skip
        blocks = np.full(len(schools), block)
        assert np.array_equal(metres(travel, Stage.PRIMARY, blocks, schools), whole)
        for stage in Stage:
            arcs = travel.arcs[stage]
            mine = slice(arcs.offsets[block], arcs.offsets[block + 1])
            assert np.array_equal(arcs.metres[mine], whole[arcs.school[mine]])
            serving = scenario.schools.serves(stage) & scenario.schools.public
            nearest = np.flatnonzero(serving)[np.lexsort((schools[serving], whole[serving]))][:12]
            assert set(nearest) <= set(arcs.school[mine].tolist())


def test_zones_of_the_town_hang_together_along_its_roads(town, tmp_path):
    """Neighbours come from the network: every zone is one piece of road, as networkx sees it."""
    out = tmp_path / "zones"
    assert main(["zones", str(town), "--out", str(out), "--lang", "en", "--quiet"]) == 0
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert told["neighbours"] == "roads"
    made = rezone.run(town)
    scenario = made.scenario
    assert scenario.roads is not None
    graph = networkx.Graph()
    graph.add_weighted_edges_from(
        zip(
            scenario.roads.start.tolist(),
            scenario.roads.end.tolist(),
            scenario.roads.metres.tolist(),
            strict=True,
        )
    )
    node = measure(scenario).roads.access.blocks.node.tolist()
    nearest = networkx.multi_source_dijkstra_path(graph, set(node))
    owner = {at: path[0] for at, path in nearest.items()}
    for stage in made.stages:
        assert stage.proposed.contiguous and told["stages"][stage.stage.name.lower()]["contiguous"]
        school = dict(zip(node, stage.proposed.assigned.tolist(), strict=True))
        crossing = 0
        for one, other in graph.edges:
            crossing += school[owner[one]] != school[owner[other]]
        assert crossing > 0
        for row in np.unique(stage.proposed.assigned):
            inside = [at for at in graph if school[owner[at]] == row]
            pieces = networkx.number_connected_components(graph.subgraph(inside))
            islands = int(stage.proposed.island[stage.proposed.assigned == row].sum())
            assert pieces <= 1 + islands
