"""Coordinates to WGS84, against formulas written out a second time and properties of the systems."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from load_folders import rows_of, sound_copy
from pyproj import Geod

from simulator import load
from simulator.load.coordinates import (
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    in_china,
    to_wgs84,
    wgs84_to_gcj02,
)

GEOD = Geod(ellps="WGS84")
PLACES = {"Meizhou": (116.1176, 24.2991), "Beijing": (116.3913, 39.9075), "Urumqi": (87.6168, 43.8256)}
longitudes = st.floats(74.0, 135.0)
latitudes = st.floats(18.0, 53.0)


def metres(one, other) -> float:
    return GEOD.inv(one[0], one[1], other[0], other[1])[2]


def scalar_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """The published formula once more, in plain scalars, term by term in another order."""
    x, y, pi = longitude - 105.0, latitude - 35.0, math.pi
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    d_lat += (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    d_lat += (20.0 * math.sin(y * pi) + 40.0 * math.sin(y / 3.0 * pi)) * 2.0 / 3.0
    d_lat += (160.0 * math.sin(y / 12.0 * pi) + 320 * math.sin(y * pi / 30.0)) * 2.0 / 3.0
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    d_lon += (20.0 * math.sin(6.0 * x * pi) + 20.0 * math.sin(2.0 * x * pi)) * 2.0 / 3.0
    d_lon += (20.0 * math.sin(x * pi) + 40.0 * math.sin(x / 3.0 * pi)) * 2.0 / 3.0
    d_lon += (150.0 * math.sin(x / 12.0 * pi) + 300.0 * math.sin(x / 30.0 * pi)) * 2.0 / 3.0
    a, ee = 6378245.0, 0.00669342162296594323
    magic = 1 - ee * math.sin(latitude / 180.0 * pi) ** 2
    d_lat = (d_lat * 180.0) / ((a * (1 - ee)) / (magic * math.sqrt(magic)) * pi)
    d_lon = (d_lon * 180.0) / (a / math.sqrt(magic) * math.cos(latitude / 180.0 * pi) * pi)
    return longitude + d_lon, latitude + d_lat


@given(longitudes, latitudes)
def test_forward_formula(longitude, latitude):
    here = wgs84_to_gcj02(np.array([longitude]), np.array([latitude]))
    assert metres((here[0][0], here[1][0]), scalar_gcj02(longitude, latitude)) < 1e-6


def test_a_published_pair():
    # Tiananmen as given with the formula's first publications: WGS84 to GCJ-02.
    here = wgs84_to_gcj02(np.array([116.397428]), np.array([39.90923]))
    assert (round(here[0][0], 5), round(here[1][0], 5)) == (116.40367, 39.91063)


@given(longitudes, latitudes)
def test_way_back_within_half_a_metre(longitude, latitude):
    there = wgs84_to_gcj02(np.array([longitude]), np.array([latitude]))
    back = gcj02_to_wgs84(*there)
    assert metres((back[0][0], back[1][0]), (longitude, latitude)) < 0.5
    rounded = to_wgs84("gcj02", *there)
    assert metres((rounded[0][0], rounded[1][0]), (longitude, latitude)) < 0.5


@given(longitudes, latitudes)
def test_way_back_from_bd09(longitude, latitude):
    there = gcj02_to_bd09(*wgs84_to_gcj02(np.array([longitude]), np.array([latitude])))
    back = to_wgs84("bd09", *there)
    assert metres((back[0][0], back[1][0]), (longitude, latitude)) < 0.5
    single = bd09_to_gcj02(*gcj02_to_bd09(np.array([longitude]), np.array([latitude])))
    assert metres((single[0][0], single[1][0]), (longitude, latitude)) < 0.01


@pytest.mark.parametrize("name", PLACES)
def test_the_systems_differ_by_hundreds_of_metres(name):
    longitude, latitude = (np.array([value]) for value in PLACES[name])
    gcj02 = wgs84_to_gcj02(longitude, latitude)
    bd09 = gcj02_to_bd09(*gcj02)
    assert 100 < metres((gcj02[0][0], gcj02[1][0]), PLACES[name]) < 800
    assert 300 < metres((bd09[0][0], bd09[1][0]), PLACES[name]) < 2000


def test_cgcs2000_is_wgs84_to_the_metre():
    pyproj = pytest.importorskip("pyproj")
    turn = pyproj.Transformer.from_crs(4490, 4326, always_xy=True)
    for longitude, latitude in PLACES.values():
        ours = to_wgs84("cgcs2000", np.array([longitude]), np.array([latitude]))
        assert metres((ours[0][0], ours[1][0]), turn.transform(longitude, latitude)) < 1


def test_nothing_is_shifted_outside_of_china():
    hamilton = np.array([-79.87]), np.array([43.26])
    assert not in_china(*hamilton)[0]
    np.testing.assert_array_equal(to_wgs84("gcj02", *hamilton), hamilton)


def test_missing_coordinates_stay_missing():
    assert np.isnan(to_wgs84("bd09", np.array([np.nan]), np.array([np.nan]))).all()


def test_a_scenario_names_its_system(tmp_path):
    folder = sound_copy(tmp_path / "systems")
    plain = load.scenario(folder, overrides=["coordinates.system=wgs84"]).schools
    rows = rows_of("schools")
    written = [float(row[rows[0].index("经度")]) for row in rows[1:]]
    np.testing.assert_allclose(plain.longitude, written)
    moved = {
        system: load.scenario(folder, overrides=[f"coordinates.system={system}"]).schools
        for system in ("cgcs2000", "gcj02", "bd09")
    }
    np.testing.assert_array_equal(moved["cgcs2000"].longitude, plain.longitude)
    for system in ("gcj02", "bd09"):
        here = (moved[system].longitude[0], moved[system].latitude[0])
        assert metres(here, (plain.longitude[0], plain.latitude[0])) > 200


def test_a_place_far_from_the_rest_is_a_warning(tmp_path):
    blocks = rows_of("blocks")
    blocks[1][blocks[0].index("经度")] = "106.1170"
    _, warnings = load.check(sound_copy(tmp_path / "far", blocks=blocks))
    assert [(fault.code, fault.row) for fault in warnings if fault.code == "far_away"] == [("far_away", 2)]


def shapes(tmp_path, driver: str, polygons: bool, crs: int = 4326):
    import geopandas
    import shapely

    blocks = rows_of("blocks")
    heading = blocks[0]
    keep = [place for place, name in enumerate(heading) if name not in ("经度", "纬度")]
    east, north = heading.index("经度"), heading.index("纬度")
    at = [shapely.Point(float(row[east]), float(row[north])) for row in blocks[1:]]
    frame = geopandas.GeoDataFrame(
        {heading[place]: [row[place] for row in blocks[1:]] for place in keep},
        geometry=[point.buffer(0.002) for point in at] if polygons else at,
        crs=4326,
    ).to_crs(crs)
    ending = {"GeoJSON": "geojson", "GPKG": "gpkg"}[driver]
    folder = sound_copy(tmp_path / "shapes", blocks=None)
    frame.to_file(folder / f"blocks.{ending}", driver=driver)
    return folder


@pytest.mark.parametrize(
    ("driver", "crs"), [("GeoJSON", 4326), ("GPKG", 4326), ("GPKG", 4490), ("GPKG", 32650)]
)
@pytest.mark.parametrize("polygons", [False, True])
def test_blocks_as_shapes(tmp_path, driver, crs, polygons):
    import shapely

    sound = load.scenario(sound_copy(tmp_path / "plain"))
    scenario = load.scenario(shapes(tmp_path, driver, polygons, crs))
    assert scenario.blocks.id.tolist() == sound.blocks.id.tolist()
    for row in range(len(sound.blocks)):
        here = scenario.blocks.longitude[row], scenario.blocks.latitude[row]
        there = sound.blocks.longitude[row], sound.blocks.latitude[row]
        assert metres(here, there) < (60 if polygons else 1)
        if polygons:
            outline = shapely.from_wkb(scenario.blocks.outline[row])
            assert outline.contains(shapely.Point(*there))
    assert (scenario.blocks.outline is not None) == polygons
