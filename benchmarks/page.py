"""The page of figures: parts that are measured apart and keep their place until they are measured again."""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("numpy", "scipy", "numba", "ortools", "pandas", "networkx", "POT", "igraph")

HEAD = """\
# Benchmarks

Written by `make bench`, part by part (`make bench ONLY=NAME` for one of them, `{names}`).
No time is asserted in a test but for one: the core must be five times as fast as OR-tools on an
instance of 100,000 children in the same run (`make bench-smoke`).

"""

PART = re.compile(
    r"<!-- part (?P<name>\w+): (?P<machine>.*?) -->\n(?P<text>.*?)<!-- end of part -->\n", re.DOTALL
)


def parts_of(page: str) -> dict[str, tuple[str, str]]:
    """The parts of a page: what each was measured on, and its text."""
    return {found["name"]: (found["machine"], found["text"]) for found in PART.finditer(page)}


def page_of(parts: dict[str, tuple[str, str]], names: Sequence[str]) -> str:
    """The page with the parts there are, in the order of ``names``."""
    there = [name for name in names if name in parts]
    on = {}
    for name in there:
        on.setdefault(parts[name][0], []).append(name)
    if len(on) <= 1:
        measured = [f"Measured on {machine}.\n" for machine in on]
    else:
        measured = [
            f"- `{'`, `'.join(measured)}`: measured on {machine}.\n" for machine, measured in on.items()
        ]
    sections = [
        f"\n<!-- part {name}: {parts[name][0]} -->\n{parts[name][1]}<!-- end of part -->\n" for name in there
    ]
    return HEAD.format(names="`, `".join(names)) + "".join(measured) + "".join(sections)


def machine() -> str:
    """What is measured on, in one line."""
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}, {', '.join(found)}"


def progress(text: str) -> None:
    """Say on standard error how far it is."""
    print(text, file=sys.stderr, flush=True)


def spread(values: Sequence[float], digits: int) -> str:
    """Median, and least and greatest in brackets."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:,.{digits}f} ({low:,.{digits}f} - {high:,.{digits}f})"


def seconds(values: Sequence[float]) -> str:
    """Median, and least and greatest in brackets where they differ."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return short(middle) if low == high else f"{short(middle)} ({short(low)} - {short(high)})"


def short(value: float) -> str:
    """Seconds, to a millisecond below ten, to a tenth above, finer below a tenth of a second."""
    if value < 0.1:
        return f"{value:.4f}"
    return f"{value:.3f}" if value < 10 else f"{value:,.1f}"


def times(ratio: float) -> str:
    """How many times as much: a digit after the point, two below one."""
    return f"{ratio:,.1f}x" if ratio >= 1 else f"{ratio:.2f}x"
