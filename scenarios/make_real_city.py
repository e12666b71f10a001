"""Writes a scenario folder from the published data of a real city, to draw zones for. Run by hand.

    python scenarios/make_real_city.py DATA_FOLDER OUT [--seats-percent 105] [--seats enrolment|estimate]

``DATA_FOLDER`` holds one of two cities, told by its files; neither is part of this project:

- Hamilton, Ontario: ``schools.csv``, ``catchments.geojson``, ``dissemination_areas.geojson``,
  ``dwelling_points.csv.gz`` (Soukhov and Paez, CC BY 4.0; Open Government Licence - Canada). The 88 public
  elementary schools of 2016. A block is a whole dissemination area. Pupils by block are not published: the
  pupils of each catchment are spread over its dwellings. Today's zone of a block is the catchment in which
  most of its dwellings lie (where it has none, a point within it); a catchment of two schools is a
  multi-school zone.
- Ikoma, Nara: ``blocks_census2020.csv``, ``r2ka29209.topojson``, ``nara_elem_mid_schools.csv`` (census of
  2020, National Land Numerical Information, CODH Geoshape, CC BY 4.0). A block is a chome, or a part of one,
  with its official elementary zone. Entrants are one in a hundred residents.

Seats are not published for either. ``enrolment`` gives each school so many percent of the children it has
today: official enrolment in Hamilton, the load of its zone in Ikoma. ``estimate`` (Hamilton only) shares the
same total out by the capacities that the authors of the data estimated.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd

SETTINGS = """\
# {title_en}. Made by scenarios/make_real_city.py; the data are not part of this project.
name = "{name}"
title = "{title}"
title_en = "{title_en}"
year = {year}

[travel]
method = "straight_line"
nearest = 20

[age]
enforce = false

[caps]
enforce = false

[zoning]
stages = ["primary"]
walls = []
neighbours = "outlines"

[population.categories.local]

[[rounds]]
name = "zone"
title = "学区"
title_en = "Zone"
stages = ["primary"]
reach = ["zone"]
rank = ["metres", "draw"]

