"""The finished batches of a sweep that is not finished: a folder beside its name, one file per batch.

Every file is written whole under another name, brought to the disk and only then renamed, so a killed process
or a full disk leaves finished batches as they are and never half a one.
"""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from simulator.model import Draws
from simulator.model.paths import PathName
from simulator.report.folder import FolderExists

PLAN = "plan.json"
PARTS = "parts"


def parts_folder(folder: PathName) -> Path:
    """Where the finished batches of the sweep ``folder`` are kept until it is whole."""
    folder = Path(folder).resolve()
    return folder.with_name(f"{folder.name}.unfinished")


def begin_parts(folder: PathName, plan: Mapping[str, Any], *, replace: bool) -> None:
    """Lay out the folder of a new sweep.

    A folder without any file is one that was stopped before its plan was written: it is begun anew.

    Raises:
        FolderExists: an unfinished sweep of that name is there and may not be replaced, or it is another
        thing.
    """
    parts = parts_folder(folder)
    if parts.exists():
        bare = parts.is_dir() and not any(
            path.is_file() and path != beside(parts / PLAN) for path in parts.rglob("*")
        )
        ours = bare or (parts / PLAN).is_file()
        if not bare and not (replace and ours):
            raise FolderExists(parts, ours)
        shutil.rmtree(parts)
    (parts / PARTS).mkdir(parents=True)
    write_plan(folder, plan)


def write_plan(folder: PathName, plan: Mapping[str, Any]) -> None:
    """Write what is to be played."""
    text = json.dumps(dict(plan), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    _write_whole(parts_folder(folder) / PLAN, text.encode())


def keep_part(folder: PathName, place: int, draws: Draws) -> None:
    """Keep a finished batch of the county at ``place`` of the study.

    Raises:
        OSError: it cannot be written; what was kept before stays.
    """
    body = io.BytesIO()
    np.savez_compressed(body, **draws.to_arrays())
    name = f"{place:05d}-{int(draws.draw[0]):07d}-{int(draws.draw[-1]):07d}.npz"
    _write_whole(parts_folder(folder) / PARTS / name, body.getvalue())


def drop_parts(folder: PathName) -> None:
    """Take the batches away once the sweep is whole."""
    shutil.rmtree(parts_folder(folder), ignore_errors=True)


def beside(path: Path) -> Path:
    """What a file is called until it is whole."""
    return path.with_name(f"{path.name}.writing")


def _write_whole(path: Path, content: bytes) -> None:
    new = beside(path)
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
