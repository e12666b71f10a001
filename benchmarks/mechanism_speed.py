"""How fast the mechanisms are: ``python -m benchmarks.mechanism_speed`` prints a table.

A million children with ten choices among 2,000 schools, and smaller rounds for the growth. One core, after
warm-up, least of several runs, processor time. A time is that of the whole call, from applications to
assignment. Beside ours, on the same instances: a plain compiled heap per school (once comparing priority and
number, once by one packed key), one gathered pass over the first choices, a plain-Python heap, and the
libraries ``matching`` and ``algmatch``, with the sizes at which each gives up. ``--small`` runs a tenth;
``--json FILE`` also writes the figures.
"""

from __future__ import annotations

import argparse
import heapq
import json
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simulator.mechanisms import MECHANISMS
from simulator.model import UNPLACED, Applications, Assignment, Draw, Seats

Column = NDArray[Any]
GIVES_UP_SECONDS = 20.0
OURS = (
    ("deferred_acceptance", ()),
    ("immediate_acceptance", ()),
    ("parallel", (3,)),
    ("serial_dictatorship", ()),
    ("top_trading_cycles", ()),
)


def market(
    children: int, schools: int, *, choices: int = 10, tiers: int = 3, seed: int = 1
) -> tuple[Applications, Seats, Draw]:
    """Children like better-known schools more, each in its own way; schools rank by tier, then one draw.

    Args:
        tiers: classes of priority, drawn for every child and school; 1 leaves all to the draw.
    """
    rng = np.random.default_rng(seed)
    weight = np.cumsum(np.exp(0.7 * rng.normal(size=schools)))
    pool = np.empty((children, choices), dtype=np.int32)
    for choice in range(choices):  # by weight, without the schools listed before
        rows = np.arange(children)
        while len(rows):
            drawn = np.searchsorted(weight, rng.random(len(rows)) * weight[-1], side="right")
            pool[rows, choice] = np.minimum(drawn, schools - 1)
            rows = rows[np.any(pool[rows, :choice] == pool[rows, choice, None], axis=1)]
    order = rng.permutation(children).astype(np.int64)
    node = np.arange(schools, dtype=np.int32)
    applications = Applications(
        student=np.arange(children, dtype=np.int32),
        offsets=np.arange(children + 1, dtype=np.int64) * choices,
        pool=pool.reshape(-1),
        priority=rng.integers(0, tiers, children * choices),
        cost=np.zeros(children * choices, dtype=np.int64),
        unit=np.full(children, UNPLACED, dtype=np.int32),
        tier=np.zeros(children, dtype=np.int32),
        alike=np.arange(children, dtype=np.int32),
    )
    seats = Seats(
        school=node,
        stage=np.zeros(schools, dtype=np.int8),
        kind=np.full(schools, 2, dtype=np.int8),
        parent=np.full(schools, UNPLACED, dtype=np.int32),
        seats=np.full(schools, max(1, int(0.95 * children / schools)), dtype=np.int64),
    )
    return applications, seats, Draw("speed", seed, order, order)


