"""The ledger of one reading: every fault and every warning, long lists cut short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from simulator.load.cells import mask_identity_numbers
from simulator.messages import Bilingual, text
from simulator.model import Fault, ScenarioError

LISTED = 1000
"""Faults of one code in one column that are listed singly; the rest are counted in ``and_more``."""

SCENARIO_FILE = "scenario.toml"
UNKNOWN_ON_THE_WAY = ("unknown_setting", "unknown_round", "unknown_table", "setting_not_a_table")
"""Faults of a part of the path to a setting, not of its value."""

LISTED_WARNINGS = 50
"""The same of warnings, which nobody has to mend one by one."""

LONGEST_VALUE = 200
"""Characters of an offending value that are kept."""

FOREMOST = ("heading_misnamed", "unread_file")
"""Warnings after which a run may have gone wrong: listed before all others, and by a run in full."""

NOTHING_NEAR = Bilingual("", "")


@dataclass
class Group:
    """Faults of one code in one column of one file."""

    listed: list[Fault] = field(default_factory=list)
    unlisted: int = 0

    def lines(self) -> Iterable[Fault]:
        """The listed faults, then one ``and_more`` with the count of the rest."""
        yield from self.listed
        if self.unlisted:
            first = self.listed[0]
            yield Fault(
                "and_more",
                first.file,
                0,
                first.column,
                "",
                {"count": self.unlisted, "of": first.code},
            )


class Ledger:
    """Collects what is wrong, so that a planner sees every fault at once and not the first one only."""

    def __init__(self) -> None:
        self.language = ""  # the scenario's own, once its settings are read
        self._faults: dict[tuple[str, str, str], Group] = {}
        self._warnings: dict[tuple[str, str, str], Group] = {}
        self._commanded: dict[str, str] = {}

    def command(self, setting: str, words: str) -> None:
        """Note that ``setting`` comes from these words of the command line, to blame them and no file."""
        self._commanded[setting] = words

    def _blamed(self, code: str, setting: str) -> str:
        """The words of the command line that gave the setting, or the one it is part of; "" for none."""
        for given, words in self._commanded.items():
            if f"{setting}.".startswith(f"{given}.") or setting.startswith(f"{given}["):
                return words
            if code in UNKNOWN_ON_THE_WAY and given.startswith(f"{setting}."):
                return words
        return ""

    def add(
        self,
        code: str,
        file: str = "",
        row: int = 0,
        column: str = "",
        value: object = "",
        *,
        warning: bool = False,
        **details: Any,
    ) -> None:
        """Write down one fault, or one warning. Identity numbers are masked wherever they stand."""
        details = {k: mask_identity_numbers(v) if isinstance(v, str) else v for k, v in details.items()}
        if file == SCENARIO_FILE and column:
            file = self._blamed(code, column) or file
        if "suggestion" in details:
            details["nearest"] = _nearest(str(details["suggestion"]))
        groups = self._warnings if warning else self._faults
        group = groups.setdefault((code, file, column), Group())
        if len(group.listed) < (LISTED_WARNINGS if warning else LISTED):
            group.listed.append(
                Fault(code, file, row, column, mask_identity_numbers(str(value))[:LONGEST_VALUE], details)
            )
        else:
            group.unlisted += 1

    def add_unlisted(self, code: str, file: str, column: str, count: int, *, warning: bool = False) -> None:
        """Count ``count`` further faults of a group that is already full."""
        groups = self._warnings if warning else self._faults
        groups[(code, file, column)].unlisted += count

    def excuse(self, code: str) -> None:
        """Faults of ``code`` are warnings only: what is wanted of the scenario can do without."""
        for key in [key for key in self._faults if key[0] == code]:
            self._warnings[key] = self._faults.pop(key)

    def withdraw_warning(self, code: str, file: str, column: str) -> None:
        """Take back a warning that a fault says as well, and more."""
        self._warnings.pop((code, file, column), None)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault, by file, row and column; a scenario with any is refused."""
        return _in_order(self._faults.values())

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Every warning, the foremost first, then in the same order; a scenario may have them."""
        return _in_order(self._warnings.values())

    def raise_faults(self) -> None:
        """Raise when there is any fault.

        Raises:
            ScenarioError: holding all of them.
        """
        if self._faults:
            raise ScenarioError(self.faults, self.language)


def _in_order(groups: Iterable[Group]) -> tuple[Fault, ...]:
    """By file, row and column; how many more there are comes last in its file."""
    lines = [fault for group in groups for fault in group.lines()]
    return tuple(
        sorted(lines, key=lambda f: (f.code not in FOREMOST, f.file, f.code == "and_more", f.row, f.column))
    )


def _nearest(suggestion: str) -> Bilingual:
    """Did you mean, in brackets; nothing where no known word is near."""
    if not suggestion:
        return NOTHING_NEAR
    return Bilingual(*(text("nearest", language, suggestion=suggestion) for language in ("zh", "en")))
