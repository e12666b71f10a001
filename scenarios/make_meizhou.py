"""Writes ``scenarios/meizhou``: a synthetic city of Meizhou's shape. Run by hand; it is seeded.

    python scenarios/make_meizhou.py [FOLDER]

No real child, school, town or block is in it: county names, residents per county and the rough places of
the county seats are real, everything else is invented or calibrated (see meizhou/README.md). The tables are
written under the headings of the data dictionary; ``scenario.toml`` and README.md are written by hand.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from making.children import CATEGORIES, make_children  # noqa: E402
from making.details import add_districts, add_groups, add_private, add_special, fill_in  # noqa: E402
from making.geometry import to_degrees  # noqa: E402
from making.places import COUNTIES, Blocks, Names, Town, make_blocks, make_towns  # noqa: E402
from making.schools import JUNIOR, PRIMARY, Layout, School, make_schools  # noqa: E402

from simulator.model.dictionary import TABLES  # noqa: E402

SEED = 4414
STAGE_WORDS = ("小学", "初中")


def write_table(folder: Path, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV under the first Chinese heading of each column, UTF-8 with signature."""
    headings = {column.name: column.headings[0] for column in TABLES[table]}
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([headings[name] for name in columns])
        writer.writerows(rows)


def yes(value: bool) -> str:
    """A yes/no cell; "no" stays empty."""
    return "是" if value else ""


def blank(value: int | None, *, keep_zero: bool = False) -> object:
    """A number cell; None stays empty, and so does 0 unless it says something."""
    return "" if value is None or (value == 0 and not keep_zero) else value


def write_blocks(
    folder: Path, towns: list[Town], blocks: Blocks, ids: list[str], districts: list[str]
) -> None:
    """``blocks.csv``."""
    longitude, latitude = to_degrees(blocks.places(np.arange(len(ids))))
    columns = ("block", "name", "county", "town", "district", "longitude", "latitude", "village")
    write_table(folder, "blocks", columns, (
        (ids[b], blocks.name[b], COUNTIES[blocks.county[b]].name, towns[blocks.town[b]].name, districts[b],
         f"{longitude[b]:.5f}", f"{latitude[b]:.5f}", yes(blocks.village[b]))
        for b in range(len(ids))
    ))  # fmt: skip


def write_schools(folder: Path, towns: list[Town], schools: list[School]) -> None:
    """``schools.csv``: per-stage columns throughout, so that one sheet holds all kinds."""
    longitude, latitude = to_degrees(np.array([school.place for school in schools]))
    pairs = ("classes", "class_size", "planned_seats", "pupils", "leavers", "reserved_seats")
    pairs += ("purchased_seats", "special_class_seats")
    columns = ["school", "name", "kind", "ownership", "county", "town", "longitude", "latitude"]
    columns += [f"{stage}_{name}" for name in pairs for stage in ("primary", "junior")]
    columns += ["boarding_beds", "bus", "group", "district", "approval_county", "disabled_pupils",
                "resource_room", "protected"]  # fmt: skip

    def cells(row: int, school: School) -> list[object]:
        staged = (school.classes, school.size, school.planned, school.pupils, school.leavers, school.reserved,
                  school.purchased, school.special_class)  # fmt: skip
        return [
            school.id, school.name, school.kind, school.ownership, COUNTIES[school.county].name,
            towns[school.town].name, f"{longitude[row]:.5f}", f"{latitude[row]:.5f}",
            *[blank(value, keep_zero=values is school.planned) for values in staged for value in values],
            blank(school.beds), yes(school.bus), school.group, school.district, school.approval,
            blank(school.disabled), yes(school.resource_room), yes(school.protected),
        ]  # fmt: skip

    write_table(folder, "schools", columns, (cells(row, school) for row, school in enumerate(schools)))