@njit  # type: ignore[untyped-decorator]
def compiled_heap(
    offsets: Column, pool: Column, priority: Column, order: Column, seats: Column, packed: bool
) -> Column:
    """Deferred acceptance as one would write it: children in their rows, a heap per school, worst on top.

    ``packed``: compare one key of priority and number kept in the heap, instead of looking both up.
    """
    children = len(order)
    start = np.zeros(len(seats) + 1, dtype=np.int64)
    start[1:] = np.cumsum(seats)
    who = np.empty(start[-1], dtype=np.int32)
    key = np.empty(start[-1], dtype=np.int64)
    count = np.zeros(len(seats), dtype=np.int64)
    at = offsets[:-1].copy()

    def worse(a: int, key_a: int, b: int, key_b: int) -> bool:
        if packed:
            return key_a > key_b
        first, second = priority[at[a]], priority[at[b]]
        return first > second or (first == second and order[a] > order[b])

    for row in range(children):
        child = row
        while child >= 0:
            arc = at[child]
            if arc == offsets[child + 1]:
                break
            school = pool[arc]
            own = priority[arc] * children + order[child]
            base = start[school]
            if count[school] < seats[school]:
                node = count[school]
                count[school] += 1
                while node > 0:
                    above = (node - 1) // 2
                    if worse(who[base + above], key[base + above], child, own):
                        break
                    who[base + node], key[base + node] = who[base + above], key[base + above]
                    node = above
                who[base + node], key[base + node] = child, own
                break
            if seats[school] == 0 or worse(child, own, who[base], key[base]):
                at[child] += 1
                continue
            out, node, size = who[base], 0, count[school]
            while True:
                below = 2 * node + 1
                if below >= size:
                    break
                if below + 1 < size and worse(
                    who[base + below + 1], key[base + below + 1], who[base + below], key[base + below]
                ):
                    below += 1
                if worse(child, own, who[base + below], key[base + below]):
                    break
                who[base + node], key[base + node] = who[base + below], key[base + below]
                node = below
            who[base + node], key[base + node] = child, own
            at[out] += 1
            child = out
    held = np.full(children, -1, dtype=np.int64)
    for school in range(len(seats)):
        for row in range(start[school], start[school] + count[school]):
            held[who[row]] = at[who[row]]
    return held


@njit  # type: ignore[untyped-decorator]
def first_choices(offsets: Column, pool: Column, turn: Column) -> int:
    """One pass over the first choices in the order of the draw."""
    total = 0
    for child in turn:
        total += pool[offsets[child]]
    return total


def python_heap(applications: Applications, seats: Seats, draw: Draw) -> list[int]:
    """A heap per school with Python's own ``heapq``; the arc each child holds."""
    offsets, pool = applications.offsets.tolist(), applications.pool.tolist()
    priority, order, room = applications.priority.tolist(), draw.order.tolist(), seats.seats.tolist()
    at = offsets[:-1]
    held: list[list[tuple[int, int, int]]] = [[] for _ in room]
    waiting = list(range(len(order)))
    while waiting:
        child = waiting.pop()
        while at[child] < offsets[child + 1]:
            arc = at[child]
            heap, entry = held[pool[arc]], (-priority[arc], -order[child], child)
            if len(heap) < room[pool[arc]]:
                heapq.heappush(heap, entry)
                break
            if room[pool[arc]] and heap[0] < entry:
                out = heapq.heapreplace(heap, entry)[2]
                at[out] += 1
                waiting.append(out)
                break
            at[child] += 1
    answer = [UNPLACED] * len(order)
    for heap in held:
        for _, _, child in heap:
            answer[child] = at[child]
    return answer


def as_dictionaries(
    applications: Applications, seats: Seats, draw: Draw
) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, int]]:
    """Lists of children and of schools, and seats, numbered from 1, schools that nobody lists left out."""
    lists = {
        child + 1: (
            applications.pool[applications.offsets[child] : applications.offsets[child + 1]] + 1
        ).tolist()
        for child in range(len(applications))
    }
    owner = applications.applicant
    sorting = np.lexsort((draw.order[owner], applications.priority, applications.pool))
    ranks: dict[int, list[int]] = {}
    for school, child in zip(applications.pool[sorting].tolist(), owner[sorting].tolist(), strict=True):
        ranks.setdefault(school + 1, []).append(child + 1)
    return lists, ranks, {school: int(seats.seats[school - 1]) for school in ranks}


def library_matching(applications: Applications, seats: Seats, draw: Draw) -> None:
    """The library ``matching``."""
    from matching.games import HospitalResident

    HospitalResident.create_from_dictionaries(*as_dictionaries(applications, seats, draw)).solve()


def library_algmatch(applications: Applications, seats: Seats, draw: Draw) -> None:
    """The library ``algmatch``."""
    from algmatch import HospitalResidentsProblem

    lists, ranks, room = as_dictionaries(applications, seats, draw)
    hospitals = {school: {"capacity": room[school], "preferences": ranks[school]} for school in ranks}
    HospitalResidentsProblem(dictionary={"residents": lists, "hospitals": hospitals}).get_stable_matching()


