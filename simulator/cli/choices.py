"""Options that take one of a few words, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Callable

import typer

from simulator.messages import Language, text


class Told(typer.BadParameter):
    """A wrong value, told in the reader's language already: nothing is to be put before it."""

    def format_message(self) -> str:
        return str(self.message)


def one_of(words: tuple[str, ...], name: str, language: Language) -> Callable[[str], str]:
    """A check for the option ``name``: its word back, or a usage error that lists ``words``."""

    def check(value: str) -> str:
        if value not in words:
            raise Told(text("end_word", language, option=name, words=", ".join(filter(None, words))))
        return value

    return check
