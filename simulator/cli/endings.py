"""Every way a command can end but well: an exception to words on the error stream and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence

from simulator.cli import EXIT_FAULTS, EXIT_OWN_FAULT, EXIT_USAGE
from simulator.cli.console import one_line, translate_help
from simulator.messages import Language, text

COMMANDS = ("run", "check", "new", "explain", "lottery", "zones", "site", "sweep", "compare")


MOST_DRAWS = 1_000_000

NUMBERS: Mapping[str, tuple[int, int | None]] = {
    "--seed": (0, None),
    "--replays": (0, None),
    "--workers": (0, None),
    "--draws": (1, MOST_DRAWS),
}
"""Options that take a whole number: the least and the greatest."""


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
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        print(translate_help(str(error), language))
        return EXIT_USAGE
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter is not None else ""
    if kind == "MissingParameter":
        message = text("end_missing", language, name=name)
    elif kind == "BadParameter" and name.strip("'") in NUMBERS:
        least, most = NUMBERS[name.strip("'")]
        code = "end_number" if most is None else "end_number_between"
        message = text(code, language, name=name.strip("'"), least=least, most=most)
    elif kind == "BadParameter" and str(getattr(error, "message", "")).startswith("--"):
        message = str(error.message)  # type: ignore[attr-defined]  # our own, and in the reader's language
    elif kind == "NoSuchOption":
        message = text("end_no_such_option", language, name=getattr(error, "option_name", ""))
    else:
        message = error.format_message()  # type: ignore[attr-defined]
    command = next((word for word in words if word in COMMANDS), "")
    below = next((word for word in words if word in ("freeze", "draw", "verify", "odds")), "")
    named = (command, below) if command == "lottery" else (command,)
    help_command = " ".join(word for word in ("xuewei", *named, "--help") if word)
    return _say(EXIT_USAGE, text("end_usage", language, error=one_line(message), help=help_command))


def _keep_traceback(error: Exception) -> str:
    """Save the traceback for a report of the fault; return where."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="xuewei-", suffix=".txt", delete=False
    ) as file:
        traceback.print_exception(error, file=file)
    return file.name
