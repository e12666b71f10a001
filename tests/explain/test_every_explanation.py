"""What every explanation must hold in any year: the round and school are the run's, ranks and "
"cut-offs agree."""

import json

import numpy as np
from explain_worlds import a_round, block, child, ranked_worlds, school, year_of
from hypothesis import given, settings

from simulator import explain
from simulator.explain.entering import hindrances, takes_part
from simulator.model import NO_DATE, UNPLACED, Status
from simulator.model.features import has_cut_offs
from simulator.model.policy import LEAST_COST
from simulator.model.protected import PROTECTED_COLUMNS, tells_category
from simulator.report.explained import student_lines
from simulator.report.words import Words

BETTER_IF_MORE = ("points", "sibling")
"""Columns whose greater value ranks first; dates, tiers, metres and places rank the smaller first."""


def key(compared, who):
    """The told values as a rank of their own, reckoned here and not by the code under test."""
    found = []
    for one in compared:
        value = getattr(one, who)
        value = NO_DATE if value is None else value
        found.append(-value if one.column in BETTER_IF_MORE else value)
    return found


def all_explained(year, **how):
    return [explain.explain_student(year, row, **how) for row in range(len(year.students))]


@settings(max_examples=60, deadline=None)
@given(ranked_worlds(settled=True))
def test_the_rounds_are_told_as_they_were_played(parts):
    year = year_of(parts)
    for row, told in enumerate(all_explained(year)):
        played = year.admission
        assert (told.outcome.status, told.outcome.school) == (played.status[row], played.school[row])
        assert bool(told.steps) == takes_part(year, row)
        for step, seen in zip(told.steps, year.seen, strict=False):
            assert step.entered == bool(seen.entrants[row]) == (not step.hindrances)
            assert step.entered == (not hindrances(year, seen, row))
        gave = [step for step in told.steps if step.result in ("admitted", "admitted_later", "registered")]
        if told.steps and told.outcome.school != UNPLACED:
            assert [(step.round, step.school) for step in gave] == [(told.outcome.round, told.outcome.school)]
        else:
            assert not gave


@settings(max_examples=80, deadline=None)
@given(ranked_worlds(twins=False))
def test_the_told_cut_off_and_the_childs_rank_agree(parts):
    """At or before the cut-off who is admitted, behind it who is told so; only the last one stands at "
    "it."""
    year = year_of(parts)
    for told in all_explained(year):
        for step in told.steps:
            entry = year.scenario.policy.rounds[step.round]
            for tried in step.tried:
                if not (tried.compared and tried.taken) or tried.withheld:
                    continue
                own, last = key(tried.compared, "child"), key(tried.compared, "last")
                if tried.outcome in ("admitted", "admitted_later"):
                    assert own <= last, (told.student, tried)
                    assert (tried.decided_by == "") == (own == last)
                if tried.outcome == "behind":
                    assert own > last, (told.student, tried)
                    assert tried.decided_by
                if tried.outcome in ("freed_later", "earlier_choices"):
                    assert own < last
                if tried.decided_by:
                    at = [one.column for one in tried.compared].index(tried.decided_by)
                    assert own[:at] == last[:at] and own[at] != last[at]
                # Nothing is left unsaid where seats go by rank alone.
                if entry.mechanism == "priority" and step.result == "refused" and tried.taken:
                    assert tried.outcome in ("behind", "freed_later"), tried


@settings(max_examples=60, deadline=None)
@given(ranked_worlds())
def test_twins_rank_as_one(parts):
    year = year_of(parts)
    for told in all_explained(year):
        for step in told.steps:
            for tried in step.tried:
                if not (tried.compared and tried.taken) or tried.withheld:
                    continue
                own, last = key(tried.compared, "child"), key(tried.compared, "last")
                if tried.outcome in ("admitted", "admitted_later"):
                    assert own <= last
                if tried.outcome == "behind":
                    assert own > last


@settings(max_examples=40, deadline=None)
@given(ranked_worlds())
def test_nothing_protected_of_the_last_one_is_told(parts):
    year = year_of(parts)
    for told in all_explained(year, staff=True, replays=0):
        for step in told.steps:
            entry = year.scenario.policy.rounds[step.round]
            for tried in step.tried:
                tiers = [one.last for one in tried.compared if one.column == "tier"]
                if tiers and tiers[0] is not None:
                    assert not tells_category(entry, tiers[0], PROTECTED_COLUMNS)
                if tried.withheld:
                    assert {one.last for one in tried.compared} == {None} and not tried.decided_by
                assert all(
                    one.last is None
                    for one in tried.compared
                    if one.column.removesuffix("_last") in PROTECTED_COLUMNS
                )


