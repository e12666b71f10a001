"""The draw: one lottery number per student, a keyed function of a public seed and a stable id.

Nothing here is a random stream: by default a student's number does not depend on who else is on the roster,
on the order of rows or on the machine, so anyone can recompute a single number without our code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from simulator.lottery.procedures import (
    DOWN,
    VALUES,
    circle_order,
    drawn_values,
    interval_order,
    stride_of,
    stride_order,
)
from simulator.model import UNPLACED, Draw
from simulator.model.arrays import Integers, Texts

VERSION = "xuewei-draw-1"
"""Tag of the construction; it changes when the bytes that are hashed change."""

BY_HASHED_NUMBER = frozenset(("keyed", "descending", "direction"))
"""Methods whose numbers are the hashed ones; the others number the roster from 1."""


def draw(
    name: str,
    seed: int,
    ids: Texts,
    twin_group: Integers,
    *,
    method: str = "keyed",
    plan: int = 0,
    known: Integers | None = None,
) -> Draw:
    """Draw everybody on a roster.

    The construction, in full:

    1. The key of a student is its id; the key of twins (equal ``twin_group``) is the smallest id of their
       group in code point order, so that the group has one number whatever its label.
    2. The message is ``"xuewei-draw-1\\n" + seed + "\\n" + name + "\\n" + key``, the seed as a decimal
       number, encoded as UTF-8.
    3. The hashed number is the first 8 bytes of the SHA-256 of the message, read as a big-endian integer,
       divided by 2 (whole part), so that it fits a signed 64-bit integer.
    4. ``keyed``, the default: students are sorted by (number, id), ids in code point order; ``order`` is the
       place, 0 first, and twins share the smaller place of their group.
    5. The other procedures draw ``values`` by ``procedures.pick`` and order the keys by them:

       ``descending``: by hashed number, greatest first. ``direction``: smallest (1) or greatest (2) first,
       as drawn. ``circle``: the keys are numbered 1 to n by their hashed numbers, which thereby are drawn
       without repetition; then a direction and a start are drawn (``circle_order``). ``interval``: the keys
       are numbered 1 to n in code point order; a start and an interval are drawn (``interval_order``).
       ``stride``: numbered likewise, a start is drawn, the stride is ``ceil(students / plan)``
       (``stride_order``). A key counts as many places as it has students.

    So a person recomputes the hashed number of student ``S1`` in draw ``zone`` of seed 7 by::

        message = "xuewei-draw-1\\n7\\nzone\\nS1".encode()
        number = int.from_bytes(hashlib.sha256(message).digest()[:8], "big") // 2

    Fairness, with the hash as good as random: by number, all orders of n keys are equally likely but for two
    equal numbers, a chance below n**2 / 2**64; of the others see ``procedures``.

    Args:
        name: name of the draw, without line breaks. seed: the public seed, >= 0.
        ids: object (str) (students,), distinct.
        twin_group: int (students,), label shared by twins, ``UNPLACED`` for the rest.
        method: a key of ``procedures.VALUES``. plan: planned seats, read by ``stride`` alone.
        known: int64 (students,), numbers that this very draw gave these students before, ``UNPLACED`` where
            there is none: they are not hashed again. Those of twins are: a twin's number is its group's, and
            that depends on who of the group is here. Methods that number the roster do not read them.

    Raises:
        ValueError: the name has a line break, the seed is negative, the columns differ in length, or there is
            no such method.
    """
    if "\n" in name:
        raise ValueError(f"draw: a name may not have a line break: {name!r}")
    if seed < 0:
        raise ValueError(f"draw: the seed may not be negative: {seed}")
    if len(ids) != len(twin_group):
        raise ValueError(f"draw: {len(ids)} ids but {len(twin_group)} twin groups")
    if method not in VALUES:
        raise ValueError(f"draw: no method {method!r}; there are {', '.join(VALUES)}")
    labels = np.asarray(twin_group, dtype=np.int64)
    fresh = known is None or method not in BY_HASHED_NUMBER
    hashed = np.full(len(ids), UNPLACED, dtype=np.int64) if fresh else np.array(known, dtype=np.int64)
    hashed[labels != UNPLACED] = UNPLACED
    rows = np.flatnonzero(hashed == UNPLACED)
    hashed[rows] = _numbers(f"{VERSION}\n{int(seed)}\n{name}\n", draw_keys(ids[rows], labels[rows]))
    if method == "keyed":
        return Draw(name, int(seed), hashed, _places(hashed, ids, labels))
    distinct, party = _parties(draw_keys(ids, labels))
    values = drawn_values(method, seed, name, len(distinct))
    of_party = np.zeros(len(distinct), dtype=np.int64)
    of_party[party] = hashed
    number, sequence = _sequence(method, of_party, values, stride_of(len(ids), plan))
    sizes = np.bincount(party, minlength=len(distinct))
    place = np.zeros(len(distinct), dtype=np.int64)
    place[sequence] = np.cumsum(sizes[sequence]) - sizes[sequence]
    return Draw(
        name,
        int(seed),
        number[party],
        place[party],
        method=method,
        plan=max(plan, 1) if method == "stride" else 0,
        values=values,
    )


def given(name: str, seed: int, ids: Texts, twin_group: Integers, place: Integers) -> Draw:
    """An official draw's result as a ``Draw`` of method ``given``.

    1. Those with a place stand in its order; twins by the smallest of theirs. Equal places (none, in a sound
       result) fall to the run's own keyed draw.
    2. Those without a place stand behind them all, in the order of the keyed draw; ``values["behind"]`` is
       their number.

    Args:
        place: int64 (students,), from 1, ``UNPLACED`` where the result does not have the student.

    Raises:
        ValueError: as ``draw`` does.
    """
    keyed = draw(name, seed, ids, twin_group)
    labels = np.asarray(twin_group, dtype=np.int64)
    last = np.iinfo(np.int64).max
    official = np.where(place == UNPLACED, last, place).astype(np.int64)
    twins = np.flatnonzero(labels != UNPLACED)
    if len(twins):
        _, group = np.unique(labels[twins], return_inverse=True)
        least = np.full(group.max() + 1, last, dtype=np.int64)
        np.minimum.at(least, group, official[twins])
        official[twins] = least[group]
    rows = np.lexsort((keyed.order, official))
    ahead = (official[rows][1:] != official[rows][:-1]) | (keyed.order[rows][1:] != keyed.order[rows][:-1])
    number = np.empty(len(ids), dtype=np.int64)
    number[rows] = np.concatenate(([1], 1 + np.cumsum(ahead)))[: len(ids)]
    behind = int(np.count_nonzero(official == last))
    return Draw(name, int(seed), number, _places(number, ids, labels), "given", 0, {"behind": behind})


def _parties(keys: Sequence[str]) -> tuple[list[str], Integers]:
    """The distinct keys in code point order, and for every student the place of its key among them."""
    distinct = sorted(set(keys))
    place = {key: row for row, key in enumerate(distinct)}
    return distinct, np.array([place[key] for key in keys], dtype=np.int64)


def _sequence(
    method: str, hashed: Integers, values: Mapping[str, int], stride: int
) -> tuple[Integers, Integers]:
    """The number of every key, and the keys in the order in which they are drawn."""
    count = len(hashed)
    listed = np.arange(1, count + 1, dtype=np.int64)
    if not count:
        return listed, listed
    if method in ("descending", "direction"):
        greatest_first = method == "descending" or values["direction"] == DOWN
        return hashed, np.argsort(-hashed if greatest_first else hashed, kind="stable")
    if method == "circle":
        by_number = np.argsort(hashed, kind="stable")
        drawn = np.empty(count, dtype=np.int64)
        drawn[by_number] = listed
        return drawn, by_number[circle_order(count, values["start"], values["direction"])]
    if method == "interval":
        return listed, interval_order(count, values["start"], values["interval"])
    return listed, stride_order(count, values["start"], stride)


def draw_keys(ids: Texts, labels: Integers) -> list[str]:
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
    begin = hashlib.sha256(prefix.encode()).copy
    digests = []
    for key in keys:
        hashed = begin()
        hashed.update(key.encode())
        digests.append(hashed.digest())
    words = np.frombuffer(b"".join(digests), dtype=">u8").reshape(len(keys), 4)
    return (words[:, 0] >> np.uint64(1)).astype(np.int64)


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
