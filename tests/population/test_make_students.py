"""The made roster: counts conserved, every child a function of itself, shares and dates as asked."""

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from population_city import CATEGORIES, city, table_of

from simulator.model import NO_DATE, UNPLACED, Placement, SchoolKind, Stage
from simulator.population import make_students

BIG = [(block, stage, name, 60) for block in range(40) for stage in (0, 1) for name in CATEGORIES]
SOME = {
    "twin_percent": 6.0,
    "under_age_percent": 2.0,
    "deferred_percent": 3.0,
    "unknown_address_percent": 1.0,
}

rows = st.tuples(
    st.integers(0, 39), st.sampled_from([0, 1]), st.sampled_from(sorted(CATEGORIES)), st.integers(0, 9)
)


def day(text):
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


@settings(max_examples=25, deadline=None)
@given(demand=st.lists(rows, max_size=30))
def test_counts_are_conserved(demand):
    scenario = city(demand)
    students = make_students(scenario)
    wanted, ids = Counter(), students.id.tolist()
    for block, stage, _, count in demand:
        wanted[block, stage] += count
    made = Counter(zip(students.block.tolist(), students.stage.tolist(), strict=True))
    assert made == +wanted
    assert len(set(ids)) == len(ids)


@settings(max_examples=25, deadline=None)
@given(demand=st.lists(rows, max_size=20), more=st.lists(rows, max_size=6))
def test_children_of_other_blocks_never_change(demand, more):
    before = table_of(scenario := city(demand, **SOME), make_students(scenario))
    after = table_of(scenario := city(demand + more, **SOME), make_students(scenario))
    touched = {f"B{block:03d}" for block, *_ in more}
    for student, child in before.items():
        if student.split("-")[1] not in touched:
            assert after[student] == child
        else:  # its own block grew: the child may at most have gained a twin
            assert {**after[student], "twins": 0} == {**child, "twins": 0}


def test_a_new_block_changes_nobody_but_who_returns_to_it():
    demand = [row for row in BIG if row[0] < 10]
    before = table_of(scenario := city(demand, blocks=20), make_students(scenario))
    after = table_of(scenario := city(demand, blocks=21), make_students(scenario))
    assert before.keys() == after.keys()
    changed = [student for student in before if before[student] != after[student]]
    assert all(after[student]["household_block"] == "B020" for student in changed)
    assert len(changed) < len(before) / 40


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_row_order_of_the_tables_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    demand = BIG[:80:3]
    plain = city(demand, **SOME)
    mixed = city(
        demand,
        block_order=rng.permutation(40),
        school_order=rng.permutation(20),
        demand_order=rng.permutation(len(demand)),
        **SOME,
    )
    assert table_of(plain, make_students(plain)) == table_of(mixed, make_students(mixed))


def test_same_seed_same_children_and_another_seed_other_ones():
    scenario = city(BIG)
    one, again = make_students(scenario), make_students(scenario)
    other = make_students(city(BIG, seed=8))
    assert table_of(scenario, one) == table_of(scenario, again)
    assert one.id.tolist() == other.id.tolist()
    assert not np.array_equal(one.birth_date, other.birth_date)
    assert not np.array_equal(one.flags["home"], other.flags["home"])


