"""Writes the tables of ``choice_town``: an invented town whose families list schools. It is seeded.

    python scenarios/make_choice_town.py [FOLDER]

One stage, twelve schools, 120 blocks on a ring road around an old centre, more seats than children in all and
too few where families want them: the centre's schools are small. Nothing in it stands for a real place. Only
whole numbers and sums of uniform numbers are used, so the same bytes come out on every machine.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

SEED = 1911
BLOCKS, CHILDREN = 120, 1_900
CENTRE = (1_161_200, 243_100)
"""Longitude and latitude in ten-thousandths of a degree, about ten metres."""
SCHOOLS = (
    # name, east and north of the centre in ten-thousandths of a degree, classes
    ("实验小学", 6, 4, 2),
    ("文庙小学", -22, 10, 2),
    ("东门小学", 48, -6, 3),
    ("西关小学", -70, -18, 3),
    ("北山小学", 10, 92, 4),
    ("南苑小学", -14, -88, 4),
    ("滨江小学", 96, 60, 4),
    ("城西新区小学", -128, 34, 5),
    ("城东新区小学", 140, -38, 5),
    ("铁路小学", 66, -104, 4),
    ("师范附属小学", -86, -104, 4),
    ("湖畔小学", -92, 112, 4),
)
CATEGORIES = (("local", 82), ("migrant", 18))


def blocks(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Places, int64 (blocks, 2), thicker towards the centre; and children, int64 (blocks,)."""
    spread = rng.random((BLOCKS, 2, 4)).sum(axis=2) - 2
    places = np.rint(spread * 190).astype(np.int64)
    weight = 20 + np.rint(rng.random(BLOCKS) * 80).astype(np.int64)
    children = CHILDREN * weight // weight.sum()
    children[: CHILDREN - int(children.sum())] += 1
    return places, children


def zones(places: np.ndarray, schools: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Today's zone of each block: the nearest school, where a school of many classes counts as nearer.

    Drawn when the new quarters were villages, so the centre's zones are too large and some blocks lie wrong.
    """
    east, north = (places[:, None, axis] - schools[None, :, axis] for axis in (0, 1))
    away = east * east * 83 // 100 + north * north
    away = away * (3 + classes[None, :]) // 8
    return np.asarray(np.argmin(away, axis=1))


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with Chinese headings that spreadsheets open."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


def degrees(place: np.ndarray) -> tuple[str, str]:
    """Longitude and latitude of a place as text."""
    return tuple(f"{(at + zero) / 10_000:.4f}" for at, zero in zip(place.tolist(), CENTRE, strict=True))


def main(folder: Path) -> None:
    """Write the tables into ``folder``, where ``scenario.toml`` is."""
    rng = np.random.default_rng(SEED)
    places, children = blocks(rng)
    schools = np.array([row[1:3] for row in SCHOOLS], dtype=np.int64)
    classes = np.array([row[3] for row in SCHOOLS], dtype=np.int64)
    zone = zones(places, schools, classes)
    block_ids = [f"B{row + 1:03d}" for row in range(BLOCKS)]
    school_ids = [f"S{row + 1:02d}" for row in range(len(SCHOOLS))]
    write(
        folder / "blocks.csv",
        ("小区代码", "小区名称", "县区", "经度", "纬度"),
        ((code, f"第{row + 1}小区", "示范区", *degrees(places[row])) for row, code in enumerate(block_ids)),
    )
    write(
        folder / "schools.csv",
        ("学校代码", "学校名称", "办学类型", "举办者类型", "县区", "经度", "纬度", "计划招生班数"),
        (
            (code, SCHOOLS[row][0], "小学", "公办", "示范区", *degrees(schools[row]), SCHOOLS[row][3])
            for row, code in enumerate(school_ids)
        ),
    )
    write(
        folder / "zones.csv",
        ("小区代码", "学校代码"),
        ((code, school_ids[zone[row]]) for row, code in enumerate(block_ids)),
    )
    counts = []
    for row, code in enumerate(block_ids):
        second = int(children[row]) * CATEGORIES[1][1] // 100
        for (name, _), count in zip(CATEGORIES, (int(children[row]) - second, second), strict=True):
            counts.append((code, "小学", name, count))
    write(folder / "demand.csv", ("小区代码", "学段", "类别", "人数"), counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "choice_town")
