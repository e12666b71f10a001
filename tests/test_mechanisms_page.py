"""docs/mechanisms.md, in both languages, says what the table of features in the code says."""

from pathlib import Path

import pytest

from simulator.model import MECHANISM_FEATURES, MECHANISM_PAIRS
from simulator.model.features import APART, FEATURES, NOTHING, PAIRS

DOCS = Path(__file__).resolve().parent.parent / "docs"
WORDS = {
    "mechanisms.md": ({}, "no", "yes", ", "),
    "mechanisms.zh-CN.md": (
        {
            **{"stable": "稳定", "efficient": "有效", "strategy_proof": "防策略", "most_placed": "安置最多"},
            **{"alone": "单独", "twins": "多胞胎", "shared_room": "共用学位", "own_draws": "各校摇号"},
            **{"reserves": "保底名额", "floors": "下限"},
        },
        "不支持",
        "支持",
        "、",
    ),
}


ALONE, TOGETHER, PAYING, SOURCES = 2, 3, 4, 5
"""Sections of the page, by their place."""


def section(page, number):
    return (DOCS / page).read_text(encoding="utf-8").split("\n## ")[number]


def rows(page, number, begin="| `"):
    lines = section(page, number).splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith(begin)]


def shown(page, support):
    words, no, yes, comma = WORDS[page]
    if support is None:
        return no
    return comma.join(words.get(claim, claim) for claim in support.properties) or yes


@pytest.mark.parametrize("page", WORDS)
def test_the_page_shows_the_table_of_the_code(page):
    assert rows(page, ALONE) == [
        [f"`{name}`", *(shown(page, row.get(feature)) for feature in FEATURES)]
        for name, row in MECHANISM_FEATURES.items()
    ]


@pytest.mark.parametrize("page", WORDS)
def test_the_page_shows_the_pairs_of_the_code(page):
    words = WORDS[page][0]
    taken = [pair for pair in PAIRS if pair not in APART]
    (head,) = rows(page, TOGETHER, "| m" if page == "mechanisms.md" else "| 录")
    assert head[1:] == [" + ".join(words.get(name, name) for name in pair) for pair in taken]
    assert rows(page, TOGETHER) == [
        [f"`{name}`", *(shown(page, row.get(pair)) for pair in taken)]
        for name, row in MECHANISM_PAIRS.items()
    ]
    joint = " + " if page == "mechanisms.md" else "与"
    text = section(page, TOGETHER).replace("\n", "" if page != "mechanisms.md" else " ")
    for pair in APART:  # named in a sentence
        assert joint.join(words.get(name, name) for name in pair) in text


@pytest.mark.parametrize("page", WORDS)
def test_the_page_tells_where_a_false_list_pays(page):
    for name, row in MECHANISM_FEATURES.items():
        if any("strategy_proof" not in support.properties for support in row.values()):
            assert f"`{name}`" in section(page, PAYING)


@pytest.mark.parametrize("page", WORDS)
def test_the_page_names_the_sources_of_the_code(page):
    words = WORDS[page][0]
    alone = [
        [f"`{name}`", words.get(feature, feature), support.source]
        for name, row in MECHANISM_FEATURES.items()
        for feature, support in row.items()
        if support.source != NOTHING
    ]
    pairs = [
        [f"`{name}`", " + ".join(words.get(feature, feature) for feature in pair), support.source]
        for name, row in MECHANISM_PAIRS.items()
        for pair, support in row.items()
        if support.source != NOTHING
    ]
    assert rows(page, SOURCES) == alone + pairs


@pytest.mark.parametrize("page", WORDS)
def test_the_page_explains_every_word(page):
    words = WORDS[page][0]
    text = (DOCS / page).read_text(encoding="utf-8")
    claims = {claim for row in MECHANISM_FEATURES.values() for s in row.values() for claim in s.properties}
    for word in (*FEATURES, *claims):
        assert f"- **{words.get(word, word)}**" in text
