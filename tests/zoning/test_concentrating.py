"""R13: upper grades of small schools concentrated in larger ones; what that does to travel and boarding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from simulator import report, rezone
from simulator.model import SchoolKind
from simulator.report.rezoning.layout import layout_facts, layout_rows
from tests.zoning.grid_town import town

# A village road of ten blocks, 5 children a grade each: small schools at both ends, a large one at block 4.
HOMES, SEATS = (0, 4, 9), (40, 90, 30)
ZONES = tuple((block, 0 if block < 2 else 1 if block < 7 else 2) for block in range(10))


def village(**how):
    settings = {"concentrate_classes": 1, "most_changed_percent": 0, "primary_limit_metres": 2000} | how
    return town(1, 10, homes=HOMES, seats=SEATS, zones=ZONES, **settings)


def stage_of(scenario):
    (stage,) = rezone.rezone(scenario).stages
    return stage


def test_r13_small_schools_send_their_upper_grades_to_a_larger_one():
    stage = stage_of(village())
    made = stage.concentration
    assert made.small.tolist() == [True, False, True]  # 40 and 30 seats are no class of 45
    assert made.before.tolist() == [0, 0, 1, 1, 1, 1, 1, 2, 2, 2], "entrants stay where they are"
    assert made.after.tolist() == [1] * 10 and made.grades == 3
    rows = {row["school"]: row for row in layout_rows(stage)}
    assert (rows[0]["sent"], rows[2]["sent"], rows[1]["taken"], rows[1]["kept"]) == (30, 45, 75, 75)
    facts = layout_facts(stage)
    assert (facts["blocks"], facts["children"], facts["emptied"]) == (5, 75, 2)
    # Half a kilometre a block: blocks 0, 1, 7 walk within the limit of 2,000 m or just beyond it.
    far = [block for block in range(10) if made.moved[block] and made.after_metres[block] > 2000]
    assert facts["after_far"] == 15 * len(far) == rows[1]["beds_needed"] > facts["before_far"] == 0
    assert facts["after_metres"] > facts["before_metres"]


def test_r13_nothing_is_worked_out_unless_it_is_asked_for():
    assert stage_of(village(concentrate_classes=0)).concentration is None
    two = stage_of(village(concentrate_classes=3)).concentration
    assert two.small.all() and not two.moved.any(), "no larger school is left: nobody goes"


def test_r13_protected_schools_keep_their_grades_and_teaching_points_their_lower_ones():
    scenario = village()
    kept = replace(scenario, schools=replace(scenario.schools, protected=np.array([True, False, False])))
    made = stage_of(kept).concentration
    assert made.small.tolist() == [False, False, True] and made.after[:2].tolist() == [0, 0]
    kinds = np.array([SchoolKind.TEACHING_POINT, SchoolKind.PRIMARY, SchoolKind.PRIMARY])
    point = replace(kept, schools=replace(kept.schools, kind=kinds))
    made = stage_of(point).concentration
    assert made.small.tolist() == [True, False, True] and made.after[:2].tolist() == [1, 1]
    assert made.before[:2].tolist() == [0, 0]


def test_r13_walls_hold_and_children_beyond_the_seats_are_told():
    scenario = village()
    county = np.where(np.arange(10) < 2, 1, 0)
    walled = replace(
        scenario,
        blocks=replace(scenario.blocks, county=county.astype(np.int32)),
        schools=replace(scenario.schools, county=np.array([1, 0, 0], dtype=np.int32)),
    )
    made = stage_of(walled).concentration
    assert made.after[:2].tolist() == [0, 0] and made.after[7:].tolist() == [1, 1, 1]
    full = town(1, 10, homes=HOMES, seats=(40, 46, 30), zones=ZONES, concentrate_classes=1)
    stage = stage_of(full)
    assert stage.concentration.excess.tolist() == [0, 4, 0]
    assert {row["school"]: row["beyond"] for row in layout_rows(stage)}[1] == 12


@pytest.mark.parametrize("language", ["zh", "en"])
def test_r13_travel_and_boarding_are_reported(language, tmp_path):
    scenario = village()
    beds = np.array([0, 10, 0], dtype=np.int32)
    made = rezone.rezone(replace(scenario, schools=replace(scenario.schools, boarding_beds=beds)))
    out = report.write_zones(made, tmp_path / "out", language=language)
    table = pd.read_csv(out / "layout.csv", encoding="utf-8-sig")
    (stage,) = made.stages
    assert len(table) == 5 and table.iloc[:, 3].sum() == 75
    page = (out / "report.html").read_text(encoding="utf-8")
    short = layout_facts(stage)["after_far"] - 10
    wanted = f"还缺 {short} 张" if language == "zh" else f"Boarding beds short of that: {short}."
    assert wanted in page and "R13" in page and "R14" not in wanted
    plain = report.write_zones(
        rezone.rezone(village(concentrate_classes=0)), tmp_path / "no", language=language
    )
    assert not (plain / "layout.csv").exists()
