"""The map's shapes: every block inside its zone, zones apart, small enough to carry in the page."""

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
from fake_run import fake_run

from simulator.model import UNPLACED, Stage
from simulator.report import maps
from simulator.report.view import View
from simulator.report.words import Words


def decoded(polygons):
    """Polygons as shapely sees them."""
    parts = []
    for rings in polygons:
        xy = [np.cumsum(np.array(flat).reshape(-1, 2), axis=0) / maps.PER_DEGREE for flat in rings]
        parts.append(shapely.Polygon(xy[0], xy[1:]))
    return shapely.union_all(parts)


def test_every_block_lies_in_its_zone(run):
    found = maps.shapes(run)
    blocks, warnings = run.scenario.blocks, run.warnings
    assert not found.outlined and found.zones.keys() == set(range(len(warnings.stage)))
    for zone, polygons in found.zones.items():
        shape = decoded(polygons).buffer(3 / maps.PER_DEGREE)
        rows = np.flatnonzero(warnings.block_zone[warnings.stage[zone]] == zone)
        assert shapely.contains_xy(shape, blocks.longitude[rows], blocks.latitude[rows]).all()


@pytest.mark.parametrize("stage", list(Stage))
def test_zones_of_a_stage_do_not_overlap(run, stage):
    found = maps.shapes(run)
    shapes = [decoded(p) for zone, p in found.zones.items() if run.warnings.stage[zone] == stage]
    total = sum(shape.area for shape in shapes)
    assert shapely.union_all(shapes).area == pytest.approx(total, rel=1e-3)


def test_counties_are_labelled_inside(run):
    found = maps.shapes(run)
    assert found.counties.keys() == {0, 1}
    for county, (x, y) in found.labels.items():
        assert decoded(found.counties[county]).contains(
            shapely.Point(x / maps.PER_DEGREE, y / maps.PER_DEGREE)
        )


def test_without_coordinates_there_is_no_map():
    assert maps.shapes(fake_run(coordinates=False)) is None


@pytest.mark.parametrize("points", [1, 2, 3])
def test_few_or_equal_points(points):
    run = fake_run(blocks=6, counties=1)
    at = np.arange(6) % points
    blocks = replace(run.scenario.blocks, longitude=115 + at * 0.01, latitude=24 + (at > 1) * 0.01)
    schools = replace(run.scenario.schools, longitude=np.full(8, np.nan), latitude=np.full(8, np.nan))
    found = maps.shapes(replace(run, scenario=replace(run.scenario, blocks=blocks, schools=schools)))
    assert found is not None and found.counties


def test_some_points_missing(run):
    longitude = run.scenario.blocks.longitude.copy()
    longitude[::2] = np.nan
    blocks = replace(run.scenario.blocks, longitude=longitude)
    assert maps.shapes(replace(run, scenario=replace(run.scenario, blocks=blocks))) is not None


def test_outlines_are_joined_and_simplified(run, monkeypatch):
    blocks = run.scenario.blocks
    squares = [
        shapely.box(115 + i % 8, 24 + i // 8, 116 + i % 8, 25 + i // 8).segmentize(0.01) for i in range(40)
    ]
    outline = np.empty(40, dtype=object)
    outline[:] = [shapely.to_wkb(square) for square in squares]
    outline[0] = None
    outlined = replace(run, scenario=replace(run.scenario, blocks=replace(blocks, outline=outline)))
    found = maps.shapes(outlined)
    assert found.outlined
    zone = int(run.warnings.block_zone[0][5])
    rows = [row for row in np.flatnonzero(run.warnings.block_zone[0] == zone) if row]
    assert decoded(found.zones[zone]).area == pytest.approx(len(rows), rel=1e-3)
    monkeypatch.setattr(maps, "MOST_POINTS", 1000)
    small = maps.shapes(outlined)
    assert decoded(small.zones[zone]).area == pytest.approx(len(rows), rel=0.05)
    assert len(json.dumps(small.zones)) < len(json.dumps(found.zones)) / 3


def test_blocks_outside_any_zone_are_grey(run):
    block_zone = run.warnings.block_zone.copy()
    block_zone[0, :10] = UNPLACED
    found = maps.shapes(replace(run, warnings=replace(run.warnings, block_zone=block_zone)))
    assert found.unzoned[0] and not maps.shapes(run).unzoned[0]


def test_a_city_fits_the_page():
    run = fake_run(schools=900, blocks=2400, students=2000, counties=8)
    view = View(run, Words("zh", run.scenario.policy))
    from simulator.report.sections.charting import context

    assert len(json.dumps(context(view)["data"], separators=(",", ":"))) < 1_000_000
