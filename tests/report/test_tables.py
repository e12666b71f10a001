"""The result tables as frames and as Parquet: complete, typed, the same numbers as the run."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulator import report
from simulator.model import Status
from simulator.report.columns import Column, Table
from simulator.report.privacy import published
from simulator.report.tables import TABLES


@pytest.mark.parametrize("language", ["zh", "en"])
def test_frames_have_headings_in_the_language(run, language):
    frames = report.frames(run, language)
    assert frames.keys() == TABLES.keys()
    for name, frame in frames.items():
        assert len(set(frame.columns)) == len(frame.columns), name
        chinese = [any("\u4e00" <= letter <= "\u9fff" for letter in heading) for heading in frame.columns]
        assert all(chinese) if language == "zh" else not any(chinese)


def test_frames_tell_the_run(run):
    frames = report.frames(run, "en")
    students, schools = frames["students"], frames["schools"]
    assert students["student"].tolist() == run.students.id[published(run).listed].tolist()
    assert (students["status"] == "unplaced").sum() == (run.admission.status == Status.UNPLACED).sum()
    assert schools["load"].sum() == (run.admission.kind >= 0).sum()
    assert students["metres"].dtype == "Int64" and (students["metres"].dropna() >= 0).all()
    assert frames["zones"]["eligible children"].tolist() == run.warnings.children.tolist()
    assert len(frames["classes"]) == len(run.classes.school)
    values = frames["indicators"]["value"].to_numpy(dtype=float)
    np.testing.assert_array_equal(values, run.indicators.value)


def test_names_two_schools_share_are_told_apart(run):
    from dataclasses import replace

    names = run.scenario.schools.name.copy()
    names[:3] = ["中心小学", "中心小学", ""]
    twice = replace(run, scenario=replace(run.scenario, schools=replace(run.scenario.schools, name=names)))
    shown = set(report.frames(twice, "zh")["schools"]["学校"])
    assert {"中心小学（S000）", "中心小学（S001）", "S002"} <= shown


@pytest.mark.parametrize("table", sorted(TABLES))
def test_parquet_is_plain_typed_and_described(folders, table):
    zh, en = (folders["run", language] / f"{table}.parquet" for language in ("zh", "en"))
    schema = pq.read_schema(zh)
    assert schema.metadata is None or b"pandas" not in schema.metadata
    for field in schema:
        assert field.name.isascii() and field.type != pa.null()
        assert field.metadata[b"zh"] and field.metadata[b"en"]
    assert zh.read_bytes() == en.read_bytes()  # programs read no language


def test_parquet_holds_codes_units_and_nulls(run, folders):
    path = folders["run", "zh"] / "students.parquet"
    frame = pq.read_table(path).to_pandas()
    assert set(frame["status"].dropna()) <= {status.name.lower() for status in Status}
    assert set(frame["stage"]) == {"primary", "junior"}
    assert pq.read_schema(path).field("metres").metadata[b"unit"] == b"metres"
    assert frame["metres"].isna().sum() > 0 and frame["metres"].min() >= 0
    assert frame["school"].isna().equals(frame["metres"].isna())
    cutoffs = pq.read_table(folders["run", "zh"] / "cutoffs.parquet").to_pandas()
    assert pd.isna(cutoffs["cutoff_date"]).sum() + pd.notna(cutoffs["cutoff_date"]).sum() == len(cutoffs)
    assert cutoffs["cutoff_draw"].min() >= 1


def test_unequal_columns_are_refused():
    with pytest.raises(ValueError, match="unequal"):
        Table("a", (Column("x", "count", np.arange(2)), Column("y", "count", np.arange(3))))


@pytest.mark.parametrize("mechanism", ["least_total", "least_total_by_tier", "least_greatest"])
def test_prices_of_a_bent_cost_are_told_in_units_and_never_as_metres(run, mechanism):
    from dataclasses import replace

    from simulator.report.sections import schools as section
    from simulator.report.view import View
    from simulator.report.words import Words

    def with_last(**settings):
        *others, last = run.scenario.policy.rounds
        policy = replace(
            run.scenario.policy, rounds=[*others, replace(last, mechanism=mechanism, **settings)]
        )
        return replace(run, scenario=replace(run.scenario, policy=policy))

    straight, bent = with_last(), with_last(metres_power=2, beyond_limit_penalty_metres=900)
    for of, filled, empty in ((straight, "metres", "units of cost"), (bent, "units of cost", "metres")):
        for name in ("schools", "cutoffs"):
            frame = report.frames(of, "en")[name]
            assert frame[f"price: {filled}"].notna().any() and frame[f"price: {empty}"].isna().all()
    for language, words in (("zh", ("2 次方", "900")), ("en", ("power 2", "900"))):
        told = " ".join(section.context(View(bent, Words(language, bent.scenario.policy)))["price_notes"])
        assert all(word in told for word in words)
        assert len(
            section.context(View(straight, Words(language, straight.scenario.policy)))["price_notes"]
        ) == (mechanism != "least_total")


def test_children_of_no_known_county_are_told_beside_the_targets():
    """The counties add up to less than the whole city by them; without them nothing is said."""
    from pathlib import Path

    import simulator as sim
    from simulator.report.page import page
    from simulator.report.sections import targets
    from simulator.report.view import View
    from simulator.report.words import Words

    scenarios = Path(__file__).resolve().parents[2] / "scenarios"
    for name, nowhere in (("toy", 1), ("procedures/points", 0)):
        made = sim.run(scenarios / name)
        view = View(made, Words("en", made.scenario.policy))
        assert targets.context(view)["nowhere"] == nowhere
        assert ("belongs to no county that is known" in page(view)) == bool(nowhere)
