"""The console: which language to speak, and streams that survive any encoding."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Mapping, Sequence

from simulator.messages import Language, text


def prepare_streams() -> None:
    """Let no character a console cannot show end a run: it prints as ``?`` (GBK, ASCII)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


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
    """The first that names a language: ``--lang``, ``XUEWEI_LANG``, the scenario's, the system's."""
    environment = os.environ if environment is None else environment
    for value in (option, environment.get("XUEWEI_LANG", ""), scenario):
        language = parse_language(value)
        if language:
            return language
    return system_language(environment)


def language_of_help(words: Sequence[str]) -> Language:
    """The language for help and errors, before any option is parsed."""
    option = ""
    for index, word in enumerate(words):
        if word == "--lang" and index + 1 < len(words):
            option = words[index + 1]
        elif word.startswith("--lang="):
            option = word.removeprefix("--lang=")
    return choose_language(option)


def one_line(value: object) -> str:
    """``value`` without line breaks and control characters, so that data cannot play with the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(value))


def translate_help(page: str, language: Language) -> str:
    """The headings and marks of a help page, which the command line library writes in English, in
    ``language``; the types it puts behind arguments, such as ``<path>``, are left out."""
    for code in ("help_usage", "help_commands", "help_options", "help_arguments"):
        page = page.replace(text(code, "en"), text(code, language), 1)
    for code in ("help_mark_options", "help_mark_command", "help_mark_required"):
        page = page.replace(text(code, "en"), text(code, language))
    return re.sub(r"(?m)(?<=^  )(\S+) (<\S+>)", lambda found: found[1].ljust(len(found[0])), page)
