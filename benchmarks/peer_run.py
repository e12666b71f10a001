"""One solver on one size, in a process of its own, ended when it takes too long.

``python -m benchmarks.peer_run LIMIT PEER CHILDREN SCHOOLS SEED ...``: after a warm-up on a small instance it
prints one line of JSON per seed. The kernel ends the process when one solve has used ``LIMIT`` seconds of
processor time; memory beyond ``GIGABYTES`` is refused.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from time import process_time

GIGABYTES = 8

LONG = 0.2
"""Seconds of solving the same instance again that make a time of it, where one solve is short."""

ENOUGH = 15.0
"""Seconds for all seeds of a size: no further one is begun after that."""


def main() -> None:
    """Solve seed after seed."""
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
    from benchmarks.cases import Case
    from benchmarks.peers import PEERS

    limit, peer, children, schools = float(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    prepare = PEERS[peer][1]
    prepare(Case(300, 5).problem(seed=1))()
    used = 0.0
    for seed in map(int, sys.argv[5:]):
        problem = Case(children, schools).problem(seed)
        solve = prepare(problem)
        signal.setitimer(signal.ITIMER_PROF, limit)
        start = process_time()
        solves, taken = 0, 0.0
        while taken < LONG:
            objective = solve()
            solves += 1
            taken = process_time() - start
        signal.setitimer(signal.ITIMER_PROF, 0)
        taken /= solves
        print(json.dumps({"seed": seed, "seconds": taken, "objective": objective}), flush=True)
        used += taken
        if used > ENOUGH:
            break


if __name__ == "__main__":
    main()
