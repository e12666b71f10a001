"""Files of an official draw: new files of a bundle, and the private tables beside it."""

from __future__ import annotations

import csv
import errno
import io
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from simulator.model.paths import PathName


def write_bundle(folder: PathName, files: Mapping[str, bytes]) -> None:
    """Add files to a bundle; what is frozen or drawn is never written over.

    Raises:
        FileExistsError: one of the files is there already; then nothing is written.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in files:
        if (folder / name).exists():
            raise FileExistsError(errno.EEXIST, "", str(folder / name))
    for name, data in files.items():
        with (folder / name).open("xb") as file:
            file.write(data)


def write_private(path: PathName, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a private table as CSV (UTF-8 with signature), whole or not at all, over an earlier one."""
    path, text = Path(path), io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([headings, *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        beside.write_bytes(text.getvalue().encode("utf-8-sig"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
