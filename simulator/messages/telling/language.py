"""Which language to speak: the same rule on the command line and in Python."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping

from simulator.messages import Language, text

KNOWN_LANGUAGES: tuple[Language, ...] = ("zh", "en")
VARIABLE = "XUEWEI_LANG"
"""The environment variable that chooses a language for every command and every line in Python."""


def parse_language(value: str) -> Language | None:
    """``zh``, ``zh_CN.UTF-8``, ``Chinese (Simplified)_China`` are Chinese, ``en…`` English, else None."""
    word = value.strip().lower()
    if word.startswith(("zh", "chinese")):
        return "zh"
    return "en" if word.startswith("en") else None


def system_language(environment: Mapping[str, str] | None = None) -> Language:
    """The language of the system: Chinese where its locale is Chinese, English everywhere else."""
    environment = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return parse_language(environment[name]) or "en"
    if sys.platform == "win32":
        import ctypes

        # The primary language is the low ten bits of the identifier; 4 is Chinese.
        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4 else "en"
    import locale

    return parse_language(locale.getlocale()[0] or "") or "en"


def choose_language(
    option: str = "", scenario: str = "", environment: Mapping[str, str] | None = None
) -> Language:
    """The first that names a language: ``option``, ``XUEWEI_LANG``, the scenario's, the system's.

    Args:
        option: of the command line (``--lang``), or what a caller in Python asks for.
        scenario: the setting ``language`` of a scenario. Both may be "".
    """
    environment = os.environ if environment is None else environment
    for value in (option, environment.get(VARIABLE, ""), scenario):
        language = parse_language(value)
        if language:
            return language
    return system_language(environment)


def spoken_language(option: str = "", scenario: str = "") -> Language:
    """``choose_language`` for Python, where a value of ``XUEWEI_LANG`` that is none known gives a warning.

    Raises:
        ValueError: ``option`` is no language known.
    """
    if option and parse_language(option) is None:
        raise ValueError(f"no language {option!r}; there are: {', '.join(KNOWN_LANGUAGES)}")
    language = choose_language(option, scenario)
    unknown = unknown_language()
    if unknown:
        warnings.warn(unknown_told(unknown, language), stacklevel=3)
    return language


def unknown_told(value: str, language: Language) -> str:
    """That ``value`` of ``XUEWEI_LANG`` is no language known, and which are."""
    shown = "".join(letter for letter in value[:40] if letter.isprintable())
    return text("variable_language", language, value=shown, known=", ".join(KNOWN_LANGUAGES))


def unknown_language(environment: Mapping[str, str] | None = None) -> str:
    """What ``XUEWEI_LANG`` holds where that is no language known, so that somebody may be told; else ""."""
    environment = os.environ if environment is None else environment
    value = environment.get(VARIABLE, "")
    return value if value.strip() and parse_language(value) is None else ""
