"""``xuewei zones --groups``: tables, layers, a zone table to run with, and a section on the page."""

from __future__ import annotations

import json
from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from test_zones_folder import HOSTILE, city

from simulator import report, rezone

GROUPS = 2


@pytest.fixture(scope="module")
def made():
    scenario = city(groups=GROUPS)
    schools = replace(scenario.schools, quality=np.array([80, 60, 70], dtype=np.int32))
    return rezone.rezone(replace(scenario, schools=schools))


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def folder(made, language, tmp_path_factory):
    return report.write_zones(made, tmp_path_factory.mktemp("groups") / "out", language=language)


def test_the_table_has_every_school_once_under_the_one_that_leads(made, folder, language):
    (stage,) = made.stages
    table = pd.read_csv(folder / "groups.csv", encoding="utf-8-sig", dtype=str)
    school, leader = ("学校代码", "牵头学校代码") if language == "zh" else ("school id", "leading school, id")
    assert dict(zip(table[school], table[leader], strict=True)) == {
        f"s{row}": f"s{lead}" for row, lead in enumerate(stage.groups.group.tolist())
    }
    assert table[leader].nunique() == GROUPS
    seats = table["学位" if language == "zh" else "seats"].astype(int)
    of_group = table["组内学位数" if language == "zh" else "seats of the group"].astype(int)
    assert (seats.groupby(table[leader]).transform("sum") == of_group).all()


def test_the_layers_are_the_zones_of_the_groups(made, folder):
    (stage,) = made.stages
    groups = geopandas.read_file(folder / "zones.gpkg", layer="zones_groups")
    blocks = geopandas.read_file(folder / "zones.gpkg", layer="blocks")
    assert groups.crs.to_epsg() == 4326 and len(groups) == GROUPS
    assert groups["children"].sum() == stage.problem.load.sum()
    for row in groups.itertuples():
        own = blocks[stage.led_by == int(row.school[1:])].union_all()
        assert shapely.area(own.symmetric_difference(row.geometry)) < 1e-12
    geojson = geopandas.read_file(folder / "zones.geojson")
    assert set(geojson["drawing"]) == {"old", "new", "groups"}
    assert (geojson["drawing"] == "groups").sum() == GROUPS


def test_the_zone_table_names_all_schools_of_the_group_nearest_first(made, folder, language):
    (stage,) = made.stages
    table = pd.read_csv(folder / "zones.csv", encoding="utf-8-sig", dtype=str)
    zh = language == "zh"
    block, school, order = (
        (
            table[name]
            for name in (("小区代码", "学校代码", "志愿顺序") if zh else ("block", "school", "order"))
        )
        if not zh
        else (table.iloc[:, 0], table.iloc[:, 1], table.iloc[:, 3])
    )
    metres = stage.problem.metres.reshape(20, -1)
    for row, name in enumerate(made.scenario.blocks.id):
        mine = school[block == name].tolist()
        wanted = np.flatnonzero(stage.groups.group == stage.led_by[row])
        assert mine == [f"s{s}" for s in sorted(wanted, key=lambda s: (metres[row, s], s))]
        if len(mine) > 1:
            assert order[block == name].tolist() == [str(n + 1) for n in range(len(mine))]


def test_the_page_and_the_manifest_tell_bound_and_gap(made, folder, language):
    (stage,) = made.stages
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert ("多校划片" if language == "zh" else "Multi-school zones (proposal)") in page
    assert ("差距" if language == "zh" else "No grouping has less than") in page
    assert HOSTILE not in page and 'data-value="groups"' in page
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["stages"]["primary"]["groups"]
    assert told["cost"] == stage.groups.cost >= told["bound"] == stage.groups.bound
    assert sorted(s for group in told["groups"].values() for s in group) == ["s0", "s1", "s2"]
    assert told["with_quality"] is True


def test_without_scores_it_says_that_seats_alone_were_evened(tmp_path):
    out = report.write_zones(rezone.rezone(city(groups=1)), tmp_path / "out", language="en")
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "seats alone were evened" in page and ">mean score<" not in page


def test_without_groups_there_is_no_trace_of_them(tmp_path):
    out = report.write_zones(rezone.rezone(city()), tmp_path / "out", language="en")
    assert not (out / "groups.csv").exists()
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Multi-school zones" not in page and 'data-value="groups"' not in page
