"""The audit folder: a bundle the verifier passes, every number recomputed from what its README says."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from simulator import lottery, report
from simulator.lottery import METHODS, verify
from simulator.messages import text
from simulator.model import UNPLACED, SchoolDraw, SchoolKind
from simulator.report.audit import write_audit
from simulator.report.files import csv_safe
from simulator.report.view import View
from simulator.report.words import Words


def drawn_run(run, method):
    """The run with a true draw over part of its roster, twins on it, as its only draw."""
    students = run.students
    roster = np.flatnonzero(np.arange(len(students)) % 3 != 0)
    drawn = lottery.draw(
        "public draw",
        run.scenario.policy.seed,
        students.id[roster],
        students.twin_group[roster],
        method=method,
        plan=50,
    )
    number, order = (np.full(len(students), UNPLACED, dtype=np.int64) for _ in range(2))
    number[roster], order[roster] = drawn.number, drawn.order
    draws = {"zone": replace(drawn, number=number, order=order)}
    return replace(run, admission=replace(run.admission, draws=draws)), roster


@pytest.fixture(scope="module")
def bundle(hostile, tmp_path_factory):
    run, roster = drawn_run(hostile, "keyed")
    folder = report.write(run, tmp_path_factory.mktemp("audit") / "a", language="zh")
    return run, roster, folder / "audit"


def rows(path):
    """Place, receipt and number of a result; receipt and key of a roster."""
    lines = [line.split("\t") for line in path.read_bytes().decode("utf-8").split("\n")[:-1]]
    return lines[13:] if path.name.endswith(".result.txt") else lines[9:]


def test_the_verifier_passes_the_audit_folder_and_finds_a_change(bundle):
    _, _, folder = bundle
    said = []
    assert verify.check(folder, tell=said.append) == []
    assert any("模拟，不是正式摇号" in line for line in said)
    result = folder / "zone.result.txt"
    before = result.read_bytes()
    result.write_bytes(before.replace(b"simulation", b"official"))
    assert verify.check(folder, tell=said.append) == [("zone.result.txt", 3, "kind")]
    result.write_bytes(before)


@pytest.mark.parametrize("method", METHODS)
def test_the_verifier_passes_every_procedure(run, method, tmp_path):
    folder = report.write(drawn_run(run, method)[0], tmp_path / method, language="en") / "audit"
    assert verify.check(folder, tell=lambda line: None) == []


def test_every_number_is_recomputed_by_the_rule_of_the_readme(bundle):
    run, roster, folder = bundle
    key = dict(rows(folder / "zone.roster.txt"))
    assert set(key) == set(run.students.id[roster].tolist())
    for _, receipt, number in rows(folder / "zone.result.txt"):
        text = f"xuewei-draw-1\n{run.scenario.policy.seed}\npublic draw\n{key[receipt]}"
        assert int(number) == int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") // 2


def test_places_follow_from_numbers_and_ids(bundle):
    _, roster, folder = bundle
    drawn = [(int(number), receipt) for _, receipt, number in rows(folder / "zone.result.txt")]
    assert drawn == sorted(drawn) and len(drawn) == len(roster)
    first: dict[int, int] = {}
    for at, (place, _, number) in enumerate(rows(folder / "zone.result.txt"), start=1):
        assert int(place) == first.setdefault(int(number), at)


def test_twins_share_key_number_and_place(bundle):
    run, _, folder = bundle
    twins = run.students.id[run.students.twin_group == 1].tolist()
    key = dict(rows(folder / "zone.roster.txt"))
    assert {key[twin] for twin in twins} == {min(twins)} and len(twins) == 2
    found = [
        (place, number) for place, receipt, number in rows(folder / "zone.result.txt") if receipt in twins
    ]
    assert len(found) == 2 and len(set(found)) == 1


def test_the_commitment_is_the_hash_of_the_roster_file(bundle):
    _, _, folder = bundle
    digest = hashlib.sha256((folder / "zone.roster.txt").read_bytes()).hexdigest()
    assert (folder / "zone.commitment.txt").read_text(encoding="utf-8") == f"{digest}  zone.roster.txt\n"


def test_the_readme_states_this_construction(bundle):
    run, _, folder = bundle
    for name in ("README.txt", "README.zh-CN.txt"):
        text = (folder / name).read_text(encoding="utf-8")
        assert lottery.VERSION in text and "SHA-256" in text and "public draw" in text
        assert str(run.scenario.policy.seed) in text and "zone.result.txt" in text and "verify.py" in text
    assert "no official draw" in (folder / "README.txt").read_text(encoding="utf-8")
    assert "不是正式摇号" in (folder / "README.zh-CN.txt").read_text(encoding="utf-8")


def official_only(run):
    """The run with one draw alone, the result of an official one."""
    drawn, roster = drawn_run(run, "keyed")
    draw = drawn.admission.draws["zone"]
    twins = run.students.twin_group[roster]
    given = lottery.given("public", draw.seed, run.students.id[roster], twins, draw.order[roster])
    number, order = draw.number.copy(), draw.order.copy()
    number[roster], order[roster] = given.number, given.order
    draws = {"zone": replace(given, number=number, order=order)}
    return replace(run, admission=replace(run.admission, draws=draws))


@pytest.mark.parametrize("draws", ["official", "none"])
def test_where_no_draw_is_listed_the_readme_speaks_of_no_files(run, tmp_path, draws):
    """An official draw is proved by its own bundle: here is nothing to verify, and no way to is told."""
    run = (
        official_only(run)
        if draws == "official"
        else replace(run, admission=replace(run.admission, draws={}))
    )
    for language, name in (("zh", "README.zh-CN.txt"), ("en", "README.txt")):
        write_audit(View(run, Words(language, run.scenario.policy)), tmp_path / language)
        assert sorted(path.name for path in (tmp_path / language).iterdir()) == [
            "README.txt",
            "README.zh-CN.txt",
        ]
        told = (tmp_path / language / name).read_text(encoding="utf-8")
        assert "verify.py" not in told and "roster.txt" not in told and "python3" not in told
        nothing = {"zh": "没有可以\n核验的内容", "en": "nothing here to verify"}[language]
        assert nothing in told
        elsewhere = text("audit_official_elsewhere", language)
        assert (elsewhere in told) is (draws == "official")


def test_the_readme_says_per_round_what_is_official_and_what_is_not(run, tmp_path):
    """One round by an official result that lacks two children, one by the seed."""
    simulated, roster = drawn_run(run, "keyed")
    students, draw = run.students, simulated.admission.draws["zone"]
    place = np.arange(1, len(roster) + 1, dtype=np.int64)
    place[:2] = UNPLACED
    twins = np.full(len(roster), UNPLACED, dtype=np.int32)
    given = lottery.given("public", draw.seed, students.id[roster], twins, place)
    number, order = draw.number.copy(), draw.order.copy()
    number[roster], order[roster] = given.number, given.order
    draws = {"zone": draw, "private": replace(given, number=number, order=order)}
    of = replace(simulated, admission=replace(simulated.admission, draws=draws))
    folder = audit_of(of, tmp_path / "a")
    assert not list(folder.glob("private.*"))
    english = (folder / "README.txt").read_text(encoding="utf-8")
    chinese = (folder / "README.zh-CN.txt").read_text(encoding="utf-8")
    opening = english.split("To verify")[0]
    assert (
        "some rounds use the result of an official draw" in opening and "they are no official" not in opening
    )
    assert "有批次用正式摇号的结果" in chinese.split("核验")[0]
    rounds = english.split("Draws of the rounds:")[1].splitlines()
    (private,) = [line for line in rounds if line.startswith("private")]
    (zone,) = [line for line in rounds if line.startswith("zone")]
    assert "the result of an official draw" in private and "simulation" not in private
    assert "a simulation, no official draw" in zone
    assert any("Not in that result: 2 of them" in line and "a simulation" in line for line in rounds)
    assert "其中 2 人不在正式摇号的结果里" in chinese


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@a", "\ta", "'a", "'=1", "abc", "", "学生"])
def test_a_disarmed_cell_gives_the_value_back(value):
    safe = csv_safe(value)
    assert not safe.startswith(("=", "+", "-", "@", "\t"))
    assert (safe[1:] if safe.startswith("'") else safe) == value


def school_drawn_run(run, method="keyed"):
    """The run with a round in which every school draws for itself: three schools, one of them special."""
    students, schools = run.students, run.scenario.schools
    entry = replace(run.scenario.policy.rounds[1], tie_break="per_school", draw_method=method)
    policy = replace(run.scenario.policy, rounds=[entry])
    rows = [0, 1, int(np.flatnonzero(schools.kind == SchoolKind.SPECIAL)[0])]
    drawn = []
    for at, row in enumerate(rows):
        roster = np.flatnonzero(np.arange(len(students)) % 4 != at).astype(np.int32)
        name = f"zone/{schools.id[row]}"
        twins = students.twin_group[roster]
        own = lottery.draw(name, policy.seed, students.id[roster], twins, method=method)
        drawn.append(SchoolDraw(row, roster, own))
    common, _ = drawn_run(run, "keyed")
    admission = replace(common.admission, school_draws={"zone": tuple(drawn)}, rounds=())
    return replace(run, scenario=replace(run.scenario, policy=policy), admission=admission), drawn


def audit_of(run, folder):
    folder.mkdir()
    write_audit(View(run, Words("en", run.scenario.policy)), folder / "audit")
    return folder / "audit"


@pytest.mark.parametrize("method", [name for name in METHODS if name != "stride"])
def test_draws_of_the_schools_own_are_replayed_by_the_verifier(run, method, tmp_path):
    of, drawn = school_drawn_run(run, method)
    folder = audit_of(of, tmp_path / method)
    said = []
    assert verify.check(folder, tell=said.append) == []
    for own in drawn[:2]:
        stem = f"zone.{own.school + 1:04d}.{of.scenario.schools.id[own.school]}"
        assert any(line.startswith(f"{stem}: 模拟") for line in said)
        listed = {
            receipt: (int(place), int(number))
            for place, receipt, number in rows(folder / f"{stem}.result.txt")
        }
        due = zip(of.students.id[own.student], own.draw.order + 1, own.draw.number, strict=True)
        assert listed == {student: (place, number) for student, place, number in due}


def test_a_change_in_any_school_draw_is_named(run, tmp_path):
    of, drawn = school_drawn_run(run)
    folder = audit_of(of, tmp_path / "a")
    for own in drawn[:2]:
        path = folder / f"zone.{own.school + 1:04d}.{of.scenario.schools.id[own.school]}.result.txt"
        before = path.read_bytes()
        lines = before.split(b"\n")
        lines[13], lines[14] = (  # the first two change places
            b"\t".join([place, *other.split(b"\t")[1:]])
            for place, other in ((b"1", lines[14]), (b"2", lines[13]))
        )
        path.write_bytes(b"\n".join(lines))
        found = verify.check(folder, tell=lambda line: None)
        assert {(file, line) for file, line, _ in found} == {(path.name, 14), (path.name, 15)}
        path.write_bytes(before)
    roster = path.with_name(path.name.replace(".result.", ".roster."))
    roster.write_bytes(roster.read_bytes().replace(b"draw\tzone/", b"draw\tzona/"))
    found = verify.check(folder, tell=lambda line: None)
    assert found == [(roster.name, 2, "draw")]


def test_the_roster_of_a_special_school_or_a_protected_round_is_withheld_and_said_so(run, tmp_path):
    of, drawn = school_drawn_run(run)
    folder = audit_of(of, tmp_path / "a")
    special = f"{drawn[2].school + 1:04d}"
    assert not [path for path in folder.iterdir() if special in path.name]
    assert len(list(folder.glob("zone.*.*.roster.txt"))) == 2
    for name in ("README.txt", "README.zh-CN.txt"):
        told = (folder / name).read_text(encoding="utf-8")
        assert "zone.*.result.txt" in told
    english = (folder / "README.txt").read_text(encoding="utf-8")
    assert "2 schools drew" in english and "the rosters of 1 of them" in english
    entry = replace(of.scenario.policy.rounds[0], who=["special_school"])
    closed = replace(of, scenario=replace(of.scenario, policy=replace(of.scenario.policy, rounds=[entry])))
    folder = audit_of(closed, tmp_path / "b")
    assert not list(folder.glob("*.roster.txt"))
    assert "the rosters of 3 of them" in (folder / "README.txt").read_text(encoding="utf-8")


def test_ids_unfit_for_a_file_name_leave_the_row_alone(run, tmp_path):
    of, _ = school_drawn_run(run)
    ids = of.scenario.schools.id.copy()
    ids[0], ids[1] = "a/../b", "第一小学"
    schools = replace(of.scenario.schools, id=ids)
    folder = audit_of(replace(of, scenario=replace(of.scenario, schools=schools)), tmp_path / "a")
    stems = {path.name.removesuffix(".roster.txt") for path in folder.glob("zone.*.roster.txt")}
    assert {"zone.0001", "zone.0002.第一小学"} <= stems
