"""Private and special schools, and what all have besides entry classes: rolls, groups, reserved seats."""

from __future__ import annotations

import numpy as np

from making.children import CATEGORIES
from making.geometry import bell, clusters, distances, to_km
from making.places import COUNTIES, Blocks, Town
from making.schools import CAPS, JUNIOR, PRIMARY, PRIVATE_NAMES, YEARS, Layout, School

CHILDREN_PER_PRIVATE_SCHOOL = 1800  # of both stages, living in the seat
DISTRICTS = {"MJ": 4, "MX": 3, "XN": 3}
OVERSIZED = {"MJ": 1.12, "XN": 1.25, "WH": 1.38, "FS": 1.08}  # roll of the biggest schools over their cap


def add_private(
    rng: np.random.Generator, towns: list[Town], blocks: Blocks, kids: np.ndarray, layout: Layout
) -> None:
    """Private schools in the seats, four in ten inclusive; two are approved by the city, not by a county."""
    used = 0
    for county, entry in enumerate(COUNTIES):
        rows = np.array([b for b in blocks.rows(county=county) if towns[blocks.town[b]].urban])
        for number in range(max(2, round(kids[:, rows].sum() / CHILDREN_PER_PRIVATE_SCHOOL))):
            block = int(rows[rng.integers(len(rows))])
            both = ("九年一贯制学校", "十二年一贯制学校")[int(rng.random() < 0.2)]
            kind = (both, "小学", "初级中学")[number % 3]
            word = {"小学": "小学", "初级中学": "初级中学"}.get(kind, "学校")
            inclusive = number % 5 in (1, 3)
            place = blocks.places(np.array([block]))[0] + 0.3 * bell(rng, 2)
            school = School(entry.short + PRIVATE_NAMES[used] + word, kind, county, blocks.town[block], place)
            school.ownership = "普惠性民办" if inclusive else "民办"
            school.approval, school.urban = entry.name, True
            used += 1
            if kind != "初级中学":
                school.classes[PRIMARY] = int(rng.integers(2, 4))
            if kind != "小学":
                school.classes[JUNIOR] = int(rng.integers(2, 5))
            school.bus = True
            school.beds = 60 if school.classes[JUNIOR] else 0
            for stage in (PRIMARY, JUNIOR):
                if inclusive and school.classes[stage]:
                    school.purchased[stage] = 20 + 5 * int(rng.integers(0, 4))
            layout.schools.append(school)
    whole_city = [s for s in layout.schools if s.ownership == "民办" and s.classes[JUNIOR]]
    for school in whole_city[:2]:
        school.approval = ""


