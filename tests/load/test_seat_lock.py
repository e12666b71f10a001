"""One seat per home in so many years: whom a used home locks, against a plain reading of the rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_folders import SOUND, rows_of, sound_copy

from simulator import load
from simulator.load.seat_lock import UsedHomes, locked_homes
from simulator.load.table import Distinct
from simulator.model import UNPLACED
from simulator.model.roster_settings import SeatLock

HEADING = ["房屋编号", "入学年份", "学校代码", "学段"]
EXCLUDE = ['rounds.zone.exclude=["home_locked"]']


def with_homes(*homes: str):
    """The sound roster with a column of homes, in its order, the rest blank."""
    rows = rows_of("students")
    cells = ["房屋编号", *homes, *[""] * (len(rows) - 1 - len(homes))]
    return [[*row, cell] for row, cell in zip(rows, cells, strict=True)]


def locked(folder: Path, *overrides: str) -> list[str]:
    scenario = load.scenario(folder, overrides=overrides)
    assert scenario.students is not None
    return [str(c) for c in scenario.students.id[scenario.students.yes("home_locked")]]


# The sound county enters in 2025; 001 is a primary school, 003 a junior one, 004 and 005 have both stages.


@pytest.mark.parametrize(
    ("year", "school", "stage", "expected"),
    [
        (2020, "001", "小学", True),  # five years
        (2019, "001", "小学", False),  # six: the lock is over
        (2025, "001", "小学", True),  # earlier in this very year
        (2017, "004", "小学", True),  # eight years in a nine-year school
        (2016, "004", "小学", False),
        (2024, "003", "初中", False),  # a junior seat does not lock a primary entrant
        (2017, "004", "初中", True),  # but one of a nine-year school locks both stages
    ],
)
def test_years_and_stages_of_a_primary_entrant(tmp_path, year, school, stage, expected):
    folder = sound_copy(
        tmp_path / "lock", students=with_homes("H1"), used_homes=[HEADING, ["H1", str(year), school, stage]]
    )
    assert locked(folder) == (["S001"] if expected else [])


@pytest.mark.parametrize(
    ("used", "origin", "expected"),
    [
        (["H1", "2019", "004", "小学"], "004", False),  # its own seat of six years ago, in this very school
        (["H1", "2020", "004", "小学"], "004", False),  # the same where primary school has five grades
        (["H1", "2021", "004", "小学"], "004", True),  # another child's
        (["H1", "2019", "004", "小学"], "001", True),  # the child attended another school
        (["H1", "2023", "003", "初中"], "001", True),
        (["H1", "2022", "003", "初中"], "001", False),  # three years: over
        (
            ["H1", "2024", "001", "小学"],
            "001",
            False,
        ),  # a seat of an ordinary primary school locks juniors never
    ],
)
def test_a_junior_entrant_is_not_locked_by_its_own_seat(tmp_path, used, origin, expected):
    students = with_homes(*[""] * 10)
    junior = next(row for row in students if "初中" in row)
    junior[students[0].index("毕业小学代码")] = origin
    junior[-1] = "H1"
    folder = sound_copy(tmp_path / "own", students=students, used_homes=[HEADING, used])
    assert locked(folder) == ([junior[0]] if expected else [])


def test_each_number_of_years_is_a_setting(tmp_path):
    used = [HEADING, ["H1", "2020", "001", ""], ["H2", "2018", "004", "小学"]]
    folder = sound_copy(tmp_path / "years", students=with_homes("H1", "H2"), used_homes=used)
    assert locked(folder) == ["S001", "S002"]
    assert locked(folder, "seat_lock.primary_years=5") == ["S002"]
    assert locked(folder, "seat_lock.nine_year_years=7") == ["S001"]
    assert locked(folder, "seat_lock.primary_years=0", "seat_lock.nine_year_years=0") == []


def test_a_column_of_locked_homes_is_believed(tmp_path):
    students = with_homes("H1")
    students[0].append("学位已锁定")
    for place, row in enumerate(students[1:]):
        row.append("是" if place == 2 else "")
    folder = sound_copy(
        tmp_path / "given", students=students, used_homes=[HEADING, ["H1", "2024", "001", "小学"]]
    )
    assert locked(folder) == ["S003"]


def test_the_lock_is_told_to_be_off_for_want_of_data(tmp_path):
    def off(folder):
        faults, warnings = load.check(folder, overrides=EXCLUDE)
        assert faults == []
        return {w.code for w in warnings} & {"off_homes", "off_used_homes", "off_flag"}

    assert off(SOUND) == {"off_homes"}
    assert off(sound_copy(tmp_path / "homes", students=with_homes("H1"))) == {"off_used_homes"}
    used = [HEADING, ["H1", "2024", "001", "小学"]]
    assert off(sound_copy(tmp_path / "both", students=with_homes("H1"), used_homes=used)) == set()
    assert "off_homes" not in {w.code for w in load.check(SOUND)[1]}, "no round asks for it"


def test_no_noun_holds_the_homes(tmp_path):
    used = [HEADING, ["HOME-77", "2024", "001", "小学"]]
    scenario = load.scenario(sound_copy(tmp_path / "seen", students=with_homes("HOME-77"), used_homes=used))
    assert scenario.students is not None and scenario.students.yes("home_locked")[0]
    assert "HOME-77" not in repr(vars(scenario)) + scenario.students.to_pandas().to_csv()


def test_faults_of_used_homes(tmp_path):
    used = [
        HEADING,
        ["", "2020", "001", "小学"],
        ["H2", "", "001", "小学"],
        ["H3", "2020", "999", ""],
        ["H4", "2020", "004", ""],
        ["H5", "2020", "001", "初中"],
        ["H6", "2026", "001", ""],
    ]
    faults, _ = load.check(sound_copy(tmp_path / "faults", used_homes=used))
    assert [(f.code, f.row, f.column) for f in faults] == [
        ("blank_cell", 2, "房屋编号"),
        ("blank_cell", 3, "入学年份"),
        ("unknown_reference", 4, "学校代码"),
        ("stage_needed", 5, "学段"),
        ("stage_not_served", 6, "学校代码"),
        ("used_after_entry", 7, "入学年份"),
    ]


BOTH, PRIMARY, JUNIOR = 3, 0, 2
"""Rows of sound schools: 004 of both stages, 001 primary, 003 junior."""


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_against_a_plain_reading_of_the_rule(data):
    """Random homes, uses, siblings and primary schools attended; the rule said again, child by child."""
    scenario = load.scenario(SOUND)
    roster, schools = scenario.students, scenario.schools
    assert roster is not None
    rows = len(roster)
    lock = SeatLock(
        primary_years=data.draw(st.integers(0, 7)),
        junior_years=data.draw(st.integers(0, 4)),
        nine_year_years=data.draw(st.integers(0, 10)),
        siblings_exempt=data.draw(st.booleans()),
    )
    some = st.lists(st.sampled_from([UNPLACED, PRIMARY, BOTH]), min_size=rows, max_size=rows)
    sibling, origin = (np.array(data.draw(some), dtype=np.int32) for _ in range(2))
    students = replace(roster, sibling_school=sibling, origin_school=origin)
    homes = data.draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))  # 0: not given
    use = st.tuples(st.integers(1, 4), st.integers(2013, 2025), st.sampled_from([PRIMARY, JUNIOR, BOTH]))
    uses = [
        (h, y, s, data.draw(st.integers(0, 1)) if s == BOTH else s // 2)
        for h, y, s in data.draw(st.lists(use))
    ]
    columns = np.array(uses, dtype=np.int64).reshape(-1, 4).T
    used = UsedHomes(columns[0], ("", "h1", "h2", "h3", "h4"), columns[1], columns[2], columns[3])
    distinct = Distinct(np.array(homes, dtype=np.int32), pa.array(["", "h1", "h2", "h3"]))
    policy = replace(scenario.policy, seat_lock=lock)
    answer = locked_homes(students, distinct, used, policy, schools)

    for child in range(rows):
        expected = False
        for home, year, school, stage in uses:
            if home != homes[child]:
                continue
            age = scenario.policy.year - year
            if school == BOTH:
                locks = age < lock.nine_year_years
            else:
                locks = (
                    stage == students.stage[child] and age < (lock.primary_years, lock.junior_years)[stage]
                )
            own = students.stage[child] == 1 and stage == 0 and origin[child] == school and age in (5, 6)
            sister = lock.siblings_exempt and sibling[child] == school
            expected |= bool(locks and not own and not sister)
        assert answer[child] == expected
