"""The schools, and which blocks each one serves."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from making.geometry import bell, clusters, distances, shares, to_km
from making.places import COUNTIES, Blocks, Names, Town

PRIMARY, JUNIOR = 0, 1
STANDARD = (45, 50)
YEARS = (6, 3)
CAPS = {"小学": 2000, "初级中学": 2000, "完全中学": 2000, "九年一贯制学校": 2500, "十二年一贯制学校": 2500}

# Public seats of a seat's zones per child: short in the middle, easier at the rim; the countryside has spare.
SEAT_FACTOR = {"MJ": 0.82, "MX": 0.82, "XN": 0.81, "PY": 0.86, "JL": 0.86, "DB": 0.84, "FS": 0.83, "WH": 0.82}
RIM_BONUS = 0.14
COUNTRY_FACTOR = (1.08, 1.06)
TEACHING_POINT_PERCENT = 27.7  # of primary schools and teaching points together
MULTI_SCHOOL = ("MJ", "MX")  # the urban districts zone several schools together
FEEDER_COUNTIES = ("PY", "JL", "DB")  # junior zones are made of whole primary zones, with straight promotion
CLASSES_PER_SCHOOL = (5.4, 9.5)
PRIMARY_WALKING_KM, JUNIOR_WALKING_KM = 2.5 / 1.3, 3.5 / 1.3
PRIVATE_NAMES = [
    *("启明", "明德", "博雅", "思源", "弘毅", "致远", "求真", "晨光", "知行", "春晖", "青禾", "育林"),
    *("文澜", "雅正", "新苗", "启航", "崇文", "立德", "嘉禾", "德馨", "润泽", "星河", "朝阳", "翰林"),
    *("卓越", "鸿志", "景行", "和美", "慧泉", "云帆", "乐知", "毓秀", "正心", "敏学", "恒信", "同心"),
]


@dataclass
class School:
    """One school; pairs are (primary, junior). ``planned`` is None where classes x size gives the seats."""

    name: str
    kind: str
    county: int
    town: int
    place: np.ndarray
    ownership: str = "公办"
    classes: list[int] = field(default_factory=lambda: [0, 0])
    size: list[int] = field(default_factory=lambda: [0, 0])
    planned: list[int | None] = field(default_factory=lambda: [None, None])
    pupils: list[int] = field(default_factory=lambda: [0, 0])
    leavers: list[int] = field(default_factory=lambda: [0, 0])
    reserved: list[int] = field(default_factory=lambda: [0, 0])
    purchased: list[int] = field(default_factory=lambda: [0, 0])
    special_class: list[int] = field(default_factory=lambda: [0, 0])
    beds: int = 0
    bus: bool = False
    group: str = ""
    district: str = ""
    approval: str = ""
    disabled: int = 0
    resource_room: bool = False
    protected: bool = False
    urban: bool = False
    id: str = ""

    def seats(self, stage: int) -> int:
        """Seats planned at one stage."""
        planned = self.planned[stage]
        return planned if planned is not None else self.classes[stage] * (self.size[stage] or STANDARD[stage])


@dataclass
class Zone:
    """Blocks that share schools at one stage."""

    stage: int
    blocks: np.ndarray
    schools: list[School]


@dataclass
class Layout:
    """All schools and zones; ``feeders`` are (primary, junior) pairs of straight promotion."""

    schools: list[School] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    feeders: list[tuple[School, School]] = field(default_factory=list)


def make_schools(
    rng: np.random.Generator, towns: list[Town], blocks: Blocks, children: np.ndarray, names: Names
) -> Layout:
    """Schools of the seats, of the towns and hamlets, then nine-year schools by joining neighbours."""
    kids = children.sum(axis=2)
    layout = Layout()
    for county in range(len(COUNTIES)):
        _seat(rng, towns, blocks, kids, names, layout, county)
    _countryside(rng, towns, blocks, kids, layout)
    _join(rng, layout)
    return layout


def _plan(school: School, stage: int, wanted: float, *, small: bool) -> None:
    """Classes for ``wanted`` children: standard classes, or where ``small`` the size that fits."""
    standard = STANDARD[stage]
    if small:
        classes = max(1, -int(-wanted // standard))
        size = max(12, -int(-wanted // classes))
        school.classes[stage], school.size[stage] = classes, 0 if size >= standard else size
    else:
        school.classes[stage] = max(2, round(wanted / standard))


def _seat(
    rng: np.random.Generator,
    towns: list[Town],
    blocks: Blocks,
    kids: np.ndarray,
    names: Names,
    layout: Layout,
    county: int,
) -> None:
    """Zones of a county's seat: several schools each in the urban districts, else one."""
    entry = COUNTIES[county]
    rows = np.array([b for b in blocks.rows(county=county) if towns[blocks.town[b]].urban])
    place = blocks.places(rows)
    seat = to_km(*entry.seat)
    reach = distances(place, seat[None])[:, 0].max()
    zones_of_stage: list[list[Zone]] = [[], []]
    for stage in (PRIMARY, JUNIOR):
        weight = kids[stage, rows].astype(float)
        wanted = weight.sum() * (SEAT_FACTOR[entry.code] + RIM_BONUS / 2)
        count = max(2, round(wanted / STANDARD[stage] / CLASSES_PER_SCHOOL[stage]))
        if stage == JUNIOR and entry.code in FEEDER_COUNTIES:
            parts = [(part, 1) for part in _by_primary_zones(zones_of_stage[PRIMARY], kids, count)]
        else:
            parts = _parts(blocks, rows, weight, count, shared=entry.code in MULTI_SCHOOL)
        for part, schools in parts:
            at, local = blocks.places(part), kids[stage, part].astype(float)
            rim = min(1.0, distances(at.mean(axis=0, keepdims=True), seat[None])[0, 0] / reach * 1.4)
            factor = SEAT_FACTOR[entry.code] + RIM_BONUS * rim + 0.06 * (rng.random() - 0.5)
            _, sites = clusters(at, local, schools)
            share = shares(rng, np.ones(len(sites)), round(local.sum() * factor / STANDARD[stage]))
            zone = Zone(stage, part, [])
            for site, classes in zip(sites, share, strict=True):
                kind = ("小学", "完全中学" if rng.random() < 0.25 else "初级中学")[stage]
                word = {"小学": "小学", "初级中学": "初级中学", "完全中学": "中学"}[kind]
                near = int(part[np.argmin(distances(at, site[None])[:, 0])])
                school = School(entry.short + names.new(county) + word, kind, county, blocks.town[near],
                                site + 0.08 * bell(rng, 2), urban=True)  # fmt: skip
                school.classes[stage] = max(2, int(classes))
                far = distances(at, site[None]).max() > PRIMARY_WALKING_KM
                school.bus = bool(far) and stage == PRIMARY
                zone.schools.append(school)
            layout.schools += zone.schools
            zones_of_stage[stage].append(zone)
    layout.zones += zones_of_stage[PRIMARY] + zones_of_stage[JUNIOR]
    if entry.code in FEEDER_COUNTIES:
        for junior_zone in zones_of_stage[JUNIOR]:
            inside = set(junior_zone.blocks.tolist())
            for zone in zones_of_stage[PRIMARY]:
                if set(zone.blocks.tolist()) <= inside:
                    layout.feeders += [(school, junior_zone.schools[0]) for school in zone.schools]


