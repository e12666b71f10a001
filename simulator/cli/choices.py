"""Options that take one of a few words."""

from __future__ import annotations

from collections.abc import Callable

import typer

from simulator.messages import Language, text


def one_of(words: tuple[str, ...], name: str, language: Language) -> Callable[[str], str]:
    """A check for the option ``name``: its word back, or a usage error that lists ``words``."""

    def check(value: str) -> str:
        if value not in words:
            raise typer.BadParameter(text("end_word", language, option=name, words=", ".join(words)))
        return value

    return check