def test_a_protected_column_of_the_last_one_is_not_told():
    """Rank by preference: who is turned away learns neither that the last one has it nor that it "
    "decided."""
    year = year_of(
        {
            "schools": [school("A", seats=1)],
            "blocks": [block("a")],
            "children": [child("c0", "a"), child("c1", "a", preference=True)],
            "rounds": [a_round(rank=["preference", "draw"])],
            "zones": {("a", "primary"): ["A"]},
        }
    )
    told = explain.explain_student(year, 0)
    (tried,) = told.steps[0].tried
    assert tried.outcome == "behind" and tried.decided_by == ""
    assert [(one.column, one.last) for one in tried.compared if one.column != "draw"] == [
        ("preference", None)
    ]
    for language in ("zh", "en"):
        words = Words(language, year.scenario.policy)
        text = "\n".join(student_lines(told, words, year.scenario))
        said = words.text("explain_value_secret", column=words.column("preference"))
        assert said in text
    listed = explain.explain_school(year, 0).stages[0].cutoffs[0]
    assert [one.last for one in listed.last if one.column == "preference"] == [None]


def test_a_tier_of_preference_is_withheld():
    year = year_of(
        {
            "schools": [school("A", seats=1)],
            "blocks": [block("a")],
            "children": [child("c0", "a"), child("c1", "a", preference=True)],
            "rounds": [a_round(tiers=[["preference"]], rank=["tier", "draw"])],
            "zones": {("a", "primary"): ["A"]},
        }
    )
    (tried,) = explain.explain_student(year, 0).steps[0].tried
    assert tried.withheld and tried.outcome == "behind"
    listed = explain.explain_school(year, 0).stages[0].cutoffs[0]
    assert listed.withheld and not listed.last


@settings(max_examples=40, deadline=None)
@given(ranked_worlds(twins=False))
def test_prices_prove_every_place_of_a_least_cost_round(parts):
    """Without twins and shares: nobody's candidates have less cost and price than the place it got."""
    year = year_of(parts)
    for told in all_explained(year, staff=True, replays=0):
        for step in told.steps:
            entry = year.scenario.policy.rounds[step.round]
            least_cost = entry.mechanism in LEAST_COST and step.result in ("admitted", "refused", "left")
            assert (step.unplaced is not None) == (least_cost and step.entered)
            if not least_cost:
                continue
            assert step.proof == "least"
            for tried in step.tried:
                excess = tried.price.excess
                assert (excess.children, excess.journeys, excess.metres) >= (0, 0, 0)
                if tried.outcome == "admitted":
                    assert (excess.children, excess.journeys, excess.metres) == (0, 0, 0)


@settings(max_examples=30, deadline=None)
@given(ranked_worlds())
def test_a_family_is_told_no_price_and_nothing_of_what_would_have_been(parts):
    year = year_of(parts)
    for told in all_explained(year):
        assert told.changes is None and not told.staff
        for step in told.steps:
            assert step.proof == "" and step.unplaced is None
            assert all(tried.price is None for tried in step.tried)
            for tried in step.tried:  # nor, in any form, more of the last one admitted than decided
                assert not tried.decided_by or tried.compared[-1].column == tried.decided_by


@settings(max_examples=20, deadline=None)
@given(ranked_worlds())
def test_every_explanation_has_words_in_both_languages_and_is_plain_json(parts):
    year = year_of(parts)
    for told in all_explained(year, staff=True, replays=3):
        data = json.loads(json.dumps(explain.plain(told, year)))
        assert data["outcome"]["status"] == Status(told.outcome.status).name.lower()
        for language in ("zh", "en"):
            assert all(student_lines(told, Words(language, year.scenario.policy), year.scenario, 3)[:3])


@settings(max_examples=40, deadline=None)
@given(ranked_worlds(twins=False))
def test_a_schools_cut_offs_are_those_the_run_recorded(parts):
    year = year_of(parts)
    for at in range(len(year.scenario.schools)):
        told = explain.explain_school(year, at, staff=True)
        listed = {(stage.stage, c.round, c.kind): c for stage in told.stages for c in stage.cutoffs}
        for record in year.admission.rounds:
            entry = year.scenario.policy.rounds[record.round]
            for row in np.flatnonzero(record.school == at).tolist():
                cutoff = listed.pop((int(record.stage[row]), record.round, int(record.kind[row])))
                assert (cutoff.seats, cutoff.taken) == (record.seats[row], record.taken[row])
                assert (cutoff.price is not None) == (entry.mechanism in LEAST_COST)
                values = {one.column: one.last for one in cutoff.last}
                assert bool(values) == (
                    has_cut_offs(entry) and record.cutoff_student[row] != UNPLACED and not cutoff.withheld
                )
                if values and entry.tiers:
                    assert values["tier"] == record.cutoff_tier[row]
                if values and "settled_on" in values and values["settled_on"] is not None:
                    assert values["settled_on"] == record.cutoff_date[row]
        assert not listed
        assert all(
            c.price is None for stage in explain.explain_school(year, at).stages for c in stage.cutoffs
        )
