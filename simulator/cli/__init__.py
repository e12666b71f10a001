"""The command line: ``xuewei run``, ``xuewei check``, ``xuewei new``, ``xuewei explain``, ``xuewei lottery``,
``xuewei zones``, ``xuewei site``, ``xuewei sweep``, ``xuewei compare``.

Rooms are imported inside functions only, so that ``xuewei --help`` starts at once. Nothing a planner does
ends in a traceback: ``endings`` turns every exception into words and an exit code.
"""

from __future__ import annotations

from collections.abc import Sequence

EXIT_FAULTS = 1
EXIT_USAGE = 2
EXIT_OWN_FAULT = 70
EXIT_STOPPED = 75
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0 done; 1 faults in the input (in a sweep over counties also of a single one; the others are written),
    or the system refused; 2 the command is not right; 70 the program failed;
    75 a sweep was stopped, what it had finished is kept; 130 interrupted.

    Args:
        arguments: words after ``xuewei``, ``sys.argv`` if None.
    """
    import sys

    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        from simulator.cli.app import build
        from simulator.cli.console import language_of_help, prepare_streams, warn_of_unknown_language

        prepare_streams()
        language = language_of_help(words)
        warn_of_unknown_language(language)
        try:
            code = build(language).main(args=words, prog_name="xuewei", standalone_mode=False)
        except Exception as error:
            from simulator.cli.endings import explain

            return explain(error, language, words)
        # The command line library turns Ctrl-C inside a command into this code.
        if code == EXIT_INTERRUPTED:
            raise KeyboardInterrupt
        return code if isinstance(code, int) else 0
    except KeyboardInterrupt:
        from simulator.cli.console import language_of_help
        from simulator.messages import text

        print("\n" + text("end_interrupted", language_of_help(words)), file=sys.stderr)
        return EXIT_INTERRUPTED
