"""``xuewei site``: the answer on the terminal, as JSON, as a folder; wrong words are said."""

from __future__ import annotations

import json

from cli_console import TOY, xuewei


def test_the_toy_town(tmp_path):
    ended = xuewei("site", TOY, "--open", "1", "--lang", "en", "--out", tmp_path / "out")
    assert ended.code == 0, ended.err
    assert "every block's point was tried" in ended.out and "gap to the proven bound: 0.00%" in ended.out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "manifest.json", "report.html", "sites.csv", "sites.geojson",
    ]  # fmt: skip
    chinese = xuewei("site", TOY, "--open", "1", "--stage", "junior", "--lang", "zh")
    assert chinese.code == 0 and "可选地块" in chinese.out


def test_as_json(tmp_path):
    ended = xuewei("site", TOY, "--open", "2", "--aim", "coverage", "--json")
    told = json.loads(ended.out)
    assert told["aim"] == "coverage" and told["asked"] == 2 and len(told["open"]) <= 2


def test_wrong_words_and_folders_are_said(tmp_path):
    assert xuewei("site", TOY).code == 2
    ended = xuewei("site", TOY, "--open", "1", "--aim", "cheapest")
    assert ended.code == 2 and ": least_total, p_median, coverage" in ended.err and "site --help" in ended.err
    assert xuewei("site", TOY, "--open", "1", "--stage", "senior").code == 2
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "sites.csv").write_text("mine", encoding="utf-8")
    ended = xuewei("site", TOY, "--open", "1", "--out", mine, "--replace")
    assert ended.code == 1 and (mine / "sites.csv").read_text(encoding="utf-8") == "mine"
