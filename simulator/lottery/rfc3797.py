"""RFC 3797, publicly verifiable random selection: the model our construction follows, kept as a reference.

D. Eastlake, *Publicly Verifiable Nominations Committee (NomCom) Random Selection*, RFC 3797, June 2004.

What is taken over: the pool is published and frozen first; the sources of randomness are named before they
exist; what they say is written in one canonical way (``key_string``); every selection is a hash of it, so
anyone repeats it. What differs: SHA-256 for MD5, and a number per receipt, hashed with the receipt itself,
for the RFC's picks by position, where one applicant more or less would change all later picks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple


class Selection(NamedTuple):
    """One pick: the digest it came from (upper-case hexadecimal) and the place in the pool, from 1."""

    digest: str
    place: int


def key_string(sources: Sequence[Sequence[int]]) -> str:
    """What the sources said, in the canonical form of section 4 (whole numbers).

    1. Numbers of one source in rising order, each in decimal without leading zeros and followed by a point.
    2. A slash after each source; sources in the order they were announced in.
    """
    return "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources)


def select(key: str, pool: int, count: int) -> list[Selection]:
    """Pick ``count`` of ``pool`` places, as section 4 and the reference code do.

    1. For k = 0, 1, 2 ...: MD5 of k, the key and k again, k as two bytes, high byte first.
    2. Read the digest as one big-endian integer; its remainder by the places left counts, from 0, along the
       places not yet picked. That place is picked and leaves the pool.

    Raises:
        ValueError: more are to be picked than the pool has, or the pool has over 65,535.
    """
    if not 0 <= count <= pool <= 0xFFFF:
        raise ValueError(f"rfc3797: {count} of {pool} places cannot be picked")
    left = list(range(1, pool + 1))
    selections = []
    for k in range(count):
        around = k.to_bytes(2, "big")
        digest = hashlib.md5(around + key.encode() + around, usedforsecurity=False).digest()
        place = left.pop(int.from_bytes(digest, "big") % len(left))
        selections.append(Selection(digest.hex().upper(), place))
    return selections
