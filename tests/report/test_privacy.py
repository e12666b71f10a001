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
from simulator.model import UNPLACED, Means, Notice, Placement, Reason, Round, SchoolKind, SeatKind, Status
from simulator.report.privacy import is_protected, published, tells_category
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
    assert len(set(re.findall(r"学生姓名\d+", text))) == len(run.students)
    assert "学生姓名" not in "".join(p.read_text("utf-8-sig") for p in (named / "audit").glob("*.csv"))


def test_frames_hold_names_only_when_asked_for(run):
    assert "姓名" not in report.frames(run, "zh")["students"].columns
    assert (
        report.frames(run, "zh", names=True)["students"]["姓名"].tolist()
        == run.scenario.student_names.tolist()
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


def test_a_protected_child_looks_like_any_settled_child(run):
    shown, students, admission = published(run), run.students, run.admission
    disabled = np.flatnonzero((students.placement != Placement.NONE) & (admission.school != UNPLACED))
    assert len(disabled) > 5
    assert set(shown.status[disabled].tolist()) <= {Status.PLACED, Status.PRIVATE}
    assert set(shown.reason[disabled].tolist()) == {Reason.SETTLED}
    assert set(shown.round[disabled].tolist()) == {UNPLACED}
    assert set(shown.kind[disabled].tolist()) == {UNPLACED}
    assert set(shown.means[disabled].tolist()) == {Means.UNKNOWN}


def test_a_school_that_would_tell_is_told_to_the_family_alone(run):
    shown, admission = published(run), run.admission
    special = np.flatnonzero(run.scenario.schools.kind == SchoolKind.SPECIAL)
    inside = np.isin(admission.school, special)
    home = run.students.placement == Placement.TAUGHT_AT_HOME
    assert inside.any() and home.any()
    assert (shown.school[inside | home] == UNPLACED).all() and shown.withheld[inside | home].all()
    assert not np.isin(shown.school, special).any()
    frame = report.frames(run, "zh")["students"]
    assert (frame["学校"][inside] == "单独告知家长").all() and frame["学校代码"][inside].isna().all()
    assert frame["班级"][inside].isna().all()


def test_special_class_seats_are_withheld(run):
    kind = run.admission.kind.copy()
    kind[7] = SeatKind.SPECIAL_CLASS
    shown = published(replace(run, admission=replace(run.admission, kind=kind)))
    assert shown.withheld[7] and shown.school[7] == UNPLACED and shown.kind[7] == UNPLACED


def test_other_children_are_shown_as_they_are(run):
    shown, admission = published(run), run.admission
    others = ~shown.protected
    assert others.sum() > 400
    for name in ("status", "reason", "school", "round", "kind", "means", "metres", "in_zone", "nearest"):
        assert (getattr(shown, name)[others] == getattr(admission, name)[others]).all(), name


def test_rounds_and_tiers_that_tell_a_category():
    assert is_protected(ROUNDS[SPECIAL_ROUND]) and not is_protected(ROUNDS[ZONE_ROUND])
    assert is_protected(Round(name="a", needs=["preference"]))
    assert not is_protected(Round(name="a", who=["local", "preference"]))
    assert tells_category(ROUNDS[ZONE_ROUND], 0) and not tells_category(ROUNDS[ZONE_ROUND], 1)
    assert not tells_category(ROUNDS[ZONE_ROUND], 3) and not tells_category(ROUNDS[ZONE_ROUND], UNPLACED)


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
    assert not (audit / "placements.csv").exists() and (audit / "zone.csv").exists()
    assert "placements" in (audit / "README.txt").read_text(encoding="utf-8")
