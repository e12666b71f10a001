"""A play with a memory of another one with other seats gives what it gives without, to the last number."""

from dataclasses import fields, is_dataclass, replace
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import admission, population, transport
from simulator import travel as travelling
from simulator.admission.applying import alike_in_full, alike_labels
from simulator.admission.memory import Memory, Numbers
from tests.admission.small import a_round, block, child, school, world
from tests.admission.test_properties import worlds


def differs(one, other, name="answer"):
    """The first place where two answers are not the same, "" if they are."""
    if isinstance(one, np.ndarray):
        nan = one.dtype.kind == "f"
        return "" if one.dtype == other.dtype and np.array_equal(one, other, equal_nan=nan) else name
    if is_dataclass(one):
        one, other = ({f.name: getattr(of, f.name) for f in fields(of)} for of in (one, other))
    if isinstance(one, dict):
        parts = [(key, one[key], other[key]) for key in one] if one.keys() == other.keys() else None
    elif isinstance(one, tuple | list):
        parts = list(zip(range(len(one)), one, other, strict=True)) if len(one) == len(other) else None
    else:
        return "" if one == other else name
    if parts is None:
        return name
    return next((found for key, a, b in parts if (found := differs(a, b, f"{name}.{key}"))), "")


def ready(the_world):
    travel = travelling.measure(the_world.scenario)
    return the_world.students, population.make_wishes(the_world.scenario, the_world.students, travel), travel


def with_more(scenario, stage, at, classes, seats):
    """The scenario with more classes and planned seats at one school."""
    columns = {}
    for name, more in (("classes", classes), ("planned_seats", seats)):
        column = getattr(scenario.schools, name).copy()
        column[stage, at] += more
        columns[name] = np.maximum(column, -1 if name == "planned_seats" else 0)
    return replace(scenario, schools=replace(scenario.schools, **columns))


@settings(max_examples=25, deadline=None)
@given(
    worlds(),
    st.lists(st.tuples(*[st.integers(0, 10)] * 2, st.integers(-2, 2), st.integers(-3, 3)), max_size=3),
)
def test_a_memory_changes_nothing(parts, changes):
    the_world = world(**parts)
    year, memory = ready(the_world), Memory()
    first = admission.play(the_world.scenario, *year, memory=memory)
    assert not differs(first, admission.play(the_world.scenario, *year))
    assert not differs(first, admission.play(the_world.scenario, *year, memory=memory))
    for stage, at, classes, seats in changes:
        other = with_more(the_world.scenario, stage % 2, at % len(parts["schools"]), classes, seats)
        assert not differs(admission.play(other, *year), admission.play(other, *year, memory=memory)), (
            "with the memory of the first play"
        )
    assert not differs(first, admission.play(the_world.scenario, *year, memory=memory)), "left as it was"


@settings(max_examples=25, deadline=None)
@given(worlds(), st.lists(st.integers(-1, 3), min_size=1, max_size=4))
def test_a_memory_changes_nothing_about_other_draws(parts, seeds):
    """One memory for many lotteries, and rival memories with the same numbers: every play as if alone."""
    the_world = world(**parts)
    numbers = Numbers()
    year, memory, rival = ready(the_world), Memory(numbers), Memory(numbers)
    for seed in seeds:
        policy = replace(the_world.scenario.policy, lottery_seed=seed)
        drawn = replace(the_world.scenario, policy=policy)
        alone = admission.play(drawn, *year)
        assert not differs(alone, admission.play(drawn, *year, memory=memory))
        assert not differs(alone, admission.play(drawn, *year, memory=rival))


def test_numbers_of_one_draw_are_hashed_once_for_all_variants(monkeypatch):
    drawing = import_module("simulator.lottery.draw")
    hashed = []
    hash_all = drawing._numbers
    monkeypatch.setattr(
        drawing, "_numbers", lambda prefix, keys: hashed.append(len(keys)) or hash_all(prefix, keys)
    )
    the_world = two_zones()
    year, numbers = ready(the_world), Numbers()
    for memory in (Memory(numbers), Memory(numbers)):
        admission.play(the_world.scenario, *year, memory=memory)
        hashed.append("next")
    first, second = hashed[: hashed.index("next")], hashed[hashed.index("next") + 1 : -1]
    assert sum(first) > 0 == sum(second)


def two_zones(**policy):
    return world(
        schools=[school("A", seats=1), school("B", at=1, seats=1)],
        blocks=[block("a"), block("b", at=1)],
        children=[child(f"c{i}", "a" if i < 2 else "b", household=True) for i in range(4)],
        rounds=[a_round(rank=["draw"]), a_round("near", reach=["county"], mechanism="least_total")],
        zones={("a", "primary"): ["A"], ("b", "primary"): ["B"]},
        **policy,
    )


