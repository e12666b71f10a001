"""``xuewei run``: what it writes, what it prints, and that it overwrites nothing unasked."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_console import REPOSITORY, TOY, xuewei

from simulator.cli import main


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The toy, run once from an empty folder."""
    folder = tmp_path_factory.mktemp("ran")
    return folder, xuewei("run", TOY, folder=folder)


def test_run_names_the_report_and_prints_the_summary(ran):
    folder, ended = ran
    assert ended.code == 0, ended.err
    report = folder / "runs" / "toy" / "report.html"
    assert report.is_file()
    assert ended.out.splitlines()[-1] == f"Report: {report}"
    assert "children on the roster" in ended.out and "12" in ended.out


def test_the_audit_folder_is_verified_by_a_bare_python(ran):
    folder, _ = ran
    verifier = REPOSITORY / "simulator" / "lottery" / "verify.py"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(verifier), str(folder / "runs" / "toy" / "audit")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0 and "nothing was changed" in ended.stdout, ended.stdout + ended.stderr
    assert "模拟，不是正式摇号" in ended.stdout and "official draw" not in ended.stdout


def test_no_progress_bar_and_no_colour_in_a_pipe(ran):
    _, ended = ran
    assert "\x1b" not in ended.out + ended.err
    assert ended.err == ""


def test_an_existing_folder_is_not_overwritten(ran):
    folder, _ = ran
    before = bytes_of(folder)
    ended = xuewei("run", TOY, folder=folder)
    assert ended.code == 1
    assert "--replace" in ended.err and "--out" in ended.err
    assert bytes_of(folder) == before
    assert not list((folder / "runs").glob(".*")), "something was left beside the run folder"


def test_replace_gives_the_same_bytes(ran):
    folder, _ = ran
    before = bytes_of(folder / "runs" / "toy")
    assert xuewei("run", TOY, "--replace", folder=folder).code == 0
    after = bytes_of(folder / "runs" / "toy")
    assert {name for name in before if before[name] != after.get(name)} <= {"timings.json"}
    assert before.keys() == after.keys()


def test_replace_takes_nobodys_documents_away(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["run", str(TOY), "--lang", "en", "--replace", "--out", str(tmp_path)]) == 1
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    assert "not a run folder" in capsys.readouterr().err


