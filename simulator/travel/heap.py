"""A binary heap in two arrays, least key first: steps of compiled searches."""

from __future__ import annotations

import numpy as np

from simulator.model.arrays import Integers
from simulator.travel.compiled import inlined


@inlined
def more_room(keys: Integers, who: Integers, size: int) -> tuple[Integers, Integers]:
    """A heap with room for one more."""
    if size < len(keys):
        return keys, who
    return np.concatenate((keys, np.empty_like(keys))), np.concatenate((who, np.empty_like(who)))


@inlined
def push(keys: Integers, who: Integers, size: int, key: int, node: int) -> int:
    """Put an entry into the heap; its new size."""
    place = size
    while place > 0 and keys[(place - 1) >> 1] > key:
        keys[place], who[place] = keys[(place - 1) >> 1], who[(place - 1) >> 1]
        place = (place - 1) >> 1
    keys[place], who[place] = key, node
    return size + 1


@inlined
def pop(keys: Integers, who: Integers, size: int) -> int:
    """Take the first entry out of the heap; its new size."""
    size -= 1
    key, node = keys[size], who[size]
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[place], who[place] = keys[child], who[child]
        place = child
    keys[place], who[place] = key, node
    return size
