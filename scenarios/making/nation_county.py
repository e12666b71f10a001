"""One synthetic county of a country: blocks, schools, zones and children, from a seed and its number.

Places, names and numbers are invented. Only +, -, *, / and raw uniform numbers are used, so the same county
comes out on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PRIMARY, JUNIOR = 0, 1
CLASS_SIZE = (45, 50)
GRADES = (6, 3)
PRIMARY_PERCENT = 52
"""Share of the entrants who enter primary school."""

URBAN_KM, RURAL_KM, COUNTY_KM = 2.2, 4.0, 44.0
KM_PER_DEGREE_LONGITUDE, KM_PER_DEGREE_LATITUDE = 98.0, 111.0

CATEGORIES = ("local", "local_without_home", "left_behind", "migrant_permit", "migrant_no_permit", "disabled")
SHARES = {
    True: (0.62, 0.12, 0.02, 0.18, 0.045, 0.015),  # in the seat of the county
    False: (0.72, 0.06, 0.17, 0.025, 0.010, 0.015),
}


@dataclass(frozen=True)
class Place:
    """The tables of one county as columns; rows of schools and blocks are counted from 0.

    Attributes:
        name: "C00001" and so on.
        block_x, block_y: float64 (blocks,), degrees. town: int64 (blocks,), 0 is the seat.
        school_kind: int64 (schools,), the stage it serves. private: bool. school_x, school_y: degrees.
        classes, beds: int64 (schools,).
        zone_block, zone_school: int64 (rows,).
        demand_block, demand_stage, demand_category, demand_count: int64 (rows,).
    """

    name: str
    block_x: np.ndarray
    block_y: np.ndarray
    town: np.ndarray
    school_kind: np.ndarray
    private: np.ndarray
    school_x: np.ndarray
    school_y: np.ndarray
    classes: np.ndarray
    beds: np.ndarray
    zone_block: np.ndarray
    zone_school: np.ndarray
    demand_block: np.ndarray
    demand_stage: np.ndarray
    demand_category: np.ndarray
    demand_count: np.ndarray

    @property
    def block_ids(self) -> list[str]:
        return [f"{self.name}-B{row:04d}" for row in range(len(self.block_x))]

    @property
    def school_ids(self) -> list[str]:
        letters = ("P", "J")
        return [f"{self.name}-{letters[kind]}{row:03d}" for row, kind in enumerate(self.school_kind.tolist())]


def make_place(number: int, entrants: int, seed: int) -> Place:
    """The county ``number`` (from 0) of so many entrants.

    1. Towns, and blocks around them: a third to two thirds of the children live in the seat.
    2. Children of each block by stage and category.
    3. Public schools in each town, of about 110 entrants (150 juniors), each at a block.
    4. Every block is zoned to the nearest school of its town; one in five of the seat's to two.
    5. Classes for those zoned there, from 14 % too few to 8 % too many; private schools in the seat.
    """
    rng = np.random.default_rng([seed, number])
    blocks = int(min(max(entrants // 40, 8), 1500))
    towns = max(1, blocks // 22)
    urban_share = 0.35 + 0.3 * rng.random()
    urban = max(2, round(urban_share * blocks)) if towns > 1 else blocks
    rural_town = 1 + np.arange(blocks - urban) % max(1, towns - 1)
    town = np.concatenate([np.zeros(urban, dtype=np.int64), np.sort(rural_town)]).astype(np.int64)
    centre = COUNTY_KM * (rng.random((towns, 2)) - 0.5)
    spread = np.where(town == 0, URBAN_KM, RURAL_KM)[:, None]
    place = centre[town] + spread * (rng.random((blocks, 2)) + rng.random((blocks, 2)) - 1)

    weight = (0.4 + rng.random(blocks)) * np.where(
        town == 0, urban_share / urban, (1 - urban_share) / max(blocks - urban, 1)
    )
    of_stage = (entrants * PRIMARY_PERCENT // 100, entrants - entrants * PRIMARY_PERCENT // 100)
    children = np.stack([_shared_out(weight, total) for total in of_stage])
    demand = _by_category(rng, children, town)

    parts = [_public_schools(rng, stage, children[stage], town, place) for stage in (PRIMARY, JUNIOR)]
    zone_block, zone_school, classes, at, kind = [], [], [], [], []
    first = 0
    for stage, (block, zoned, school, planned) in zip((PRIMARY, JUNIOR), parts, strict=True):
        zone_block.append(zoned)
        zone_school.append(first + school)
        classes.append(planned)
        at.append(place[block])
        kind.append(np.full(len(block), stage))
        first += len(block)
    private = [max(0, round(float(children[stage][town == 0].sum()) / 900)) for stage in (PRIMARY, JUNIOR)]
    for stage, count in zip((PRIMARY, JUNIOR), private, strict=True):
        at.append(place[rng.integers(0, urban, count)] + 0.3)
        classes.append(2 + rng.integers(0, 3, count))
        kind.append(np.full(count, stage))
    school_place, school_kind = np.concatenate(at), np.concatenate(kind).astype(np.int64)
    is_private = np.arange(len(school_kind)) >= first
    longitude, latitude = 100.0 + number % 20, 24.0 + number // 20 % 20
    return Place(
        name=f"C{number + 1:05d}",
        block_x=np.round(longitude + place[:, 0] / KM_PER_DEGREE_LONGITUDE, 5),
        block_y=np.round(latitude + place[:, 1] / KM_PER_DEGREE_LATITUDE, 5),
        town=town,
        school_kind=school_kind,
        private=is_private,
        school_x=np.round(longitude + school_place[:, 0] / KM_PER_DEGREE_LONGITUDE, 5),
        school_y=np.round(latitude + school_place[:, 1] / KM_PER_DEGREE_LATITUDE, 5),
        classes=np.concatenate(classes).astype(np.int64),
        beds=np.where((school_kind == JUNIOR) & ~is_private, 60, 0),
        zone_block=np.concatenate(zone_block),
        zone_school=np.concatenate(zone_school),
        **demand,
    )


def _shared_out(weight: np.ndarray, total: int) -> np.ndarray:
    """``total`` by weight in whole numbers, by largest remainder, ties to the earlier."""
    exact = weight / weight.sum() * total
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def _by_category(rng: np.random.Generator, children: np.ndarray, town: np.ndarray) -> dict[str, np.ndarray]:
    """Counts by block, stage and category: every child draws its own."""
    rows = []
    for stage in (PRIMARY, JUNIOR):
        block = np.repeat(np.arange(len(town)), children[stage])
        luck = rng.random(len(block))
        ends = np.where((town[block] == 0)[:, None], np.cumsum(SHARES[True]), np.cumsum(SHARES[False]))
        category = np.minimum((luck[:, None] >= ends).sum(axis=1), len(CATEGORIES) - 1)
        cell, count = np.unique(block * len(CATEGORIES) + category, return_counts=True)
        rows.append((cell // len(CATEGORIES), np.full(len(cell), stage), cell % len(CATEGORIES), count))
    columns = [np.concatenate(column).astype(np.int64) for column in zip(*rows, strict=True)]
    names = ("demand_block", "demand_stage", "demand_category", "demand_count")
    return dict(zip(names, columns, strict=True))


def _public_schools(
    rng: np.random.Generator, stage: int, children: np.ndarray, town: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Block of each school; zone rows (block, school); classes of each school."""
    intended = (110, 150)[stage]
    at, zoned, to = [], [], []
    for label in range(int(town.max()) + 1):
        rows = np.flatnonzero(town == label)
        if not len(rows):
            continue
        wanted = min(len(rows), max(1, round(int(children[rows].sum()) / intended)))
        chosen = rows[np.sort(np.argsort(rng.random(len(rows)), kind="stable")[:wanted])]
        away = ((place[rows][:, None] - place[chosen][None]) ** 2).sum(axis=2)
        near = np.argsort(away, axis=1, kind="stable")
        zoned.append(rows)
        to.append(len(at) + near[:, 0])
        if label == 0 and wanted > 1:
            two = np.flatnonzero(rng.random(len(rows)) < 0.2)
            zoned.append(rows[two])
            to.append(len(at) + near[two, 1])
        at.extend(chosen.tolist())
    block, school = np.concatenate(zoned), np.concatenate(to)
    load = np.bincount(school, weights=children[block], minlength=len(at))
    factor = 0.86 + 0.22 * rng.random(len(at))
    classes = np.maximum(1, np.floor(load * factor / CLASS_SIZE[stage] + 0.5)).astype(np.int64)
    return np.array(at, dtype=np.int64), block, school, np.minimum(classes, (7, 13)[stage])
