"""The synthetic city: made again byte by byte, calibrated as its README says, believable when played."""

import csv
import importlib.util
import json
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from simulator import load
from simulator.model import (
    UNPLACED,
    Ownership,
    Placement,
    SchoolKind,
    SeatKind,
    Stage,
    Status,
)
from simulator.model.dictionary import FORBIDDEN, TABLES
from simulator.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "scenarios" / "meizhou"
WRITTEN = ("blocks", "schools", "zones", "feeders", "demand")
VARIANTS = (
    "by_order",
    "losers_behind",
    "private_after_zone",
    "least_greatest",
    "by_tier_far_counts_more",
)


def shared_facts():
    """Published figures, kept beside the repository; nothing of them is copied into it."""
    folder = Path(os.environ.get("XUEWEI_SHARED", ROOT.parent / "shared"))
    path = folder / "data" / "facts" / "facts.json"
    if not path.is_file():
        pytest.skip(f"no published figures at {path}")
    return json.loads(path.read_text(encoding="utf-8"))


def rows_of(table):
    with (FOLDER / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("make_meizhou", ROOT / "scenarios" / "make_meizhou.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def city():
    return load.scenario(FOLDER)


@pytest.fixture(scope="module")
def run(city):
    return simulate(city)


def test_the_generator_writes_the_same_bytes_again(generator, tmp_path):
    generator.make(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(WRITTEN)
    for table in WRITTEN:
        # A checkout may have turned line ends around; nothing else may differ.
        kept = (FOLDER / f"{table}.csv").read_bytes().replace(b"\r\n", b"\n")
        assert (tmp_path / f"{table}.csv").read_bytes() == kept, table


def test_tables_are_small_under_chinese_headings_and_hold_nothing_forbidden():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000
    for table in WRITTEN:
        raw = (FOLDER / f"{table}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        first = {column.headings[0] for column in TABLES[table]}
        headings = rows_of(table)[0].keys()
        assert set(headings) <= first
        words = [word for kind in FORBIDDEN.values() for word in kind]
        assert not [heading for heading in headings if any(word in heading for word in words)]


def test_it_loads_without_a_fault_and_so_do_its_variants(city):
    assert [fault.code for fault in city.warnings if fault.file] == []
    for variant in VARIANTS:
        other = load.scenario(FOLDER, variant=variant)
        assert other.policy != city.policy
        assert len(other.policy.rounds) == len(city.policy.rounds)


def test_counts_are_as_the_readme_says(city):
    demand, blocks, schools = city.demand, city.blocks, city.schools
    assert [int(demand.count[demand.stage == stage].sum()) for stage in Stage] == [50_000, 50_000]
    assert (len(blocks), int(blocks.village.sum()), len(city.counties), len(city.towns)) == (
        2400,
        1510,
        8,
        110,
    )
    kinds = Counter(SchoolKind(kind).name for kind in schools.kind)
    assert kinds == {
        "PRIMARY": 373, "TEACHING_POINT": 146, "JUNIOR": 124, "NINE_YEAR": 26,
        "COMPLETE_SECONDARY": 9, "TWELVE_YEAR": 5, "SPECIAL": 8,
    }  # fmt: skip
    assert int((~schools.public).sum()) == 29
    assert int((schools.ownership == Ownership.INCLUSIVE_PRIVATE).sum()) == 12
    cap = np.where(np.isin(schools.kind, [SchoolKind.NINE_YEAR, SchoolKind.TWELVE_YEAR]), 2500, 2000)
    assert int((schools.pupils.sum(axis=0) > cap).sum()) == 7
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for figure in ("691 所学校", "小学 373", "教学点 146", "1,510", "民办 29 所", "7 所学校已超过校额"):
        assert figure in readme, figure


def test_every_county_and_town_has_what_the_rules_ask_for(city):
    schools = city.schools
    junior = schools.serves(Stage.JUNIOR) & (schools.boarding_beds > 0) & schools.public
    for town, name in enumerate(city.towns):
        if name.endswith("镇"):
            assert (junior & (schools.town == town)).any(), f"no boarding school in {name}"
    for county in range(len(city.counties)):
        here = schools.county == county
        assert (here & (schools.kind == SchoolKind.SPECIAL)).sum() == 1
        assert len(set(schools.group[here & (schools.group != UNPLACED)])) == 2
        assert schools.special_class_seats[:, here].sum(axis=1).min() > 0
    for stage in Stage:
        assert city.zones.schools[stage].lengths.min() >= 1
    urban = {city.counties.index(name) for name in ("梅江区", "梅县区")}
    for stage in Stage:
        several = city.zones.schools[stage].lengths > 1
        assert set(city.blocks.county[several]) == urban


def test_it_is_calibrated_to_the_published_figures(city, generator):
    facts = shared_facts()
    residents = facts["meizhou"]["2022"]["county_resident_wan"]
    for county in generator.COUNTIES:
        assert county.residents == residents.get(county.name, 18.37)
    assert sum(county.residents for county in generator.COUNTIES) == pytest.approx(
        facts["meizhou"]["2022"]["resident_wan"]
    )
    share = np.bincount(city.blocks.county[city.demand.block], weights=city.demand.count) / 100_000
    for row, name in enumerate(city.counties):
        assert share[row] == pytest.approx(residents.get(name, 18.37) / 385.80, abs=0.001)
    nation = facts["primary_2024"]
    kinds = Counter(SchoolKind(kind) for kind in city.schools.kind)
    points = kinds[SchoolKind.TEACHING_POINT] / (kinds[SchoolKind.TEACHING_POINT] + kinds[SchoolKind.PRIMARY])
    assert points == pytest.approx(
        nation["teaching_points"] / (nation["teaching_points"] + nation["schools"]), abs=0.02
    )


def test_children_per_class_are_near_the_nation(run):
    nation = shared_facts()["primary_2024"]["derived_mean_class_size"]
    classes = run.classes.size[run.classes.stage == Stage.PRIMARY]
    assert classes.mean() == pytest.approx(nation, rel=0.06)
    assert run.classes.size.max() <= 55


def test_every_child_has_one_end_and_nearly_all_a_place(run):
    status = Counter(Status(value).name for value in run.admission.status)
    assert sum(status.values()) == len(run.students) == 100_000
    assert status["UNPLACED"] <= 100
    waiting = np.flatnonzero(run.admission.status == Status.UNPLACED)
    county = run.scenario.blocks.county[run.students.block[waiting]]
    assert set(county) <= {run.scenario.counties.index("梅江区")}  # the crowded district, if anywhere
    for name in (
        "TAUGHT_AT_HOME",
        "TO_BE_VERIFIED",
        "DEFERRED",
        "ENROLLED_ELSEWHERE",
        "DECLINED",
        "NOT_OF_AGE",
    ):
        assert 10 < status[name] < 600


def test_every_round_has_work_and_does_some(run):
    for record in run.admission.rounds:
        assert record.applied > 0 and record.admitted > 0, run.scenario.policy.rounds[record.round].name


def test_every_least_cost_round_is_proved(run):
    priced = [entry for entry in run.scenario.policy.rounds if entry.mechanism.startswith("least_")]
    assert len(priced) >= 3
    for record in run.admission.rounds:
        least_cost = run.scenario.policy.rounds[record.round] in priced
        assert record.certificate.get("optimal", False) == least_cost


def test_private_schools_are_wanted_twice_over(run):
    rounds = run.scenario.policy.round_index()
    record = next(r for r in run.admission.rounds if r.round == rounds["private"])
    assert 0.07 < record.applied / 100_000 < 0.12
    assert 1.5 < record.first_choice.sum() / record.seats.sum() < 2.5
    assert record.lottery.mean() > 0.7


def test_the_seats_are_short_in_the_middle_and_spare_outside(run):
    warnings, blocks = run.warnings, run.scenario.blocks
    for stage in Stage:
        level = warnings.level[warnings.block_zone[stage]]
        red_villages, red_towns = (level[blocks.village] == 2).mean(), (level[~blocks.village] == 2).mean()
        assert red_villages < 0.1 and red_towns > 0.2
    pools = np.isin(run.admission.seats.kind, [SeatKind.GENERAL, SeatKind.RESERVED, SeatKind.PURCHASED])
    assert 1.02 < run.admission.seats.seats[pools].sum() / 100_000 < 1.09


def test_migrant_children_and_children_with_disabilities_are_served(run):
    students, admission = run.students, run.admission
    eligible = students.yes("migrant") & students.yes("residence_permit") & (students.block != UNPLACED)
    public = run.scenario.schools.public[np.maximum(admission.school, 0)] & (
        admission.status == Status.PLACED
    )
    assert 0.85 < public[eligible].mean() < 0.99
    assert (admission.kind[eligible] == SeatKind.RESERVED).sum() > 500
    assert (admission.kind[eligible] == SeatKind.PURCHASED).sum() > 5
    disabled = students.placement != Placement.NONE
    served = np.isin(admission.status, [Status.PLACED, Status.PRIVATE, Status.TAUGHT_AT_HOME])
    assert served[disabled].mean() > 0.98
