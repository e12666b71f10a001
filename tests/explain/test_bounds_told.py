"""Every date a line names, and every one it could be read to mean, is what a play comes to."""

import random
import re
from datetime import date, timedelta

from explain_worlds import a_round, block, child, school, year_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator import explain
from simulator.report.explained import student_lines
from simulator.report.words import Words

FIRST = date(2008, 1, 1)
LINE = re.compile(
    r"· (?:if|even if) the settlement date were (?P<value>\d{4}-\d\d-\d\d): (?P<then>[^;]+)"
    r"(?:; a day later: (?P<later>[^;]+))?"
)
"""A line about a date: of one day, and of the day after; a line of any other shape is a failure."""


@st.composite
def contested(draw):
    """A zone of two or three small schools, each wanted by more than it holds, and one with room for all."""
    rng = random.Random(draw(st.integers(0, 10**9)))
    names = ["A", "B", "C"][: draw(st.integers(2, 3))]
    seats = [rng.randint(1, 2) for _ in names]
    children = [
        child(f"c{at}", "a", settled_on=str(FIRST + timedelta(days=rng.randint(0, 60) * 50)))
        for at in range(sum(seats) + rng.randint(1, 3))
    ]
    wishes = [
        (one["id"], "zone", place, name)
        for one in children
        if rng.random() < 0.5
        for place, name in enumerate(rng.sample(names, len(names)), start=1)
    ]
    mechanism = draw(st.sampled_from(["priority", "deferred_acceptance", "immediate_acceptance"]))
    return {
        "schools": [
            *(school(name, at=at, seats=n) for at, (name, n) in enumerate(zip(names, seats, strict=True))),
            school("Z", at=9, seats=20),
        ],
        "blocks": [block("a")],
        "children": children,
        "rounds": [
            a_round(rank=["settled_on", "draw"], mechanism=mechanism, reach=["zone"]),
            a_round("all", mechanism="least_total", coordination=True, reach=["county"]),
        ],
        "zones": {("a", "primary"): names},
        "wishes": wishes,
    }


def found_by_review():
    """One seat at A, one at B, the rest elsewhere; who is put behind at both is told of both."""
    return {
        "schools": [school("A", seats=1), school("B", at=1, seats=1), school("C", at=9, seats=9)],
        "blocks": [block("a")],
        "children": [
            child("c0", "a", settled_on="2012-03-01"),
            child("c1", "a", settled_on="2016-03-01"),
            child("c2", "a", settled_on="2018-03-01"),
        ],
        "rounds": [
            a_round(rank=["settled_on", "draw"]),
            a_round("all", mechanism="least_total", coordination=True, reach=["county"]),
        ],
        "zones": {("a", "primary"): ["A", "B"]},
    }


def school_at(parts, year, row, day):
    """The school of a child in the year built anew with another date, counting on the year's own names."""
    children = [dict(one) for one in parts["children"]]
    children[row]["settled_on"] = str(day)
    played = year_of({**parts, "children": children}).admission
    return str(year.scenario.schools.id[played.school[row]])


def rank_lines(year, row):
    told = explain.explain_student(year, row, staff=True)
    assert not told.changes.untried
    lines = student_lines(told, Words("en", year.scenario.policy), year.scenario)
    return [line for line in lines if line.startswith("· ") and "settlement date" in line]


def meant(then, own):
    if then == "no change":
        return own
    return re.fullmatch(r"it would be at (\w+), by “\w+”", then)[1]


@settings(max_examples=12, deadline=None)
@example(found_by_review())
@given(contested())
def test_every_line_about_a_date_says_what_that_date_comes_to(parts):
    year = year_of(parts)
    for row in range(len(year.students)):
        own = str(year.scenario.schools.id[year.admission.school[row]])
        for line in rank_lines(year, row):
            found = LINE.fullmatch(line)
            assert found, line
            day = date.fromisoformat(found["value"])
            assert meant(found["then"], own) == school_at(parts, year, row, day), line
            if found["later"]:
                later = school_at(parts, year, row, day + timedelta(days=1))
                assert meant(found["later"], own) == later != meant(found["then"], own), line


@settings(max_examples=8, deadline=None)
@example(found_by_review())
@given(contested())
def test_every_school_some_earlier_date_leads_to_is_told(parts):
    """All dates that could matter are played: the days of the others, and the days beside them."""
    year = year_of(parts)
    days = {date.fromisoformat(one["settled_on"]) for one in parts["children"]}
    days = {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}
    for row in range(len(year.students)):
        own = str(year.scenario.schools.id[year.admission.school[row]])
        told = {meant(LINE.fullmatch(line)["then"], own) for line in rank_lines(year, row)}
        behind = {
            str(year.scenario.schools.id[tried.school])
            for tried in explain.explain_student(year, row).steps[0].tried
            if tried.outcome == "behind"
        }
        mine = date.fromisoformat(parts["children"][row]["settled_on"])
        better = {school_at(parts, year, row, day) for day in days if day < mine}
        assert better & behind <= told


def test_the_world_found_by_review_is_told_as_it_is():
    year = year_of(found_by_review())
    first, second = rank_lines(year, 2)
    assert first.split(", by")[0].endswith("it would be at A")
    assert "it would be at B" in first.split("a day later")[1], "a day after the last for A the child is at B"
    assert "it would be at B" in second.split("a day later")[0] and second.endswith("a day later: no change")