def _parts(
    blocks: Blocks, rows: np.ndarray, weight: np.ndarray, count: int, *, shared: bool
) -> list[tuple[np.ndarray, int]]:
    """The seat's blocks in zones with their numbers of schools: two or three where ``shared``, else one."""
    label, _ = clusters(blocks.places(rows), weight, max(2, round(count / 2.2)) if shared else count)
    parts = []
    for zone in range(label.max() + 1):
        inside = label == zone
        schools = max(1, round(weight[inside].sum() / weight.sum() * count))
        if shared or schools == 1:
            parts.append((rows[inside], min(schools, 3)))
        else:
            again, _ = clusters(blocks.places(rows[inside]), weight[inside], schools)
            parts += [(rows[inside][again == part], 1) for part in range(schools)]
    return parts


def _by_primary_zones(zones: list[Zone], kids: np.ndarray, count: int) -> list[np.ndarray]:
    """Junior zones made of whole primary zones that lie together."""
    sites = np.array([np.mean([school.place for school in zone.schools], axis=0) for zone in zones])
    weight = np.array([kids[JUNIOR, zone.blocks].sum() for zone in zones], dtype=float)
    label, _ = clusters(sites, weight, count)
    return [
        np.concatenate([zones[z].blocks for z in np.flatnonzero(label == part)])
        for part in range(label.max() + 1)
    ]


