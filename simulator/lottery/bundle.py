"""The audit bundle of a draw as bytes: a frozen roster, its commitment, and the result.

A bundle is a folder; each draw in it is three text files, UTF-8 without signature, every line ended by one
line feed, cells parted by one tab; no cell holds a tab or a line break. This module makes and parses the
bytes; it opens no file.

``NAME.roster.txt``: the line ``xuewei-roster-1``; the eight lines of ``HEADER``, name and value; then one
line per receipt in code point order, receipt and key. The key is the receipt itself, or the smallest receipt
of the twins who share one number.

``NAME.commitment.txt``: the SHA-256 of all bytes of the roster file, two spaces, the name of the roster file:
what ``sha256sum -c`` reads. It is published before the randomness exists.

``NAME.result.txt``: the line ``xuewei-result-1``; the same eight header lines; the lines ``roster`` (the
commitment), ``entropy``, ``seed`` and ``drawn``; then one line per receipt, place, receipt and number, sorted
by place and receipt.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np

from simulator.lottery.draw import draw, draw_keys
from simulator.lottery.procedures import VALUES
from simulator.lottery.rfc3797 import key_string
from simulator.model import UNPLACED, Draw
from simulator.model.arrays import Integers, Texts, texts

Kind = Literal["official", "simulation"]
HEADER = ("draw", "kind", "method", "plan", "after", "first", "source", "receipts")
ROSTER, RESULT = "xuewei-roster-1", "xuewei-result-1"
NONE = "-"
"""Stands where a field has no value."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters of a receipt: none that is taken for another (Crockford's base 32)."""

MOST_DIGITS = 4000
"""Of one number of a source; a Python reads no more than 4,300 into an integer."""

MOST = 10**9
"""Neither a plan nor a place of a roster comes to that; ``verify.py`` reads no more than nine digits."""

NAME = re.compile(r"[^\W_][\w-]{0,63}")


