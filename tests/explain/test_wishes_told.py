"""Another wish: the child's own later choices come first, and no school is left out without a word."""

from pathlib import Path

import pytest
from explain_worlds import a_round, block, child, school, year_of

from simulator import explain, load
from simulator.model import UNPLACED
from simulator.report.explained import student_lines
from simulator.report.words import Words

TWO_CHOICES = Path(__file__).resolve().parents[2] / "scenarios" / "procedures" / "private_two_choices"


def wishes_of(year, row):
    told = explain.explain_student(year, row, staff=True)
    ids = year.scenario.schools.id
    return told, {
        str(ids[change.school]): "" if change.after.school == UNPLACED else str(ids[change.after.school])
        for change in told.changes.tried
        if change.kind == "wish"
    }


@pytest.fixture(scope="module")
def two_choices():
    return explain.play_year(load.scenario(TWO_CHOICES))


@pytest.mark.parametrize("student", ["E01", "E02", "E03"])
def test_a_second_choice_that_would_have_done_is_told(two_choices, student):
    """No metres lead to the private schools; what the child listed itself is tried all the same."""
    row = explain.find_student(two_choices, student)
    _, wishes = wishes_of(two_choices, row)
    assert wishes["M2"] == "M2"


def test_who_did_not_apply_is_told_of_schools_without_metres(two_choices):
    _, wishes = wishes_of(two_choices, explain.find_student(two_choices, "F01"))
    assert {"M1", "M2"} <= set(wishes)


def lists(schools, wishes):
    return year_of(
        {
            "schools": [school(f"P{at}", at=at, seats=1, ownership="private") for at in range(schools)],
            "blocks": [block("a")],
            "children": [child("c", "a")],
            "rounds": [
                a_round(
                    "drawn",
                    mechanism="lottery",
                    applied=True,
                    reach=["choices"],
                    ownership=["private"],
                    rank=["draw"],
                )
            ],
            "wishes": [("c", "drawn", place, f"P{at}") for place, at in enumerate(wishes, start=1)],
        }
    )


def test_own_choices_come_before_nearer_schools():
    told, wishes = wishes_of(lists(8, [0, 7, 6]), 0)
    assert list(wishes)[:2] == ["P7", "P6"] and len(wishes) == 4
    assert told.changes.left_out == {"wish": 3}


@pytest.mark.parametrize(("schools", "left_out"), [(5, 0), (6, 1), (9, 4)])
def test_what_is_not_tried_is_said(schools, left_out):
    year = lists(schools, [0])
    told, wishes = wishes_of(year, 0)
    assert len(wishes) + left_out == schools - 1
    english = "\n".join(student_lines(told, Words("en", year.scenario.policy), year.scenario, 40))
    chinese = "\n".join(student_lines(told, Words("zh", year.scenario.policy), year.scenario, 40))
    assert ("Not tried" in english) == ("未试" in chinese) == bool(left_out)
    if left_out > 1:
        assert f"{left_out} more schools listed first" in english and f"志愿 {left_out} 所学校" in chinese
