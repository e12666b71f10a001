"""Who may be told what: names only when asked for; disability, left-behind and preference never in a list."""

import io
import re
import zipfile
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest
from fake_run import ROUNDS, SPECIAL_ROUND, ZONE_ROUND

from simulator import report
from simulator.model import UNPLACED, LastCutoffs, Notice, Placement, Round, SchoolKind, SeatKind
from simulator.report.last_year import cutoff_points
from simulator.report.privacy import PROTECTED_COLUMNS, is_protected, published, tells_category
from simulator.report.view import View
from simulator.report.words import Words

PROTECTED_WORDS = ("随班就读", "特教", "特殊教育", "送教上门", "残疾", "留守", "优待")


def everything(folder):
    """All text of a run folder, workbook and Parquet opened up."""
    texts = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                texts += [
                    book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")
                ]
        elif path.suffix == ".parquet":
            out = io.StringIO()
            pq.read_table(path).to_pandas().to_csv(out)
            texts.append(out.getvalue())
        elif path.is_file():
            texts.append(path.read_text(encoding="utf-8"))
    return "\n".join(texts)


def test_names_are_absent_unless_asked_for(run, folders, tmp_path):
    assert "学生姓名" not in everything(folders["run", "zh"])
    named = report.write(run, tmp_path / "named", language="zh", names=True, student_sheet=True)
    text = everything(named)
    assert "学生姓名20" in text.split('<section id="people">')[1]  # the child to be verified
    assert len(set(re.findall(r"学生姓名\d+", text))) == len(run.students)  # the internal list has the rest
    assert "学生姓名" not in "".join(p.read_text("utf-8-sig") for p in (named / "audit").iterdir())


def test_frames_hold_names_only_when_asked_for(run):
    assert "姓名" not in report.frames(run, "zh")["students"].columns
    assert (
        report.frames(run, "zh", names=True)["students"]["姓名"].tolist()
        == run.scenario.student_names[published(run).listed].tolist()
    )


@pytest.mark.parametrize("table", ["students", "unplaced"])
def test_lists_of_children_have_no_protected_column_and_no_protected_word(run, folders, table):
    columns = pq.read_schema(folders["run", "zh"] / f"{table}.parquet").names
    protected = {"placement", "preference", "left_behind", "tier", "draw", "migrant", "birth_date", "name"}
    assert not protected & set(columns)
    frame = report.frames(run, "zh")[table]
    for heading in frame.columns:
        said = " ".join(str(value) for value in frame[heading].dropna().unique())
        assert not any(word in f"{heading} {said}" for word in PROTECTED_WORDS), heading


def test_a_placed_protected_child_stands_in_no_list(run, folders):
    admission, students = run.admission, run.students
    placed = admission.school != UNPLACED
    special = np.isin(admission.school, np.flatnonzero(run.scenario.schools.kind == SchoolKind.SPECIAL))
    rounds = np.array([is_protected(entry, PROTECTED_COLUMNS) for entry in ROUNDS] + [False])[admission.round]
    telling = placed & ((students.placement != Placement.NONE) | rounds | special)
    assert telling.sum() > 5
    listed = pq.read_table(folders["run", "zh"] / "students.parquet")["student"].to_pylist()
    assert not set(students.id[telling]) & set(listed)
    assert set(students.id[~telling]) == set(listed)
    assert not set(students.id[telling]) & set(report.frames(run, "zh")["students"]["学生编号"])


def test_a_special_class_seat_tells_too(run):
    kind = run.admission.kind.copy()
    kind[7] = SeatKind.SPECIAL_CLASS
    shown = published(replace(run, admission=replace(run.admission, kind=kind)))
    assert shown.protected[7] and not shown.listed[7]


def test_the_whole_result_is_internal_one_row_for_every_child(run, folders):
    internal = folders["run", "zh"] / "internal"
    whole = pq.read_table(internal / "students.parquet")["student"].to_pylist()
    assert whole == run.students.id.tolist()
    told = (internal / "told_individually.csv").read_text("utf-8-sig").splitlines()
    assert len(told) - 1 == int((~published(run).listed).sum())
    assert "不得公布" in (internal / "README.txt").read_text(encoding="utf-8")


def test_rounds_and_tiers_that_tell_a_category():
    assert is_protected(ROUNDS[SPECIAL_ROUND], PROTECTED_COLUMNS) and not is_protected(
        ROUNDS[ZONE_ROUND], PROTECTED_COLUMNS
    )
    assert is_protected(Round(name="a", needs=["preference"]), PROTECTED_COLUMNS)
    assert not is_protected(Round(name="a", who=["local", "preference"]), PROTECTED_COLUMNS)
    assert tells_category(ROUNDS[ZONE_ROUND], 0, PROTECTED_COLUMNS) and not tells_category(
        ROUNDS[ZONE_ROUND], 1, PROTECTED_COLUMNS
    )
    assert not tells_category(ROUNDS[ZONE_ROUND], 3, PROTECTED_COLUMNS) and not tells_category(
        ROUNDS[ZONE_ROUND], UNPLACED, PROTECTED_COLUMNS
    )


