"""``xuewei zones``: a folder, old beside new on the terminal, and a zone table that ``xuewei run`` takes."""

from __future__ import annotations

import json
import shutil

import pandas as pd
from cli_console import REPOSITORY, TOY, xuewei

from simulator import load


def test_the_toy_town(tmp_path):
    out = tmp_path / "drawn"
    ended = xuewei("zones", TOY, "--out", out, "--lang", "en")
    assert ended.code == 0, ended.err
    assert "Children beyond the seats" in ended.out and str(out / "report.html") in ended.out
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(told["stages"]) == {"primary", "junior"}
    chinese = xuewei("zones", TOY, "--out", tmp_path / "zh", "--lang", "zh")
    assert chinese.code == 0 and "现行" in chinese.out and "超出学位的儿童" in chinese.out


def test_a_year_is_played_with_the_new_zones(tmp_path):
    """The drawing's zone table takes the place of the scenario's, in either language, and a run takes it."""
    for language in ("zh", "en"):
        out = tmp_path / f"drawn-{language}"
        assert xuewei("zones", TOY, "--out", out, "--lang", language, "--quiet").code == 0
        folder = tmp_path / f"toy-{language}"
        shutil.copytree(TOY, folder)
        shutil.copy(out / "zones.csv", folder / "zones.csv")
        assert load.check(folder)[0] == []
        run = tmp_path / f"run-{language}"
        ended = xuewei("run", folder, "--out", run, "--quiet")
        assert ended.code == 0, ended.err
        drawn = pd.read_csv(out / "blocks.csv", encoding="utf-8-sig", dtype=str)
        zones = load.scenario(folder).zones.schools
        schools = load.scenario(folder).schools.id
        found = [schools[zones[stage][block][0]] for stage in (0, 1) for block in range(4)]
        assert found == drawn.iloc[:, 6].fillna("").tolist()


def test_meizhou_takes_its_own_drawing(tmp_path):
    out = tmp_path / "drawn"
    ended = xuewei("zones", REPOSITORY / "scenarios" / "meizhou", "--out", out, "--quiet")
    assert ended.code == 0, ended.err
    folder = tmp_path / "meizhou"
    shutil.copytree(REPOSITORY / "scenarios" / "meizhou", folder)
    shutil.copy(out / "zones.csv", folder / "zones.csv")
    assert load.check(folder)[0] == []


def test_one_stage_and_todays_zones_of_the_other(tmp_path):
    out = tmp_path / "drawn"
    words = ("--set", 'zoning.stages=["primary"]', "--set", "zoning.walls=[]")
    assert xuewei("zones", TOY, "--out", out, *words, "--lang", "en", "--quiet").code == 0
    table = pd.read_csv(out / "zones.csv", encoding="utf-8-sig", dtype=str)
    today = pd.read_csv(TOY / "zones.csv", encoding="utf-8-sig", dtype=str)
    junior = table[table["stage"] == "junior"]
    assert junior["school"].tolist() == today[today["学段"] == "初中"]["学校代码"].tolist()


def test_what_cannot_be_done_is_said(tmp_path):
    ended = xuewei("zones", TOY, "--method", "by_hand", "--out", tmp_path / "a")
    assert ended.code == 1 and "There is no method by_hand" in ended.err and "nearest" in ended.err
    ended = xuewei("zones", TOY, "--set", "travel.method=zone_order", "--out", tmp_path / "b")
    assert ended.code == 1 and "Zones are drawn by distance" in ended.err
    ended = xuewei("zones", TOY, "--set", "zoning.neighbours=outlines", "--out", tmp_path / "c")
    assert ended.code == 1 and "the blocks have none" in ended.err
    ended = xuewei("zones", tmp_path / "nowhere")
    assert ended.code == 1
    assert not list(tmp_path.iterdir()), "nothing is left behind"


def test_zones_are_drawn_where_there_are_none_yet(tmp_path):
    """A run refuses a scenario without a zone table; drawing gives it one, and then it is taken."""
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    (folder / "zones.csv").unlink()
    refused = xuewei("run", folder, "--out", tmp_path / "no")
    assert refused.code == 1 and "xuewei zones" in refused.err and "zones.csv" in refused.err
    ended = xuewei("zones", folder, "--out", tmp_path / "drawn", "--lang", "en")
    assert ended.code == 0, ended.err
    assert "There is no table of zones" in (tmp_path / "drawn" / "report.html").read_text(encoding="utf-8")
    blocks = pd.read_csv(tmp_path / "drawn" / "blocks.csv", encoding="utf-8-sig", dtype=str)
    assert blocks["school today, id"].isna().all() and blocks["school drawn, id"].notna().all()
    assert set(blocks["moved"]) == {"no"}
    shutil.copy(tmp_path / "drawn" / "zones.csv", folder / "zones.csv")
    assert xuewei("run", folder, "--out", tmp_path / "run", "--quiet").code == 0


def test_more_groups_than_schools_is_said(tmp_path):
    ended = xuewei("zones", TOY, "--groups", "50", "--out", tmp_path / "a", "--lang", "en")
    assert ended.code == 0, ended.err
    assert "50 groups were asked for, but only 3 schools have a zone" in " ".join(ended.out.split())
    assert "only 3 schools" in (tmp_path / "a" / "report.html").read_text(encoding="utf-8")


def test_a_folder_that_is_no_drawing_stays(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "zones.csv").write_text("mine", encoding="utf-8")
    for words in ((), ("--replace",)):
        ended = xuewei("zones", TOY, "--out", mine, *words)
        assert ended.code == 1 and (mine / "zones.csv").read_text(encoding="utf-8") == "mine"
    assert xuewei("zones", TOY, "--out", tmp_path / "out", "--quiet").code == 0
    assert xuewei("zones", TOY, "--out", tmp_path / "out", "--quiet").code == 1
    ended = xuewei("zones", TOY, "--out", tmp_path / "out", "--quiet", "--replace")
    assert ended.code == 0 and ended.out.strip().endswith("report.html")
