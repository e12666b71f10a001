"""Luck as a function: numbers from (seed, purpose, key), never from a stream.

Drawing for one child never shifts the luck of another, so adding a block or a child leaves all others as
they were, and two policies can be compared on the same luck. Only integers and IEEE +, -, *, / are used:
the numbers are the same bits on every machine (a library's exp or log need not be).

The hash is the output function of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
generators", OOPSLA 2014), chained over the parts; a text becomes a number by 8 bytes of BLAKE2b.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from simulator.model import UNPLACED
from simulator.model.arrays import Floats, Integers

Keys = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST_MULTIPLIER = np.uint64(0xBF58476D1CE4E5B9)
SECOND_MULTIPLIER = np.uint64(0x94D049BB133111EB)
WORD = (1 << 64) - 1
RING_PLACES = 32


def text_key(text: str) -> int:
    """A text as a number below 2**64."""
    return int.from_bytes(blake2b(text.encode("utf-8"), digest_size=8).digest(), "little")


def text_keys(texts: Iterable[str]) -> Keys:
    """``text_key`` of every text, uint64."""
    digests = b"".join(blake2b(text.encode("utf-8"), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def mixed(*parts: int | Integers | Keys) -> Keys:
    """One hash of all ``parts`` (numbers, or integer arrays that broadcast), uint64."""
    state: Keys = np.zeros(1, dtype=np.uint64)
    for part in parts:
        word = np.uint64(part & WORD) if isinstance(part, int) else np.asarray(part).astype(np.uint64)
        state = (state ^ word) + GOLDEN
        state = (state ^ (state >> np.uint64(30))) * FIRST_MULTIPLIER
        state = (state ^ (state >> np.uint64(27))) * SECOND_MULTIPLIER
        state = state ^ (state >> np.uint64(31))
    return state


def uniform(seed: int, purpose: str, *keys: int | Integers | Keys) -> Floats:
    """Uniform numbers in [0, 1), float64: the upper 53 bits of the hash."""
    return (mixed(seed, text_key(purpose), *keys) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def bell(seed: int, purpose: str, *keys: int | Integers | Keys) -> Floats:
    """Nearly normal numbers, mean 0, standard deviation 1, within +-6, float64.

    The sum of twelve uniform numbers less six (Irwin-Hall): exact in integers, so the same everywhere.
    """
    words = [mixed(seed, text_key(purpose), word, *keys) for word in range(3)]
    pieces = [(word >> np.uint64(shift)) & np.uint64(0xFFFF) for word in words for shift in (0, 16, 32, 48)]
    total: Keys = np.stack(pieces).sum(axis=0, dtype=np.uint64)
    return (total.astype(np.float64) + 6.0) / 65536.0 - 6.0


def choose(
    seed: int, purpose: str, keys: Keys, owner: Integers, option: Integers, option_keys: Keys
) -> Integers:
    """One option for each owner, all equally likely, by highest-random-weight hashing.

    Each owner takes the option with the least hash of (owner, option). So the answer does not depend on the
    order of the options, and one more option draws away only those who take it.

    Args:
        keys: uint64 (owners,). owner: int64 (pairs,), row of ``keys``. option: integer (pairs,), the values
            to choose from. option_keys: uint64 (pairs,).

    Returns:
        int32 (owners,): the option taken, ``UNPLACED`` for owners without any.
    """
    weight = mixed(seed, text_key(purpose), keys[owner], option_keys)
    order = np.lexsort((weight, owner))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = owner[order[1:]] != owner[order[:-1]]
    taken = np.full(len(keys), UNPLACED, dtype=np.int32)
    taken[owner[order[first]]] = option[order[first]]
    return taken


def choose_on_ring(
    seed: int, purpose: str, keys: Keys, own: Integers, options: Integers, option_keys: Keys
) -> Integers:
    """One option for each key from a list that all share, other than its own, by consistent hashing.

    For lists too long to weigh every pair: each option stands at ``RING_PLACES`` hashed places of a ring,
    and a key takes the option at the first place at or after its own hash, passing over ``own``. Shares are
    equal to about one part in six. Order of the options does not matter, and one more option draws away only
    those who take it.

    Args:
        keys: uint64 (keys,). own: integer (keys,), the option a key may not take.
        options: integer (options,). option_keys: uint64 (options,).

    Returns:
        int32 (keys,): the option taken; ``own`` where the list has fewer than two options.
    """
    if len(options) < 2:
        return own.astype(np.int32)
    places = mixed(
        seed,
        text_key(purpose),
        np.repeat(option_keys, RING_PLACES),
        np.tile(np.arange(RING_PLACES), len(options)),
    )
    order = np.argsort(places, kind="stable")
    at = np.repeat(options, RING_PLACES)[order]
    place = np.searchsorted(places[order], mixed(seed, text_key(purpose), keys)) % len(at)
    while np.any(again := at[place] == own):
        place[again] = (place[again] + 1) % len(at)
    return at[place].astype(np.int32)