class BundleFault(ValueError):
    """A bundle or its making is refused; ``code`` and ``values`` make the message."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code} {values}")


@dataclass(frozen=True)
class Roster:
    """A frozen roster: everything that is fixed before the randomness exists.

    Attributes:
        draw: name of the draw, hashed into every number. kind: an official draw, or a run's simulation.
        method: a key of ``VALUES``. plan: planned seats, 0 where the method does not read them.
        after: commitment of the roster this one is appended to, ``NONE`` for a first draw.
        first: place of the first on this roster; 1, or the next behind the roster it is appended to.
        source: what the randomness will be, in words (``seed N`` in a simulation).
        receipts: object (str) (rows,), rising in code point order. keys: object (str) (rows,).
        earlier: the roster ``after`` names, where it is at hand; it stands in no file.
    """

    draw: str
    kind: Kind
    method: str
    plan: int
    after: str
    first: int
    source: str
    receipts: Texts
    keys: Texts
    earlier: Roster | None = field(default=None, repr=False, compare=False)

    def chain(self) -> list[Roster]:
        """This roster, the one it is appended to, and so on back to the first.

        Raises:
            BundleFault: one of them is not at hand.
        """
        chain = [self]
        while chain[-1].after != NONE:
            if chain[-1].earlier is None:
                raise BundleFault("lottery_chain_broken", name=chain[-1].draw)
            chain.append(chain[-1].earlier)
        return chain

    def header(self) -> list[str]:
        """Values of ``HEADER``."""
        return [
            self.draw,
            self.kind,
            self.method,
            str(self.plan),
            self.after,
            str(self.first),
            self.source,
            str(len(self.receipts)),
        ]


def freeze(
    name: str,
    receipts: Texts,
    twin_group: Integers,
    *,
    kind: Kind,
    source: str,
    method: str = "keyed",
    plan: int = 0,
    after: Roster | None = None,
) -> Roster:
    """Put a roster into its canonical order.

    Args:
        receipts: object (str) (rows,). twin_group: int (rows,), label shared by twins, ``UNPLACED`` for none.
        after: the roster this one is appended to; nobody may stand on both, nor on one before that.

    Raises:
        BundleFault: nobody to draw, a receipt twice or on an earlier roster of the chain, a part of the chain
            that is not at hand, the stride without a plan, or a plan of ten digits or more.
    """
    if kind == "official" and not len(receipts):
        raise BundleFault("lottery_nobody")
    _refuse_repeats(receipts)
    if method == "stride" and plan < 1:
        raise BundleFault("lottery_plan")
    if plan >= MOST:
        raise BundleFault("lottery_plan_great", most=MOST - 1)
    keys = draw_keys(receipts, np.asarray(twin_group, dtype=np.int64))
    rows = sorted(zip(receipts.tolist(), keys, strict=True))
    roster = Roster(
        draw=name,
        kind=kind,
        method=method,
        plan=plan if method == "stride" else 0,
        after=NONE if after is None else commitment(roster_bytes(after)),
        first=1 if after is None else after.first + len(after.receipts),
        source=" ".join(source.split()) or NONE,
        receipts=texts([receipt for receipt, _ in rows]),
        keys=texts([key for _, key in rows]),
        earlier=after,
    )
    require_chain(roster)
    return roster


def require_chain(roster: Roster) -> None:
    """Whether a roster may stand behind those it is appended to, back to the first: nobody is drawn twice.

    Raises:
        BundleFault: it is an official draw behind a simulation or the other way round, a receipt stands on an
            earlier roster, places do not follow on theirs, or a roster of the chain is not at hand.
    """
    earlier = roster.chain()[1:]
    if any(one.kind != roster.kind for one in earlier):
        raise BundleFault("lottery_kinds", name=roster.draw)
    taken = [receipt for one in earlier for receipt in one.receipts.tolist()]
    both = sorted(set(roster.receipts.tolist()).intersection(taken))
    if both:
        raise BundleFault("lottery_on_both", receipt=both[0], count=len(both))
    if roster.first != 1 + len(taken):
        raise BundleFault("lottery_first", name=roster.draw, first=roster.first, due=1 + len(taken))


def known_beforehand(entropy: str, earlier: Iterable[str]) -> bool:
    """Whether all sources of ``entropy`` were known since earlier draws of the chain (canonical, all)."""
    known = {source for one in earlier for source in one.split("/")}
    return set(entropy.split("/")) - {""} <= known


def _refuse_repeats(receipts: Texts) -> None:
    for one, other in pairwise(sorted(receipts.tolist())):
        if one == other:
            raise BundleFault("lottery_receipt_twice", receipt=one)


def roster_bytes(roster: Roster) -> bytes:
    """The canonical bytes of a roster: what is hashed, published and kept."""
    pairs = zip(roster.receipts.tolist(), roster.keys.tolist(), strict=True)
    return _lines([[ROSTER], *zip(HEADER, roster.header(), strict=True), *pairs])


def commitment(roster: bytes) -> str:
    """SHA-256 of a roster file, hexadecimal: what is published before the randomness exists."""
    return hashlib.sha256(roster).hexdigest()


def commitment_bytes(stem: str, roster: bytes) -> bytes:
    """The commitment file of draw ``stem``, as ``sha256sum -c`` reads it."""
    return f"{commitment(roster)}  {stem}.roster.txt\n".encode()


def parse_roster(data: bytes, file: str) -> Roster:
    """Read a roster file, accepting its canonical bytes only: receipts strictly rising, each key the smallest
    receipt of those that share it.

    Raises:
        BundleFault: these are not the canonical bytes of any roster.
    """
    try:
        lines = [line.split("\t") for line in data.decode().split("\n")[:-1]]
        head = dict(lines[1 : len(HEADER) + 1])
        rows = [(receipt, key) for receipt, key in lines[len(HEADER) + 1 :]]
        kind: Kind = "official" if head["kind"] == "official" else "simulation"
        roster = Roster(
            draw=head["draw"],
            kind=kind,
            method=head["method"],
            plan=int(head["plan"]),
            after=head["after"],
            first=int(head["first"]),
            source=head["source"],
            receipts=texts([receipt for receipt, _ in rows]),
            keys=texts([key for _, key in rows]),
        )
        smallest: dict[str, str] = {}
        sound = [[receipt, smallest.setdefault(key, receipt)] for receipt, key in sorted(rows)]
        rising = all(one < other for (one, _), (other, _) in pairwise(rows))
        if not rising or sound != [list(row) for row in rows]:
            raise ValueError(file)
        planned = 0 < roster.plan < MOST if roster.method == "stride" else roster.plan == 0
        if not planned or not 0 < roster.first < MOST or not roster.draw:
            raise ValueError(file)
        if roster.method not in VALUES or roster_bytes(roster) != data:
            raise ValueError(file)
    except (ValueError, KeyError, IndexError) as error:
        raise BundleFault("lottery_not_a_roster", file=file) from error
    return roster


def canonical_entropy(sources: Sequence[str]) -> str:
    """What the sources said, in the one way it is hashed.

    1. A source of whole numbers (ball numbers, an index), parted by spaces or commas, is written as RFC 3797
       does: in rising order, without leading zeros, a point after each.
    2. Any other source is one word of ASCII letters and digits, such as the hexadecimal value of a beacon
       round; its letters become small ones.
    3. A slash after each source; sources stay in the order they were announced in.

    Raises:
        BundleFault: there is no source, or one is neither of the two: it could be written in several ways.
    """
    written = []
    for source in sources:
        plain = unicodedata.normalize("NFKC", source).replace("、", ",").strip()
        if re.fullmatch(r"[0-9]+([\s,]+[0-9]+)*", plain):
            numbers = [number.lstrip("0") or "0" for number in re.split(r"[\s,]+", plain)]
            if max(map(len, numbers)) > MOST_DIGITS:
                raise BundleFault("lottery_entropy", value=source)
            written.append(key_string([[int(number) for number in numbers]]))
        elif re.fullmatch(r"[0-9A-Za-z]+", plain):
            written.append(plain.lower() + "/")
        else:
            raise BundleFault("lottery_entropy", value=source)
    if not written:
        raise BundleFault("lottery_entropy", value="")
    return "".join(written)


def seed_of(entropy: str) -> int:
    """The seed of an official draw: SHA-256 of ``"xuewei-entropy-1\\n" + entropy``, as one integer.

    The roster is not hashed in: it was committed to before. So an application that is withdrawn and entered
    again under its receipt keeps its number, and nobody else's number moves.
    """
    return int.from_bytes(hashlib.sha256(f"xuewei-entropy-1\n{entropy}".encode()).digest(), "big")


def draw_of(roster: Roster, seed: int) -> Draw:
    """Draw a frozen roster; rows as in the roster, ``order`` counted from 0 on this roster."""
    keys = roster.keys.tolist()
    label = {key: row for row, key in enumerate(dict.fromkeys(keys))}
    groups = np.array([label[key] for key in keys], dtype=np.int64)
    alone = np.bincount(groups, minlength=len(label))[groups] == 1
    groups[alone] = UNPLACED
    return draw(roster.draw, seed, roster.receipts, groups, method=roster.method, plan=roster.plan)


def result_bytes(roster: Roster, entropy: str, drawn: Draw) -> bytes:
    """The canonical bytes of a result.

    Args:
        entropy: canonical, ``NONE`` in a simulation. drawn: rows as in the roster.
    """
    values = " ".join(f"{what}={value}" for what, value in drawn.values.items()) or NONE
    places = (drawn.order + roster.first).tolist()
    rows = sorted(zip(places, roster.receipts.tolist(), drawn.number.tolist(), strict=True))
    top = [
        ("roster", commitment(roster_bytes(roster))),
        ("entropy", entropy),
        ("seed", str(drawn.seed)),
        ("drawn", values),
    ]
    body = [(str(place), receipt, str(number)) for place, receipt, number in rows]
    return _lines([[RESULT], *zip(HEADER, roster.header(), strict=True), *top, *body])


def new_receipts(count: int, taken: Collection[str], random_bytes: Callable[[int], bytes]) -> list[str]:
    """``count`` random receipts of 60 bits, such as ``7K3F-92QD-XMNA``, none of them taken.

    Random, never a hash of an identity number: those are few enough that all could be tried.

    Args:
        random_bytes: gives so many bytes nobody can foretell, such as ``secrets.token_bytes``.
    """
    used, fresh = set(taken), list[str]()
    while len(fresh) < count:
        value = int.from_bytes(random_bytes(8), "big")
        letters = "".join(ALPHABET[value >> shift & 31] for shift in range(0, 60, 5))
        receipt = "-".join((letters[:4], letters[4:8], letters[8:]))
        if receipt not in used:
            used.add(receipt)
            fresh.append(receipt)
    return fresh


def require_name(name: str) -> str:
    """The name of a draw, fit for a file name on any system.

    Raises:
        BundleFault: it has other than letters, digits, ``_`` and ``-``, or more than 64 of them.
    """
    plain = unicodedata.normalize("NFC", name)
    if not NAME.fullmatch(plain):
        raise BundleFault("lottery_name", value=name)
    return plain


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    """The lines of a file; a cell that holds a tab or a line break is refused."""
    data = "".join("\t".join(row) + "\n" for row in rows)
    tabs = sum(len(row) - 1 for row in rows)
    if data.count("\n") != len(rows) or data.count("\t") != tabs or "\r" in data:
        raise BundleFault("lottery_cell")
    return data.encode()
