"""The audit bundle: every number can be recomputed from what its README says, and nothing else."""

import csv
import hashlib
from dataclasses import replace

import numpy as np
import pytest

from simulator import lottery, report
from simulator.model import UNPLACED, Draw
from simulator.report.files import csv_safe


@pytest.fixture(scope="module")
def bundle(hostile, tmp_path_factory):
    """A hostile run with a true draw over part of the roster, twins on it, and its audit folder."""
    students = hostile.students
    roster = np.flatnonzero(np.arange(len(students)) % 3 != 0)
    drawn = lottery.draw(
        "public draw", hostile.scenario.policy.seed, students.id[roster], students.twin_group[roster]
    )
    number, order = (np.full(len(students), UNPLACED, dtype=np.int64) for _ in range(2))
    number[roster], order[roster] = drawn.number, drawn.order
    draws = {"zone": Draw(drawn.name, drawn.seed, number, order)}
    run = replace(hostile, admission=replace(hostile.admission, draws=draws))
    folder = report.write(run, tmp_path_factory.mktemp("audit") / "a", language="zh")
    return run, roster, folder / "audit"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_number_is_recomputed_by_the_rule_of_the_readme(bundle):
    run, roster, folder = bundle
    listed = rows(folder / "zone.csv")
    assert len(listed) == len(roster)
    for row in listed:
        key = row["key"].removeprefix("'")
        text = f"xuewei-draw-1\n{run.scenario.policy.seed}\npublic draw\n{key}"
        number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") // 2
        assert int(row["number"]) == number


def test_places_follow_from_numbers_and_ids(bundle):
    run, roster, folder = bundle
    listed = rows(folder / "zone.csv")
    drawn = [(int(row["number"]), row["student"].removeprefix("'")) for row in listed]
    assert drawn == sorted(drawn)
    assert {student for _, student in drawn} == set(run.students.id[roster].tolist())
    first: dict[int, int] = {}
    for place, (row, (number, _)) in enumerate(zip(listed, drawn, strict=True), start=1):
        assert int(row["place"]) == first.setdefault(number, place)


def test_twins_share_key_number_and_place(bundle):
    run, _, folder = bundle
    twins = set(run.students.id[run.students.twin_group == 1].tolist())
    found = [row for row in rows(folder / "zone.csv") if row["student"].removeprefix("'") in twins]
    assert len(found) == 2
    assert len({(row["key"], row["number"], row["place"]) for row in found}) == 1
    assert found[0]["key"].removeprefix("'") == min(twins)


def test_the_readme_states_this_construction(bundle):
    run, _, folder = bundle
    for name in ("README.txt", "README.zh-CN.txt"):
        text = (folder / name).read_text(encoding="utf-8")
        assert lottery.VERSION in text and "SHA-256" in text and "public draw" in text
        assert str(run.scenario.policy.seed) in text and "zone.csv" in text
    assert "no official draw" in (folder / "README.txt").read_text(encoding="utf-8")
    assert "不是正式摇号" in (folder / "README.zh-CN.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@a", "\ta", "'a", "'=1", "abc", "", "学生"])
def test_a_disarmed_cell_gives_the_value_back(value):
    safe = csv_safe(value)
    assert not safe.startswith(("=", "+", "-", "@", "\t"))
    assert (safe[1:] if safe.startswith("'") else safe) == value
