"""What may be published: the README speaks of every file, the pages say the same, and no price is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import simulator as sim
from simulator import report
from simulator.messages import text
from simulator.report.sweep import write_sweep

HOUSE = Path(__file__).resolve().parent.parent
TOY = HOUSE / "scenarios" / "toy"
READMES = {"en": ("README.md", "What may be published"), "zh": ("README.zh-CN.md", "可以公布什么")}
FOLDERS = {"zones": "xuewei zones", "site": "xuewei site --out", "sweep": "xuewei sweep"}


def cells(language: str, folder: str) -> list[set[str]]:
    """The names of files in the cells of one folder's row: may be published, staff only."""
    page, heading = READMES[language]
    section = (HOUSE / page).read_text(encoding="utf-8").split(f"### {heading}")[1].split("\n## ")[0]
    (row,) = (line for line in section.splitlines() if line.startswith(f"| `{folder}` |"))
    return [set(re.findall(r"`([\w.]+\.\w+)`", cell)) for cell in row.strip("|").split("|")[1:]]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    out = tmp_path_factory.mktemp("published")
    scenario = sim.load.scenario(TOY, overrides=("zoning.groups=2", "zoning.concentrate_classes=2"))
    report.write_zones(sim.rezone.rezone(scenario, method="nearest"), out / "zones", language="en")
    report.write_sites(sim.new_schools.place(scenario, "primary", 1), out / "site", language="en")
    write_sweep(sim.sweep(TOY, draws=2).counties, out / "sweep", expected=1, language="en")
    return out


@pytest.mark.parametrize("language", READMES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_of_a_folder_stands_in_one_column(folders, folder, language):
    public, staff = cells(language, FOLDERS[folder])
    assert not public & staff
    there = {path.name for path in (folders / folder).iterdir()}
    assert there <= public | staff, there - public - staff
    for name in public & there:
        file = folders / folder / name
        if file.suffix == ".parquet":
            assert not [column for column in pq.read_schema(file).names if "price" in column]
        else:
            assert "price" not in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_say_the_same(folder):
    assert cells("en", FOLDERS[folder]) == cells("zh", FOLDERS[folder])


@pytest.mark.parametrize("language", READMES)
def test_the_pages_say_what_the_readme_says(language):
    page, heading = READMES[language]
    section = (HOUSE / page).read_text(encoding="utf-8").split(f"### {heading}")[1]
    public = set(re.findall(r"`([\w./]+)`", section.split("\n| ")[2]))
    told = set(re.findall(r"[\w]+(?:\.(?:csv|parquet|json)|/)", text("made_published_detail", language)))
    assert told - {"internal/"} == public
    public, staff = cells(language, FOLDERS["zones"])
    told = text("zones_made_published_detail", language)
    before, after = told.split("其余" if language == "zh" else "The rest")
    assert all(name in before for name in public - {"timings.json"}) and all(name in after for name in staff)
