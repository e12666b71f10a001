"""Share rules in the report: what is out of reach and why, and the proof, in both languages."""

from dataclasses import replace

import pytest

from simulator.model import CountyShare, Notice
from simulator.report.sections.provenance import fact_text
from simulator.report.tables.findings import notice_text
from simulator.report.view import View
from simulator.report.words import Words

NUMBERS = {"county": 0, "at_least_percent": 85, "children": 200, "needed": 170}
NUMBERS |= {"reachable": 150, "reached": 149}
WHY = {"full_schools": "0 1", "without_school": 12, "elsewhere": 3}


def view_of(run, language):
    rule = CountyShare(name="migrant", title="随迁子女入读公办", title_en="migrant children in public seats")
    policy = replace(run.scenario.policy, shares=[rule])
    run = replace(run, scenario=replace(run.scenario, policy=policy))
    return View(run, Words(language, policy))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("随迁子女入读公办", "85%", "200 人中的 170 人", "150 人（75.0%）", "12 人没有", "3 人已在")),
        ("en", ("migrant children in public seats", "85%", "170 of 200", "150 (75.0%)", ": 12", ": 3")),
    ],
)
def test_a_share_out_of_reach_is_told_with_what_stops_it(run, language, words):
    view = view_of(run, language)
    notice = Notice("notice_share_unreachable", details={"share": "migrant", "round": "x", **NUMBERS, **WHY})
    said = notice_text(view, notice)
    full = [str(view.school_names[0]), str(view.school_names[1]), str(view.county_names[0])]
    assert all(word in said for word in (*words, *full)), said
    kept = notice_text(view, replace(notice, code="notice_share_twins"))
    assert "149" in kept and "notice" not in kept
    assert {"zh": "最多", "en": "at most"}[language] in said
    unproved = replace(notice, code="notice_share_short", details={**notice.details, "short": 21})
    said = notice_text(view, replace(unproved, details={**unproved.details, "short_at_least": 17}))
    assert "21" in said and "17" in said and {"zh": "最多", "en": "at most"}[language] not in said


def test_facts_of_a_rule_name_its_county_and_its_method(run):
    view = view_of(run, "en")
    said, value = fact_text(view, "share_method migrant 梅江区", "pool_cap")
    assert "migrant 梅江区" in said and value == "a cap on seats that do not count"
    assert fact_text(view, "share_needed migrant 梅江区", 1200)[1] == "1,200"
