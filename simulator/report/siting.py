"""New schools -> their folder: which sites to open, what that saves, a map, the figures for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from simulator import __version__
from simulator.messages import Language
from simulator.model import NewSchools
from simulator.model.paths import PathName
from simulator.report.columns import Table, listed
from simulator.report.files import sha256, write_csv, write_json, write_text
from simulator.report.folder import whole_folder
from simulator.report.frames import frame
from simulator.report.maps import PER_DEGREE, ground, polygons, simplified
from simulator.report.page import rendered
from simulator.report.point_map import point_map
from simulator.report.words import Words

FORMAT = "xuewei-sites-1"
MARK = "sites.geojson"
"""The file by which an earlier folder is known, so that only such a one is replaced."""


def answer(made: NewSchools) -> dict[str, Any]:
    """The answer as plain data, for JSON."""
    found, problem = made.proposal, made.problem
    return {
        "format": FORMAT,
        "stage": made.stage.name.lower(),
        "aim": found.aim,
        "asked": problem.most_opened,
        "candidates": len(made.sites),
        "candidates_are_blocks": made.from_blocks,
        "open": [_site(made, row) for row in made.opened.tolist()],
        "children": int(problem.load.sum()),
        "without_seat": int(found.unplaced.sum()),
        "metres": found.metres,
        "within_limit": found.covered,
        "before": {
            "without_seat": int(made.before.unplaced.sum()),
            "metres": made.before.metres,
            "within_limit": made.before.covered,
        },
        "cost": found.cost,
        "cost_before": found.cost_before,
        "bound": found.bound,
        "gap_percent": round(100 * found.gap, 3),
        "steps": dict(found.steps),
    }


def _site(made: NewSchools, row: int) -> dict[str, Any]:
    """One site that opens."""
    sites, found, problem = made.sites, made.proposal, made.problem
    at = len(made.kept) + row
    to_it = problem.site == at
    children = int(found.children[to_it].sum())
    metres = int((found.children * problem.metres)[to_it].sum())
    counties, towns = (*made.scenario.counties, ""), (*made.scenario.towns, "")
    return {
        "site": str(sites.id[row]),
        "name": str(sites.name[row]),
        "county": counties[sites.county[row]],
        "town": towns[sites.town[row]],
        "longitude": _degrees(sites.longitude[row]),
        "latitude": _degrees(sites.latitude[row]),
        "seats": int(problem.seats[at]),
        "children": children,
        "mean_metres": (2 * metres + children) // (2 * children) if children else 0,
        "seat_price_metres": int(found.prices[at]),
    }


def _degrees(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def sites_table(made: NewSchools) -> Table:
    """One row per site that opens, most children first."""
    rows = sorted(answer(made)["open"], key=lambda site: (-site["children"], site["site"]))
    texts = ("site", "name", "county", "town")
    counts = ("seats", "children", "mean_metres", "seat_price_metres")
    return Table(
        "sites",
        (
            *(listed(f"site_{name}", "text", rows, _picker(name)) for name in texts),
            *(listed(f"site_{name}", "number", rows, _picker(name)) for name in ("longitude", "latitude")),
            *(listed(f"site_{name}", "count", rows, _picker(name)) for name in counts),
        ),
    )


def _picker(name: str) -> Any:
    return lambda site: site[name]


def page(made: NewSchools, words: Words) -> str:
    """The page as HTML; it runs one script, which sorts the table."""
    detour = f"{made.detour_percent / 100:.2f}"
    return rendered(
        "siting/report.html",
        words,
        scripts=["static/report.js"],
        styles=["static/report.css", "static/zones.css"],
        title=words.title(),
        map=_map(made, words),
        source=words.text(f"source_{made.source}", detour=detour),
        inputs=sorted(made.scenario.sources.items()),
        **page_values(made, words),
    )


def page_values(made: NewSchools, words: Words) -> dict[str, Any]:
    """What the page and the terminal both say."""
    said = answer(made)
    notices = [words.text("site_from_blocks")] if made.from_blocks else []
    if len(made.out_of_reach):
        names = made.sites.name[made.out_of_reach].astype(str).tolist()
        listed_names = words.text("site_name_separator").join(names[:10])
        more = " …" if len(names) > 10 else ""
        notices.append(words.text("site_out_of_reach", n=len(names), sites=f"{listed_names}{more}"))
    if not made.counts_seats:
        notices.append(words.text("site_seats_not_counted"))
    return {
        "subtitle": words.text(
            "site_subtitle",
            year=str(made.scenario.policy.year),
            stage=words.text(f"stage_{said['stage']}"),
        ),
        "aim": words.text(f"site_aim_{said['aim']}"),
        "sites": sorted(said["open"], key=lambda site: (-site["children"], site["site"])),
        "notices": notices,
        "counts_seats": made.counts_seats,
        "facts": facts(made, words),
        "asked": words.text(
            "site_asked_for",
            asked=said["asked"],
            candidates=said["candidates"],
            opened=len(said["open"]),
            gap=f"{said['gap_percent']:.2f}%",
        ),
        "served": words.text("site_served_split" if made.counts_seats else "site_served_nearest"),
    }


def facts(made: NewSchools, words: Words) -> list[tuple[str, str, str]]:
    """(what, if nothing opens, with the new schools), as the page and the terminal have them."""
    problem = made.problem
    both = (made.before, made.proposal)
    number, kilometres = words.number, words.kilometres

    def row(name: str, shown: Callable[[int], str], values: Iterable[int]) -> tuple[str, str, str]:
        before, after = (shown(value) for value in values)
        return name, before, after

    without = [int(one.unplaced.sum()) for one in both]
    rows = [row(words.text("site_children_all"), number, [int(problem.load.sum())] * 2)]
    if made.counts_seats or any(without):
        code = "site_without_seat" if made.counts_seats else "site_without_way"
        rows.append(row(words.text(code), number, without))
    if not made.counts_seats:
        rows.append(row(words.text("site_beyond_seats"), number, map(made.beyond_seats, both)))
    rows.append(row(words.text("site_way"), kilometres, (one.metres for one in both)))
    placed = [int(one.children.sum()) for one in both]
    means = [(2 * one.metres + n) // (2 * n) if n else 0 for one, n in zip(both, placed, strict=True)]
    rows.append(row(words.text("column_site_mean_metres"), number, means))
    if problem.limit_metres:
        beyond = [n - one.covered for one, n in zip(both, placed, strict=True)]
        rows.append(row(words.text("site_beyond", limit=number(problem.limit_metres)), number, beyond))
    if made.counts_seats:
        name = words.text("site_cost", weight=number(problem.unplaced_metres))
        rows.append(row(name, kilometres, (one.cost for one in both)))
    elif made.proposal.aim == "p_median" and problem.fixed_metres.any():
        rows.append(row(words.text("site_cost_way"), kilometres, (one.cost for one in both)))
    return rows


def _map(made: NewSchools, words: Words) -> dict[str, Any] | None:
    """Schools as small marks, sites that open as large ones, over the counties."""
    scenario = made.scenario
    schools = scenario.schools
    under = ground(scenario.blocks, schools)
    labels, found = under.joined(scenario.blocks.county)
    if under.outlined and len(found):
        found = simplified([found])[0]
    inside = shapely.get_coordinates(shapely.point_on_surface(found)) if len(found) else []
    names = [
        (round(x * PER_DEGREE), round(y * PER_DEGREE), str(scenario.counties[county]))
        for county, (x, y) in zip(labels, inside, strict=True)
        if county >= 0
    ]
    longitude = np.concatenate((schools.longitude[made.kept], made.sites.longitude[made.opened]))
    latitude = np.concatenate((schools.latitude[made.kept], made.sites.latitude[made.opened]))
    tips = [*schools.name[made.kept].tolist(), *made.sites.name[made.opened].tolist()]
    new = np.arange(len(tips)) >= len(made.kept)
    known = np.isfinite(longitude) & np.isfinite(latitude)
    shapes = [polygon for shape in found for polygon in polygons(shape)]
    laid = point_map(longitude[known], latitude[known], shapes, names)
    if laid is None:
        return None
    marks = zip(
        laid.x.tolist(),
        laid.y.tolist(),
        new[known].tolist(),
        np.array(tips, dtype=object)[known],
        strict=True,
    )
    return {
        "width": laid.width,
        "height": laid.height,
        "outlines": laid.outlines,
        "labels": laid.labels,
        "points": [
            (x, y, 6 if is_new else 1.8, "worth_children" if is_new else "worth_nothing", str(tip))
            for x, y, is_new, tip in marks
        ],
    }


def write_sites(made: NewSchools, folder: PathName, *, language: Language, replace: bool = False) -> Path:
    """Write the whole folder: ``report.html``, ``sites.csv``, ``sites.geojson``, ``manifest.json``.

    Same answer, same language: the same bytes.

    Raises:
        FolderExists: ``folder`` is there and ``replace`` is not asked for, or it is no such folder.
    """
    folder, words = Path(folder), Words(language, made.scenario.policy)
    with whole_folder(folder, replace=replace, mark=MARK) as new:
        write_csv(new / "sites.csv", frame(sites_table(made), words))
        write_text(new / MARK, _geojson(made))
        write_text(new / "report.html", page(made, words))
        files = sorted(path for path in new.iterdir())
        write_json(
            new / "manifest.json",
            answer(made)
            | {
                "scenario": dict(made.scenario.resolved),
                "siting": dataclasses.asdict(made.scenario.policy.siting),
                "inputs_sha256": dict(made.scenario.sources),
                "versions": {"xuewei": __version__, **made.versions},
                "files_sha256": {path.name: sha256(path) for path in files},
            },
        )
    return folder


def _geojson(made: NewSchools) -> str:
    """The sites that open as points, WGS84."""
    features = [
        {
            "type": "Feature",
            "properties": site,
            "geometry": None
            if site["longitude"] is None
            else {"type": "Point", "coordinates": [site["longitude"], site["latitude"]]},
        }
        for site in answer(made)["open"]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
