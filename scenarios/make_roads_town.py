"""Writes a scenario folder: a made-up town on a real road network that is given to it. It is seeded.

    python scenarios/make_roads_town.py ROADS FOLDER

ROADS is a folder with ``nodes.csv`` (node_id, lat, lon) and ``edges.csv`` (u, v, length_m), one row per
direction of an edge. The roads are real; blocks, schools, children and zones are invented and stand for no
place: the network alone is what this scenario is about. Distances are by road, on foot. Today's zones follow
the straight line, with some schools favoured, so that a drawing by road has something to mend; seats are 5 %
more than the children.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from making.geometry import distances, shares  # noqa: E402

from simulator.model.dictionary import TABLES  # noqa: E402

SEED = 3607
BLOCKS, CHILDREN = 420, (11_000, 9_600)
KINDS = (("小学", 44), ("初级中学", 14), ("九年一贯制学校", 6))
PRIVATE = (("小学", 2), ("初级中学", 2))
CLASS_SIZES = (45, 50)
SLACK_PERCENT = 105
CATEGORIES = (("local", 80), ("migrant", 17), ("late", 3))
STAGE_WORDS = ("小学", "初中")
METRES_PER_DEGREE = 111_195.0
ONE_DEGREE_EAST = 0.88  # of a degree north, in the latitudes of southern China
OFF_ROAD_DEGREES = 0.0012

SETTINGS = """\
# 虚构的小镇，建在真实路网上：道路是真实的，小区、学校、学生和学区都是虚构的，不代表任何地方。
# A made-up town on a real road network: roads are real; blocks, schools, children and zones are invented.
# 由 scenarios/make_roads_town.py 生成。Written by scenarios/make_roads_town.py.

name = "roads_town"
title = "真实路网上的虚构小镇"
title_en = "A made-up town on real roads"
year = 2026
seed = 2026

[travel]
method = "roads"
profile = "walking"
nearest = 12
snap_limit_metres = 300

[age]
enforce = false

[[rounds]]
name = "zone"
title = "学区录取"
title_en = "Zone"
who = ["local"]
exclude = ["late"]
reach = ["zone"]
tiers = [["household", "home"], ["household"]]
rank = ["tier", "settled_on", "draw"]

[[rounds]]
name = "coordination"
title = "统筹"
title_en = "Coordination"
mechanism = "least_total"
reach = ["county"]
coordination = true
rank = ["draw"]

[population.categories.local]
yes_percent = { household = 100, home = 85 }
settled_years = 8

[population.categories.migrant]
yes_percent = { migrant = 100, residence_permit = 95, renting = 80 }
points_mean = 80
points_spread = 15

[population.categories.late]
yes_percent = { late = 100, household = 80 }
settled_years = 5
"""


@dataclass
class School:
    """A school to be written: kind, whether public, place in degrees, classes per stage."""

    id: str
    kind: str
    public: bool
    place: np.ndarray
    classes: list[int]

    def serves(self, stage: int) -> bool:
        """Whether the kind has the stage."""
        return self.kind == "九年一贯制学校" or (self.kind == "小学") == (stage == 0)


def write_table(folder: Path, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV under the first Chinese heading of each column, UTF-8 with signature."""
    headings = {column.name: column.headings[0] for column in TABLES[table]}
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([headings[name] for name in columns])
        writer.writerows(rows)


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def flat(degrees: np.ndarray) -> np.ndarray:
    """(places, 2) longitude and latitude, as a plane in which a degree is as long east as north."""
    return degrees * np.array([ONE_DEGREE_EAST, 1.0])


def spread_out(rng: np.random.Generator, places: np.ndarray, count: int) -> np.ndarray:
    """Rows of ``count`` places, each the one of some drawn that is farthest from those taken so far."""
    taken = [int(rng.integers(len(places)))]
    while len(taken) < count:
        drawn = rng.permutation(len(places))[:12]
        away = distances(places[drawn], places[taken]).min(axis=1)
        taken.append(int(drawn[np.argmax(away)]))
    return np.array(taken)


def beside(rng: np.random.Generator, place: np.ndarray, times: float) -> np.ndarray:
    """A place a little off a node of the network."""
    return np.round(place + (2 * rng.random(place.shape) - 1) * OFF_ROAD_DEGREES * times, 6)


def make_schools(rng: np.random.Generator, nodes: np.ndarray) -> list[School]:
    """Schools beside nodes that lie far from each other, without classes yet."""
    kinds = [(kind, True) for kind, count in KINDS for _ in range(count)]
    kinds += [(kind, False) for kind, count in PRIVATE for _ in range(count)]
    rows = spread_out(rng, flat(nodes), len(kinds))
    order = rng.permutation(len(kinds))
    return [
        School(f"S{number:03d}", *kinds[order[number - 1]], beside(rng, nodes[row], 0.5), [0, 0])
        for number, row in enumerate(rows, start=1)
    ]


