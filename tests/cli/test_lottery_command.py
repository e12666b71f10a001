"""``xuewei lottery``: from a bureau's list to a verified bundle, in both languages, and nothing twice."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from cli_console import xuewei

from simulator.cli import lottery_app, main
from simulator.lottery import METHODS, bundle
from simulator.lottery.odds import BALLS
from simulator.model.arrays import texts
from simulator.model.policy import DrawMethod

LIST = "学生编号,姓名,多胞胎编组\nS1,甲,\nS2,乙,A\nS3,丙,A\nS4,丁,\nS5,戊,独\n"


def run(*words: str | Path) -> int:
    return main(["lottery", *map(str, words), "--lang", "en"])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the bureau's list and that of two late applicants."""
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(LIST, encoding="utf-8")
    Path("late.csv").write_text("报名号\nS6\nS7\n", encoding="gb18030")
    return tmp_path


def freeze(*more: str) -> int:
    return run(
        "freeze", "list.csv", "--bundle", "pub", "--name", "private", "--source", "balls of 2026078", *more
    )


def test_freeze_draw_and_verify(desk, capsys):
    assert freeze() == 0
    commitment = Path("pub/private.commitment.txt").read_text(encoding="utf-8").split()[0]
    assert commitment in capsys.readouterr().out
    assert run("draw", "pub", "--entropy", "12 2 5 8 10 33", "--places", "places.csv") == 0
    assert "2.5.8.10.12.33./" in capsys.readouterr().out
    assert run("verify", "pub", "--commitment", commitment.upper()) == 0
    assert "nothing was changed" in capsys.readouterr().out
    drawn = rows(desk / "places.csv")
    assert [row["student"] for row in drawn if row["place"] == "1"] and {row["draw"] for row in drawn} == {
        "private"
    }
    place = {row["student"]: int(row["place"]) for row in drawn}
    assert place["S2"] == place["S3"] and set(place) == {"S1", "S2", "S3", "S4", "S5"}


def test_the_bundle_holds_receipts_and_no_student(desk):
    freeze()
    run("draw", "pub", "--entropy", "9319")
    known = {row["student"]: row["receipt"] for row in rows(desk / "pub-receipts.csv")}
    assert len(known) == 5
    public = "".join(path.read_text(encoding="utf-8") for path in (desk / "pub").iterdir())
    assert all(receipt in public for receipt in known.values())
    cells = set(public.replace("\n", "\t").split("\t"))
    assert not cells & {"S1", "S2", "S3", "S4", "S5"} and not any(name in public for name in "甲乙丙丁戊")


def test_nothing_is_frozen_or_drawn_twice(desk, capsys):
    freeze()
    before = {path.name: path.read_bytes() for path in (desk / "pub").iterdir()}
    assert freeze() == 1 and "stays as it is" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (desk / "pub").iterdir()} == before
    assert run("draw", "pub", "--entropy", "9319") == 0
    result = (desk / "pub/private.result.txt").read_bytes()
    assert run("draw", "pub", "--entropy", "1") == 1
    assert run("draw", "pub", "--name", "private", "--entropy", "1") == 1
    assert "not be drawn again" in capsys.readouterr().err
    assert (desk / "pub/private.result.txt").read_bytes() == result


def test_who_applies_again_keeps_the_receipt_and_so_the_number(desk):
    """Withdrawing and entering again cannot redraw: the private table remembers."""
    freeze()
    before = rows(desk / "pub-receipts.csv")
    Path("list.csv").write_text("学生编号\nS5\nS9\nS1\n", encoding="utf-8")
    assert run("freeze", "list.csv", "--bundle", "pub", "--name", "second", "--source", "x") == 0
    after = {row["student"]: row["receipt"] for row in rows(desk / "pub-receipts.csv")}
    assert all(after[row["student"]] == row["receipt"] for row in before) and len(after) == 6


