"""The toy scenario: every outcome of its README, which was worked by hand."""

from pathlib import Path

import pytest

from simulator import load
from simulator.model import UNPLACED, Status
from simulator.simulate import simulate

TOY = Path(__file__).parents[2] / "scenarios" / "toy"

BY_HAND = {
    "P01": ("PLACED", "S1", "zone"),
    "P02": ("PLACED", "S1", "zone"),
    "P03": ("PLACED", "S1", "zone"),
    "P04": ("PLACED", "S3", "coordination"),
    "P05": ("PRIVATE", "S4", "private"),
    "P06": ("PLACED", "S2", "zone"),
    "P07": ("PLACED", "S2", "zone"),
    "P08": ("PLACED", "S2", "zone"),
    "P09": ("PLACED", "S3", "coordination"),
    "P10": ("NOT_OF_AGE", "", ""),
    "J01": ("PLACED", "S3", "direct"),
    "J02": ("TO_BE_VERIFIED", "", ""),
}


@pytest.fixture(scope="module")
def run():
    return simulate(load.scenario(TOY))


def test_every_outcome_is_the_one_worked_by_hand(run):
    answer, schools = run.admission, run.scenario.schools.id
    names = [entry.name for entry in run.scenario.policy.rounds]
    found = {
        str(child): (
            Status(answer.status[row]).name,
            "" if answer.school[row] == UNPLACED else str(schools[answer.school[row]]),
            "" if answer.round[row] == UNPLACED else names[answer.round[row]],
        )
        for row, child in enumerate(run.students.id)
    }
    assert found == BY_HAND


def test_the_pair_beyond_the_seats_is_the_only_exception(run):
    assert [(n.code, n.details) for n in run.admission.notices] == [("notice_twins_over", {"over": 1})]


def test_cut_offs_are_those_of_the_readme(run):
    zone = next(r for r in run.admission.rounds if run.scenario.policy.rounds[r.round].name == "zone")
    cutoffs = {
        str(run.scenario.schools.id[school]): str(run.students.id[student])
        for school, student in zip(zone.school, zone.cutoff_student, strict=True)
        if student != UNPLACED
    }
    assert cutoffs == {"S1": "P03"}  # nobody was turned away at S2
