"""A table that rounds need is a fault where it is missing; a file nothing reads is told."""

import pytest
from load_folders import sound_copy

from simulator import load
from simulator.messages import text


def test_rounds_that_reach_by_zone_need_zones(tmp_path):
    faults, _ = load.check(sound_copy(tmp_path / "zoneless", zones=None))
    assert [(fault.code, fault.file) for fault in faults] == [("no_zones_table", "zones.csv")]


def test_without_such_rounds_no_zones_only_switch_rules_off(tmp_path):
    folder = sound_copy(tmp_path / "zoneless", zones=None)
    scenario = folder / "scenario.toml"
    written = scenario.read_text(encoding="utf-8")
    scenario.write_text(written.replace('["zone", "feeder"]', '["feeder"]'), encoding="utf-8")
    faults, warnings = load.check(folder)
    assert faults == []
    assert "off_zones" in {warning.code for warning in warnings}


@pytest.mark.parametrize(
    ("file", "nearest"),
    [
        ("application.csv", "applications"),
        ("Student.xlsx", "students"),
        ("x1.parquet", ""),
        ("student.xls", "students"),
        ("名册.et", ""),
    ],
)
def test_a_file_nothing_reads_is_the_first_warning_with_the_nearest_table(tmp_path, file, nearest):
    folder = sound_copy(tmp_path / "stray")
    (folder / file).write_bytes(b"a,b\r\n")
    faults, warnings = load.check(folder)
    assert faults == []
    first = warnings[0]
    assert (first.code, first.file, first.details["suggestion"]) == ("unread_file", file, nearest)


def test_files_that_are_read_or_are_no_tables_are_not_told(tmp_path):
    folder = sound_copy(tmp_path / "plain")
    (folder / "README.md").write_text("notes", encoding="utf-8")
    (folder / "~$students.xlsx").write_bytes(b"lock")
    assert "unread_file" not in {warning.code for warning in load.check(folder)[1]}


def test_a_file_named_in_the_settings_is_read(tmp_path):
    folder = sound_copy(tmp_path / "named", settings='\n[tables]\nblocks = "xq.csv"\n')
    (folder / "blocks.csv").rename(folder / "xq.csv")
    faults, warnings = load.check(folder)
    assert faults == []
    assert "unread_file" not in {warning.code for warning in warnings}


@pytest.mark.parametrize("file", ["students.xls", "students.et", "Students.XLS", "students.ods"])
def test_a_table_in_an_old_form_is_a_fault_with_the_remedy(tmp_path, file):
    """It is the roster: to go on without it, or with the base's, would be to play other children."""
    folder = sound_copy(tmp_path / "old", students=None)
    (folder / file).write_bytes(b"\xd0\xcf\x11\xe0")
    faults, _ = load.check(folder)
    assert [(fault.code, fault.file) for fault in faults] == [("sheet_type_unread", file)]
    for language in ("zh", "en"):
        told = text(faults[0].code, language, value=faults[0].value, **faults[0].details)
        assert ".xlsx" in told
        assert "CSV" in told


def test_an_optional_table_in_an_old_form_does_not_vanish_nor_gives_way_to_the_base(tmp_path):
    sound_copy(tmp_path / "below")
    above = tmp_path / "above"
    above.mkdir()
    (above / "scenario.toml").write_text('base = "../below"\n', encoding="utf-8")
    (above / "feeders.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert [(f.code, f.file) for f in load.check(above)[0]] == [("sheet_type_unread", "feeders.xls")]


def test_an_old_form_beside_a_file_that_is_read_is_a_warning(tmp_path):
    folder = sound_copy(tmp_path / "both")
    (folder / "students.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    faults, warnings = load.check(folder)
    assert faults == []
    told = [(w.code, w.file, w.details["read"]) for w in warnings if w.code == "sheet_type_beside"]
    assert told == [("sheet_type_beside", "students.xls", "students.csv")]


def test_names_of_files_count_in_small_letters_or_great(tmp_path):
    plain, great = sound_copy(tmp_path / "plain"), sound_copy(tmp_path / "great")
    (great / "students.csv").rename(great / "Students.CSV")
    read = load.scenario(great)
    assert read.students.id.tolist() == load.scenario(plain).students.id.tolist()
    assert "Students.CSV" in read.sources
    (great / "students.csv").write_bytes((great / "Students.CSV").read_bytes())
    if len({path.name.lower() for path in great.iterdir()}) < len(list(great.iterdir())):
        assert [fault.code for fault in load.check(great)[0]] == ["two_files"]