def add_special(rng: np.random.Generator, towns: list[Town], layout: Layout) -> None:
    """One special school in each seat; the smallest counties' have the primary stage only."""
    for county, entry in enumerate(COUNTIES):
        town = next(row for row, t in enumerate(towns) if t.county == county and t.urban)
        school = School(entry.short + "特殊教育学校", "特殊教育学校", county, town,
                        to_km(*entry.seat) + 0.6 * bell(rng, 2), urban=True)  # fmt: skip
        seats = max(8, round(entry.residents / 4.2))
        small = entry.residents < 20
        school.planned = [seats, 0 if small else seats]
        school.beds = 0 if small else seats
        school.resource_room = school.bus = True
        school.pupils = [seats * 5, 0 if small else seats * 2]
        school.leavers = [seats * 5 // 6, 0 if small else seats * 2 // 3]
        school.disabled = sum(school.pupils)
        layout.schools.append(school)


def add_districts(blocks: Blocks, towns: list[Town], kids: np.ndarray, layout: Layout) -> list[str]:
    """Learning districts of the three biggest seats: label of every block, ``""`` elsewhere."""
    label_of_block = [""] * len(blocks.name)
    numerals = "一二三四"
    for county, entry in enumerate(COUNTIES):
        if entry.code not in DISTRICTS:
            continue
        zones = [z for z in layout.zones if z.stage == PRIMARY and towns[blocks.town[z.blocks[0]]].urban
                 and blocks.county[z.blocks[0]] == county]  # fmt: skip
        sites = np.array([blocks.places(zone.blocks).mean(axis=0) for zone in zones])
        weight = np.array([kids[:, zone.blocks].sum() for zone in zones], dtype=float)
        label, centres = clusters(sites, weight, DISTRICTS[entry.code])
        names = [f"{entry.short}第{numerals[i]}学区" for i in range(DISTRICTS[entry.code])]
        for zone, mark in zip(zones, label, strict=True):
            for block in zone.blocks:
                label_of_block[block] = names[mark]
        for school in layout.schools:
            if (
                school.county == county
                and school.urban
                and school.ownership == "公办"
                and school.kind != "特殊教育学校"
            ):
                school.district = names[int(np.argmin(distances(school.place[None], centres)[0]))]
    return label_of_block


def add_groups(layout: Layout) -> None:
    """Two education groups in every county: the biggest school of each stage leads three others (R36)."""
    for county, entry in enumerate(COUNTIES):
        for number, stage in enumerate((PRIMARY, JUNIOR)):
            here = [s for s in layout.schools if s.county == county and s.ownership == "公办"]
            here = [s for s in here if s.classes[stage] and not s.group and s.kind != "教学点"]
            seat = sorted((s for s in here if s.urban), key=lambda s: -s.seats(stage))
            country = sorted((s for s in here if not s.urban), key=lambda s: -s.seats(stage))
            for school in seat[:1] + seat[-2:] + country[:1]:
                school.group = f"{entry.short}第{'一二'[number]}教育集团"


def fill_in(rng: np.random.Generator, layout: Layout, children: np.ndarray) -> None:
    """Pupils on roll, schools over their cap, reserved seats, special classes, beds, resource rooms."""
    kids = children.sum(axis=2)
    migrant = children[:, :, [CATEGORIES.index("migrant_permit"), CATEGORIES.index("migrant_no_permit")]].sum(
        axis=2
    )
    for zone in layout.zones:
        share = migrant[zone.stage, zone.blocks].sum() / max(kids[zone.stage, zone.blocks].sum(), 1)
        for school in zone.schools:
            if school.urban:
                school.reserved[zone.stage] = round(school.seats(zone.stage) * share * 0.6)
    for school in layout.schools:
        if school.kind != "特殊教育学校":
            _roll(rng, school)
        if school.ownership == "公办" and school.kind not in ("教学点", "特殊教育学校"):
            school.disabled = int(rng.integers(0, 6)) if sum(school.pupils) > 400 else int(rng.integers(0, 3))
            school.resource_room = school.disabled >= 4 and bool(rng.random() < 0.85)
    for county, entry in enumerate(COUNTIES):
        public = [s for s in layout.schools if s.county == county and s.urban and s.ownership == "公办"
                  and s.kind != "特殊教育学校"]  # fmt: skip
        primary = sorted((s for s in public if s.classes[PRIMARY]), key=lambda s: (-s.seats(PRIMARY), s.name))
        junior = sorted((s for s in public if s.classes[JUNIOR]), key=lambda s: (-s.seats(JUNIOR), s.name))
        if entry.code in OVERSIZED:
            _oversize(primary[0], OVERSIZED[entry.code])
            if entry.code in ("XN", "WH"):
                _oversize(junior[0], OVERSIZED[entry.code] - 0.14)
        if entry.code == "WH":
            both = [s for s in public if s.classes[PRIMARY] and s.classes[JUNIOR]]
            _oversize(max(both, key=lambda s: (sum(s.pupils), s.name)), 1.06)
        primary[-1].special_class[PRIMARY] = 8
        junior[-1].special_class[JUNIOR] = 8
        for school in junior[1:3]:
            school.beds = max(school.beds, 60)
        if entry.subdistricts == 0:
            junior[0].beds = max(junior[0].beds, 80)


def _roll(rng: np.random.Generator, school: School) -> None:
    """Pupils on roll and in the leaving grade: older cohorts were somewhat larger, and the cap holds."""
    cap = CAPS.get(school.kind, 2000)
    fill = 0.9 + 0.06 * rng.random() if school.urban else 0.78 + 0.14 * rng.random()
    total_seats = school.seats(PRIMARY) + school.seats(JUNIOR)
    for stage in (PRIMARY, JUNIOR):
        cohort = school.seats(stage) * fill
        school.leavers[stage] = round(cohort * (1.0 + 0.1 * rng.random()))
        school.pupils[stage] = round(cohort * (YEARS[stage] - 1)) + school.leavers[stage]
    stay = sum(school.pupils) - sum(school.leavers)
    if stay > cap - total_seats:  # so that the plan fits and no school is over its cap unless meant to be
        ratio = max(cap - total_seats, 0) / stay
        for stage in (PRIMARY, JUNIOR):
            staying = int((school.pupils[stage] - school.leavers[stage]) * ratio)
            school.leavers[stage] = int(school.leavers[stage] * min(1.0, ratio))
            school.pupils[stage] = staying + school.leavers[stage]


def _oversize(school: School, times: float) -> None:
    """Put the roll over the cap, every grade alike."""
    target = CAPS[school.kind] * times
    ratio = target / sum(school.pupils)
    school.pupils = [round(count * ratio) for count in school.pupils]
    school.leavers = [round(count * ratio) for count in school.leavers]
