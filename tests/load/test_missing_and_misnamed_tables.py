"""A table that rounds need is a fault where it is missing; a file nothing reads is told."""

import pytest
from load_folders import sound_copy

from simulator import load


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
    [("application.csv", "applications"), ("Student.xlsx", "students"), ("x1.parquet", "")],
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
