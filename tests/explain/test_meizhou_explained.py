"""The synthetic city explained: hundreds of its children and a school of each county, in seconds."""

from pathlib import Path

import numpy as np
import pytest

from simulator import explain, load
from simulator.explain.entering import takes_part
from simulator.model import UNPLACED
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.words import Words

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def year():
    return explain.play_year(load.scenario(HOUSE / "scenarios" / "meizhou"))


def some_children(year, each):
    """Rows from every round, of every status, and some at random."""
    rng = np.random.default_rng(5)
    rows = [rng.choice(len(year.students), 2 * each, replace=False)]
    for column in (year.admission.round, year.admission.status):
        for value in np.unique(column):
            found = np.flatnonzero(column == value)
            rows.append(rng.choice(found, min(each, len(found)), replace=False))
    return np.unique(np.concatenate(rows)).tolist()


def test_children_of_every_round_and_status(year):
    words = {language: Words(language, year.scenario.policy) for language in ("zh", "en")}
    single = year.students.twin_group == UNPLACED
    for row in some_children(year, 20):
        told = explain.explain_student(year, row, staff=True, replays=0)
        assert bool(told.steps) == takes_part(year, row)
        for step, seen in zip(told.steps, year.seen, strict=False):
            assert step.entered == bool(seen.entrants[row]) == (not step.hindrances)
            assert step.proof in (("", "least") if single[row] else ("", "least", "bent"))
            for tried in step.tried:
                if tried.outcome == "behind":
                    assert tried.contested and tried.taken and (tried.decided_by or tried.withheld)
        gave = [step.round for step in told.steps if step.result in ("admitted", "registered")]
        assert gave == ([told.outcome.round] if told.outcome.round != UNPLACED else [])
        for spoken in words.values():
            assert len(student_lines(told, spoken, year.scenario)) >= 4


def test_a_school_of_each_county(year):
    schools = year.scenario.schools
    for county in range(len(year.scenario.counties)):
        row = int(np.flatnonzero(schools.county == county)[0])
        told = explain.explain_school(year, row, staff=True)
        for language in ("zh", "en"):
            assert school_lines(told, Words(language, year.scenario.policy), year.scenario)


def test_an_id_with_a_slip_is_known_again(year):
    right = str(year.students.id[60_000])
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    with pytest.raises(Exception) as caught:
        explain.find_student(year, wrong)
    assert right in caught.value.faults[0].details["nearest"].en
