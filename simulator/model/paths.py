"""How a file or a folder is named where a function takes one."""

from __future__ import annotations

from os import PathLike

PathName = str | PathLike[str]
"""A plain string, a ``pathlib.Path`` or any other path: every public function takes them all."""