def write_zones(folder: Path, ids: list[str], layout: Layout) -> None:
    """``zones.csv`` and ``feeders.csv``; the order only where several schools share a zone."""
    rows = []
    for zone in layout.zones:
        order = sorted(zone.schools, key=lambda school: school.id)
        for block in zone.blocks:
            for place, school in enumerate(order, start=1):
                shared = place if len(order) > 1 else ""
                rows.append((ids[block], school.id, STAGE_WORDS[zone.stage], shared))
    rows.sort(key=lambda row: (STAGE_WORDS.index(row[2]), row[0], row[1]))
    write_table(folder, "zones", ("block", "school", "stage", "order"), rows)
    feeders = sorted((primary.id, junior.id, 1) for primary, junior in layout.feeders)
    write_table(folder, "feeders", ("primary", "junior", "share"), feeders)


def write_demand(folder: Path, ids: list[str], children: np.ndarray) -> None:
    """``demand.csv``: one row per block, stage and category that has children."""
    rows = [
        (ids[block], STAGE_WORDS[stage], CATEGORIES[category], int(children[stage, block, category]))
        for stage, block, category in zip(*np.nonzero(children), strict=True)
    ]
    write_table(folder, "demand", ("block", "stage", "category", "count"), rows)


def number(layout: Layout) -> None:
    """Sort the schools by county, kind and name, and give them ids."""
    order = ("小学", "教学点", "九年一贯制学校", "十二年一贯制学校", "初级中学", "完全中学", "特殊教育学校")
    layout.schools.sort(
        key=lambda s: (
            s.county,
            s.ownership != "公办",
            order.index(s.kind),
            s.town,
            s.name,
            *s.place.tolist(),
        )
    )
    count = dict.fromkeys(range(len(COUNTIES)), 0)
    for school in layout.schools:
        count[school.county] += 1
        school.id = f"{COUNTIES[school.county].code}S{count[school.county]:03d}"


def make(folder: Path) -> None:
    """Make the whole city and write its tables into ``folder``."""
    rng = np.random.default_rng(SEED)
    names = Names(rng)
    towns = make_towns(rng, names)
    blocks = make_blocks(rng, towns, names)
    children = make_children(rng, towns, blocks)
    kids = children.sum(axis=2)
    layout = make_schools(rng, towns, blocks, children, names)
    districts = add_districts(blocks, towns, kids, layout)
    add_groups(layout)
    add_private(rng, towns, blocks, kids, layout)
    add_special(rng, towns, layout)
    fill_in(rng, layout, children)
    number(layout)
    count = dict.fromkeys(range(len(COUNTIES)), 0)
    ids = []
    for county in blocks.county:
        count[county] += 1
        ids.append(f"{COUNTIES[county].code}{count[county]:04d}")
    folder.mkdir(parents=True, exist_ok=True)
    write_blocks(folder, towns, blocks, ids, districts)
    write_schools(folder, towns, layout.schools)
    write_zones(folder, ids, layout)
    write_demand(folder, ids, children)
    _tell(layout, kids)


def _tell(layout: Layout, kids: np.ndarray) -> None:
    """The figures README.md quotes, to be checked by eye after a change."""
    schools = layout.schools
    kinds = [(kind, sum(s.kind == kind for s in schools)) for kind in sorted({s.kind for s in schools})]
    print("schools", len(schools), kinds, "private", sum(s.ownership != "公办" for s in schools))
    full = sum(bool(s.classes[PRIMARY]) and s.kind != "教学点" for s in schools)
    points = sum(s.kind == "教学点" for s in schools)
    print(f"teaching points {100 * points / (full + points):.1f} % of {full + points}")
    for stage in (PRIMARY, JUNIOR):
        seats = sum(s.seats(stage) for s in schools)
        private = sum(s.seats(stage) for s in schools if s.ownership != "公办")
        seat = sum(s.seats(stage) for s in schools if s.urban and s.ownership == "公办")
        classes = sum(s.classes[stage] for s in schools)
        print(f"{STAGE_WORDS[stage]} children {kids[stage].sum()} seats {seats} private {private} "
              f"public in the seats {seat} per child {seats / kids[stage].sum():.3f} "
              f"children per class {kids[stage].sum() / classes:.1f}")  # fmt: skip


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # a console that cannot write Chinese is no reason to fail
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "meizhou")
