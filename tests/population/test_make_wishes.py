"""Made wishes: only admissible schools, the wished share, the best by utility, given wishes kept."""

from dataclasses import replace

import numpy as np
import pytest
from population_city import CATEGORIES, city, travel_of, with_preferences

from simulator.model import NO_METRES, UNPLACED, Ownership, Round, SchoolKind, Stage, Wishes
from simulator.population import make_students, make_wishes

DEMAND = [(block, stage, name, 20) for block in range(40) for stage in (0, 1) for name in CATEGORIES]


def setting(**changes):
    return {"round": "private", "apply_percent": 30.0, "choices": 2, "radius_metres": 40_000} | changes


def made(scenario):
    students = make_students(scenario)
    return students, make_wishes(scenario, students, travel_of(scenario))


def by_id(scenario, students, wishes):
    columns = (
        students.id[wishes.student],
        wishes.round,
        wishes.position,
        scenario.schools.id[wishes.school],
    )
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def test_only_admissible_schools_sorted_and_without_repeats():
    scenario = with_preferences(city(DEMAND, twin_percent=5), setting())
    students, wishes = made(scenario)
    schools, blocks = scenario.schools, scenario.blocks
    block, stage = students.block[wishes.student], students.stage[wishes.student]
    assert len(wishes) and (schools.ownership[wishes.school] == Ownership.PRIVATE).all()
    assert all(schools.serves(Stage(s))[school] for s, school in zip(stage, wishes.school, strict=True))
    assert np.array_equal(schools.approval_county[wishes.school], blocks.county[block])
    metres = 100_000 * np.abs(blocks.longitude[block] - schools.longitude[wishes.school])
    assert metres.max() <= 40_000.5
    rows = list(zip(wishes.student, wishes.round, wishes.position, strict=True))
    assert rows == sorted(set(rows)) and wishes.position.max() == 2
    assert len(set(zip(wishes.student, wishes.school, strict=True))) == len(wishes)


def test_the_share_that_applies_is_the_setting():
    # Every primary entrant has a private school in reach here; the only private kind is primary.
    scenario = with_preferences(city(DEMAND), setting(radius_metres=10**6))
    students, wishes = made(scenario)
    primary = students.stage == Stage.PRIMARY
    share = len(np.unique(wishes.student)) / primary.sum()
    assert abs(share - 0.3) < 4 * np.sqrt(0.3 * 0.7 / primary.sum())
    assert primary[wishes.student].all()


def test_without_quality_and_noise_the_nearest_is_listed():
    scenario = with_preferences(city(DEMAND), setting(quality_weight=0.0, noise=0.0, radius_metres=10**6))
    students, wishes = made(scenario)
    schools, blocks = scenario.schools, scenario.blocks
    private = (schools.ownership == Ownership.PRIVATE) & schools.serves(Stage.PRIMARY)
    for student, position, school in zip(wishes.student, wishes.position, wishes.school, strict=True):
        block = students.block[student]
        rivals = np.flatnonzero(private & (schools.approval_county == blocks.county[block]))
        metres = np.rint(100_000 * np.abs(blocks.longitude[block] - schools.longitude[rivals]))
        assert rivals[np.argsort(metres, kind="stable")[position - 1]] == school


def test_without_metres_and_noise_all_list_the_same_best_school_of_their_county():
    scenario = with_preferences(
        city(DEMAND), setting(metres_weight=0.0, noise=0.0, choices=1, radius_metres=10**6)
    )
    students, wishes = made(scenario)
    county = scenario.blocks.county[students.block[wishes.student]]
    assert [len(np.unique(wishes.school[county == c])) for c in (0, 1)] == [1, 1]


def test_noise_spreads_and_distance_draws_near():
    def mean_metres(weight):
        scenario = with_preferences(
            city(DEMAND), setting(metres_weight=weight, choices=1, radius_metres=10**6)
        )
        students, wishes = made(scenario)
        block = students.block[wishes.student]
        return np.abs(scenario.blocks.longitude[block] - scenario.schools.longitude[wishes.school]).mean()

    assert mean_metres(5.0) < mean_metres(0.3) < mean_metres(0.0)


