"""No way to end shows a planner a traceback."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_console import REPOSITORY, TOY

from simulator import simulate
from simulator.cli import EXIT_INTERRUPTED, EXIT_OWN_FAULT, main


def run_with(error: BaseException, monkeypatch: pytest.MonkeyPatch, folder: Path) -> int:
    """The exit code of a run in which playing the rounds raises ``error``."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(simulate, "simulate", fail)
    code = main(["run", str(TOY), "--lang", "en", "--out", str(folder / "run")])
    assert not list(folder.iterdir()), "something was left behind"
    return code


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "students.parquet"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "results.xlsx"), "in use: results.xlsx"),
        (OSError(errno.EIO, "Input/output error", "blocks.csv"), "Input/output error"),
        (MemoryError(), "Out of memory"),
    ],
)
def test_the_system_refuses(error, words, monkeypatch, tmp_path, capsys):
    assert run_with(error, monkeypatch, tmp_path) == 1
    printed = capsys.readouterr()
    assert words in printed.err
    assert len(printed.err.splitlines()) == 1


def test_our_own_fault_says_so_and_keeps_the_traceback(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "kept"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "kept").mkdir()
    (tmp_path / "out").mkdir()
    monkeypatch.delenv("XUEWEI_DEBUG", raising=False)
    assert run_with(ZeroDivisionError("nobody\nhome"), monkeypatch, tmp_path / "out") == EXIT_OWN_FAULT
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert len(printed.err.splitlines()) == 1
    (kept,) = (tmp_path / "kept").glob("xuewei-*.txt")
    assert str(kept) in printed.err
    assert "ZeroDivisionError: nobody" in kept.read_text(encoding="utf-8")


def test_a_crash_in_a_test_leaves_nothing_in_the_folder_of_the_system(
    monkeypatch, tmp_path, capsys, temporary_files, tmp_path_factory
):
    """Neither from this process nor from one that a test starts."""
    assert temporary_files.is_relative_to(tmp_path_factory.getbasetemp())
    monkeypatch.delenv("XUEWEI_DEBUG", raising=False)
    assert run_with(ZeroDivisionError(), monkeypatch, tmp_path) == EXIT_OWN_FAULT
    assert str(temporary_files) in capsys.readouterr().err
    code = "import tempfile; print(tempfile.gettempdir())"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert ended.stdout.strip() == str(temporary_files)


def test_our_own_fault_is_raised_for_who_debugs(monkeypatch, tmp_path):
    monkeypatch.setenv("XUEWEI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run_with(ZeroDivisionError(), monkeypatch, tmp_path)


def test_interrupted(monkeypatch, tmp_path, capsys):
    assert run_with(KeyboardInterrupt(), monkeypatch, tmp_path) == EXIT_INTERRUPTED
    assert "Interrupted" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_interrupted_by_the_keyboard(tmp_path):
    code = (
        "import os, signal, sys, time\n"
        "from simulator import simulate\n"
        "from simulator.cli import main\n"
        "def play(*_, **__):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(30)\n"
        "simulate.simulate = play\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "run", str(TOY), "--lang", "en", "--out", str(tmp_path / "run")],
        cwd=REPOSITORY, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert ended.returncode == EXIT_INTERRUPTED
    assert "Interrupted" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "--seed 应为不小于 0 的整数"), ("en", "--seed takes a whole")]
)
@pytest.mark.parametrize("seed", ["-1", "one"])
def test_a_wrong_seed_is_told_in_the_language(language, words, seed, capsys):
    assert main(["run", str(TOY), "--seed", seed, "--lang", language]) == 2
    printed = capsys.readouterr().err
    assert words in printed and "Invalid" not in printed


WRONG = {
    "no command": (["foo"], "没有命令 foo"),
    "a slip in a command": (["lottery", "verfy", "x"], "没有命令 verfy（最相近：verify）"),
    "words too many": (["lottery", "draw", "pub", "--entropy", "1", "2", "3"], "多出的内容：2 3（"),
    "no value": (["run", "x", "--seed"], "--seed 后面缺少值"),
    "a value for a switch": (["run", "x", "--replace=yes"], "--replace 不带值"),
    "a slip in an option": (["run", "x", "--lnag", "zh"], "没有选项 --lnag（最相近：--lang）"),
    "one letter": (["run", "x", "-z"], "没有选项 -z"),
    "below": (["sweep", "x", "--draws", "0"], "--draws 应为 1 到 1000000 的整数"),
    "above": (["lottery", "odds", "--applicants", "9999", "--seats", "1"], "应为 1 到 5000 的整数"),
    "in words": (["site", "x", "--open", "two"], "--open 应为不小于 1 的整数"),
    "a language there is not": (["run", "x", "--lang", "fr"], "语言应为 zh 或 en"),
    "a word there is not": (["site", "x", "--open", "1", "--stage", "foo"], "--stage 须为：primary, junior"),
    "missing": (["lottery", "draw", "pub"], "缺少 --entropy"),
    "missing argument": (["run", "--seed", "3"], "缺少 SCENARIO"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_no_usage_error_is_left_in_the_librarys_english(kind, monkeypatch, capsys):
    words, says = WRONG[kind]
    monkeypatch.setenv("XUEWEI_LANG", "zh")
    assert main(words) == 2
    told = capsys.readouterr().err
    assert says in told and told.count("\n") == 2
    for word in ("No such", "Invalid", "Got", "requires", "Input", "Missing", "take a", "Did you"):
        assert word not in told


def test_a_wrong_override_is_named_once(capsys):
    assert main(["check", str(TOY), "--set", "clas_size.primary=45", "--lang", "zh"]) == 1
    line = capsys.readouterr().out.splitlines()[1]
    assert line.startswith("- --set clas_size.primary=45, ") and "最相近：class_size" in line
    assert "scenario.toml" not in line
