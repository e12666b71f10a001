"""What mechanisms are measured by: a heap per school, compiled and in plain Python, and one gathered pass."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simulator.model import UNPLACED, Applications, Draw, Seats

Column = NDArray[Any]


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
