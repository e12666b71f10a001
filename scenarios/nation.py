"""A synthetic country: any number of counties of realistic sizes, in folders or in memory.

    python scenarios/nation.py FOLDER --counties 200     # one scenario folder per county
    xuewei sweep FOLDER --variants base,losers_behind --draws 10

By default 2,800 counties with 16 million entrants of both stages together, from a few hundred to some tens of
thousands each. Every county is a function of the seed and its number, so a country can be streamed:
``sources`` gives counties that a worker makes for itself when it plays them. No real county, school or child
is in it.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from making.nation_county import CATEGORIES, CLASS_SIZE, GRADES, JUNIOR, Place, make_place

from simulator import ensemble
from simulator.model import (
    UNPLACED,
    Blocks,
    Demand,
    Feeders,
    Ownership,
    Policy,
    Ragged,
    Scenario,
    SchoolKind,
    Schools,
    Settled,
    Stage,
    Zones,
)
from simulator.model.arrays import texts

COUNTIES, ENTRANTS, SEED = 2_800, 16_000_000, 2026
STAGE_NAMES = ("primary", "junior")
STAGES_ZH = ("小学", "初中")

SETTINGS = """\
name = "{name}"
title = "合成县 {name}"
title_en = "Synthetic county {name}"
year = 2026
seed = {seed}

[one_more_class]
replays = 0

[[rounds]]
name = "mainstream"
title = "随班就读"
title_en = "Mainstream classes"
who = ["mainstream"]
reach = ["zone", "county"]
rank = ["order", "draw"]

[[rounds]]
name = "private"
title = "民办学校电脑摇号"
title_en = "Private school lottery"
mechanism = "lottery"
applied = true
reach = ["choices"]
ownership = ["private"]
rank = ["draw"]
choices = 2

[[rounds]]
name = "zone"
title = "学区内录取"
title_en = "Zone"
who = ["local"]
reach = ["zone"]
tiers = [["household", "home"], ["household"], ["home"]]
rank = ["tier", "draw"]

[[rounds]]
name = "migrant"
title = "随迁子女积分入学"
title_en = "Migrant children by points"
who = ["migrant"]
needs = ["residence_permit"]
reach = ["zone", "county"]
within_metres = 6000
rank = ["points", "draw"]

[[rounds]]
name = "coordination"
title = "县内统筹"
title_en = "Coordination within the county"
mechanism = "least_total"
reach = ["county"]
coordination = true
boarding = true
tiers = [["household"], ["local"], ["residence_permit"]]
rank = ["tier", "draw"]

[[preferences]]
round = "private"
apply_percent = 12
choices = 2
radius_metres = 12000

[population]
twin_percent = 2.0

[population.categories.local]
yes_percent = {{ household = 100, home = 100 }}
sibling_percent = 28

[population.categories.local_without_home]
yes_percent = {{ household = 100, renting = 40 }}
sibling_percent = 22

[population.categories.left_behind]
yes_percent = {{ household = 100, home = 90, left_behind = 100 }}
sibling_percent = 28

[population.categories.migrant_permit]
yes_percent = {{ migrant = 100, residence_permit = 100, renting = 75 }}
points_mean = 80
points_spread = 18

[population.categories.migrant_no_permit]
yes_percent = {{ migrant = 100, renting = 90 }}

[population.categories.disabled]
yes_percent = {{ household = 92, home = 70 }}
placements_percent = {{ mainstream = 100 }}

[variants.losers_behind.rounds]
private = {{ losers = "behind" }}

