"""What is told that would have changed it is what an independent run of the changed input comes to."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from explain_worlds import a_round, block, child, ranked_worlds, school, world, year_of
from hypothesis import given, settings
from toy_folder import COLUMNS, TOY, copy_of_toy, place, rows_of, set_cell, write_rows

import simulator as sim
from simulator import explain, load
from simulator.model import NO_DATE, UNPLACED, Status
from simulator.model.policy import Twins
from simulator.report.explained import student_lines
from simulator.report.words import Words
from tests.admission.small import play

ALL = ["P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "J01", "J02"]


@pytest.fixture(scope="module")
def year():
    return explain.play_year(load.scenario(TOY))


def iso(days):
    return str(date(1970, 1, 1) + timedelta(days=days))


def outcome_of(year, outcome):
    """Status, school and round of an ``Outcomes``, as ``place`` gives them."""
    school = "" if outcome.school == UNPLACED else str(year.scenario.schools.id[outcome.school])
    entry = "" if outcome.round == UNPLACED else year.scenario.policy.rounds[outcome.round].name
    return Status(outcome.status).name.lower(), school, entry


def family(student):
    return ["P06", "P07"] if student in ("P06", "P07") else [student]


def changed_toy(folder, year, student, change, value=None):
    """The toy as a folder in which ``change`` is made by hand, cell by cell."""
    copy_of_toy(folder)
    entry = "" if change.round == UNPLACED else year.scenario.policy.rounds[change.round].name
    named = "" if change.school == UNPLACED else str(year.scenario.schools.id[change.school])
    if change.kind in ("needed", "enough"):
        for name in family(student):
            day = iso(change.value if value is None else value)
            set_cell(folder / "students.csv", "学生编号", name, COLUMNS[change.column], day)
    elif change.kind in ("wish", "withdrawn"):
        rows = rows_of(folder / "applications.csv")
        own = [row for row in rows if row["学生编号"] in family(student) and row["批次"] == entry]
        rows = [row for row in rows if row not in own]
        if change.kind == "wish":
            for name in family(student):
                listed = [named] + [row["学校代码"] for row in own if row["学生编号"] == name]
                rows += [
                    {"学生编号": name, "批次": entry, "志愿序号": str(at), "学校代码": where}
                    for at, where in enumerate(dict.fromkeys(listed), start=1)
                ]
        write_rows(folder / "applications.csv", rows)
    elif change.kind == "class":
        (row,) = [row for row in rows_of(folder / "schools.csv") if row["学校代码"] == named]
        heading = "计划招生班数" if row["计划招生班数"] else "小学计划招生班数"
        set_cell(folder / "schools.csv", "学校代码", named, heading, str(int(row[heading]) + 1))
    return folder


@pytest.mark.parametrize("student", ALL)
def test_every_change_told_is_what_a_run_of_the_changed_folder_comes_to(year, student, tmp_path):
    told = explain.explain_student(year, explain.find_student(year, student), staff=True)
    assert not told.changes.untried
    assert told.changes.together == len(family(student))
    own = outcome_of(year, told.outcome)
    for number, change in enumerate(told.changes.tried):
        worse = change.value + 1 if change.kind == "enough" and change.changed else None
        folder = changed_toy(tmp_path / str(number), year, student, change, worse)
        run = sim.run(folder, overrides=("one_more_class.replays=0",))
        then = place(run, student)
        assert then == outcome_of(year, change.after), change
        assert change.changed == (then[:2] != own[:2]), change
        before = sum(status == Status.PLACED or status == Status.PRIVATE for status in year.admission.status)
        after = sum(status == Status.PLACED or status == Status.PRIVATE for status in run.admission.status)
        assert change.placed == after - before
        shutil.rmtree(folder)
        if change.bound:  # the other side of the bound
            at = change.value + 1 if change.kind == "needed" else change.value
            folder = changed_toy(tmp_path / f"{number}b", year, student, change, at)
            then = place(sim.run(folder, overrides=("one_more_class.replays=0",)), student)
            wanted = str(year.scenario.schools.id[change.school])
            assert (then[1] == wanted) == (change.kind == "enough"), change
            shutil.rmtree(folder)


def test_the_toy_tries_every_kind(year):
    kinds = set()
    for student in ALL:
        told = explain.explain_student(year, explain.find_student(year, student), staff=True)
        kinds |= {(change.kind, change.changed) for change in told.changes.tried}
    assert {("needed", False), ("wish", True), ("withdrawn", True), ("class", True)} <= kinds
    assert kinds & {("withdrawn", False), ("enough", False)}


# Years where a date, points or twins decide


def dated(**more):
    return {
        "schools": [school("A", seats=2), school("B", at=1, seats=9)],
        "blocks": [block("a")],
        "children": [
            child("c0", "a", settled_on="2015-03-01"),
            child("c1", "a", settled_on="2016-03-01"),
            child("c2", "a", settled_on="2017-03-01"),
            child("c3", "a", settled_on="2018-03-01"),
        ],
        "rounds": [
            a_round(rank=["settled_on", "draw"]),
            a_round("all", mechanism="least_total", coordination=True, reach=["county"]),
        ],
        "zones": {("a", "primary"): ["A"]},
    } | more


def ranks_told(year, name):
    told = explain.explain_student(year, explain.find_student(year, name), staff=True)
    return told, [change for change in told.changes.tried if change.kind in ("needed", "enough")]


def days(text):
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def test_the_latest_date_that_would_have_done():
    year = year_of(dated())
    _, (change,) = ranks_told(year, "c3")
    draw = year.seen[0].played.draw.order
    ahead = draw[3] < draw[1]  # on the very day of the last one admitted the draw decides
    assert change.kind == "needed" and change.changed and change.bound
    assert iso(change.value) == ("2016-03-01" if ahead else "2016-02-29")
    assert change.after.school == 0 and change.placed == 0
    told, _ = ranks_told(year, "c3")
    words = Words("zh", year.scenario.policy)
    assert f"· 落户日期为 {iso(change.value)}：会去A（由“zone”录取）；再晚一天：结果不变" in student_lines(
        told, words, year.scenario
    )


def test_up_to_which_date_the_place_was_sure():
    year = year_of(dated())
    told, (change,) = ranks_told(year, "c0")
    draw = year.seen[0].played.draw.order
    assert (change.kind, change.changed, change.bound) == ("enough", True, True)
    assert iso(change.value) == ("2017-03-01" if draw[0] < draw[2] else "2017-02-28")
    assert change.after.school == 1  # a day later it would be at B
    english = "\n".join(student_lines(told, Words("en", year.scenario.policy), year.scenario))
    line = f"if the settlement date were {iso(change.value)}: no change; a day later: it would be at B"
    assert line in english


def test_a_child_without_a_date_needs_one():
    parts = dated()
    del parts["children"][3]["settled_on"]
    year = year_of(parts)
    assert year.students.settled_on[3] == NO_DATE
    _, (change,) = ranks_told(year, "c3")
    assert change.changed and iso(change.value) in ("2016-03-01", "2016-02-29")


def test_any_date_would_have_done_for_a_child_without_one():
    """Only the want of a date puts c1 behind: the last day that may be written down would do."""
    parts = dated(schools=[school("A", seats=1), school("B", at=1, seats=9)])
    parts["children"] = [child("c0", "a"), child("c1", "a")]
    year = year_of(parts)
    loser = next(name for name in ("c0", "c1") if ranks_told(year, name)[0].outcome.school == 1)
    told, (change,) = ranks_told(year, loser)
    assert change.changed and not change.bound and iso(change.value) == "2026-12-31"
    said = student_lines(told, Words("zh", year.scenario.policy), year.scenario)
    assert any(line.startswith("· 落户日期为 2026-12-31：会去A") for line in said)


def test_points_that_would_have_done():
    parts = dated(rounds=[a_round(rank=["points", "draw"]), *dated()["rounds"][1:]])
    for points, one in zip((40, 30, 20, 10), parts["children"], strict=True):
        one["points"] = points
    year = year_of(parts)
    draw = year.seen[0].played.draw.order
    told, (change,) = ranks_told(year, "c3")
    assert change.value == (3000 if draw[3] < draw[1] else 3001) and change.bound
    assert change.after.school == 0
    english = "\n".join(student_lines(told, Words("en", year.scenario.policy), year.scenario))
    said = "if the admission points were {}: it would be at A, by “zone”; with 0.01 less: no change"
    points = f"{change.value // 100}" if change.value % 100 == 0 else f"{change.value / 100:.2f}"
    assert said.format(points) in english
    _, (sure,) = ranks_told(year, "c0")
    assert sure.kind == "enough" and sure.value == (2000 if draw[0] < draw[2] else 2001)


def test_no_date_helps_a_lower_tier():
    parts = dated(rounds=[a_round(tiers=[["household"]], rank=["tier", "settled_on", "draw"])])
    for one in parts["children"][:2]:
        one["household"] = True
    year = year_of(parts)
    told, (change,) = ranks_told(year, "c3")
    assert (change.kind, change.changed, change.school) == ("needed", False, UNPLACED)
    assert iso(change.value) == "1950-01-01" and change.after == told.outcome


def test_twins_are_changed_together():
    parts = dated(twins=Twins(last_seat="next"))
    for one in parts["children"][2:]:
        one["twins"] = "t"
    year = year_of(parts)
    told, (change,) = ranks_told(year, "c3")
    assert told.changes.together == 2
    assert change.changed and change.after.school == 0 and iso(change.value) < "2015-03-02"
    assert "多胞胎 2 人" in "\n".join(student_lines(told, Words("zh", year.scenario.policy), year.scenario))


def test_a_later_date_of_twins_is_later_for_both():
    """Twins rank with the better of the two: their place is sure up to a date of both, not of one."""
    parts = dated(twins=Twins(last_seat="next"))
    for one in parts["children"][:2]:
        one["twins"] = "t"
    year = year_of(parts)
    for name in ("c0", "c1"):
        told, (change,) = ranks_told(year, name)
        assert told.outcome.school == 0
        assert change.kind == "enough" and change.changed and iso(change.value)[:7] in ("2017-02", "2017-03")


def test_a_school_listed_first_goes_before_the_wish_there_was():
    """P is nearer and was the first wish; with Q listed first the child is at Q."""
    year = year_of(
        {
            "schools": [
                school("P", at=1, seats=1, ownership="private"),
                school("Q", at=2, seats=1, ownership="private"),
            ],
            "blocks": [block("a")],
            "children": [child("c", "a")],
            "rounds": [
                a_round(
                    "drawn",
                    mechanism="lottery",
                    applied=True,
                    reach=["choices"],
                    ownership=["private"],
                    rank=["draw"],
                )
            ],
            "wishes": [("c", "drawn", 1, "P")],
        }
    )
    told = explain.explain_student(year, 0, staff=True)
    found = {(change.kind, change.school): change.after.school for change in told.changes.tried}
    assert found == {("wish", 1): 1, ("withdrawn", UNPLACED): UNPLACED}


def test_a_class_over_the_cap_is_not_played():
    year = year_of(dated(schools=[school("A", seats=2, cap=2), school("B", at=1, seats=9)]))
    told = explain.explain_student(year, 3, staff=True)
    (change,) = [one for one in told.changes.tried if one.school == 0 and one.kind in ("class", "cap")]
    assert change.kind == "cap" and not change.changed
    english = "\n".join(student_lines(told, Words("en", year.scenario.policy), year.scenario))
    assert "would pass the cap (rule R1) and was not tried" in english


@pytest.mark.parametrize("most", [0, 1, 2, 3, 40])
def test_the_limit_of_plays_is_kept_and_told(most):
    year = year_of(dated())
    told = explain.explain_student(year, 3, staff=True, replays=most)
    assert told.changes.replays <= most
    assert bool(told.changes.untried) == (most < 3)
    said = "\n".join(student_lines(told, Words("zh", year.scenario.policy), year.scenario, most))
    assert ("未试" in said) == (most < 3)


def test_the_plays_leave_the_year_as_it_was():
    year = year_of(dated())
    again = explain.play_year(year.scenario)
    explain.explain_student(year, 3, staff=True)
    for name in ("school", "round", "status"):
        assert (getattr(year.admission, name) == getattr(again.admission, name)).all()


def test_nothing_was_needed_at_a_school_that_took_the_child_later():
    year = year_of(
        {
            "schools": [school("A", seats=2, reserved_seats=(1, 0))],
            "blocks": [block("a")],
            "children": [
                child("early", "a", settled_on="2019-01-01"),
                child("late", "a", settled_on="2020-01-01"),
            ],
            "rounds": [
                a_round(rank=["settled_on", "draw"], pools=["reserved"]),
                a_round("coordination", mechanism="by_order", reach=["county"], coordination=True),
            ],
            "zones": {("a", "primary"): ["A"]},
        }
    )
    told = explain.explain_student(year, 1, staff=True)
    assert told.steps[0].tried[0].outcome == "behind" and told.outcome.school == 0
    assert not [change for change in told.changes.tried if change.kind == "needed"]


@settings(max_examples=25, deadline=None)
@given(ranked_worlds(settled=True))
def test_every_change_is_what_a_year_built_anew_comes_to(parts):
    """The same in years of every kind, with the change made in the parts they are built from."""
    year = year_of(parts)
    for row in range(0, len(year.students), 5):
        told = explain.explain_student(year, row, staff=True, replays=12)
        for change in told.changes.tried if told.changes else ():
            if change.kind == "cap":
                continue
            at = change.value
            if change.kind == "enough" and change.changed:
                at += -1 if change.column == "points" else 1
            changed = built_anew(parts, year, row, change, at)
            if changed is None:
                continue
            answer = play(world(**changed))
            after = change.after
            assert (answer.status[row], answer.school[row], answer.round[row]) == (
                after.status,
                after.school,
                after.round,
            ), change
            assert change.changed == (not after.same_place(told.outcome))
            assert change.placed == int((answer.school >= 0).sum() - (year.admission.school >= 0).sum())


def built_anew(parts, year, row, change, at):
    """The parts with a change made in them; None where they cannot say it (points are whole there)."""
    children = [dict(one) for one in parts["children"]]
    group = children[row].get("twins")
    mine = [one for one in children if one is children[row] or (group and one.get("twins") == group)]
    names = {one["id"] for one in mine}
    entry = "" if change.round == UNPLACED else parts["rounds"][change.round].name
    wishes = list(parts["wishes"])
    if change.kind in ("needed", "enough"):
        if change.column == "points" and at % 100:
            return None
        for one in mine:
            one[change.column] = at // 100 if change.column == "points" else iso(at)
    elif change.kind in ("wish", "withdrawn"):
        own = [wish for wish in wishes if wish[0] in names and wish[1] == entry]
        wishes = [wish for wish in wishes if wish not in own]
        if change.kind == "wish":
            first = parts["schools"][change.school]["id"]
            wishes += [(name, entry, 1, first) for name in names]
            wishes += [(n, r, place + 1, where) for n, r, place, where in own if where != first]
    else:  # a class in a year with named seats is ``replay.with_class``'s own affair
        return None
    return {**parts, "children": children, "wishes": wishes}


def test_one_more_class_is_the_replay_of_the_report():
    """The same class as ``replay.with_class`` plans, in a year with named classes."""
    year = explain.play_year(load.scenario(TOY))
    told = explain.explain_student(year, explain.find_student(year, "P04"), staff=True)
    (change,) = [one for one in told.changes.tried if one.kind == "class"]
    classes = year.scenario.schools.classes.copy()
    classes[0, change.school] += 1
    more = replace(year.scenario, schools=replace(year.scenario.schools, classes=classes))
    assert explain.play_year(more).admission.school[3] == change.after.school == 0
