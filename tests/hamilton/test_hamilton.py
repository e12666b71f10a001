"""A real city goes through: Hamilton's 88 public elementary schools and 34,176 pupils of 2016."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hamilton_importer import largest_remainder, read_source, source_folder, write_scenario
from hypothesis import given
from hypothesis import strategies as st

from simulator import load, report, simulate
from simulator.model import UNPLACED, Stage, Status

FOLDER = source_folder()
needs_source = pytest.mark.skipif(
    FOLDER is None, reason="no folder data/hamilton under XUEWEI_SHARED or ../shared beside the repository"
)


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1).filter(any))
def test_largest_remainder_keeps_the_total_and_the_shares(total, weights):
    parts = largest_remainder(total, np.array(weights))
    exact = total * np.array(weights) / sum(weights)
    assert parts.sum() == total
    assert (np.abs(parts - exact) < 1 + 1e-9).all()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The source, its scenario folder, the run, and the run folder."""
    source = read_source(FOLDER)
    folder = tmp_path_factory.mktemp("hamilton")
    run = simulate.simulate(load.scenario(write_scenario(source, folder / "scenario")))
    written = report.write(run, folder / "run", language="en", student_sheet=False)
    return source, run, written


@needs_source
def test_the_source_is_the_one_described(city):
    source, run, _ = city
    assert len(source.schools) == 88 == len(run.scenario.schools)
    assert source.schools["pupils"].sum() == 34_176
    assert source.schools["catchment"].nunique() == 79


@needs_source
def test_every_pupil_is_accounted_for_once(city):
    _, run, written = city
    assert len(run.students) == 34_176 == len(run.admission)
    assert len(set(run.students.id)) == 34_176
    assert (run.students.stage == Stage.PRIMARY).all()
    counts = np.bincount(run.admission.status, minlength=len(Status))
    assert counts.sum() == 34_176
    # Seats exceed pupils by a sixth, so coordination leaves nobody out, though 19 catchments are short.
    assert counts[Status.PLACED] == 34_176
    table = pd.read_parquet(written / "students.parquet")
    assert len(table) == 34_176


@needs_source
def test_totals_per_catchment_equal_the_source(city):
    source, run, _ = city
    block_ids = run.scenario.blocks.id[run.students.block]
    catchment = pd.Series([block.removeprefix("C").partition("-")[0] for block in block_ids]).astype(int)
    assert catchment.value_counts().sort_index().to_dict() == (
        source.schools.groupby("catchment")["pupils"].sum().sort_index().to_dict()
    )


@needs_source
def test_no_school_takes_more_than_its_seats(city):
    source, run, _ = city
    placed = run.admission.school[run.admission.school != UNPLACED]
    entrants = np.bincount(placed, minlength=88)
    seats = source.schools.set_index(source.schools["SchoolID"].astype(str))["seats"]
    assert (entrants <= seats[run.scenario.schools.id].to_numpy()).all()


@needs_source
def test_own_catchment_first(city):
    """A pupil is sent outside the own catchment only where all the catchment's seats are taken."""
    source, run, _ = city
    pupils = source.schools.groupby("catchment")["pupils"].sum()
    seats = source.schools.groupby("catchment")["seats"].sum()
    assert int(run.admission.in_zone.sum()) == int(np.minimum(pupils, seats).sum())


@needs_source
def test_the_report_is_written(city):
    _, _, written = city
    page = (written / "report.html").read_text(encoding="utf-8")
    assert "Hamilton" in page and "34,176" in page
