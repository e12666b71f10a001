"""The folder of a drawing: layers read back, the same bytes, a table to run with, a page of both sides."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from simulator import report, rezone
from simulator.model import UNPLACED, GivenTravel, Stage
from simulator.model.policy import TravelSettings
from simulator.report.rezoning.mapping import colours
from simulator.report.rezoning.sections import ADOPTION, stage_values
from simulator.report.rezoning.tables import zone_rows
from simulator.report.rezoning.view import ZonesView
from simulator.report.words import Words
from tests.zoning.grid_town import town

HOSTILE = "<script>alert(1)</script>"
SCHOOLS = ["城东小学", f"城西小学{HOSTILE}", "=1+1"]
NAMES = [f"第{row}社区" for row in range(19)] + [f"南山村{HOSTILE}"]
HOMES, SEATS = (6, 13, 19), (30, 60, 20)


def city(**how):
    """Three schools; today the first is overloaded, and one block has no zone."""
    zones = (*((block, 0 if block % 5 < 3 else 1) for block in range(18)), (19, 2))
    names = (SCHOOLS, NAMES)
    return town(homes=HOMES, seats=SEATS, zones=zones, names=names, **how)


@pytest.fixture(scope="module")
def made():
    return rezone.rezone(city())


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def folder(made, language, tmp_path_factory):
    return report.write_zones(made, tmp_path_factory.mktemp("drawn") / "out", language=language)


def test_every_file_is_there_and_nothing_else(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "blocks.csv", "manifest.json", "report.html", "schools.csv", "timings.json", "zones.csv",
        "zones.geojson", "zones.gpkg",
    ]  # fmt: skip


def test_the_geopackage_read_back(made, folder):
    package = folder / "zones.gpkg"
    layers = dict(pyogrio.list_layers(package).tolist())
    assert layers == {
        "blocks": "MultiPolygon", "zones_new": "MultiPolygon", "zones_old": "MultiPolygon",
        "schools": "Point",
    }  # fmt: skip
    (stage,) = made.stages
    blocks = geopandas.read_file(package, layer="blocks")
    assert blocks.crs.to_epsg() == 4326
    assert sorted(blocks["block"]) == sorted(made.scenario.blocks.id), "every block once"
    assert "第3社区" in set(blocks["name"]) and set(blocks["shape"]) == {"outline"}
    assert blocks["primary_children"].sum() == stage.problem.load.sum()
    assert blocks["primary_moved"].tolist() == stage.moved.tolist()
    ids = [*made.scenario.schools.id.tolist(), ""]
    assert blocks["primary_new"].fillna("").tolist() == [ids[s] for s in stage.proposed.assigned]
    assert blocks["primary_old"].fillna("").tolist() == [ids[s] for s in stage.today.assigned]
    for layer, zones in (("zones_new", stage.proposed), ("zones_old", stage.today)):
        read = geopandas.read_file(package, layer=layer)
        assert read.crs.to_epsg() == 4326 and len(read) == len(set(zones.assigned) - {UNPLACED})
        assert read["children"].sum() == stage.problem.load[zones.assigned != UNPLACED].sum()
        assert read["blocks"].sum() == (zones.assigned != UNPLACED).sum()
        assert read.is_valid.all()
        own = blocks[zones.assigned == 0].union_all()
        assert shapely.area(own.symmetric_difference(read.geometry[read["school"] == "s0"].item())) < 1e-12
    schools = geopandas.read_file(package, layer="schools")
    assert schools["name"].tolist() == SCHOOLS and schools["primary_seats"].tolist() == list(SEATS)


def test_the_geojson_read_back(made, folder):
    zones = geopandas.read_file(folder / "zones.geojson")
    (stage,) = made.stages
    assert zones.crs.to_epsg() == 4326
    for drawing, side in (("new", stage.proposed), ("old", stage.today)):
        rows = zones[zones["drawing"] == drawing]
        assert sorted(rows["school"]) == sorted({f"s{s}" for s in side.assigned if s != UNPLACED})
        assert rows["excess"].sum() == side.excess.sum()
    assert "城东小学" in set(zones["name"])
    assert np.allclose(zones.total_bounds, [116.0, 24.0, 116.025, 24.02])


def test_the_table_of_blocks(made, folder, language):
    table = pd.read_csv(folder / "blocks.csv", encoding="utf-8-sig", dtype=str)
    (stage,) = made.stages
    assert len(table) == 20
    zh = language == "zh"
    heading = {"moved": "变动" if zh else "moved", "new": "方案学校代码" if zh else "school drawn, id"}
    yes = "是" if zh else "yes"
    assert (table[heading["moved"]] == yes).tolist() == stage.moved.tolist()
    assert table[heading["new"]].tolist() == [f"s{s}" for s in stage.proposed.assigned]


def test_formulas_are_disarmed_and_names_escaped(folder):
    assert "'=1+1" in (folder / "schools.csv").read_text(encoding="utf-8-sig")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "\\u003cscript\\u003e" in page


def test_the_page_tells_both_sides_and_what_adoption_needs(made, folder, language):
    page = (folder / "report.html").read_text(encoding="utf-8")
    (stage,) = made.stages
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in page
    text = re.sub(r"<[^>]+>", " ", page)
    chinese = ("建议方案", "超出学位的学校", "实施前须办事项", "征求意见与听证记录", "公布日期", "在校生过渡")
    english = (
        "Proposal",
        "Schools beyond their seats",
        "Before it may hold",
        "hearing on record",
        "of notice",
    )
    words = {"zh": (*chinese, "在读兄弟姐妹"), "en": (*english, "Pupils already there", "Siblings")}
    for word in words[language]:
        assert word in text
    moved = stage.problem.load[stage.moved].sum()
    names = [name for name, moves in zip(NAMES, stage.moved, strict=True) if moves and name != NAMES[-1]]
    assert names and f"{moved:,}" in text and all(name in text for name in names)
    assert page.count('<span class="box">') == len(ADOPTION)
    assert "R48" in page and "R28" in page and "R17" in page


def test_the_page_tells_which_detached_blocks_may_stay(tmp_path):
    """A corner goes to the far school today, and nobody may move."""
    zones = tuple((block, 1 if block == 0 or block % 5 > 2 else 0) for block in range(20))
    told = {True: "one block that is detached today and may stay", False: "Some zones are not connected"}
    for keep, said in told.items():
        still = town(zones=zones, keep_detached=keep, most_changed_percent=0)
        made = rezone.rezone(still)
        out = report.write_zones(made, tmp_path / str(keep), language="en")
        (stage,) = made.stages
        assert np.flatnonzero(stage.proposed.detached).tolist() == [0] and not stage.moved.any()
        assert said in " ".join((out / "report.html").read_text(encoding="utf-8").split())
        facts = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["stages"]["primary"]
        assert facts["kept_detached"] == int(keep) and facts["contiguous"] is False


def test_the_map_holds_both_drawings_and_what_moves(made, folder):
    page = (folder / "report.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="map-data">(.*?)</script>', page, re.DOTALL).group(1))
    (stage,) = made.stages
    (drawn,) = data["stages"]
    assert len(drawn["new"]) == len(set(stage.proposed.assigned))
    assert len(drawn["old"]) == len(set(stage.today.assigned))  # with the block without a zone
    assert len(drawn["moved"]) == stage.moved.sum() and len(drawn["schools"]) == 3


def test_neighbouring_zones_have_different_colours(made):
    (stage,) = made.stages
    problem = stage.problem
    colour = colours(problem, [stage.today.assigned, stage.proposed.assigned])
    for assigned in (stage.today.assigned, stage.proposed.assigned):
        one, other = assigned[problem.neighbours.owners], assigned[problem.neighbours.values]
        apart = (one != other) & (one != UNPLACED) & (other != UNPLACED)
        assert apart.any() and (colour[one[apart]] != colour[other[apart]]).all()


def test_the_same_bytes_again(made, folder, language, tmp_path):
    again = report.write_zones(made, tmp_path / "again", language=language)
    for path in folder.iterdir():
        if path.name != "timings.json":
            assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_whole_or_not_at_all(made, tmp_path, monkeypatch):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "zones.csv").write_text("a scenario of mine", encoding="utf-8")
    for replacing in (False, True):
        with pytest.raises(report.FolderExists):
            report.write_zones(made, mine, language="en", replace=replacing)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    out = report.write_zones(made, tmp_path / "out", language="en")
    with pytest.raises(report.FolderExists):
        report.write_zones(made, out, language="en")
    assert report.write_zones(made, out, language="en", replace=True) == out

    def breaks(view):
        raise OSError("disk full")

    monkeypatch.setattr("simulator.report.rezoning.page", breaks)
    with pytest.raises(OSError, match="disk full"):
        report.write_zones(made, tmp_path / "half", language="en")
    assert not (tmp_path / "half").exists() and sorted(p.name for p in tmp_path.iterdir()) == ["mine", "out"]


def test_the_manifest_has_the_figures(made, folder):
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (stage,) = made.stages
    assert told["format"] == "xuewei-zones-1" and told["method"] == made.method
    primary = told["stages"]["primary"]
    assert primary["proposed"]["metres"] == stage.proposed.metres
    assert primary["today"]["excess"] == stage.today.excess.sum() > 0
    assert primary["moves"]["children"] == stage.problem.load[stage.moved].sum()
    assert set(told["files_sha256"]) == {
        "blocks.csv", "report.html", "schools.csv", "zones.csv", "zones.geojson", "zones.gpkg",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_blocks_that_stay_and_count_as_detached_are_explained(language, tmp_path):
    """One zone of two schools hangs together; the few blocks that the first has room for are far from it."""
    both = tuple((block, school) for block in range(20) for school in (0, 1))
    scenario = town(homes=(13, 6), seats=(10, 95), zones=both)
    made = rezone.rezone(scenario, method="adjust")
    (stage,) = made.stages
    loose = int((stage.proposed.detached & ~stage.proposed.island).sum())
    assert loose > 0 and not stage.moved.any() and stage.today.contiguous
    out = report.write_zones(made, tmp_path / "out", language=language)
    said = {"zh": f"方案中有 {loose} 个不连片", "en": f"not connected in the drawing {loose} did not move"}[
        language
    ]
    assert said in (out / "report.html").read_text(encoding="utf-8")


def test_points_stand_for_cells_and_nothing_at_all_has_no_map(tmp_path):
    out = report.write_zones(rezone.rezone(city(outlines=False)), tmp_path / "points", language="en")
    blocks = geopandas.read_file(out / "zones.gpkg", layer="blocks")
    assert set(blocks["shape"]) == {"cell"} and blocks.geometry.notna().all()
    scenario = city(outlines=False)
    nowhere = np.full(20, np.nan)
    known = GivenTravel(np.array([6, 13]), np.array([0, 1]), np.array([200, 300]))
    scenario = replace(
        scenario,
        blocks=replace(scenario.blocks, longitude=nowhere, latitude=nowhere),
        given_travel=known,
        policy=replace(scenario.policy, travel=TravelSettings(method="given")),
    )
    out = report.write_zones(rezone.rezone(scenario), tmp_path / "nowhere", language="en")
    assert "No coordinates" in (out / "report.html").read_text(encoding="utf-8")
    assert len(geopandas.read_file(out / "zones.gpkg", layer="blocks")) == 20


def test_a_school_that_got_no_block_stands_second_where_it_is():
    """Two schools in one place: all blocks go to the first; a run would refuse the other without a zone."""
    scenario = town(homes=(6, 6, 13), seats=(60, 60, 60))
    (stage,) = rezone.rezone(scenario).stages
    assert 1 not in stage.proposed.assigned
    rows = zone_rows(scenario, stage)
    assert [row for row in rows if row[0] == 6] == [(6, 0, 1), (6, 1, 2)]
    assert all(order == 0 for block, _, order in rows if block != 6)
    assert sorted({block for block, _, _ in rows}) == list(range(20))
    assert stage.stage == Stage.PRIMARY


def said_of_moves(scenario, language="en", method="nearest"):
    made = rezone.rezone(scenario, method=method)
    return stage_values(ZonesView(made, Words(language, scenario.policy)), made.stages[0])["moves"]


def test_a_limit_on_changes_is_told_and_who_leaves_whatever_it_is():
    """The second school lies in another county: its blocks of the first must leave it."""
    apart = {"county": np.array([0, 1, 0])}
    free = said_of_moves(city(schools=apart))
    assert "limit" not in free
    for counts, unit in (("children", "10% of the children"), ("blocks", "10% of the blocks")):
        told = said_of_moves(city(schools=apart, most_changed_percent=10, change_counts=counts))
        assert told.startswith(free) and unit in told
        forced = sum(1 for block in range(18) if block % 5 >= 3)
        assert f"which no way is known (blocks: {forced}, children: {5 * forced})" in told
    assert "Whatever" not in said_of_moves(city(most_changed_percent=10))
    assert "the method nearest keeps no such limit" in said_of_moves(city(most_changed_percent=5))
    assert "keeps no such limit" not in said_of_moves(city(most_changed_percent=5), method="priced")
    assert "变动上限为 10% 的儿童" in said_of_moves(city(most_changed_percent=10), "zh")


def test_a_layout_that_moves_nobody_says_only_that():
    made = rezone.rezone(city(concentrate_classes=1, schools={"boarding_beds": np.zeros(3, dtype=np.int32)}))
    big = replace(made.stages[0], concentration=nobody(made.stages[0].concentration))
    values = stage_values(ZonesView(made, Words("en", made.scenario.policy)), big)["layout"]
    assert values["lead"].startswith("No school has seats for fewer than 1 entry classes")
    assert not values["rows"] and not values["travel"] and not values["boarding"]


def nobody(concentration):
    """The layout in which no school is small and nobody goes elsewhere."""
    return replace(
        concentration,
        small=np.zeros_like(concentration.small),
        after=concentration.before,
        after_metres=concentration.before_metres,
    )
