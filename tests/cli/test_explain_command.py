"""``xuewei explain``: what is printed, in which language, and how it ends."""

from __future__ import annotations

import json
import shutil

import pytest
from cli_console import TOY, xuewei

import simulator as sim
from simulator.cli import main


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The toy in a folder of its own, and its run folder."""
    folder = tmp_path_factory.mktemp("explain")
    shutil.copytree(TOY, folder / "scenarios" / "toy")
    run = sim.run(folder / "scenarios" / "toy")
    sim.report.write(run, folder / "runs" / "toy", language="zh")
    return folder


def explained(ran, capsys, *words) -> tuple[int, str, str]:
    code = main(["explain", str(ran / "runs" / "toy"), *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_family_is_told_in_either_language(ran):
    zh = xuewei("explain", "runs/toy", "P04", "--lang", "zh", folder=ran)
    en = xuewei("explain", "runs/toy", "P04", "--lang", "en", folder=ran)
    assert (zh.code, en.code, zh.err, en.err) == (0, 0, "", "")
    assert zh.out.startswith("学生 P04 · 小学 · 东湖社区（B2）")
    assert en.out.startswith("Child P04 · primary · 东湖社区 (B2)")
    for out in (zh.out, en.out):
        assert "price" not in out.lower() and "价格" not in out and "内部" not in out
    assert xuewei("explain", "runs/toy", "P04", "--lang", "zh", folder=ran).out == zh.out


def test_the_language_of_the_report_is_spoken_if_none_is_asked_for(ran, capsys, monkeypatch):
    monkeypatch.delenv("XUEWEI_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert explained(ran, capsys, "P04")[1].startswith("学生 P04")
    monkeypatch.setenv("XUEWEI_LANG", "en")
    assert explained(ran, capsys, "P04")[1].startswith("Child P04")


def test_staff_are_told_prices_and_changes(ran, capsys):
    code, out, _ = explained(ran, capsys, "P04", "--staff", "--lang", "en")
    assert code == 0
    assert "For staff only" in out.splitlines()[3]
    assert "seat price: 1,922 m saved" in out
    assert "with one more class (3 seats) at 城东小学 (S1): it would be at 城东小学 (S1)" in out
    few = explained(ran, capsys, "P04", "--staff", "--replays", "1", "--lang", "en")[1]
    assert "plays made: 1." in few and "the limit of 1 plays was reached" in few


def test_a_school_by_id_or_name(ran, capsys):
    by_id = explained(ran, capsys, "--school", "S1", "--lang", "zh")
    by_name = explained(ran, capsys, "--school", "城东小学", "--lang", "zh")
    assert by_id == by_name and by_id[0] == 0
    assert "末位：第 2 顺位" in by_id[1] and "价格" not in by_id[1]
    assert "学位价格" in explained(ran, capsys, "--school", "S1", "--staff", "--lang", "zh")[1]


def test_json_has_ids_names_and_dates(ran, capsys):
    code, out, _ = explained(ran, capsys, "P04", "--staff", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["outcome"]["school"] == "S3" and data["outcome"]["round"] == "coordination"
    (tried,) = data["steps"][2]["tried"]
    assert {"column": "settled_on", "child": "2015-01-08", "last": "2016-05-10"} in tried["compared"]
    assert data["changes"]["tried"][0]["value"] == "1950-01-01"
    family = json.loads(explained(ran, capsys, "P04", "--json")[1])
    assert family["changes"] is None
    assert all(t["price"] is None for step in family["steps"] for t in step["tried"])
    assert json.loads(explained(ran, capsys, "--school", "S1", "--json")[1])["stages"][0]["seats"] == 3


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["P4"], "最相近：P04", "nearest: P04"),
        (["p04"], "最相近：P04", "nearest: P04"),
        (["P1"], "P10", "nearest: P10"),
        (["zzz"], "请核对编号", "Check the id"),
        (["--school", "城"], "城东小学 S1、城西小学 S2", "城东小学 S1, 城西小学 S2"),
        (["--school", "城东小校"], "城东小学 S1", "城东小学 S1"),
        (["--school", "S9"], "S4", "S4"),
    ],
)
def test_an_unknown_child_or_school_is_told_with_what_is_near(ran, capsys, words, zh, en):
    for language, said in (("zh", zh), ("en", en)):
        code, out, err = explained(ran, capsys, *words, "--lang", language)
        assert code == 1 and not out
        assert said in err and len(err.splitlines()) == 2


def test_a_changed_input_is_named(ran, capsys, tmp_path):
    shutil.copytree(ran, tmp_path / "copy")
    path = tmp_path / "copy" / "scenarios" / "toy" / "zones.csv"
    path.write_bytes(path.read_bytes().replace(b"B4", b"B3"))
    code, out, err = explained(
        tmp_path / "copy", capsys, "P04", "--scenario", str(path.parent), "--lang", "zh"
    )
    assert code == 1 and not out
    assert err.splitlines()[1].startswith("- zones.csv: 这个输入文件与运行时不同")


@pytest.mark.parametrize("words", [[], ["P04", "--school", "S1"]])
def test_one_child_or_one_school(ran, capsys, words):
    code, out, err = explained(ran, capsys, *words, "--lang", "en")
    assert code == 2 and not out
    assert "one of the two" in err and "xuewei explain --help" in err


def test_help_in_both_languages(capsys):
    for language, word in (("zh", "结果文件夹"), ("en", "Run folder")):
        assert main(["explain", "--help", "--lang", language]) == 0
        assert word in capsys.readouterr().out
    assert main(["explain", "x", "y", "--replays", "-1", "--lang", "zh"]) == 2
    assert "--replays 应为不小于 0 的整数" in capsys.readouterr().err


@pytest.mark.parametrize(("least", "said"), [(1, True), (10_000, False)])
def test_a_long_play_is_announced_on_the_error_stream(ran, capsys, monkeypatch, least, said):
    monkeypatch.setattr("simulator.cli.explaining.LARGE", least)
    code, out, err = explained(ran, capsys, "P04", "--scenario", str(TOY), "--lang", "en")
    assert code == 0
    assert ("replaying all rounds" in err) is said
    assert "replaying all rounds" not in out
