"""The commands of ``xuewei lottery`` and their options, with help in the reader's language."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from simulator.cli.choices import one_of
from simulator.messages import Language, text

# No `from __future__ import annotations` here: the options' help is worked out when a command is defined.

METHODS = ("keyed", "descending", "direction", "circle", "interval", "stride")
BALLS = ("whole", "ones_first", "highest_first", "modulo")


def add_lottery(
    app: typer.Typer,
    language: Language,
    *,
    option: Callable[..., Any],
    argument: Callable[..., Any],
    help_type: Any,
    lang_type: Any,
) -> None:
    """Hang the commands below ``app``.

    Args:
        option, argument: make an option or an argument with translated help.
        help_type, lang_type: the annotated types of ``--help`` and ``--lang`` all commands share.
    """

    def say(code: str) -> str:
        return text(code, language)

    Bundle = Annotated[Path, argument(help="help_lottery_bundle", metavar="BUNDLE")]
    Receipts = Annotated[Path | None, option("--receipts", help="help_lottery_receipts", metavar="FILE")]
    Method = Annotated[
        str,
        option(
            "--method",
            help="help_lottery_method",
            metavar="NAME",
            callback=one_of(METHODS, "--method", language),
        ),
    ]

    lottery = typer.Typer(
        help=say("help_lottery"), no_args_is_help=True, rich_markup_mode=None, add_completion=False
    )
    app.add_typer(lottery, name="lottery")

    def command(name: str) -> Callable[[Any], Any]:
        return lottery.command(name, help=say(f"help_lottery_{name}"), no_args_is_help=True)

    @lottery.callback()
    def top(help: help_type = False) -> None:
        pass

    @command("freeze")
    def freeze(
        roster: Annotated[Path, argument(help="help_lottery_roster", metavar="ROSTER")],
        bundle: Annotated[Path, option("--bundle", help="help_lottery_bundle", metavar="FOLDER")],
        name: Annotated[str, option("--name", help="help_lottery_name", metavar="NAME")],
        source: Annotated[str, option("--source", help="help_lottery_source", metavar="TEXT")],
        receipts: Receipts = None,
        method: Method = "keyed",
        plan: Annotated[int, option("--plan", help="help_lottery_plan", min=0, metavar="N")] = 0,
        after: Annotated[str, option("--after", help="help_lottery_after", metavar="NAME")] = "",
        lang: lang_type = "",
        help: help_type = False,
    ) -> int:
        from simulator.cli.lottery import freeze as freeze_roster

        return freeze_roster(
            roster,
            folder=bundle,
            name=name,
            source=source,
            receipts=receipts,
            method=method,
            plan=plan,
            after=after,
            lang=lang,
        )

    @command("draw")
    def draw(
        bundle: Bundle,
        entropy: Annotated[list[str], option("--entropy", help="help_lottery_entropy", metavar="TEXT")],
        name: Annotated[str, option("--name", help="help_lottery_which", metavar="NAME")] = "",
        receipts: Receipts = None,
        places: Annotated[Path | None, option("--places", help="help_lottery_places", metavar="FILE")] = None,
        lang: lang_type = "",
        help: help_type = False,
    ) -> int:
        from simulator.cli.lottery import draw as draw_roster

        return draw_roster(bundle, name=name, entropy=entropy, receipts=receipts, places=places, lang=lang)

    @command("verify")
    def verify(
        bundle: Bundle,
        commitment: Annotated[
            list[str], option("--commitment", help="help_lottery_commitment", metavar="SHA256")
        ] = [],  # noqa: B006 - the library copies it
        lang: lang_type = "",
        help: help_type = False,
    ) -> int:
        from simulator.cli.lottery import verify as verify_bundle

        return verify_bundle(bundle, commitments=commitment, lang=lang)

    @command("odds")
    def odds(
        applicants: Annotated[
            int, option("--applicants", help="help_lottery_applicants", min=1, max=5000, metavar="N")
        ],
        seats: Annotated[int, option("--seats", help="help_lottery_seats", min=0, metavar="N")],
        method: Method = "keyed",
        balls: Annotated[
            str,
            option(
                "--balls",
                help="help_lottery_balls",
                metavar="NAME",
                callback=one_of(BALLS, "--balls", language),
            ),
        ] = "whole",
        lang: lang_type = "",
        help: help_type = False,
    ) -> int:
        from simulator.cli.lottery import odds as print_odds

        return print_odds(method=method, applicants=applicants, seats=seats, balls=balls, lang=lang)