def test_what_is_the_same_is_not_worked_out_again(monkeypatch):
    """The zone round is made ready once, and answered again only where its own seats are others."""
    player = import_module("simulator.admission.play")
    the_world = two_zones()
    year, memory = ready(the_world), Memory()
    made, answered = [], []
    prepare, mechanism = player.prepare, player.mechanisms.MECHANISMS["priority"]
    monkeypatch.setattr(player, "prepare", lambda *args: made.append(args[1]) or prepare(*args))
    monkeypatch.setitem(
        player.mechanisms.MECHANISMS,
        "priority",
        lambda *args, **how: answered.append(1) or mechanism(*args, **how),
    )
    first = admission.play(the_world.scenario, *year, memory=memory)
    assert (made, len(answered)) == ([0, 1], 1)
    again = admission.play(the_world.scenario, *year, memory=memory)
    assert (made, len(answered)) == ([0, 1], 1)
    assert not differs(first, again)
    more = admission.play(with_more(the_world.scenario, 0, 0, 0, 1), *year, memory=memory)
    assert (made, len(answered)) == ([0, 1, 1], 2)
    assert int((more.school >= 0).sum()) == int((first.school >= 0).sum()) + 1


def test_a_memory_of_another_year_is_refused():
    the_world = two_zones()
    year, memory = ready(the_world), Memory()
    admission.play(the_world.scenario, *year, memory=memory)
    moved = replace(the_world.scenario.schools, cap=the_world.scenario.schools.cap + 5)
    for other in (two_zones(seed=2).scenario, replace(the_world.scenario, schools=moved)):
        with pytest.raises(ValueError, match="another year"):
            admission.play(other, *year, memory=memory)
    with pytest.raises(ValueError, match="another year"):
        admission.play(the_world.scenario, *ready(two_zones()), memory=memory)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.lists(st.tuples(*[st.integers(0, 2)] * 2), min_size=1))))
def test_alike_are_those_with_the_same_list(applicants):
    arcs = [arc for _, listed in applicants for arc in listed]
    offsets = np.concatenate(([0], np.cumsum([len(listed) for _, listed in applicants]))).astype(np.int64)
    node, cost = (np.array([arc[k] for arc in arcs], dtype=np.int64) for k in (0, 1))
    columns = (offsets, node, cost, np.array([tier for tier, _ in applicants], dtype=np.int64))
    assert alike_labels(*columns).tolist() == alike_in_full(*columns).tolist()


def test_two_lists_of_one_number_are_told_apart(monkeypatch):
    from simulator.admission import applying

    monkeypatch.setattr(applying, "MIX", np.zeros(3, dtype=np.uint64))
    columns = [np.array(column) for column in ([0, 1, 2, 3], [5, 6, 5], [1, 1, 1], [0, 0, 0])]
    assert alike_labels(*columns).tolist() == [0, 1, 0]


def test_a_twin_follows_where_the_other_now_is():
    """With a second seat at A, x gets in, and y, who entered the next round before as well, may follow."""
    the_world = world(
        schools=[school("A", seats=1)],
        blocks=[block("a"), block("b", at=1)],
        children=[
            child("w", "a", household=True, home=True),
            child("x", "a", household=True, twins="xy"),
            child("y", "b", migrant=True, twins="xy"),
        ],
        rounds=[
            a_round("zone", who=["household"], tiers=[["home"]], rank=["tier"]),
            a_round("follow", reach=["twin"]),
        ],
        zones={("a", "primary"): ["A"]},
    )
    year, memory = ready(the_world), Memory()
    admission.play(the_world.scenario, *year, memory=memory)
    more = with_more(the_world.scenario, 0, 0, 0, 2)
    answer = admission.play(more, *year, memory=memory)
    assert not differs(admission.play(more, *year), answer)
    assert answer.school.tolist() == [0, 0, 0]


def test_a_later_draw_begins_at_the_prices_of_the_first(monkeypatch):
    player = import_module("simulator.admission.play")
    near, least_total = [], player.mechanisms.PRICED["least_total"]
    monkeypatch.setitem(
        player.mechanisms.PRICED,
        "least_total",
        lambda *args, **options: near.append(options["near"]) or least_total(*args, **options),
    )
    the_world = two_zones()
    year, memory = ready(the_world), Memory()
    first = admission.play(the_world.scenario, *year, memory=memory)
    admission.play(with_more(the_world.scenario, 0, 0, 0, 1), *year, memory=memory)
    assert len(near) == 1, "the first play has nothing to begin at"
    prices = transport.split_price(near[0], first.rounds[1].certificate["unplaced_base"])[0]
    assert np.array_equal(
        prices[prices > 0], first.rounds[1].price_children[first.rounds[1].price_children > 0]
    )
    assert prices.any()