def least_seconds(call: Callable[[], object], runs: int = 3) -> float:
    """Processor seconds of the quickest of several runs."""
    times = []
    for _ in range(runs):
        start = process_time()
        call()
        times.append(process_time() - start)
    return min(times)


def peak_bytes(call: Callable[[], object]) -> int:
    """The most memory numpy and Python held at once during a call."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def with_bands(
    round_: tuple[Applications, Seats, Draw], bands: tuple[int, ...]
) -> Callable[[str], Assignment]:
    """A call of a mechanism by name on the round."""
    applications = replace(round_[0], bands=bands)
    return lambda name: MECHANISMS[name](applications, *round_[1:])


def measure(children: int, schools: int, tiers: int) -> dict[str, float]:
    """Seconds of ours and of the compiled baselines on one instance; answers compared."""
    round_ = market(children, schools, tiers=tiers)
    applications, seats, draw = round_
    turn = np.argsort(draw.order).astype(np.int32)
    lists = (applications.offsets, applications.pool)
    heap = (*lists, applications.priority, draw.order, seats.seats)
    seconds = {
        "plain heap per school": least_seconds(lambda: compiled_heap(*heap, False)),
        "heap of packed keys": least_seconds(lambda: compiled_heap(*heap, True)),
        "gathered pass over first choices": least_seconds(lambda: first_choices(*lists, turn)),
    }
    input_bytes = sum(column.nbytes for column in vars(applications).values() if hasattr(column, "nbytes"))
    for name, bands in OURS:
        play = with_bands(round_, bands)
        seconds[name] = least_seconds(lambda play=play, name=name: play(name))  # type: ignore[misc]
        held = peak_bytes(lambda play=play, name=name: play(name))  # type: ignore[misc]
        seconds[f"{name}: memory over input"] = held / input_bytes
    answer = with_bands(round_, ())("deferred_acceptance").arc
    if not np.array_equal(answer, compiled_heap(*heap, False)):
        raise RuntimeError("the heap and ours disagree")
    return seconds


def gives_up(name: str, call: Callable[..., object], sizes: tuple[int, ...]) -> str:
    """Seconds at growing sizes, until a call fails or takes more than twenty seconds."""
    told = []
    for children in sizes:
        round_ = market(children, max(20, children // 500))
        start = process_time()
        try:
            call(*round_)
        except ImportError:
            return f"{name}: not installed"
        except (RecursionError, MemoryError) as error:
            return f"{name}: {', '.join([*told, f'{children:,}: {type(error).__name__}'])}"
        taken = process_time() - start
        told.append(f"{children:,}: {taken:.2f} s")
        if taken > GIVES_UP_SECONDS:
            return f"{name}: {', '.join(told)}, given up"
    return f"{name}: {', '.join(told)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mechanism_speed", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    chosen = parser.parse_args()
    measure(60_000 // 10, 30, 3)  # compiles
    small = market(6_000, 30)
    for name, bands in OURS:
        with_bands(small, bands)(name)
    whole = 100_000 if chosen.small else 1_000_000
    sizes = [(whole // 100, 20, 3), (whole // 10, 200, 3), (whole, 2_000, 3), (whole, 2_000, 1)]
    figures: dict[str, dict[str, float]] = {}
    for children, schools, tiers in sizes:
        title = f"{children:,} children x 10 x {schools:,} schools, {tiers} tiers"
        figures[title] = found = measure(children, schools, tiers)
        print(f"\n{title}", flush=True)
        for name, value in found.items():
            print(f"  {name}: {value:.4f}" + ("" if "memory" in name else " s"), flush=True)
    print()
    peers = (
        ("plain-Python heap", python_heap, (10_000, 100_000, whole)),
        ("matching", library_matching, (1_000, 2_000, 5_000, 10_000, 20_000)),
        ("algmatch", library_algmatch, (1_000, 2_000, 5_000, 10_000, 20_000)),
    )
    for name, call, grown in peers:
        print(gives_up(name, call, tuple(sorted({n for n in grown if n <= whole}))), flush=True)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
