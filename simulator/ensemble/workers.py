"""Where batches are played: in this process, in processes of this machine, or on a Dask cluster.

Anything else that is a ``concurrent.futures.Executor`` serves as well (``lent``).
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Names of glibc's ``malloc.h``."""

KEPT_BYTES = 256 * 2**20


class WorkersLost(Exception):
    """Workers were lost again and again, or the cluster cannot be reached. reason: what was last heard."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NoWorkers(WorkersLost):
    """A cluster answers and has no workers. address: of its scheduler."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"{address}: 0 workers")


@dataclass(frozen=True)
class Workers:
    """A place for batches.

    Attributes:
        begin: gives an executor; called again where the one before broke. end: lets it go at once, batches
            not yet begun are dropped. in_flight: batches handed out at a time; two for each worker, so that
            none waits for its next. apart: they are played outside this process, so inputs must travel.
            present: how many workers an executor has at this moment, None where nobody can tell.
    """

    begin: Callable[[], Executor]
    end: Callable[[Executor], None]
    in_flight: int
    apart: bool = True
    present: Callable[[Executor], int | None] = lambda executor: None


class Here(Executor):
    """Plays each batch in this process, when it is handed in."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def here() -> Workers:
    """This process alone."""
    return Workers(Here, _shut, in_flight=1, apart=False)


def processes(count: int = 0) -> Workers:
    """So many processes of this machine, 0 = one per core; one is this process itself.

    They are started afresh (spawn), so that no thread or lock of this process is copied into them, and leave
    Ctrl-C to this process.
    """
    count = count or os.cpu_count() or 1
    if count == 1:
        return here()

    def start() -> Executor:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=begin_worker)
        with interrupts_left_alone():
            for _ in range(count):  # none is idle yet, so each of these starts a process
                pool.submit(int)
        return pool

    return Workers(start, _shut, in_flight=2 * count)


def cluster(address: str, timeout_seconds: int = 15) -> Workers:
    """A running Dask cluster by the address of its scheduler, such as ``tcp://host:8786``.

    Needs the extra ``xuewei[cluster]``. Xuewei and the same libraries must be installed on its workers.

    Raises:
        ModuleNotFoundError: the extra is not installed.
        WorkersLost: it is no address, nobody answers there. NoWorkers: it has no workers.
    """
    from distributed import Client
    from distributed.comm.addressing import parse_address, parse_host_port

    make: Callable[..., Any] = Client
    try:  # before a client is made: one that was refused its address complains again when it is let go
        parse_host_port(parse_address(address)[1])
    except ValueError as error:
        raise WorkersLost(f"{address}: {error}") from error

    def connect() -> Any:
        try:
            return make(address, timeout=timeout_seconds, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkersLost(f"{address}: {error}") from error

    def start() -> Executor:
        client = connect()
        # Never "pure": the answer of a task depends on what its worker remembers (it may be found wanting).
        executor: Executor = client.get_executor(pure=False, retries=0)
        return executor

    def close(executor: Executor) -> None:
        executor.shutdown(wait=False)
        executor._client.close()  # type: ignore[attr-defined]

    def present(executor: Executor) -> int | None:
        try:
            return len(executor._client.nthreads())  # type: ignore[attr-defined]
        except Exception:  # the scheduler does not answer: what is out with it will fail, and is told then
            return None

    with connect() as client:
        threads = sum(client.nthreads().values())
    if not threads:
        raise NoWorkers(address)
    return Workers(start, close, in_flight=2 * threads, present=present)


def lent(executor: Executor, in_flight: int = 0) -> Workers:
    """An executor of the caller's, who also closes it; if it breaks there is no other.

    Args:
        in_flight: batches handed out at a time, 0 = two per core of this machine.
    """
    given = iter((executor,))

    def once() -> Executor:
        for first in given:
            return first
        raise WorkersLost("the executor broke")

    return Workers(once, lambda broken: None, in_flight or 2 * (os.cpu_count() or 1))


@contextmanager
def interrupts_left_alone() -> Iterator[None]:
    """Ignore Ctrl-C for the moment in which processes are started: who is born so, stays so.

    Their own ``begin_worker`` would come too late for a Ctrl-C while they are still importing. Only
    the main thread may do it, and only there does Ctrl-C arrive.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def begin_worker() -> None:
    """For worker processes: Ctrl-C is the business of the process that started them, and they end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _keep_freed_memory()


def _keep_freed_memory() -> None:
    """Let glibc keep what a draw frees for the next draw, which takes as much again.

    Handed back, it would be fetched anew page by page in every draw. Elsewhere nothing is done.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "mallopt"):
            library.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)
            library.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES)


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, which may be killed outright, and end too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _shut(executor: Executor) -> None:
    executor.shutdown(wait=False, cancel_futures=True)
