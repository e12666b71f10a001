"""The commands ``xuewei sweep`` and ``xuewei compare`` and their options, with help in the reader's
language."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from simulator.cli.choices import one_of
from simulator.messages import Language, text

# No `from __future__ import annotations` here: the options' help is worked out when a command is defined.

VARY = ("lottery", "children")

MOST_DRAWS = 1_000_000


def add_sweep(
    app: typer.Typer,
    language: Language,
    *,
    option: Callable[..., Any],
    argument: Callable[..., Any],
    help_type: Any,
    lang_type: Any,
) -> None:
    """Hang the two commands into ``app``.

    Args:
        option, argument: make an option or an argument with translated help.
        help_type, lang_type: the annotated types of ``--help`` and ``--lang`` all commands share.
    """

    Scenario = Annotated[Path, argument(help="help_sweep_scenario", metavar="SCENARIO")]
    Out = Annotated[Path | None, option("--out", help="help_sweep_out", metavar="FOLDER")]
    Overrides = Annotated[list[str], option("--set", help="help_set", metavar="KEY=VALUE")]
    Replace = Annotated[bool, option("--replace", help="help_replace")]

    @app.command("sweep", help=text("help_sweep", language), no_args_is_help=True)
    def sweep(
        scenario: Scenario,
        variants: Annotated[str, option("--variants", help="help_sweep_variants", metavar="A,B,C")] = "",
        draws: Annotated[
            int, option("--draws", help="help_sweep_draws", min=1, max=MOST_DRAWS, metavar="N")
        ] = 100,
        vary: Annotated[
            str,
            option(
                "--vary",
                help="help_sweep_vary",
                metavar="lottery|children",
                callback=one_of(VARY, "--vary", language),
            ),
        ] = "lottery",
        overrides: Overrides = [],  # noqa: B006 - the library copies it
        workers: Annotated[int, option("--workers", help="help_sweep_workers", min=0, metavar="N")] = 0,
        scheduler: Annotated[str, option("--scheduler", help="help_sweep_scheduler", metavar="ADDRESS")] = "",
        out: Out = None,
        resume: Annotated[bool, option("--resume", help="help_sweep_resume")] = False,
        replace: Replace = False,
        lang: lang_type = "",
        drop_forbidden: Annotated[bool, option("--drop-forbidden", help="help_drop_forbidden")] = False,
        quiet: Annotated[bool, option("--quiet", "-q", help="help_quiet")] = False,
        help: help_type = False,
    ) -> int:
        from simulator.cli.sweeping import Asked, variants_of
        from simulator.cli.sweeping import sweep as play

        asked = Asked(
            path=scenario,
            variants=variants_of(variants),
            overrides=tuple(overrides),
            drop_forbidden=drop_forbidden,
            draws=draws,
            vary="children" if vary == "children" else "lottery",
            out=out,
            resume=resume,
            replace=replace,
            workers=workers,
            scheduler=scheduler,
        )
        return play(asked, lang=lang, quiet=quiet)

    @app.command("compare", help=text("help_compare", language), no_args_is_help=True)
    def compare(
        paths: Annotated[list[Path], argument(help="help_compare_paths", metavar="RUN_OR_SWEEP...")],
        scenario: Annotated[
            Path | None, option("--scenario", help="help_compare_scenario", metavar="FOLDER")
        ] = None,
        out: Annotated[Path | None, option("--out", help="help_compare_out", metavar="FOLDER")] = None,
        replace: Replace = False,
        lang: lang_type = "",
        help: help_type = False,
    ) -> int:
        from simulator.cli.comparing import compare as hold_beside

        return hold_beside(paths, scenario=scenario, out=out, replace=replace, lang=lang)
