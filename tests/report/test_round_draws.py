"""The page names the draw of every round that draws, in both languages, with what was drawn."""

from dataclasses import replace

import pytest

from simulator.lottery import METHODS
from simulator.messages import text
from simulator.report.page import page
from simulator.report.sections.rounds import draw_of_round
from simulator.report.view import View
from simulator.report.words import Words

VALUES = {
    "direction": {"direction": 2},
    "circle": {"direction": 1, "start": 17},
    "interval": {"start": 1234, "interval": 56},
    "stride": {"start": 9},
}


def view_of(run, language, draws=None, rounds=None):
    policy = run.scenario.policy if rounds is None else replace(run.scenario.policy, rounds=rounds)
    admission = run.admission if draws is None else replace(run.admission, draws=draws)
    run = replace(run, scenario=replace(run.scenario, policy=policy), admission=admission)
    return View(run, Words(language, policy))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("method", [*METHODS, "given"])
def test_the_method_and_what_was_drawn_are_told(run, language, method):
    entry = run.scenario.policy.rounds[1]
    values = VALUES.get(method, {"behind": 3} if method == "given" else {})
    plan = 40 if method == "stride" else 0
    drawn = replace(run.admission.draws["zone"], method=method, values=values, plan=plan)
    view = view_of(run, language, {"zone": drawn})
    ((name, said),) = draw_of_round(view, entry)
    assert name == text("rule_draw", language)
    assert said.startswith(text(f"draw_method_{method}", language))
    for what, value in values.items():
        told = f"{text(f'lottery_{what}', language)} {value:,}" if what != "behind" else ""
        assert told in said
    assert ("40" in said) == (method == "stride")
    assert "3" not in said or method != "given"
    assert said in page(view)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_draws_of_the_schools_own_and_draws_among_equals_are_told_as_such(run, language):
    entry = run.scenario.policy.rounds[1]
    own = replace(entry, tie_break="per_school", draw_method="circle")
    ((_, said),) = draw_of_round(view_of(run, language), own)
    method = text("draw_method_circle", language)
    assert said == text("draw_per_school", language, method=method)
    least = replace(entry, mechanism="least_total")
    ((_, said),) = draw_of_round(view_of(run, language), least)
    keyed = text("draw_method_keyed", language)
    assert said == text("draw_for_equals", language, method=keyed) != keyed


def test_a_round_that_drew_nothing_is_told_no_draw(run):
    assert draw_of_round(view_of(run, "en", {}), run.scenario.policy.rounds[1]) == []


def test_documents_and_added_columns_are_told_in_the_readers_language(run):
    entry = replace(run.scenario.policy.rounds[1], document="某某办法", document_en="the rules of somewhere")
    rounds = [entry if one.name == "zone" else one for one in run.scenario.policy.rounds]
    pages = {language: page(view_of(run, language, rounds=rounds)) for language in ("zh", "en")}
    assert "某某办法" in pages["zh"] and "the rules of somewhere" not in pages["zh"]
    assert "the rules of somewhere" in pages["en"] and "某某办法" not in pages["en"]