[[rounds]]
name = "coordination"
title = "统筹"
title_en = "Coordination"
stages = ["primary"]
mechanism = "least_total"
reach = ["county"]
rank = ["draw"]
coordination = true
"""

RESIDENTS_PER_ENTRANT = 100


@dataclass(frozen=True)
class City:
    """A city before it is written.

    Attributes:
        name, title, title_en, year: of the scenario. county: the one county.
        blocks: block, name, geometry (outlines, WGS84), load, zone. schools: school, name, zone, lon, lat,
            weight (what its seats are shared out by).
    """

    name: str
    title: str
    title_en: str
    year: int
    county: str
    blocks: Any
    schools: pd.DataFrame


def largest_remainder(total: int, weights: np.ndarray) -> np.ndarray:
    """Divide ``total`` in whole numbers in proportion to integer ``weights``; ties go to the earlier row."""
    weights = weights.astype(np.int64)
    whole = total * weights // max(weights.sum(), 1)
    remainder = total * weights - whole * weights.sum()
    whole[np.argsort(-remainder, kind="stable")[: total - whole.sum()]] += 1
    return whole


def hamilton(folder: Path, seats: str) -> City:
    """Hamilton as described above."""
    schools = pd.read_csv(folder / "schools.csv", encoding="utf-8")
    elementary = (schools["System"] == "Public") & (schools["Level"] == "Elementary")
    schools = schools[elementary & schools["Year"].str.contains("2016")].sort_values("SchoolID")
    schools = schools.astype({"SchoolID": int, "CID2016": int, "ON_Enrol_2016": int})
    areas = geopandas.read_file(folder / "dissemination_areas.geojson")
    catchments = geopandas.read_file(folder / "catchments.geojson")
    catchments = catchments[catchments["CID"].isin(schools["CID2016"])][["CID", "geometry"]]
    dwellings = pd.read_csv(folder / "dwelling_points.csv.gz", encoding="utf-8", dtype={"DAUID": str})
    points = geopandas.GeoDataFrame(
        dwellings[["DAUID", "dwellings"]],
        geometry=geopandas.points_from_xy(dwellings["x"], dwellings["y"], crs="EPSG:26917"),
    ).to_crs("EPSG:4326")
    inside = points.sjoin(catchments, predicate="within")
    inside = inside[~inside.index.duplicated()]  # on a common border: once, in the first
    parts = inside.groupby(["CID", "DAUID"], sort=True)["dwellings"].sum().astype(int).reset_index()
    pupils = schools.groupby("CID2016")["ON_Enrol_2016"].sum()
    parts["load"] = 0
    for catchment, rows in parts.groupby("CID"):
        weights = rows["dwellings"].to_numpy()
        parts.loc[rows.index, "load"] = largest_remainder(int(pupils[catchment]), weights)
    areas = areas[(areas["CSD"] == "Hamilton") | areas["DAUID"].isin(parts["DAUID"])].sort_values("DAUID")
    areas = areas.reset_index(drop=True)
    most = parts.sort_values(["DAUID", "dwellings", "CID"], ascending=[True, False, True])
    zone = areas["DAUID"].map(most.drop_duplicates("DAUID").set_index("DAUID")["CID"])
    middle = geopandas.GeoDataFrame(geometry=areas.representative_point(), crs=areas.crs)
    around = middle.sjoin(catchments, predicate="within")
    zone = zone.fillna(around[~around.index.duplicated()]["CID"])
    load = areas["DAUID"].map(parts.groupby("DAUID")["load"].sum()).fillna(0).astype(int)
    blocks = geopandas.GeoDataFrame(
        {"block": areas["DAUID"], "name": areas["DAUID"], "load": load, "zone": zone},
        geometry=areas.geometry,
        crs=areas.crs,
    )
    weight = schools["ON_Enrol_2016"] if seats == "enrolment" else schools["OTGC2016"].round().astype(int)
    made = pd.DataFrame(
        {
            "school": schools["SchoolID"].astype(str),
            "name": schools["Name"],
            "zone": schools["CID2016"],
            "lon": schools["lon"],
            "lat": schools["lat"],
            "weight": weight,
        }
    )
    title = "哈密尔顿（加拿大安大略省）公立小学"
    return City(
        "hamilton", title, "Hamilton, Ontario: public elementary schools", 2016, "Hamilton", blocks, made
    )


def ikoma(folder: Path, seats: str) -> City:
    """Ikoma as described above."""
    if seats != "enrolment":
        raise SystemExit("Ikoma has no estimate of capacities: --seats enrolment")
    census = pd.read_csv(folder / "blocks_census2020.csv", encoding="utf-8", dtype={"key_code": str})
    census = census.sort_values(["key_code", "area_m2"], ascending=[True, False]).reset_index(drop=True)
    outlines = geopandas.read_file(folder / "r2ka29209.topojson", layer="town")
    # A chome in several parts has one key and a row per part: the area tells which is which.
    shapes = dict(
        zip(zip(outlines["KEY_CODE"], outlines["AREA"], strict=True), outlines.geometry, strict=True)
    )
    geometry = [shapes[key] for key in zip(census["key_code"], census["area_m2"], strict=True)]
    part = census.groupby("key_code").cumcount()
    block = census["key_code"].where(part == 0, census["key_code"] + "-" + (part + 1).astype(str))
    load = largest_remainder(
        int(census["population"].sum()) // RESIDENTS_PER_ENTRANT, census["population"].to_numpy()
    )
    blocks = geopandas.GeoDataFrame(
        {
            "block": block,
            "name": census["name"],
            "load": load,
            "zone": census["elem_zone"].map(_elementary),
        },
        geometry=geometry,
        crs="EPSG:4326",
    )
    schools = pd.read_csv(folder / "nara_elem_mid_schools.csv", encoding="utf-8", dtype=str)
    schools = schools[(schools["P29_001"] == "29209") & (schools["P29_003"] == "16001")]
    made = pd.DataFrame(
        {
            "school": schools["P29_002"],
            "name": schools["P29_004"],
            "zone": schools["P29_004"],
            "lon": schools["lon"].astype(float),
            "lat": schools["lat"].astype(float),
        }
    ).sort_values("school")
    made["weight"] = made["zone"].map(blocks.groupby("zone")["load"].sum()).fillna(0).astype(int)
    return City(
        "ikoma", "生驹市（日本奈良县）小学", "Ikoma, Nara: elementary schools", 2020, "生駒市", blocks, made
    )


def _elementary(zone: str) -> str:
    """The elementary part of a nine-year school goes by the name of the elementary school."""
    return zone.replace("小中学校", "小学校")


def write(city: City, folder: Path, seats_percent: int) -> Path:
    """Write the scenario folder and return it."""
    folder.mkdir(parents=True)
    words = {"name": city.name, "title": city.title, "title_en": city.title_en, "year": city.year}
    (folder / "scenario.toml").write_text(SETTINGS.format(**words), encoding="utf-8")
    blocks, schools = city.blocks, city.schools
    total = -(-int(blocks["load"].sum()) * seats_percent // 100)
    tables = {
        "schools": pd.DataFrame(
            {
                "school": schools["school"],
                "name": schools["name"],
                "kind": "primary",
                "county": city.county,
                "longitude": schools["lon"].round(7),
                "latitude": schools["lat"].round(7),
                "planned_seats": largest_remainder(total, schools["weight"].to_numpy()),
            }
        ),
        "zones": zone_table(blocks, schools),
        "demand": pd.DataFrame(
            {"block": blocks["block"], "stage": "primary", "category": "local", "count": blocks["load"]}
        ).query("count > 0"),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    outlines = blocks[["block", "name", "geometry"]].assign(county=city.county)
    outlines.to_file(folder / "blocks.geojson", driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=7)
    return folder


def zone_table(blocks: Any, schools: pd.DataFrame) -> pd.DataFrame:
    """Block to the schools of its zone, with an order where there are several."""
    pairs = blocks[["block", "zone"]].dropna().merge(schools[["zone", "school"]], on="zone")
    pairs["stage"] = "primary"
    pairs["order"] = pairs.groupby("block").cumcount() + 1
    return pairs[["block", "school", "stage", "order"]]


def read(folder: Path, seats: str = "enrolment") -> City:
    """The city whose files lie in ``folder``."""
    if (folder / "dwelling_points.csv.gz").is_file():
        return hamilton(folder, seats)
    if (folder / "blocks_census2020.csv").is_file():
        return ikoma(folder, seats)
    raise SystemExit(f"{folder}: neither the files of Hamilton nor those of Ikoma")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seats-percent", type=int, default=105)
    parser.add_argument("--seats", choices=("enrolment", "estimate"), default="enrolment")
    asked = parser.parse_args()
    print(write(read(asked.data, asked.seats), asked.out, asked.seats_percent))


if __name__ == "__main__":
    main()
