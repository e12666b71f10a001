"""Where no distance is known no metre is told: neither to a family nor to staff, nor in the report."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from toy_folder import run_folder

import simulator as sim
from simulator import explain, load, report
from simulator.report.explained import student_lines
from simulator.report.explained_school import school_lines
from simulator.report.words import Words

ZONES = Path(__file__).resolve().parents[2] / "scenarios" / "procedures" / "multi_school_zones"
METRES = {
    "en": re.compile(r"metre|\d m\b|distance of|any distance|[Nn]earest"),
    "zh": re.compile("米|路程|由近"),
}


@pytest.fixture(scope="module")
def year():
    return explain.play_year(load.scenario(ZONES))


@pytest.mark.parametrize("staff", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_metre_is_told_of_anybody(year, language, staff):
    words = Words(language, year.scenario.policy)
    for row in range(len(year.students)):
        told = explain.explain_student(year, row, staff=staff, replays=0)
        said = "\n".join(student_lines(told, words, year.scenario))
        assert not METRES[language].search(said), said
        coordinated = [step for step in told.steps if step.distances]
        assert all(step.distances == "unknown" for step in coordinated)
        if coordinated:
            assert ("No distances are known" if language == "en" else "没有距离") in said
    for school in range(len(year.scenario.schools)):
        listed = explain.explain_school(year, school, staff=staff)
        assert not METRES[language].search("\n".join(school_lines(listed, words, year.scenario)))


def test_prices_are_in_units_of_cost(year):
    told = explain.explain_student(year, explain.find_student(year, "A06"), staff=True, replays=0)
    english = "\n".join(student_lines(told, Words("en", year.scenario.policy), year.scenario))
    assert "cost 1,000,000; seat price: 3 units of cost saved" in english
    assert "(in units of cost: no distances are known" in english


def test_the_toy_still_counts_metres():
    year = explain.play_year(load.scenario(ZONES.parents[1] / "toy"))
    told = explain.explain_student(year, explain.find_student(year, "P04"), staff=True, replays=0)
    assert [step.distances for step in told.steps if step.distances] == ["known"]
    english = "\n".join(student_lines(told, Words("en", year.scenario.policy), year.scenario))
    assert "(in metres)" in english and "units of cost" not in english


def test_the_report_prints_units_of_cost(tmp_path):
    made = run_folder(ZONES, tmp_path / "run")
    page = (made / "report.html").read_text(encoding="utf-8")
    assert "价格：成本单位" in page and "价格：米" not in page and "少走（米）" not in page
    assert "该批次有学校的距离不详" in page
    prices = pq.read_table(made / "seat_prices.parquet").to_pylist()
    assert {row["price_metres"] for row in prices} == {None}
    assert {row["price_units"] for row in prices if row["school"] == "S1"} == {3}
    cutoffs = report.frames(sim.run(ZONES), "en")["cutoffs"]
    assert cutoffs["price: metres"].isna().all() and cutoffs["price: units of cost"].notna().any()
