"""Every way a command can end but well: an exception to words on the error stream and an exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from simulator.cli import EXIT_FAULTS, EXIT_OWN_FAULT, EXIT_USAGE
from simulator.cli.choices import Told
from simulator.cli.console import translate_help
from simulator.messages import Language, text
from simulator.messages.telling import one_line

COMMANDS = ("run", "check", "new", "explain", "lottery", "zones", "site", "sweep", "compare")


def explain(error: Exception, language: Language, words: Sequence[str]) -> int:
    """Print what happened and what to do about it; return the exit code.

    ``XUEWEI_DEBUG=1`` raises ``error`` again instead where it is the program's own fault.
    """
    if hasattr(error, "format_message"):  # the command line library's own: a wrong option or value
        return _usage(error, language, words)
    from simulator.model import ScenarioError

    if isinstance(error, ScenarioError):
        from simulator.cli.listing import list_faults

        list_faults(error.faults, language)
        return EXIT_FAULTS
    if isinstance(error, FileExistsError):
        # The writer says of a run folder whether it may be replaced on request.
        code = "end_exists" if getattr(error, "replaceable", True) else "end_not_a_run_folder"
        return _say(EXIT_FAULTS, text(code, language, path=_path(error)))
    if isinstance(error, MemoryError):
        return _say(EXIT_FAULTS, text("end_memory", language))
    if isinstance(error, OSError):
        code = "end_system"
        if error.errno == errno.ENOSPC:
            code = "end_disk_full"
        elif isinstance(error, PermissionError):
            code = "end_no_permission"
        reason = one_line(error.strerror or error)
        return _say(EXIT_FAULTS, text(code, language, path=_path(error), error=reason))
    if os.environ.get("XUEWEI_DEBUG"):
        raise error
    summary = one_line(f"{type(error).__name__}: {error}")[:300]
    return _say(EXIT_OWN_FAULT, text("end_own_fault", language, error=summary, path=_keep_traceback(error)))


def _say(code: int, message: str) -> int:
    print(message, file=sys.stderr)
    return code


def _path(error: OSError) -> str:
    return one_line(error.filename or error)


def _usage(error: Exception, language: Language, words: Sequence[str]) -> int:
    """A wrong option, a missing argument, a value out of bounds."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(translate_help(str(error), language))
        return EXIT_USAGE
    command = next((word for word in words if word in COMMANDS), "")
    below = next((word for word in words if word in ("freeze", "draw", "verify", "odds")), "")
    named = (command, below) if command == "lottery" else (command,)
    help_command = " ".join(word for word in ("xuewei", *named, "--help") if word)
    said = one_line(_wrong(error, language, words))
    return _say(EXIT_USAGE, text("end_usage", language, error=said, help=help_command))


def _wrong(error: Any, language: Language, words: Sequence[str]) -> str:
    """What is wrong with a command, in words of our own: the command line library speaks English alone."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    name = "" if parameter is None else parameter.get_error_hint().strip("'")
    known = getattr(error, "cmd", None) or getattr(getattr(error, "ctx", None), "command", None)
    if isinstance(error, Told):
        return error.format_message()
    if kind == "MissingParameter":
        return text("end_missing", language, name=name)
    if kind == "BadParameter":
        least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
        if least is None:
            return text("end_value", language, name=name)
        code = "end_number" if most is None else "end_number_within"
        return text(code, language, name=name, least=least, most=most)
    if kind == "NoSuchOption":
        options = [word for one in getattr(known, "params", ()) for word in one.opts]
        near = _nearest(error.option_name, options, language)
        return text("end_no_such_option", language, name=error.option_name, nearest=near)
    if kind == "BadOptionUsage":
        given = any(word.startswith(f"{error.option_name}=") for word in words)
        return text("end_no_value" if given else "end_value_missing", language, name=error.option_name)
    said, commands = str(getattr(error, "message", "")), getattr(known, "commands", None)
    if commands is not None:
        asked = re.search("'(.*?)'", said)
        name = "" if asked is None else asked[1]
        near = _nearest(name, list(commands), language)
        return text("end_no_such_command", language, name=name, nearest=near)
    extra = re.search(r"\((?!s\))(.*)\)$", said)
    return text("end_other", language) if extra is None else text("end_extra", language, words=extra[1])


def _nearest(word: str, known: Sequence[str], language: Language) -> str:
    """The known word most like this one, in brackets; nothing where none is like it."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return text("nearest", language, suggestion=near[0]) if near else ""


def _keep_traceback(error: Exception) -> str:
    """Save the traceback for a report of the fault; return where."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="xuewei-", suffix=".txt", delete=False
    ) as file:
        traceback.print_exception(error, file=file)
    return file.name
