"""A school of both stages may give one total of its pupils and leavers: the cap is joint."""

from __future__ import annotations

import pytest
from load_folders import rows_of, sound_copy

from simulator import load

NINE_YEAR = 3


def schools(**cells: str):
    """The sound schools with cells of the nine-year school changed."""
    rows = rows_of("schools")
    for heading, value in cells.items():
        rows[NINE_YEAR + 1][rows[0].index(heading)] = value
    return rows


@pytest.mark.parametrize(
    ("total", "primary", "junior", "expected"),
    [
        ("450", "", "", [450, 0]),
        ("450", "300", "", [300, 150]),
        ("450", "", "150", [300, 150]),
        ("450", "300", "150", [300, 150]),
        ("", "300", "150", [300, 150]),
    ],
)
def test_pupils(tmp_path, total, primary, junior, expected):
    rows = schools(在校生数=total, 小学在校生数=primary, 初中在校生数=junior)
    read = load.scenario(sound_copy(tmp_path / "total", schools=rows)).schools
    assert read.pupils[:, NINE_YEAR].tolist() == expected


def test_leavers_of_a_total_are_compared_with_all_pupils(tmp_path):
    blank = {"小学毕业年级人数": "", "初中毕业年级人数": ""}
    sound = schools(毕业年级人数="400", **blank)
    assert load.scenario(sound_copy(tmp_path / "a", schools=sound)).schools.leavers[0, NINE_YEAR] == 400
    faults, _ = load.check(sound_copy(tmp_path / "b", schools=schools(毕业年级人数="460", **blank)))
    assert [(fault.code, fault.row) for fault in faults] == [("leavers_exceed_pupils", NINE_YEAR + 2)]


@pytest.mark.parametrize(("total", "primary", "junior"), [("451", "300", "150"), ("299", "300", "")])
def test_contradiction(tmp_path, total, primary, junior):
    rows = schools(在校生数=total, 小学在校生数=primary, 初中在校生数=junior)
    faults, _ = load.check(sound_copy(tmp_path / "wrong", schools=rows))
    assert [fault.code for fault in faults] == ["total_contradicts"]