def test_quiet_prints_the_path_alone(tmp_path, capsys):
    assert main(["run", str(TOY), "--quiet", "--out", str(tmp_path / "a b")]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [str(tmp_path / "a b" / "report.html")]
    assert printed.err == ""


def test_seed_set_and_variant(tmp_path, monkeypatch):
    scenario = tmp_path / "toy"
    shutil.copytree(TOY, scenario)
    with (scenario / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write('\n[variants."far/off".travel]\ndetour_percent = 200\n')
    monkeypatch.chdir(tmp_path)
    words = ["--variant", "far/off", "--set", "travel.nearest=2", "--seed", "99"]
    assert main(["run", str(scenario), *words, "--quiet"]) == 0
    resolved = json.dumps(manifest(tmp_path / "runs" / "toy-far_off-travel.nearest-2+seed-99"))
    assert '"detour_percent": 200' in resolved
    assert '"nearest": 2' in resolved
    assert '"seed": 99' in resolved


@pytest.mark.parametrize(
    "words", [["--set", "travel.nearest"], ["--set", "travel.nosuch=1"], ["--variant", "nosuch"]]
)
def test_wrong_settings_are_faults(tmp_path, capsys, words):
    assert main(["run", str(TOY), "--lang", "en", *words, "--out", str(tmp_path / "run")]) == 1
    assert not (tmp_path / "run").exists()
    printed = capsys.readouterr()
    assert words[1].split("=")[0] in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(("encoding", "locale"), [("gbk", "zh_CN.GBK"), ("ascii", "C")])
def test_any_console(tmp_path, encoding, locale):
    """A Chinese console of old, and a bare machine with no locale at all."""
    ended = xuewei(
        "run", TOY, "--lang", "zh", "--out", tmp_path / "run",
        encoding=encoding, environment={"LANG": locale, "LC_ALL": locale, "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert str(tmp_path / "run" / "report.html") in ended.out
    assert ("报告：" in ended.out) == (encoding == "gbk")


def test_language_of_the_report(tmp_path):
    for language, word in (("zh", 'lang="zh'), ("en", 'lang="en')):
        assert main(["run", str(TOY), "--quiet", "--lang", language, "--out", str(tmp_path / language)]) == 0
        assert word in (tmp_path / language / "report.html").read_text(encoding="utf-8")


def test_a_wrong_font_is_told_before_the_work(tmp_path, capsys):
    font = tmp_path / "font.ttf"
    assert main(["run", str(TOY), "--lang", "en", "--font", str(font), "--out", str(tmp_path / "run")]) == 1
    font.write_text("no font", encoding="utf-8")
    assert main(["run", str(TOY), "--lang", "en", "--font", str(font), "--out", str(tmp_path / "run")]) == 1
    assert capsys.readouterr().err.count("not a font file") == 2
    assert not (tmp_path / "run").exists()


def test_a_misnamed_column_is_told_in_full_and_not_in_the_count(tmp_path):
    shutil.copytree(TOY, tmp_path / "toy")
    schools = tmp_path / "toy" / "schools.csv"
    schools.write_text(
        schools.read_text(encoding="utf-8").replace(",班额,", ",标准的班额,", 1), encoding="utf-8"
    )
    ended = xuewei("run", "toy", "--lang", "en", folder=tmp_path)
    assert ended.code == 0
    assert "标准的班额" in ended.out and "rename the heading to 标准班额" in ended.out
    assert "Warnings besides: 5." in ended.out


def test_no_run_takes_the_folder_of_other_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["run", str(TOY), "--quiet"]) == 0
    plain = bytes_of(tmp_path / "runs" / "toy")
    assert main(["run", str(TOY), "--quiet", "--replace", "--set", "travel.nearest=2"]) == 0
    assert main(["run", str(TOY), "--quiet", "--replace", "--seed", "9"]) == 0
    assert bytes_of(tmp_path / "runs" / "toy") == plain
    written = {path.name for path in (tmp_path / "runs").iterdir()}
    assert written == {"toy", "toy-travel.nearest-2", "toy-seed-9"}


def test_long_or_odd_changes_name_the_folder_by_a_hash():
    from simulator.cli.commands import folder_name

    odd = [("title=a/b",), ("title=a:b",), ("title=" + "x" * 60,), ('a="1"', "b=2")]
    names = [folder_name("toy", "", changes) for changes in odd]
    assert len(set(names)) == len(names)
    assert all(len(name) == len("toy-") + 8 and name.replace("-", "").isalnum() for name in names)
    assert names == [folder_name("toy", "", changes) for changes in odd]


def test_summary_and_manifest_name_what_was_changed(tmp_path):
    words = ("--set", "travel.nearest=2", "--seed", "9", "--lang", "en", "--out", "out")
    ended = xuewei("run", TOY, *words, folder=tmp_path)
    assert "Changed: travel.nearest=2 · seed 9" in ended.out
    assert manifest(tmp_path / "out")["changes"] == ["travel.nearest=2", "seed=9"]


def plan_below(folder: Path, settings: str = "") -> Path:
    """A plan that only says how it differs from the toy beside it."""
    shutil.copytree(TOY, folder / "toy")
    (folder / "plan b").mkdir()
    written = f'base = "../toy"\nseed = 9\n{settings}'
    (folder / "plan b" / "scenario.toml").write_text(written, encoding="utf-8")
    return folder / "plan b"


def test_a_plan_with_the_name_of_its_base_has_results_of_its_own(tmp_path, monkeypatch, capsys):
    plan = plan_below(tmp_path)
    monkeypatch.chdir(tmp_path)
    words = ["--lang", "en", "--quiet"]
    assert main(["run", "toy", *words]) == 0
    assert main(["run", str(plan), *words]) == 0
    assert main(["run", str(plan / "scenario.toml"), "--seed", "3", *words]) == 0
    assert main(["sweep", str(plan), "--draws", "1", "--workers", "1", *words]) == 0
    assert main(["sweep", "toy", "--draws", "1", "--workers", "1", *words]) == 0
    names = {path.name for path in Path("runs").iterdir()}
    assert names == {"toy", "toy+plan_b", "toy+plan_b-seed-3", "toy+plan_b-sweep", "toy-sweep"}
    assert manifest(Path("runs/toy+plan_b"))["seed"]["value"] == 9
    capsys.readouterr()


def test_a_plan_with_a_name_of_its_own_keeps_it(tmp_path, monkeypatch, capsys):
    plan = plan_below(tmp_path, 'name = "乙方案"\n')
    monkeypatch.chdir(tmp_path)
    assert main(["run", str(plan), "--lang", "zh", "--quiet"]) == 0
    assert [path.name for path in Path("runs").iterdir()] == ["乙方案"]
    verifier = REPOSITORY / "simulator" / "lottery" / "verify.py"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(verifier), "runs/乙方案/audit"], capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    capsys.readouterr()