[variants.by_order.rounds]
coordination = {{ mechanism = "by_order" }}
"""


def sizes(counties: int = COUNTIES, entrants: int = ENTRANTS, seed: int = SEED) -> np.ndarray:
    """Entrants of every county, int64 (counties,), adding up to ``entrants``.

    Most counties are small and a few very large: the cube of a nearly normal number, as of populations of
    counties, the smallest a tenth of the mean.
    """
    rng = np.random.default_rng([seed, counties])
    bell = rng.random((counties, 12)).sum(axis=1) - 6
    weight = np.maximum(1 + 0.36 * bell, 0.46) ** 3
    exact = weight / weight.sum() * entrants
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: entrants - int(whole.sum())]] += 1
    return whole


def sources(
    counties: int = COUNTIES,
    entrants: int = ENTRANTS,
    seed: int = SEED,
    variants: Sequence[str] = ("",),
) -> list[ensemble.Made]:
    """The counties as sources of a study: a worker makes each when it plays it."""
    return [
        ensemble.Made(f"C{row + 1:05d}", inputs, (row, count, seed, tuple(variants)))
        for row, count in enumerate(sizes(counties, entrants, seed).tolist())
    ]


def inputs(number: int, entrants: int, seed: int, variants: tuple[str, ...] = ("",)) -> ensemble.Inputs:
    """One county in memory, under every variant."""
    place = make_place(number, entrants, seed)
    scenarios = [scenario_of(place, policy_of(place, seed, variant), variant) for variant in variants]
    identity = ensemble.Identity(place.name, seed, 2026)
    return ensemble.Inputs(identity, tuple(scenarios))


def policy_of(place: Place, seed: int, variant: str = "") -> Policy:
    """The settings of a county as ``load`` reads them."""
    from simulator.load.ledger import Ledger
    from simulator.load.settings import apply_variant
    from simulator.load.validation import validate

    ledger = Ledger()
    data = tomllib.loads(SETTINGS.format(name=place.name, seed=seed))
    named = data.pop("variants")
    data = apply_variant(data, named, variant, ledger) if variant else data
    policy = validate(data, ledger).policy
    ledger.raise_faults()
    return policy


def scenario_of(place: Place, policy: Policy, variant: str = "") -> Scenario:
    """The nouns of a county; what ``load.scenario`` makes of its folder."""
    blocks, schools = len(place.block_x), len(place.school_x)
    stage = place.school_kind
    planned = place.classes * np.array(CLASS_SIZE)[stage]
    pupils = pupils_of(place)

    def per_stage(values: np.ndarray, blank: int = 0) -> np.ndarray:
        table = np.full((2, schools), blank, dtype=np.int32)
        table[stage, np.arange(schools)] = values
        return table

    nothing = np.zeros(schools, dtype=np.int32)
    none = np.full(schools, UNPLACED, dtype=np.int32)
    zone_stage = stage[place.zone_school]
    lists = []
    for of_stage in Stage:
        rows = np.flatnonzero(zone_stage == of_stage)
        lists.append(
            Ragged.from_pairs(blocks, place.zone_block[rows], place.zone_school[rows].astype(np.int32))
        )
    assert len(planned) == schools
    return Scenario(
        policy=policy,
        variant=variant,
        counties=(place.name,),
        towns=(),
        groups=(),
        districts=(),
        schools=Schools(
            id=texts(place.school_ids),
            name=texts(place.school_ids),
            kind=np.where(stage == JUNIOR, SchoolKind.JUNIOR, SchoolKind.PRIMARY).astype(np.int8),
            ownership=np.where(place.private, Ownership.PRIVATE, Ownership.PUBLIC).astype(np.int8),
            county=nothing,
            town=none,
            longitude=place.school_x,
            latitude=place.school_y,
            classes=per_stage(place.classes),
            class_size=per_stage(nothing),
            planned_seats=per_stage(none, UNPLACED),
            pupils=per_stage(pupils),
            leavers=per_stage(pupils // np.array(GRADES)[stage]),
            cap=nothing,
            ceiling=none,
            reserved_seats=per_stage(nothing),
            purchased_seats=per_stage(nothing),
            special_class_seats=per_stage(nothing),
            boarding_beds=place.beds.astype(np.int32),
            bus=nothing.astype(np.bool_),
            group=none,
            district=none,
            approval_county=none,
            disabled_pupils=nothing,
            resource_room=nothing.astype(np.bool_),
            protected=nothing.astype(np.bool_),
        ),
        blocks=Blocks(
            id=texts(place.block_ids),
            name=texts(place.block_ids),
            county=np.zeros(blocks, dtype=np.int32),
            town=np.full(blocks, UNPLACED, dtype=np.int32),
            district=np.full(blocks, UNPLACED, dtype=np.int32),
            longitude=place.block_x,
            latitude=place.block_y,
            village=place.town > 0,
        ),
        zones=Zones((lists[0], lists[1])),
        feeders=Feeders(Ragged.empty(schools), np.zeros(0)),
        settled=Settled(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), texts([])),
        demand=Demand(
            block=place.demand_block.astype(np.int32),
            stage=place.demand_stage.astype(np.int8),
            category=texts([CATEGORIES[row] for row in place.demand_category]),
            count=place.demand_count.astype(np.int32),
        ),
    )


def zone_order(place: Place) -> list[int]:
    """Place of every zone row among the schools of its block and stage, from 1."""
    seen: dict[tuple[int, int], int] = {}
    order = []
    for block, school in zip(place.zone_block.tolist(), place.zone_school.tolist(), strict=True):
        key = (block, int(place.school_kind[school]))
        seen[key] = seen.get(key, 0) + 1
        order.append(seen[key])
    return order


def pupils_of(place: Place) -> np.ndarray:
    """Pupils on roll, int64 (schools,): every grade a little less full than the classes planned."""
    seats = place.classes * np.array(CLASS_SIZE)[place.school_kind]
    return seats * 92 // 100 * np.array(GRADES)[place.school_kind]


def write(folder: Path, number: int, entrants: int, seed: int) -> Path:
    """Write one county as a scenario folder; returns it."""
    place = make_place(number, entrants, seed)
    here = folder / place.name
    here.mkdir(parents=True)
    (here / "scenario.toml").write_text(
        SETTINGS.format(name=place.name, seed=seed), encoding="utf-8", newline="\n"
    )
    block, school, pupils = place.block_ids, place.school_ids, pupils_of(place)
    stages = place.school_kind.tolist()
    tables = {
        "blocks": [
            ("小区代码", "县区", "经度", "纬度", "是否农村"),
            *zip(block, [place.name] * len(block), place.block_x.tolist(), place.block_y.tolist(),
                 ["是" if town else "否" for town in place.town.tolist()], strict=True),
        ],
        "schools": [
            ("学校代码", "办学类型", "举办者类型", "县区", "经度", "纬度", "计划招生班数", "在校生数",
             "毕业年级人数", "寄宿床位"),
            *zip(school, [STAGES_ZH[stage] for stage in stages],
                 ["民办" if p else "公办" for p in place.private], [place.name] * len(school),
                 place.school_x.tolist(), place.school_y.tolist(), place.classes.tolist(), pupils.tolist(),
                 (pupils // np.array(GRADES)[place.school_kind]).tolist(), place.beds.tolist(), strict=True),
        ],
        "zones": [
            ("小区代码", "学校代码", "顺序"),
            *((block[b], school[s], n) for b, s, n in zip(
                place.zone_block, place.zone_school, zone_order(place), strict=True)),
        ],
        "demand": [
            ("小区代码", "学段", "类别", "人数"),
            *((block[b], STAGES_ZH[s], CATEGORIES[c], n) for b, s, c, n in zip(
                place.demand_block, place.demand_stage, place.demand_category, place.demand_count,
                strict=True)),
        ],
    }  # fmt: skip
    for name, rows in tables.items():
        with (here / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return here


def main() -> None:
    """Write a country of folders."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--counties", type=int, default=COUNTIES)
    parser.add_argument("--entrants", type=int, default=0, help="of all; 0 = as many as the country's share")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    entrants = asked.entrants or ENTRANTS * asked.counties // COUNTIES
    for row, count in enumerate(sizes(asked.counties, entrants, asked.seed).tolist()):
        write(asked.folder, row, count, asked.seed)
    print(f"{asked.counties} counties, {entrants} entrants: {asked.folder}")


if __name__ == "__main__":
    main()
