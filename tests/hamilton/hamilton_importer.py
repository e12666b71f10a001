"""Hamilton, Ontario, as a scenario folder: a real city with its official catchments as zones.

Schools are the 88 public elementary schools of 2016 with their official enrolment. Pupils by block are not
published, so each catchment's enrolment is spread over its dwellings by largest remainder: per catchment
the total equals the source exactly. All grades enter as one primary stage.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd

REPOSITORY = Path(__file__).resolve().parents[2]


def source_folder() -> Path | None:
    """The folder of the Hamilton files, or None: ``$XUEWEI_SHARED`` or ``shared`` beside the repository."""
    shared = Path(os.environ.get("XUEWEI_SHARED") or REPOSITORY.parent / "shared")
    folder = shared / "data" / "hamilton"
    return folder if (folder / "schools.csv").is_file() else None


@dataclass(frozen=True)
class Source:
    """The rows of the source this scenario uses.

    Attributes:
        schools: public elementary schools of 2016: SchoolID, Name, catchment, pupils, seats, lon, lat.
        blocks: one per catchment and dissemination area: catchment, area, dwellings, lon, lat.
    """

    schools: pd.DataFrame
    blocks: pd.DataFrame


def read_source(folder: Path) -> Source:
    """Read schools, and put every dwelling into its catchment; dwellings outside all of them are left out.

    A block is the part of a dissemination area inside one catchment; its place is the mean of its dwellings.
    """
    schools = pd.read_csv(folder / "schools.csv", encoding="utf-8")
    schools = schools[
        (schools["System"] == "Public")
        & (schools["Level"] == "Elementary")
        & schools["Year"].str.contains("2016")
    ]
    schools = schools.rename(columns={"CID2016": "catchment", "ON_Enrol_2016": "pupils", "OTGC2016": "seats"})
    schools = schools.astype({"SchoolID": int, "catchment": int, "pupils": int})
    schools["seats"] = schools["seats"].round().astype(int)

    catchments = geopandas.read_file(folder / "catchments.geojson")
    catchments = catchments[catchments["CID"].isin(schools["catchment"])]
    dwellings = pd.read_csv(folder / "dwelling_points.csv.gz", encoding="utf-8")
    points = geopandas.GeoDataFrame(
        dwellings[["DAUID", "dwellings"]],
        geometry=geopandas.points_from_xy(dwellings["x"], dwellings["y"], crs="EPSG:26917"),
    ).to_crs("EPSG:4326")
    inside = points.sjoin(catchments[["CID", "geometry"]], predicate="within")
    # A point on a shared edge may fall into two catchments: it counts once, in the first.
    inside = inside[~inside.index.duplicated()]
    inside = inside.assign(lon=inside.geometry.x, lat=inside.geometry.y)
    blocks = (
        inside.groupby(["CID", "DAUID"], sort=True)
        .agg(dwellings=("dwellings", "sum"), lon=("lon", "mean"), lat=("lat", "mean"))
        .reset_index()
        .rename(columns={"CID": "catchment", "DAUID": "area"})
    )
    return Source(schools.sort_values("SchoolID"), blocks.astype({"dwellings": int, "catchment": int}))


def largest_remainder(total: int, weights: np.ndarray) -> np.ndarray:
    """Divide ``total`` in whole numbers in proportion to integer ``weights``; ties go to the earlier row."""
    weights = weights.astype(np.int64)
    whole = total * weights // weights.sum()
    remainder = total * weights - whole * weights.sum()
    first = np.argsort(-remainder, kind="stable")[: total - whole.sum()]
    whole[first] += 1
    return whole


SETTINGS = """\
name = "hamilton"
title = "哈密尔顿（加拿大安大略省）公立小学 2016"
title_en = "Hamilton, Ontario: public elementary schools 2016"
year = 2016
seed = 2016

[travel]
nearest = 40

[age]
enforce = false

[caps]
enforce = false

[population.categories.local]

[[rounds]]
name = "zone"
title = "地段"
title_en = "Catchment"
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


def write_scenario(source: Source, folder: Path) -> Path:
    """Write the scenario folder and return it."""
    folder.mkdir(parents=True)
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8")
    schools, blocks = source.schools, source.blocks
    block_id = "C" + blocks["catchment"].astype(str) + "-" + blocks["area"].astype(str)
    pupils = schools.groupby("catchment")["pupils"].sum()
    count = pd.Series(0, index=blocks.index)
    for catchment, rows in blocks.groupby("catchment"):
        count[rows.index] = largest_remainder(int(pupils[catchment]), rows["dwellings"].to_numpy())
    zones = pd.DataFrame({"catchment": blocks["catchment"], "block": block_id}).merge(
        schools[["catchment", "SchoolID"]].rename(columns={"SchoolID": "school"}), on="catchment"
    )
    zones["order"] = zones.groupby("block").cumcount() + 1
    tables = {
        "schools": pd.DataFrame(
            {
                "school": schools["SchoolID"],
                "name": schools["Name"],
                "kind": "primary",
                "ownership": "public",
                "county": "Hamilton",
                "longitude": schools["lon"],
                "latitude": schools["lat"],
                "planned_seats": schools["seats"],
            }
        ),
        "blocks": pd.DataFrame(
            {
                "block": block_id,
                "name": block_id,
                "county": "Hamilton",
                "longitude": blocks["lon"].round(7),
                "latitude": blocks["lat"].round(7),
            }
        ),
        "zones": zones[["block", "school", "order"]].assign(stage="primary"),
        "demand": pd.DataFrame(
            {"block": block_id, "stage": "primary", "category": "local", "count": count}
        ).query("count > 0"),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    return folder