def _countryside(
    rng: np.random.Generator, towns: list[Town], blocks: Blocks, kids: np.ndarray, layout: Layout
) -> None:
    """Every town: a central primary school, a boarding junior school, and a school in each hamlet.

    The smallest hamlets have teaching points, so many that their share is the nation's.
    """
    hamlet_schools: list[tuple[School, Zone]] = []
    for row, town in enumerate(towns):
        if town.urban:
            continue
        base = town.name.removesuffix("镇")
        centre, own = (
            School(base + "镇中心小学", "小学", town.county, row, town.place + 0.15 * bell(rng, 2)),
            [],
        )
        own.append(blocks.rows(town=row, hamlet=0))
        for hamlet in range(1, 7):
            part = blocks.rows(town=row, hamlet=hamlet)
            if len(part) == 0:
                continue
            if kids[PRIMARY, part].sum() < 8:
                own.append(part)
                continue
            part, given = _one_class(blocks, kids, part, town.place)
            own.append(given)
            largest = int(part[np.argmax(kids[PRIMARY, part])])
            school = School(blocks.name[largest].removesuffix("村") + "小学", "小学", town.county, row,
                            blocks.places(part).mean(axis=0))  # fmt: skip
            hamlet_schools.append((school, Zone(PRIMARY, part, [school])))
        zone = Zone(PRIMARY, np.concatenate(own), [centre])
        centre.bus = True
        _plan(centre, PRIMARY, kids[PRIMARY, zone.blocks].sum() * COUNTRY_FACTOR[PRIMARY], small=True)
        junior = School(base + "中学", "初级中学", town.county, row, town.place + 0.2 * bell(rng, 2))
        whole = Zone(JUNIOR, blocks.rows(town=row), [junior])
        _plan(junior, JUNIOR, kids[JUNIOR, whole.blocks].sum() * COUNTRY_FACTOR[JUNIOR], small=True)
        away = distances(blocks.places(whole.blocks), junior.place[None])[:, 0]
        boarders = kids[JUNIOR, whole.blocks][away > JUNIOR_WALKING_KM].sum()
        junior.beds = max(20, round(boarders * (1.0 + 0.08 * rng.random())))
        layout.schools += [centre, junior]
        layout.zones += [zone, whole]
    full = sum(school.kind == "小学" for school in layout.schools) + len(hamlet_schools)
    points = round(full * TEACHING_POINT_PERCENT / 100)
    smallest = np.argsort([kids[PRIMARY, zone.blocks].sum() for _, zone in hamlet_schools], kind="stable")
    for place in smallest[:points]:
        school = hamlet_schools[place][0]
        school.kind, school.name = "教学点", school.name.removesuffix("小学") + "教学点"
        school.protected = True
    for school, zone in hamlet_schools:
        _plan(school, PRIMARY, kids[PRIMARY, zone.blocks].sum() * COUNTRY_FACTOR[PRIMARY], small=True)
        school.protected |= bool(rng.random() < 0.2)
        school.bus = school.kind == "小学" and bool(rng.random() < 0.25)
        layout.schools.append(school)
        layout.zones.append(zone)


def _one_class(
    blocks: Blocks, kids: np.ndarray, part: np.ndarray, centre: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A hamlet a little too big for one class gives its villages nearest to town to the central school."""
    away = distances(blocks.places(part), centre[None])[:, 0]
    part = part[np.argsort(away, kind="stable")]
    wanted = kids[PRIMARY, part] * COUNTRY_FACTOR[PRIMARY]
    given = 0
    if STANDARD[PRIMARY] < wanted.sum() < 1.5 * STANDARD[PRIMARY]:
        while wanted[given:].sum() > STANDARD[PRIMARY] and len(part) - given > 2:
            given += 1
    return part[given:], part[:given]


def _join(rng: np.random.Generator, layout: Layout) -> None:
    """Join a junior school and the nearest primary school of its town into a nine-year school.

    In every seat one or two, in one of six towns where both are small; one of the seats' in three goes on to
    senior secondary. Neither school of a feeder is joined.
    """
    feeding = {id(school) for pair in layout.feeders for school in pair}
    for county in range(len(COUNTIES)):
        here = [school for school in layout.schools if school.county == county and id(school) not in feeding]
        juniors = [s for s in here if s.kind == "初级中学"]
        left_in_seat = 2 if len([s for s in juniors if s.urban]) > 4 else 1
        for junior in juniors:
            near = [s for s in here if s.kind == "小学" and s.town == junior.town and s.seats(PRIMARY) >= 60]
            if not near:
                continue
            primary = near[
                int(np.argmin(distances(np.array([s.place for s in near]), junior.place[None])[:, 0]))
            ]
            if primary.classes[PRIMARY] * 6 * 45 + junior.classes[JUNIOR] * 3 * 50 > 2450:
                continue
            if (junior.urban and left_in_seat == 0) or (not junior.urban and rng.random() > 0.17):
                continue
            left_in_seat -= junior.urban
            _into_one(layout, primary, junior, twelve=junior.urban and rng.random() < 0.33)


def _into_one(layout: Layout, primary: School, junior: School, *, twelve: bool) -> None:
    """The primary school takes the junior school in."""
    base = primary.name.removesuffix("小学").removesuffix("镇中心")
    primary.kind = "十二年一贯制学校" if twelve else "九年一贯制学校"
    primary.name = base + ("十二年一贯制学校" if twelve else "九年一贯制学校")
    primary.classes[JUNIOR], primary.size[JUNIOR] = junior.classes[JUNIOR], junior.size[JUNIOR]
    primary.beds, primary.bus = junior.beds, primary.bus or junior.bus
    layout.schools.remove(junior)
    for zone in layout.zones:
        zone.schools = [primary if school is junior else school for school in zone.schools]
