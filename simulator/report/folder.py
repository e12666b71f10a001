"""A folder that is there whole or not at all: written beside its name, renamed at the end."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.model.paths import PathName


class FolderExists(FileExistsError):
    """The run folder is already there and was not to be replaced, or is no run folder and never will be.

    Attributes:
        path: the folder. replaceable: True if ``replace=True`` would replace it.
    """

    def __init__(self, path: Path, replaceable: bool) -> None:
        self.path = path
        self.replaceable = replaceable
        super().__init__(str(path))


@contextmanager
def whole_folder(folder: PathName, *, replace: bool, mark: str) -> Iterator[Path]:
    """Give a new folder beside ``folder``; when the block ends without an error it takes that name.

    An existing folder is replaced only on request, and only if it is empty or holds the file ``mark``, so
    that a slip of the keyboard cannot take somebody's documents away. It is moved aside first and deleted
    last: at no moment is there half a folder under the name. On any error nothing is left behind.

    Raises:
        FolderExists: ``folder`` is there and may not be replaced (checked before and after the block).
    """
    folder = Path(folder).resolve()
    require_free(folder, replace, mark)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
    new, old = beside.with_name(f"{beside.name}.new"), beside.with_name(f"{beside.name}.old")
    new.mkdir()
    try:
        yield new
        require_free(folder, replace, mark)
        if folder.exists():
            folder.rename(old)
            try:
                new.rename(folder)
            except BaseException:
                old.rename(folder)
                raise
            shutil.rmtree(old, ignore_errors=True)
        else:
            new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def require_free(folder: PathName, replace: bool, mark: str) -> None:
    """Ask, without touching anything, whether ``folder`` may be written.

    Raises:
        FolderExists: it is there and may not be replaced.
    """
    folder = Path(folder)
    if not folder.exists():
        return
    replaceable = folder.is_dir() and ((folder / mark).is_file() or not any(folder.iterdir()))
    if not (replace and replaceable):
        raise FolderExists(folder, replaceable)
