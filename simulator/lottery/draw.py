"""The draw: one lottery number per student, a keyed function of a public seed and a stable id.

Nothing here is a random stream: a student's number does not depend on who else is on the roster, on the
order of rows or on the machine, so anyone can recompute a single number without our code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from simulator.model import UNPLACED, Draw
from simulator.model.arrays import Integers, Texts

VERSION = "xuewei-draw-1"
"""Tag of the construction; it changes when the bytes that are hashed change."""


def draw(name: str, seed: int, ids: Texts, twin_group: Integers, *, known: Integers | None = None) -> Draw:
    """Draw a number for every student of a roster.

    The construction, in full:

    1. The key of a student is its id; the key of twins (equal ``twin_group``) is the smallest id of their
       group in code point order, so that the group has one number whatever its label.
    2. The message is ``"xuewei-draw-1\\n" + seed + "\\n" + name + "\\n" + key``, the seed as a decimal
       number, encoded as UTF-8.
    3. The number is the first 8 bytes of the SHA-256 of the message, read as a big-endian integer, divided
       by 2 (whole part), so that it fits a signed 64-bit integer.
    4. Students are sorted by (number, id), ids in code point order; ``order`` is the place, 0 first, and
       twins share the smaller place of their group.

    So a person recomputes the number of student ``S1`` in draw ``zone`` of seed 7 by::

        message = "xuewei-draw-1\\n7\\nzone\\nS1".encode()
        number = int.from_bytes(hashlib.sha256(message).digest()[:8], "big") // 2

    Args:
        name: name of the draw, without line breaks. seed: the public seed, >= 0.
        ids: object (str) (students,), distinct.
        twin_group: int (students,), label shared by twins, ``UNPLACED`` for the rest.
        known: int64 (students,), numbers that this very draw gave these students before, ``UNPLACED`` where
            there is none: they are not hashed again. Those of twins are: a twin's number is its group's, and
            that depends on who of the group is here.

    Raises:
        ValueError: the name has a line break, the seed is negative, or the columns differ in length.
    """
    if "\n" in name:
        raise ValueError(f"draw: a name may not have a line break: {name!r}")
    if seed < 0:
        raise ValueError(f"draw: the seed may not be negative: {seed}")
    if len(ids) != len(twin_group):
        raise ValueError(f"draw: {len(ids)} ids but {len(twin_group)} twin groups")
    labels = np.asarray(twin_group, dtype=np.int64)
    prefix = f"{VERSION}\n{int(seed)}\n{name}\n"
    number = np.full(len(ids), UNPLACED, dtype=np.int64) if known is None else np.array(known, dtype=np.int64)
    number[labels != UNPLACED] = UNPLACED
    rows = np.flatnonzero(number == UNPLACED)
    number[rows] = _numbers(prefix, _keys(ids[rows], labels[rows]))
    return Draw(name, int(seed), number, _places(number, ids, labels))


def _keys(ids: Texts, labels: Integers) -> Sequence[str]:
    """The text each student is drawn by: its own id, or the smallest id among its twins."""
    keys: list[str] = list(ids)
    twins = np.flatnonzero(labels != UNPLACED).tolist()
    smallest: dict[int, str] = {}
    for row in twins:
        label = int(labels[row])
        smallest[label] = min(smallest.get(label, keys[row]), keys[row])
    for row in twins:
        keys[row] = smallest[int(labels[row])]
    return keys


def _numbers(prefix: str, keys: Sequence[str]) -> Integers:
    """int64 (keys,): the hash of ``prefix + key``, top 63 bits."""
    begun = hashlib.sha256(prefix.encode())

    def head(key: str) -> bytes:
        hashed = begun.copy()
        hashed.update(key.encode())
        return hashed.digest()[:8]

    heads = b"".join([head(key) for key in keys])
    return (np.frombuffer(heads, dtype=">u8") >> np.uint64(1)).astype(np.int64)


def _places(number: Integers, ids: Texts, labels: Integers) -> Integers:
    """int64 (students,): place when sorted by (number, id), twins sharing the smaller place."""
    rows = np.argsort(number, kind="stable")
    drawn = number[rows]
    # Equal numbers are twins, or one chance in 10**9 for a whole province: only they are compared by id.
    equal = np.flatnonzero(np.concatenate(([False], drawn[1:] == drawn[:-1], [False])).astype(np.bool_))
    for start in np.setdiff1d(equal - 1, equal).tolist():
        end = start + 1
        while end < len(drawn) and drawn[end] == drawn[start]:
            end += 1
        rows[start:end] = sorted(rows[start:end].tolist(), key=lambda row: str(ids[row]))
    place = np.empty(len(rows), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    twins = np.flatnonzero(labels != UNPLACED)
    if len(twins):
        _, group = np.unique(labels[twins], return_inverse=True)
        first = np.full(group.max() + 1, len(rows), dtype=np.int64)
        np.minimum.at(first, group, place[twins])
        place[twins] = first[group]
    return place
