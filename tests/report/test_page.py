"""The page: escaped, complete, self-contained; a figure that is not available says so."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from fake_run import fake_run, without_indicators

from simulator.report.page import page, script_json
from simulator.report.sections import SECTIONS
from simulator.report.view import View
from simulator.report.words import Words


class Seen(HTMLParser):
    """The tags, attributes and visible text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.text, self.inside = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.links += [value for name, value in attrs if name in ("src", "href", "action", "data")]
        if tag in ("script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


def shown(run, language="zh", names=False):
    return page(View(run, Words(language, run.scenario.policy), names))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("which", ["run", "hostile"])
def test_the_page_asks_the_network_for_nothing(pages, which, language):
    text = pages[which, language]
    seen = Seen(text)
    assert all(link.startswith("#") or link == "data:," for link in seen.links)
    style = text.split("<style>")[1].split("</style>")[0]
    assert not re.search(r"url\(|@import", style) and "sourceMappingURL" not in text
    policy = next(attrs["content"] for tag, attrs in seen.tags if attrs.get("http-equiv"))
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline' " not in policy.split("style-src")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_stay_text(pages, language):
    text = pages["hostile", language]
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    scripts = [attrs for tag, attrs in Seen(text).tags if tag == "script"]
    assert len(scripts) == 5 and not any("src" in attrs for attrs in scripts)


def test_json_cannot_end_its_script():
    said = script_json({"name": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(said)


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_every_section_is_there(pages, language, tag):
    text = pages["run", language]
    assert f'<html lang="{tag}">' in text
    for name in SECTIONS:
        assert f'<section id="{name}">' in text and f'href="#{name}"' in text


def test_the_seed_is_called_a_simulation(pages):
    assert "模拟结果 · 非正式摇号" in pages["run", "zh"]
    assert "Simulation · not an official draw" in pages["run", "en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_prints_as_nan_or_minus_one(pages, language):
    for piece in Seen(pages["run", language]).text:
        assert not re.search(r"\bnan\b|\bNone\b|\bNaT\b|(?<![\w.\-])[-−]1(?![\d,.])", piece, re.I), piece


@pytest.mark.parametrize(("language", "words"), [("zh", "无数据"), ("en", "not available")])
def test_without_coordinates_metres_are_not_available(language, words):
    run = fake_run(coordinates=False)
    text = shown(run, language)
    seen = " ".join(Seen(text).text)
    assert '<div id="map-canvas"' not in text and "map-data" not in text
    assert seen.count(words) >= 4
    for section in ("map", "distances"):
        assert words in text.split(f'<section id="{section}">')[1].split("</section>")[0].lower()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_indicators_the_cards_say_not_available(run, language):
    text = shown(without_indicators(run), language)
    words = {"zh": "无数据", "en": "not available"}[language]
    assert text.split('<div class="cards">')[1].count(words) >= 10


def test_the_source_stands_beside_distances(pages):
    assert "距离来源：直线距离 × 绕行系数 1.30" in pages["run", "zh"]
    assert "Source of distances: straight line × a detour factor of 1.30" in pages["run", "en"]


def test_a_short_zone_is_told_with_its_fixes(run):
    red = replace(
        run.warnings, children=run.warnings.seats + 37, level=np.full(len(run.warnings.level), 2, np.int8)
    )
    fixes = replace(
        run.fixes,
        zone=np.array([0, 0], np.int32), short=np.array([37, 37]),
        action=np.array(["fix_class", "fix_blocks"], dtype=object), school=np.array([1, 3], np.int32),
        classes=np.array([1, 0], np.int32), blocks=np.array([None, None], dtype=object),
        children=np.array([45, 37]), extra_metres=np.array([0, 12_345]), beyond=np.array([0, 5]),
    )  # fmt: skip
    blocks = np.empty(2, dtype=object)
    blocks[:] = [(), (30, 39)]
    run = replace(run, warnings=red, fixes=replace(fixes, blocks=blocks))
    assert "one more class at 梅江第1学校 (for 45 children)" in shown(run, "en")
    moved = "move 第30村, 第39村 to 梅江第3学校 (37 children, 12,345 m farther in all{far})"
    assert moved.format(far=", 5 children beyond the walking limit") in shown(run, "en")
    said = "将第30村、第39村划入梅江第3学校（37 人，总路程增加 12,345 米，使 5 人超出步行上限）"
    assert said in shown(run, "zh")
    near = replace(run, fixes=replace(run.fixes, beyond=np.array([0, 0])))
    assert moved.format(far="") in shown(near, "en")


def test_cutoffs_only_where_somebody_was_turned_away(run):
    quiet = [replace(r, lottery=np.zeros(len(r.school), dtype=bool)) for r in run.admission.rounds]
    calm = replace(run, admission=replace(run.admission, rounds=tuple(quiet)))
    assert "报名超过学位</summary>" not in shown(calm)
    loud = [replace(r, lottery=np.ones(len(r.school), dtype=bool)) for r in run.admission.rounds]
    text = shown(replace(run, admission=replace(run.admission, rounds=tuple(loud))))
    assert text.count("报名超过学位</summary>") == 3  # not the protected round, not the least-cost one


def test_a_run_without_anybody_is_still_a_report():
    run = fake_run()
    none = np.zeros(0, dtype=np.int64)

    def nobody(noun, **more):
        columns = {
            k: v[:0]
            for k, v in vars(noun).items()
            if isinstance(v, np.ndarray) and len(v) == len(run.students)
        }
        return replace(noun, **columns, **more)

    students = nobody(run.students, flags={k: none.astype(bool) for k in run.students.flags})
    admission = nobody(run.admission, rounds=(), notices=(), draws={})
    classes = replace(run.classes, student_class=none.astype(np.int32))
    text = shown(replace(run, students=students, admission=admission, classes=classes))
    assert "没有未安排或待核的儿童" in text
