"""The table of last year's cut-offs: rounds by name or title, stages that follow, order of rows."""

from __future__ import annotations

import numpy as np
from load_folders import sound_copy

from simulator import load
from simulator.model import NO_DATE, UNPLACED

HEADING = ["批次", "学校代码", "学段", "末位顺位", "末位日期", "末位积分"]


def test_rows_are_read_and_sorted(tmp_path):
    rows = [
        HEADING,
        ["学区录取", "004", "初中", "2", "2019-08-31", "0"],
        ["zone", "002", "", "", "", ""],
        ["private", "005", "小学", "1", "", ""],
        ["Zone", "001", "小学", "3", "2018/1/2", "80.5"],
    ]
    known = load.scenario(sound_copy(tmp_path / "last", last_cutoffs=rows)).last_cutoffs
    assert known is not None
    assert known.round.tolist() == [0, 1, 1, 1]
    assert known.school.tolist() == [4, 0, 1, 3]
    assert known.stage.tolist() == [0, 0, 0, 1]
    assert known.tier.tolist() == [0, 2, UNPLACED, 1]
    assert known.date.tolist() == [NO_DATE, 17533, NO_DATE, 18139]
    assert known.points.tolist() == [UNPLACED, 8050, UNPLACED, 0]
    shuffled = [HEADING, rows[3], rows[1], rows[4], rows[2]]
    again = load.scenario(sound_copy(tmp_path / "again", last_cutoffs=shuffled)).last_cutoffs
    for name, column in vars(known).items():
        assert np.array_equal(column, getattr(again, name)), name


def test_a_round_that_is_not_played_is_left_out_and_an_unknown_one_refused(tmp_path):
    rows = [HEADING, ["zone", "001", "", "1", "", ""], ["private", "005", "小学", "1", "", ""]]
    folder = sound_copy(
        tmp_path / "rounds", '[variants.two]\nrounds = [{ name = "zone" }]\n', last_cutoffs=rows
    )
    scenario = load.scenario(folder, variant="two")
    assert scenario.last_cutoffs is not None and len(scenario.last_cutoffs) == 1
    (warning,) = [w for w in scenario.warnings if w.code == "rows_for_no_round"]
    assert (warning.file, warning.row) == ("last_cutoffs.csv", 3)
    rows.append(["zones", "001", "", "2", "", ""])
    (fault,) = load.check(sound_copy(tmp_path / "strange", last_cutoffs=rows))[0]
    assert (fault.code, fault.row, fault.details["suggestion"]) == ("unknown_round_cell", 4, "zone")


def test_faults(tmp_path):
    rows = [
        HEADING,
        ["zone", "", "", "1", "", ""],
        ["zone", "004", "", "1", "", ""],
        ["zone", "001", "初中", "1", "", ""],
        ["zone", "001", "小学", "0", "2019-02-30", ""],
        ["zone", "001", "", "1", "2027-01-01", ""],
    ]
    faults, _ = load.check(sound_copy(tmp_path / "faults", last_cutoffs=rows))
    found = {(fault.code, fault.row) for fault in faults}
    assert {("blank_cell", 2), ("stage_needed", 3), ("stage_not_served", 4), ("duplicate_row", 6)} <= found
    assert {row for _, row in found} == {2, 3, 4, 5, 6}
