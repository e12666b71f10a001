"""Help starts at once, speaks the reader's language and prints on any console."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cli_console import REPOSITORY, TOY, xuewei

from simulator.cli.console import language_of_help
from simulator.messages.telling import choose_language, one_line, parse_language

HEAVY = ("numpy", "pandas", "pyarrow", "ortools", "scipy", "shapely", "geopandas", "matplotlib", "pydantic")


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from simulator.cli import main; main(['run', '--help']); "
        f"print('HEAVY', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert ended.stdout.splitlines()[-1] == "HEAVY []"


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["check", "-h"], ["new", "--help"]])
def test_help_in_both_languages(words):
    chinese = xuewei(*words, environment={"LANG": "zh_CN.UTF-8"})
    english = xuewei(*words)
    assert chinese.code == english.code == 0
    assert "用法：" in chinese.out and "Usage:" not in chinese.out
    assert english.out.isascii() and "Usage:" in english.out
    # Every option is described in both.
    assert chinese.out.count("--") >= english.out.count("  --")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_help_survives_the_console(encoding):
    ended = xuewei("run", "--help", encoding=encoding, environment={"LANG": "zh_CN.GBK", "PYTHONUTF8": "0"})
    assert ended.code == 0
    assert "--variant" in ended.out


def test_usage_error_in_one_line_of_words():
    ended = xuewei("run", "--lang", "zh", "--nonsense", "x")
    assert ended.code == 2
    assert "--nonsense" in ended.err and "命令写法有误" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("option", "scenario", "environment", "language"),
    [
        ("zh", "en", {"XUEWEI_LANG": "en", "LANG": "en_US.UTF-8"}, "zh"),
        ("", "en", {"XUEWEI_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ("", "zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("", "", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("", "", {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ("", "", {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_first_that_names_a_language_wins(option, scenario, environment, language):
    assert choose_language(option, scenario, environment) == language


@pytest.mark.parametrize(
    ("value", "language"),
    [("zh_TW", "zh"), ("Chinese (Simplified)_China", "zh"), ("en_GB", "en"), ("C", None), ("", None)],
)
def test_locale_names(value, language):
    assert parse_language(value) == language


def test_language_option_counts_before_parsing(monkeypatch):
    monkeypatch.setenv("XUEWEI_LANG", "en")
    assert language_of_help(["run", "x", "--lang=zh"]) == "zh"
    assert language_of_help(["run", "--lang", "zh"]) == "zh"
    assert language_of_help(["run", "--lang"]) == "en"


@pytest.mark.parametrize("words", [["--help"], ["check", TOY], ["run"]])
def test_a_language_that_is_not_known_is_told_with_those_that_are(words):
    ended = xuewei(*words, environment={"XUEWEI_LANG": "fr"})
    plain = xuewei(*words)
    assert "XUEWEI_LANG" in ended.err
    assert "'fr'" in ended.err
    assert "zh, en" in ended.err
    assert (ended.code, ended.out) == (plain.code, plain.out)
    assert "XUEWEI_LANG" not in plain.err
    chinese = xuewei(*words, environment={"XUEWEI_LANG": "fr", "LANG": "zh_CN.UTF-8"})
    assert "不是认识的语言" in chinese.err


def test_values_cannot_play_with_the_terminal():
    assert one_line("a\x1b[2Jb\nc") == "a�[2Jb�c"
