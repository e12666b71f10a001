"""A round draws by the procedure its scenario names, or takes the result of an official draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator import lottery
from simulator import travel as travelling
from simulator.admission.memory import Memory
from simulator.admission.play import planned_seats
from simulator.admission.play import play as play_year
from simulator.model import Applications, Drawn, Seats
from simulator.model.arrays import texts
from tests.admission.small import a_round, block, child, places, play, school, world

METHODS = tuple(lottery.METHODS)


def lottery_world(method="keyed", seats=3, children=9, twins=True, **settings):
    """Nine children, two of them twins, apply to a private school with three seats."""
    names = [f"C{i}" for i in range(children)]
    made = [child(name, "B", twins="T" if twins and name in ("C2", "C5") else "") for name in names]
    schools = [school("S", seats=children), school("P", seats=seats, ownership="private")]
    entry = a_round(
        "private",
        mechanism="lottery",
        applied=True,
        reach=["choices"],
        ownership=["private"],
        rank=["draw"],
        draw_method=method,
        **settings,
    )
    wishes = [(name, "private", 1, "P") for name in names]
    return world(
        schools, [block("B")], made, [entry, a_round()], {("B", "primary"): ["S"]}, wishes=wishes, seed=7
    )


@pytest.mark.parametrize("method", METHODS)
def test_the_seats_go_to_the_first_places_of_the_procedure(method):
    the_world = lottery_world(method)
    answer = play(the_world)
    drawn = answer.draws["private"]
    students = the_world.students
    alone = lottery.draw("private", 7, students.id, students.twin_group, method=method, plan=3)
    assert drawn.order.tolist() == alone.order.tolist() and drawn.values == alone.values
    assert drawn.plan == (3 if method == "stride" else 0)
    seated = {name for name, place in places(the_world, answer).items() if place == "P"}
    assert seated == {str(students.id[row]) for row in np.flatnonzero(drawn.order < 3)}
    assert ("C2" in seated) == ("C5" in seated)


def test_the_procedures_differ_and_the_default_is_keyed():
    orders = {
        method: tuple(play(lottery_world(method)).draws["private"].order.tolist()) for method in METHODS
    }
    assert len(set(orders.values())) >= 5
    assert a_round().draw_method == "keyed"


def test_the_plan_counts_each_pool_applied_to_once_and_no_more_than_the_school_holds():
    the_world = lottery_world("stride", seats=4, twins=False)
    assert play(the_world).draws["private"].plan == 4
    schools = [school("N", kind="nine_year", seats=(6, 6), ownership="private", cap=8), school("S", seats=9)]
    children = [child(f"C{i}", "B", "primary" if i < 6 else "junior") for i in range(12)]
    entry = a_round(
        "private", mechanism="lottery", applied=True, reach=["choices"], ownership=["private"],
        rank=["draw"], draw_method="stride",
    )  # fmt: skip
    wishes = [(f"C{i}", "private", 1, "N") for i in range(12)]
    both = world(schools, [block("B")], children, [entry], wishes=wishes)
    assert play(both).draws["private"].plan == 8  # not twelve: the cap bounds both stages together


def test_the_plan_goes_up_the_tree_node_by_node():
    """A school of 20, its primary part bounded to 5 over pools of 4 and 4, its junior part of 10 over 9."""
    tree = Seats(
        school=np.zeros(6, dtype=np.int32),
        stage=np.array([-1, 0, 1, 0, 0, 1], dtype=np.int8),
        kind=np.array([0, 1, 1, 2, 3, 2], dtype=np.int8),
        parent=np.array([-1, 0, 0, 1, 1, 2], dtype=np.int32),
        seats=np.array([20, 5, 10, 4, 4, 9], dtype=np.int64),
    )

    def plan(*pools):
        nothing = np.zeros(len(pools), dtype=np.int64)
        none = np.zeros(1, dtype=np.int32)
        arcs = np.array([0, len(pools)])
        return planned_seats(
            Applications(none, arcs, np.array(pools), nothing, nothing, none - 1, none, none), tree
        )

    assert plan(3, 3) == 4 and plan(3, 4) == 5 and plan(3, 4, 5) == 14 and plan(5) == 9


def test_a_memory_gives_the_stride_the_seats_of_its_own_play():
    """The draw by stride is the only one that depends on seats: a second play with others draws anew."""
    the_world = lottery_world("stride", twins=False)
    scenario = the_world.scenario
    travel, memory = travelling.measure(scenario), Memory()

    def again(seats, remembered):
        planned = scenario.schools.planned_seats.copy()
        planned[0, 1] = seats
        other = replace(scenario, schools=replace(scenario.schools, planned_seats=planned))
        return play_year(other, the_world.students, the_world.wishes, travel, memory=remembered)

    for seats in (3, 5, 3):
        fresh, remembered = again(seats, Memory()), again(seats, memory)
        assert remembered.draws["private"].plan == fresh.draws["private"].plan == seats
        assert remembered.draws["private"].order.tolist() == fresh.draws["private"].order.tolist()
        assert remembered.school.tolist() == fresh.school.tolist()


# Official results ---------------------------------------------------------------------------------------


def with_result(the_world, result, name="private"):
    row = {str(id): at for at, id in enumerate(the_world.students.id)}
    drawn = Drawn(
        texts([name] * len(result)),
        np.array([row[student] for student in result], dtype=np.int32),
        np.array(list(result.values()), dtype=np.int64),
    )
    return replace(the_world, scenario=replace(the_world.scenario, drawn=drawn))


def test_an_official_result_decides_instead_of_the_seed():
    result = {f"C{i}": 9 - i for i in range(9)}
    the_world = with_result(lottery_world(twins=False), result)
    answer = play(the_world)
    assert {name for name, place in places(the_world, answer).items() if place == "P"} == {"C6", "C7", "C8"}
    assert answer.draws["private"].method == "given"
    assert [int(place) + 1 for place in answer.draws["private"].order] == list(result.values())
    assert not [notice for notice in answer.notices if notice.code == "notice_not_drawn"]


def test_twins_take_the_smaller_place_and_who_was_not_drawn_stands_behind_by_the_seed():
    the_world = with_result(lottery_world(), {"C8": 1, "C2": 7, "C5": 3, "C1": 9})
    answer = play(the_world)
    order = answer.draws["private"].order
    assert order[[8, 2, 5, 1]].tolist() == [0, 1, 1, 3]
    keyed = lottery.draw("private", 7, the_world.students.id, the_world.students.twin_group).order
    rest = [0, 3, 4, 6, 7]
    assert sorted(rest, key=lambda row: order[row]) == sorted(rest, key=lambda row: keyed[row])
    assert order[rest].min() == 4
    notice = next(notice for notice in answer.notices if notice.code == "notice_not_drawn")
    assert notice.details == {"count": 5, "draw": "private"}


def test_a_result_of_another_draw_changes_nothing_here():
    plain = lottery_world()
    other = with_result(plain, {"C8": 1}, name="zone")
    assert play(other).draws["private"].order.tolist() == play(plain).draws["private"].order.tolist()


def test_a_round_may_take_its_result_by_the_name_of_the_draw():
    named = with_result(
        lottery_world(twins=False, draw="民办2026"), {"C8": 1, "C0": 2, "C4": 3}, name="民办2026"
    )
    assert {name for name, place in places(named).items() if place == "P"} == {"C8", "C0", "C4"}
