"""Every child and every school of every procedure, explained: as it was played, in both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from explain_worlds import a_round, block, child, school, year_of

from simulator import explain, load, simulate
from simulator.explain.entering import hindrances
from simulator.explain.facts import Compared
from simulator.load.files import Sources
from simulator.load.ledger import Ledger
from simulator.load.settings import read_settings
from simulator.messages import catalogue, text
from simulator.model import NO_DATE, UNPLACED, Standing
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.sections.rounds import rule
from simulator.report.telling import Telling
from simulator.report.view import View
from simulator.report.words import Words

FOLDER = Path(__file__).parents[2] / "scenarios" / "procedures"
LANGUAGES = ("zh", "en")


def cases() -> list[tuple[str, str]]:
    """Every procedure and every variant of it."""
    found = []
    for path in sorted(FOLDER.glob("*/scenario.toml")):
        settings = read_settings(path.parent, "", (), Sources(), Ledger())
        assert settings is not None
        found += [(path.parent.name, variant) for variant in ("", *settings.variants)]
    return found


CASES = cases()


@cache
def played(name: str, variant: str = "") -> explain.Year:
    return explain.play_year(load.scenario(FOLDER / name, variant=variant))


def told(name: str, one: str, variant: str = "") -> explain.StudentExplained:
    year = played(name, variant)
    return explain.explain_student(year, explain.find_student(year, one))


def lines(name: str, one: str, language: str, variant: str = "") -> str:
    year = played(name, variant)
    explained = told(name, one, variant)
    return "\n".join(student_lines(explained, Words(language, year.scenario.policy), year.scenario))


def step_of(name: str, one: str, round_name: str, variant: str = ""):
    rounds = played(name, variant).scenario.policy.rounds
    return next(s for s in told(name, one, variant).steps if rounds[s.round].name == round_name)


def key(compared: tuple[Compared, ...], who: str) -> list[int]:
    """The told values as a rank of their own, reckoned here and not by the code under test."""
    found = []
    for one in compared:
        value = getattr(one, who)
        value = NO_DATE if value is None else value
        more_is_better = one.column in ("points", "sibling") or one.column.endswith("_descending")
        found.append(-value if more_is_better else value)
    return found


def test_there_are_procedures_with_variants():
    assert len({name for name, _ in CASES}) >= 8
    assert all((name, "") in CASES for name, _ in CASES) and len(CASES) >= 17


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_every_child_is_told_as_it_was_played(name, variant):
    year = played(name, variant)
    admission = year.admission
    for row in range(len(year.students)):
        explained = explain.explain_student(year, row)
        outcome = explained.outcome
        assert (outcome.status, outcome.school, outcome.round) == (
            admission.status[row],
            admission.school[row],
            admission.round[row],
        )
        gave = [s for s in explained.steps if s.result in ("admitted", "admitted_later", "registered")]
        here = [(outcome.round, outcome.school)] if outcome.school != UNPLACED else []
        assert [(s.round, s.school) for s in gave] == here
        for step, seen in zip(explained.steps, year.seen, strict=True):
            assert step.entered == bool(seen.entrants[row]) == (not hindrances(year, seen, row))


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_cut_off_and_rank_agree(name, variant):
    year = played(name, variant)
    compared = 0
    for row in range(len(year.students)):
        for step in explain.explain_student(year, row).steps:
            for tried in step.tried:
                if not tried.compared or not tried.taken:
                    continue
                compared += 1
                own, last = key(tried.compared, "child"), key(tried.compared, "last")
                if tried.outcome in ("admitted", "admitted_later"):
                    assert own <= last and (tried.decided_by == "") == (own == last)
                elif tried.outcome == "behind":
                    assert own > last and tried.decided_by
                elif tried.outcome == "earlier_choices":
                    assert own < last
                else:
                    assert tried.outcome == "absent", tried
    assert compared or name == "promotion", "nobody was turned away: the check is empty"


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_every_child_and_school_is_put_in_words(name, variant):
    """Both languages, family and staff: no message is missing, no name of a message or a code shows."""
    year = played(name, variant)
    codes = set(catalogue())
    ids = {str(one) for one in year.students.id}
    for language in LANGUAGES:
        words = Words(language, year.scenario.policy)
        for row, own in enumerate(year.students.id):
            family = explain.explain_student(year, row)
            staff = explain.explain_student(year, row, staff=True, replays=4)
            for explained in (family, staff):
                said = "\n".join(student_lines(explained, words, year.scenario, 4))
                assert not {word for word in said.split() if word in codes and "_" in word}
                assert "None" not in said and "{" not in said and "_descending" not in said
                assert not any(one in said for one in ids - {str(own)}), "another child is named"
            said = "\n".join(student_lines(family, words, year.scenario))
            assert text("explain_staff_only", language) not in said
            assert text("explain_changes", language) not in said
            assert not any(tried.price for step in family.steps for tried in step.tried)
            assert family.changes is None and all(step.unplaced is None for step in family.steps)
            json.dumps(explain.plain(staff, year))
        for at in range(len(year.scenario.schools)):
            listed = explain.explain_school(year, at)
            said = "\n".join(school_lines(listed, words, year.scenario))
            assert "None" not in said and "{" not in said
            assert not any(one in said for one in ids), "a child is named"
            assert all(c.price is None for stage in listed.stages for c in stage.cutoffs)
            staff_said = school_lines(explain.explain_school(year, at, staff=True), words, year.scenario)
            assert len("\n".join(staff_said)) >= len(said)


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_a_schools_cut_offs_are_those_of_the_record(name, variant):
    year = played(name, variant)
    for at in range(len(year.scenario.schools)):
        for stage in explain.explain_school(year, at).stages:
            for cutoff in stage.cutoffs:
                record = year.records[cutoff.round]
                here = (record.school == at) & (record.stage == stage.stage) & (record.kind == cutoff.kind)
                row = int(np.flatnonzero(here)[0])
                told_last = {one.column: one.last for one in cutoff.last}
                assert (cutoff.taken, cutoff.seats) == (record.taken[row], record.seats[row])
                assert bool(told_last) == (record.cutoff_student[row] != UNPLACED)
                if "tier" in told_last:
                    assert told_last["tier"] == record.cutoff_tier[row]
                if told_last:
                    assert told_last["draw"] == record.cutoff_draw[row]


def test_who_did_not_come_and_who_came_next():
    """L01 and L04 are admitted and do not come; L05 has the seat; L06 is behind it."""
    for one in ("L01", "L04"):
        step = step_of("no_shows", one, "private")
        assert (step.result, step.keeps, step.absences) == ("absent", "coordination", ("private_declined",))
        assert [tried.outcome for tried in step.tried] == ["absent"]
        (why,) = step_of("no_shows", one, "zone").hindrances
        assert why.code == "standing_absent"
        assert step_of("no_shows", one, "private", "back_to_the_zone").keeps == "equal"
        for language in LANGUAGES:
            said = lines("no_shows", one, language)
            assert text("explain_absent_coordination", language) in said
            assert text("explain_why_standing_absent", language) in said
            assert text("explain_why_standing", language) not in said.replace(
                text("explain_why_standing_absent", language), ""
            )
    next_one = step_of("no_shows", "L05", "private")
    assert next_one.result == "admitted_later" and next_one.freed_by == next_one.round
    for language in LANGUAGES:
        assert text("explain_outcome_admitted_next", language) in lines("no_shows", "L05", language)
    (behind,) = step_of("no_shows", "L06", "private").tried
    assert behind.outcome == "behind" and behind.decided_by == "draw"
    assert {one.column: one.last for one in behind.compared} == {"draw": 4}, "the cut-off is L05's"


def test_behind_in_the_tier_is_told_after_the_tier():
    variant = "losers_behind_their_class"
    step = step_of("private_two_choices", "E03", "zone", variant)
    (tried,) = step.tried
    assert tried.decided_by == "standing_in_tier"
    assert [one.column for one in tried.compared][:2] == ["tier", "standing_in_tier"]
    assert step.standing == Standing.BEHIND_IN_TIER and step.keeps == "behind_in_tier"
    (other,) = step_of("private_two_choices", "F05", "zone", variant).tried
    assert other.decided_by == "tier", "a loser of a better tier stands before it"
    (all_behind,) = step_of("private_two_choices", "E05", "zone", "losers_behind_all").tried
    assert all_behind.decided_by == "standing" and all_behind.compared[0].column == "standing"
    for language in LANGUAGES:
        said = lines("private_two_choices", "E03", language, variant)
        assert text("explain_stands_behind_in_tier", language) in said
        assert text("explain_refused_equal", language) not in said, "it stays behind"


def test_the_greater_number_ranks_first_and_is_told_as_a_number():
    (_, tried) = step_of("points", "K04", "points").tried
    assert tried.decided_by == "insurance_months_descending"
    values = {one.column: (one.child, one.last) for one in tried.compared}
    assert values["insurance_months_descending"] == (6000, 7200)
    said = lines("points", "K04", "zh")
    assert "参保月数 72" in said and "参保月数 60" in said


def test_the_seat_lock_is_told_as_a_lock_and_without_the_home():
    for language in LANGUAGES:
        for one in ("A06", "A08"):
            said = lines("multi_school_zones", one, language)
            assert text("explain_why_locked", language) in said
            assert not any(f"H0{number}" in said for number in range(1, 10)) and "home_locked" not in said
        assert text("explain_why_locked", language) not in lines("multi_school_zones", "A07", language)


def test_last_years_cut_off_stands_beside_this_years():
    year = played("zone_then_coordination")
    listed = explain.explain_school(year, explain.find_school(year, "S1")).stages[0].cutoffs
    zone = next(c for c in listed if year.scenario.policy.rounds[c.round].name == "zone")
    assert [one.column for one in zone.last_year] == ["tier", "settled_on"]
    for language in LANGUAGES:
        words = Words(language, year.scenario.policy)
        said = "\n".join(school_lines(explain.explain_school(year, 0), words, year.scenario))
        assert "2019-06-01" in said and "2018-12-31" in said
        assert "2018-12-31" in lines("zone_then_coordination", "C04", language)
    assert "76.5" in lines("points", "K04", "en")
    assert not step_of("zone_then_coordination", "C04", "overflow").tried[0].last_year


def test_one_draw_of_two_rounds_is_told_as_one():
    year = played("private_adjustment", "any_school")
    for language in LANGUAGES:
        private = Words(language, year.scenario.policy).round_title(year.scenario.policy.rounds[0])
        shared = text("explain_draw_shared", language, draw=private)
        assert lines("private_adjustment", "G01", language, "any_school").count(shared) == 1
        assert shared not in lines("private_adjustment", "G03", language, "any_school")


def private_round(**settings):
    given = {
        "mechanism": "lottery",
        "applied": True,
        "reach": ["choices"],
        "ownership": ["private"],
        "rank": ["draw"],
        "no_shows": ["private_declined"],
    }
    return a_round("private", **given | settings)


def test_the_last_round_of_all_gives_a_seat_to_the_next():
    """No later round exists that could have set the seat free."""
    year = year_of(
        {
            "schools": [school("P", seats=1, ownership="private")],
            "blocks": [block("a")],
            "children": [
                child(f"c{i}", "a", settled_on=f"2015-01-0{i + 1}", private_declined=i == 0) for i in range(2)
            ],
            "rounds": [private_round(rank=["settled_on", "draw"], mechanism="priority")],
            "wishes": [("c0", "private", 1, "P"), ("c1", "private", 1, "P")],
        }
    )
    away, next_one = (explain.explain_student(year, row).steps[0] for row in range(2))
    assert (away.result, away.keeps) == ("absent", ""), "no round is left to keep anything for"
    assert (next_one.result, next_one.freed_by) == ("admitted_later", 0)


def test_who_does_not_come_is_nobody_turned_away():
    """Three seats, of five drawn two stay away: everybody who came is in, and there is no cut-off."""
    children = [child(f"c{i}", "a", private_declined=i < 2) for i in range(5)]
    found = set()
    for seed in range(8):
        year = year_of(
            {
                "schools": [school("P", seats=3, ownership="private")],
                "blocks": [block("a")],
                "children": children,
                "rounds": [private_round()],
                "wishes": [(f"c{i}", "private", 1, "P") for i in range(5)],
                "seed": seed,
            }
        )
        (cutoff,) = explain.explain_school(year, 0).stages[0].cutoffs
        for row in range(5):
            step = explain.explain_student(year, row).steps[0]
            if row >= 2:
                assert step.result in ("admitted", "admitted_later")
            elif step.result == "refused":  # the seats were gone before its turn
                assert cutoff.contested
        asked = all(explain.explain_student(year, row).steps[0].result == "absent" for row in range(2))
        assert asked != cutoff.contested
        found.add(asked)
    assert found == {True, False}


def test_who_stays_away_keeps_the_place_it_had():
    year = year_of(
        {
            "schools": [school("A", seats=1), school("P", seats=1, ownership="private")],
            "blocks": [block("a")],
            "children": [child("c0", "a", private_declined=True)],
            "rounds": [a_round("zone"), private_round(may_move=True)],
            "zones": {("a", "primary"): ["A"]},
            "wishes": [("c0", "private", 1, "P")],
        }
    )
    explained = explain.explain_student(year, 0)
    assert [(s.result, s.keeps) for s in explained.steps] == [("admitted", ""), ("absent", "")]
    for language in LANGUAGES:
        said = "\n".join(student_lines(explained, Words(language, year.scenario.policy), year.scenario))
        assert text("explain_absent_kept", language) in said


def test_a_seat_set_free_later_is_not_offered_to_who_would_not_come():
    """c0 moves on; c1 is next in the zone, but would not come; c2 has the seat."""
    year = year_of(
        {
            "schools": [school("A", seats=1), school("P", seats=1, ownership="private")],
            "blocks": [block("a")],
            "children": [child(f"c{i}", "a", settled_on=f"2015-01-0{i + 1}", late=i == 1) for i in range(3)],
            "rounds": [
                a_round("zone", rank=["settled_on", "draw"], no_shows=["late"]),
                private_round(may_move=True, no_shows=[]),
            ],
            "zones": {("a", "primary"): ["A"]},
            "wishes": [("c0", "private", 1, "P")],
        }
    )
    steps = [explain.explain_student(year, row).steps[0] for row in range(3)]
    assert [step.tried[0].outcome for step in steps] == ["left", "not_asked", "admitted_later"]
    assert steps[2].freed_by == 1


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_the_plays_suffice_for_everything_and_no_line_is_told_twice(name, variant):
    """Bounds are looked for among the values of other children, so a column of wide range takes few plays."""
    year = played(name, variant)
    for row in range(len(year.students)):
        made = explain.explain_student(year, row, staff=True)
        assert made.changes is not None and not made.changes.untried
        assert made.changes.replays <= 25
        for language in LANGUAGES:
            said = student_lines(made, Words(language, year.scenario.policy), year.scenario, explain.REPLAYS)
            bullets = [line for line in said if line.startswith("· ")]
            assert len(bullets) == len(set(bullets))
            assert not any("(1 seats)" in line or "共重演 0 次" in line for line in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_schools_in_reach_is_no_order_of_choices(language):
    """A track reaches by zone, then county: nobody listed choices, and none may be told of."""
    year = played("language_track")
    students, rounds = year.students, year.scenario.policy.rounds
    track = next(entry for entry in rounds if entry.name == "track")
    assert "order" in track.rank
    said = [lines("language_track", str(one), language) for one in students.id]
    assert any(text("rank_order_in_reach", language) in lines_of_one for lines_of_one in said)
    for lines_of_one in said:
        assert text("rank_order", language) not in lines_of_one
        assert text("explain_value_order", language, n=1) not in lines_of_one
    words = Words(language, year.scenario.policy)
    assert words.rank_column(track, "order") == text("rank_order_in_reach", language)
    listed = replace(track, reach=["choices"])
    assert words.rank_column(listed, "order") == text("rank_order", language)
    assert words.rank_column(replace(track, reach=["zone", "choices"]), "order") != text(
        "rank_order", language
    )
    tell = Telling(words, year.scenario)
    assert tell.value(track, "order", 0) == text("explain_value_order_in_reach", language, n=1)
    assert tell.value(listed, "order", 0) == text("explain_value_order", language, n=1)
    view = View(simulate.simulate(year.scenario), words)
    rules = [value for _, value in rule(view, track)]
    assert any(text("rank_order_in_reach", language) in line for line in rules)
