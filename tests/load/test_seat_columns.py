"""A plan of seats that is lost with its heading stops the run; a plan that is blank does not."""

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest
from load_folders import REPOSITORY, rows_of, sound_copy

from simulator import load

TOY = REPOSITORY / "scenarios" / "toy"


def toy_with(folder: Path, headings: dict[str, str], *, without: tuple[str, ...] = ()) -> Path:
    """The toy with its schools as a workbook, some headings renamed and some columns taken away."""
    shutil.copytree(TOY, folder)
    written = (folder / "schools.csv").read_text(encoding="utf-8-sig")
    (folder / "schools.csv").unlink()
    rows = list(csv.reader(io.StringIO(written)))
    kept = [place for place, heading in enumerate(rows[0]) if heading not in without]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([headings.get(row[place], row[place]) for place in kept])
    book.save(folder / "schools.xlsx")
    return folder


def test_the_renamed_heading_of_the_plan_is_a_fault_that_names_the_right_one(tmp_path):
    faults, warnings = load.check(toy_with(tmp_path / "toy", {"计划招生班数": "计划班级"}))
    (fault,) = faults
    assert not [warning for warning in warnings if warning.column == "计划班级"], "said once, as a fault"
    assert (fault.code, fault.file, fault.column) == ("seat_heading_misnamed", "schools.xlsx", "计划班级")
    assert fault.details["count"] == 3
    assert "计划招生班数" in fault.details["accepted"]


def test_the_workbook_itself_is_sound(tmp_path):
    faults, _ = load.check(toy_with(tmp_path / "toy", {}))
    assert faults == []


def test_a_stage_that_no_column_plans_is_a_fault(tmp_path):
    faults, _ = load.check(toy_with(tmp_path / "toy", {}, without=("初中计划招生班数",)))
    assert [(fault.code, fault.row) for fault in faults] == [("no_seat_column", 4)]
    gone = ("计划招生班数", "小学计划招生班数", "初中计划招生班数")
    faults, _ = load.check(toy_with(tmp_path / "bare", {}, without=gone))
    assert {fault.code for fault in faults} == {"no_seat_column"}


def test_planned_seats_stand_in_for_classes(tmp_path):
    faults, _ = load.check(toy_with(tmp_path / "toy", {"初中计划招生班数": "初中计划招生数"}))
    assert faults == []


def test_a_blank_plan_is_no_fault(tmp_path):
    schools = rows_of("schools")
    for heading in ("计划招生班数", "小学计划招生班数", "初中计划招生班数"):
        for row in schools[1:]:
            row[schools[0].index(heading)] = ""
    faults, _ = load.check(sound_copy(tmp_path / "blank", schools=schools))
    assert faults == []


def test_a_heading_near_an_absent_plan_that_nobody_misses_only_warns(tmp_path):
    schools = rows_of("schools")
    schools = [[*row, "12" if place else "计划招生人"] for place, row in enumerate(schools)]
    scenario = load.scenario(sound_copy(tmp_path / "beside", schools=schools))
    assert scenario.warnings[0].code == "heading_misnamed"


@pytest.mark.parametrize("heading", ["所在经度", "经度"])
def test_a_misnamed_column_comes_before_all_other_warnings(tmp_path, heading):
    _, warnings = load.check(toy_with(tmp_path / "toy", {"班额": "标准的班额", "经度": heading}))
    codes = [warning.code for warning in warnings]
    misnamed = [code == "heading_misnamed" for code in codes]
    assert misnamed == sorted(misnamed, reverse=True) and misnamed[0] and not misnamed[-1]


@pytest.mark.parametrize(
    "folder",
    sorted(path.parent for path in (REPOSITORY / "scenarios").rglob("scenario.toml")),
    ids=lambda folder: folder.name,
)
def test_every_scenario_of_the_project_still_loads(folder):
    faults, warnings = load.check(folder)
    assert faults == []
    assert not {warning.code for warning in warnings} & set(load.FOREMOST)
