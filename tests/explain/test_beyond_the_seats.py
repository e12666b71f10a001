"""Why a school admitted more than its seats: twins who stay together, said to them and of the school."""

import pytest
from toy_folder import TOY

from simulator import explain, load
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.words import Words

SAID = {"en": "Of these, one beyond the seats, so that twins stay together.", "zh": "其中 1 人在学位之外录取"}


@pytest.fixture(scope="module")
def year():
    return explain.play_year(load.scenario(TOY))


def told(year, student: str, language: str) -> str:
    made = explain.explain_student(year, explain.find_student(year, student), staff=False)
    return "\n".join(student_lines(made, Words(language, year.scenario.policy), year.scenario))


def told_of_school(year, school: str, language: str) -> str:
    made = explain.explain_school(year, explain.find_school(year, school))
    return "\n".join(school_lines(made, Words(language, year.scenario.policy), year.scenario))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pair_and_the_school_are_told_and_nobody_else(year, language):
    for student in ("P06", "P07"):
        assert told(year, student, language).count(SAID[language]) == 1
    for student in ("P08", "P01", "P04"):
        assert SAID[language] not in told(year, student, language)
    assert told_of_school(year, "S2", language).count(SAID[language]) == 1
    assert SAID[language] not in told_of_school(year, "S1", language)


def test_one_class_is_one_class(year):
    assert "1 class planned" in told_of_school(year, "S2", "en")
    assert "1 classes" not in told_of_school(year, "S2", "en")


def test_without_the_rule_nobody_is_beyond_the_seats():
    year = explain.play_year(load.scenario(TOY, overrides=('twins.last_seat="next"',)))
    assert SAID["en"] not in told_of_school(year, "S2", "en")


def test_the_numbers_of_rounds_are_their_places_in_the_scenario(year):
    made = explain.explain_student(year, explain.find_student(year, "P04"), staff=False)
    assert [step.round for step in made.steps] == list(range(len(year.scenario.policy.rounds)))
    lines = student_lines(made, Words("en", year.scenario.policy), year.scenario)
    assert any(line.startswith("5. ") for line in lines)