def of(students, category):
    """Rows of a category: BIG has the same count of each, sorted by name within (stage, block)."""
    return np.flatnonzero((np.arange(len(students)) // 60) % 4 == sorted(CATEGORIES).index(category))


def near(share, wanted, count):
    """Within four standard deviations of a binomial share."""
    return abs(share - wanted) < 4 * np.sqrt(wanted * (1 - wanted) / count) + 1e-9


def test_shares_are_near_the_settings():
    students = make_students(city(BIG))
    local, migrant, disabled = (of(students, name) for name in ("local", "migrant", "disabled"))
    assert students.flags["household"][local].all() and not students.flags["migrant"][local].any()
    assert near(students.flags["home"][local].mean(), 0.7, len(local))
    assert near(students.flags["artist"][local].mean(), 0.4, len(local))
    assert near((students.sibling_school[local] != UNPLACED).mean(), 0.3, len(local))
    assert near(students.flags["residence_permit"][migrant].mean(), 0.6, len(migrant))
    for kind, share in zip(list(Placement)[1:], (0.5, 0.1, 0.3, 0.1), strict=True):
        assert near((students.placement[disabled] == kind).mean(), share, len(disabled))
    assert abs(students.points[migrant].mean() / 100 - 80) < 1
    assert abs(students.points[migrant].std() / 100 - 15) < 1
    assert not students.points[local].any()
    assert len(students.extra["months"]) == len(students)
    # Purposes are independent: knowing one yes/no column tells nothing about another.
    both = (students.flags["home"] & students.flags["artist"])[local].mean()
    assert near(both, 0.28, len(local))


def test_dates_lie_in_the_year_of_eligibility_inclusive():
    students = make_students(city(BIG))
    for stage, first, last in (
        (Stage.PRIMARY, "2019-09-01", "2020-08-31"),
        (Stage.JUNIOR, "2013-09-01", "2014-08-31"),
    ):
        birth = students.birth_date[students.stage == stage]
        assert birth.min() == day(first) and birth.max() == day(last)
        months = np.histogram(birth, bins=12)[0]
        assert months.min() > 0.8 * months.max()
    local, migrant = of(students, "local"), of(students, "migrant")
    settled = students.settled_on[local]
    assert settled.max() <= day("2026-08-31") and day("2018-08-31") <= settled.min() < day("2018-12-31")
    assert (students.settled_on[migrant] == NO_DATE).all()
    assert np.array_equal(students.permit_on != NO_DATE, students.flags["residence_permit"])


def test_statuses_before_round_one_have_their_shares():
    students = make_students(city(BIG, **SOME))
    primary = students.stage == Stage.PRIMARY
    under = students.birth_date > day("2020-08-31")
    assert not (under & ~primary).any() and not (under & students.deferral).any()
    assert near(under[primary].mean(), 0.02, primary.sum())
    assert near(students.deferral[primary].mean(), 0.03 * 0.98, primary.sum())
    assert not students.deferral[~primary].any()
    assert near((students.block == UNPLACED).mean(), 0.01, len(students))


def test_twins_are_pairs_alike_in_everything():
    scenario = city(BIG, **SOME)
    students = make_students(scenario)
    twins = students.twin_group != UNPLACED
    assert near(twins.mean(), 0.06, len(students) / 2)
    sizes = np.unique(students.twin_group[twins], return_counts=True)[1]
    assert (sizes == 2).all()
    table = table_of(scenario, students)
    order = np.argsort(students.twin_group[twins], kind="stable")
    ids = students.id[twins][order]
    for one, other in zip(ids[::2], ids[1::2], strict=True):
        assert table[one] == table[other]


def test_schools_and_blocks_fit_the_child():
    scenario = city(BIG, other_primary_percent=25.0)
    students = make_students(scenario)
    schools, zones = scenario.schools, scenario.zones
    for row in np.flatnonzero(students.sibling_school != UNPLACED):
        assert students.sibling_school[row] in zones.schools[students.stage[row]][students.block[row]]
    returning = students.flags["returning"]
    home, away = students.block, students.household_block
    assert np.array_equal(
        away[~returning & ~students.flags["migrant"]], home[~returning & ~students.flags["migrant"]]
    )
    assert (away[students.flags["migrant"]] == UNPLACED).all()
    assert (away[returning] != home[returning]).all()
    town = scenario.blocks.town
    assert np.array_equal(town[away[returning]], town[home[returning]])
    junior = students.stage == Stage.JUNIOR
    origin = students.origin_school
    assert (origin[~junior] == UNPLACED).all() and (origin[junior] != UNPLACED).all()
    assert (schools.kind[origin[junior]] != SchoolKind.TEACHING_POINT).all()
    primary_zone = zones.schools[Stage.PRIMARY]
    inside = np.array([origin[row] in primary_zone[home[row]] for row in np.flatnonzero(junior)])
    whole = np.isin(schools.kind, [SchoolKind.PRIMARY, SchoolKind.NINE_YEAR])
    has = np.array([whole[primary_zone[home[row]]].any() for row in np.flatnonzero(junior)])
    assert not inside[~has].any()
    assert 0.75 - 0.03 < inside[has].mean() < 0.95  # of the 25 % who go elsewhere some come back by chance


def test_ids_tell_stage_year_and_block_but_no_category():
    students = make_students(city([(3, 0, "local", 1), (3, 0, "disabled", 1), (3, 1, "migrant", 1)]))
    heads = [student.rsplit("-", 1)[0] for student in students.id]
    assert heads == ["P26-B003", "P26-B003", "J26-B003"]
    assert not any(name in student for student in students.id for name in CATEGORIES)


def test_a_leap_day_and_no_demand():
    scenario = city([(0, 0, "local", 500)])
    leap = replace(
        scenario, policy=replace(scenario.policy, age=replace(scenario.policy.age, cutoff="02-29"))
    )
    assert make_students(leap).birth_date.max() <= day("2020-02-29")
    assert len(make_students(city([]))) == 0
    with pytest.raises(ValueError, match="neither"):
        make_students(replace(scenario, demand=None))
    roster = make_students(scenario)
    assert make_students(replace(scenario, students=roster)) is roster


def test_those_who_return_find_a_block_in_the_county_where_the_town_has_no_other():
    scenario = city([(block, 0, "returning", 30) for block in range(4)], blocks=4)
    town = np.array([0, 0, 1, 2], dtype=np.int32)
    scenario = replace(scenario, blocks=replace(scenario.blocks, town=town))
    students = make_students(scenario)
    away = {block: set(students.household_block[students.block == block].tolist()) for block in range(4)}
    assert (away[0], away[1]) == ({1}, {0})
    assert away[2] == {0, 1, 3} and away[3] == {0, 1, 2}
    alone = city([(0, 0, "returning", 5)], blocks=1)
    assert make_students(alone).household_block.tolist() == [0] * 5
