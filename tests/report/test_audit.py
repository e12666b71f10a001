"""The audit folder: a bundle the verifier passes, every number recomputed from what its README says."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest

from simulator import lottery, report
from simulator.lottery import METHODS, verify
from simulator.model import UNPLACED
from simulator.report.files import csv_safe


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


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@a", "\ta", "'a", "'=1", "abc", "", "学生"])
def test_a_disarmed_cell_gives_the_value_back(value):
    safe = csv_safe(value)
    assert not safe.startswith(("=", "+", "-", "@", "\t"))
    assert (safe[1:] if safe.startswith("'") else safe) == value
