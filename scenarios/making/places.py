"""Counties, towns and blocks: where people live.

County seats lie roughly where the real ones do; everything below a county, names included, is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from making.geometry import bell, clusters, distances, in_disc, to_km


@dataclass(frozen=True)
class County:
    """One county or district.

    Attributes:
        code: letters its ids begin with. name, short: name, and name without 区, 县, 市.
        seat, centre: degrees (longitude, latitude) of its seat and of the middle of its countryside.
        radius_km: of its countryside. residents: residents of 2022 in 10,000.
        subdistricts, towns: number of 街道 and of 镇 (besides the seat's own).
        urban_percent: share of entrants who live in the seat. urban_blocks: residential communities there.
    """

    code: str
    name: str
    short: str
    seat: tuple[float, float]
    centre: tuple[float, float]
    radius_km: float
    residents: float
    subdistricts: int
    towns: int
    urban_percent: int
    urban_blocks: int


# Residents: the bulletin of 2022 names six counties and the city's 385.80; what is left for the other two,
# 36.74, is split evenly.
COUNTIES = (
    County("MJ", "梅江区", "梅江", (116.117, 24.305), (116.12, 24.29), 11, 43.78, 3, 3, 84, 110),
    County("MX", "梅县区", "梅县", (116.066, 24.268), (116.20, 24.30), 34, 55.51, 1, 17, 50, 84),
    County("XN", "兴宁市", "兴宁", (115.732, 24.140), (115.74, 24.20), 25, 77.03, 3, 16, 44, 104),
    County("PY", "平远县", "平远", (115.892, 24.570), (115.92, 24.62), 18, 18.37, 0, 11, 46, 30),
    County("JL", "蕉岭县", "蕉岭", (116.172, 24.660), (116.20, 24.68), 15, 18.37, 0, 7, 48, 30),
    County("DB", "大埔县", "大埔", (116.695, 24.350), (116.68, 24.38), 27, 32.30, 0, 14, 42, 46),
    County("FS", "丰顺县", "丰顺", (116.182, 23.755), (116.24, 23.91), 25, 48.00, 0, 15, 42, 66),
    County("WH", "五华县", "五华", (115.772, 23.930), (115.67, 23.80), 29, 92.44, 0, 15, 44, 126),
)
BLOCKS = 2400

FIRST = "松石大长新龙梅竹白黄上下南北东西高清柏桂枫云双三古银福安和丰湖沙横茶莲蓝芦杉荷樟"
LAST = "溪坪岗坑岭田塘洲坝陂潭径湾埔寨桥坳背源峰陇墩冈坡"
TOWN_GAP_KM = 4.0


@dataclass
class Town:
    """A subdistrict (街道), a county seat, or a town (镇).

    Attributes:
        county: row of ``COUNTIES``. urban: part of the county's seat. place: km (2,).
    """

    name: str
    county: int
    urban: bool
    place: np.ndarray


@dataclass
class Blocks:
    """The blocks as growing lists, then arrays; one entry each.

    Attributes:
        county, town: rows. place: km. village: bool. hamlet: number of the group of villages (with its town)
            that shares a school; 0 is the town itself. weight: relative number of children.
    """

    name: list[str] = field(default_factory=list)
    county: list[int] = field(default_factory=list)
    town: list[int] = field(default_factory=list)
    place: list[np.ndarray] = field(default_factory=list)
    village: list[bool] = field(default_factory=list)
    hamlet: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)

    def add(
        self, name: str, county: int, town: int, place: np.ndarray, village: bool, hamlet: int, weight: float
    ) -> None:
        """One more block."""
        for column, value in zip(
            (self.name, self.county, self.town, self.place, self.village, self.hamlet, self.weight),
            (name, county, town, place, village, hamlet, weight),
            strict=True,
        ):
            column.append(value)  # type: ignore[attr-defined]

    def rows(self, **wanted: int | bool) -> np.ndarray:
        """Rows whose columns have the ``wanted`` values."""
        kept = np.ones(len(self.name), dtype=bool)
        for column, value in wanted.items():
            kept &= np.array(getattr(self, column)) == value
        return np.flatnonzero(kept)

    def places(self, rows: np.ndarray) -> np.ndarray:
        """Km (rows, 2)."""
        return np.array(self.place).reshape(-1, 2)[rows]


class Names:
    """Invented place names, no two alike in one county."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng, self.used = rng, set[tuple[int, str]]()

    def new(self, county: int) -> str:
        """Two syllables not yet used in the county."""
        while True:
            first, last = self.rng.integers(len(FIRST)), self.rng.integers(len(LAST))
            name = FIRST[first] + LAST[last]
            if (county, name) not in self.used:
                self.used.add((county, name))
                return name


def make_towns(rng: np.random.Generator, names: Names) -> list[Town]:
    """The seat of every county (its subdistricts, or one town), then its towns spread over its countryside.

    A town lies nearer to the middle of its own county, measured in that county's radii, than to any other,
    and as far from the towns before it as the best of twelve tries.
    """
    towns: list[Town] = []
    seats = np.array([to_km(*county.seat) for county in COUNTIES])
    centres = np.array([to_km(*county.centre) for county in COUNTIES])
    radii = np.array([county.radius_km for county in COUNTIES])
    for row, county in enumerate(COUNTIES):
        spread = (
            1.3 * in_disc(rng, max(county.subdistricts, 1)) if county.subdistricts > 1 else np.zeros((1, 2))
        )
        kind = "街道" if county.subdistricts else "镇"
        towns += [Town(names.new(row) + kind, row, True, seats[row] + shift) for shift in spread]
    for row, county in enumerate(COUNTIES):
        for _ in range(county.towns):
            tries: list[np.ndarray] = []
            while len(tries) < 12:
                place = centres[row] + radii[row] * in_disc(rng, 1)[0]
                own = distances(place[None], centres)[0] / radii
                if np.argmin(own) == row and distances(place[None], seats).min() > TOWN_GAP_KM:
                    tries.append(place)
            others = np.array([town.place for town in towns])
            best = int(np.argmax(distances(np.array(tries), others).min(axis=1)))
            towns.append(Town(names.new(row) + "镇", row, False, tries[best]))
    return towns


def make_blocks(rng: np.random.Generator, towns: list[Town], names: Names) -> Blocks:
    """Residential communities in the seats, and in every town three communities and hamlets of villages."""
    blocks = Blocks()
    urban = [
        [i for i, town in enumerate(towns) if town.urban and town.county == c] for c in range(len(COUNTIES))
    ]
    for row, county in enumerate(COUNTIES):
        reach = 0.25 * np.sqrt(county.urban_blocks)  # 1.4 to 2.8 km: the bigger the seat, the wider
        spread = np.clip(0.5 * bell(rng, county.urban_blocks, 2), -1.2, 1.2)
        place = to_km(*county.seat) + reach * spread
        centres = np.array([towns[i].place for i in urban[row]])
        nearest = np.argmin(distances(place, centres), axis=1)
        for at, near in zip(place, nearest, strict=True):
            weight = 0.6 + 0.9 * rng.random()
            blocks.add(names.new(row) + "社区", row, urban[row][near], at, False, 0, weight)
    rural = [i for i, town in enumerate(towns) if not town.urban]
    villages = BLOCKS - len(blocks.name) - 3 * len(rural)
    of_town = np.full(len(rural), villages // len(rural))
    of_town[: villages % len(rural)] += 1
    for town, count in zip(rural, of_town, strict=True):
        _town_blocks(rng, towns, town, int(count), names, blocks)
    return blocks


def _town_blocks(
    rng: np.random.Generator, towns: list[Town], town: int, villages: int, names: Names, blocks: Blocks
) -> None:
    """The communities of a town and its villages, in hamlets along valleys of their own."""
    here, county = towns[town].place, towns[town].county
    for shift in 0.45 * in_disc(rng, 3):
        blocks.add(names.new(county) + "社区", county, town, here + shift, False, 0, 1.9 + rng.random())
    hamlets = int(rng.integers(2, 6))
    tried = in_disc(rng, 60)
    away = np.sqrt((tried**2).sum(axis=1))
    _, valley = clusters(tried[away > 0.45], np.ones(int((away > 0.45).sum())), hamlets)
    size = 0.5 + rng.random(hamlets)
    label = rng.permutation(np.repeat(np.arange(hamlets), -(-villages // hamlets))[:villages])
    shifts = in_disc(rng, villages)
    for hamlet, shift in zip(label, shifts, strict=True):
        place = here + 4.6 * valley[hamlet] + 1.1 * shift
        weight = size[hamlet] * (0.7 + 0.6 * rng.random())
        blocks.add(names.new(county) + "村", county, town, place, True, int(hamlet) + 1, weight)
