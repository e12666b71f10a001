"""Rules that are off for want of data are named, each with its rule and what would switch it on."""

from __future__ import annotations

import pytest
from load_folders import SOUND, rows_of, sound_copy

from simulator import load
from simulator.messages import catalogue, text


def without(table: str, *headings: str):
    rows = rows_of(table)
    keep = [place for place, heading in enumerate(rows[0]) if not any(word in heading for word in headings)]
    return [[row[place] for place in keep] for row in rows]


def off(folder) -> set[str]:
    faults, warnings = load.check(folder)
    assert faults == []
    return {warning.code for warning in warnings if warning.code.startswith("off_")}


def test_what_the_sound_county_lacks():
    assert off(SOUND) == {"off_disabled", "off_left_behind"}


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("off_age", {"students": without("students", "出生日期")}),
        ("off_rank", {"students": without("students", "落户时间")}),
        ("off_flag", {"students": without("students", "房产在学区")}),
        ("off_flag", {"students": without("students", "户籍小区代码")}),
        ("off_twins", {"students": without("students", "多胞胎编组")}),
        ("off_addresses", {"students": without("students", "居住小区代码")}),
        ("off_migrant", {"students": without("students", "是否随迁子女")}),
        ("off_permit", {"students": without("students", "居住证签发日期")}),
        ("off_origin", {"students": without("students", "毕业小学代码")}),
        ("off_caps", {"schools": without("schools", "在校生数", "毕业年级人数")}),
        ("off_approval", {"schools": without("schools", "审批地")}),
        ("off_distances", {"blocks": without("blocks", "经度", "纬度")}),
        ("off_counties", {"blocks": without("blocks", "县区")}),
        ("off_feeders", {"feeders": None}),
        ("off_wishes", {"applications": None}),
    ],
)
def test_each_is_named(tmp_path, code, tables):
    assert code in off(sound_copy(tmp_path / "less", **tables)) - off(SOUND)


@pytest.mark.parametrize(
    ("code", "settings"),
    [
        ("off_boarding", '[[rounds]]\nname = "far"\nboarding = true\n'),
        ("off_groups", '[[rounds]]\nname = "group"\nreach = ["education_group"]\n'),
        ("off_districts", '[[rounds]]\nname = "district"\nreach = ["learning_district"]\n'),
        ("off_pool", '[[rounds]]\nname = "kept"\npools = ["reserved", "general"]\n'),
    ],
)
def test_what_a_round_needs(tmp_path, code, settings):
    schools = without("schools", "教育集团")
    assert code in off(sound_copy(tmp_path / "round", settings, schools=schools))


def test_every_rule_named_has_words():
    codes = [code for code in catalogue() if code.startswith("off_")]
    assert len(codes) >= 20
    for code in codes:
        zh, en = catalogue()[code]
        assert "{rule}" in zh and "{rule}" in en


def said(folder, language: str) -> list[str]:
    return [text(warning.code, language, **warning.details) for warning in load.check(folder)[1]]


def test_rounds_go_by_their_titles_and_rules_say_where_they_are(tmp_path):
    folder = sound_copy(tmp_path / "titles", students=without("students", "落户时间", "房产在学区"))
    zh, en = " ".join(said(folder, "zh")), " ".join(said(folder, "en"))
    assert "用到的批次：学区录取（规则 R27，见 docs/rules.md）" in zh
    assert "used in: Zone (rule R27, see docs/rules.md)" in en
    assert "（规则 R19、R20，见" in zh and "(rules R19, R20, see" in en


def test_a_column_is_named_once(tmp_path):
    rounds = "".join(
        f'[[rounds]]\nname = "{name}"\nneeds = ["{name}", "home"]\nexclude = ["declined"]\n'
        for name in ("mainstream", "special_class", "special_school", "has_sibling", "renting")
    )
    lacking = without("students", "落户时间", "房产在学区", "户籍", "积分", "居住证")
    _, warnings = load.check(sound_copy(tmp_path / "many", rounds, students=lacking))
    named = [(w.file, heading) for w in warnings for heading in w.column.split(", ")]
    assert len(named) == len(set(named)) and len(warnings) <= 6
    (flags,) = [warning for warning in warnings if warning.code == "off_flag"]
    assert {"房产在学区", "哥姐就读学校", "是否租房", "是否放弃"} <= set(flags.column.split(", "))
    # A round without a title goes by its name.
    assert "renting" in flags.details["rounds"].zh and flags.details["rounds"].zh.count("has_sibling") == 1


def test_every_rule_in_a_message_says_where_it_is():
    import re

    for code, pair in catalogue().items():
        if code.startswith(
            ("off_", "forbidden_", "dropped_", "class_size_over", "ceiling_", "purchased_not")
        ):
            for words in pair:
                assert words.count("docs/rules.md") == len(
                    re.findall(r"\{rule\}|R\d+(?:[、,] ?R\d+)*", words)
                ), code