def test_the_last_child_of_a_telling_tier_cannot_be_found(run):
    loud = []
    for record in run.admission.rounds:
        rows = len(record.school)
        loud.append(
            replace(
                record,
                lottery=np.ones(rows, dtype=bool),
                cutoff_student=np.zeros(rows, dtype=np.int32),
                cutoff_tier=np.arange(rows, dtype=np.int32) % 4,
                cutoff_draw=np.full(rows, 123_455, dtype=np.int64),
                cutoff_date=np.full(rows, 17_000, dtype=np.int32),
            )
        )
    run = replace(run, admission=replace(run.admission, rounds=tuple(loud)))
    frame = report.frames(run, "en")["cutoffs"]
    assert "Placements" not in set(frame["round"]) and "Placements" in set(
        report.frames(run, "en")["rounds"]["round"]
    )
    telling = (frame["round"] == "Zone admission") & (frame["last tier admitted"] == 1)
    assert telling.any() and not telling.all()
    assert frame["last place in the draw"][telling].isna().all()
    assert frame["last date admitted"][telling].isna().all()
    assert (frame["last place in the draw"][~telling] == 123_456).all()


def test_last_years_date_of_a_telling_tier_is_told_no_more_than_this_years(run):
    """Zone admission: its first tier is preference by policy, which no date may tell."""
    schools = np.unique(run.admission.rounds[ZONE_ROUND].school)[:3]
    rows = len(schools)
    stage = np.array(
        [
            run.admission.rounds[ZONE_ROUND].stage[run.admission.rounds[ZONE_ROUND].school == s][0]
            for s in schools
        ]
    )
    known = LastCutoffs(
        round=np.full(rows, ZONE_ROUND, dtype=np.int16),
        school=schools.astype(np.int32),
        stage=stage.astype(np.int8),
        tier=np.arange(rows, dtype=np.int32) % 2,
        date=np.full(rows, 16_000, dtype=np.int32),
        points=np.full(rows, 8_050, dtype=np.int64),
    )
    run = replace(run, scenario=replace(run.scenario, last_cutoffs=known))
    frame = report.frames(run, "en")["cutoffs"]
    tier, date = frame["last tier admitted last year"], frame["last date admitted last year"]
    assert tier.notna().sum() >= rows and set(frame["round"][tier.notna()]) == {"Zone admission"}
    assert date[tier == 1].isna().all() and date[tier == 2].notna().all()
    assert (tier == 1).any() and (tier == 2).any() and date[tier.isna()].isna().all()
    points = frame["last points admitted last year"]
    assert points[tier == 1].isna().all() and (points[tier == 2] == 80.5).all()


def test_points_of_the_last_child_are_told_only_where_tier_and_round_may_be(run):
    record = run.admission.rounds[ZONE_ROUND]
    rows = len(record.school)
    tier = np.arange(rows, dtype=np.int32) % 2
    loud = replace(record, cutoff_student=np.arange(rows, dtype=np.int32), cutoff_tier=tier)
    entry = Round(name="a", tiers=[["preference"], ["household"]], rank=["tier", "points"])
    told = cutoff_points(entry, loud, run.students, PROTECTED_COLUMNS)
    assert told.tolist() == np.where(tier == 1, run.students.points[:rows], UNPLACED).tolist()
    assert (
        cutoff_points(replace(entry, rank=["tier"]), loud, run.students, PROTECTED_COLUMNS) == UNPLACED
    ).all()
    assert (
        cutoff_points(replace(entry, needs=["preference"]), loud, run.students, PROTECTED_COLUMNS) == UNPLACED
    ).all()


def test_a_notice_does_not_name_a_protected_child(run, pages):
    assert run.students.placement[1] != Placement.NONE
    assert (
        "99,999" not in pages["run", "zh"].split("<script")[0] or run.students.id[1] not in pages["run", "zh"]
    )
    twins = Notice("notice_twins_apart", student=1, details={"students": f"{run.students.id[1]}, X9"})
    view = View(
        replace(run, admission=replace(run.admission, notices=(twins,))), Words("zh", run.scenario.policy)
    )
    frame = report.frames(view.run, "zh")["notices"]
    assert frame["内容"][0] == "多胞胎未能同校：单独告知家长" and frame["学生编号"].isna().all()


def test_a_protected_roster_is_not_published(folders):
    audit = folders["run", "zh"] / "audit"
    assert not list(audit.glob("placements*")) and (audit / "zone.result.txt").exists()
    assert "placements" in (audit / "README.txt").read_text(encoding="utf-8")
