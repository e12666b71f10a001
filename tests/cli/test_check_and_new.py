"""``xuewei check`` on sound and broken folders, and ``xuewei new``."""

from __future__ import annotations

import tomllib
from itertools import takewhile
from pathlib import Path

import pytest
from cli_console import REPOSITORY, TOY, xuewei

from simulator.cli import main
from simulator.messages.telling import place_of
from simulator.model import Fault

BROKEN = sorted(path.parent for path in (REPOSITORY / "tests" / "broken").glob("*/expected.toml"))


def fault_lines(printed: str) -> list[str]:
    """The faults of a listing: what stands between its heading and the next."""
    return list(takewhile(lambda line: line.startswith("- "), printed.splitlines()[1:]))


def test_at_least_thirty_broken_folders():
    assert len(BROKEN) >= 30


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_every_broken_folder_is_listed_in_words(folder, capsys):
    language = "zh" if len(folder.name) % 2 else "en"
    assert main(["check", str(folder), "--lang", language]) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    assert fault_lines(printed.out)
    assert ("处错误" if language == "zh" else "Faults") in printed.out.splitlines()[0]
    assert "Traceback" not in printed.out
    planted = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    place = place_of(Fault(planted["code"], planted["file"], planted["row"], planted["column"]), language)
    assert any(line.startswith(f"- {place}") for line in fault_lines(printed.out))


def test_broken_folder_in_a_process_of_its_own():
    ended = xuewei("check", BROKEN[0])
    assert ended.code == 1
    assert "Traceback" not in ended.out + ended.err


def test_run_on_a_broken_folder_lists_the_same_faults(tmp_path, capsys):
    assert main(["check", str(BROKEN[0]), "--lang", "zh"]) == 1
    checked = fault_lines(capsys.readouterr().out)
    assert main(["run", str(BROKEN[0]), "--lang", "zh", "--out", str(tmp_path / "run")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert fault_lines(printed.err) == checked != []
    assert not (tmp_path / "run").exists()


def test_sound_folder(capsys):
    assert main(["check", str(TOY), "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert "No faults" in printed.out and "Warnings" in printed.out
    assert printed.err == ""


def test_no_such_folder(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere"), "--lang", "en"]) == 1
    assert "nowhere" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_new_then_check_then_run(tmp_path, monkeypatch, capsys, language):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine", "--lang", language]) == 0
    assert "xuewei check mine" in capsys.readouterr().out
    assert main(["check", "mine", "--lang", language]) == 0
    assert main(["run", "mine", "--lang", language, "--quiet", "--out", "result"]) == 0
    assert Path("result/report.html").is_file()


def test_new_overwrites_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    Path("mine/schools.csv").write_text("mine", encoding="utf-8")
    assert main(["new", "mine", "--lang", "en"]) == 1
    assert [path.name for path in Path("mine").iterdir()] == ["schools.csv"]
    assert Path("mine/schools.csv").read_text(encoding="utf-8") == "mine"
    assert "mine exists" in capsys.readouterr().err
