"""The study as a stream: batches are handed to workers and come back in any order, each as it is finished.

What is lost with a worker is played again. Nothing here decides a number: a draw is what its identity says.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import count

from simulator.ensemble.county import batch_of
from simulator.ensemble.sources import Source
from simulator.ensemble.tasks import Answer, Task, Wanting, play_task
from simulator.ensemble.workers import Workers, WorkersLost
from simulator.model.ensemble import Draws, Failure, Varying

BREAKS_IN_A_ROW = 4
"""Times the workers may be lost without one batch finished in between before the study is given up."""

PATIENCE_SECONDS = 10
"""Without one batch finished, after which it is asked whether there are workers at all."""

_studies = count()


@dataclass(frozen=True)
class Study:
    """Variants x draws x counties.

    Attributes:
        sources: the counties, in their order; names are unique.
        variants: what they are called; the first is what the others are held against.
        draws: numbers of the draws, from 1, rising. vary: what a draw draws anew.
    """

    sources: Sequence[Source]
    variants: tuple[str, ...]
    draws: tuple[int, ...]
    vary: Varying = "lottery"

    def __post_init__(self) -> None:
        names = [source.name for source in self.sources]
        if len(set(names)) != len(names) or len(set(self.variants)) != len(self.variants):
            raise ValueError("Study: names of counties and of variants must be unique")
        if not self.variants or any(draw < 1 for draw in self.draws):
            raise ValueError("Study: at least one variant, and draws from 1")


Done = Callable[[str], Collection[int]]
"""County to the draws of it that are finished already."""

Finished = tuple[str, Draws | Failure]
"""A county, and a batch of its draws or why it failed."""


def play(
    study: Study,
    workers: Workers,
    *,
    done: Done = lambda county: (),
    alone: Callable[[], None] = lambda: None,
) -> Iterator[Finished]:
    """Play a study; every batch is given out as soon as it is finished, so that it can be kept.

    1. Hand out the first batch of one county after another, as many at a time as ``workers`` take.
    2. A county whose batch size is known by then has its other draws cut into batches, which go first.
    3. A worker that lacks a county's heavy inputs says so and gets them; small ones travel with every task.
    4. Lost workers: what they had is handed out again, to new ones.

    Where all workers are gone and may come again, as on a cluster, it waits; ``alone`` is called once each
    time that is found out, so that somebody is told.

    A county that fails is told once, as a ``Failure``; batches of it still out are dropped.

    Raises:
        WorkersLost: workers were lost again and again; what was given out until then is whole.
    """
    yield from _Play(study, workers, done, alone).run()


@dataclass
class _Play:
    """The play of one study.

    Attributes:
        ready: tasks to be handed out next. out: tasks handed out. held: tasks of workers, by name, that have
            asked for inputs which are on their way to them. bringing: county and draws of the tasks that
            bring inputs, to the worker that asked.
        failed: counties that failed. breaks: times the workers were lost since a batch was finished.
        alone, told: to be called where there are no workers, and whether it was since a batch was finished.
    """

    study: Study
    workers: Workers
    done: Done
    alone: Callable[[], None] = lambda: None
    ready: deque[Task] = field(default_factory=deque)
    out: dict[Future[Answer], Task] = field(default_factory=dict)
    held: list[tuple[str, Task]] = field(default_factory=list)
    bringing: dict[tuple[str, tuple[int, ...]], str] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    breaks: int = 0
    told: bool = False

    def run(self) -> Iterator[Finished]:
        """Hand out and take back until nothing is left."""
        tasks = self._first_tasks(f"{os.getpid()}-{next(_studies)}")
        executor = self.workers.begin()
        try:
            while True:
                broken = self._hand_out(executor, tasks)
                if not (self.out or broken):
                    return
                if not broken:
                    self._wait(executor)
                for future in [future for future in self.out if future.done()]:
                    task = self.out.pop(future)
                    try:
                        answer = future.result()
                    except Exception as error:
                        broken = f"{type(error).__name__}: {error}"
                        self.ready.appendleft(task)
                        continue
                    yield from self._take(task, answer)
                if broken:
                    executor = self._open_again(executor, broken)
        finally:
            self.workers.end(executor)

    def _wait(self, executor: Executor) -> None:
        """Until something that is out comes back; tell of it once where nobody is there to play it."""
        while not wait(self.out, PATIENCE_SECONDS, FIRST_COMPLETED).done:
            if not self.told and self.workers.present(executor) == 0:
                self.told = True
                self.alone()

    def _first_tasks(self, name: str) -> Iterator[Task]:
        """The first task of every county that has draws left; all its batches, where its size is known."""
        for source in self.study.sources:
            finished = set(self.done(source.name))
            left = tuple(draw for draw in self.study.draws if draw not in finished)
            if not left:
                continue
            task = Task(
                name, source.name, self.study.variants, self.study.vary, left, whole=False, source=source
            )
            if source.children:
                first, *others = _cut(task, 0, batch_of(source.children, len(self.study.variants)))
                yield replace(first, source=source)
                yield from others
            else:
                yield task

    def _hand_out(self, executor: Executor, tasks: Iterator[Task]) -> str:
        """Fill the workers; returns why that cannot be done, "" if it can."""
        while len(self.out) + len(self.held) < self.workers.in_flight:
            task = self.ready.popleft() if self.ready else next(tasks, None)
            if task is None:
                break
            if task.county in self.failed:
                continue
            try:
                self.out[executor.submit(play_task, task)] = task
            except RuntimeError as error:  # a pool that broke while nobody looked
                self.ready.appendleft(task)
                return f"{type(error).__name__}: {error}"
        return ""

    def _take(self, task: Task, answer: Answer) -> Iterator[Finished]:
        """Take the answer to a task."""
        if isinstance(answer, Wanting):
            self._bring(task, answer.worker)
            return
        self.breaks, self.told = 0, False
        self._arrived(task)
        if task.county in self.failed:
            return
        if isinstance(answer, Failure):
            self.failed.add(task.county)
            yield task.county, answer
        else:
            if not task.whole:
                self.ready.extend(_cut(task, len(answer.draws), answer.batch_of))
            yield task.county, answer.draws

    def _bring(self, task: Task, worker: str) -> None:
        """Hand the task out again with its inputs, unless they are on their way to that worker already."""
        if any(of[0] == task.county and to == worker for of, to in self.bringing.items()):
            self.held.append((worker, task))
            return
        source = next(source for source in self.study.sources if source.name == task.county)
        self.bringing[task.county, task.draws] = worker
        self.ready.appendleft(replace(task, source=source))

    def _arrived(self, task: Task) -> None:
        """If the task brought inputs to a worker, what waited for them is ready."""
        worker = self.bringing.pop((task.county, task.draws), None)
        if worker is not None:
            self.ready.extendleft(waiting for name, waiting in self.held if name == worker)
            self.held = [entry for entry in self.held if entry[0] != worker]

    def _open_again(self, executor: Executor, reason: str) -> Executor:
        """New workers in place of lost ones; all that was out is ready again.

        Raises:
            WorkersLost: once too often.
        """
        self.breaks += 1
        self.ready.extendleft([*self.out.values(), *(task for _, task in self.held)])
        self.out, self.held, self.bringing = {}, [], {}
        if self.breaks >= BREAKS_IN_A_ROW:
            raise WorkersLost(reason)
        self.workers.end(executor)
        return self.workers.begin()


def _cut(task: Task, played: int, size: int) -> Iterator[Task]:
    """What is left of a task in batches of ``size``; heavy inputs stay behind."""
    left = task.draws[played:]
    source = None if task.source is None or task.source.heavy else task.source
    for start in range(0, len(left), size):
        yield replace(task, draws=left[start : start + size], whole=True, source=source)
