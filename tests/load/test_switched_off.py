"""Rules that are off for want of data are named, each with its rule and what would switch it on."""

from __future__ import annotations

import pytest
from load_folders import SOUND, rows_of, sound_copy

from simulator import load
from simulator.messages import catalogue


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
        ("off_zones", {"zones": None}),
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
