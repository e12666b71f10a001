"""What a worker is asked and answers: a batch of draws of one county, its inputs kept from batch to batch."""

from __future__ import annotations

import os
import socket
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache

from simulator.ensemble.county import County, batch_of
from simulator.ensemble.sources import Source
from simulator.model import Failure, ScenarioError
from simulator.model.ensemble import Draws, Varying

COUNTIES_KEPT = 2
"""Counties a worker keeps ready; more would let its memory grow with the study."""


@dataclass(frozen=True)
class Task:
    """Draws of one county to be played.

    Attributes:
        study: number that no other study of the calling process has. county: its name.
        variants: names of the variants. vary: what a draw draws anew. draws: numbers, rising.
        whole: play them all; else as many as make a batch, from the first.
        source: the county; None where it is too heavy to travel with every task.
    """

    study: str
    county: str
    variants: tuple[str, ...]
    vary: Varying
    draws: tuple[int, ...]
    whole: bool
    source: Source | None


@dataclass(frozen=True)
class Wanting:
    """A worker has not the inputs of this county yet. worker: which one."""

    worker: str


@dataclass(frozen=True)
class Batch:
    """Draws that were played. batch_of: how many draws of this county make a batch."""

    draws: Draws
    batch_of: int


Answer = Batch | Wanting | Failure


def play_task(task: Task) -> Answer:
    """Play a task in this process; the county stays ready for the next one.

    Whatever is wrong with the county itself comes back as a ``Failure``: an exception would look like a lost
    worker.
    """
    shelf = _shelf()
    try:
        county = shelf.county(task)
        if county is None:
            return Wanting(worker_name())
        size = batch_of(county.children, len(task.variants))
        draws = task.draws if task.whole else task.draws[:size]
        return Batch(county.play(draws), size)
    except ScenarioError as error:
        return Failure(task.county, faults=error.faults)
    except Exception as error:
        return Failure(task.county, error=f"{type(error).__name__}: {error}")


class Shelf(threading.local):
    """The counties a worker keeps ready; every thread has its own, for a county remembers as it plays."""

    def __init__(self) -> None:
        self._ready: OrderedDict[tuple[str, str], County] = OrderedDict()

    def county(self, task: Task) -> County | None:
        """The county of a task, made ready if need be; None where its inputs are wanting."""
        key = (task.study, task.county)
        if key not in self._ready:
            if task.source is None:
                return None
            while len(self._ready) >= COUNTIES_KEPT:
                self._ready.popitem(last=False)
            self._ready[key] = County(task.source.read(), task.variants, task.vary, task.county)
        self._ready.move_to_end(key)
        return self._ready[key]


@cache
def _shelf() -> Shelf:
    return Shelf()


def worker_name() -> str:
    """Machine, process and thread: what has a shelf of its own."""
    return f"{socket.gethostname()}/{os.getpid()}/{threading.get_ident()}"
