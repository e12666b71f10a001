"""Deferred acceptance by others, in plain Python all of them, up to the size at which each gives up."""

from __future__ import annotations

import signal
from collections.abc import Callable
from time import process_time
from typing import Any, NoReturn

import numpy as np

from benchmarks.mechanism_baselines import python_heap
from benchmarks.mechanism_market import Round, market
from benchmarks.page import progress, short, times
from simulator.mechanisms import MECHANISMS

LIMIT = 20.0
"""Seconds by the clock for one answer. A timer of processor time would make the measuring itself coarse."""

Answer = list[int]
Prepared = Callable[[], Answer]


def heap(round_: Round) -> Prepared:
    """Python's own ``heapq``, one heap per school; the building of its lists counts."""

    def solve() -> Answer:
        pool = round_[0].pool
        return [int(pool[arc]) if arc >= 0 else -1 for arc in python_heap(*round_)]

    return solve


def matching(round_: Round) -> Prepared:
    """The library ``matching``."""
    from matching.games import HospitalResident

    dictionaries, children = as_dictionaries(round_), len(round_[0])

    def solve() -> Answer:
        solved = HospitalResident.create_from_dictionaries(*dictionaries).solve()
        pairs = ((child.name, school.name) for school, got in solved.items() for child in got)
        return schools_of(pairs, children)

    return solve


def algmatch(round_: Round) -> Prepared:
    """The library ``algmatch``."""
    from algmatch import HospitalResidentsProblem

    lists, ranks, room = as_dictionaries(round_)
    hospitals = {school: {"capacity": room[school], "preferences": ranks[school]} for school in ranks}
    told = {"residents": lists, "hospitals": hospitals}
    children = len(round_[0])

    def solve() -> Answer:
        solved = HospitalResidentsProblem(dictionary=told).get_stable_matching()["resident_sided"]
        pairs = ((int(child[1:]), int(school[1:])) for child, school in solved.items() if school)
        return schools_of(pairs, children)

    return solve


PEERS: dict[str, Callable[[Round], Prepared]] = {
    "plain-Python heap": heap,
    "matching": matching,
    "algmatch": algmatch,
}


def as_dictionaries(round_: Round) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, int]]:
    """Lists of children and of schools, and seats, numbered from 1, schools that nobody lists left out."""
    applications, seats, draw = round_
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


def schools_of(pairs: Any, children: int) -> Answer:
    """The node every child sits at, -1 for none, from pairs numbered from 1."""
    answer = [-1] * children
    for child, school in pairs:
        answer[child - 1] = school - 1
    return answer


def within_limit(solve: Prepared, limit: float) -> tuple[Answer | None, float, str]:
    """The answer, its seconds, and why there is none."""

    def too_long(number: int, frame: object) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, limit)
    start = process_time()
    try:
        return solve(), process_time() - start, ""
    except TimeoutError:
        return None, limit, f">{limit:g} s"
    except (RecursionError, MemoryError) as error:
        return None, process_time() - start, type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def table(sizes: tuple[tuple[int, int], ...], seed: int, limit: float = LIMIT) -> str:
    """Ours and theirs, size by size, one run each; whoever gives up is not asked again.

    Raises:
        RuntimeError: an answer is not ours.
    """
    lines = [f"| children x schools | ours | {' | '.join(PEERS)} |", "|---" * (2 + len(PEERS)) + "|"]
    largest, ended = dict.fromkeys(PEERS, "-"), dict.fromkeys(PEERS, "")
    for children, schools in sizes:
        round_ = market(children, schools, seed=seed)
        pool, play = round_[0].pool, MECHANISMS["deferred_acceptance"]
        play(*round_)
        start = process_time()
        arc = play(*round_).arc
        ours = process_time() - start
        expected = np.where(arc >= 0, pool[arc], -1).tolist()
        row = [f"{children:,} x {schools:,}", f"**{short(ours)}**"]
        for name, prepare in PEERS.items():
            if ended[name]:
                row.append("-")
                continue
            try:
                solve = prepare(round_)
            except ImportError:
                ended[name] = "not installed"
                row.append(ended[name])
                continue
            answer, taken, ended[name] = within_limit(solve, limit)
            if answer is not None and answer != expected:
                raise RuntimeError(f"{children:,} children: {name} and ours disagree")
            if answer is not None:
                largest[name] = row[0]
            row.append(ended[name] or f"{short(taken)} ({times(taken / ours)})")
        lines.append(f"| {' | '.join(row)} |")
        progress(lines[-1])
    lines.append(f"| largest within {limit:g} s | {sizes[-1][0]:,} x {sizes[-1][1]:,} | {_joined(largest)} |")
    return "\n".join(lines)


def _joined(cells: dict[str, str]) -> str:
    """Cells of a row."""
    return " | ".join(cells.values())
