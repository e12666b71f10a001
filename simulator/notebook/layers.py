"""Results as geopandas layers: blocks, schools and zones with what the result says of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from simulator.indicators.comparing import mean_of_sums
from simulator.messages import text
from simulator.model import NO_METRES, UNPLACED, Draws, Rezoning, Run, Stage
from simulator.model.arrays import Booleans, Integers, texts
from simulator.model.showing import WGS84
from simulator.notebook.maps import cells_of
from simulator.report.maps import ground, spot_cells
from simulator.report.rezoning import layers as zone_layers
from simulator.report.rezoning.view import ZonesView
from simulator.report.sweep.summary import M
from simulator.report.view import View
from simulator.report.words import Words

if TYPE_CHECKING:
    import geopandas

LEVEL_WORDS = ("green", "yellow", "red")


class MissingLibrary(ImportError):
    """A library that only this needs is not installed; the message says how to get it, in both languages."""


def geopandas_library() -> Any:
    """The library.

    Raises:
        MissingLibrary: it is not installed.
    """
    try:
        import geopandas
    except ImportError as error:
        said = "\n".join(text("geopandas_missing", language) for language in ("zh", "en"))
        raise MissingLibrary(said) from error
    return geopandas


def _named(layers: Mapping[str, Callable[..., Any]], layer: str) -> Callable[..., Any]:
    if layer not in layers:
        raise KeyError(f"no layer {layer!r}; there are: {', '.join(layers)}")
    return layers[layer]


def layer_of_run(run: Run, layer: str, crs: str) -> geopandas.GeoDataFrame:
    """A layer of a run; see ``ShownRun.to_geopandas``."""
    library, make = geopandas_library(), _named(RUN_LAYERS, layer)
    columns, shapes = make(View(run, Words("en", run.scenario.policy)))
    return library.GeoDataFrame(columns, geometry=shapes, crs=WGS84).to_crs(crs)


def _blocks(view: View) -> tuple[dict[str, Any], Any]:
    run, scenario = view.run, view.run.scenario
    blocks, admission, students = scenario.blocks, run.admission, run.students
    under = ground(blocks, scenario.schools)
    drawn = ~shapely.is_empty(under.cells)
    columns: dict[str, Any] = {
        "block": blocks.id.astype(str),
        "name": view.block_names.astype(str),
        "county": view.county_names[blocks.county].astype(str),
        "shape": np.where(drawn, "outline" if under.outlined else "cell", ""),
    }
    for stage in Stage:
        head, mine = stage.name.lower(), (students.stage == stage) & (students.block != UNPLACED)
        with_place = mine & (admission.school != UNPLACED)
        known = with_place & (admission.metres != NO_METRES)

        def count(chosen: Booleans, weights: Integers | None = None) -> Integers:
            given = None if weights is None else weights[chosen]
            counted = np.bincount(students.block[chosen], weights=given, minlength=len(blocks))
            return counted.astype(np.int64)

        far, measured = count(known, admission.metres), count(known)
        mean = np.full(len(blocks), np.nan)
        mean[measured > 0] = far[measured > 0] / measured[measured > 0]
        zone = run.warnings.block_zone[stage]
        lists = scenario.zones.schools[stage]
        columns |= {
            f"{head}_zone": texts([" ".join(scenario.schools.id[lists[row]]) for row in range(len(blocks))]),
            f"{head}_children": count(mine),
            f"{head}_placed": count(with_place),
            f"{head}_own_zone": count(with_place & admission.in_zone),
            f"{head}_mean_metres": mean,
            f"{head}_warning": _levels(np.append(run.warnings.level, UNPLACED)[zone]),
        }
    return columns, zone_layers.multipolygons(cells_of(under))


def _schools(view: View) -> tuple[dict[str, Any], Any]:
    schools, facts, price = view.run.scenario.schools, view.facts, view.price
    columns: dict[str, Any] = {
        "school": schools.id.astype(str),
        "name": view.school_names.astype(str),
        "public": schools.public,
    }
    for stage in Stage:
        head = stage.name.lower()
        columns |= {
            f"{head}_seats": facts.stage_seats[stage],
            f"{head}_load": facts.stage_load[stage],
            f"{head}_priced": price.known[stage],
            f"{head}_price_children": price.children[stage],
            f"{head}_price_journeys": price.journeys[stage],
            f"{head}_price_metres": price.metres[stage],
        }
    return columns, zone_layers.points(schools.longitude, schools.latitude)


def _zones(view: View) -> tuple[dict[str, Any], Any]:
    run = view.run
    under, warnings = ground(run.scenario.blocks, run.scenario.schools), run.warnings
    shapes = np.full(len(warnings.stage), None, dtype=object)
    for stage in Stage:
        labels, found = under.joined(warnings.block_zone[stage])
        for zone, shape in zip(labels, found, strict=True):
            if zone != UNPLACED:
                shapes[zone] = shape
    ids = run.scenario.schools.id
    columns = {
        "stage": [Stage(stage).name.lower() for stage in warnings.stage.tolist()],
        "schools": [" ".join(ids[rows]) for rows in view.zone_schools],
        "name": view.zone_names.astype(str),
        "children": warnings.children,
        "seats": warnings.seats,
        "warning": _levels(warnings.level),
    }
    return columns, zone_layers.multipolygons(shapes)


RUN_LAYERS: Mapping[str, Callable[[View], tuple[dict[str, Any], Any]]] = {
    "blocks": _blocks,
    "schools": _schools,
    "zones": _zones,
}


def _levels(level: Integers) -> list[str]:
    return [LEVEL_WORDS[at] if at >= 0 else "" for at in level.tolist()]


def layer_of_sweep(counties: Sequence[Draws], crs: str) -> geopandas.GeoDataFrame:
    """One row per county, variant and block; see ``ShownSweep.to_geopandas``."""
    library = geopandas_library()
    import pandas

    frames = [frame for county in counties for frame in _variants(county)]
    columns = pandas.concat([frame for frame, _ in frames], ignore_index=True) if frames else {}
    shapes: Any = np.concatenate([found for _, found in frames]) if frames else []
    return library.GeoDataFrame(columns, geometry=shapes, crs=WGS84).to_crs(crs)


def _variants(draws: Draws) -> list[tuple[Any, Any]]:
    """The columns and the shapes of every variant of one county."""
    import pandas

    layout, n = draws.layout, len(draws)
    shapes = zone_layers.multipolygons(spot_cells(layout.longitude, layout.latitude))
    both = draws.total[:, 0]
    net, half = mean_of_sums(both[..., M["net"]], draws.square[:, 0, :, M["net"]], n)
    found = []
    for row, variant in enumerate(layout.variants):
        children = both[row, :, M["children"]]
        compared = bool(layout.comparable[row])
        columns = {
            "county": layout.county,
            "variant": variant,
            "block": layout.block.astype(str),
            "name": layout.block_name.astype(str),
            "children": children / max(n, 1),
            "placed": _share(both[row, :, M["placed"]], children),
            "own_zone": _share(both[row, :, M["own_zone"]], children),
            "net": net[row] if compared else np.nan,
            "net_half_width": half[row] if compared else np.nan,
        }
        found.append((pandas.DataFrame(columns), shapes))
    return found


def _share(part: Integers, whole: Integers) -> Any:
    """Shares, NaN where there is nobody."""
    shares = np.full(len(whole), np.nan)
    shares[whole > 0] = part[whole > 0] / whole[whole > 0]
    return shares


def layer_of_zones(rezoning: Rezoning, layer: str, crs: str) -> geopandas.GeoDataFrame:
    """A layer of a rezoning; see ``ShownZones.to_geopandas``."""
    geopandas_library()
    make = _named(ZONES_LAYERS, layer)
    found: geopandas.GeoDataFrame = make(ZonesView(rezoning, Words("en", rezoning.scenario.policy))).to_crs(
        crs
    )
    return found


ZONES_LAYERS: Mapping[str, Callable[[ZonesView], Any]] = {
    "blocks": zone_layers.blocks_layer,
    "zones_new": lambda view: zone_layers.zones_layer(view, "new"),
    "zones_old": lambda view: zone_layers.zones_layer(view, "old"),
    "schools": zone_layers.schools_layer,
}