def test_given_wishes_stay_and_bar_only_their_own_round():
    rounds = [
        Round(name="private", applied=True, reach=["choices"], ownership=["private"]),
        Round(name="open", applied=True, reach=["choices"], kinds=["primary"]),
    ]
    settings = setting(apply_percent=100.0), setting(round="open", apply_percent=100.0)
    scenario = with_preferences(city(DEMAND), *settings, rounds=rounds)
    students = make_students(scenario)
    primary = np.flatnonzero(students.stage == Stage.PRIMARY)[:50].astype(np.int32)
    given = Wishes(primary, np.zeros(50, np.int16), np.ones(50, np.int16), np.full(50, 19, np.int32))
    wishes = make_wishes(replace(scenario, wishes=given), students, travel_of(scenario))
    own = np.isin(wishes.student, primary)
    assert wishes.school[own & (wishes.round == 0)].tolist() == [19] * 50
    assert set(wishes.student[wishes.round == 1]) >= set(primary)
    rows = list(zip(wishes.student, wishes.round, wishes.position, strict=True))
    assert rows == sorted(set(rows))
    without = make_wishes(scenario, students, travel_of(scenario))
    rest = ~np.isin(without.student, primary)
    assert np.array_equal(without.school[rest], wishes.school[~own])


def test_children_the_round_keeps_out_do_not_apply():
    rounds = [Round(name="private", needs=["household"], exclude=["home"], who=["local", "migrant"],
                    reach=["choices"], ownership=["private"])]  # fmt: skip
    scenario = with_preferences(city(DEMAND), setting(apply_percent=100.0), rounds=rounds)
    students, wishes = made(scenario)
    assert students.flags["household"][wishes.student].all()
    assert not students.flags["home"][wishes.student].any()


def test_special_schools_and_teaching_points_only_where_named_and_none_without_seats():
    rounds = [Round(name="private", reach=["choices"], ownership=["public"])]
    scenario = city(DEMAND)
    schools = scenario.schools
    shut = np.flatnonzero(schools.kind == SchoolKind.PRIMARY)[:2]
    classes, planned = schools.classes.copy(), schools.planned_seats.copy()
    classes[:, shut[0]] = 0
    planned[:, shut[1]] = 0
    scenario = replace(scenario, schools=replace(schools, classes=classes, planned_seats=planned))
    wide = setting(apply_percent=100.0, choices=20, radius_metres=10**6)
    _, wishes = made(with_preferences(scenario, wide, rounds=rounds))
    kinds = schools.kind[wishes.school]
    assert len(wishes) and not (kinds == SchoolKind.TEACHING_POINT).any()
    assert not np.isin(wishes.school, shut).any()
    named = [replace(rounds[0], kinds=["teaching_point"])]
    _, wishes = made(with_preferences(scenario, wide, rounds=named))
    assert (schools.kind[wishes.school] == SchoolKind.TEACHING_POINT).all() and len(wishes)


def test_twins_list_the_same_and_unknown_addresses_list_nothing():
    scenario = with_preferences(city(DEMAND, twin_percent=10, unknown_address_percent=10), setting())
    students, wishes = made(scenario)
    lists = {}
    for student, school in zip(wishes.student, wishes.school, strict=True):
        lists.setdefault(student, []).append(school)
    twins = np.flatnonzero(students.twin_group != UNPLACED)
    pairs = twins[np.argsort(students.twin_group[twins], kind="stable")].reshape(-1, 2)
    assert [lists.get(one) for one, _ in pairs] == [lists.get(other) for _, other in pairs]
    assert any(one in lists for one, _ in pairs)
    assert (students.block[wishes.student] != UNPLACED).all()


def test_row_order_and_other_blocks_do_not_matter():
    rng = np.random.default_rng(3)
    plain = with_preferences(city(DEMAND[::3]), setting())
    mixed = with_preferences(
        city(DEMAND[::3], block_order=rng.permutation(40), school_order=rng.permutation(20)), setting()
    )
    grown = with_preferences(city([*DEMAND[::3], (39, 0, "local", 50)]), setting())
    wishes = by_id(plain, *made(plain))
    assert wishes == by_id(mixed, *made(mixed))
    later = by_id(grown, *made(grown))
    assert [w for w in wishes if "B039" not in w[0]] == [w for w in later if "B039" not in w[0]]


def test_metres_that_are_not_available_neither_count_nor_exclude():
    scenario = with_preferences(city(DEMAND), setting(radius_metres=1, choices=20))
    students = make_students(scenario)
    travel = travel_of(scenario)
    assert len(make_wishes(scenario, students, travel).student) < 150  # only blocks beside a school
    blind = replace(
        travel,
        arcs=tuple(replace(arcs, metres=np.full_like(arcs.metres, NO_METRES)) for arcs in travel.arcs),
    )
    assert len(make_wishes(scenario, students, blind).student) > 500


def test_no_preferences_no_wishes():
    scenario = city(DEMAND)
    assert len(made(scenario)[1]) == 0


@pytest.mark.parametrize("percent", [0.0, 100.0])
def test_nobody_and_everybody(percent):
    scenario = with_preferences(city(DEMAND), setting(apply_percent=percent, radius_metres=10**6))
    students, wishes = made(scenario)
    expected = (students.stage == Stage.PRIMARY).sum() if percent else 0
    assert len(np.unique(wishes.student)) == expected
