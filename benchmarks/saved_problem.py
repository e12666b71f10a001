"""An instance on disk, so that a process can solve it that did not have to make it.

``python -m benchmarks.saved_problem write FILE CHILDREN SCHOOLS`` writes one; ``... solve FILE`` solves and
certifies it and prints the megabytes of its arcs.
"""

from __future__ import annotations

import sys

import numpy as np

from simulator.transport import Problem, solve

COLUMNS = ("supply", "offsets", "pool", "cost", "unplaced_cost", "seats", "parent")


def main() -> None:
    """Write or solve."""
    if sys.argv[1] == "write":
        from benchmarks.cases import SEEDS, Case

        problem = Case(*map(int, sys.argv[3:5])).problem(SEEDS[0])
        np.savez(sys.argv[2], **{name: getattr(problem, name) for name in COLUMNS})
        return
    with np.load(sys.argv[2]) as columns:
        problem = Problem(**{name: columns[name] for name in COLUMNS})
    solve(problem, "priced_seats").certify()
    print((problem.pool.nbytes + problem.cost.nbytes) / 1e6)


if __name__ == "__main__":
    main()
