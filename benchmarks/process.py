"""Run a command in a process of its own; measure its wall time, processor time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

REPOSITORY = Path(__file__).resolve().parents[1]
COMMAND_LINE = (sys.executable, "-m", "simulator.cli")


@dataclass(frozen=True)
class Cost:
    """What one process cost: wall and processor seconds, greatest resident megabytes, what it printed."""

    seconds: float
    processor_seconds: float
    megabytes: float
    output: str


def measure(command: Sequence[str], folder: Path = REPOSITORY) -> Cost:
    """Run ``command`` to its end in ``folder``.

    The memory is the kernel's account of the process when it ends; so this runs on Unix only. A process
    begins as an image of its parent, which counts too: the benchmarks themselves import nothing large.

    Raises:
        RuntimeError: the command failed; with what it printed.
    """
    with tempfile.TemporaryFile() as output:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read().decode("utf-8", errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{printed}")
    # Linux counts in kilobytes, macOS in bytes.
    megabytes = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, megabytes, printed)