def test_late_applicants_get_their_own_draw_behind_the_first(desk, capsys):
    freeze()
    run("draw", "pub", "--entropy", "9319")
    first = {path.name: path.read_bytes() for path in (desk / "pub").iterdir()}
    late = (
        "freeze",
        "late.csv",
        "--bundle",
        "pub",
        "--name",
        "late",
        "--source",
        "next",
        "--after",
        "private",
    )
    assert run(*late) == 0
    assert run("draw", "pub", "--entropy", "9319") == 1
    assert "needs randomness" in capsys.readouterr().err
    assert run("draw", "pub", "--entropy", "9320", "--places", "late-places.csv") == 0
    places = rows(desk / "late-places.csv")
    assert [row["place"] for row in places] == ["6", "7"] and {row["draw"] for row in places} == {"private"}
    assert {name: (desk / "pub" / name).read_bytes() for name in first} == first
    Path("last.csv").write_text("报名号\nS8\n", encoding="utf-8")
    run("freeze", "last.csv", "--bundle", "pub", "--name", "last", "--source", "later", "--after", "late")
    assert run("draw", "pub", "--entropy", "9319") == 1, "known since the first of the chain"
    assert run("draw", "pub", "--entropy", "9321", "--places", "last-places.csv") == 0
    assert rows(desk / "last-places.csv") == [{"draw": "private", "student": "S8", "place": "8"}]
    assert run("verify", "pub") == 0
    both = ("freeze", "list.csv", "--bundle", "pub", "--name", "again", "--source", "x", "--after", "private")
    assert run(*both) == 1 and "Nobody is drawn twice" in capsys.readouterr().err


def late(name: str, after: str, *students: str) -> int:
    Path(f"{name}.csv").write_text("\n".join(("学生编号", *students)) + "\n", encoding="utf-8")
    return run(
        "freeze", f"{name}.csv", "--bundle", "pub", "--name", name, "--source", "next", "--after", after
    )


def test_nobody_of_a_chain_stands_on_it_twice_however_many_draws_lie_between(desk, capsys):
    freeze()
    assert run("draw", "pub", "--entropy", "9319") == 0
    assert late("late", "private", "S6") == 0
    assert run("draw", "pub", "--entropy", "9320") == 0
    assert late("third", "late", "S7", "S1") == 1
    assert "Nobody is drawn twice" in capsys.readouterr().err
    assert not (desk / "pub/third.roster.txt").exists()
    assert late("third", "late", "S7") == 0


def test_a_roster_is_followed_by_one_other(desk, capsys):
    freeze()
    assert late("late", "private", "S6") == 0
    assert late("other", "private", "S7") == 1
    assert "late is appended to private already" in capsys.readouterr().err
    assert late("other", "late", "S7") == 0
    assert run("verify", "pub") == 0
    assert (
        "frozen, not drawn: late.roster.txt, other.roster.txt, private.roster.txt" in capsys.readouterr().out
    )


def bound(folder: Path, name: str, ids: list[str], **change: object) -> None:
    """A roster that ``freeze`` would refuse, committed to and put into the bundle."""
    told = texts(sorted(ids))
    made = bundle.Roster(name, "official", "keyed", 0, "-", 1, "x", told, told)
    made = replace(made, **change)
    data = bundle.roster_bytes(made)
    (folder / f"{name}.roster.txt").write_bytes(data)
    (folder / f"{name}.commitment.txt").write_bytes(bundle.commitment_bytes(name, data))


@pytest.mark.parametrize("fault", ["on the first", "place", "foreign key", "second", "chain lost"])
def test_a_roster_the_verifier_would_reject_is_not_drawn(desk, capsys, fault):
    freeze()
    assert run("draw", "pub", "--entropy", "9319") == 0
    assert late("late", "private", "S6") == 0
    pub = desk / "pub"
    receipt = {row["student"]: row["receipt"] for row in rows(desk / "pub-receipts.csv")}
    after = bundle.commitment((pub / "late.roster.txt").read_bytes())
    told = {
        "on the first": "Nobody is drawn twice",
        "place": "that is place 7",
        "foreign key": "canonical bytes",
        "second": "is appended to late already",
        "chain lost": "not in the bundle",
    }
    chained = {"after": after, "first": 6 if fault == "place" else 7}
    if fault == "foreign key":
        chained["keys"] = texts(["GROUND"])
    bound(pub, "third", [receipt["S1"] if fault == "on the first" else "NEW"], **chained)
    if fault == "second":
        bound(pub, "fourth", ["OTHER"], **chained)
    if fault == "chain lost":
        for path in pub.glob("late.*"):
            path.unlink()
    capsys.readouterr()
    assert run("draw", "pub", "--name", "third", "--entropy", "9321") == 1
    assert told[fault] in capsys.readouterr().err
    assert not (pub / "third.result.txt").exists()
    assert run("verify", "pub") == 1


