"""Run the benchmarks, part by part; write ``benchmarks/README.md``.

``--only NAME`` runs some of the parts and leaves the others as they were measured last. ``--smoke`` runs
everything once on a small input, to see that it still works, and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.page import machine, page_of, parts_of
from benchmarks.process import REPOSITORY

PARTS = {
    "ratios": "transport_ratios",
    "peers": "transport_peers",
    "phases": "transport_phases",
    "growth": "transport_growth",
    "warm": "transport_warm",
    "ties": "transport_ties",
    "shares": "transport_shares",
    "mechanisms": "mechanism_speed",
    "roads": "road_speed",
    "siting": "siting",
    "zones": "zones",
    "ensembles": "ensembles",
    "commands": "commands",
}
"""Modules by the name of their part, in the order of the page."""

ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMBA_NUM_THREADS",
    ),
    "1",
)
"""Environment of the parts that measure the core; whole commands run as they come."""

PAGE = Path(__file__).with_name("README.md")


def measure(name: str, smoke: bool) -> str | None:
    """The text of a part, from a process of its own; None if it failed, which it has said itself."""
    command = [sys.executable, "-m", "benchmarks.part", PARTS[name], *(["--smoke"] if smoke else [])]
    environment = os.environ | ({} if name == "commands" else ONE_THREAD)
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    return done.stdout if done.returncode == 0 else None


def main() -> None:
    """Run them and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="once each, small, nothing written")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="NAME", help=f"of {', '.join(PARTS)}")
    asked = parser.parse_args()
    if asked.smoke:
        print("A smoke run on small inputs: the figures mean nothing.")
    failed = []
    for name in asked.only or PARTS:
        text = measure(name, asked.smoke)
        if text is None:
            failed.append(name)
            continue
        print(text, flush=True)
        if not asked.smoke:
            # Written at once, so that a long run that is broken off leaves what it has measured.
            parts = parts_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
            parts[name] = (machine(), text)
            PAGE.write_text(page_of(parts, tuple(PARTS)), encoding="utf-8", newline="\n")
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
