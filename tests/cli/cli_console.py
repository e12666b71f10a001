"""The command line in a process of its own, as a planner runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TOY = REPOSITORY / "scenarios" / "toy"


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, standard output, error stream."""

    code: int
    out: str
    err: str


def xuewei(
    *words: str | Path,
    folder: Path = REPOSITORY,
    encoding: str = "utf-8",
    environment: dict[str, str] | None = None,
) -> Ended:
    """Run ``xuewei WORDS`` in ``folder``, in English unless ``environment`` says otherwise."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XUEWEI_"))}
    settings = {"LANG": "en_US.UTF-8", "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": encoding}
    ended = subprocess.run(
        [sys.executable, "-m", "simulator.cli", *map(str, words)],
        cwd=folder,
        env=inherited | settings | (environment or {}),
        capture_output=True,
        timeout=300,
        check=False,
    )
    return Ended(
        ended.returncode, ended.stdout.decode(encoding, "replace"), ended.stderr.decode(encoding, "replace")
    )
