"""What a check of a scenario folder found, to be read by a program or by a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simulator.messages import Language, text
from simulator.messages.telling import sentence, spoken_language
from simulator.model import Fault


class Found(NamedTuple):
    """Every fault, after which nothing can be run, and every warning, with which it can."""

    faults: list[Fault]
    warnings: list[Fault]


class Checked(Found):
    """Faults and warnings as a pair, which printed is sentences.

    Attributes:
        faults, warnings: of ``model.Fault``. language: the scenario's own, "" where it has none.
    """

    language: str

    def __new__(cls, faults: list[Fault], warnings: list[Fault], language: str = "") -> Checked:
        made = super().__new__(cls, faults, warnings)
        made.language = language
        return made

    def told(self, language: str = "") -> str:
        """Everything in sentences: file, row, column, value, what is wrong and the remedy.

        Args:
            language: "zh" or "en"; "" for that of ``XUEWEI_LANG``, of the scenario or of the system.
        """
        chosen = spoken_language(language, self.language)
        lines = _listed("check_faults", self.faults, chosen) or [text("check_sound", chosen)]
        return "\n".join([*lines, *_listed("check_warnings", self.warnings, chosen)])

    def __repr__(self) -> str:
        return self.told()

    def __str__(self) -> str:
        return self.told()


def _listed(heading: str, faults: Sequence[Fault], language: Language) -> list[str]:
    if not faults:
        return []
    return [
        text(heading, language, count=len(faults)),
        *(f"- {sentence(fault, language)}" for fault in faults),
    ]
