"""The fine print of what is told of a year, and of the sums that are asserted at its end.

Each test fails when its line of the rule is broken; the child who would wrongly be placed is in the world.
"""

from dataclasses import replace

import numpy as np
import pytest

from simulator.admission import AccountingError, closing
from simulator.model import NO_DATE, UNPLACED
from simulator.model.policy import Twins
from tests.admission.rules_worlds import (
    COORDINATION,
    MIGRANT,
    ZONE,
    notices,
    zone_world,
)
from tests.admission.small import a_round, block, child, day, play, school, world

# What is told


def test_in_zone_and_nearest_are_told_of_placed_children():
    schools = [
        school("point", kind="teaching_point"),
        school("special", kind="special", seats=(1, 1)),
        school("private", seats=1, ownership="private"),
        school("S", at=1, seats=1),
        school("T", at=2, seats=1),
    ]
    children = [child("near", "B", settled_on="2001-01-01"), child("far", "B"), child("out", "B", late=True)]
    rounds = [a_round(exclude=["late"]), a_round("county", exclude=["late"], reach=["county"])]
    answer = play(world(schools, [block("B")], children, rounds, ZONE))
    assert answer.school.tolist() == [3, 4, UNPLACED]
    assert answer.in_zone.tolist() == [True, False, False]
    assert answer.nearest.tolist() == [True, False, False]


def test_three_of_a_birth_at_the_last_seat_are_two_over():
    children = [child(name, "B", twins="t") for name in "abc"]
    listed = notices(play(zone_world(children)), "notice_twins_over")
    assert [(n.school, n.details) for n in listed] == [(0, {"over": 2})]


def test_twins_in_different_schools_are_listed_by_name():
    schools = [school("S", seats=1), school("T", at=1, seats=1)]
    children = [child(name, "B", twins="t") for name in ("b", "a")]
    zones = {("B", "primary"): ["S", "T"]}
    the_world = world(schools, [block("B")], children, [a_round()], zones, twins=Twins(together=False))
    listed = notices(play(the_world), "notice_twins_apart")
    assert [(n.student, n.details) for n in listed] == [(1, {"students": "a, b"})]


def test_r21_neither_other_children_nor_special_schools_raise_the_duty():
    schools = [school("S", seats=9, disabled_pupils=4), school("X", kind="special", disabled_pupils=90)]
    assert play(zone_world([child("C", "B")], schools=schools)).notices == ()


def test_the_record_of_a_round_counts_pool_by_pool():
    schools = [school("S", at=1, seats=2), school("T", at=2, seats=5)]
    blocks = [block("B"), block("C", at=2)]
    children = [
        child("tier0", "B", household=True, settled_on="2020-01-01"),
        child("last", "B", settled_on="2001-01-01"),
        child("later", "B", settled_on="2002-01-01"),
        child("other", "C", settled_on="2003-01-01"),
        child("nowhere", settled_on="2003-01-01"),
    ]
    zones = {("B", "primary"): ["S", "T"], ("C", "primary"): ["T", "S"]}
    answer = play(world(schools, blocks, children, [a_round(tiers=[["household"]])], zones))
    record = answer.rounds[0]
    assert (record.entered, record.applied, record.admitted) == (5, 4, 4)
    columns = {
        "school": [0, 1],
        "seats": [2, 5],
        "first_choice": [3, 1],
        "applicants": [4, 4],
        "taken": [2, 2],
        "lottery": [True, False],
        "cutoff_student": [1, UNPLACED],
        "cutoff_tier": [1, UNPLACED],
        "cutoff_draw": [int(answer.draw[1]), UNPLACED],
        "cutoff_date": [day("2001-01-01"), NO_DATE],
    }
    assert {name: getattr(record, name).tolist() for name in columns} == columns


def test_the_last_one_in_is_the_last_of_the_draw_among_equals():
    children = [child(f"C{i}", "B") for i in range(9)]
    for seed in range(4):
        the_world = zone_world(children, 4, rounds=[a_round(rank=["draw"])], seed=seed)
        answer = play(the_world)
        last = int(answer.rounds[0].cutoff_draw[0])
        assert last == 3 == answer.draw[answer.rounds[0].cutoff_student[0]]


def test_a_pool_nobody_got_into_or_a_round_of_least_cost_has_no_last_one_in():
    children = [child(f"C{i}", "B") for i in range(3)]
    nobody = play(zone_world(children, 0)).rounds[0]
    assert nobody.lottery.tolist() == [True] and nobody.cutoff_student.tolist() == [UNPLACED]
    least = play(zone_world(children, 1, rounds=[COORDINATION])).rounds[0]
    assert least.lottery.tolist() == [True] and least.cutoff_student.tolist() == [UNPLACED]
    assert (least.applied, least.admitted) == (3, 1)


def test_r24_the_cut_off_date_of_a_round_ranked_by_permit_is_the_permits():
    children = [
        child(f"C{i}", "B", migrant=True, residence_permit=True, permit_on=f"202{i}-05-01") for i in range(2)
    ]
    record = play(zone_world(children, rounds=[a_round("migrant", **MIGRANT)])).rounds[0]
    assert record.cutoff_date.tolist() == [day("2020-05-01")]


def test_the_record_bounds_the_seats_of_a_pool_by_the_joint_room():
    for cap, seats in ((4, 3), (2, 2)):
        nine = school("N", kind="nine_year", seats=(3, 3), classes=(1, 1), cap=cap)
        last = a_round("last", coordination=True)
        the_world = world([nine], [block("B")], [child("C", "B")], [last], {("B", "primary"): ["N"]})
        assert play(the_world).rounds[0].seats.tolist() == [seats]


# The sums


@pytest.fixture
def sums(monkeypatch):
    """What the closing sums were asserted of, in a world with one child in and one out."""
    seen = []
    monkeypatch.setattr(closing, "assert_totals", lambda *given: seen.append(given))
    play(zone_world([child("in", "B", settled_on="2001-01-01"), child("out", "B")]))
    monkeypatch.undo()
    closing.assert_totals(*seen[0])
    return seen[0]


def spoil_school(admission, ledger):
    return replace(admission, school=np.array([0, 0], dtype=np.int32))


def spoil_roster(admission, ledger):
    return replace(
        admission,
        **{
            name: np.append(column, column[:1])
            for name in vars(admission)
            if isinstance(column := getattr(admission, name), np.ndarray) and len(column) == 2
        },
    )


def spoil_node(admission, ledger):
    ledger.node[0] = UNPLACED
    return admission


def spoil_sitters(admission, ledger):
    ledger.sitters = ledger.sitters + 1
    return admission


def spoil_load(admission, ledger):
    return replace(admission, load=admission.load + 1)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_roster, "roster"),
        (spoil_school, "status and school"),
        (spoil_node, "without a seat"),
        (spoil_sitters, "seats taken"),
        (spoil_load, "exceeded"),
    ],
)
def test_a_child_or_a_seat_lost_stops_the_run(sums, spoil, message):
    admission, ledger, plan = sums
    with pytest.raises(AccountingError, match=message):
        closing.assert_totals(spoil(admission, ledger), ledger, plan)
