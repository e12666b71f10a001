"""Files of a scenario: read once, hashed, decoded, and never from outside the scenario.

Text is UTF-8, with or without signature, or GB18030; never ``gbk``, which fails on rare characters of names.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa


@dataclass(frozen=True)
class File:
    """A file to read: where it is, and its name relative to the scenario folder."""

    path: Path
    name: str


@dataclass
class Sources:
    """Every file read, with the SHA-256 of its bytes.

    Attributes:
        folder: the scenario folder, from which names are counted. hashes: hexadecimal SHA-256 by name.
    """

    folder: Path = field(default_factory=Path)
    hashes: dict[str, str] = field(default_factory=dict)
    _bytes: dict[str, bytes] = field(default_factory=dict)

    def read(self, file: File) -> bytes:
        """The bytes of ``file``. A workbook or graph of several tables is read and hashed once."""
        if file.name in self._bytes:
            return self._bytes[file.name]
        data = file.path.read_bytes()
        self.hashes[file.name] = hashlib.sha256(data).hexdigest()
        if file.path.suffix.lower() in (".xlsx", ".xlsm", ".graphml"):
            self._bytes[file.name] = data
        return data


def utf8(data: bytes) -> bytes | None:
    """``data`` as it is if it is UTF-8, with or without signature; else out of GB18030; else ``None``."""
    if data.startswith(codecs.BOM_UTF8):
        return data if _is_utf8(data) else None
    if not _is_utf8(data):
        try:
            data = data.decode("gb18030").encode("utf-8")
        except UnicodeDecodeError:
            return None
    return None if b"\0" in data else data


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8; arrow looks without making a text of them."""
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(data)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def relative_name(path: Path, folder: Path) -> str:
    """``path`` as seen from ``folder``, with forward slashes on every system."""
    return Path(os.path.relpath(path, folder)).as_posix()


def inside(path: Path, folder: Path) -> bool:
    """Whether ``path``, links followed, lies within ``folder``."""
    return path.resolve().is_relative_to(folder.resolve())
