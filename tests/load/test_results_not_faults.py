"""More children than seats, no seats at all, a child without a block: the run goes on and says so."""

from __future__ import annotations

import numpy as np
from load_folders import changed, rows_of, sound_copy

from simulator import load
from simulator.model import UNPLACED


def test_a_child_whose_block_is_blank_or_unknown_stays_counted(tmp_path):
    students = changed("students", 2, "居住小区代码", "某处99号")
    folder = sound_copy(tmp_path / "addresses", students=students)
    scenario = load.scenario(folder)
    assert len(scenario.students) == 10
    assert scenario.students.block[0] == UNPLACED and scenario.students.block[9] == UNPLACED
    counts = {fault.code: fault.details["count"] for fault in scenario.warnings if "count" in fault.details}
    assert counts == {"block_unknown": 1, "block_blank": 1}


def test_no_seats_anywhere_is_a_warning(tmp_path):
    schools = rows_of("schools")
    for heading in ("计划招生班数", "小学计划招生班数", "初中计划招生班数"):
        place = schools[0].index(heading)
        for row in schools[1:]:
            row[place] = "0" if row[place] else ""
    scenario = load.scenario(sound_copy(tmp_path / "seatless", schools=schools))
    assert not scenario.schools.classes.any()
    assert "no_seats_planned" in {fault.code for fault in scenario.warnings}


def test_far_more_children_than_seats(tmp_path):
    students = rows_of("students")
    students += [[f"T{i:04d}", "某某", "小学", "B01", *[""] * 9] for i in range(5000)]
    scenario = load.scenario(sound_copy(tmp_path / "crowd", students=students))
    assert len(scenario.students) == 5010


def test_a_block_named_by_two_blocks_is_not_guessed(tmp_path):
    blocks = changed("blocks", 3, "小区名称", "金山小区")
    students = changed("students", 2, "居住小区代码", "金山小区")
    scenario = load.scenario(sound_copy(tmp_path / "names", blocks=blocks, students=students))
    assert scenario.students.block[0] == UNPLACED


def test_wishes_beyond_the_limit_warn_only(tmp_path):
    applications = [*rows_of("applications"), ["S001", "private", "9", "004"]]
    scenario = load.scenario(sound_copy(tmp_path / "many", applications=applications))
    assert "wishes_beyond_limit" in {fault.code for fault in scenario.warnings}
    assert np.array_equal(scenario.wishes.position[:2], [1, 9])


def test_twins_with_unlike_wishes_are_named_both(tmp_path):
    """S002 and S003 are twins: one list for both is silent, two warn at the second child's first wish."""
    alike = [*rows_of("applications"), ["S003", "private", "1", "004"], ["S002", "private", "1", "004"]]
    unlike = [["S003", "private", "2", "005"], *alike[1:]]
    told = {"twins_wishes_differ"}
    quiet = load.scenario(sound_copy(tmp_path / "alike", applications=alike))
    assert told.isdisjoint(fault.code for fault in quiet.warnings)
    folder = sound_copy(tmp_path / "unlike", applications=[alike[0], *unlike])
    (warning,) = [fault for fault in load.scenario(folder).warnings if fault.code in told]
    assert (warning.file, warning.row, warning.value) == ("applications.csv", 5, "S003")
    assert warning.details["other"] == "S002" and warning.details["round"] == "private"
    apart = sound_copy(tmp_path / "apart", "[twins]\ntogether = false\n", applications=[alike[0], *unlike])
    assert told.isdisjoint(fault.code for fault in load.scenario(apart).warnings)