@pytest.mark.parametrize("entropy", [["9319"], ["7"], ["9320", "9319"], ["9320"]])
def test_randomness_any_draw_of_the_chain_used_does_not_draw_a_later_one(desk, capsys, entropy):
    """Nor a part of it: it was known when the roster was frozen."""
    freeze()
    assert run("draw", "pub", "--entropy", "9319", "--entropy", "7") == 0
    late("late", "private", "S6")
    assert run("draw", "pub", "--entropy", "9320") == 0
    late("third", "late", "S7")
    words = [word for one in entropy for word in ("--entropy", one)]
    assert run("draw", "pub", *words) == 1
    assert "needs randomness" in capsys.readouterr().err
    assert run("draw", "pub", "--entropy", "9319", "--entropy", "8") == 0
    assert run("verify", "pub") == 0


def test_a_first_draw_does_not_take_the_randomness_of_a_late_one_drawn_before_it(desk, capsys):
    freeze()
    late("late", "private", "S6")
    assert run("draw", "pub", "--name", "late", "--entropy", "9320") == 0
    assert run("draw", "pub", "--name", "private", "--entropy", "9320") == 1
    assert "drew late" in capsys.readouterr().err
    assert run("draw", "pub", "--name", "private", "--entropy", "9319") == 0
    assert run("verify", "pub") == 0


def test_a_copy_of_a_roster_under_another_name_is_not_drawn(desk, capsys):
    """The verifier would reject it: whoever may draw twice keeps the draw he likes."""
    freeze()
    pub = desk / "pub"
    data = (pub / "private.roster.txt").read_bytes()
    (pub / "copy.roster.txt").write_bytes(data)
    (pub / "copy.commitment.txt").write_bytes(bundle.commitment_bytes("copy", data))
    for name in ("copy", "private"):
        assert run("draw", "pub", "--name", name, "--entropy", "9319") == 1
        assert "are the same roster, byte for byte" in capsys.readouterr().err
    assert run("verify", "pub") == 1
    for path in pub.glob("copy.*"):
        path.unlink()
    assert run("draw", "pub", "--entropy", "9319") == 0
    assert run("verify", "pub") == 0


def test_a_simulation_is_not_drawn_and_nothing_official_is_appended_to_it(desk, capsys):
    pub = desk / "pub"
    pub.mkdir()
    bound(pub, "zone", ["S1", "S2"], kind="simulation", source="seed 7")
    assert run("draw", "pub", "--entropy", "9319") == 1
    assert "the roster of a simulation" in capsys.readouterr().err
    assert late("late", "zone", "S6") == 1
    assert "of another kind" in capsys.readouterr().err
    assert not list(pub.glob("late.*")) and not list(pub.glob("*.result.txt"))


def test_a_number_too_long_to_read_is_refused_in_words(desk, capsys):
    freeze()
    assert run("draw", "pub", "--entropy", "9" * 5000) == 1
    assert "more than one way" in capsys.readouterr().err


def test_a_roster_that_was_changed_is_not_drawn(desk, capsys):
    freeze("--method", "stride", "--plan", "2")
    roster = desk / "pub/private.roster.txt"
    roster.write_bytes(roster.read_bytes().replace(b"plan\t2", b"plan\t3"))
    assert run("draw", "pub", "--entropy", "9319") == 1
    assert "not the one that was committed to" in capsys.readouterr().err
    assert run("verify", "pub") == 1


