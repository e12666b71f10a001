"""Each broken folder breaks one thing of the sound county: it is found, where it is, and nothing else is."""

from __future__ import annotations

import tomllib

import pytest
from load_folders import BROKEN, SOUND

from simulator import load
from simulator.messages import text
from simulator.model import Fault, ScenarioError

FOLDERS = sorted(path.parent for path in BROKEN.glob("*/expected.toml"))


def in_words(fault: Fault, language: str) -> str:
    place = {"file": fault.file, "row": fault.row, "column": fault.column, "value": fault.value}
    return text(fault.code, language, **{**place, **fault.details})


def test_the_sound_county_is_sound():
    faults, _ = load.check(SOUND)
    assert faults == []


def test_there_are_enough_of_them():
    assert len(FOLDERS) >= 32


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_planted_fault_is_found_and_no_other(folder):
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    faults, warnings = load.check(folder)
    places = [(fault.code, fault.file, fault.row, fault.column) for fault in faults]
    assert (expected["code"], expected["file"], expected["row"], expected["column"]) in places
    assert {fault.code for fault in faults} <= {expected["code"], *expected.get("also", [])}
    for fault in (*faults, *warnings):
        for language in ("zh", "en"):
            assert in_words(fault, language)


@pytest.mark.parametrize("folder", FOLDERS[:5], ids=lambda folder: folder.name)
def test_the_scenario_is_refused(folder):
    with pytest.raises(ScenarioError) as refused:
        load.scenario(folder)
    assert refused.value.faults


def test_a_link_that_leaves_the_folder_is_not_followed(tmp_path):
    from load_folders import sound_copy

    outside = tmp_path / "outside.csv"
    outside.write_bytes((SOUND / "feeders.csv").read_bytes())
    folder = sound_copy(tmp_path / "inner", feeders=None)
    try:
        (folder / "feeders.csv").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    faults, _ = load.check(folder)
    assert [(fault.code, fault.file) for fault in faults] == [("path_leaves_folder", "feeders.csv")]


def test_every_fault_at_once_over_settings_and_tables(tmp_path):
    from load_folders import changed, sound_copy

    folder = sound_copy(
        tmp_path / "many",
        "[class_size]\nprimary = 90\n",
        schools=changed("schools", 2, "计划招生班数", "-2"),
        blocks=changed("blocks", 2, "经度", "east"),
        students=changed("students", 4, "出生日期", "yesterday"),
    )
    faults, _ = load.check(folder)
    assert {fault.code for fault in faults} == {"setting_too_great", "negative", "not_number", "bad_date"}


def test_long_lists_are_cut_short_and_counted(tmp_path):
    from load_folders import rows_of, sound_copy

    students = rows_of("students")
    students += [[f"T{i:04d}", "某某", "小学", "B01", *[""] * 3, "never", *[""] * 5] for i in range(1200)]
    faults, _ = load.check(sound_copy(tmp_path / "long", students=students))
    assert [fault.code for fault in faults] == ["bad_date"] * 1000 + ["and_more"]
    assert faults[-1].details["count"] == 200 and faults[-1].value == ""
    assert faults[0].row == 12


def test_faults_are_in_the_order_of_the_files(tmp_path):
    from load_folders import changed, rows_of, sound_copy

    students = changed("students", 4, "出生日期", "never")
    for row, heading in ((2, "落户时间"), (4, "学段"), (8, "出生日期")):
        students[row - 1][students[0].index(heading)] = "nothing"
    schools = changed("schools", 3, "计划招生班数", "-2")
    assert students != rows_of("students")
    faults, _ = load.check(sound_copy(tmp_path / "order", students=students, schools=schools))
    places = [(fault.file, fault.row, fault.column) for fault in faults]
    assert places == sorted(places) and len(places) == 5


def test_no_nearest_word_is_not_printed(tmp_path):
    from load_folders import changed, sound_copy

    students = changed("students", 2, "学段", "QQQ")
    (fault,) = load.check(sound_copy(tmp_path / "near", students=students))[0]
    assert "最相近" not in in_words(fault, "zh") and "nearest" not in in_words(fault, "en")
    students = changed("students", 2, "学段", "小学学")
    (fault,) = load.check(sound_copy(tmp_path / "nearer", students=students))[0]
    assert "（最相近：小学）" in in_words(fault, "zh") and " (nearest: 小学)" in in_words(fault, "en")


def test_swapped_coordinates_are_not_said_to_be_missing():
    faults, warnings = load.check(BROKEN / "coordinates_swapped")
    assert [fault.code for fault in faults] == ["swapped_coordinates"]
    assert "coordinates_missing" not in {warning.code for warning in warnings}


def test_a_count_is_no_value(tmp_path):
    from load_folders import changed, sound_copy

    blocks = changed("blocks", 2, "经度", "")
    blocks[1][blocks[0].index("纬度")] = ""
    _, warnings = load.check(sound_copy(tmp_path / "count", blocks=blocks))
    counted = {fault.code: fault for fault in warnings if "count" in fault.details}
    assert {"coordinates_missing", "block_blank"} <= counted.keys()
    for code in ("coordinates_missing", "block_blank"):
        assert counted[code].value == "" and "1" in in_words(counted[code], "en")


MUTATIONS = 150


def test_folders_broken_at_random_never_raise(tmp_path):
    """Bytes flipped, cut out and doubled in every file: faults or a scenario, never a traceback."""
    import random

    from load_folders import sound_copy

    folder = sound_copy(tmp_path / "random")
    whole = {path: path.read_bytes() for path in sorted(folder.iterdir())}
    chance = random.Random(5)
    outcomes = set()
    for _ in range(MUTATIONS):
        path = chance.choice(list(whole))
        data = bytearray(whole[path])
        start = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[start] = chance.randrange(256)
            case 1:
                del data[start : start + chance.randrange(1, 40)]
            case 2:
                data[start:start] = data[start : start + chance.randrange(1, 40)]
            case 3:
                data[start:start] = chance.choice(['"', "\n", ",", "=", "[[", "\0", "，", "-9", "'"]).encode()
        path.write_bytes(bytes(data))
        faults, _ = load.check(folder)
        outcomes.add(bool(faults))
        for fault in faults:
            assert in_words(fault, "zh") and in_words(fault, "en")
        path.write_bytes(whole[path])
    assert outcomes == {True, False}
