"""R1, R2: caps and class sizes decide what is offered; one test per case of the rule."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.admission.seats import divide_room
from simulator.model import SeatKind, Stage
from simulator.model.policy import Caps, ClassSize
from tests.admission.rules_worlds import by_classes, offered
from tests.admission.small import a_round, block, child, places, play, school, world


def test_r2_seats_are_offered_at_the_class_standard():
    plan = offered(by_classes("S", (2, 0)), by_classes("J", (0, 3), kind="junior"))
    assert plan.offered[Stage.PRIMARY].tolist() == [90, 0]
    assert plan.offered[Stage.JUNIOR].tolist() == [0, 150]


def test_r2_a_schools_own_class_size_replaces_the_standard_up_to_the_ceiling():
    plan = offered(by_classes("S", (2, 0), class_size=(40, 0)), by_classes("T", (2, 0), class_size=(60, 0)))
    assert plan.offered[Stage.PRIMARY].tolist() == [80, 110]


def test_r2_a_plan_above_the_standard_is_listed_and_stops_at_the_hard_ceiling():
    plan = offered(by_classes("S", (2, 0)) | {"planned_seats": (200, -1)})
    assert plan.offered[Stage.PRIMARY].tolist() == [110]
    assert plan.above_standard[Stage.PRIMARY].tolist() == [True]


def test_r2_the_standard_is_a_setting():
    plan = offered(by_classes("S", (2, 0)), class_size=ClassSize(primary=30))
    assert plan.offered[Stage.PRIMARY].tolist() == [60]


def test_r1_the_cap_bounds_seats_by_the_pupils_who_stay():
    # 1,990 on roll, 330 leave: 1,660 stay, so 340 may come although 8 classes hold 360.
    plan = offered(by_classes("S", (8, 0), pupils=(1990, 0), leavers=(330, 0)))
    assert plan.offered[Stage.PRIMARY].tolist() == [340]


def test_r1_caps_can_be_switched_off():
    plan = offered(by_classes("S", (8, 0), pupils=(1990, 0), leavers=(330, 0)), caps=Caps(enforce=False))
    assert plan.offered[Stage.PRIMARY].tolist() == [360]


def test_r1_a_nine_year_school_has_one_joint_cap_of_2500():
    nine = by_classes("N", (4, 6), kind="nine_year", pupils=(1200, 1100), leavers=(180, 300))
    # 1,820 stay: 4 x 45 + 6 x 50 = 480 planned fit into the 680 left
    assert offered(nine).offered[:, 0].tolist() == [180, 300]
    # 2,100 stay: the 400 left are divided by planned classes, 4 to 6
    crowded = nine | {"pupils": (1380, 1100), "leavers": (180, 200)}
    assert offered(crowded).offered[:, 0].tolist() == [160, 240]


def test_r1_a_school_over_its_cap_follows_a_falling_ceiling():
    # 2,200 on roll, cap 2,000, path 90 %: limit 2,180; 1,850 stay, so 330 may come.
    big = by_classes("S", (9, 0), pupils=(2200, 0), leavers=(350, 0))
    plan = offered(big)
    assert plan.limit.tolist() == [2180]
    assert plan.offered[Stage.PRIMARY].tolist() == [330]
    assert offered(big, caps=Caps(path_percent=[0])).offered[Stage.PRIMARY].tolist() == [150]
    assert offered(big | {"ceiling": 2100}).offered[Stage.PRIMARY].tolist() == [250]


def test_r1_a_ceiling_may_not_enlarge_an_oversized_school():
    big = by_classes("S", (20, 0), pupils=(2200, 0), leavers=(350, 0), ceiling=2600)
    assert offered(big).limit.tolist() == [2200]


def test_r1_an_oversized_school_is_listed_and_not_emptied():
    big = by_classes("S", (9, 0), pupils=(2600, 0), leavers=(0, 0))
    answer = play(world([big], [block("B")], [], [a_round()]))
    assert [n.code for n in answer.notices] == ["notice_oversized", "notice_seats_cut_by_cap"]
    assert answer.seats.seats[answer.seats.kind == SeatKind.SCHOOL].tolist() == [0]


def test_r1_direct_promotion_counts_once_as_junior_entry():
    # 12 on roll under a cap of 12; grade 6 and grade 9 leave with one child each, 10 stay: two may enter
    # grade 7, whether they come from grade 6 of the same school or not; a third may not.
    nine = school("N", kind="nine_year", seats=(0, 5), pupils=(7, 5), leavers=(1, 1), cap=12)
    children = [child(f"C{i}", "B", "junior", origin="N") for i in range(3)]
    answer = play(world([nine], [block("B")], children, [a_round("direct", reach=["direct"])]))
    assert int((answer.school == 0).sum()) == 2


def test_r1_unused_room_of_one_stage_moves_before_coordination():
    nine = school("N", kind="nine_year", seats=(3, 3), classes=(1, 1), cap=4)
    children = [child(f"J{i}", "B", "junior") for i in range(3)] + [child("P0", "B")]
    zones = {("B", "primary"): ["N"], ("B", "junior"): ["N"]}
    zone_only = world([nine], [block("B")], children, [a_round()], zones)
    assert int((play(zone_only).school == 0).sum()) == 3  # two junior seats, one of two primary seats
    rounds = [
        a_round(),
        a_round("coordination", mechanism="least_total", coordination=True, reach=["county"]),
    ]
    both = play(world([nine], [block("B")], children, rounds, zones))
    assert int((both.school == 0).sum()) == 4
    assert "notice_seats_moved" in [n.code for n in both.notices]


def test_r1_coordination_solves_both_stages_under_the_joint_cap():
    nine = school("N", kind="nine_year", seats=(3, 3), classes=(1, 1), cap=4)
    children = [child(f"C{i}", "B", stage) for i, stage in enumerate(["primary", "junior"] * 3)]
    rounds = [a_round("coordination", mechanism="least_total", coordination=True, reach=["county"])]
    answer = play(world([nine], [block("B")], children, rounds))
    assert int((answer.school == 0).sum()) == 4


def test_r1_reserved_seats_are_open_to_others_only_in_coordination():
    one = school("S", seats=3, reserved_seats=(2, 0))
    children = [child(f"C{i}", "B") for i in range(3)]
    zones = {("B", "primary"): ["S"]}
    assert list(places(world([one], [block("B")], children, [a_round()], zones)).values()).count("S") == 1
    rounds = [a_round(), a_round("coordination", mechanism="by_order", coordination=True, reach=["county"])]
    assert list(places(world([one], [block("B")], children, rounds, zones)).values()).count("S") == 3


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=9
    ),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=9, max_size=9),
)
def test_r1_dividing_the_room_loses_no_seat(rooms, classes):
    planned = np.array([[p, j] for _, p, j in rooms]).T
    room = np.minimum([r for r, _, _ in rooms], planned.sum(axis=0))
    shares = divide_room(room, planned, np.array(classes[: len(rooms)]).T)
    assert np.array_equal(shares.sum(axis=0), room)
    assert np.all(shares >= 0) and np.all(shares <= planned)
