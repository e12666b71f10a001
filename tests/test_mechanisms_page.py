"""docs/mechanisms.md, in both languages, says what the table of features in the code says."""

from pathlib import Path

import pytest

from simulator.model import MECHANISM_FEATURES
from simulator.model.features import APART, FEATURES, NOTHING

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


def rows(page):
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]


@pytest.mark.parametrize("page", WORDS)
def test_the_page_shows_the_table_of_the_code(page):
    words, no, yes, comma = WORDS[page]

    def cell(support):
        if support is None:
            return no
        return comma.join(words.get(claim, claim) for claim in support.properties) or yes

    shown = [row for row in rows(page) if len(row) == len(FEATURES) + 1]
    expected = [
        [f"`{name}`", *(cell(row.get(feature)) for feature in FEATURES)]
        for name, row in MECHANISM_FEATURES.items()
    ]
    assert shown == expected


@pytest.mark.parametrize("page", WORDS)
def test_the_page_names_the_sources_of_the_code(page):
    words = WORDS[page][0]
    assert [row for row in rows(page) if len(row) == 3] == [
        [f"`{name}`", words.get(feature, feature), support.source]
        for name, row in MECHANISM_FEATURES.items()
        for feature, support in row.items()
        if support.source != NOTHING
    ]


@pytest.mark.parametrize("page", WORDS)
def test_the_page_explains_every_word(page):
    words = WORDS[page][0]
    text = (DOCS / page).read_text(encoding="utf-8")
    claims = {claim for row in MECHANISM_FEATURES.values() for s in row.values() for claim in s.properties}
    for word in (*FEATURES, *claims):
        assert f"- **{words.get(word, word)}**" in text
    assert len(APART) == 4  # named in a sentence there
