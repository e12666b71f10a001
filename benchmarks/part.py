"""One part of the page, in a process of its own: ``python -m benchmarks.part MODULE [--smoke]``.

Its Markdown goes to standard output, how far it is to standard error.
"""

from __future__ import annotations

import sys
from importlib import import_module


def main() -> None:
    """Measure it."""
    part = import_module(f"benchmarks.{sys.argv[1]}")
    text = part.fragment("--smoke" in sys.argv[2:])
    sys.stdout.write(f"## {part.TITLE}\n\n{text}")


if __name__ == "__main__":
    main()
