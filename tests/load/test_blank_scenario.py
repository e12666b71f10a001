"""The folder of ``xuewei new``: sound in both languages, in both forms of giving children, and complete."""

from __future__ import annotations

import csv
import tomllib

import pytest

from simulator import load
from simulator.messages import catalogue
from simulator.model import Policy
from simulator.model.dictionary import TABLES
from simulator.report.blank_scenario import write_blank_scenario

LANGUAGES = ("zh", "en")


@pytest.fixture(params=LANGUAGES)
def folder(request, tmp_path):
    write_blank_scenario(tmp_path / "my plan", request.param)
    return tmp_path / "my plan"


def test_check_passes_without_a_warning(folder):
    assert load.check(folder) == ([], [])


def test_counts_instead_of_the_roster(folder):
    (folder / "applications.csv").unlink()
    (folder / "settled.csv").unlink()
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(text.replace('demand = ""', 'students = ""'), encoding="utf-8")
    faults, _ = load.check(folder)
    assert faults == []
    assert load.scenario(folder).demand.count.sum() == 67


def test_every_table_with_every_column_in_text_that_excel_opens(folder):
    assert not (folder / "drawn.csv").exists(), "an official result is no example"
    for name, columns in TABLES.items():
        if name == "drawn":
            continue
        data = (folder / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            heading, *rows = list(csv.reader(file))
        assert len(heading) == len(columns) and rows


def test_every_setting_is_explained(folder):
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert load.scenario(folder).policy.travel == Policy(name="a", year=2026, rounds=[]).travel
    assert {"travel", "class_size", "caps", "age", "twins", "targets", "early_warning"} <= set(data)
    assert "may_move" in text and "#" in text


def test_the_readme_names_every_column(folder):
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for columns in TABLES.values():
        for column in columns:
            assert f"| {column.name} |" in readme


def test_headings_in_the_language(tmp_path):
    for language, heading in (("zh", "学校代码"), ("en", "school")):
        write_blank_scenario(tmp_path / language, language)
        assert (tmp_path / language / "schools.csv").read_text(encoding="utf-8-sig").startswith(heading + ",")


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(FileExistsError):
        write_blank_scenario(tmp_path / "mine")


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("梅州", "梅州"),
        ("梅州 2026（草案）", "梅州2026草案"),
        ("㐂镇-2", "㐂镇-2"),
        ("..x", "x"),
        ("！", "scenario"),
    ],
)
def test_it_is_named_as_its_folder_in_chinese_too(tmp_path, folder, name):
    """Results are called by the name: two folders of one name would meet in one folder of results."""
    write_blank_scenario(tmp_path / folder)
    assert load.scenario(tmp_path / folder).policy.name == name


def test_the_language_asked_for_is_written_down(tmp_path):
    for language in LANGUAGES:
        write_blank_scenario(tmp_path / language, language)
        assert load.scenario(tmp_path / language).policy.language == language


@pytest.mark.parametrize("name", ["", ".", "..", ".x", "a/b", "a b", "a:b", "-x"])
def test_a_name_that_is_no_folder_is_refused(tmp_path, name):
    write_blank_scenario(tmp_path / "plan")
    file = tmp_path / "plan" / "scenario.toml"
    file.write_text(file.read_text("utf-8").replace('name = "plan"', f'name = "{name}"', 1), "utf-8")
    assert [fault.code for fault in load.check(tmp_path / "plan").faults] == ["setting_pattern"]


def test_messages_have_both_languages():
    from string import Formatter

    from simulator.messages.faults import MESSAGES

    for code, (zh, en) in MESSAGES.items():
        assert code in catalogue() and zh and en
        fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in (zh, en)]
        assert fields[0] == fields[1], code
