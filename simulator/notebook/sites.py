"""New schools in a notebook: one line, a card, a table, a layer of the sites that open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from simulator.model import NewSchools
from simulator.model.showing import WGS84
from simulator.notebook.cards import card, grid, spoken
from simulator.notebook.layers import geopandas_library
from simulator.report.siting import answer, page_values
from simulator.report.words import Words

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

COLUMNS = (
    "site", "name", "county", "town", "longitude", "latitude",
    "seats", "children", "mean_metres", "seat_price_metres",
)  # fmt: skip


def said_of_sites(made: NewSchools) -> str:
    """New schools in one line."""
    words = Words(spoken(made.scenario.policy), made.scenario.policy)
    opened = made.sites.name[made.opened].astype(str).tolist()
    return words.text(
        "said_sites" if opened else "said_sites_none",
        name=made.scenario.policy.name,
        stage=words.text(f"stage_{made.stage.name.lower()}"),
        aim=made.proposal.aim,
        candidates=len(made.sites),
        opened=len(opened),
        sites=", ".join(opened[:5]) + (" …" if len(opened) > 5 else ""),
    )


def card_of_sites(made: NewSchools) -> str:
    """New schools as a card: what the page of ``xuewei site`` says, without its map."""
    words = Words(spoken(made.scenario.policy), made.scenario.policy)
    said = page_values(made, words)
    heads = ("column_site_name", "column_county", "column_site_town", "column_seats", "column_site_children")
    rows = [
        (site["name"], site["county"], site["town"], *(words.number(site[n]) for n in ("seats", "children")))
        for site in said["sites"][:12]
    ]
    sites = grid([words.text(head) for head in heads], rows, numbers=(3, 4))
    names = [words.text(code) for code in ("summary_item", "site_before", "site_after")]
    figures = grid(names, said["facts"], numbers=(1, 2))
    lines = [said["subtitle"], said["aim"], *said["notices"], said["asked"], words.text("shown_proposal")]
    return card(words.title(), lines, sites + figures)


def table_of_sites(made: NewSchools) -> pd.DataFrame:
    """One row per site that opens, most children first; see ``ShownNewSchools.to_pandas``."""
    import pandas

    opened = sorted(answer(made)["open"], key=lambda site: (-site["children"], site["site"]))
    return pandas.DataFrame([[site[name] for name in COLUMNS] for site in opened], columns=list(COLUMNS))


def layer_of_sites(made: NewSchools, crs: str) -> geopandas.GeoDataFrame:
    """The same with points; see ``ShownNewSchools.to_geopandas``."""
    table, frames = table_of_sites(made), geopandas_library()
    places = zip(table["longitude"], table["latitude"], strict=True)
    points = [None if x is None or x != x else shapely.Point(x, y) for x, y in places]
    layer: geopandas.GeoDataFrame = frames.GeoDataFrame(table, geometry=points, crs=WGS84).to_crs(crs)
    return layer