def test_verify_names_the_change(desk, capsys):
    freeze()
    run("draw", "pub", "--entropy", "9319")
    result = desk / "pub/private.result.txt"
    result.write_bytes(result.read_bytes().replace(b"entropy\t9319./", b"entropy\t9318./"))
    assert run("verify", "pub") == 1
    assert "line 11: entropy was changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["draw", "pub", "--entropy", "12-3"], "more than one way"),
        (["draw", "pub", "--name", "other", "--entropy", "1"], "there are: private, second"),
        (["draw", "pub", "--entropy", "1"], "Several rosters"),
        (["draw", "nowhere", "--entropy", "1"], "nowhere"),
        (["verify", "."], "no bundle"),
        (["freeze", "none.csv", "--bundle", "pub", "--name", "x", "--source", "x"], "no such file"),
        (["draw", "nowhere", "--entropy", "1"], "is no bundle of a draw"),
        (["draw", "pub", "--name", "second", "--entropy", "1", "--places", "pub/p.csv"], "public bundle"),
        (["draw", "pub", "--name", "second", "--entropy", "1", "--places", "list.csv"], "list.csv exists"),
        (["draw", "pub", "--name", "second", "--entropy", ""], "is empty or"),
        (
            [
                "freeze",
                "list.csv",
                "--bundle",
                "pub",
                "--name",
                "x",
                "--source",
                "x",
                "--receipts",
                "pub/r.csv",
            ],
            "public bundle",
        ),
        (["freeze", "list.csv", "--bundle", "pub", "--name", "a/b", "--source", "x"], "use letters"),
        (
            ["freeze", "list.csv", "--bundle", "pub", "--name", "x", "--source", "x", "--method", "stride"],
            "--plan",
        ),
        (
            ["freeze", "list.csv", "--bundle", "pub", "--name", "x", "--source", "x", "--method", "dice"],
            "keyed, ",
        ),
        (["odds", "--applicants", "5", "--seats", "2", "--balls", "urn"], "ones_first"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(desk, capsys, words, says):
    freeze()
    run("freeze", "list.csv", "--bundle", "pub", "--name", "second", "--source", "x")
    before = sorted(path.name for path in (desk / "pub").iterdir())
    assert run(*words) in (1, 2)
    assert says in capsys.readouterr().err
    assert sorted(path.name for path in (desk / "pub").iterdir()) == before


@pytest.mark.parametrize(
    "listed",
    [
        "学生编号\nS1\nS1\n",
        "学生编号\n\n",
        "姓名\n甲\n",
        "学生编号\n",
        "学生编号\n110101201901011237\n",
        "学籍号\nG110101201901011237\n",
    ],
)
def test_a_list_with_faults_is_refused(desk, listed):
    Path("list.csv").write_text(listed, encoding="utf-8")
    assert freeze() == 1
    assert not Path("pub").exists() and not Path("pub-receipts.csv").exists()


def test_odds_of_every_position_in_both_languages(capsys):
    words = ("odds", "--applicants", "23", "--seats", "7", "--method", "stride", "--balls", "ones_first")
    assert run(*words) == 0
    english = capsys.readouterr().out
    assert "least 17/60 (28.3333 %), greatest 19/60 (31.6667 %); even odds are 7/23 (30.4348 %)" in english
    assert "1\t1\t3/10\t30.0000 %" in english and "23\t23\t17/60\t28.3333 %" in english
    assert main(["lottery", *words, "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert "各位次机会不等：最小 17/60" in chinese and "等差数 4" in chinese
    assert chinese.splitlines()[5:] == english.splitlines()[5:]
    assert run("odds", "--applicants", "10", "--seats", "3") == 0
    assert "Every position has the same odds: 3/10" in capsys.readouterr().out


def test_the_command_knows_every_procedure_there_is():
    """Written down once more there, so that help needs no heavy import."""
    assert lottery_app.METHODS == tuple(METHODS) == get_args(DrawMethod)
    assert lottery_app.BALLS == BALLS


@pytest.mark.parametrize("command", ["freeze", "draw", "verify", "odds"])
def test_help_in_both_languages(command):
    chinese = xuewei("lottery", command, "--help", environment={"LANG": "zh_CN.UTF-8"})
    english = xuewei("lottery", command, "--help")
    assert chinese.code == english.code == 0
    assert "用法：" in chinese.out and english.out.isascii() and "Usage:" in english.out


def test_a_run_in_which_every_school_draws_leaves_a_bundle_the_command_verifies(
    tmp_path, monkeypatch, capsys
):
    """From the scenario to the verifier: every school's draw is replayed, and a change in one is named."""
    toy = Path(__file__).parents[2] / "scenarios" / "toy"
    text = (toy / "scenario.toml").read_text(encoding="utf-8")
    asked = '[[rounds]]\nname = "zone"'
    assert text.count(asked) == 1
    for path in toy.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    own = f'{asked}\ntie_break = "per_school"\ndraw_method = "circle"'
    (tmp_path / "scenario.toml").write_text(text.replace(asked, own), encoding="utf-8")
    assert main(["run", str(tmp_path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    audit = tmp_path / "out" / "audit"
    drawn = sorted(path.name for path in audit.glob("zone.*.*.result.txt"))
    assert len(drawn) >= 2
    capsys.readouterr()
    assert run("verify", audit) == 0
    said = capsys.readouterr().out
    assert all(f"{name.removesuffix('.result.txt')}: 模拟" in said for name in drawn)
    assert f"{len(drawn)} schools drew" in (audit / "README.txt").read_text(encoding="utf-8")
    path = audit / drawn[-1]
    path.write_bytes(path.read_bytes().replace(b"drawn\tdirection=", b"drawn\tdirection=3"))
    assert run("verify", audit) == 1
    assert f"{drawn[-1]} 第 13 行：drawn 被改动" in capsys.readouterr().out
