"""A scenario's own protected column: who has it stands in no list, and is told individually."""

import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import simulator as sim
from simulator import explain, load, report
from simulator.model.protected import is_protected, protected_columns
from simulator.report.frames import frames

ROOT = Path(__file__).resolve().parents[2]
TRACK = ROOT / "scenarios" / "procedures" / "language_track"
CHOSE = ("T01", "T02")
"""Children of the preset who choose the language track."""


@pytest.fixture(scope="module")
def made():
    return sim.run(TRACK)


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    return report.write(made, tmp_path_factory.mktemp("track") / "run", language="zh")


def test_the_preset_protects_its_column(made):
    policy = made.scenario.policy
    assert "language_track" in protected_columns(policy)
    assert [is_protected(entry, protected_columns(policy)) for entry in policy.rounds] == [True, False, False]


def content(file):
    """What a file says, unpacked."""
    if file.suffix == ".parquet":
        return str(pq.read_table(file).to_pylist())
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("page", "heading"), [("README.md", "What may be published"), ("README.zh-CN.md", "可以公布什么")]
)
def test_the_readme_says_of_every_file_whether_it_may_be_published(folder, page, heading):
    section = (ROOT / page).read_text(encoding="utf-8").split(f"### {heading}")[1].split("\n## ")[0]
    for entry in folder.iterdir():
        assert f"`{entry.name}{'/' if entry.is_dir() else ''}`" in section, entry.name
    public, *_ = [line for line in section.splitlines() if line.startswith("| ")][1:]
    open_tables = [file for file in folder.glob("*.parquet") if f"`{file.name}`" in public]
    assert {"schools.parquet", "cutoffs.parquet"} <= {file.name for file in open_tables}
    for file in open_tables:
        assert not [name for name in pq.read_schema(file).names if "price" in name], file.name


def test_staff_still_have_every_seat_price(made, folder):
    """In the workbook and in frames; programs have those that are worth anything in a table of their own."""
    priced = {"price_children", "price_journeys", "price_metres", "price_units"}
    assert priced <= set(pq.read_schema(folder / "seat_prices.parquet").names)
    for name in ("schools", "cutoffs"):
        assert {"价格：人", "价格：米"} <= set(frames(made, "zh")[name].columns)
    assert "价格：人" in content(folder / "results.xlsx")


def test_the_report_page_says_that_it_is_for_staff(folder):
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "内部使用 · 不得公布" in page.split("</header>")[0]


def test_no_file_outside_internal_names_who_chose(folder):
    files = [file for file in folder.rglob("*") if file.is_file() and "internal" not in file.parts]
    assert len(files) > 10
    for file in files:
        said = content(file)
        assert not [child for child in CHOSE if child in said], file
    assert "N01" in str(pq.read_table(folder / "students.parquet").to_pylist())
    assert not list((folder / "audit").glob("track*"))
    assert "track" not in {row["round_name"] for row in pq.read_table(folder / "cutoffs.parquet").to_pylist()}


def test_who_chose_is_told_individually(folder):
    whole = [row["student"] for row in pq.read_table(folder / "internal" / "students.parquet").to_pylist()]
    assert set(CHOSE) <= set(whole)
    told = (folder / "internal" / "told_individually.csv").read_text("utf-8-sig")
    assert all(child in told for child in CHOSE)


def test_without_the_mark_they_would_be_listed(made):
    """The same scenario with ``protected = false``: it is the mark that keeps them out."""
    open_run = sim.run(TRACK, overrides=("columns.language_track.protected=false",))
    listed = frames(open_run, "zh")["students"].to_csv()
    assert all(child in listed for child in CHOSE)
    kept = frames(made, "zh")["students"].to_csv()
    assert not any(child in kept for child in CHOSE)


def test_the_cut_off_of_its_round_is_withheld_in_explanations(made):
    """With one seat kept for the track the other child is turned away, and is not told who was let in."""
    year = explain.play_year(load.scenario(TRACK))
    for school in range(len(year.scenario.schools)):
        for stage in explain.explain_school(year, school).stages:
            for cutoff in stage.cutoffs:
                if year.scenario.policy.rounds[cutoff.round].name == "track":
                    assert not cutoff.last
