"""A progress bar on a terminal, nothing in a pipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from simulator.messages import Language, text

RUN = ("load", "population", "travel", "wishes", "admission", "classes", "indicators", "replays", "report")
"""What a run goes through, besides its rounds; a ``progress_`` message names each."""

ZONES = ("load", "population", "travel", "zoning_primary", "zoning_junior", "report")
"""What drawing zones goes through."""

SITES = ("load", "population", "travel", "siting")
"""What choosing sites goes through."""


class _Shown:
    """A bar that stands on the terminal while a block runs."""

    _progress: Progress

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class ProgressBar(_Shown):
    """One step per stage and per round of a run."""

    def __init__(
        self,
        language: Language,
        quiet: bool,
        console: Console | None = None,
        stages: Sequence[str] = RUN,
    ) -> None:
        console = Console(stderr=True) if console is None else console
        self._language: Language = language
        self._stages = stages
        self._rounds: Mapping[str, str] = {}
        self._progress = Progress(
            BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False),
            console=console, transient=True, disable=quiet or not console.is_terminal,
        )  # fmt: skip
        # One short of the number of steps, for the first to begin has not been done.
        self._task = self._progress.add_task("", total=len(stages), completed=-1)

    def expect_rounds(self, titles: Mapping[str, str]) -> None:
        """Add the rounds of the scenario, name to title, to what is to be done."""
        self._rounds = titles
        self._progress.update(self._task, total=len(self._stages) + len(titles))

    def begin(self, name: str) -> None:
        """The stage or round ``name`` begins; the one before it is done."""
        words = (
            text(f"progress_{name}", self._language)
            if name in self._stages
            else self._rounds.get(name) or name
        )
        self._progress.update(self._task, advance=1, description=words)


class Counter(_Shown):
    """So many of so many, with the time that is left."""

    def __init__(self, language: Language, quiet: bool, total: int, code: str) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"),
            console=console, transient=True, disable=quiet or not console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task(text(code, language), total=total)

    def add(self, count: int) -> None:
        """So many more are done."""
        self._progress.update(self._task, advance=count)
