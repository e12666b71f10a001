"""The commands and their options, with help in the reader's language."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from simulator.cli.choices import Told, one_of
from simulator.cli.console import translate_help
from simulator.messages import Language, text

# No `from __future__ import annotations` here: the options' help is worked out when a command is defined.


def build(language: Language) -> Any:
    """The command line as one callable tree, help in ``language``."""

    def say(code: str) -> str:
        return text(code, language)

    def option(*names: str, help: str, **more: Any) -> Any:
        return typer.Option(*names, help=say(help), show_default=False, **more)

    def folder(*, help: str, metavar: str) -> Any:
        return typer.Argument(help=say(help), metavar=metavar, show_default=False)

    def show_help(context: typer.Context, wanted: bool) -> None:
        if wanted:
            print(translate_help(context.get_help(), language))
            raise typer.Exit

    def show_version(wanted: bool) -> None:
        if wanted:
            from simulator import __version__

            print(f"xuewei {__version__}")
            raise typer.Exit

    def check_language(value: str) -> str:
        if value not in ("", "zh", "en"):
            raise Told(text("end_language", language, value=value))
        return value

    Scenario = Annotated[Path, folder(help="help_scenario", metavar="SCENARIO")]
    Help = Annotated[
        bool, option("--help", "-h", help="help_help", is_eager=True, callback=show_help, expose_value=False)
    ]
    Lang = Annotated[str, option("--lang", help="help_lang", metavar="zh|en", callback=check_language)]
    Overrides = Annotated[list[str], option("--set", help="help_set", metavar="KEY=VALUE")]
    Variant = Annotated[str, option("--variant", help="help_variant", metavar="NAME")]
    DropForbidden = Annotated[bool, option("--drop-forbidden", help="help_drop_forbidden")]

    # Plain help: the library's boxed tables cut Chinese lines short, for they have no spaces to break at.
    app = typer.Typer(
        help=say("help_app"),
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    def command(name: str, help: str) -> Callable[[Any], Any]:
        return app.command(name, help=say(help), no_args_is_help=True)

    @app.callback()
    def top(
        version: Annotated[
            bool,
            option(
                "--version", help="help_version", is_eager=True, callback=show_version, expose_value=False
            ),
        ] = False,
        help: Help = False,
    ) -> None:
        pass

    @command("run", "help_run")
    def run(
        scenario: Scenario,
        variant: Variant = "",
        overrides: Overrides = [],  # noqa: B006 - the library copies it
        seed: Annotated[int | None, option("--seed", help="help_seed", min=0, metavar="N")] = None,
        out: Annotated[Path | None, option("--out", help="help_out", metavar="FOLDER")] = None,
        replace: Annotated[bool, option("--replace", help="help_replace")] = False,
        lang: Lang = "",
        names: Annotated[bool, option("--names", help="help_names")] = False,
        student_sheet: Annotated[bool, option("--student-sheet", help="help_students")] = False,
        font: Annotated[Path | None, option("--font", help="help_font", metavar="FILE")] = None,
        drop_forbidden: DropForbidden = False,
        quiet: Annotated[bool, option("--quiet", "-q", help="help_quiet")] = False,
        help: Help = False,
    ) -> int:
        from simulator.cli.commands import run as run_scenario

        return run_scenario(
            scenario,
            variant=variant,
            overrides=overrides,
            seed=seed,
            out=out,
            replace=replace,
            lang=lang,
            names=names,
            student_sheet=student_sheet,
            font=font,
            drop_forbidden=drop_forbidden,
            quiet=quiet,
        )

    @command("check", "help_check")
    def check(
        scenario: Scenario,
        variant: Variant = "",
        overrides: Overrides = [],  # noqa: B006 - the library copies it
        lang: Lang = "",
        drop_forbidden: DropForbidden = False,
        help: Help = False,
    ) -> int:
        from simulator.cli.commands import check as check_scenario

        return check_scenario(
            scenario, variant=variant, overrides=overrides, lang=lang, drop_forbidden=drop_forbidden
        )

    @command("new", "help_new")
    def new(
        folder: Annotated[Path, folder(help="help_new_folder", metavar="NAME")],
        lang: Lang = "",
        help: Help = False,
    ) -> int:
        from simulator.cli.commands import new as new_scenario

        return new_scenario(folder, lang=lang)

    @command("explain", "help_explain")
    def explain(
        run: Annotated[Path, folder(help="help_explain_run", metavar="RUN")],
        student: Annotated[str, folder(help="help_explain_student", metavar="STUDENT")] = "",
        school: Annotated[str, option("--school", help="help_explain_school", metavar="SCHOOL")] = "",
        scenario: Annotated[
            Path | None, option("--scenario", help="help_explain_scenario", metavar="FOLDER")
        ] = None,
        staff: Annotated[bool, option("--staff", help="help_explain_staff")] = False,
        replays: Annotated[
            int | None, option("--replays", help="help_explain_replays", min=0, metavar="N")
        ] = None,
        as_json: Annotated[bool, option("--json", help="help_explain_json")] = False,
        lang: Lang = "",
        help: Help = False,
    ) -> int:
        from simulator.cli.explaining import explain as explain_run

        return explain_run(
            run,
            student=student,
            school=school,
            scenario=scenario,
            staff=staff,
            replays=replays,
            as_json=as_json,
            lang=lang,
        )

    @command("zones", "help_zones")
    def zones(
        scenario: Scenario,
        method: Annotated[str, option("--method", help="help_zones_method", metavar="NAME")] = "",
        groups: Annotated[
            int | None, option("--groups", help="help_zones_groups", min=1, metavar="N")
        ] = None,
        seconds: Annotated[
            int | None, option("--seconds", help="help_zones_seconds", min=0, metavar="N")
        ] = None,
        variant: Variant = "",
        overrides: Overrides = [],  # noqa: B006 - the library copies it
        seed: Annotated[int | None, option("--seed", help="help_seed", min=0, metavar="N")] = None,
        out: Annotated[Path | None, option("--out", help="help_zones_out", metavar="FOLDER")] = None,
        replace: Annotated[bool, option("--replace", help="help_replace")] = False,
        lang: Lang = "",
        drop_forbidden: DropForbidden = False,
        quiet: Annotated[bool, option("--quiet", "-q", help="help_quiet")] = False,
        help: Help = False,
    ) -> int:
        from simulator.cli.zones import zones as draw_zones

        return draw_zones(
            scenario,
            method=method,
            groups=groups,
            seconds=seconds,
            variant=variant,
            overrides=overrides,
            seed=seed,
            out=out,
            replace=replace,
            lang=lang,
            drop_forbidden=drop_forbidden,
            quiet=quiet,
        )

    stages, aims = ("primary", "junior"), ("", "least_total", "p_median", "coverage")

    @command("site", "help_site")
    def site(
        scenario: Scenario,
        most_opened: Annotated[int, option("--open", help="help_site_open", min=1, metavar="K")],
        stage: Annotated[
            str,
            option(
                "--stage",
                help="help_site_stage",
                metavar="NAME",
                callback=one_of(stages, "--stage", language),
            ),
        ] = "primary",
        aim: Annotated[
            str,
            option("--aim", help="help_site_aim", metavar="NAME", callback=one_of(aims, "--aim", language)),
        ] = "",
        variant: Variant = "",
        overrides: Overrides = [],  # noqa: B006 - the library copies it
        out: Annotated[Path | None, option("--out", help="help_site_out", metavar="FOLDER")] = None,
        replace: Annotated[bool, option("--replace", help="help_replace")] = False,
        as_json: Annotated[bool, option("--json", help="help_site_json")] = False,
        lang: Lang = "",
        drop_forbidden: DropForbidden = False,
        quiet: Annotated[bool, option("--quiet", "-q", help="help_quiet")] = False,
        help: Help = False,
    ) -> int:
        from simulator.cli.sites import site as choose_sites

        return choose_sites(
            scenario,
            most_opened=most_opened,
            stage=stage,
            aim=aim,
            variant=variant,
            overrides=overrides,
            out=out,
            replace=replace,
            as_json=as_json,
            lang=lang,
            drop_forbidden=drop_forbidden,
            quiet=quiet,
        )

    from simulator.cli.lottery_app import add_lottery
    from simulator.cli.sweep_app import add_sweep

    add_lottery(app, language, option=option, argument=folder, help_type=Help, lang_type=Lang)
    add_sweep(app, language, option=option, argument=folder, help_type=Help, lang_type=Lang)
    return get_command(app)
