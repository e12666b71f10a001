"""One more class: where it is tried, that a replay is a whole run of the changed scenario, what is told."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator import admission, indicators, replay, simulate
from simulator.model import NO_METRES, Means, MoreClasses, SchoolKind, SeatKind, Stage
from simulator.model.limits import class_sizes, classes_that_fit, may_receive, school_caps
from simulator.model.policy import Caps, ClassSize, OneMoreClass
from tests.admission.small import a_round, block, child, school, world
from tests.admission.test_memory import differs, ready
from tests.admission.test_properties import worlds

HOUSE = Path(__file__).resolve().parent.parent
ALL = OneMoreClass(replays=100, listed=100, per_county=0)


def tried(scenario, students, wishes, travel):
    """One more class wherever it promises anything, beside the run without."""
    memory = admission.Memory()
    played = admission.play(scenario, students, wishes, travel, memory=memory)
    warnings = indicators.early_warning(scenario, students, played.seats)
    return played, replay.more_classes(scenario, students, wishes, travel, played, warnings, memory)


def with_settings(scenario, **policy):
    return replace(scenario, policy=replace(scenario.policy, **policy))


def far_apart(**more):
    """Two zones of one county; A has too few seats and B, far off, has some; both have no cap to speak of."""
    return world(
        schools=[
            school("A", at=0, seats=-1, classes=(1, 0), class_size=(2, 0)),
            school("B", at=9, seats=-1, classes=(2, 0), class_size=(2, 0)),
        ],
        blocks=[block("a"), block("b", at=9)],
        children=[child(f"a{i}", "a", household=True) for i in range(5)] + [child("b0", "b", household=True)],
        rounds=[
            a_round("zone", rank=["draw"]),
            a_round("rest", reach=["county"], mechanism="least_total", rank=["draw"], coordination=True),
        ],
        zones={("a", "primary"): ["A"], ("b", "primary"): ["B"]},
        **{"one_more_class": ALL, **more},
    )


# What is told


def test_a_class_at_the_short_school_by_hand():
    """Five children live at A: two sit there, three go nine kilometres to B, where four seats are."""
    the_world = far_apart()
    played, made = tried(the_world.scenario, *ready(the_world))
    assert played.rounds[1].admitted == 3
    one_way = int(played.metres.max())
    names = the_world.scenario.schools.id[made.school].tolist()
    assert (names, made.stage.tolist(), made.possible) == (["A"], [0], 2)
    told = {
        f.name: getattr(made, f.name)[0]
        for f in fields(made)
        if isinstance(getattr(made, f.name), np.ndarray)
    }
    assert told == {
        "school": 0, "stage": 0, "seats": 2, "zone_short": 3, "listed": True,
        "promised_children": 0, "promised_journeys": 0, "promised_metres": 2 * one_way,
        "placed": 0, "own_zone": 2, "beyond_limit": 2, "metres": 2 * one_way, "gain": 2, "lose": 0,
    }  # fmt: skip
    ((place, proof),) = made.certificates[0]
    assert (place, proof["optimal"], proof["placed"]) == (1, True, 1)


def test_a_class_that_places_children():
    """B is full with its own child: three children of A have no place."""
    the_world = far_apart()
    schools = the_world.scenario.schools
    less = replace(the_world.scenario, schools=replace(schools, classes=np.array([[1, 0], [0, 0]], np.int32)))
    year = ready(the_world)
    played, made = tried(less, *year)
    assert int((played.school < 0).sum()) == 4
    assert the_world.scenario.schools.id[made.school].tolist() == ["A", "B"]
    assert made.promised_children.tolist() == [2, 2]
    assert made.placed.tolist() == made.gain.tolist() == [2, 2]
    assert made.metres[1] < made.metres[0] == 0  # who is newly placed walks too
    assert made.listed.all() and not made.lose.any()


def test_children_worse_off_are_told():
    """With its new class A keeps a child whose seat at B another, farther one would rather not have had."""
    before = far_apart()
    played, _ = tried(before.scenario, *ready(before))
    after = admission.play(replay.with_class(before.scenario, Stage.PRIMARY, 0), *ready(before))
    forth, back = replay.effect(played, after), replay.effect(after, played)
    assert (forth.gain, forth.lose, forth.metres) == (2, 0, -back.metres)
    assert (back.gain, back.lose, back.own_zone, back.seats) == (0, 2, -2, -2)


def test_without_metres_the_own_zone_decides():
    the_world = far_apart()
    played, _ = tried(the_world.scenario, *ready(the_world))
    after = admission.play(replay.with_class(the_world.scenario, Stage.PRIMARY, 0), *ready(the_world))
    blind = [replace(of, metres=np.full_like(of.metres, NO_METRES)) for of in (played, after)]
    changed = replay.effect(*blind)
    assert (changed.gain, changed.lose, changed.metres) == (2, 0, 0)


def test_nothing_is_tried_where_nothing_is_promised_or_asked_for():
    the_world = far_apart()
    enough = replay.with_class(replay.with_class(the_world.scenario, Stage.PRIMARY, 0), Stage.PRIMARY, 0)
    _, made = tried(enough, *ready(the_world))
    assert (len(made), made.possible, made.certificates) == (0, 2, ())
    off = with_settings(the_world.scenario, one_more_class=OneMoreClass(replays=0))
    assert len(tried(off, *ready(the_world))[1]) == 0
    assert not differs(MoreClasses.none(2), made)


# A replay is a run of the changed scenario


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_a_replay_is_a_whole_run_of_the_changed_scenario(parts):
    the_world = world(**parts, one_more_class=ALL)
    year = ready(the_world)
    scenario = the_world.scenario
    played, made = tried(scenario, *year)
    assert not differs(played, admission.play(scenario, *year)), "the run without is as it was"
    assert not differs(made, tried(scenario, *year)[1]), "twice the same"
    allowed = may_receive(scenario.schools)
    fits = classes_that_fit(scenario.policy, scenario.schools, played.seats)
    for row, (stage, at) in enumerate(zip(made.stage, made.school, strict=True)):
        assert allowed[stage, at] and fits[stage, at] > 0
        changed = replay.with_class(scenario, Stage(int(stage)), int(at))
        fresh = admission.play(changed, *year)
        effect = replay.effect(played, fresh)
        for name in ("seats", "placed", "own_zone", "beyond_limit", "metres", "gain", "lose"):
            assert getattr(made, name)[row] == getattr(effect, name), name
        assert made.certificates[row] == effect.certificates
        assert made.placed[row] == int((fresh.school >= 0).sum()) - int((played.school >= 0).sum())
        exceptions = [int((of.means == Means.EXCEPTION).sum()) for of in (played, fresh)]
        assert made.beyond_limit[row] == exceptions[0] - exceptions[1]
    ranked = list(zip(made.placed, made.metres, made.beyond_limit, made.own_zone, strict=True))
    assert ranked == sorted(ranked, reverse=True)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.booleans(), st.integers(0, 30))
def test_a_class_that_fits_adds_its_seats_and_breaks_no_cap(parts, enforce, pupils):
    the_world = world(**parts, caps=Caps(enforce=enforce), class_size=ClassSize(ceiling=3))
    scenario = the_world.scenario
    roll = np.minimum(scenario.schools.pupils + pupils, 40)
    scenario = replace(scenario, schools=replace(scenario.schools, pupils=roll))
    opened = admission.open_seats(scenario.schools, admission.plan_seats(scenario.policy, scenario.schools))
    fits = classes_that_fit(scenario.policy, scenario.schools, opened)
    size = np.minimum(class_sizes(scenario.policy, scenario.schools), 3)
    cells = np.argwhere((fits > 0) & may_receive(scenario.schools))
    assume(len(cells))
    for stage, at in cells.tolist():
        changed = replay.with_class(scenario, Stage(stage), at)
        now = admission.open_seats(changed.schools, admission.plan_seats(changed.policy, changed.schools))
        seats = [of.seats[(of.kind == SeatKind.STAGE)] for of in (opened, now)]
        added = seats[1] - seats[0]
        assert added.sum() == size[stage, at]
        node = int(np.flatnonzero(added)[0])
        stages = np.flatnonzero(now.kind == SeatKind.STAGE)
        assert (now.stage[stages[node]], now.school[stages[node]]) == (stage, at)
        if enforce:
            stay = int((changed.schools.pupils - changed.schools.leavers)[:, at].sum())
            of_school = now.seats[(now.kind == SeatKind.SCHOOL)][at]
            assert stay + of_school <= school_caps(changed.policy, changed.schools)[at]


def test_schools_that_may_not_receive_or_have_no_room_are_never_tried():
    the_world = far_apart()
    schools = the_world.scenario.schools
    for column in (
        {"cap": np.array([3, 0], np.int32)},
        {"kind": np.array([SchoolKind.TEACHING_POINT, SchoolKind.PRIMARY], np.int8)},
        {"ownership": np.array([1, 0], np.int8)},
    ):
        scenario = replace(the_world.scenario, schools=replace(schools, **column))
        _, made = tried(scenario, *ready(the_world))
        assert 0 not in made.school.tolist(), column


def test_named_seats_grow_with_the_class():
    the_world = world(
        schools=[school("A", seats=90, classes=(1, 0)), school("B", seats=7), school("C", seats=-1)],
        blocks=[block("a")],
        children=[],
        rounds=[a_round()],
        class_size=ClassSize(primary=45, ceiling=55),
    )
    for at, (classes, named) in enumerate([(2, 55 + 45), (0, 7 + 45), (1, -1)]):
        changed = replay.with_class(the_world.scenario, Stage.PRIMARY, at).schools
        assert (changed.classes[0, at], changed.planned_seats[0, at]) == (classes, named)


# Whom it is tried at


def test_in_turn_lets_every_county_have_its_best_first():
    rows = np.arange(7)
    county = np.array([0, 0, 0, 0, 1, 0, 1])
    assert replay.in_turn(rows, county, 4, 2).tolist() == [0, 1, 4, 6]
    assert replay.in_turn(rows, county, 6, 2).tolist() == [0, 1, 2, 3, 4, 6]
    assert replay.in_turn(rows, county, 4, 0).tolist() == [0, 1, 2, 3]
    assert replay.in_turn(rows[:0], county, 4, 2).tolist() == []


@given(
    st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True), st.integers(0, 20)
)
def test_chosen_takes_some_of_both_and_none_twice(by_price, by_zone, most):
    taken = replay.chosen(
        np.array(by_price, dtype=np.int64), np.array(by_zone, dtype=np.int64), most
    ).tolist()
    assert len(taken) == len(set(taken)) == min(most, len({*by_price, *by_zone}))
    assert set(by_price[: most - most // 4]) <= set(taken)
    others = [row for row in by_zone if row not in by_price[: most - most // 4]]
    assert set(others[: most // 4]) <= set(taken)


@pytest.mark.parametrize("replays", [1, 2, 5])
def test_the_settings_bound_the_work(monkeypatch, replays):
    the_world = world(
        schools=[school(f"S{i}", at=i, seats=-1, classes=(1, 0), class_size=(1, 0)) for i in range(6)],
        blocks=[block(f"b{i}", at=i) for i in range(6)],
        children=[child(f"c{i}{k}", f"b{i}", household=True) for i in range(6) for k in range(2 + i)],
        rounds=[a_round(rank=["draw"])],
        zones={(f"b{i}", "primary"): [f"S{i}"] for i in range(6)},
        one_more_class=OneMoreClass(replays=replays, listed=2, per_county=1),
    )
    calls = []
    play = admission.play
    monkeypatch.setattr(replay.admission, "play", lambda *a, **k: calls.append(1) or play(*a, **k))
    _, made = tried(the_world.scenario, *ready(the_world))
    assert len(calls) == replays + 1 and len(made) == replays
    assert made.listed.sum() == min(2, replays)
    assert set(made.placed.tolist()) == {1}


def test_a_run_tells_it_and_is_otherwise_the_same():
    scenario = simulate.load.scenario(HOUSE / "scenarios" / "toy")
    told = simulate.simulate(scenario)
    silent = simulate.simulate(with_settings(scenario, one_more_class=OneMoreClass(replays=0)))
    assert len(silent.more_classes) == 0
    for name in ("admission", "classes", "indicators", "warnings", "fixes"):
        assert not differs(getattr(told, name), getattr(silent, name)), name
