"""One sweep at a time writes into a folder: a lock of the operating system on a file beside it.

The system lets go of the lock when a process ends, however it ends, so none is ever held by the dead. The
file holds process and machine, to be told to others; where it is found unlocked, its process was killed.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from simulator.model.paths import PathName
from simulator.report.sweep.parts import parts_folder

HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL)
"""What a file system says that has no locks; the sweep goes on without one, as there is no better."""

FAR = 1 << 30
"""The byte that is locked on Windows, where one that is locked cannot be read."""


class FolderBusy(Exception):
    """Another process writes into the folder.

    Attributes:
        path: the lock file. holder: process and machine, as ``4711 MACHINE``; "" if it has not said so yet.
    """

    def __init__(self, path: Path, holder: str) -> None:
        self.path, self.holder = path, holder
        super().__init__(f"{path}: {holder}")


def lock_file(folder: PathName) -> Path:
    """The file that is locked while the sweep ``folder`` is played."""
    parts = parts_folder(folder)
    return parts.with_name(f"{parts.name}.lock")


@contextmanager
def sole_writer(folder: PathName) -> Iterator[str]:
    """Hold the lock of ``folder``; gives process and machine of one that was killed while it held it, or "".

    Raises:
        FolderBusy: another process holds it.
    """
    path = lock_file(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _opened(path)
    try:
        file.seek(0)
        left = file.read().strip()
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()} {socket.gethostname()}\n")
        file.flush()
        yield left
    finally:
        with suppress(OSError):  # Windows takes no file away that is open
            path.unlink()
        file.close()
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _opened(path: Path) -> TextIO:
    """The lock file, open and locked."""
    while True:
        file = path.open("a+", encoding="utf-8")
        try:
            if not _locked(file):
                file.seek(0)
                raise FolderBusy(path, file.read().strip())
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except FileNotFoundError:
            pass  # who held it took the file away after we had opened it: ours is nobody's, begin again
        except BaseException:
            file.close()
            raise
        file.close()


def _locked(file: TextIO) -> bool:
    """Lock an open file without waiting; False where another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            return False
        if error.errno not in NO_LOCKS:
            raise
    return True
