"""The console: the language of help, and streams that survive any encoding."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence

from simulator.messages import Language, text
from simulator.messages.telling import choose_language, unknown_language, unknown_told


def prepare_streams() -> None:
    """Let no character a console cannot show end a run: it prints as ``?`` (GBK, ASCII)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def language_of_help(words: Sequence[str]) -> Language:
    """The language for help and errors, before any option is parsed."""
    option = ""
    for index, word in enumerate(words):
        if word == "--lang" and index + 1 < len(words):
            option = words[index + 1]
        elif word.startswith("--lang="):
            option = word.removeprefix("--lang=")
    return choose_language(option)


def warn_of_unknown_language(language: Language) -> None:
    """Say on the error stream that ``XUEWEI_LANG`` names no language known, and which are."""
    value = unknown_language()
    if value:
        print(unknown_told(value, language), file=sys.stderr)


def translate_help(page: str, language: Language) -> str:
    """The headings and marks of a help page, which the command line library writes in English, in
    ``language``; the types it puts behind arguments, such as ``<path>``, are left out."""
    for code in ("help_usage", "help_commands", "help_options", "help_arguments"):
        page = page.replace(text(code, "en"), text(code, language), 1)
    for code in ("help_mark_options", "help_mark_command", "help_mark_required"):
        page = page.replace(text(code, "en"), text(code, language))
    return re.sub(r"(?m)(?<=^  )(\S+) (<\S+>)", lambda found: found[1].ljust(len(found[0])), page)
