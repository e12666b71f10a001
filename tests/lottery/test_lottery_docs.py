"""docs/lottery.md says what the code does: its program and its figures are run here, in both languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from simulator.lottery import bundle
from simulator.lottery.odds import odds

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = pytest.mark.parametrize("page", ["lottery.md", "lottery.zh-CN.md"])
BALLS = {
    "whole": ("number as a whole", "整数一次抽出"),
    "ones_first": ("ones first", "个位先抽"),
    "highest_first": ("highest digit first", "高位先抽"),
    "modulo": ("remainder", "取余数"),
}


def rounded(share: Fraction) -> str:
    units = (share * 20_000 + 1) // 2
    return f"{units // 100}.{units % 100:02d}"


@PAGES
def test_the_program_on_the_page_gives_the_number_of_the_bundle(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    program = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    found: dict[str, int] = {}
    exec(program, found)
    name = re.search(r"\{seed\}\\n(\w+)\\n", program)[1]
    roster = bundle.Roster(
        name, "official", "keyed", 0, "-", 1, "balls",
        *(bundle.texts(["7K3F-92QD-XMNA"]) for _ in range(2)),
    )  # fmt: skip
    seed = bundle.seed_of(bundle.canonical_entropy(["2 5 8 10 12 33"]))
    assert found["seed"] == seed
    assert bundle.draw_of(roster, seed).number.tolist() == [found["number"]]
    assert bundle.canonical_entropy(["33 2 5", "AB12"]) in text


@PAGES
def test_the_table_of_odds_is_exact(page):
    rows = re.findall(
        r"\| ([\d,]+)[,、] ?(\d+)[:：](.*?)\| ([\d.]+) %[,、] ?([\d.]+) % \| ([\d.]+) %[,、] ?([\d.]+) % \|",
        (DOCS / page).read_text(encoding="utf-8"),
    )
    assert len(rows) == 6
    for applicants, seats, words, *told in rows:
        balls = next(name for name, known in BALLS.items() if any(word in words for word in known))
        exact = []
        for method in ("stride", "interval"):
            found = odds(method, int(applicants.replace(",", "")), int(seats), balls=balls)
            shares = [share for _, _, share in found.ranges()]
            exact += [rounded(min(shares)), rounded(max(shares))]
        assert told == exact, (applicants, balls)


@PAGES
def test_the_chance_of_neighbours_is_exact(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    for method in ("interval", "stride"):
        assert f"{rounded(odds(method, 1003, 300).neighbours)} %" in text
    assert f"{rounded(odds('keyed', 1003, 300).independent)} %" in text


@PAGES
def test_every_field_and_method_is_explained(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    for field in (*bundle.HEADER, "roster", "entropy", "seed", "drawn", *bundle.VALUES):
        assert f"`{field}`" in text, field
