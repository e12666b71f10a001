"""What results say of themselves: one line, and a small table in which every text is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from report.fake_run import fake_run
from shown import TOY, results

import simulator as sim
from simulator.model import Draws, Ensemble

VOID = {"br"}


class Reader(HTMLParser):
    """Tags and texts, and whether every tag is closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.open = [], [], []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def everything():
    run, sweep, zones = (results()[name] for name in ("run", "sweep", "zones"))
    return {
        "run": run, "scenario": run.scenario, "students": run.students, "admission": run.admission,
        "indicators": run.indicators, "sweep": sweep, "draws": sweep.counties[0], "zones": zones,
        "nothing": Ensemble(()),
    }  # fmt: skip


@pytest.mark.parametrize("name", everything())
def test_a_line_and_a_short_card(name):
    thing = everything()[name]
    assert "\n" not in repr(thing) and 8 < len(repr(thing)) < 400
    page = thing._repr_html_()
    assert len(page) < 12_000
    assert set(Reader(page).tags) <= {"div", "br", "table", "thead", "tbody", "tr", "th", "td", "p"}


def test_a_run_tells_its_own_figures(monkeypatch):
    monkeypatch.setenv("XUEWEI_LANG", "zh")
    run = results()["run"]
    assert repr(run) == "Run（choice_town，种子 2026）：学生 1,900，有学位 1,900，学校 12，批次 2"
    card = " ".join(Reader(run._repr_html_()).texts)
    for record in run.admission.rounds:
        assert f"{record.admitted:,}" in card
    assert "不是正式摇号" in card and "填报志愿" in card


def test_the_language_is_the_scenarios_own(monkeypatch):
    monkeypatch.delenv("XUEWEI_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    run = sim.run(TOY, overrides=["language=en"])
    assert repr(run) == "Run(toy, seed 7): 12 children, 10 with a place, 4 schools, 5 rounds"
    assert not re.search("[\u4e00-\u9fff]", " ".join(Reader(run._repr_html_()).texts))


CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", ["run", "scenario", "sweep", "draws", "zones", "nothing"])
def test_the_language_chosen_comes_before_the_systems(name, monkeypatch):
    """Names and titles of a scenario that has no English ones stay as they are; every other word follows."""
    thing = everything()[name]
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("XUEWEI_LANG", raising=False)
    assert CHINESE.search(repr(thing).split("（")[1])
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    english = repr(thing)
    assert "（" not in english and not CHINESE.search(english.split("): ")[-1])
    monkeypatch.setenv("XUEWEI_LANG", "zh")
    assert CHINESE.search(repr(thing).split("（")[1])


def test_a_sweep_speaks_the_language_of_its_scenario(monkeypatch):
    monkeypatch.delenv("XUEWEI_LANG", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    many = sim.sweep(TOY, draws=2, overrides=["language=en"])
    assert not CHINESE.search(repr(many) + " ".join(Reader(many._repr_html_()).texts))
    assert not CHINESE.search(repr(Draws.from_arrays(many.counties[0].to_arrays())))


def test_a_sweep_tells_differences_with_intervals(monkeypatch):
    monkeypatch.setenv("XUEWEI_LANG", "zh")
    sweep = results()["sweep"]
    card = " ".join(Reader(sweep._repr_html_()).texts)
    assert "immediate" in card and re.search(r"（[+−]\d+\.\d+ 至 [+−]\d+\.\d+）", card)
    assert repr(sweep).startswith("Ensemble（") and isinstance(sweep.counties[0], Draws)


def test_markup_in_names_stays_text():
    """Ids, titles, variants with markup: the cards hold no other tags than their own."""
    marked = "<script>x</script><img src=x>"
    run = fake_run(students=60, hostile=True)
    toy = sim.run(TOY)
    rounds = [replace(entry, title=marked, document=marked) for entry in toy.scenario.policy.rounds]
    policy = replace(toy.scenario.policy, title=marked, rounds=rounds)
    toy = replace(toy, scenario=replace(toy.scenario, policy=policy, variant=marked, changes=(marked,)))
    sweep = sim.sweep([toy.scenario, toy.scenario], variants=(marked, "b"), draws=2)
    for thing in (run, run.scenario, run.students, run.scenario.schools, toy, toy.scenario, sweep):
        page = thing._repr_html_()
        assert set(Reader(page).tags) <= {"div", "br", "table", "thead", "tbody", "tr", "th", "td", "p"}
        assert "<script" not in page and "<img" not in page


def test_tables_of_the_nouns_show_few_rows():
    students = results()["run"].students
    assert repr(students).startswith("Students(1,900 rows: id, stage, block")
    assert students._repr_html_().count("<tr") <= 10