def make_zones(rng: np.random.Generator, blocks: np.ndarray, schools: list[School], stage: int) -> np.ndarray:
    """Row of the public school of each block: the nearest by straight line, some schools favoured."""
    rows = [row for row, school in enumerate(schools) if school.public and school.serves(stage)]
    away = distances(flat(blocks), flat(np.array([schools[row].place for row in rows])))
    favour = rng.random(len(rows)) * 400 / METRES_PER_DEGREE
    return np.array(rows)[np.argmin(away + favour, axis=1)]


def give_classes(
    rng: np.random.Generator, schools: list[School], zone: np.ndarray, kids: np.ndarray, stage: int
) -> None:
    """Classes by the load of the zone, some planned too few and some too many; private schools get three."""
    load = np.bincount(zone, weights=kids, minlength=len(schools)) * (0.85 + 0.3 * rng.random(len(schools)))
    wanted = -(-int(kids.sum()) * SLACK_PERCENT // (100 * CLASS_SIZES[stage]))
    classes = shares(rng, load + 1e-9 * (load == 0), wanted)
    for row, school in enumerate(schools):
        if school.serves(stage):
            school.classes[stage] = max(int(classes[row]), 1) if school.public else 3


def make(source: Path, folder: Path) -> None:
    """Write the scenario into ``folder``."""
    rng = np.random.default_rng(SEED)
    nodes, edges = read_rows(source / "nodes.csv"), read_rows(source / "edges.csv")
    places = np.array([(float(node["lon"]), float(node["lat"])) for node in nodes])
    schools = make_schools(rng, places)
    at = rng.permutation(len(places))[:BLOCKS]
    blocks = beside(rng, places[at], 1.0)
    weight = 0.3 + rng.random(BLOCKS) + 4 * rng.random(BLOCKS) ** 6  # a few large ones
    kids = np.stack([shares(rng, weight, total) for total in CHILDREN])
    zone = [make_zones(rng, blocks, schools, stage) for stage in (0, 1)]
    for stage in (0, 1):
        give_classes(rng, schools, zone[stage], kids[stage], stage)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")
    ids = [f"B{row:03d}" for row in range(1, BLOCKS + 1)]
    write_table(folder, "road_nodes", ("node", "longitude", "latitude"),
                ((node["node_id"], node["lon"], node["lat"]) for node in nodes))  # fmt: skip
    write_table(folder, "road_edges", ("start", "end", "metres"),
                ((edge["u"], edge["v"], edge["length_m"]) for edge in edges))  # fmt: skip
    write_table(folder, "blocks", ("block", "name", "county", "longitude", "latitude"), (
        (ids[row], f"第{row + 1}小区", "虚构区", f"{blocks[row, 0]:.6f}", f"{blocks[row, 1]:.6f}")
        for row in range(BLOCKS)
    ))  # fmt: skip
    write_table(
        folder,
        "schools",
        ("school", "name", "kind", "ownership", "county", "longitude", "latitude", "primary_classes",
         "junior_classes"),
        ((school.id, f"虚构学校{school.id}", school.kind, "公办" if school.public else "民办", "虚构区",
          *(f"{degrees:.6f}" for degrees in school.place), *(count or "" for count in school.classes))
         for school in schools),
    )  # fmt: skip
    write_table(folder, "zones", ("block", "school", "stage"), (
        (ids[row], schools[zone[stage][row]].id, STAGE_WORDS[stage])
        for stage in (0, 1) for row in range(BLOCKS)
    ))  # fmt: skip
    write_table(folder, "demand", ("block", "stage", "category", "count"), demand_rows(ids, kids))
    print(f"{len(nodes)} nodes, {len(edges)} edges, {BLOCKS} blocks, {len(schools)} schools, "
          f"{kids.sum()} children: {folder}")  # fmt: skip


def demand_rows(ids: list[str], kids: np.ndarray) -> Iterable[tuple[object, ...]]:
    """Children of each block by category: whole shares, what is left over local."""
    for stage, counts in enumerate(kids.tolist()):
        for row, total in enumerate(counts):
            parts = {name: total * percent // 100 for name, percent in CATEGORIES}
            parts["local"] += total - sum(parts.values())
            yield from ((ids[row], STAGE_WORDS[stage], name, part) for name, part in parts.items() if part)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # a console that cannot write Chinese is no reason to fail
    if len(sys.argv) != 3:
        sys.exit("usage: python scenarios/make_roads_town.py ROADS FOLDER")
    make(Path(sys.argv[1]), Path(sys.argv[2]))
